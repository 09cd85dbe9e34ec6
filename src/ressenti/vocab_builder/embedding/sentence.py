"""Any sentence-transformers model as an encoder (extra ``[neural]``): a folder, or a name on the hub where the network is allowed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ressenti.errors import RessentiError
from ressenti.vocab_builder.embedding.vectors import Matrix, unit
from ressenti.vocab_builder.embedding.words import LONGEST_GLOSS

BATCH = 256
"""Terms a batch to begin with; halved while the device runs out of memory."""


class Sentence:
    """Terms as a sentence encoder sees them, with their glosses where there are any: « dépit : chagrin mêlé de colère ».

    Args:
        model: A folder, or a name on the hub.
        allow_network: Whether a model may be fetched; else a name must be in the local cache.
        device: As torch names it; None for a GPU where torch sees one.

    Raises:
        RessentiError: sentence-transformers is not installed, or there is no such model.
    """

    name = "sentence"

    def __init__(self, model: str, *, allow_network: bool = False, device: str | None = None) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError:
            raise RessentiError(f"the encoder sentence:{model} needs sentence-transformers: pip install 'ressenti[neural]'") from None
        folder = Path(model).expanduser()
        if not folder.is_dir() and (model.startswith((".", "/", "~")) or (os.sep != "/" and os.sep in model)):
            raise RessentiError(f"{model}: there is no such folder; name the folder of a sentence-transformers model")
        try:
            self._model: Any = SentenceTransformer(
                str(folder) if folder.is_dir() else model, device=device, local_files_only=not allow_network
            )
        except (OSError, ValueError, RuntimeError, ImportError, KeyError) as error:
            hint = "" if allow_network or folder.is_dir() else "; it is not on this machine: --allow-network fetches it, or name a folder"
            raise RessentiError(f"sentence:{model}: cannot be loaded ({type(error).__name__}){hint}") from None
        self.dimension = int(np.asarray(self._model.encode(["mot"], show_progress_bar=False)).shape[1])
        self.revision = f"{folder.name if folder.is_dir() else model} sha256 {self._digest()}"
        self.batch = BATCH

    def _digest(self) -> str:
        """Of the weights themselves, wherever they were loaded from."""
        made = hashlib.sha256()
        for key, tensor in sorted(self._model.state_dict().items()):
            made.update(key.encode() + tensor.detach().cpu().float().numpy().tobytes())
        return made.hexdigest()[:16]

    def encode(self, terms: Sequence[str], glosses: Sequence[str] | None = None) -> Matrix:
        """See `Encoder`."""
        if not terms:
            return np.zeros((0, self.dimension), np.float32)
        said = [f"{t} : {g[:LONGEST_GLOSS]}" if g else t for t, g in zip(terms, glosses or [""] * len(terms), strict=True)]
        while True:
            try:
                return unit(np.asarray(self._model.encode(said, batch_size=self.batch, show_progress_bar=False), np.float32))
            except RuntimeError as error:  # torch.cuda.OutOfMemoryError is one; torch is not imported to name it
                if "out of memory" not in str(error).lower() or self.batch == 1:
                    raise
                self.batch //= 2

"""Any sentence-transformers model as an encoder (extra ``[neural]``): a folder, or a name on the hub where the network is allowed.

A model is data here: weights are read from safetensors files only, never unpickled, and no code that comes with a model is run; see
`ressenti.pretrained`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ressenti.errors import RessentiError
from ressenti.pretrained import (
    cannot_be_loaded,
    check_installed,
    digest,
    is_no_name,
    is_of_memory,
    reason,
    snapshot,
    without_bars,
    without_pickles,
)
from ressenti.vocab_builder.embedding.vectors import Matrix, unit
from ressenti.vocab_builder.embedding.words import LONGEST_GLOSS

BATCH = 256
"""Terms a batch to begin with; halved while the device runs out of memory."""


class Sentence:
    """Terms as a sentence encoder sees them, with their glosses where there are any: « dépit : chagrin mêlé de colère ».

    Args:
        model: A folder, or a name on the hub; one without an owner is of ``sentence-transformers``.
        allow_network: Whether a model may be fetched; else a name must be in the local cache.
        device: As torch names it; None for a GPU where torch sees one.

    Raises:
        RessentiError: sentence-transformers is not installed or too old, there is no such model, or it cannot be loaded.
    """

    name = "sentence"

    def __init__(self, model: str, *, allow_network: bool = False, device: str | None = None) -> None:
        check_installed(f"the encoder sentence:{model}")
        self._spec = f"sentence:{model}"
        folder = Path(model).expanduser()
        here = folder.is_dir()
        if not here:
            if is_no_name(model):
                raise RessentiError(f"{model}: there is no such folder; name the folder of a sentence-transformers model")
            model = model if "/" in model else f"sentence-transformers/{model}"
            folder = snapshot(model, allow_network, f"sentence:{model}")
        if not (folder / "modules.json").is_file():
            raise RessentiError(f"{self._spec}: is no sentence-transformers model ({folder} lacks modules.json)")
        self._model: Any = _load(folder, device, self._spec)
        self.batch, self.dimension = BATCH, 0
        self.dimension = self.encode(["mot"]).shape[1]
        self.revision = f"{folder.resolve().name if here else model} sha256 {digest(folder)}"

    def encode(self, terms: Sequence[str], glosses: Sequence[str] | None = None) -> Matrix:
        """See `Encoder`.

        Raises:
            RessentiError: The device has no memory for a single term, or the model fails, or gives vectors that are no numbers.
        """
        if not terms:
            return np.zeros((0, self.dimension), np.float32)
        said = [f"{t} : {g[:LONGEST_GLOSS]}" if g else t for t, g in zip(terms, glosses or [""] * len(terms), strict=True)]
        while True:
            try:
                return self._vectors(said, self.batch)
            except RessentiError:
                raise
            except Exception as error:  # noqa: BLE001 -- word pieces that it has no weights for, the device, its driver
                if not is_of_memory(error):
                    raise RessentiError(f"{self._spec}: cannot encode ({reason(error)})") from None
            if self.batch == 1:
                raise RessentiError(f"{self._spec}: the device has no memory for a single term; take a smaller model")
            self.batch //= 2

    def _vectors(self, said: Sequence[str], batch: int) -> Matrix:
        found = np.asarray(self._model.encode(list(said), batch_size=batch, show_progress_bar=False), np.float32)
        if not np.isfinite(found).all():
            raise RessentiError(f"{self._spec}: gives vectors that are no numbers; the weights are damaged")
        return unit(found)


def _load(folder: Path, device: str | None, spec: str) -> Any:
    import torch
    from sentence_transformers import SentenceTransformer

    try:
        with without_bars(), without_pickles(), torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)  # weights that a model lacks, such as those of a layer that is not used, are drawn: always the same
            model = SentenceTransformer(
                str(folder), device=device, local_files_only=True, trust_remote_code=False, model_kwargs={"use_safetensors": True}
            )
            return model.float() if model.device.type == "cpu" else model  # halves are slow there, and round by the batch
    except Exception as error:  # noqa: BLE001 -- what is wrong with a model shows anywhere in three libraries
        raise cannot_be_loaded(spec, folder, error) from None

"""Any sentence-transformers model as an encoder (extra ``[neural]``): a folder, or a name on the hub where the network is allowed.

A model is data here: weights are read from safetensors files only, never unpickled, and no code that comes with a model is run. Releases of
sentence-transformers before 6 run what the ``modules.json`` of a folder names, so they are refused.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from ressenti.errors import RessentiError
from ressenti.vocab_builder.embedding.vectors import Matrix, unit
from ressenti.vocab_builder.embedding.words import LONGEST_GLOSS

BATCH = 256
"""Terms a batch to begin with; halved while the device runs out of memory."""
EARLIEST = 6
"""Release of sentence-transformers from which on no code of a model's folder is run."""
FILES = ("*.safetensors", "*.json", "*.txt", "*.model", "*.codes")
"""What makes a model: weights, settings, word pieces. Nothing else is fetched, and nothing else changes its vectors."""


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
        _check_installed(model)
        self._spec = f"sentence:{model}"
        folder = Path(model).expanduser()
        here = folder.is_dir()
        if not here:
            if model.startswith((".", "~")) or folder.is_absolute() or len(folder.parts) > 2:
                raise RessentiError(f"{model}: there is no such folder; name the folder of a sentence-transformers model")
            model = model if "/" in model else f"sentence-transformers/{model}"
            folder = _snapshot(model, allow_network)
        if not (folder / "modules.json").is_file():
            raise RessentiError(f"{self._spec}: is no sentence-transformers model ({folder} lacks modules.json)")
        self._model: Any = _load(folder, device, self._spec)
        self.batch, self.dimension = BATCH, 0
        self.dimension = self.encode(["mot"]).shape[1]
        self.revision = f"{folder.resolve().name if here else model} sha256 {_digest(folder)}"

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
                if not _is_of_memory(error):
                    raise RessentiError(f"{self._spec}: cannot encode ({_reason(error)})") from None
            if self.batch == 1:
                raise RessentiError(f"{self._spec}: the device has no memory for a single term; take a smaller model")
            self.batch //= 2

    def _vectors(self, said: Sequence[str], batch: int) -> Matrix:
        found = np.asarray(self._model.encode(list(said), batch_size=batch, show_progress_bar=False), np.float32)
        if not np.isfinite(found).all():
            raise RessentiError(f"{self._spec}: gives vectors that are no numbers; the weights are damaged")
        return unit(found)


def _check_installed(model: str) -> None:
    install = "pip install 'ressenti[neural]'"
    try:
        import sentence_transformers  # noqa: F401
    except ModuleNotFoundError:
        raise RessentiError(f"the encoder sentence:{model} needs sentence-transformers: {install}") from None
    except (ImportError, OSError) as error:  # torch is there, but a library that it loads is not
        raise RessentiError(f"sentence-transformers is installed but does not start ({_reason(error)}); try {install}") from None
    if int((found := version("sentence-transformers")).split(".")[0]) < EARLIEST:
        raise RessentiError(f"sentence-transformers {found} runs code that comes with a model; take {EARLIEST}.0 or later: {install}")


def _snapshot(model: str, allow_network: bool) -> Path:
    """Folder of a model of the hub in the local cache; where that is allowed, what is missing in it is fetched."""
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(model, local_files_only=not allow_network, allow_patterns=list(FILES)))
    except Exception as error:  # noqa: BLE001 -- of the hub, of the network, of the disk: all say that it is not here
        if allow_network:
            raise RessentiError(f"sentence:{model}: cannot be fetched ({_reason(error)})") from None
        raise RessentiError(f"sentence:{model} is not on this machine; --allow-network fetches it, or name a folder") from None


def _load(folder: Path, device: str | None, spec: str) -> Any:
    import torch
    from sentence_transformers import SentenceTransformer

    try:
        with _without_bars(), _without_pickles(), torch.random.fork_rng(devices=[]):
            torch.manual_seed(0)  # weights that a model lacks, such as those of a layer that is not used, are drawn: always the same
            model = SentenceTransformer(
                str(folder), device=device, local_files_only=True, trust_remote_code=False, model_kwargs={"use_safetensors": True}
            )
            return model.float() if model.device.type == "cpu" else model  # halves are slow there, and round by the batch
    except Exception as error:  # noqa: BLE001 -- what is wrong with a model shows anywhere in three libraries
        pickled = next(folder.rglob("pytorch_model*.bin"), None)
        hint = f"; {pickled.name} is not read, since pickled weights can run code: save the model as safetensors" if pickled else ""
        raise RessentiError(f"{spec}: cannot be loaded ({_reason(error)}){hint}") from None


@contextlib.contextmanager
def _without_bars() -> Iterator[None]:
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


@contextlib.contextmanager
def _without_pickles() -> Iterator[None]:
    """Weights of parts, and those that the settings name, are unpickled whatever a model was asked to be loaded from."""
    import torch

    def refuse(*_: object, **__: object) -> None:
        raise ValueError("its weights are pickled; save the model as safetensors")

    load, torch.load = torch.load, refuse
    try:
        yield
    finally:
        torch.load = load


def _digest(folder: Path) -> str:
    """Of all that the vectors depend on: weights, settings, word pieces."""
    made = hashlib.sha256()
    for path in sorted({path for pattern in FILES for path in folder.rglob(pattern)}):
        with path.open("rb") as stream:
            made.update(path.relative_to(folder).as_posix().encode() + hashlib.file_digest(stream, "sha256").digest())
    return made.hexdigest()[:16]


def _is_of_memory(error: Exception) -> bool:
    """Whether a device ran out of memory: torch has a class for some devices, and a RuntimeError for others."""
    said = str(error).lower()
    return type(error).__name__ in ("OutOfMemoryError", "MemoryError") or "out of memory" in said or "allocate memory" in said


def _reason(error: BaseException) -> str:
    """Class and first line of an error, cut to a line."""
    said = next(iter(str(error).strip().splitlines()), "")
    return f"{type(error).__name__}: {said[:200]}" if said else type(error).__name__

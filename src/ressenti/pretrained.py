"""What others trained, opened as data (extra ``[neural]``): weights from safetensors files, never unpickled, and no code that comes along.

A model is a folder, or a name on the hub where the network is allowed. Releases of sentence-transformers before 6 run what the
``modules.json`` of a folder names, so they are refused.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from ressenti.errors import RessentiError

EARLIEST = 6
"""Release of sentence-transformers from which on no code of a model's folder is run."""
FILES = ("*.safetensors", "*.json", "*.txt", "*.model", "*.codes")
"""What makes a model: weights, settings, word pieces. Nothing else is fetched, and nothing else changes what it gives."""


def check_installed(what: str) -> None:
    """Tell what is missing before anything is loaded.

    Args:
        what: What needs sentence-transformers, for the message.

    Raises:
        RessentiError: It is not installed, too old, or does not start.
    """
    install = "pip install 'ressenti[neural]'"
    try:
        import sentence_transformers  # noqa: F401
    except ModuleNotFoundError:
        raise RessentiError(f"{what} needs sentence-transformers: {install}") from None
    except (ImportError, OSError) as error:  # torch is there, but a library that it loads is not
        raise RessentiError(f"sentence-transformers is installed but does not start ({reason(error)}); try {install}") from None
    if int((found := version("sentence-transformers")).split(".")[0]) < EARLIEST:
        raise RessentiError(f"sentence-transformers {found} runs code that comes with a model; take {EARLIEST}.0 or later: {install}")


def is_no_name(model: str) -> bool:
    """Whether what names no folder can be no name on the hub either: ``owner/name`` or ``name``."""
    path = Path(model).expanduser()
    return model.startswith((".", "~")) or path.is_absolute() or len(path.parts) > 2


def snapshot(model: str, allow_network: bool, spec: str) -> Path:
    """Folder of a model of the hub in the local cache; where that is allowed, what is missing in it is fetched.

    Args:
        model: Its name on the hub.
        allow_network: Whether it may be fetched.
        spec: What the user wrote, for the message.

    Raises:
        RessentiError: It is not here, or cannot be fetched.
    """
    from huggingface_hub import snapshot_download

    try:
        return Path(snapshot_download(model, local_files_only=not allow_network, allow_patterns=list(FILES)))
    except Exception as error:  # noqa: BLE001 -- of the hub, of the network, of the disk: all say that it is not here
        if allow_network:
            raise RessentiError(f"{spec}: cannot be fetched ({reason(error)})") from None
        raise RessentiError(f"{spec} is not on this machine; --allow-network fetches it, or name a folder") from None


@contextlib.contextmanager
def without_bars() -> Iterator[None]:
    """No progress bars of transformers among the user's data."""
    from transformers.utils import logging

    shown = logging.is_progress_bar_enabled()
    logging.disable_progress_bar()
    try:
        yield
    finally:
        if shown:
            logging.enable_progress_bar()


@contextlib.contextmanager
def without_pickles() -> Iterator[None]:
    """Weights of parts, and those that the settings name, are unpickled whatever a model was asked to be loaded from."""
    import torch

    def refuse(*_: object, **__: object) -> None:
        raise ValueError("its weights are pickled; save the model as safetensors")

    load, torch.load = torch.load, refuse
    try:
        yield
    finally:
        torch.load = load


def cannot_be_loaded(spec: str, folder: Path, error: Exception) -> RessentiError:
    """The error that says why a model cannot be loaded, and what to do where its weights are pickled."""
    pickled = next(folder.rglob("pytorch_model*.bin"), None)
    hint = f"; {pickled.name} is not read, since pickled weights can run code: save the model as safetensors" if pickled else ""
    return RessentiError(f"{spec}: cannot be loaded ({reason(error)}){hint}")


def digest(folder: Path) -> str:
    """Of all that a model gives depends on: weights, settings, word pieces."""
    made = hashlib.sha256()
    for path in sorted({path for pattern in FILES for path in folder.rglob(pattern)}):
        with path.open("rb") as stream:
            made.update(path.relative_to(folder).as_posix().encode() + hashlib.file_digest(stream, "sha256").digest())
    return made.hexdigest()[:16]


def is_of_memory(error: Exception) -> bool:
    """Whether a device ran out of memory: torch has a class for some devices, and a RuntimeError for others."""
    said = str(error).lower()
    return type(error).__name__ in ("OutOfMemoryError", "MemoryError") or "out of memory" in said or "allocate memory" in said


def reason(error: BaseException) -> str:
    """Class and first line of an error, cut to a line."""
    said = next(iter(str(error).strip().splitlines()), "")
    return f"{type(error).__name__}: {said[:200]}" if said else type(error).__name__

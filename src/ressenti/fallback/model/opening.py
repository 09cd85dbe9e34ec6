"""Models by path: one file, or the folder of a neural one."""

from __future__ import annotations

from pathlib import Path

from ressenti.errors import RessentiError
from ressenti.fallback.model.file import load
from ressenti.fallback.model.speaking import Model

AUTO = "auto"
SHIPPED = Path(__file__).parent.parent / "data" / "default.zip"
"""The model that comes with Ressenti."""


def open_model(path: Path | str) -> Model:
    """A trained model.

    Raises:
        DataError: It cannot be read, or is none.
        RessentiError: It is a neural one, and what runs it is not installed.
    """
    if Path(path).is_dir():
        from ressenti.fallback.model.neural import load_neural

        return load_neural(Path(path))
    return load(path)


def named_model(name: str) -> Model:
    """A model by what a user calls it: a path, or ``auto`` for the one that comes with Ressenti.

    Raises:
        DataError: It cannot be read, or is none.
        RessentiError: None comes with this installation, or what runs it is not installed.
    """
    if name != AUTO:
        return open_model(name)
    if (model := shipped_model()) is None:
        raise RessentiError("no model comes with this installation; train one (ressenti fallback train) and name it")
    return model


def shipped_model() -> Model | None:
    """The model that comes with Ressenti; None where it was left out of the installation."""
    return load(SHIPPED) if SHIPPED.is_file() else None

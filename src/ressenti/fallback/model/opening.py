"""Models by path: one file, or the folder of a neural one."""

from __future__ import annotations

from pathlib import Path

from ressenti.fallback.model.file import load
from ressenti.fallback.model.speaking import Model

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


def shipped_model() -> Model | None:
    """The model that comes with Ressenti; None where it was left out of the installation."""
    return load(SHIPPED) if SHIPPED.is_file() else None

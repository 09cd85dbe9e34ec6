"""Vectors kept in a folder, so that what was encoded once is read again: who was interrupted goes on from there."""

from __future__ import annotations

import contextlib
import hashlib
import io
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ressenti.errors import OutputError
from ressenti.ontology.files import write_whole
from ressenti.vocab_builder.embedding.protocol import Encoder
from ressenti.vocab_builder.embedding.vectors import Matrix

BLOCK = 8192
"""Terms that are kept together: half a minute's work at most is lost."""


def cache_folder() -> Path:
    """Where vectors are kept unless the user says otherwise."""
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("ressenti")) / "vectors"


def unkept(folder: Path) -> str:
    """Why new vectors cannot be kept in a folder, as a sentence for the user; empty where they can. The folder is made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        reason = "it is a file" if folder.is_file() else error.strerror or type(error).__name__
        return f"{folder}: new vectors cannot be kept there ({reason}), so they are made again each time; name a folder with --cache"


def keep(folder: Path | None, key: Sequence[str], make: Callable[[], Matrix]) -> Matrix:
    """A matrix by what it was made from: read where it is kept, else made and kept.

    Args:
        folder: None keeps nothing. One that cannot be written to keeps nothing either.
        key: Everything that the matrix depends on. Only its hash is written, no term.
        make: Makes it.
    """
    if folder is None:
        return make()
    path = folder / f"{hashlib.sha256(chr(0).join(key).encode()).hexdigest()[:32]}.npy"
    with contextlib.suppress(OSError, ValueError, EOFError):
        return np.asarray(np.load(path, allow_pickle=False), np.float32)
    made = make()
    content = io.BytesIO()
    np.save(content, made)
    with contextlib.suppress(OutputError):
        write_whole(path, content.getvalue(), private=True)  # vectors tell which words they are of
    return made


class Kept:
    """An encoder whose vectors are kept.

    Args:
        encoder: What makes them.
        folder: Where they are kept.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self._encoder, self._folder = encoder, folder
        self.name, self.revision, self.dimension = encoder.name, encoder.revision, encoder.dimension

    def encode(self, terms: Sequence[str], glosses: Sequence[str] | None = None) -> Matrix:
        """See `Encoder`."""
        blocks = [np.zeros((0, self.dimension), np.float32)]
        for start in range(0, len(terms), BLOCK):
            some = terms[start : start + BLOCK]
            said = None if glosses is None else glosses[start : start + BLOCK]
            key = [self.name, self.revision, *some, "" if said is None else "glosses", *(said or ())]
            blocks.append(keep(self._folder, key, lambda some=some, said=said: self._encoder.encode(some, said)))  # type: ignore[misc]
        return np.vstack(blocks)

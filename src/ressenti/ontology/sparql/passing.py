"""Folders that a store of RocksDB stands in for a while.

A store is closed when nothing holds it any more, and writes into its folder until then. An error holds it: through the local variables of
every call that it came through. So those are dropped before a folder is cleared away, or part of it would be written again behind its back.
The call that the folder was made in goes on, and what it holds stays: a store is opened in a call of its own.
"""

from __future__ import annotations

import contextlib
import tempfile
import traceback
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def passing_folder(prefix: str, parent: Path | None = None) -> Iterator[Path]:
    """A folder for its owner alone, gone in the end.

    Args:
        prefix: What its name begins with.
        parent: Where it stands; None for the system's place for such folders.

    Raises:
        OSError: It cannot be made.
    """
    with tempfile.TemporaryDirectory(prefix=prefix, dir=parent, ignore_cleanup_errors=True) as name:
        try:
            yield Path(name)
        except BaseException as error:
            let_go(error)
            raise


def let_go(error: BaseException | None) -> None:
    """Drop, here and now, what the calls hold that an error came through."""
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__context__

"""Writing a file or a folder whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from ressenti.errors import OutputError

if sys.platform != "win32":
    import fcntl

_OURS = re.compile(r"\.ressenti-[a-z0-9_]{8}\.tmp")
_STALE = 3600
"""Age in seconds from which a temporary file that nobody holds was left behind by a process that was killed."""


def temporary(folder: Path) -> tuple[int, Path]:
    """A new file for what is put in its place when it is whole; readable by its owner alone, and locked until the descriptor is closed.

    Such files that killed processes left in the folder are removed: of a live one they are locked, on Windows by being open.

    Returns:
        Its descriptor and its path.

    Raises:
        OSError: The folder cannot be written to.
    """
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _OURS.fullmatch(entry.name):
                with contextlib.suppress(OSError):  # somebody else's, or just gone
                    _remove_stale(entry)
    number, name = tempfile.mkstemp(prefix=".ressenti-", suffix=".tmp", dir=folder)
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # some network drives have no locks, and then nothing is removed either
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return number, Path(name)


def _remove_stale(entry: os.DirEntry[str]) -> None:
    if not entry.is_file(follow_symlinks=False) or time.time() - entry.stat(follow_symlinks=False).st_mtime < _STALE:
        return
    if sys.platform == "win32":
        Path(entry.path).unlink()
    else:
        number = os.open(entry.path, os.O_RDWR | os.O_NOFOLLOW)
        try:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            Path(entry.path).unlink()
        finally:
            os.close(number)


def check_folder(folder: Path, names: Iterable[str] = ()) -> None:
    """Say at once what files cannot be written, before the work of making them and before the first of them is there.

    Args:
        folder: Where they go.
        names: Theirs.

    Raises:
        OutputError: It is no folder, or one of the files is.
    """
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: is a file; name a folder to write to")
    for name in names:
        if (folder / name).is_dir():
            raise OutputError(f"{folder / name}: is a folder; a file of this name goes here")


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file beside its place and put it there when all is written; its folder is made where there is none.

    Args:
        path: The place.
        content: What goes there.
        private: Whether only its owner may read it: for what was made from accounts.

    Raises:
        OutputError: The place cannot be written to; an earlier file is as it was.
    """
    made: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, made = temporary(path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        if not private:
            made.chmod(0o666 & ~_umask())  # a temporary file is for its owner alone; an ontology is for everybody
        made.replace(path)
        made = None
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from None
    finally:
        if made is not None:
            with contextlib.suppress(OSError):
                made.unlink()


def _umask() -> int:
    """The mask of the process; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask

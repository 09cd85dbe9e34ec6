"""Files that are there whole or not at all, whatever ends the program, and a lock that ends with it."""

from __future__ import annotations

import contextlib
import errno
import gzip
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Protocol, cast

from ressenti.errors import OutputError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

TEMPORARY = ".unfinished.tmp"
"""The one file that is being written; who holds the lock may take away what an earlier run left of it."""
LOCK = ".lock"
"""On Windows alone, where a folder itself cannot be locked."""
LEVEL = 6


class Writes(Protocol):
    """What takes bytes."""

    def write(self, data: bytes, /) -> int: ...


@contextlib.contextmanager
def told(place: Path) -> Iterator[None]:
    """What the system refuses as an error that says what to do."""
    try:
        yield
    except OSError as error:
        hint = ""
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            hint = "; what is finished is kept: make room, then go on with --resume"
        raise OutputError(f"{place}: cannot be written ({error.strerror or type(error).__name__}){hint}") from None


def locked(folder: Path) -> int:
    """Lock a folder for this process; where the file system has no locks it goes without.

    Returns:
        A descriptor; closing it gives the folder free, as does the end of all processes that have it.

    Raises:
        OutputError: Another process has it.
    """
    if sys.platform == "win32":
        number = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT)
    else:
        number = os.open(folder, os.O_RDONLY)
    try:
        if sys.platform == "win32":
            msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        os.close(number)
        raise OutputError(f"{folder}: another run of ressenti is writing to it; wait for its end, or name another folder") from None
    except OSError:
        pass
    return number


class Whole:
    """A file on its way to its place.

    Args:
        folder: Where it will be.
        name: How it will be called.
        compress: Whether it is a gzip file, always the same for the same content.

    Attributes:
        size: Bytes written so far.
    """

    def __init__(self, folder: Path, name: str, *, compress: bool = False) -> None:
        self._place = folder / name
        self._temporary = self._place.parent / TEMPORARY
        self.size, self._digest = 0, hashlib.sha256()
        with told(self._place):
            number = os.open(self._temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            self._stream: BinaryIO = os.fdopen(number, "wb")
        self._packed = gzip.GzipFile("", "wb", LEVEL, cast(BinaryIO, _Counted(self)), mtime=0) if compress else None

    @property
    def sha256(self) -> str:
        """Of the bytes written so far."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> None:
        """Write; it is not in its place yet.

        Raises:
            OutputError: There is no room, or the place is gone.
        """
        with told(self._place):
            self._packed.write(data) if self._packed else self.put(data)

    def put(self, data: bytes) -> int:
        """Bytes as they go to the disk."""
        self._digest.update(data)
        self.size += len(data)
        return self._stream.write(data)

    def keep(self) -> None:
        """Put it in its place, so that it is there after a power cut too.

        Raises:
            OutputError: The last of it cannot be written.
        """
        with told(self._place):
            if self._packed:
                self._packed.close()
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            self._temporary.replace(self._place)
            settle(self._place.parent)

    def __enter__(self) -> Whole:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError, ValueError):  # has been told
            if self._packed:
                self._packed.close()
        with contextlib.suppress(OSError):
            self._stream.close()
        with contextlib.suppress(OSError):
            self._temporary.unlink()


class _Counted:
    def __init__(self, to: Whole) -> None:
        self._to = to

    def write(self, data: bytes) -> int:
        return self._to.put(data)

    def flush(self) -> None:
        """Nothing waits here."""


def append(path: Path, data: bytes) -> None:
    """Add to a file, for good.

    Raises:
        OutputError: There is no room.
    """
    with told(path):
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())


def cut(path: Path, size: int) -> None:
    """Take away what stands behind so many bytes of a file, and the file where nothing is left.

    Raises:
        OutputError: It cannot be changed.
    """
    with told(path):
        if not size:
            path.unlink(missing_ok=True)
        elif path.stat().st_size > size:
            os.truncate(path, size)


def settle(folder: Path) -> None:
    """Let the names in a folder outlast a power cut, where the system can."""
    if sys.platform != "win32":
        number = os.open(folder, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):  # some network drives cannot
                os.fsync(number)
        finally:
            os.close(number)

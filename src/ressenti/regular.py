"""Opening what a user named: a file that ends, not a device that never does or a pipe into which nobody writes."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path
from typing import BinaryIO

MOST = 1 << 28
"""Bytes of a file that is read as a whole; one with more of them is no account and no table that people keep."""
_OWN = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
"""Where a shell puts the output of a command that it hands over as a file (``<(…)``): pipes with a writer."""
_BLOCK = 1 << 20


def open_regular(path: str | Path) -> BinaryIO:
    """Open a file for reading its bytes.

    Args:
        path: The file; a pipe only where the shell made it.

    Raises:
        OSError: It is not there, may not be read, or is a folder, a device, a named pipe or a socket; ``strerror`` says so.
        ValueError: It is no path.
    """
    # Without O_NONBLOCK the opening of a named pipe waits for somebody who writes
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        mode = os.fstat(number).st_mode
        if stat.S_ISFIFO(mode) and os.fspath(path).startswith(_OWN):
            os.set_blocking(number, True)
        elif not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, _what(mode))
        return os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise


def content(path: str | Path, most: int = MOST) -> bytes:
    """All that a file holds.

    Raises:
        OSError: As `open_regular`, or it holds more than ``most`` bytes.
        ValueError: It is no path.
    """
    with open_regular(path) as stream:
        return up_to(stream, most)


def up_to(stream: BinaryIO, most: int = MOST) -> bytes:
    """All that a stream holds, without making room for more than there is.

    Raises:
        OSError: It holds more than ``most`` bytes.
    """
    pieces: list[bytes] = []
    left = most + 1
    while left > 0 and (piece := stream.read(min(left, _BLOCK))):
        pieces.append(piece)
        left -= len(piece)
    if left <= 0:
        raise OSError(errno.EFBIG, f"it has more than {most >> 20} MB; split it")
    return b"".join(pieces)


def _what(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "it is a folder"
    if stat.S_ISFIFO(mode):
        return "it is a named pipe, into which perhaps nobody writes; hand it over as standard input: … - < PIPE"
    if stat.S_ISSOCK(mode):
        return "it is a socket, not a file"
    return "it is a device, not a file" + ("; to type an account, name -" if sys.platform != "win32" and stat.S_ISCHR(mode) else "")

"""Looking at the beginning of a stream, be it a file or a pipe, without taking it away."""

from __future__ import annotations

import errno
import io
from typing import BinaryIO, TextIO, cast

from ressenti.errors import InputError
from ressenti.regular import MOST, up_to

HEAD = 1 << 16
LONGEST = 1 << 26
"""Characters of a line, or of a cell of a table: a whole account may stand in one, but hardly a hundred novels."""


_ENDS = ("\n", "\r")


def rewindable(stream: BinaryIO) -> io.BufferedReader:
    """The same bytes as a stream whose :func:`beginning` can be seen, and whose closing leaves ``stream`` open.

    Of a pipe, no more is awaited than 64 KB or its first line with anything on it: accounts come out as they come in.
    """
    head = b""
    if not stream.seekable():
        while len(head) < HEAD and b"\n" not in head.lstrip() and (piece := _some(stream, HEAD)):
            head += piece
    return io.BufferedReader(Borrowed(stream, head), buffer_size=max(HEAD, len(head)))


def beginning(stream: BinaryIO) -> bytes:
    """The first bytes of a stream from :func:`rewindable` that nobody has read from: 64 KB or the first line."""
    return cast(io.BufferedReader, stream).peek()


def whole(stream: BinaryIO, path: str, most: int = MOST, reason: str = "") -> bytes:
    """All bytes of a stream, for formats that can only be read as a whole.

    Args:
        stream: At its beginning.
        path: As shown to the user.
        most: How many bytes there may be.
        reason: What is told where there are more.

    Raises:
        InputError: There are more.
    """
    try:
        return up_to(stream, most)
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        reason = reason or f"has more than {most >> 20} MB, which no account has; split it, or save its text alone"
        raise InputError(path, None, reason) from None


class TooLong(Exception):
    """A line that is not read."""

    def __init__(self) -> None:
        super().__init__(f"longer than {LONGEST >> 20} million characters")


class Lines:
    """The lines of a text, with their ends. In the place of one that is too long stands an error; the next is that after it.

    Args:
        stream: With ``newline=""``.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.number = 0

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        """The next line.

        Raises:
            TooLong: It is passed over.
        """
        line = self._stream.readline(LONGEST + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) <= LONGEST or line.endswith(_ENDS):
            return line
        while line and not line.endswith(_ENDS):
            line = self._stream.readline(HEAD)
        raise TooLong


class Borrowed(io.RawIOBase):
    """A stream that is read through another and not closed with it, after what was read of it already.

    Args:
        stream: Of bytes.
        head: What was read.
    """

    def __init__(self, stream: BinaryIO, head: bytes = b"") -> None:
        self._stream, self._head = stream, head

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return not self._head and self._stream.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if self._head:
            data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            data = _some(self._stream, len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _some(stream: BinaryIO, size: int) -> bytes:
    """What is there, waiting only if nothing is."""
    read1 = getattr(stream, "read1", stream.read)
    return cast(bytes, read1(size))

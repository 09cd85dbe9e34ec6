"""Looking at the beginning of a stream, be it a file or a pipe, without taking it away."""

from __future__ import annotations

import io
from typing import BinaryIO, cast

HEAD = 1 << 16


def rewindable(stream: BinaryIO) -> io.BufferedReader:
    """The same bytes as a stream whose :func:`beginning` can be seen, and whose closing leaves ``stream`` open.

    Of a pipe, no more is awaited than 64 KB or its first line with anything on it: accounts come out as they come in.
    """
    head = b""
    if not stream.seekable():
        while len(head) < HEAD and b"\n" not in head.lstrip() and (piece := _some(stream, HEAD)):
            head += piece
    return io.BufferedReader(_Borrowed(stream, head), buffer_size=max(HEAD, len(head)))


def beginning(stream: BinaryIO) -> bytes:
    """The first bytes of a stream from :func:`rewindable` that nobody has read from: 64 KB or the first line."""
    return cast(io.BufferedReader, stream).peek()


class _Borrowed(io.RawIOBase):
    def __init__(self, stream: BinaryIO, head: bytes) -> None:
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

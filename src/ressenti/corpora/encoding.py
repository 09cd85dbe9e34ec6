"""Bytes to text: Unicode where it says so or is valid, else Windows-1252; nothing is ever replaced or dropped."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, TextIO

from ressenti.corpora.stream import beginning
from ressenti.errors import InputError
from ressenti.schema import storable

BLOCK = 1 << 20
NUL = "contains NUL bytes; is it a text file?"

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNDEFINED = bytes.fromhex("81 8d 8f 90 9d")
# Letters with accents in DOS (code page 850) and old Macintosh files; in Windows-1252 they are signs that hardly occur.
_FOREIGN = bytes.fromhex("82 83 86 87 88 8a 8e 98")
_ASCII = bytes(range(128))
_ESCAPED = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a file is encoded: codec name, length of its byte order mark in bytes, what to tell the user."""

    codec: str
    mark: int = 0
    notices: tuple[str, ...] = ()


def recognise(blocks: Iterable[bytes], path: str, asked: str | None = None, *, whole: bool = True) -> Encoding:
    """Find a file's encoding; reads only as many blocks as it needs.

    Args:
        blocks: The file's bytes from the beginning, in order.
        path: The file, for messages.
        asked: The encoding that the user asked for; it wins.
        whole: Whether the last block ends the file; if not, it may end within a character.

    Raises:
        InputError: The bytes are neither Unicode nor Windows-1252, or look like something older.
    """
    blocks = iter(blocks)
    head = next(blocks, b"")
    marked = next((Encoding(codec, len(mark)) for mark, codec in _MARKS if head.startswith(mark)), None)
    if asked is not None:
        name = codecs.lookup(asked).name
        return marked if marked and marked.codec == name else Encoding(name)
    if marked:
        return marked
    if codec := _wide(head):
        return Encoding(codec)
    return _narrow(chain([head], blocks), path, whole)


def decode(data: bytes, path: str, asked: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of a whole file, without its byte order mark, and notices.

    Raises:
        InputError: The bytes cannot be decoded, or decode to NUL characters.
    """
    encoding = recognise([data], path, asked)
    body = data[encoding.mark :]
    try:
        text = body.decode(encoding.codec)
    except UnicodeDecodeError as error:
        line = body[: error.start].decode(encoding.codec, "ignore").count("\n") + 1
        raise InputError(path, line, _not(encoding.codec, f"byte {encoding.mark + error.start + 1}")) from error
    if "\0" in text:
        raise InputError(path, text.count("\n", 0, text.index("\0")) + 1, NUL)
    return text, encoding.notices


def open_text(stream: BinaryIO, path: str, asked: str | None = None) -> tuple[TextIO, Encoding]:
    """A text stream for reading line by line, newlines untouched, and the encoding.

    A regular file is looked through once beforehand, so that a late accent decides like an early one; of a pipe only
    its beginning. Bytes that do not decode become lone surrogates: :func:`fault` finds them in a line.

    Raises:
        InputError: As for :func:`recognise`.
    """
    if stream.seekable():
        start = stream.tell()
        encoding = recognise(iter(lambda: stream.read(BLOCK), b""), path, asked)
        stream.seek(start + encoding.mark)
    else:
        encoding = recognise([beginning(stream)], path, asked, whole=False)
        stream.read(encoding.mark)
    errors = "surrogatepass" if encoding.codec.startswith(("utf-16", "utf-32")) else "surrogateescape"
    return io.TextIOWrapper(stream, encoding=encoding.codec, errors=errors, newline=""), encoding


def fault(text: str, codec: str) -> str | None:
    """Why text from :func:`open_text` cannot be used, or None when it can."""
    if "\0" in text:
        return NUL
    return None if storable(text) else _not(codec, "some bytes")


def _not(codec: str, what: str) -> str:
    return f"{what} cannot be read as {codec}; save the file as UTF-8, or name its encoding with --encoding"


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: in a Western text nearly every other byte is NUL."""
    pairs = len(head) // 2
    if pairs < 2:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.7 * pairs and even < 0.01 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * pairs and odd < 0.01 * pairs else None


def _narrow(blocks: Iterable[bytes], path: str, whole: bool) -> Encoding:
    """UTF-8, or UTF-8 with broken places, or Windows-1252, by counting what speaks for each."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    valid = invalid = high = undefined = foreign = 0
    for block in blocks:
        text = decoder.decode(block)
        if text.isascii() and block.isascii():
            continue
        broken = 0 if storable(text) else len(_ESCAPED.findall(text))
        invalid += broken
        valid += len(text) - len(text.encode("ascii", "ignore")) - broken
        accents = block.translate(None, _ASCII)
        high += len(accents)
        undefined += len(accents) - len(accents.translate(None, _UNDEFINED))
        foreign += len(accents) - len(accents.translate(None, _FOREIGN))
    if whole and decoder.getstate()[0]:
        invalid += 1
    # As Windows-1252 a UTF-8 file with one broken byte would turn all its accents to gibberish without an error.
    # The other way round, accented bytes that happen to be valid UTF-8 (« SANTÉ» ) are rare.
    if not invalid or valid >= invalid:
        return Encoding("utf-8")
    tried = "tried UTF-8, Windows-1252 and Latin-1; name the encoding with --encoding (perhaps cp850 or mac-roman)"
    if undefined:
        # Windows-1252 leaves these bytes undefined, in Latin-1 they are control characters: it is neither.
        raise InputError(path, None, f"cannot tell the encoding: {tried}")
    if 2 * foreign > high:
        raise InputError(path, None, f"the encoding looks older than Windows-1252: {tried}")
    return Encoding("cp1252", 0, ("read as Windows-1252",))

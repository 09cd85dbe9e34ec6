"""Inputs cut into pieces, so that many workers read at once; each piece is read the same way whoever reads it."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import chain, groupby
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from ressenti.corpora.account import Account, Source
from ressenti.corpora.folder import Found, find, is_hidden, left_out, reason, shown
from ressenti.corpora.jsonl import read_objects
from ressenti.corpora.reading import SUFFIXES, read_file, read_one
from ressenti.corpora.stream import rewindable
from ressenti.errors import InputError
from ressenti.scale.ray.parquet import groups, rows
from ressenti.scale.ray.places import bare, filesystem, is_path, reaching, reading

PIECE = 1 << 24
"""Bytes of a piece: a file of rows is cut into such, smaller files are put together up to it. A worker holds one in memory."""
FILES = 1000
"""Files of a piece at most: each may be a long document, whatever its size."""
BLOCK = 1 << 16
_SUFFIXES = SUFFIXES | {".parquet": "parquet", ".pq": "parquet"}
_FIRST = b'{"text": ""}\n'
"""What stands before the rows of a part that is not the first: a first row may open a document, a later one may not."""
_SPARE = "\0"
"""What begins an id that an account does not bring along: its row is counted from the beginning of the file, not of the part."""
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")

Item = Account | InputError


@dataclass(frozen=True, slots=True)
class Part:
    """A file, or some of its rows.

    Attributes:
        url: A path or a URL.
        id: What the ids of its rows begin with; the id of its only account.
        format: ``parquet``, or as the readers call it.
        span: Its lines begin at these bytes of the file, or these are its row groups of Parquet, the last exclusive; None for all.
        error: Why it cannot be read.
        rows: Rows of the file before it.
        lines: Lines of the file before it.
    """

    url: str
    id: str = ""
    format: str = ""
    span: tuple[int, int] | None = None
    error: str | None = None
    rows: int = 0
    lines: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """What one worker reads.

    Attributes:
        parts: In order.
        shard: Number of its first shard.
        repeats: Of the accounts whose id was there before, by their number in the piece, which one of that id each is.
        skip: Shards that are finished.
    """

    parts: tuple[Part, ...]
    shard: int = 0
    repeats: dict[int, int] = field(default_factory=dict)
    skip: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Piece:
        """The piece that :meth:`to_dict` wrote, be it through JSON or not."""
        parts = [Part(**{**part, "span": None if part["span"] is None else tuple(part["span"])}) for part in data["parts"]]
        return cls(tuple(parts), data["shard"], {int(at): n for at, n in data["repeats"].items()}, tuple(data["skip"]))


@dataclass(frozen=True, slots=True)
class Options:
    """How accounts are read; as of :func:`ressenti.corpora.reading.read`."""

    text_column: str | None = None
    id_column: str | None = None
    encoding: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """A file of the input: its place, id and format, its size in bytes and a sign that changes when it does, or why there is none."""

    url: str
    id: str = ""
    format: str = ""
    size: int = 0
    sign: str = ""
    error: str | None = None


def files(urls: Sequence[str], say: Callable[[str], None] = lambda _: None) -> Iterator[File]:
    """The files to read, in order: of this machine as everywhere in Ressenti, of object stores by path; notes on folders go to ``say``."""
    found: list[File] = []
    for here, several in groupby(map(bare, urls), is_path):
        together = [*several]
        found += _here(together, say) if here else chain.from_iterable(_far(url, say) for url in together)
    return iter(_told_apart(list({file.url: file for file in found}.values())))


def cut(found: Iterable[File], size: int = PIECE) -> Iterator[Piece]:
    """Pieces of about ``size`` bytes, in order."""
    parts: list[Part] = []
    waiting = 0
    for file in found:
        for part, bytes_ in _parts(file, size):
            if parts and (waiting + bytes_ > size or len(parts) >= FILES):
                yield Piece(tuple(parts))
                parts, waiting = [], 0
            parts.append(part)
            waiting += bytes_
    if parts:
        yield Piece(tuple(parts))


def ids(part: Part, options: Options) -> tuple[Iterator[str | None], list[int]]:
    """The id of each item of a part whose place in the file is not known yet; None where that place makes it, or there is none.

    Returns:
        The ids, and a list that holds, when they were read, how many lines the part has.
    """
    lines: list[int] = []
    return (_own_id(part, item) for item in _guarded(part, options, lines)), lines


def _own_id(part: Part, item: Item) -> str | None:
    if isinstance(item, InputError) or (part.span and item.id.startswith(_SPARE)):
        return None
    return item.id.removeprefix(_SPARE)


def read(part: Part, options: Options) -> Iterator[Item]:
    """What a part holds, each account with its place in the whole file."""
    for item in _guarded(part, options, []):
        line = item.line if item.line is None else item.line + part.lines
        if isinstance(item, InputError):
            told = re.fullmatch(r"row (\d+): (.*)", item.reason, re.DOTALL) if part.format == "parquet" else None
            why = f"row {int(told[1]) + part.rows}: {told[2]}" if told else item.reason
            yield InputError(item.path, line, why)
        elif item.id.startswith(_SPARE):
            stem, _, row = item.id[1:].rpartition("#")
            yield replace(item, id=f"{stem}#{int(row) + part.rows}" if part.rows else item.id[1:], line=line)
        else:
            yield replace(item, line=line)


def _guarded(part: Part, options: Options, lines: list[int]) -> Iterator[Item]:
    name = shown(part.url)
    if part.error is not None:
        yield InputError(name, None, part.error)
        return
    try:
        with reading(part.url) as stream:
            yield from _read(part, name, stream, options, lines)
    except InputError as error:
        yield InputError(name, error.line, error.reason)
    except UnicodeError:  # in the middle of a stream of UTF-16
        yield InputError(name, None, "breaks off in the middle of a character, or is not in the encoding it seemed")
    except OSError as error:
        yield InputError(name, None, reason(error))


def _read(part: Part, name: str, stream: BinaryIO, options: Options, lines: list[int]) -> Iterator[Item]:
    source = Source(name, _SPARE + part.id, stream, options.encoding, options.text_column, options.id_column)
    if part.format == "parquet":
        yield from read_objects(source, rows(stream, part.span, options.text_column, options.id_column))
        return
    if part.span is None:
        yield from read_file(rewindable(stream), part.format, name, source.id, source, options.speaker)
        return
    first, end = (_beginning_of_line(stream, at) for at in part.span)
    stream.seek(first)
    body = stream.read(end - first)
    lines.append(body.count(b"\n"))
    before = _FIRST if part.span[0] else b""
    items = read_one(rewindable(io.BytesIO(before + body)), "jsonl", name, source.id, source, options.speaker)
    if not before:
        yield from items
        return
    next(items)
    for item in items:
        line = None if item.line is None else item.line - 1
        if isinstance(item, InputError):
            yield InputError(item.path, line, item.reason)
        elif item.id.startswith(_SPARE):
            stem, _, row = item.id.rpartition("#")
            yield replace(item, id=f"{stem}#{int(row) - 1}", line=line)
        else:
            yield replace(item, line=line)


def _beginning_of_line(stream: BinaryIO, at: int) -> int:
    """Where the first line begins that begins at a byte or after it."""
    if at == 0:
        return 0
    stream.seek(at - 1)
    place = at - 1
    while block := stream.read(BLOCK):
        end = block.find(b"\n")
        if end >= 0:
            return place + end + 1
        place += len(block)
    return place


def _parts(file: File, size: int) -> Iterator[tuple[Part, int]]:
    """A file as parts, each with its size in bytes."""
    whole = Part(file.url, file.id, file.format, error=file.error)
    try:
        if file.error is None and file.format == "parquet":
            yield from _of_groups(whole, size)
        elif file.error is None and file.format == "jsonl" and file.size > size and _has_lines(file.url):
            for first in range(0, file.size, size):
                end = min(first + size, file.size)
                yield replace(whole, span=(first, end)), end - first
        else:
            yield whole, file.size
    except OSError as error:
        yield replace(whole, error=reason(error)), 0


def _of_groups(whole: Part, size: int) -> Iterator[tuple[Part, int]]:
    with reading(whole.url) as stream:
        sizes = groups(stream)
    first = waiting = 0
    for number, bytes_ in enumerate(sizes):
        if waiting and waiting + bytes_ > size:
            yield replace(whole, span=(first, number)), waiting
            first, waiting = number, 0
        waiting += bytes_
    yield replace(whole, span=(first, len(sizes))), waiting


def _has_lines(url: str) -> bool:
    """Whether a file of JSON Lines can be cut at line ends: it is no UTF-16, and no document over several lines."""
    with reading(url) as stream:
        head = stream.read(BLOCK)
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return not head.startswith(_WIDE) and b"\0" not in head[:64] and first.startswith(b"{") and first.split(b"\n", 1)[0].strip() != b"{"


def _here(paths: Sequence[str], say: Callable[[str], None]) -> Iterator[File]:
    for item in find(paths, _SUFFIXES, say):
        if isinstance(item, Found) and item.path is not None:
            try:
                status = item.path.stat()
            except OSError as error:
                yield File(str(item.path), error=reason(error))
            else:
                sign = f"{status.st_mtime_ns}"
                yield File(str(item.path), item.id, _SUFFIXES.get(item.path.suffix.lower(), "txt"), status.st_size, sign)
        elif isinstance(item, InputError):
            yield File(item.path, error=item.reason)


def _far(url: str, say: Callable[[str], None]) -> Iterator[File]:
    store, path = filesystem(url)
    try:
        with reaching(url):
            if store.isdir(path):
                below = len(path.rstrip("/")) + 1
                names = [name for name in sorted(store.find(path)) if not any(map(is_hidden, name[below:].split("/")))]
                if others := Counter(end for name in names if (end := PurePosixPath(name).suffix.lower()) not in _SUFFIXES):
                    say(left_out(url, others))
                names = [name for name in names if PurePosixPath(name).suffix.lower() in _SUFFIXES]
            else:
                names = [path]
            abouts = [(store.info(name), str(store.ukey(name))) for name in names]
        if not names:
            yield File(url, error=f"no file to read in it ({', '.join(sorted(_SUFFIXES))})")
        for name, (about, sign) in zip(names, abouts, strict=True):
            suffix = PurePosixPath(name).suffix.lower()
            yield File(store.unstrip_protocol(name), "", _SUFFIXES.get(suffix, "txt"), about["size"] or 0, sign)
    except OSError as error:
        yield File(url, error=reason(error))


def _told_apart(found: list[File]) -> list[File]:
    """Files of object stores with an id each: the stem, or the whole path where two have the same."""
    stems = [PurePosixPath(file.url).stem for file in found]
    many = Counter(stems)
    return [
        file if file.id or file.error else replace(file, id=file.url.rpartition(".")[0] if many[stem] > 1 else stem)
        for file, stem in zip(found, stems, strict=True)
    ]

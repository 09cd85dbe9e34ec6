"""One door for all formats: paths in, accounts and errors out, in order."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from ressenti.corpora.account import STDIN, Account, Source
from ressenti.corpora.docx import read_docx
from ressenti.corpora.encoding import recognise
from ressenti.corpora.folder import Found, find, reason, shown
from ressenti.corpora.jsonl import read_json, read_jsonl
from ressenti.corpora.odt import read_odt
from ressenti.corpora.pdf import read_pdf
from ressenti.corpora.plain import read_plain
from ressenti.corpora.seen import Seen, Unique
from ressenti.corpora.signature import mistaken
from ressenti.corpora.stream import beginning, rewindable
from ressenti.corpora.subtitles import read_subtitles
from ressenti.corpora.table import read_table
from ressenti.corpora.tei import read_tei
from ressenti.corpora.transcript import choose, hint
from ressenti.errors import InputError
from ressenti.regular import open_regular

Reader = Callable[[Source], Iterator[Account | InputError]]

FORMATS: dict[str, Reader] = {
    "txt": read_plain,
    "md": read_plain,
    "jsonl": read_jsonl,
    "json": read_json,
    "csv": read_table,
    "tsv": read_table,
    "docx": read_docx,
    "odt": read_odt,
    "pdf": read_pdf,
    "srt": read_subtitles,
    "vtt": read_subtitles,
    "xml": read_tei,
}
"""Reader by format; a file's format is its suffix."""

SUFFIXES = {f".{name}": name for name in FORMATS} | {
    ".text": "txt",
    ".markdown": "md",
    ".ndjson": "jsonl",
    ".tab": "tsv",
    ".tei": "xml",
}
"""Format by suffix: what is read in a folder. A file named by itself may have any suffix and is JSON Lines or text, as it begins."""

_PAGES = (".html", ".htm", ".xhtml")
_PAGE = "is a web page: open it in a browser or in Word, and save it as text (.txt, UTF-8) or as .docx"
_LINES = "read as JSON Lines, for it begins so"

_PACKED = ("docx", "odt", "pdf")
"""Formats that are no text; their readers say what is wrong with a file that is something else."""

_DOCUMENTS = (*_PACKED, "txt", "md", "srt", "vtt")
"""Formats whose files are one account each, which may be a transcript."""


def read(
    paths: Sequence[str | Path],
    *,
    text_column: str | None = None,
    id_column: str | None = None,
    encoding: str | None = None,
    stdin_format: str | None = None,
    speaker: str | None = None,
    once: bool = False,
    stdin: BinaryIO | None = None,
    say: Callable[[str], None] = lambda _: None,
) -> Iterator[Account | InputError]:
    """Every account of the files, in order; what cannot be read stands in its place as an error and the rest goes on.

    Ids are unique: the second account of an id ``x`` is ``x#2``, with a notice.

    Args:
        paths: Files, folders, or ``-`` for standard input.
        text_column: The column (or JSON key) with the text; by default one of the usual names.
        id_column: The column (or JSON key) with the id; by default ``id`` or ``identifiant``.
        encoding: Encoding of text, tables and JSON; by default found out. Word and TEI files say it themselves.
        stdin_format: A key of :data:`FORMATS`; by default JSON Lines where it begins so, else text.
        speaker: Whose turns of transcripts are the account (:func:`~ressenti.corpora.transcript.choose`); by default all is. Tables, JSON
            and TEI are read as they are.
        once: Whether an account that was in an earlier file, too, by its id and its text, is an error.
        stdin: Standard input, for tests.
        say: Called with a note on each folder that holds files that are not read.

    Raises:
        InputError: At once, for an unknown encoding or format; never later.
    """
    if encoding is not None:
        try:
            " ".encode(encoding)
        except (LookupError, UnicodeError, ValueError):
            raise InputError("--encoding", None, f"unknown encoding {encoding!r}; try utf-8, cp1252, cp850") from None
    if stdin_format is not None and stdin_format not in FORMATS:
        raise InputError(STDIN, None, f"unknown format {stdin_format!r}; known: {', '.join(FORMATS)}")
    options = Source("", "", io.BytesIO(), encoding, text_column, id_column)
    items = _read(find(paths, SUFFIXES, say), options, stdin_format, speaker, stdin)
    return _unique(_once(items) if once else items)


def _read(
    found: Iterator[Found | InputError], options: Source, stdin_format: str | None, speaker: str | None, stdin: BinaryIO | None
) -> Iterator[Account | InputError]:
    for file in found:
        if isinstance(file, InputError):
            yield file
            continue
        name = STDIN if file.path is None else shown(file.path)
        try:
            if file.path is None:
                stream = rewindable(stdin or sys.stdin.buffer)
                format_ = stdin_format or _guess(stream, name, options.encoding)
                yield from read_one(stream, format_, name, file.id, options, speaker)
            else:
                with open_regular(file.path) as opened:
                    format_ = SUFFIXES.get(file.path.suffix.lower(), "txt")
                    yield from read_file(rewindable(opened), format_, name, file.id, options, speaker)
        except InputError as error:
            yield error
        except UnicodeError:  # in the middle of a stream of UTF-16
            yield InputError(name, None, "breaks off in the middle of a character, or is not in the encoding it seemed")
        except OSError as error:
            yield InputError(name, None, reason(error))


def read_file(stream: BinaryIO, format_: str, name: str, id_: str, options: Source, speaker: str | None) -> Iterator[Account | InputError]:
    """As :func:`read_one`, of a file whose format is told by its suffix: what passes for text may be JSON Lines that were renamed.

    Raises:
        InputError, UnicodeError, OSError: As there; or it is a web page.
    """
    if name.lower().endswith(_PAGES):
        raise InputError(name, None, _PAGE)
    lines = format_ == "txt" and not mistaken(beginning(stream)) and _guess(stream, name, options.encoding) == "jsonl"
    notices = (_LINES,) if lines else ()
    for item in read_one(stream, "jsonl" if lines else format_, name, id_, options, speaker):
        if notices and isinstance(item, Account):
            yield replace(item, notices=(*notices, *item.notices))
            notices = ()
        else:
            yield item


def read_one(stream: BinaryIO, format_: str, name: str, id_: str, options: Source, speaker: str | None) -> Iterator[Account | InputError]:
    """The accounts of one file; their ids are not told apart.

    Args:
        stream: Of :func:`~ressenti.corpora.stream.rewindable`, at its beginning.
        format_: A key of :data:`FORMATS`.
        name: The file, as shown to the user.
        id_: Id of its account, or what those of its rows begin with.
        options: How it is read.
        speaker: As of :func:`read`.

    Raises:
        InputError, UnicodeError, OSError: The file cannot be read, or not to its end.
    """
    if format_ not in _PACKED and (wrong := mistaken(beginning(stream))):
        raise InputError(name, None, wrong)
    for item in FORMATS[format_](replace(options, path=name, id=id_, stream=stream)):
        if format_ not in _DOCUMENTS or isinstance(item, InputError):
            yield item
        else:
            yield hint(item) if speaker is None else choose(item, speaker)


def _guess(stream: BinaryIO, name: str, asked: str | None) -> str:
    """The format of what has no name that tells it: no account begins with a brace, each line of JSON Lines does."""
    head = beginning(stream)
    try:
        encoding = recognise([head], name, asked, whole=False)
    except InputError:
        return "txt"  # its reader looks at more than the beginning, and says why where that is wrong, too
    # Whether the object is whole and right is for the reader to say; it may stand on several lines.
    return "jsonl" if re.match(r'\s*\{\s*["}]', head[encoding.mark :].decode(encoding.codec, "ignore")) else "txt"


def _once(items: Iterator[Account | InputError]) -> Iterator[Account | InputError]:
    """Errors in the place of accounts of an earlier file; within a file they may well be alike: short answers of one person."""
    seen = Seen()
    for item in items:
        if isinstance(item, Account):
            whole = f"{item.id}\0{item.text}"
            own = f"{item.source}\0{whole}"
            if whole in seen and own not in seen:
                reason = f"the account {item.id!r} is in an earlier input, too, with the same text; give one of the two"
                yield InputError(item.source, item.line, reason)
                continue
            seen.add(whole)
            seen.add(own)
        yield item


def _unique(items: Iterator[Account | InputError]) -> Iterator[Account | InputError]:
    """Ids made unique; of the accounts that went by, only their ids are kept, as numbers."""
    unique = Unique()
    for item in items:
        if isinstance(item, Account) and (id_ := unique(item.id)) != item.id:
            notice = f"the id {item.id!r} was there before: this account is now {id_!r}"
            yield replace(item, id=id_, notices=(*item.notices, notice))
        else:
            yield item

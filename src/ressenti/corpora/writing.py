"""Writing annotations: JSON Lines, a table for spreadsheets, and the file or stream they go to."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from ressenti.corpora.folder import find, shown
from ressenti.corpora.harmless import cell, json_escaped, one_line
from ressenti.corpora.reading import SUFFIXES
from ressenti.errors import CallError, OutputError
from ressenti.ontology.files import temporary
from ressenti.schema import Narrative, Span

COLUMNS = (
    "id", "mention", "cue", "emotion", "secondary", "primary", "mode", "status", "intensity", "time", "confidence",
    "experiencer", "experiencer_entity", "cause", "target", "consequence", "start", "end", "source",
)  # fmt: skip
"""The columns of the table, one row a mention."""

_JOINED = " | "

Formatter = Callable[[Narrative], str]
"""From a narrative to what is written of it, line ends included."""


def json_line(narrative: Narrative) -> str:
    """The narrative as a line of JSON Lines."""
    return json_escaped(narrative.to_json()) + "\n"


def table() -> Formatter:
    """A formatter for tab-separated rows, one a mention; the header comes before the first narrative.

    Cells with a quotation mark are quoted, as spreadsheets expect. No cell is taken for a formula.
    """
    header = True

    def rows(narrative: Narrative) -> str:
        nonlocal header
        buffer = io.StringIO()
        writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
        if header:
            writer.writerow(COLUMNS)
            header = False
        writer.writerows([cell(str(value)) for value in row] for row in _rows(narrative))
        return buffer.getvalue()

    return rows


def _rows(narrative: Narrative) -> Iterator[Sequence[object]]:
    text, roles = narrative.text, narrative.roles_by_mention()
    for mention in narrative.mentions:
        said: dict[str, list[str]] = {}
        entities: list[str] = []
        for role in roles.get(mention.id, ()):
            said.setdefault(role.role, []).append(one_line(text[slice(*role.span)]))
            if role.role == "experiencer" and role.entity is not None:
                entities.append(role.entity)
        yield (
            narrative.id, mention.id, cue(text, mention.cue), mention.emotion, mention.secondary or "", mention.primary,
            mention.mode, mention.status, mention.intensity, mention.extra.get("time") or "", mention.confidence,
            _joined(said.get("experiencer")), _joined(dict.fromkeys(entities)),
            _joined(said.get("cause")), _joined(said.get("target")), _joined(said.get("consequence")),
            mention.cue[0][0], mention.cue[-1][1], mention.source,
        )  # fmt: skip


def cue(text: str, pieces: Sequence[Span]) -> str:
    """The pieces of a cue on one line, « … » where words between them are left out."""
    return " … ".join(one_line(text[start:end]) for start, end in pieces)


def _joined(values: Sequence[str] | dict[str, None] | None) -> str:
    return _JOINED.join(values or ())


class Output:
    """Where annotations go. A file appears, whole, only when :meth:`keep` is called; else nothing is changed.

    Args:
        path: The file, or None for standard output.

    Raises:
        CallError: It is no path.
        OutputError: The place cannot be written to.
    """

    def __init__(self, path: str | None = None) -> None:
        self.name = "standard output" if path is None else shown(path)
        self._temporary: Path | None = None
        with self._told():
            self._stream = self._standard() if path is None else self._open(path)
        self._standing = path is None

    def write(self, text: str) -> None:
        """Write, and hand over at once what goes to a stream: somebody may be waiting for it.

        Raises:
            OutputError: The place is full or gone.
            BrokenPipeError: The reader of standard output has left.
        """
        with self._told():
            self._stream.write(text)
            if self._temporary is None:
                self._stream.flush()

    def write_bytes(self, content: bytes) -> None:
        """Write what is no text, such as a picture.

        Raises:
            OutputError: The place is full or gone, or takes only text.
            BrokenPipeError: The reader of standard output has left.
        """
        if not isinstance(self._stream, io.TextIOWrapper):
            raise OutputError(f"{self.name}: takes only text")
        with self._told():
            self._stream.flush()
            self._stream.buffer.write(content)
            self._stream.buffer.flush()

    def keep(self) -> None:
        """Put the file in its place; an earlier one is replaced.

        Raises:
            OutputError: The last of it cannot be written.
        """
        with self._told():
            self._stream.flush()
            if self._temporary is not None:
                with contextlib.suppress(OSError):  # some network drives cannot
                    os.fsync(self._stream.fileno())
                self._stream.close()
                self._temporary.replace(self._place)
                self._temporary = None

    def __enter__(self) -> Output:
        return self

    def __exit__(self, *_: object) -> None:
        if not self._standing:
            with contextlib.suppress(OSError):  # has been told
                self._stream.close()
        if self._temporary is not None:
            with contextlib.suppress(OSError):
                self._temporary.unlink()

    def _standard(self) -> TextIO:
        if sys.stdout is None:  # closed by who started us
            raise OSError(errno.EBADF, "it is closed")
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="strict", newline="\n")
        return sys.stdout

    def _open(self, path: str) -> TextIO:
        if not path or "\0" in path:
            raise CallError("the output is not a path; is a variable unset?")
        self._place = Path(os.path.realpath(path))  # a link stays a link
        if self._place.is_dir() or path.endswith(("/", os.sep)):
            raise OSError(errno.EISDIR, "it is a folder")
        if Path(path).exists() and not Path(path).is_file():
            return Path(path).open("w", encoding="utf-8", newline="\n")  # a device or a pipe has no temporary copy
        if self._place.exists() and not os.access(self._place, os.W_OK):
            raise PermissionError(errno.EACCES, "it is write-protected")
        number, self._temporary = temporary(self._place.parent)  # readable by nobody else: it holds the accounts
        return open(number, "w", encoding="utf-8", newline="\n")  # noqa: PTH123 - a descriptor, closed by __exit__

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            hint = "; does its folder exist?" if isinstance(error, FileNotFoundError) and self.name else ""
            reason = error.strerror or type(error).__name__
            raise OutputError(f"{self.name or 'the output'}: cannot be written ({reason}){hint}") from None


def is_input(output: str, paths: Sequence[str]) -> bool:
    """Whether a file to be written is among those that would be read."""
    return bool(output) and Path(output).is_file() and numbered(Path(output)) in files_of(paths)


def files_of(paths: Sequence[str]) -> set[tuple[int, int]]:
    """The files that would be read, as :func:`numbered` says."""
    found = (item.path for item in find(paths, SUFFIXES) if not isinstance(item, Exception))
    return {number for path in found if path is not None and (number := numbered(path))}


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file."""
    number = numbered(one)
    return number is not None and number == numbered(other)


def numbered(path: Path) -> tuple[int, int] | None:
    """A file as the system knows it, whatever it is called; None where there is none, or what is given is no path."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino

"""What a reader gives, and what it is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

STDIN = "<stdin>"
"""How standard input is called in ids, sources and messages."""

Paragraph = tuple[int, int, str]
"""Start and end in the text (Unicode code points, end exclusive) and a locator in the file."""


def joined(parts: Iterable[tuple[str, str]]) -> tuple[str, tuple[Paragraph, ...]]:
    """Paragraphs as one text, a line end between two, and where each stands.

    Args:
        parts: The words of each, and its locator in the file.
    """
    pieces: list[str] = []
    spans: list[Paragraph] = []
    at = 0
    for words, place in parts:
        pieces.append(words)
        spans.append((at, at + len(words), place))
        at += len(words) + 1
    return "\n".join(pieces), tuple(spans)


@dataclass(frozen=True, slots=True)
class Account:
    """One narrative as it was read, before anything is found in it.

    Attributes:
        id: Unique within a run.
        text: What was decoded or extracted, never changed: no normalisation, trimming or newline translation.
        components: Parts whose component is given by the input: name, start and end in ``text`` (Unicode code points,
            end exclusive).
        extra: Other fields of the input row, to be carried through to the output.
        source: The file, as shown to the user, or ``<stdin>``.
        paragraphs: For .docx, .odt, .pdf, subtitles, TEI and the turns of a transcript, where each paragraph stands in ``text`` and in the
            file: ``p 3`` for the third paragraph of a Word or OpenDocument file, ``page 2 p 3`` for a PDF, a time for subtitles, an xml:id
            or a path below ``text`` for TEI, ``line 12`` for a turn in plain text. None for other formats.
        notices: What the user should know although the account was read; never the account's words.
        line: Line of the file on which the account starts, from 1; None where it has no line of its own.
        marks: What an earlier annotation of it left in the input (``mentions``, ``roles``, ``entities``, ``components``, ``provenance``,
            ``review``), unchecked; a new annotation puts its own in their place.
    """

    id: str
    text: str
    components: tuple[tuple[str, int, int], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    paragraphs: tuple[Paragraph, ...] | None = None
    notices: tuple[str, ...] = ()
    line: int | None = None
    marks: Mapping[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Its file, and its line there where it has one, as messages name them."""
        return self.source if self.line is None else f"{self.source}:{self.line}"


@dataclass(frozen=True, slots=True)
class Source:
    """An open file and how to read it: what each reader is called with.

    Attributes:
        path: The file, as shown to the user.
        id: Id of the file's account; rows without an id of their own are ``id#row``.
        stream: The bytes, at their beginning.
        encoding: The encoding that the user asked for, or None to find out.
        text_column: Name of the column or key with the text, or None to go by usual names.
        id_column: Name of the column or key with the id, or None to go by usual names.
    """

    path: str
    id: str
    stream: BinaryIO
    encoding: str | None = None
    text_column: str | None = None
    id_column: str | None = None

"""Word documents: a file is one narrative, its paragraphs joined by line ends."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ressenti.corpora.account import Account, Paragraph, Source
from ressenti.corpora.rows import EMPTY
from ressenti.corpora.signature import not_docx
from ressenti.errors import InputError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH = _W + "p"
# What stands for a character where the text is read; a page break is none.
_SIGNS = {_W + "tab": "\t", _W + "ptab": "\t", _W + "cr": "\n", _W + "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}
# Properties (whose tab stops are called as tabs are), what a reviewer deleted or moved away, and the second copy
# that Word keeps of a text box for old programs.
_SKIPPED = {_W + name for name in ("pPr", "rPr", "del", "moveFrom", "rt")}
_SKIPPED.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")


def read_docx(source: Source) -> Iterator[Account]:
    """The text of the document's body, tables and text boxes in document order, tracked changes as if accepted.

    Left out: headers, footers, notes and comments. ``paragraphs`` has every paragraph, empty ones too.

    Raises:
        InputError: The file is no Word document, or a damaged one.
    """
    data = source.stream.read()
    if reason := not_docx(data):
        raise InputError(source.path, None, reason)
    import docx  # late: reading text should not wait for it

    try:
        body: Any = docx.Document(io.BytesIO(data)).element.body
    except Exception as error:  # a damaged archive makes zipfile, zlib, lxml and python-docx raise nearly anything
        reason = "is a damaged Word document: open it in Word or LibreOffice and save it again as .docx"
        raise InputError(source.path, None, reason) from error
    pieces: list[str] = []
    spans: list[Paragraph] = []
    at = 0
    for number, text in enumerate(_paragraphs(body), 1):
        pieces.append(text)
        spans.append((at, at + len(text), f"p {number}"))
        at += len(text) + 1
    joined = "\n".join(pieces)
    notices = () if joined.strip() else (EMPTY,)
    yield Account(source.id, joined, source=source.path, paragraphs=tuple(spans), notices=notices)


def _paragraphs(body: Any) -> Iterator[str]:
    for element in body.iter(_PARAGRAPH):
        if not any(above.tag in _SKIPPED for above in element.iterancestors()):
            yield "".join(_text(element))


def _text(element: Any) -> Iterator[str]:
    """The paragraph's own text; one in a text box inside it is a paragraph by itself."""
    for child in element:
        tag = child.tag
        if tag == _W + "t":
            yield child.text or ""
        elif tag in _SIGNS:
            yield _SIGNS[tag]
        elif tag == _W + "br":
            yield "\n" if child.get(_W + "type", "textWrapping") == "textWrapping" else ""
        elif tag not in _SKIPPED and tag != _PARAGRAPH:
            yield from _text(child)

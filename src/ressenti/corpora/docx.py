"""Word documents: a file is one narrative, its paragraphs joined by line ends."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from ressenti.corpora.account import Account, Source, joined
from ressenti.corpora.markup import LARGEST, TAGS, tags
from ressenti.corpora.packed import part, unpacking
from ressenti.corpora.rows import EMPTY
from ressenti.corpora.signature import packed
from ressenti.corpora.stream import whole
from ressenti.corpora.turns import folded, label
from ressenti.errors import InputError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH = _W + "p"
_COLUMNS = 2
"""Of a table of turns: who speaks, and what is said."""
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
    import docx  # late: reading text should not wait for it

    data = whole(source.stream, source.path)
    with unpacking(data, source.path, "a Word document", "open it in Word or LibreOffice and save it again as .docx") as archive:
        if not any(name.startswith("word/") for name in archive.namelist()):
            raise InputError(source.path, None, packed(data))
        if sum(info.file_size for info in archive.infolist() if _is_xml(info.filename)) > LARGEST:
            raise InputError(source.path, None, f"unpacks to more than {LARGEST >> 20} MB of text; it is no ordinary Word document")
        text_alone, many = _text_alone(archive)
        if many > TAGS:
            raise InputError(source.path, None, f"has more than {TAGS >> 20} million tags; it is no ordinary Word document")
        document: Any = docx.Document(text_alone).element
        body = document.body
    if document.getroottree().docinfo.doctype:
        raise InputError(source.path, None, "declares an XML document type, which no Word document does; it is not read")
    found = [*_paragraphs(body)]
    text, paragraphs = joined((words, f"p {number}") for number, (_, words) in enumerate(found, 1))
    speaking = _speakers(body)
    for (element, _), (_, end, _) in zip(found, paragraphs, strict=True):
        if element in speaking:  # a tab in the place of the line end: offsets stay
            text = f"{text[:end]}\t{text[end + 1 :]}"
    notices = () if text.strip() else (EMPTY,)
    yield Account(source.id, text, source=source.path, paragraphs=paragraphs, notices=notices)


def _text_alone(archive: zipfile.ZipFile) -> tuple[io.BytesIO, int]:
    """The archive with all that is no XML empty, for pictures, and documents within the document, are never unpacked; and its tags."""
    out, found = io.BytesIO(), 0
    with zipfile.ZipFile(out, "w") as made:
        for name in dict.fromkeys(archive.namelist()):
            content = part(archive, name) if _is_xml(name) else b""
            found += tags(content)
            made.writestr(name, content)
    out.seek(0)
    return out, found


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _paragraphs(body: Any) -> Iterator[tuple[Any, str]]:
    for element in body.iter(_PARAGRAPH):
        if not any(above.tag in _SKIPPED for above in element.iterancestors()):
            yield element, "".join(_text(element))


def _speakers(body: Any) -> set[Any]:
    """The paragraphs that say who speaks: the first cells of a table of two columns in which two persons at least take turns."""
    found: set[Any] = set()
    for table in body.iter(_W + "tbl"):
        rows = [[[*cell.iterchildren(_PARAGRAPH)] for cell in row.iterchildren(_W + "tc")] for row in table.iterchildren(_W + "tr")]
        if not rows or any(len(cells) != _COLUMNS or len(cells[0]) != 1 for cells in rows):
            continue
        named = {cells[0][0]: "".join(_text(cells[0][0])).strip() for cells in rows}
        labels = {element: label(f"{name}\t…") for element, name in named.items() if name}
        speakers = Counter(folded(one.name) for one in labels.values() if one and not one.time)
        if None not in labels.values() and len(labels) > 1 and 1 < len(speakers) < len(labels):
            found |= {*labels}
    return found


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

"""OpenDocument texts (LibreOffice): a file is one narrative, its paragraphs joined by line ends."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from ressenti.corpora.account import Account, Source, joined
from ressenti.corpora.markup import LARGEST, TAGS, parser, tags
from ressenti.corpora.packed import part, unpacking
from ressenti.corpora.rows import EMPTY
from ressenti.corpora.signature import packed
from ressenti.corpora.stream import whole
from ressenti.errors import InputError

_NAME = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_TEXT, _OFFICE, _TABLE, _DRAWING = ("{" + _NAME.format(part) + "}" for part in ("text", "office", "table", "drawing"))
_PARAGRAPHS = (_TEXT + "p", _TEXT + "h")
_NOTE = _TEXT + "note"
# Notes, comments, what a reviewer deleted, tables of contents and indexes, the reading beside a word, and forms.
_SKIPPED = {
    _NOTE,
    _OFFICE + "annotation",
    _OFFICE + "forms",
    *(_TEXT + name for name in ("tracked-changes", "ruby-text", "table-of-content", "alphabetical-index", "bibliography")),
    *(_TEXT + name for name in ("illustration-index", "table-index", "object-index", "user-index", "sequence-decls")),
}
_BLANKS = re.compile(r"[ \t\r\n]+")
_SIGNS = {0: " ", 1: "\t", 2: "\n"}
# More spaces than this in a row are no layout but a way to fill the memory.
_SPACES = 1000
_SAVE = "open it in LibreOffice and save it again as .odt"


def read_odt(source: Source) -> Iterator[Account]:
    """The text of the document's body: headings, paragraphs, lists, tables and text boxes in document order.

    Tracked changes are read as if accepted. Left out: headers, footers, comments, indexes, hidden sections, and notes, which is told.
    Runs of blanks are one space, as OpenDocument has it (ODF 1.3, part 3, 6.1.2). ``paragraphs`` has every paragraph, empty ones too.
    No entity, document type or network resource is loaded.

    Raises:
        InputError: The file is no OpenDocument text, or is damaged, too large or has a password.
    """
    from lxml import etree  # late: reading text should not wait for it

    content = _content(source)
    if tags(content) > TAGS:
        raise InputError(source.path, None, f"has more than {TAGS >> 20} million tags; it is no ordinary OpenDocument text")
    try:
        root: Any = etree.fromstring(content, parser())
    except etree.XMLSyntaxError:  # its message may quote the text
        raise InputError(source.path, None, f"is a damaged OpenDocument text: {_SAVE}") from None
    if root.getroottree().docinfo.doctype:
        raise InputError(source.path, None, "declares an XML document type, which no OpenDocument text does; it is not read")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise InputError(source.path, None, "is OpenDocument, but has no text in it; is it a drawing or a presentation?")
    text, paragraphs = joined((words, f"p {number}") for number, words in enumerate(_paragraphs(body), 1))
    notes = sum(1 for _ in body.iter(_NOTE))
    notices = (f"{notes} footnote{'s'[: notes > 1]} or endnotes left out",) if notes else ()
    if not text.strip():
        notices = (*notices, EMPTY)
    yield Account(source.id, text, source=source.path, paragraphs=paragraphs, notices=notices)


def _content(source: Source) -> bytes:
    """The document's XML, unpacked."""
    data = whole(source.stream, source.path)
    with unpacking(data, source.path, "an OpenDocument text", _SAVE) as archive:
        names = set(archive.namelist())
        kind = part(archive, "mimetype")[:200] if _small(archive, names, "mimetype") else b""
        if kind and b"opendocument.text" not in kind:
            raise InputError(source.path, None, packed(data[:200]))
        if _small(archive, names, "META-INF/manifest.xml") and b"encryption-data" in part(archive, "META-INF/manifest.xml"):
            raise InputError(source.path, None, "has a password: open it in LibreOffice and save it without one")
        if "content.xml" not in names:
            raise InputError(source.path, None, f"has no content.xml: {_SAVE}" if kind else packed(data[: 1 << 16]))
        if archive.getinfo("content.xml").file_size > LARGEST:
            raise InputError(source.path, None, f"unpacks to more than {LARGEST >> 20} MB; it is no ordinary OpenDocument text")
        return part(archive, "content.xml")


def _small(archive: zipfile.ZipFile, names: set[str], name: str) -> bool:
    return name in names and archive.getinfo(name).file_size <= 1 << 22


def _paragraphs(element: Any) -> Iterator[str]:
    """Each paragraph below an element; one in a text box comes after the paragraph that holds the box."""
    for child in element:
        if _left_out(child):
            continue
        if child.tag in _PARAGRAPHS:
            yield _written(child)
        yield from _paragraphs(child)


def _left_out(element: Any) -> bool:
    return element.tag in _SKIPPED or element.get(_TEXT + "display") == "none" or element.get(_TABLE + "display") == "false"


def _written(paragraph: Any) -> str:
    return _BLANKS.sub(" ", "".join(_pieces(paragraph))).strip(" ").translate(_SIGNS)


def _pieces(element: Any) -> Iterator[str]:
    """What stands in a paragraph, its tabs, line ends and spaces that count as signs that XML cannot hold."""
    yield element.text or ""
    for child in element:
        tag = child.tag
        if tag == _TEXT + "s":
            count = child.get(_TEXT + "c", "1")
            yield "\0" * (min(int(count), _SPACES) if count.isdecimal() else 1)
        elif tag == _TEXT + "tab":
            yield "\1"
        elif tag == _TEXT + "line-break":
            yield "\2"
        elif isinstance(tag, str) and not _left_out(child) and tag not in _PARAGRAPHS and not tag.startswith(_DRAWING):
            yield from _pieces(child)
        yield child.tail or ""

"""Files that are something else than their name says, told by their first bytes."""

from __future__ import annotations

import io
import zipfile

_SAVE = "save it as .docx or as text (.txt, UTF-8)"
_KNOWN = (
    (b"%PDF-", "is a PDF: give it the suffix .pdf"),
    (b"{\\rtf", f"is a Rich Text file: {_SAVE}"),
    (b"\xd0\xcf\x11\xe0", f"is an old Word or Excel file, or one with a password: {_SAVE}, a table as .csv"),
    (b"\x1f\x8b", "is compressed (gzip): unpack it first"),
    (b"SQLite format 3\0", "is a database: export the table as .csv"),
)
_ZIP = b"PK\x03\x04"


def mistaken(head: bytes) -> str | None:
    """What a file that should hold text is instead, and what to do; None when nothing speaks against text.

    Args:
        head: The first bytes of the file; a zip's kind is told from the names of its first members.
    """
    if head.startswith(_ZIP):
        return _zip(head)
    return next((reason for start, reason in _KNOWN if head.startswith(start)), None)


def not_docx(data: bytes) -> str | None:
    """Why the bytes are no Word document, or None when they may be one."""
    if not data:
        return "is empty, not a Word document"
    if not data.startswith(_ZIP):
        return mistaken(data) or "is not a Word document: give it the suffix of what it is (.txt for text)"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {info.filename: info.file_size for info in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "is a damaged Word document: open it in Word or LibreOffice and save it again"
    if not any(name.startswith("word/") for name in sizes):
        return _zip(data)
    # A paragraph of text is small; this is a zip made to fill the memory.
    if max(sizes.values()) > 1 << 29:
        return "unpacks to more than 512 MB in one part; it is no ordinary Word document"
    return None


def _zip(head: bytes) -> str:
    if b"word/" in head:
        return "is a Word document: give it the suffix .docx"
    if b"xl/" in head:
        return "is an Excel workbook: save the sheet as .csv (UTF-8)"
    if b"opendocument.spreadsheet" in head:
        return "is an OpenDocument spreadsheet: save the sheet as .csv (UTF-8)"
    if b"opendocument.text" in head:
        return "is an OpenDocument text: give it the suffix .odt"
    if b"opendocument" in head:
        return f"is an OpenDocument file, but no text: {_SAVE}"
    return "is a zip archive: unpack it first"

"""Files that are something else than their name says, told by their first bytes."""

from __future__ import annotations

_SAVE = "save it as .docx or as text (.txt, UTF-8)"
_KNOWN = (
    (b"%PDF-", "is a PDF: give it the suffix .pdf"),
    (b"{\\rtf", f"is a Rich Text file: {_SAVE}"),
    (b"\xd0\xcf\x11\xe0", f"is an old Word or Excel file, or one with a password: {_SAVE}, a table as .csv"),
    (b"\x1f\x8b", "is compressed (gzip): unpack it first"),
    (b"PAR1", "is Parquet: annotate it with --engine ray, or make JSON Lines of it (docs/scale-ray.md shows how)"),
    (b"SQLite format 3\0", "is a database: export the table as .csv"),
)
ZIP = b"PK\x03\x04"


def mistaken(head: bytes) -> str | None:
    """What a file that should hold text is instead, and what to do; None when nothing speaks against text.

    Args:
        head: The first bytes of the file; a zip's kind is told from the names of its first members.
    """
    if head.startswith(ZIP):
        return packed(head)
    return next((reason for start, reason in _KNOWN if head.startswith(start)), None)


def unlike(data: bytes, what: str, *, begins: bool) -> str | None:
    """Why the bytes of a file are not what its name says; None where they begin as that does.

    Args:
        data: The file.
        what: What it should be, with its article: « a PDF ».
        begins: Whether they begin so.
    """
    if not data:
        return f"is empty, not {what}"
    if begins:
        return None
    return mistaken(data[: 1 << 16]) or f"is not {what}: give it the suffix of what it is (.txt for text)"


def packed(head: bytes) -> str:
    """What a zip archive is, told from the names of its first members, and what to do."""
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

"""PDF files with text in them: a file is one narrative, its lines joined to paragraphs again."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

from ressenti.corpora.account import Account, Source
from ressenti.corpora.lines import join, without_titles
from ressenti.corpora.signature import unlike
from ressenti.corpora.stream import whole
from ressenti.errors import InputError

PAGES = 2_000
"""More pages than this are no account."""

OPERATIONS = 1_000_000
"""How many drawing operations may be looked at; a page of text has some hundreds, one of a chart some ten thousand."""

LARGEST = 1 << 28
"""How many bytes a file may have."""

STROKES = 1 << 24
"""How many bytes a page's drawing may unpack to; a page of text has some thousands."""

_SCANNED = "no text: a scanned document? Have its text recognised (OCR) and save that as .docx, .odt or .txt"
_DAMAGED = "is a damaged PDF: open it in a PDF reader and print it to a new PDF"
# Letters that printers join; the parser knows words by their letters.
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
# Control signs but tab and line ends, and lone surrogates, which nothing can write.
_DROPPED = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000)), "")


class _TooMuch(MemoryError):
    """A file made to keep a computer busy. pypdf lets errors of memory through, and hides others."""


def read_pdf(source: Source) -> Iterator[Account]:
    """The text of the pages in their order, as the fonts say it, ligatures taken apart.

    The text is what was extracted, not what was typed: a PDF has lines, and paragraphs are guessed
    (:func:`~ressenti.corpora.lines.join`). Page numbers and running titles are left out and words that were cut at a line's end are
    joined, which is told. ``paragraphs`` has each with the page on which it begins (``page 2 p 3``).

    Raises:
        InputError: The file is no PDF, or is damaged, too large, protected by a password, or has no text that can be read.
    """
    data = whole(source.stream, source.path, LARGEST)
    if reason := unlike(data, "a PDF", begins=b"%PDF-" in data[:1024]):
        raise InputError(source.path, None, reason)
    try:
        pages = _pages(data, source.path)
    except InputError:
        raise
    except _TooMuch:
        raise InputError(source.path, None, "is drawn with so many strokes that its text is not looked for; save the text alone") from None
    except Exception as error:  # a damaged file makes pypdf raise nearly anything
        raise InputError(source.path, None, _DAMAGED) from error
    blank = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(blank) == len(pages):
        raise InputError(source.path, None, _SCANNED)
    if _unreadable("".join(pages)):
        reason = "its fonts do not say which letters they draw; print it to a new PDF, or have its text recognised (OCR)"
        raise InputError(source.path, None, reason)
    kept, titles = without_titles([page.splitlines() for page in pages])
    text, paragraphs, words = join(kept)
    notices = ["read from a PDF: its lines were joined to paragraphs"]
    if titles:
        notices.append(f"{titles} page number{'s'[: titles > 1]} or running titles left out")
    if words:
        notices.append(f"{words} word{'s'[: words > 1]} cut at a line’s end joined")
    if blank:
        which = ", ".join(map(str, blank[:10])) + (" …" if len(blank) > 10 else "")
        notices.append(f"no text on page{'s'[: len(blank) > 1]} {which}: blank or scanned")
    yield Account(source.id, text, source=source.path, paragraphs=paragraphs, notices=tuple(notices))


def _pages(data: bytes, path: str) -> list[str]:
    import pypdf  # late: reading text should not wait for it

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # its warnings may quote the file
    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    # With an empty password opens what may be read but not be printed or changed.
    if reader.is_encrypted and not _opens(reader):
        raise InputError(path, None, "is protected by a password: open it and print it to a PDF without one")
    if len(reader.pages) > PAGES:
        raise InputError(path, None, f"has more than {PAGES} pages; an account has fewer")
    left = OPERATIONS

    def count(*_: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise _TooMuch

    pages = []
    try:
        for page in reader.pages:
            contents = page.get_contents()
            if contents is not None and len(contents.get_data()) > STROKES:
                raise _TooMuch
            pages.append(page.extract_text(visitor_operand_before=count).translate(_LIGATURES | _DROPPED))
    except pypdf.errors.LimitReachedError:
        raise _TooMuch from None
    return pages


def _opens(reader: Any) -> bool:
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001 (a cipher that is not there, or damage: it does not open)
        return False


def _unreadable(text: str) -> bool:
    """Whether a good part of the letters is in private use or unknown, as where a font has no table of its letters."""
    signs = [char for char in text if not char.isspace()]
    return 5 * sum(char == "\ufffd" or "\ue000" <= char <= "\uf8ff" for char in signs) > len(signs)

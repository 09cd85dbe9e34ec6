"""Writing down the text of a TEI document with the place of each paragraph."""

from __future__ import annotations

import re

from ressenti.corpora.account import Paragraph

# Blanks of XML only: a no-break space is the writer's.
_BLANKS = " \t\r\n"
_RUN = re.compile(r"[ \t\r\n]+")
_HYPHENS = "-\u00ad\u00ac\u2010"


class Writer:
    """Collects text into paragraphs; text outside of any paragraph becomes one of its own."""

    def __init__(self) -> None:
        self._open: list[tuple[str, bool]] = []
        self._buffer: list[str] = []
        self._glue = False
        self._pieces: list[str] = []
        self._paragraphs: list[Paragraph] = []
        self._length = 0
        self._verse = False

    def begin(self, locator: str, *, verse: bool = False) -> None:
        """A paragraph, or something with paragraphs in it, begins here."""
        self._flush()
        self._open.append((locator, verse))

    def end(self) -> None:
        """What began last ends here."""
        self._flush()
        self._open.pop()

    def add(self, text: str | None) -> None:
        """Add text to the paragraph."""
        if text and self._glue:
            text = text.lstrip(_BLANKS)
            self._glue = not text
        if text:
            self._buffer.append(text)

    def join(self) -> None:
        """A line, column or page breaks here inside a word: its hyphen and the blanks around it are layout."""
        self._strip(_BLANKS)
        self._strip(_HYPHENS)
        self._glue = True

    def drop(self, tail: str | None) -> None:
        """A note's mark stood here: the blank before it goes where a comma or a full stop follows."""
        if tail and tail.lstrip(_BLANKS)[:1] in (".", ",", ")", "…"):
            self._strip(_BLANKS)
            self._glue = True

    def result(self) -> tuple[str, tuple[Paragraph, ...]]:
        """The text and its paragraphs."""
        self._flush()
        return "".join(self._pieces), tuple(self._paragraphs)

    def _strip(self, chars: str) -> None:
        while self._buffer:
            self._buffer[-1] = self._buffer[-1].rstrip(chars)
            if self._buffer[-1]:
                return
            self._buffer.pop()

    def _flush(self) -> None:
        text = _RUN.sub(" ", "".join(self._buffer)).strip(" ")
        self._buffer.clear()
        self._glue = False
        if not text:
            return
        locator, verse = self._open[-1]
        if self._pieces:
            # A sentence runs on over verse lines.
            gap = "\n" if verse and self._verse else "\n\n"
            self._pieces.append(gap)
            self._length += len(gap)
        self._verse = verse
        self._pieces.append(text)
        self._paragraphs.append((self._length, self._length + len(text), locator))
        self._length += len(text)

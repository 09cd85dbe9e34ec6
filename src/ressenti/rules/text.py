"""From an account to sentences that the parser reads well, with the way back to the account's own offsets.

The French tokeniser and parser go wrong on « ’ », on non-breaking spaces and on decomposed accents, and the parser's own sentence
boundaries go wrong on « », dashes and exclamations. So a *reading* of the text is made (one character each where possible), cut into
sentences here, and every offset is mapped back.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ressenti.rules.characters import within_characters
from ressenti.rules.signs import read_otherwise
from ressenti.schema import Span

_SAME_LENGTH = str.maketrans(dict.fromkeys("’‘ʼ′`´", "'") | dict.fromkeys("\u00a0\u202f\u2009\u2007\u200a", " "))
MAX_SENTENCE = 1500
"""Code points after which a sentence is cut at a blank: no person writes longer ones, and the parser's memory grows with length."""

_ABBREVIATION = re.compile(r"(?:^|[\s(«'])(?:[A-ZÀ-Ý]|M|MM|Mr|Mme|Mlle|Me|Dr|Pr|St|Ste|etc|cf|ex|p|pp|n|vol|chap|art|env|av|bd|tél)$")
_END = re.compile(
    # A run of stops or blanks is read once, from its first: a thousand blanks would else be tried from each of them
    r"""(?P<stop>(?<![.!?…])[.!?…]++ (?:\s*+[»”"\)\]]+)?) (?=\s|$)   # a stop, with what closes after it
      | (?P<line>(?<![ \t])[ \t]*+\r?\n\s* | \r(?!\n)\s* | [\u2028\u2029]\s*)    # a line end""",
    re.X,
)
_GOES_ON = re.compile(r"""\s*+(?:[,;:)\]»”]|(?:[–—-]\s*+)?[a-zà-ÿœ])""")
_DASHED = re.compile(r"^[^\S\r\n]*+(?P<dash>[–—-])(?![–—-])|^[^\S\r\n]*+\r?$", re.M)
"""The dash that opens a line, or a blank line."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A stretch of a reading that is not as it was written.

    Attributes:
        start: Where it starts in the reading.
        end: Where it ends.
        kind: What was other than in careful writing: ``accents``, ``apostrophe``, ``sms`` …
        sure: Chance that it was meant so.
    """

    start: int
    end: int
    kind: str
    sure: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the parser reads it, and the way back.

    Attributes:
        text: The reading.
        offsets: For each code point of ``text`` and its end, the offset in the original; None when they are equal.
        corrections: What was misspelt and is read as it was meant, in order.
        inside: Offsets of the original where none of its characters, as readers see them, begins: no span is cut there.
    """

    text: str
    offsets: array[int] | None
    corrections: tuple[Correction, ...] = ()
    inside: frozenset[int] = frozenset()

    def original(self, start: int, end: int) -> Span:
        """The span of the original text for a span of the reading; empty only when that is."""
        if self.offsets is None:
            return self._whole(start, end) if self.inside else (start, end)
        first, last = self.offsets[start], self.offsets[end]
        if first == last and start < end:  # letters that nobody wrote (« c » for « c'est »): the word that they belong to
            for correction in self.corrected(start, end):
                first, last = min(first, self.offsets[correction.start]), max(last, self.offsets[correction.end])
        return self._whole(first, last) if self.inside else (first, last)

    def _whole(self, first: int, last: int) -> Span:
        while first in self.inside:
            first -= 1
        while last in self.inside:
            last += 1
        return first, last

    def corrected(self, start: int, end: int) -> Sequence[Correction]:
        """The corrections that a span of the reading overlaps."""
        if not self.corrections:
            return ()
        low = bisect_right(self.corrections, start, key=lambda correction: correction.end)
        high = bisect_left(self.corrections, end, key=lambda correction: correction.start)
        return self.corrections[low:high]


def read(text: str) -> Reading:
    """Make the reading of a text: plain apostrophes and blanks, and what :mod:`ressenti.rules.signs` reads otherwise."""
    plain = text.translate(_SAME_LENGTH)
    inside = within_characters(text)
    pieces: list[str] = []
    offsets = array("l")
    position = 0
    for start, end, meant, stands_for in read_otherwise(plain):
        pieces += (plain[position:start], meant)
        offsets.extend(range(position, start))
        offsets.extend(stands_for)
        position = end
    if not pieces:
        return Reading(plain, None, inside=inside)
    pieces.append(plain[position:])
    offsets.extend(range(position, len(plain) + 1))
    return Reading("".join(pieces), offsets, inside=inside)


def sentences(text: str) -> Iterator[Span]:
    """Cut a reading into sentences.

    A line end cuts unless the line goes on in lower case and is no item of a list; a stop cuts unless it belongs to an abbreviation or,
    after « ! », « ? » and « … », the text goes on in lower case (« Ah ! dit-il »).

    Yields:
        Spans without surrounding blanks, never empty.
    """
    start = 0
    items = _items(text)
    for match in _END.finditer(text):
        if match["line"] is not None:
            blank_line = match[0].count("\n") + match[0].count("\r") - match[0].count("\r\n") > 1
            goes_on = match.end() not in items and _GOES_ON.match(text, match.end())
            if not blank_line and goes_on and text[match.start() - 1 : match.start()] not in ".!?…:":
                continue
        elif match["stop"][0] == ".":
            if match["stop"] == "." and _ABBREVIATION.search(text, max(start, match.start() - 6), match.start()):
                continue
            if match["stop"] != "." and _GOES_ON.match(text, match.end()):
                continue
        elif _GOES_ON.match(text, match.end()):
            continue
        yield from cut_long(text, start, match.end())
        start = match.end()
    yield from cut_long(text, start, len(text))


def _items(text: str) -> frozenset[int]:
    """Where the dashes stand that open two lines or more of one paragraph: a list, or turns of a dialogue, and no line that goes on."""
    found: list[int] = []
    block: dict[str, list[int]] = {}
    for match in _DASHED.finditer(text):
        if match["dash"] is None:
            block.clear()
            continue
        alike = block.setdefault(match["dash"], [])
        alike.append(match.start("dash"))
        if len(alike) > 1:
            found += alike if len(alike) == 2 else alike[-1:]
    return frozenset(found)


def cut_long(text: str, start: int, end: int) -> Iterator[Span]:
    """A stretch of text without the blanks around it, cut where it is longer than :data:`MAX_SENTENCE`; nothing where it is blank."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        cut = max(text.rfind(mark, start, start + MAX_SENTENCE) for mark in (" ", ";", ",")) + 1
        cut = cut if cut > start + MAX_SENTENCE // 2 else start + MAX_SENTENCE
        yield start, cut
        start = cut
    if start < end:
        yield start, end

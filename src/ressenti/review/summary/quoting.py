"""Words of the account as the summary quotes them: short, on one line, what is left out said by « … »."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ressenti.corpora.harmless import one_line
from ressenti.graph.patterns.wording import Wording
from ressenti.graph.trajectory.series import sentence_spans
from ressenti.review.shell import shown
from ressenti.schema import Span

_BLANKS = re.compile(r"\s+")
_END_OF_SPEECH = re.compile(r"[^«“»”]*[»”]\s*")
"""The end of what somebody says, whose beginning is not quoted: « … ” s’est-elle écriée »."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a quotation, and whether it is the words that say an emotion."""

    text: str
    cue: bool = False


Quote = tuple[Piece, ...]


def words_of(quote: Iterable[Piece]) -> str:
    """A quotation as plain text."""
    return "".join(piece.text for piece in quote)


class Quoting:
    """Quotes an account.

    Args:
        text: The account.
        say: The wording, for quotation marks inside quotations.
    """

    def __init__(self, text: str, say: Wording) -> None:
        self._text, self._say = text, say
        self.sentences: Sequence[Span] = sentence_spans(text)
        self._starts = [start for start, _ in self.sentences]

    def number(self, offset: int) -> int:
        """Index of the sentence in which an offset stands."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def around(self, cue: Sequence[Span], longest: int) -> Quote:
        """The sentence of a cue, cut on both sides where it is longer than so many characters; the cue is never cut away."""
        marks = sorted(cue)
        first, last = marks[0][0], max(end for _, end in marks)
        start, end = self.sentences[self.number(first)]
        end = max(self.sentences[self.number(last - 1)][1], last)
        left, right = self._window(min(start, first), end, first, last, longest)
        if (speech := _END_OF_SPEECH.match(self._text, left, first)) is not None:
            left = speech.end()
        pieces, at = [], left
        for begin, stop in marks:
            pieces += [Piece(self._clean(at, begin)), Piece(self._clean(max(at, begin), stop), cue=True)]
            at = max(at, stop)
        pieces.append(Piece(self._clean(at, right)))
        return _trimmed(pieces, "… " if left > start else "", " …" if right < end else "")

    def stretch(self, span: Span, longest: int) -> Quote:
        """What stands at a span, cut at its end between two words."""
        start, end = span
        stop = end if end - start <= longest else _between_words(self._text, start, start + longest)
        return _trimmed([Piece(self._clean(start, stop))], "", " …" if stop < end else "")

    def joined(self, spans: Sequence[Span], longest: int, omitted: str) -> Quote:
        """Sentences in their order; between those that are not neighbours stands what says that something is left out."""
        parts: list[str] = []
        for n, span in enumerate(spans):
            if n and self._text[spans[n - 1][1] : span[0]].strip():
                parts.append(omitted)
            parts.append(words_of(self.stretch(span, longest)))
        return (Piece(" ".join(parts)),)

    def _window(self, start: int, end: int, first: int, last: int, longest: int) -> Span:
        free = longest - (last - first)
        if end - start <= longest or free <= 0:
            return (start, end) if end - start <= longest else (first, last)
        before = min(first - start, max(free // 2, free - (end - last)))
        left, right = first - before, min(end, last + free - before)
        if left > start:
            blank = _BLANKS.search(self._text, left, first)
            left = blank.end() if blank else first
        if right < end:
            right = _between_words(self._text, last, right, last)
        return left, right

    def _clean(self, start: int, end: int) -> str:
        """As it may be shown: no control characters, no marks of direction, no line ends."""
        return self._say.inner(_BLANKS.sub(" ", shown(self._text[start:end])))


def plain(text: str) -> str:
    """A label or id from a file, on one line and harmless."""
    return one_line(shown(text))


def shortened(text: str, longest: int) -> str:
    """A label, cut where it is longer."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _between_words(text: str, first: int, last: int, none: int | None = None) -> int:
    """The last place between words of a stretch; where there is none, ``none``, by default the end."""
    found = [match.start() for match in _BLANKS.finditer(text, first, last + 1)]
    if found and (found[-1] > first or none is not None):
        return found[-1]
    return last if none is None else none


def _trimmed(pieces: Sequence[Piece], before: str, after: str) -> Quote:
    """Without empty pieces and blanks at the ends; with what says that the sentence goes on."""
    kept = [piece for piece in pieces if piece.text]
    if kept:
        kept[0] = Piece(before + kept[0].text.lstrip(), kept[0].cue) if not kept[0].cue else kept[0]
        kept[-1] = Piece(kept[-1].text.rstrip(" ,;:") + after, False) if not kept[-1].cue else kept[-1]
        kept = [Piece(before)] * bool(before and kept[0].cue) + kept + [Piece(after)] * bool(after and kept[-1].cue)
    return tuple(piece for piece in kept if piece.text)

"""Cutting what is written without any stop or comma: « … et là il est parti du coup j'ai pleuré … »."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ressenti.rules.words import load_words
from ressenti.schema import Span

LONG = 120
"""Code points without a mark from which on a stretch is cut: careful writers seldom write so many."""

_MARK = re.compile(r"[.,;:!?…()«»\"\n–—]")


def _one_of(phrases: Iterable[str]) -> str:
    """A pattern for one of several phrases; after an elided one (« j' ») another word follows at once."""
    return "|".join(phrase if phrase.endswith("'") else rf"{phrase}\b" for phrase in sorted(phrases))


_LINK, _BEFORE, _SUBJECT = (_one_of(load_words()[of]) for of in ("links_without_stops", "before_links", "sentence_openers"))
_NEW = re.compile(rf"\s(?=(?:(?:{_BEFORE}) )?(?:{_LINK}) (?={_SUBJECT})|(?:je|j'|c'était|c'est|il y a) ?(?=\w))", re.I)
_LEAST = 30
"""Code points that each piece has at least."""


def cut(text: str, span: Span) -> Iterator[Span]:
    """Cut a sentence where it runs long without any mark, before what begins a new one.

    Args:
        text: A reading.
        span: A sentence of it.

    Yields:
        Spans that cover it, but for the blanks between.
    """
    start, end = span
    if end - start <= LONG:
        yield span
        return
    cuts: list[int] = []
    at = start
    for mark in (*(m.start() for m in _MARK.finditer(text, start, end)), end):
        if mark - at > LONG:
            last = at
            for match in _NEW.finditer(text, at, mark):
                if match.start() - last >= _LEAST and mark - match.end() >= _LEAST and not _hangs(text, match.start()):
                    cuts.append(match.start())
                    last = match.start()
        at = mark + 1
    for place in cuts:
        yield start, place
        start = place + 1
    yield start, end


def _hangs(text: str, at: int) -> bool:
    """Whether the word before belongs to what follows: « que je »."""
    return text[max(at - 12, 0) : at].lower().split(" ")[-1] in load_words()["hanging"]

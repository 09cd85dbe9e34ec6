"""Cutting what is written without any stop or comma: « … et là il est parti du coup j'ai pleuré … »."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ressenti.schema import Span

LONG = 120
"""Code points without a mark from which on a stretch is cut: careful writers seldom write so many."""

_MARK = re.compile(r"[.,;:!?…()«»\"\n–—]")
_SUBJECT = r"(?=j'|c'|y'|l'|(?:je|tu|il|elle|on|nous|vous|ils|elles|ça|y|mon|ma|mes|le|la|les|un|une|personne|faut|tout|rien)\b)"
_LINKS = (
    "là|du coup|alors|ensuite|puis|après|après ça|au final|d'un coup|soudain"
    "|tout à coup|tout d'un coup|depuis|hier|aujourd'hui|ce matin|ce soir"
    "|cette nuit|le lendemain|le soir|maintenant|quand|mais|bref|sauf que|donc|et|sinon|heureusement|finalement|franchement"
)
_NEW = re.compile(
    rf"\s(?=(?:(?:et|mais|puis|sauf que|bref|enfin|bon) )?(?:{_LINKS}) {_SUBJECT}|(?:je|j'|c'était|c'est|il y a) ?(?=\w))",
    re.I,
)
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


_HANGING = frozenset(
    "que qu' qui quand si comme dont où et mais ou car parce lorsque puisque ce quoi pourquoi comment combien de à pour"
    " alors là après donc puis ensuite".split()
)  # fmt: skip


def _hangs(text: str, at: int) -> bool:
    """Whether the word before belongs to what follows: « que je »."""
    return text[max(at - 12, 0) : at].lower().split(" ")[-1] in _HANGING

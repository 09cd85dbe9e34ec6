"""The scene in the words of the account: its first sentence, what happened first, what happened next and what caused emotions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from ressenti.graph.patterns.felt import Telling
from ressenti.review.summary.emotions import is_own
from ressenti.review.summary.quoting import Quote, Quoting
from ressenti.schema import Span

_EVENT, _HAPPENED, _CAUSE, _STRONG, _FELT = 9.0, 1.0, 1.5, 0.5, 0.25
"""What a sentence gains by being the first to tell behaviour, telling more of it, holding a cause, and telling a strong emotion or any of
the narrator."""
_SHORTEST = 12
"""Characters below which a sentence says too little to be quoted by itself."""


def scene(telling: Telling, quoting: Quoting, longest: int, omitted: str) -> Quote:
    """A few sentences, verbatim and in their order.

    An account whose writer was asked what happened is quoted from that answer.

    Args:
        telling: The account.
        quoting: Quotes it.
        longest: Characters, roughly.
        omitted: What stands for sentences that are left out.
    """
    components = telling.narrative.components
    given = [c.span for c in components if c.component == "behavior" and c.source == "given"]
    spans = [s for s in quoting.sentences if not given or any(start <= s[0] and s[1] <= end for start, end in given)]
    spans = [s for s in spans or quoting.sentences if telling.narrative.text[slice(*s)].strip()]
    if not spans:
        return ()
    worth = telling.once("summary: worth", lambda: dict(zip(spans, _worth(telling, spans), strict=True)))
    event = max(spans, key=lambda s: worth[s])
    crowded = worth[event] >= _EVENT and _length(spans[0]) + _length(event) > longest
    begins = event if crowded else spans[0]  # an opening that leaves no room for what happened goes
    kept, room = [begins], longest - _length(begins)
    for span in sorted(spans[1:], key=lambda s: (-worth[s], s)):
        length = _length(span)
        if _SHORTEST <= length <= room and worth[span] > 0 and span != begins:
            kept.append(span)
            room -= length
    kept.sort()
    return quoting.joined(kept, longest, omitted)


def _worth(telling: Telling, spans: list[Span]) -> list[float]:
    """What each sentence is worth."""
    starts = [start for start, _ in spans]
    worth = [0.0] * len(spans)

    def number(offset: int) -> int | None:
        found = bisect_right(starts, offset) - 1
        return found if found >= 0 and offset < spans[found][1] else None

    told = sorted({n for c in telling.narrative.components if c.component == "behavior" for n in _within(starts, c.span)})
    for n in told:
        worth[n] += _EVENT if n == told[0] else _HAPPENED
    for mention in telling.narrative.mentions:
        if not is_own(telling.felt[mention.id]):
            continue
        causes = [r.span for r in telling.roles[mention.id] if r.role == "cause" and r.span[1] - r.span[0] > _SHORTEST]
        for at in {number(start) for start, _ in causes}:
            if at is not None:
                worth[at] += _CAUSE
        if (place := number(mention.cue[0][0])) is not None and mention.status == "affirmed":
            worth[place] += _STRONG if mention.intensity == "high" else _FELT
    return worth


def _length(span: Span) -> int:
    """Characters of a sentence, with the blank after it."""
    return span[1] - span[0] + 1


def _within(starts: list[int], span: Span) -> range:
    """The sentences that stand in a span, or in which it begins."""
    return range(max(0, bisect_right(starts, span[0]) - 1), bisect_left(starts, span[1]))

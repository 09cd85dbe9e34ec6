"""The scene in the words of the account: its first sentence, and those that tell what happened and what caused the narrator's emotions."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from ressenti.graph.patterns.felt import Telling
from ressenti.review.summary.emotions import is_own
from ressenti.review.summary.quoting import Quote, Quoting
from ressenti.schema import Span

_FIRST, _HAPPENED, _CAUSE, _STRONG, _FELT = 2.0, 1.0, 1.5, 0.5, 0.25
"""What a sentence gains by opening the account, telling behaviour, holding a cause, and telling a strong emotion or any of the narrator."""
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
    kept, room = [spans[0]], longest - (spans[0][1] - spans[0][0])
    for span in sorted(spans[1:], key=lambda s: (-worth[s], s)):
        length = span[1] - span[0] + 1
        if _SHORTEST <= length <= room and worth[span] > 0:
            kept.append(span)
            room -= length
    kept.sort()
    return quoting.joined(kept, longest, omitted)


def _worth(telling: Telling, spans: list[Span]) -> list[float]:
    """What each sentence is worth."""
    starts = [start for start, _ in spans]
    worth = [0.0] * len(spans)
    worth[0] = _FIRST

    def number(offset: int) -> int | None:
        found = bisect_right(starts, offset) - 1
        return found if found >= 0 and offset < spans[found][1] else None

    told = {n for c in telling.narrative.components if c.component == "behavior" for n in _within(starts, c.span)}
    for n in told:
        worth[n] += _HAPPENED
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


def _within(starts: list[int], span: Span) -> range:
    """The sentences that stand in a span, or in which it begins."""
    return range(max(0, bisect_right(starts, span[0]) - 1), bisect_left(starts, span[1]))

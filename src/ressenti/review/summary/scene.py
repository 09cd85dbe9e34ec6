"""The scene in the words of the account: its first sentence, and those that tell what happened and what caused the narrator's emotions."""

from __future__ import annotations

from collections.abc import Iterator

from ressenti.graph.patterns.felt import Telling
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
    worth = dict(zip(spans, _worth(telling, spans), strict=True))
    kept, room = [spans[0]], longest - (spans[0][1] - spans[0][0])
    for span in sorted(spans[1:], key=lambda s: (-worth[s], s)):
        length = span[1] - span[0] + 1
        if _SHORTEST <= length <= room and worth[span] > 0:
            kept.append(span)
            room -= length
    kept.sort()
    return quoting.joined(kept, longest, omitted)


def _worth(telling: Telling, spans: list[Span]) -> Iterator[float]:
    narrative = telling.narrative
    happened = [c.span for c in narrative.components if c.component == "behavior"]
    own = [m for m in narrative.mentions if any(felt.who is None or felt.who.narrator for felt in telling.felt[m.id])]
    for n, (start, end) in enumerate(spans):
        worth = _FIRST if n == 0 else 0.0
        worth += _HAPPENED * any((a <= start and end <= b) or start <= a < end for a, b in happened)
        for mention in own:
            causes = [r.span for r in telling.roles[mention.id] if r.role == "cause" and r.span[1] - r.span[0] > _SHORTEST]
            worth += _CAUSE * any(start <= a < end for a, _ in causes)
            if start <= mention.cue[0][0] < end and mention.status == "affirmed":
                worth += _STRONG if mention.intensity == "high" else _FELT
        yield worth

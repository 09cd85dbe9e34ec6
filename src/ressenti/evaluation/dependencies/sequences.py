"""What leads to what: emotions that follow each other in stories more often than chance would have it.

A *transition* is a mention of an emotion after one of another emotion by what may be the same person, in the same sentence or the one
before, not coordinated with it. Its count is held against quasi-independence, fitted for each source by itself, and against the opposite order.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from ressenti.evaluation.dependencies.chance import Pair, benjamini_hochberg, binomial_tail, fisher_greater, quasi_independent
from ressenti.evaluation.dependencies.stories import Felt, Story, may_be_same
from ressenti.ontology.dependencies import Dependency
from ressenti.ontology.emotions import Emotions

LEVELS = ("primary", "secondary")
WINDOW = 1
"""How many sentences a transition may step over the end of."""
BEFORE = 3
"""How many sentences back two emotions may stand that combine to a third."""
LEAST = 5
"""Fewest times that a pair or combination must be seen."""
LEVEL_OF_Q = 0.05

_TOGETHER = re.compile(
    r"(?:[\s,;/()«»\"'’-]|\b(?:et|ou|ni|mais|de|d|la|le|les|l|un|une|du|des|si|très|plus|en|avec|par|sa|son|ses|ma|mon|mes|à la fois)\b)*",
    re.IGNORECASE,
)


def transitions(told: Story, emotions: Emotions, level: str) -> Iterator[Pair]:
    """Each change of emotion, first and second label.

    Args:
        told: The story.
        emotions: The tree.
        level: ``primary`` or ``secondary``; a mention of a bare primary has no label on the second level, unless a group bears its name.
    """
    for i, b in enumerate(told.felt):
        after = label(b.emotion, emotions, level)
        if after is None:
            continue
        for a in reversed(told.felt[:i]):
            if b.sentence - a.sentence > WINDOW:
                break
            if not may_be_same(a, b) or together(told.text, a, b):
                continue
            before = label(a.emotion, emotions, level)
            if before is not None and before != after and not _of_one_line(before, after, emotions):
                yield before, after
            break


def label(emotion: str, emotions: Emotions, level: str) -> str | None:
    """The emotion on a level of the tree, or None where it has none there."""
    if level == "primary":
        return emotions.primary(emotion)
    group = emotions.secondary(emotion)
    return emotion if group is None and any(e.parent == emotion and e.tier == "tertiary" for e in emotions.values()) else group


def together(text: str, a: Felt, b: Felt) -> bool:
    """Whether two mentions are said as one: overlapping (« sauter de joie ») or coordinated (« la joie et la peur »)."""
    return b.start < a.end or _TOGETHER.fullmatch(text, a.end, b.start) is not None


def leads_to(stories: Sequence[Story], emotions: Emotions) -> Iterator[Dependency]:
    """Propose each transition that beats chance, on both levels."""
    for level in LEVELS:
        yield from _level(stories, emotions, level)


def _level(stories: Sequence[Story], emotions: Emotions, level: str) -> Iterator[Dependency]:
    labels = sorted({name for key in emotions if (name := label(key, emotions, level)) is not None})
    allowed = [(a, b) for a in labels for b in labels if a != b and not _of_one_line(a, b, emotions)]
    by_source: dict[str, Counter[Pair]] = defaultdict(Counter)
    for told in stories:
        by_source[told.source].update(transitions(told, emotions, level))
    counts = sum(by_source.values(), Counter())
    expected: Counter[Pair] = Counter()
    for found in by_source.values():
        for pair, value in quasi_independent(found, allowed).items():
            expected[pair] += value  # type: ignore[assignment]
    total = counts.total()
    pairs = [pair for pair in allowed if counts[pair] >= LEAST]
    chance = [binomial_tail(counts[pair], total, expected[pair] / total) for pair in pairs]
    order = [binomial_tail(counts[a, b], counts[a, b] + counts[b, a], 0.5) for a, b in pairs]
    for (a, b), q, p in zip(pairs, benjamini_hochberg(chance), order, strict=True):
        if q < LEVEL_OF_Q:
            pass
        yield Dependency("leadsTo", a, b, methods=("sequence",), evidence={"n": str(counts[a, b]), "expected": f"{expected[a, b]:.1f}",
          "q": f"{q:.2g}", "reverse": str(counts[b, a]), "p_order": f"{p:.2g}", "N": str(total), "sources": ' '.join(f"{s}:{c[a,b]}" for s, c in by_source.items())})


def _of_one_line(a: str, b: str, emotions: Emotions) -> bool:
    return a in emotions.lineage(b) or b in emotions.lineage(a)

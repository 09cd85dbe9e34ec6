"""What leads to what: emotions that follow each other in stories more often than chance would have it.

A *transition* is a mention of an emotion after one of another emotion by what may be the same person, in the same sentence or the one
before, not coordinated with it. Two questions are asked of it: is it more frequent than when the second emotions are shuffled (*company*),
and is it more frequent than the opposite change (*order*)?
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, takewhile

from ressenti.evaluation.dependencies.chance import Pair, benjamini_hochberg, binomial_tail, fisher_greater, shuffled
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
Q = 0.05
"""Share of false discoveries that is accepted."""
ROUNDS = 9999
"""How many shuffles chance is estimated from."""
SEED = 1

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


def leads_to(stories: Sequence[Story], emotions: Emotions, rounds: int = ROUNDS) -> Iterator[Dependency]:
    """Propose each transition that beats chance in company or in order, on both levels of the tree.

    Args:
        stories: What is felt in the texts.
        emotions: The tree.
        rounds: How many shuffles chance is estimated from.
    """
    for level in LEVELS:
        changes: dict[str, list[Pair]] = defaultdict(list)
        for told in stories:
            changes[told.source] += transitions(told, emotions, level)
        counts = Counter(pair for pairs in changes.values() for pair in pairs)
        pairs = sorted(pair for pair in counts if counts[pair] >= LEAST)
        as_many, sums = Counter[Pair](), Counter[Pair]()
        for chance in shuffled(list(changes.values()), lambda a, b: not _of_one_line(a, b, emotions), rounds, SEED):
            for pair in pairs:
                sums[pair] += chance[pair]
                as_many[pair] += chance[pair] >= counts[pair]
        company = benjamini_hochberg([(as_many[pair] + 1) / (rounds + 1) for pair in pairs])
        order = benjamini_hochberg([binomial_tail(counts[a, b], counts[a, b] + counts[b, a], 0.5) for a, b in pairs])
        for (a, b), q, q_order in zip(pairs, company, order, strict=True):
            if min(q, q_order) < Q:
                evidence = {
                    "level": level, "n": str(counts[a, b]), "expected": f"{sums[a, b] / rounds:.1f}", "q": f"{q:.2g}",
                    "reverse": str(counts[b, a]), "q_order": f"{q_order:.2g}", "transitions": str(counts.total()),
                    "tests": str(len(pairs)), "texts": _texts({source: found.count((a, b)) for source, found in changes.items()}),
                }  # fmt: skip
                yield Dependency("leadsTo", a, b, methods=("sequence",), evidence=evidence)


def combines_to(stories: Sequence[Story], emotions: Emotions) -> Iterator[Dependency]:
    """Propose each two emotions after which a third is more frequent than after either without the other.

    For every mention, the labels felt before it by what may be the same person, up to :data:`BEFORE` sentences back. Fisher's exact test
    of *both* against *the first alone* and against *the second alone*, among the mentions that are neither; the larger p counts.
    """
    for level in LEVELS:
        seen = Counter(felt for told in stories for felt in _after(told, emotions, level))
        labels = sorted({label for before, _ in seen for label in before})
        outcomes = sorted({after for _, after in seen})
        found: list[tuple[tuple[str, str, str], dict[str, str], float]] = []
        for a, b in combinations(labels, 2):
            counts = {kind: Counter[str]() for kind in ("both", "first", "second")}
            for (before, after), n in seen.items():
                if (a in before or b in before) and after not in (a, b):
                    counts["both" if a in before and b in before else "first" if a in before else "second"][after] += n
            for c in outcomes:
                n, total = counts["both"][c], counts["both"].total()
                if n < LEAST:
                    continue
                alone = [(counts[kind][c], counts[kind].total()) for kind in ("first", "second")]
                p = max(fisher_greater(n, total - n, few, many - few) for few, many in alone)
                shares = {f"{kind}_alone": f"{few}/{many}" for kind, (few, many) in zip(("first", "second"), alone, strict=True)}
                found.append(((a, b, c), {"level": level, "n": f"{n}/{total}", **shares}, p))
        for ((a, b, c), evidence, _), q in zip(found, benjamini_hochberg([p for *_, p in found]), strict=True):
            if q < Q:
                evidence |= {"q": f"{q:.2g}", "tests": str(len(found))}
                yield Dependency("combinesTo", a, b, c, methods=("sequence",), evidence=evidence)


def _after(told: Story, emotions: Emotions, level: str) -> Iterator[tuple[frozenset[str], str]]:
    """For each mention, what was felt before it and what it is, as labels of the level."""
    for i, b in enumerate(told.felt):
        after = label(b.emotion, emotions, level)
        near = takewhile(lambda a: b.sentence - a.sentence <= BEFORE, reversed(told.felt[:i]))  # noqa: B023, used at once
        labels = {label(a.emotion, emotions, level) for a in near if may_be_same(a, b) and not together(told.text, a, b)}
        if after is not None and labels:
            yield frozenset(name for name in labels if name is not None), after


def _texts(counts: Mapping[str, int]) -> str:
    return " ".join(f"{source}:{n}" for source, n in counts.items() if n)


def _of_one_line(a: str, b: str, emotions: Emotions) -> bool:
    return a in emotions.lineage(b) or b in emotions.lineage(a)

"""Which mention of one annotation is which of the other, and which of their roles agree.

The definitions are those of ``benchmarks/gold/score.py``: two cues match where their intersection over union is at least 1/3, one to one,
the best pairs first; a role agrees where the mentions match with their primary and the spans' intersection over union is at least 1/2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ressenti.schema import Mention, Narrative, Role, Span

CUE, ROLE = 1 / 3, 1 / 2
"""The least intersection over union of two cues, of two roles."""


def overlap(one: Sequence[Span], other: Sequence[Span]) -> int:
    """Code points that two lists of spans share."""
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in one for b in other)


def likeness(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Intersection over union of two lists of spans, from 0 to 1."""
    both = overlap(one, other)
    return both / (sum(end - start for start, end in one) + sum(end - start for start, end in other) - both)


def in_order(i: int, j: int) -> tuple[int, int]:
    """Of pairs that are alike the first of the gold, then of the system, comes first."""
    return i, j


def evenly(i: int, j: int) -> tuple[int, int]:
    """The same for two annotators of whom neither is the gold: the order of the two makes no difference."""
    return min(i, j), max(i, j)


def match(
    gold: Sequence[Mention], system: Sequence[Mention], ties: Callable[[int, int], tuple[int, int]] = in_order
) -> list[tuple[int, int]]:
    """Indices of the mentions that match, the best pairs first.

    Pairs are taken by likeness of their cues, then by whether the primaries are the same, then the modes, then by ``ties``.
    """
    alike = []
    for i, g in enumerate(gold):
        for j, s in enumerate(system):
            size = likeness(g.cue, s.cue)
            if size >= CUE:
                alike.append((-size, g.primary != s.primary, g.mode != s.mode, ties(i, j), i, j))
    return one_to_one(alike)


def one_to_one(alike: Iterable[tuple[Any, ...]]) -> list[tuple[int, int]]:
    """Pairs of indices, the best first, each index once on its side.

    Args:
        alike: Pairs in any order: tuples that sort the best first and end with the two indices.
    """
    ones: set[int] = set()
    others: set[int] = set()
    pairs = []
    for *_, i, j in sorted(alike):
        if i not in ones and j not in others:
            ones.add(i)
            others.add(j)
            pairs.append((i, j))
    return pairs


@dataclass(frozen=True, slots=True)
class Comparison:
    """A narrative marked twice, with what of the two belongs together.

    Attributes:
        gold: As it should be.
        system: As it was found.
        pairs: Mentions that match, gold and system, whatever their emotions.
        found: The system's mentions that have a cue: all but the model's.
        guessed: The model's, whose cue is a sentence or clause; they are scored apart.
        right: Id of each system mention that matches with its primary, to the id of its gold mention.
        roles: Roles that agree, gold and system.
        judged: The system's roles whose mention is one of ``found``.
    """

    gold: Narrative
    system: Narrative
    pairs: Sequence[tuple[Mention, Mention]]
    found: Sequence[Mention]
    guessed: Sequence[Mention]
    right: dict[int, int]
    roles: Sequence[tuple[Role, Role]]
    judged: Sequence[Role]

    @property
    def missed(self) -> list[Mention]:
        """Gold mentions that nothing matches."""
        hit = {g.id for g, _ in self.pairs}
        return [m for m in self.gold.mentions if m.id not in hit]

    @property
    def spurious(self) -> list[Mention]:
        """System mentions that match nothing."""
        hit = {s.id for _, s in self.pairs}
        return [m for m in self.found if m.id not in hit]


def compare(gold: Narrative, system: Narrative, ties: Callable[[int, int], tuple[int, int]] = in_order) -> Comparison:
    """Match the marks of a narrative.

    Args:
        gold: As it should be.
        system: The same text as it was found.
        ties: Which of two pairs that are alike comes first.

    Raises:
        ValueError: The texts differ.
    """
    if gold.text != system.text:
        raise ValueError(f"the texts of {gold.id!r} differ")
    guessed = [m for m in system.mentions if m.source.startswith("model")]
    found = [m for m in system.mentions if not m.source.startswith("model")]
    pairs = [(gold.mentions[i], found[j]) for i, j in match(gold.mentions, found, ties)]
    right = {s.id: g.id for g, s in pairs if g.primary == s.primary}
    ids = {m.id for m in found}
    judged = [role for role in system.roles if role.mention in ids]
    return Comparison(gold, system, pairs, found, guessed, right, _match_roles(gold.roles, judged, right), judged)


def _match_roles(gold: Sequence[Role], system: Sequence[Role], right: dict[int, int]) -> list[tuple[Role, Role]]:
    """Each role of the system takes the gold role that is most like it, if that is alike enough and still free."""
    free: dict[tuple[int, str], list[Role]] = {}
    for role in gold:
        free.setdefault((role.mention, role.role), []).append(role)
    pairs = []
    for role in system:
        if role.mention not in right:
            continue
        candidates = free.get((right[role.mention], role.role), [])
        best = max(candidates, key=lambda r: likeness([r.span], [role.span]), default=None)
        if best is not None and likeness([best.span], [role.span]) >= ROLE:
            del candidates[next(k for k, r in enumerate(candidates) if r is best)]
            pairs.append((best, role))
    return pairs

"""Which emotion follows which: a matrix of counts, by tier, of one person or of each.

Source of the idea of a next emotion as a step from the one before: Z. Wen et al., arXiv 2106.15846.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ressenti.graph.trajectory.series import ALL, NARRATOR, belongs, experiencers
from ressenti.ontology.emotions import TIERS, load_emotions
from ressenti.schema import Mention, Narrative

Pair = tuple[str, str]


@dataclass(slots=True)
class Transitions:
    """Counts of steps from one emotion to the next.

    Attributes:
        tier: The tier to which emotions are lifted; one that stands above it stays as it is.
        counts: Keys of the emotion before and the emotion after, to how often.
        narratives: How many narratives were counted.
    """

    tier: str = "primary"
    counts: Counter[Pair] = field(default_factory=Counter)
    narratives: int = 0

    def add(self, narrative: Narrative, of: str = NARRATOR) -> None:
        """Count the steps of a narrative; see `steps`."""
        self.narratives += 1
        self.counts.update((lift(one, self.tier), lift(other, self.tier)) for one, other in steps(narrative, of))

    @property
    def emotions(self) -> list[str]:
        """Emotions that occur, in the order of the ontology."""
        found = {key for pair in self.counts for key in pair}
        return [key for key in load_emotions() if key in found]

    def total(self, before: str) -> int:
        """How often something follows an emotion."""
        return sum(number for (one, _), number in self.counts.items() if one == before)

    def rows(self) -> Iterator[tuple[str, str, int, float]]:
        """From, to, count and share of what follows, for what occurs; both in the order of the ontology."""
        emotions = self.emotions
        for before in emotions:
            total = self.total(before)
            for after in emotions:
                if number := self.counts[before, after]:
                    yield before, after, number, number / total


def lift(key: str, tier: str) -> str:
    """The emotion at or above one, at a tier; a primary stays itself at every tier.

    Raises:
        ValueError: There is no such tier.
    """
    emotions = load_emotions()
    if TIERS.index(tier) == 2:
        return key
    # A word of a group that is named as its primary (grief under sadness) has the primary as its group
    return (emotions.secondary(key) if tier == "secondary" else None) or emotions.primary(key)


def steps(narrative: Narrative, of: str = NARRATOR) -> Iterator[Pair]:
    """The emotions before and after each step of a narrative, in reading order.

    What is denied or only imagined is no step. Two emotions told as felt together (``ambivalent_with``) are one moment: no step leads
    from one to the other, and steps lead from and to both. An emotion that is told again is a step to itself.

    Args:
        narrative: An annotated narrative.
        of: Whose emotions: ``NARRATOR``, the id of an entity, or ``all`` for each person's own, never from one person to another.
    """
    felt_by = experiencers(narrative)
    if of == ALL:
        people = dict.fromkeys(who for felt in felt_by.values() for who in sorted(felt, key=str) if who is not None and who != NARRATOR)
        for who in (NARRATOR, *people):
            yield from _of_one(narrative, felt_by, who)
    else:
        yield from _of_one(narrative, felt_by, of)


def _of_one(narrative: Narrative, felt_by: dict[int, frozenset[str | None]], who: str) -> Iterator[Pair]:
    moments: list[list[Mention]] = []
    for mention in narrative.mentions:
        if mention.status != "affirmed" or not belongs(felt_by[mention.id], who):
            continue
        if moments and any(_together(mention, other) for other in moments[-1]):
            moments[-1].append(mention)
        else:
            moments.append([mention])
    for before, after in pairwise(moments):
        yield from ((one.emotion, other.emotion) for one in _different(before) for other in _different(after))


def _together(one: Mention, other: Mention) -> bool:
    return other.id in one.extra.get("ambivalent_with", ()) or one.id in other.extra.get("ambivalent_with", ())


def _different(mentions: Sequence[Mention]) -> list[Mention]:
    return list({mention.emotion: mention for mention in mentions}.values())

"""What of one’s own is touched: the parts of a narrative that tell the component territory, and the emotions in them or about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ressenti.graph.model import NARRATOR
from ressenti.graph.patterns.clauses import owner
from ressenti.graph.patterns.felt import Felt, Person, Telling, Words, inside
from ressenti.schema import Span


@dataclass(frozen=True, slots=True)
class Territory:
    """Something of one’s own that is touched: an ability, a right, a place, a bond, a property, an image.

    Attributes:
        words: The part that tells it.
        given: Whether the writer was asked for it; else a rule takes the part for territory.
        whose: Whose own it is: the writer’s where asked for, else whom the part’s first possessive names; None where neither says so.
        inside: Emotions whose cue stands in the part.
        about: Emotions whose cause or target stands in it, or it in them.
    """

    words: Words
    given: bool
    whose: Person | None
    inside: tuple[Felt, ...]
    about: tuple[Felt, ...]


def territories(telling: Telling) -> Iterator[Territory]:
    """The parts that tell territory, in reading order."""
    for component in telling.narrative.components:
        if component.component != "territory":
            continue
        span, given = component.span, component.source == "given"
        within = [felt for several in telling.felt.values() for felt in several if inside(felt.cue.spans, span)]
        about = [
            felt
            for id_, several in telling.felt.items()
            for felt in several
            if felt not in within and any(_meet(role.span, span) for role in telling.roles[id_] if role.role in ("cause", "target"))
        ]
        whose = owner(telling, span) or (telling.person(NARRATOR) if given else None)
        yield Territory(telling.words([span]), given, whose, tuple(within), tuple(about))


def _meet(one: Span, other: Span) -> bool:
    return inside([one], other) or inside([other], one)

"""The narratives that two reviewers have gone through, as the one and as the other left them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from ressenti.evaluation.matching import ROLE, evenly, likeness, one_to_one
from ressenti.review.decisions.apply import apply
from ressenti.review.decisions.model import Review, in_order
from ressenti.review.decisions.outcome import Outcome
from ressenti.review.decisions.placing import Marked, mention_level
from ressenti.review.decisions.placing import pairs as placed
from ressenti.review.decisions.several import LEFT_OUT, pair
from ressenti.review.decisions.things import CHANGED, REJECTED, Things
from ressenti.schema import Component, Mention, Narrative, Role, Span

Part = tuple[str, Span]
"""A component: what it is, and its span."""

Mark = TypeVar("Mark", Mention, Role, Component)

LEFT = "left"
"""What a reviewer did with a mention that was found, where neither ``changed`` nor ``rejected`` it."""


@dataclass(frozen=True, slots=True)
class Both:
    """A narrative that two reviewers have gone through.

    Attributes:
        found: As it was annotated.
        one: As the one left it.
        other: As the other left it.
        verdicts: What the one and what the other did with each mention that was found: ``left``, ``changed``, ``rejected``.
        merged: With the decisions of both on it.
        began: Of the one and of the other, as what each component on which they decided was found; None where it was added.
    """

    found: Narrative
    one: Narrative
    other: Narrative
    verdicts: Sequence[tuple[str, str]]
    merged: Narrative
    began: tuple[Mapping[Hashable, Part | None], Mapping[Hashable, Part | None]]


@dataclass(slots=True)
class Reviewed:
    """What of the narratives can be compared.

    Attributes:
        both: Those that can.
        single: Ids of narratives that only one of the two reviewed.
        undone: Ids of those that not both marked as done.
        applied: Ids of those into which decisions were put before: what was found is no longer known.
        misfits: Decisions that do not fit.
    """

    both: list[Both] = field(default_factory=list)
    single: list[str] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)
    applied: list[str] = field(default_factory=list)
    misfits: list[Outcome] = field(default_factory=list)


def reviewed(narratives: Sequence[Narrative], one: Sequence[Review], other: Sequence[Review], undone: bool = False) -> Reviewed:
    """Put the decisions of each of two reviewers into the narratives.

    Args:
        narratives: As they were annotated, without decisions.
        one: Of one reviewer.
        other: Of another, or of the same at another time.
        undone: Whether narratives that not both marked as done are compared, too: what was not decided on counts as left.
    """
    first, second = pair(narratives, one), pair(narratives, other)
    found = Reviewed(misfits=[*first.lost, *second.lost])
    for (narrative, ours), (_, theirs) in zip(first.narratives, second.narratives, strict=True):
        if not ours and not theirs:
            continue
        if not ours or not theirs:
            found.single.append(narrative.id)
        elif "review" in narrative.extra:
            found.applied.append(narrative.id)
        elif not undone and not all(any(review.done for review in reviews) for reviews in (ours, theirs)):
            found.undone.append(narrative.id)
        else:
            a, b = apply(narrative, ours), apply(narrative, theirs)
            found.misfits += [told for told in (*a.outcomes, *b.outcomes) if told.outcome in LEFT_OUT]
            verdicts = zip(_verdicts(narrative, ours), _verdicts(narrative, theirs), strict=True)
            merged = apply(narrative, [*ours, *theirs]).narrative
            found.both.append(Both(narrative, a.narrative, b.narrative, list(verdicts), merged, (_began(ours), _began(theirs))))
    return found


def _verdicts(narrative: Narrative, reviews: Iterable[Review]) -> list[str]:
    """What became of each mention that was found, in order."""
    marks = [Marked(mention, {}) for mention in narrative.mentions]
    by_mark = {mark: thing for thing, mark in placed(Things(in_order(reviews)).mentions, marks, mention_level).items()}
    done = [by_mark[mark].decision if mark in by_mark else "" for mark in marks]
    return [verdict if verdict in (CHANGED, REJECTED) else LEFT for verdict in done]


def _began(reviews: Iterable[Review]) -> dict[Hashable, Part | None]:
    """As what the components that a reviewer decided on were found, by what they are now."""
    things = Things(in_order(reviews)).components
    return {part_of(thing.values): None if thing.was is None else part_of(thing.was) for thing in things}


def part_of(values: Mapping[str, Any]) -> Part:
    """What a component is known by."""
    return values["component"], values["span"]


def alike(ours: Sequence[Role | Component], theirs: Sequence[Role | Component]) -> list[tuple[int, int]]:
    """Indices of the roles or components whose spans match, whatever their kinds: the most alike first, of several the same kind."""
    return one_to_one(
        (-size, _kind(one) != _kind(other), evenly(i, j), i, j)
        for i, one in enumerate(ours)
        for j, other in enumerate(theirs)
        if (size := likeness([one.span], [other.span])) >= ROLE
    )


def rows(
    ours: Sequence[Mark], theirs: Sequence[Mark], key: Callable[[Mark], Hashable],
    likely: Callable[[Sequence[Mark], Sequence[Mark]], Sequence[tuple[int, int]]],
) -> Iterator[tuple[Mark | None, Mark | None]]:  # fmt: skip
    """Marks that belong together: those of one key, then those that are alike, then each by itself."""
    by_key = {key(mark): mark for mark in theirs}
    taken = []
    left = []
    for mark in ours:
        other = by_key.pop(key(mark), None)
        if other is None:
            left.append(mark)
        else:
            taken.append(other)
            yield mark, other
    free = [mark for mark in theirs if not any(mark is other for other in taken)]
    pairs = likely(left, free)
    yield from ((left[i], free[j]) for i, j in pairs)
    ones, others = {i for i, _ in pairs}, {j for _, j in pairs}
    yield from ((mark, None) for i, mark in enumerate(left) if i not in ones)
    yield from ((None, mark) for j, mark in enumerate(free) if j not in others)


def _kind(mark: Role | Component) -> str:
    return mark.role if isinstance(mark, Role) else mark.component


def judged(narrative: Narrative, reviewer: str) -> Narrative:
    """A narrative whose mentions are all the reviewer's: what a model had found, and a reviewer let stand, is compared as any other."""
    source = f"review:{reviewer}"
    return replace(narrative, mentions=[replace(mention, source=source) for mention in narrative.mentions])

"""Recording many decisions at once: those of a sheet, and all proposals above a threshold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ressenti.vocab_builder.proposal import Proposal
from ressenti.vocab_builder.review.decisions import Decision, latest
from ressenti.vocab_builder.review.session import made_of


@dataclass(frozen=True, slots=True)
class News:
    """What a sheet adds to a record.

    Attributes:
        decisions: Those that the record does not have yet.
        known: How many it has: the sheet was read before.
        differing: How many of the new ones are on terms of which another reviewer said something else.
    """

    decisions: tuple[Decision, ...]
    known: int
    differing: int


def news(decisions: Sequence[Decision], record: Sequence[Decision]) -> News:
    """Tell the decisions that say something new from those that their reviewer has made before.

    Args:
        decisions: Of one reviewer.
        record: What is recorded.
    """
    last = latest(record)
    own = {reviewer: latest(d for d in record if d.reviewer == reviewer) for reviewer in {d.reviewer for d in decisions}}
    new = [d for d in decisions if (before := own[d.reviewer].get(d.key)) is None or _said(before) != _said(d)]
    differing = [d for d in new if (before := last.get(d.key)) and before.reviewer != d.reviewer and before.verdict != d.verdict]
    return News(tuple(new), len(decisions) - len(new), len(differing))


def _said(decision: Decision) -> Decision:
    """A decision without when and how it was made and what was shown."""
    return replace(decision, proposed="", similarity="", sources="", date="", how="one", note=" ".join(decision.note.split()))


def above(proposals: Iterable[Proposal], threshold: float, record: Sequence[Decision]) -> list[Proposal]:
    """The proposals at or above a threshold that have a place and on which nobody has decided anything, « unsure » included."""
    decided = latest(record)
    return [p for p in proposals if p.emotion and p.similarity >= threshold and p.candidate.key not in decided]


def accept(proposals: Iterable[Proposal], reviewer: str, date: str) -> list[Decision]:
    """Decisions that take each proposal as it is, marked as made in bulk."""
    return [made_of(p, "correct", p.emotion, reviewer, date, how="bulk") for p in proposals]

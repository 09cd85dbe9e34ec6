"""What a labelling function is: a name, what it is about, and what it says of a passage."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ressenti.fallback.functions.seen import Seen
from ressenti.fallback.votes import LabelVote
from ressenti.schema import Span

TRUST = {"hint": 1.5, "weak": 2.0, "fair": 4.0, "good": 7.0, "strong": 12.0, "certain": 1000.0}
"""How much more often a function is taken to say a thing where it is so than where it is not, before votes are compared."""


@dataclass(frozen=True, slots=True)
class Function:
    """A labelling function.

    Attributes:
        name: Names it in tables and figures.
        about: What it looks at, in a sentence.
        votes: From a passage to its votes; none where it has nothing to say.
        trust: One of `TRUST`.
        reads_all: Whether it reads every passage, so that its silence says something too; false of reviews and of gold labels, which
            may cover a part only.
    """

    name: str
    about: str
    votes: Callable[[Seen], Iterable[LabelVote]]
    trust: str = "fair"
    reads_all: bool = True


Table = Mapping[tuple[str, Span], Sequence[LabelVote]]
"""Votes by the narrative's id and the passage's span."""


def of_table(name: str, about: str, table: Table, trust: str = "strong") -> Function:
    """A function that says what a table says, and nothing of passages that are not in it."""
    return Function(name, about, lambda seen: table.get((seen.passage.narrative, seen.passage.span), ()), trust, reads_all=False)

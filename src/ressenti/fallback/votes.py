"""Votes: what labelling functions say of passages, each with a yes or a no to some labels; saying nothing is the rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ressenti.fallback.labels import Labels

YES, NO = 1, -1
LabelVote = tuple[str, int]
"""A label, and `YES` or `NO`."""


class Spoken(NamedTuple):
    """The votes at one label, sparse: one entry where a function said something of a passage.

    Attributes:
        passage: int [entries], numbers of passages.
        function: int [entries], numbers of functions.
        vote: int8 [entries]: `YES`, `NO`, or 0 where the function named another label instead.
    """

    passage: npt.NDArray[np.int64]
    function: npt.NDArray[np.int64]
    vote: npt.NDArray[np.int8]


class Votes:
    """All votes of some functions on some passages.

    Args:
        labels: What can be voted for.
        functions: Names of the functions.
        passages: How many passages there are.
        cast: Each vote: number of the passage, number of the function, a label, `YES` or `NO`.

    Raises:
        KeyError: A label that is not one.
    """

    def __init__(self, labels: Labels, functions: Sequence[str], passages: int, cast: Iterable[tuple[int, int, str, int]]) -> None:
        self.labels, self.functions, self.passages = labels, tuple(functions), passages
        rows = [(passage, function, labels.index[label], vote) for passage, function, label, vote in cast]
        self._cast: npt.NDArray[np.int64] = np.array(rows, dtype=np.int64).reshape(-1, 4)

    @classmethod
    def by_hand(cls, labels: Labels, table: Sequence[Iterable[LabelVote]]) -> Votes:
        """What people say of passages, as the votes of one function.

        Args:
            labels: What can be voted for.
            table: The votes on each passage, in order.
        """
        return cls(labels, ["gold"], len(table), [(n, 0, label, vote) for n, votes in enumerate(table) for label, vote in votes])

    def __len__(self) -> int:
        return len(self._cast)

    def of(self, label: str) -> npt.NDArray[np.int8]:
        """What each function says of a label, with what the hierarchy implies: int8 [passages, functions], 0 where it says nothing.

        A yes to an emotion is a yes to all above it; a no is a no to all below it. Where a function contradicts itself, the yes counts.
        """
        found = np.zeros((self.passages, len(self.functions)), np.int8)
        above = [self.labels.index[name] for name in self.labels.lineage(label)]
        below = [self.labels.index[name] for name in self.labels.branch(label)]
        for names, vote in ((above, NO), (below, YES)):  # in this order: a yes is written over a no
            cast = self._cast[(self._cast[:, 3] == vote) & np.isin(self._cast[:, 2], names)]
            found[cast[:, 0], cast[:, 1]] = vote
        return found

    def spoken(self, label: str, beside: Iterable[str] = ()) -> Spoken:
        """The same, sparse, with where a function named another label instead.

        Args:
            label: The label.
            beside: Labels that a function chooses among when it chooses this one: a yes to one of them passes this one over.
        """
        dense = self.of(label)
        others = [self.labels.index[below] for name in beside for below in self.labels.branch(name)]
        cast = self._cast[(self._cast[:, 3] == YES) & np.isin(self._cast[:, 2], others)]
        passed = np.zeros_like(dense, np.bool_)
        passed[cast[:, 0], cast[:, 1]] = True
        passage, function = np.nonzero((dense != 0) | passed)
        return Spoken(passage, function, dense[passage, function])

    def count(self) -> npt.NDArray[np.int64]:
        """How many votes each function cast: int [functions]."""
        return np.bincount(self._cast[:, 1], minlength=len(self.functions))

    def said(self) -> npt.NDArray[np.bool_]:
        """Of which labels anything was said at all, by a vote on it or on one below: bool [labels]."""
        found = np.zeros(len(self.labels), np.bool_)
        for number in np.unique(self._cast[:, 2]):
            found[[self.labels.index[name] for name in self.labels.lineage(self.labels.names[number])]] = True
        return found

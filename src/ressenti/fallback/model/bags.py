"""Bags of hashed features as arrays, and the two products with a table of weights that a linear model needs.

Sparse matrices without a further dependency: a core install has NumPy alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_CHUNK = 1 << 12
"""So many features are multiplied at once: what they take stays in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Bags:
    """Bags of features.

    Attributes:
        rows: int64 [features], the row of each feature in the table.
        starts: int64 [bags], where each bag begins in ``rows``; none is empty.
        values: float32 [features], how much each counts.
    """

    rows: NDArray[np.int64]
    starts: NDArray[np.int64]
    values: Floats

    def __len__(self) -> int:
        return len(self.starts)

    @classmethod
    def of(cls, bags: Iterable[Sequence[int]], scale: Floats) -> Bags:
        """Bags of length 1 from hashed features.

        Args:
            bags: Those of each passage, at least one.
            scale: float32 [rows], how much each row counts; a power of two of them.
        """
        found = list(bags)
        sizes = np.fromiter(map(len, found), np.int64, len(found))
        rows = np.fromiter(chain.from_iterable(found), np.int64, int(sizes.sum())) & (len(scale) - 1)
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(sizes)))[:-1]
        values = scale[rows]
        lengths = np.sqrt(np.add.reduceat(values * values, starts)) if len(found) else np.empty(0, np.float32)
        return cls(rows, starts, values / np.repeat(np.maximum(lengths, 1e-6), sizes))

    def turned(self, rows: int) -> tuple[NDArray[np.int64], Bags]:
        """The same seen from the table: what each of its rows gets from the errors of bags is a product, too.

        Args:
            rows: Rows of the table.

        Returns:
            int64, the rows that some bag has, in order; and a bag for each of them, of the bags that have it.
        """
        sizes = np.diff(np.append(self.starts, len(self.rows)))
        order = np.argsort(self.rows, kind="stable")
        owners = np.repeat(np.arange(len(self)), sizes)[order]
        met = np.bincount(self.rows, minlength=rows)
        there = np.flatnonzero(met)
        return there, Bags(owners, np.cumsum(met[there]) - met[there], self.values[order])

    def times(self, weights: Floats) -> Floats:
        """Each bag times a table: float32 [bags, columns] from float32 [rows, columns]."""
        out = np.empty((len(self), weights.shape[1]), np.float32)
        ends = np.append(self.starts, len(self.rows))
        for first, last in _chunks(ends):
            low, high = ends[first], ends[last]
            products = weights[self.rows[low:high]]
            products *= self.values[low:high, None]
            np.add.reduceat(products, self.starts[first:last] - low, out=out[first:last])
        return out


def _chunks(ends: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Groups of segments, as bounds into ``ends``, none with many more than `_CHUNK` features unless one segment alone has."""
    first = 0
    while first < len(ends) - 1:
        last = max(first + 1, int(np.searchsorted(ends, ends[first] + _CHUNK, "right")) - 1)
        yield first, last
        first = last

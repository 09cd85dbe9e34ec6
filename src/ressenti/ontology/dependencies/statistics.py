"""The few tests that the counts need, each with its source; without random numbers, so that the same counts give the same table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import comb, exp, lgamma, log
from typing import TypeVar

from ressenti.ontology.dependencies.records import Evidence

Key = TypeVar("Key")


def poisson_tail(observed: int, expected: float) -> float:
    """Probability of ``observed`` or more where ``expected`` are to be expected (Poisson)."""
    if observed <= 0:
        return 1.0
    if expected <= 0:
        return 0.0
    below = sum(exp(-expected + i * log(expected) - lgamma(i + 1)) for i in range(observed))
    return min(1.0, max(0.0, 1.0 - below))


def sign_test(one_way: int, back: int) -> float:
    """Probability of ``one_way`` or more of all, where each is as likely to go one way as back (binomial, one-sided)."""
    total = one_way + back
    return sum(comb(total, i) for i in range(one_way, total + 1)) / float(2**total)


def fisher(inside: int, inside_all: int, outside: int, outside_all: int) -> float:
    """Fisher's exact test, one-sided: probability that of ``inside_all`` so many or more are of the kind looked at.

    Args:
        inside: How many of the kind are among ``inside_all``.
        inside_all: How many there are inside.
        outside: How many of the kind are among ``outside_all``.
        outside_all: How many there are outside.
    """
    kind, everything = inside + outside, inside_all + outside_all
    ways = comb(everything, inside_all)
    most = min(kind, inside_all)
    return sum(comb(kind, i) * comb(everything - kind, inside_all - i) for i in range(inside, most + 1)) / ways


def false_discovery(p_values: Mapping[Key, float]) -> dict[Key, float]:
    """The q value of each test: the share of false ones among those at least as sure.

    Source: Y. Benjamini and Y. Hochberg, *Controlling the False Discovery Rate*, Journal of the Royal Statistical Society B 57 (1995).
    """
    ordered = sorted(p_values.items(), key=lambda item: -item[1])
    q_values: dict[Key, float] = {}
    least = 1.0
    for place, (key, p_value) in enumerate(ordered):
        least = min(least, p_value * len(ordered) / (len(ordered) - place))
        q_values[key] = least
    return q_values


def corrected(evidence: Sequence[Evidence], least: int) -> Iterator[Evidence]:
    """The same evidence with the q value of each test, over all levels together; what has fewer than ``least`` cases is not tested."""
    p_values = {number: item.p_value for number, item in enumerate(evidence) if item.p_value is not None and item.support >= least}
    q_values = false_discovery(p_values)
    for number, item in enumerate(evidence):
        yield replace(item, q_value=q_values.get(number))


def quasi_independence(counts: Sequence[Sequence[int]]) -> list[list[float]]:
    """Expected counts of a square table whose diagonal cannot be filled, were rows and columns else independent.

    An emotion never follows itself where repeats are taken for one, so plain independence would expect too little of all others.

    Source: L. Goodman, *The Analysis of Cross-Classified Data*, Journal of the American Statistical Association 63 (1968), by
    iterative proportional fitting; for sequences of events R. Bakeman and J. Gottman, *Observing Interaction* (1997), chapter 7.
    """
    import numpy as np

    table = np.array(counts, dtype=float)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    fitted = np.ones_like(table)
    np.fill_diagonal(fitted, 0.0)
    for _ in range(300):
        sums = fitted.sum(axis=1)
        fitted *= np.divide(rows, sums, out=np.zeros_like(rows), where=sums > 0)[:, None]
        sums = fitted.sum(axis=0)
        fitted *= np.divide(columns, sums, out=np.zeros_like(columns), where=sums > 0)[None, :]
    return [[float(cell) for cell in row] for row in fitted]

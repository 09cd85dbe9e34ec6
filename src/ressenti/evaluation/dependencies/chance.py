"""What chance would give: exact tests, the correction for many of them, and expected counts.

Written out because they are few lines and no other part of Ressenti needs scipy.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import comb, exp, fsum, lgamma, log, log1p

Pair = tuple[str, str]
_ROUNDS, _CLOSE = 500, 1e-9


def binomial_tail(successes: int, trials: int, p: float) -> float:
    """Probability of at least so many successes (exact, one-sided)."""
    if successes <= 0 or p >= 1:
        return 1.0
    if p <= 0 or successes > trials:
        return 0.0
    whole = lgamma(trials + 1)
    terms = (
        exp(whole - lgamma(k + 1) - lgamma(trials - k + 1) + k * log(p) + (trials - k) * log1p(-p)) for k in range(successes, trials + 1)
    )
    return min(1.0, fsum(terms))


def fisher_greater(a: int, b: int, c: int, d: int) -> float:
    """Fisher's exact test, one-sided: how likely so large an ``a`` is in the table [[a, b], [c, d]] with these margins."""
    row, column, total = a + b, a + c, a + b + c + d
    ways = sum(comb(column, k) * comb(total - column, row - k) for k in range(a, min(row, column) + 1))
    return ways / comb(total, row)


def benjamini_hochberg(p_values: Sequence[float]) -> list[float]:
    """The q value of each p value: the share of false discoveries among all at least as good (Benjamini and Hochberg 1995)."""
    order = sorted(range(len(p_values)), key=lambda i: p_values[i], reverse=True)
    q_values, least = [1.0] * len(p_values), 1.0
    for rank, i in zip(range(len(p_values), 0, -1), order, strict=True):
        least = min(least, p_values[i] * len(p_values) / rank)
        q_values[i] = least
    return q_values


def quasi_independent(counts: Mapping[Pair, int], allowed: Sequence[Pair]) -> dict[Pair, float]:
    """Expected counts if what comes second did not depend on what came first, some cells being impossible.

    An emotion cannot change into itself, so the diagonal is empty by construction and the plain product of the margins would be wrong.
    Fitted by iterative proportional fitting (quasi-independence, Goodman 1968).

    Args:
        counts: Observed count of each pair.
        allowed: The possible pairs; all others are zero.
    """
    fitted = {pair: 1.0 for pair in allowed}
    for _ in range(_ROUNDS):
        change = 0.0
        for side in (0, 1):
            wanted: dict[str, float] = {}
            found: dict[str, float] = {}
            for pair, value in fitted.items():
                wanted[pair[side]] = wanted.get(pair[side], 0.0) + counts.get(pair, 0)
                found[pair[side]] = found.get(pair[side], 0.0) + value
            for pair in fitted:
                factor = wanted[pair[side]] / found[pair[side]] if found[pair[side]] else 0.0
                change = max(change, abs(fitted[pair] * (factor - 1)))
                fitted[pair] *= factor
        if change < _CLOSE:
            break
    return fitted

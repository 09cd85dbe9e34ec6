"""What chance would give: exact tests, shuffles, and the correction for many tests at once.

Written out because they are few lines and no other part of Ressenti needs scipy.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from math import comb, exp, fsum, lgamma, log, log1p

Pair = tuple[str, str]
_BURN_IN = 20


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


def shuffled(changes: Sequence[Sequence[Pair]], possible: Callable[[str, str], bool], rounds: int, seed: int) -> Iterator[Counter[Pair]]:
    """Counts of pairs when what comes second does not depend on what came first.

    The second halves are exchanged within each source, so that every emotion comes first and second as often as it did, and only to pairs
    that are possible: an emotion cannot change into itself. Each round proposes as many exchanges as there are pairs, starting from the
    data (Besag and Clifford 1989); the first twenty rounds are not counted.

    Args:
        changes: The pairs, by source.
        possible: Whether two halves may stand together.
        rounds: How many shuffles to give.
        seed: Makes them the same each time.
    """
    draw = random.Random(seed).random  # noqa: S311, statistics and no secret
    halves = [([a for a, _ in pairs], [b for _, b in pairs]) for pairs in changes]
    labels = {label for pairs in changes for pair in pairs for label in pair}
    fits = {(a, b) for a in labels for b in labels if possible(a, b)}
    for number in range(_BURN_IN + rounds):
        for first, second in halves:
            size = len(first)
            for i in range(size):
                j = int(draw() * size)
                if (first[i], second[j]) in fits and (first[j], second[i]) in fits:
                    second[i], second[j] = second[j], second[i]
        if number >= _BURN_IN:
            yield Counter(pair for first, second in halves for pair in zip(first, second, strict=True))

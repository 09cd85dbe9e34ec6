"""How sure a figure is: intervals by the bootstrap over narratives, and of a share.

A mention depends on its narrative (who writes, about what, how densely), so whole narratives are drawn, never mentions.
Sources: B. Efron and R. Tibshirani, *An Introduction to the Bootstrap* (1993), chapter 13 (percentile intervals); E. B. Wilson,
“Probable inference, the law of succession, and statistical inference”, JASA 22 (1927).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import sqrt
from typing import TypeVar

T = TypeVar("T")
Interval = tuple[float, float]
_Z = 1.959964
"""Of the standard normal distribution 95 % lie within so many standard deviations."""


def resamples(items: Sequence[T], times: int, seed: int = 0) -> Iterator[list[T]]:
    """Draw as many items as there are, with replacement, so many times; the same seed gives the same draws."""
    draw = random.Random(seed)  # noqa: S311 - statistics, not secrets
    for _ in range(times):
        yield draw.choices(items, k=len(items))


def intervals(items: Sequence[T], times: int, measure: Callable[[Sequence[T]], Mapping[str, float | None]]) -> dict[str, Interval]:
    """95 % percentile intervals of what is measured on the resampled items.

    Args:
        items: One a narrative.
        times: How often to draw; at least some hundreds.
        measure: Name to value; a value may be missing or None where a draw has nothing to measure.

    Returns:
        Name to bounds; a name that no draw measured is left out.
    """
    values: dict[str, list[float]] = {}
    for drawn in resamples(items, times) if items else ():
        for name, value in measure(drawn).items():
            if value is not None:
                values.setdefault(name, []).append(value)
    return {name: percentiles(got) for name, got in values.items()}


def percentiles(values: Sequence[float]) -> Interval:
    """The bounds between which 95 % of the values lie."""
    ordered = sorted(values)
    return ordered[int(0.025 * len(ordered))], ordered[int(0.975 * (len(ordered) - 1))]


def share(right: float, of: float) -> Interval:
    """Wilson's 95 % interval of a share; (0, 1) of nothing."""
    if not of:
        return 0.0, 1.0
    p, z = right / of, _Z
    middle = p + z * z / (2 * of)
    half = z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return max(0.0, (middle - half) / (1 + z * z / of)), min(1.0, (middle + half) / (1 + z * z / of))

"""F1 of classifications, with intervals by the bootstrap over the items drawn."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ressenti.evaluation.intervals import Interval, intervals

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scored:
    """How well one label each was given.

    Attributes:
        macro: Mean of the F1 of the classes.
        weighted: Mean of the F1 of the classes, each counted as often as it is in the gold.
        f1: F1 of each class.
        intervals: 95 % intervals of ``macro`` and ``weighted`` by name; empty without bootstrap.
        items: How many were classified.
    """

    macro: float
    weighted: float
    f1: Mapping[str, float]
    intervals: Mapping[str, Interval]
    items: int


def scored(
    gold: Sequence[str], found: Sequence[str], classes: Sequence[str], bootstrap: int = 0, groups: Sequence[Hashable] = ()
) -> Scored:
    """Score single labels.

    Args:
        gold: The right label of each item.
        found: The label that each was given; one that is no class is wrong.
        classes: The classes, in their order.
        bootstrap: Resamples for the intervals, 0 for none.
        groups: What each item belongs to: whole groups are drawn, as the answers of a narrative depend on each other; empty to draw items.
    """
    number = {name: k for k, name in enumerate(classes)}
    gold_ids, found_ids = (np.array([number.get(name, -1) for name in names]) for names in (gold, found))
    members: dict[Hashable, list[int]] = {}
    for k, group in enumerate(groups or range(len(gold))):
        members.setdefault(group, []).append(k)

    def measure(drawn: Sequence[list[int]]) -> dict[str, float | None]:
        rows = np.concatenate([np.array(one) for one in drawn])
        f1, share = _by_class(gold_ids[rows], found_ids[rows], len(classes))
        return {"macro": float(f1.mean()), "weighted": float(f1 @ share)}

    f1, share = _by_class(gold_ids, found_ids, len(classes))
    bounds = intervals([*members.values()], bootstrap, measure) if bootstrap else {}
    by_class = dict(zip(classes, map(float, f1), strict=True))
    return Scored(float(f1.mean()), float(f1 @ share), by_class, bounds, len(gold))


def _by_class(
    gold: npt.NDArray[np.int_], found: npt.NDArray[np.int_], classes: int
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """F1 and share of the gold of each class."""
    right = np.array([np.sum((gold == k) & (found == k)) for k in range(classes)], float)
    in_gold = np.array([np.sum(gold == k) for k in range(classes)], float)
    in_found = np.array([np.sum(found == k) for k in range(classes)], float)
    return 2 * right / np.maximum(in_gold + in_found, 1), in_gold / max(len(gold), 1)


def f1(gold: Bools, found: Bools) -> float:
    """F1 of a yes-or-no label; 0 where neither says yes."""
    either = int(gold.sum() + found.sum())
    return 2 * int((gold & found).sum()) / either if either else 0.0


def presence_f1(gold: Bools, found: Bools) -> float:
    """Mean of the F1 of yes and of no."""
    return (f1(gold, found) + f1(~gold, ~found)) / 2

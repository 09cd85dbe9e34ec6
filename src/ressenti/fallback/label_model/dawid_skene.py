"""Dawid and Skene's model (1979): which class each item is of, and how each worker errs, from their votes alone.

One class an item; a worker who says nothing of an item is left out of it. The flat case: :mod:`ressenti.fallback.label_model.tree` is
what many labels with a hierarchy need.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class DawidSkene:
    """What was estimated.

    Attributes:
        probabilities: float [items, classes], each row sums to 1.
        priors: float [classes], how frequent each class is.
        errors: float [workers, true class, said class], each row sums to 1.
        log_likelihood: Of the votes at each round; it never falls.
    """

    probabilities: Floats
    priors: Floats
    errors: Floats
    log_likelihood: tuple[float, ...]


def dawid_skene(
    items: npt.ArrayLike, workers: npt.ArrayLike, said: npt.ArrayLike, rounds: int = 100, tolerance: float = 1e-5
) -> DawidSkene:
    """Estimate by expectation and maximisation, starting from the majority.

    Args:
        items: int [votes], the item of each vote, numbered from 0 without gaps.
        workers: int [votes], who gave it, numbered from 0.
        said: int [votes], the class said, numbered from 0; at most one vote of a worker on an item.
        rounds: The most rounds.
        tolerance: It ends where the mean log-likelihood of an item grows less than this.

    Raises:
        ValueError: No vote, or an item without one.
    """
    item, worker, label = (np.asarray(values, dtype=np.int64) for values in (items, workers, said))
    if not len(item):
        raise ValueError("there is no vote")
    n, w, k = int(item.max()) + 1, int(worker.max()) + 1, int(label.max()) + 1
    belief = np.bincount(item * k + label, minlength=n * k).reshape(n, k).astype(float)
    if not belief.sum(1).all():
        raise ValueError("an item has no vote; leave it out, nothing can be known of it")
    belief /= belief.sum(1, keepdims=True)
    found: list[float] = []
    while True:
        priors, errors = belief.mean(0), _errors(belief, item, worker, label, w, k)
        belief, likelihood = _belief(priors, errors, item, worker, label, n)
        found.append(likelihood)
        if len(found) >= rounds or (len(found) > 1 and found[-1] - found[-2] < tolerance * n):
            return DawidSkene(belief, priors, errors, tuple(found))


def _errors(
    belief: Floats, item: npt.NDArray[np.int64], worker: npt.NDArray[np.int64], label: npt.NDArray[np.int64], w: int, k: int
) -> Floats:
    counts = np.stack([np.bincount(worker * k + label, weights=belief[item, true], minlength=w * k).reshape(w, k) for true in range(k)], 1)
    total = counts.sum(2, keepdims=True)
    found: Floats = np.divide(counts, total, out=np.full_like(counts, 1 / k), where=total > 0)
    return found


def _belief(
    priors: Floats, errors: Floats, item: npt.NDArray[np.int64], worker: npt.NDArray[np.int64], label: npt.NDArray[np.int64], n: int
) -> tuple[Floats, float]:
    evidence = np.log(np.maximum(errors[worker, :, label], _TINY))
    joint = np.stack([np.bincount(item, weights=evidence[:, true], minlength=n) for true in range(len(priors))], 1)
    joint += np.log(np.maximum(priors, _TINY))
    top = joint.max(1, keepdims=True)
    belief = np.exp(joint - top)
    total = belief.sum(1, keepdims=True)
    return belief / total, float((np.log(total) + top).sum())

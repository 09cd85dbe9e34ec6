"""Probabilities that can be believed: a logistic curve a label, fitted on passages that the model was not trained on.

Sources: J. Platt, “Probabilistic outputs for support vector machines” (1999); for the error in bins of equal mass, K. Nguyen and
B. O'Connor, “Posterior calibration and exploratory analysis for natural language processing models”, EMNLP 2015.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ressenti.fallback.logistic import logistic
from ressenti.fallback.model.bags import Floats

BINS = 15
_PRIOR = 5.0
"""So many passages hold the curve to the one that changes nothing."""
_STEPS = 50


def fit(logits: Floats, targets: Floats, known: Floats) -> Floats:
    """Slope and shift of each label's curve, by Newton's method.

    Args:
        logits: float32 [passages, labels].
        targets: float32 [passages, labels], how probable each label is.
        known: float32 [passages, labels], how much each target counts.

    Returns:
        float32 [labels, 2]; 1 and 0 where nothing is known. The slope is never negative: an order is kept or lost, not turned round.
    """
    return np.array([_curve(logits[:, k].astype(float), targets[:, k], known[:, k]) for k in range(logits.shape[1])], np.float32)


def _curve(logits: NDArray[np.float64], targets: Floats, known: Floats) -> tuple[float, float]:
    slope, shift = 1.0, 0.0
    if not known.any():
        return slope, shift
    x = np.stack((logits, np.ones_like(logits)), axis=1)
    for _ in range(_STEPS):
        p = logistic(slope * logits + shift)
        slopes = x.T @ (known * (p - targets)) + _PRIOR * np.array((slope - 1, shift * 0.1))
        bend = (x.T * (known * p * (1 - p))) @ x + _PRIOR * np.diag((1.0, 0.1))
        step = np.linalg.solve(bend, slopes)
        slope, shift = max(slope - float(step[0]), 0.0), shift - float(step[1])
        if np.abs(step).max() < 1e-6:
            break
    return slope, shift


def apply(curves: Floats, logits: Floats) -> Floats:
    """float32 [passages, labels]: probabilities from logits by the curves of `fit`."""
    return logistic(log_odds(curves, logits))


def log_odds(curves: Floats, logits: Floats) -> Floats:
    """float32 [passages, labels]: the log odds of these probabilities."""
    return logits * curves[:, 0] + curves[:, 1]


def calibration_error(probabilities: NDArray[np.floating], right: NDArray[np.bool_], bins: int = BINS) -> float:
    """How far probabilities are from how often they are right, on average, in bins that hold equally many.

    Args:
        probabilities: One a case.
        right: Whether each case holds.
        bins: How many.

    Returns:
        From 0 to 1; 0 for no case.
    """
    order = np.argsort(probabilities, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    return float(sum(len(p) * abs(probabilities[p].mean() - right[p].mean()) for p in parts) / max(len(order), 1))


def threshold(probabilities: Floats, targets: Floats, known: Floats, precision: float = 0.0) -> float:
    """From which probability on to say a label: where F1 is best among those that are precise enough.

    Args:
        probabilities: float32 [passages].
        targets: float32 [passages], how probable the label is.
        known: float32 [passages], how much each target counts.
        precision: What must be reached.

    Returns:
        A probability, half way to the next one that is not said; above 1 where it is reached nowhere.
    """
    order = np.argsort(-probabilities, kind="stable")
    right = np.cumsum((targets * known)[order])
    said = np.maximum(np.cumsum(known[order]), 1e-9)
    scores = np.where(right / said >= precision, 2 * right / (said + max(right[-1], 1e-9)), -1) if len(order) else np.empty(0)
    if not len(scores) or scores.max() <= 0:
        return 1.01
    last = int(scores.argmax())
    return float(probabilities[order][last : last + 2].mean())

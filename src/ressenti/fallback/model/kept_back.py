"""What a model is worth on the part of its lesson that was kept back from it, at the thresholds from which on it speaks.

Curves and thresholds are fitted on that part too, so each half of it is measured with those that the other half gives: what they owe to
chance is not counted as skill.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ressenti.fallback.labels import EMOTION, shipped_labels
from ressenti.fallback.model import calibration
from ressenti.fallback.model.bags import Floats
from ressenti.fallback.model.figures import Figures, measure
from ressenti.fallback.model.tiers import Tiers

_YES = 0.5
"""A weak label counts as a yes from here on."""


@dataclass(frozen=True, slots=True)
class Part:
    """What was kept back.

    Attributes:
        targets: float32 [passages, labels], how probable each label is.
        known: float32 [passages, labels], how much each target counts; 0 where nothing is known.
        by_hand: bool [passages, labels], which targets people gave.
        silent: bool [passages], in which nothing of the rules is seen.
        half: bool [passages], which belong to the first of two halves; no narrative is in both.
    """

    targets: Floats
    known: Floats
    by_hand: NDArray[np.bool_]
    silent: NDArray[np.bool_]
    half: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured.

    Attributes:
        by_hand: Whether the labels measured against are those that people gave; else they are weak ones, cut at .5.
        covered: In which share of the passages where the rules are silent it says an emotion.
        all: Over all passages that were kept back, a share of them without their cues.
        silent: Over those where the rules are silent, or their cues were masked: where it speaks.
    """

    by_hand: bool
    covered: float
    all: Figures
    silent: Figures


def fitted(labels: Sequence[str], part: Part, logits: Floats, precision: float) -> tuple[Floats, Floats]:
    """Curves and thresholds from what a model says of passages that were kept back from it.

    Args:
        labels: Of the columns.
        part: The passages.
        logits: float32 [passages, labels].
        precision: What a threshold must reach.

    Returns:
        float32 [labels, 2] and float32 [labels].
    """
    return _fitted(Tiers(labels), part, logits, precision, np.ones(len(logits), bool))


def measured(labels: Sequence[str], part: Part, logits: Floats, precision: float) -> Measured:
    """How good a model is on passages that were kept back from it.

    Args:
        labels: Of the columns.
        part: The passages.
        logits: float32 [passages, labels].
        precision: What a threshold must reach.
    """
    tiers = Tiers(labels)
    probabilities, said = np.zeros_like(logits), np.zeros(logits.shape, bool)
    for own in (part.half, ~part.half):
        curves, least = _fitted(tiers, part, logits, precision, ~own)
        probabilities[own] = tiers.cut(calibration.apply(curves, logits[own]))
        said[own] = tiers.said(probabilities[own], least)
    by_hand = bool(part.by_hand.any())
    asked = part.by_hand if by_hand else part.known > 0
    gold = np.where(asked, np.where(part.targets >= _YES, 1, -1), 0).astype(np.int8)
    emotions = [k for k, name in enumerate(labels) if name in shipped_labels().children(EMOTION)]
    silent = part.silent
    covered = float(said[silent][:, emotions].any(axis=1).mean()) if silent.any() and emotions else 0.0
    found = [measure(labels, probabilities[rows], said[rows], gold[rows]) for rows in (np.ones(len(gold), bool), silent)]
    return Measured(by_hand, covered, *found)


def _fitted(tiers: Tiers, part: Part, logits: Floats, precision: float, rows: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    curves = calibration.fit(logits[rows], part.targets[rows], part.known[rows])
    probabilities = calibration.apply(curves, logits)
    # It speaks where the rules are silent, and of the most probable primary, so that is where it is held to its precision
    quiet = rows & part.silent
    counted = part.known[quiet] * tiers.leading(tiers.cut(probabilities[quiet]))
    columns = zip(probabilities[quiet].T, part.targets[quiet].T, counted.T, strict=True)
    least = np.array([calibration.threshold(p, target, known, precision) for p, target, known in columns], np.float32)
    return curves, _shared(tiers, least, probabilities[quiet], part.targets[quiet], counted, precision)


def _shared(tiers: Tiers, least: Floats, probabilities: Floats, targets: Floats, counted: Floats, precision: float) -> Floats:
    """The thresholds, one for all primaries: each alone has few passages to be fitted on, and one of them is said of a passage.

    A primary that alone is precise enough nowhere is still never said.
    """
    of_primaries = [k for k in tiers.primaries if least[k] <= 1]
    if of_primaries:
        p, target, known = (columns[:, of_primaries].ravel() for columns in (probabilities, targets, counted))
        least[of_primaries] = calibration.threshold(p, target, known, precision)
    return least

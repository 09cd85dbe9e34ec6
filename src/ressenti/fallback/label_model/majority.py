"""Majority vote, beside which the label model is shown."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ressenti.fallback.votes import NO, YES, Votes


def majority(votes: Votes) -> npt.NDArray[np.float32]:
    """For each label the share of yes among what was said of it, 0 where nothing was said: float32 [passages, labels].

    With what the hierarchy implies; each vote counts the same.
    """
    found = np.zeros((votes.passages, len(votes.labels)), np.float32)
    said = votes.said()
    for number, label in enumerate(votes.labels):
        if said[number]:
            cast = votes.of(label)
            yes, told = (cast == YES).sum(1), ((cast == YES) | (cast == NO)).sum(1)
            found[:, number] = yes / np.maximum(told, 1)
    return found

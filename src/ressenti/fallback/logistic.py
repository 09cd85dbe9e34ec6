"""The logistic function: probabilities from log odds."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

FAR = 30.0
"""Log odds that are farther from 0 say no more."""
Number = TypeVar("Number", np.float32, np.float64)


def logistic(log_odds: NDArray[Number]) -> NDArray[Number]:
    """Probabilities from log odds, of the same shape and precision; what is farther than `FAR` from 0 is cut there."""
    found: Any = 1 / (1 + np.exp(-np.clip(log_odds, -FAR, FAR)))
    return found  # type: ignore[no-any-return]

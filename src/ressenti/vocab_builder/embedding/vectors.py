"""Vectors, and what every backend does with them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]


def unit(vectors: npt.NDArray[Any]) -> Matrix:
    """Rows of length 1; a row of zeros stays one."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths < 1e-9] = 1
    return np.asarray(vectors / lengths, np.float32)

"""Several encoders as one: their vectors side by side, each with its weight, brought to length 1 again."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ressenti.vocab_builder.embedding.protocol import Encoder
from ressenti.vocab_builder.embedding.vectors import Matrix, unit


def parts_of(encoder: Encoder) -> Sequence[tuple[Encoder, float]]:
    """The encoders that an encoder is the sum of, with their weights: itself, where it is none."""
    return encoder.parts if isinstance(encoder, Total) else ((encoder, 1.0),)


class Total:
    """A weighted sum: the cosine of two terms is the mean of the parts' cosines, over the parts that know both.

    Args:
        parts: The encoders, and how much the cosine of each counts.
    """

    def __init__(self, parts: Sequence[tuple[Encoder, float]]) -> None:
        self.parts = tuple(parts)
        self.name = "+".join(encoder.name for encoder, _ in parts)
        self.revision = "; ".join(f"{weight:g} {encoder.name} {encoder.revision}" for encoder, weight in parts)
        self.dimension = sum(encoder.dimension for encoder, _ in parts)

    def encode(self, terms: Sequence[str], glosses: Sequence[str] | None = None) -> Matrix:
        """See `Encoder`."""
        return unit(np.hstack([encoder.encode(terms, glosses) * np.float32(weight**0.5) for encoder, weight in self.parts]))

"""How a neural model is trained."""

from __future__ import annotations

from dataclasses import dataclass

_RATE, _AT = 3e-5, 32
"""The usual rate, and with how many passages a step."""


@dataclass(frozen=True, slots=True)
class NeuralSettings:
    """How a neural model is trained; the first four as for the linear one.

    Attributes:
        masked: Share of the passages with cues that are seen without them.
        kept_back: Share of the narratives that curves and thresholds are fitted on.
        evidence: How many passages, counted by their probabilities, a label needs to be learnt.
        precision: What a threshold must reach on the part that is kept back, where the model sees nothing that the rules found.
        again: Whether the model that is kept is trained anew on all passages; else it is the one that did not see the part kept back.
        words: Whether a linear model is trained beside the encoder, and what both say is put together.
        epochs: How many times all passages are seen.
        batch: Passages a step.
        rate: How far a step of the encoder goes at most; None for 3e-5 with 32 passages a step, and with others as much more as the square
            root of their number (S. Malladi et al., “On the SDEs and scaling rules for adaptive gradient algorithms”, NeurIPS 2022).
        head_rate: How far a step of the new layer goes at most.
        decay: How strongly weights are drawn to 0.
        warm_up: Share of the steps in which the rate rises to its most; after them it falls to 0.
        longest_gradient: To this length a longer gradient is cut.
        longest: Word pieces of a passage with its neighbours at most.
        every: Steps between two checkpoints.
        seed: What the order, the dropout and the new layer are drawn with.
        device: As torch names it; None for a GPU where torch sees one.
    """

    masked: float = 0.5
    kept_back: float = 0.15
    evidence: float = 30.0
    precision: float = 0.0
    again: bool = True
    words: bool = True
    epochs: int = 3
    batch: int = 32
    rate: float | None = None
    head_rate: float = 1e-3
    decay: float = 0.01
    warm_up: float = 0.1
    longest_gradient: float = 1.0
    longest: int = 128
    every: int = 500
    seed: int = 1
    device: str | None = None

    @property
    def most(self) -> float:
        """How far a step of the encoder goes at most."""
        return _RATE * (self.batch / _AT) ** 0.5 if self.rate is None else self.rate

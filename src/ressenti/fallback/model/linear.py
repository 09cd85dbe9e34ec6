"""A linear model over hashed bags: one logistic regression a label, trained together on soft labels, some of which are not known.

Sources: K. Weinberger et al., “Feature hashing for large scale multitask learning”, ICML 2009; D. P. Kingma and J. Ba, “Adam”, ICLR 2015.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ressenti.fallback.logistic import logistic
from ressenti.fallback.model.bags import Bags, Floats

Times = Callable[[Bags, Floats], Floats]
ROWS = 1 << 19
STEPS, RATE, DECAY = 40, 0.3, 1e-5
"""How long, how fast, and how strongly weights are drawn to 0: few steps are the better part of the restraint."""
_BLOCK = 2048
_FEWEST = 3
"""A feature that fewer passages have teaches nothing."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A trained model.

    Attributes:
        labels: What the columns say.
        weights: float32 [rows, labels].
        bias: float32 [labels].
        scale: float32 [rows], how much a feature counts: the rarer, the more; 0 where training hardly met it.
    """

    labels: tuple[str, ...]
    weights: Floats
    bias: Floats
    scale: Floats

    def as_kept(self) -> Linear:
        """The model as a file keeps it: weights as `halved`, scale in half precision."""
        weights, scale = (array.astype(np.float32) for array in (halved(self.weights), self.scale.astype(np.float16)))
        return Linear(self.labels, weights, self.bias, scale)

    def logits(self, bags: Iterable[Sequence[int]]) -> Floats:
        """float32 [bags, labels] for hashed features."""
        return Bags.of(bags, self.scale).times(self.weights) + self.bias


def halved(weights: Floats) -> NDArray[np.float16]:
    """Weights in half precision, with six of its ten binary digits: each within a hundredth of what it was, and a fifth less in a zip."""
    bits = weights.astype(np.float16).view(np.uint16).astype(np.uint32)
    return ((bits + 8) & 0xFFF0).astype(np.uint16).view(np.float16)


def train(
    bags: Sequence[Sequence[int]], labels: Sequence[str], targets: Floats, known: Floats, *, steps: int = STEPS, rate: float = RATE,
    decay: float = DECAY, rows: int = ROWS, tell: Callable[[int, float], None] = lambda step, loss: None, times: Times = Bags.times,
) -> Linear:  # fmt: skip
    """Train on all passages at once; the same input gives the same model.

    Args:
        bags: Hashed features, one bag a passage.
        labels: What the columns of ``targets`` say.
        targets: float32 [bags, labels], how probable each label is.
        known: float32 [bags, labels], how much each target counts; 0 where nothing is known.
        steps: How many times all passages are seen.
        rate: How far a step goes.
        decay: How strongly weights are drawn to 0.
        rows: A power of two: how many rows the table has.
        tell: Called after each step with its number, from 1, and the loss before it.
        times: What multiplies bags with a table, where something quicker is at hand.
    """
    scale = _scale(bags, rows)
    data = Bags.of(bags, scale)
    there, back = data.turned(rows)
    data = Bags(np.searchsorted(there, data.rows), data.starts, data.values)  # of a table without the rows that no bag has
    weigh = known / np.maximum(known.sum(axis=0), 1)
    mean = np.clip((targets * weigh).sum(axis=0), 1e-4, 1 - 1e-4)
    bias = np.log(mean / (1 - mean)).astype(np.float32)
    # Adam on some rows at a time, which stay in the processor's cache; the bias takes plain steps, it is right from the start
    table, first, second = (np.zeros((len(there), len(labels)), np.float32) for _ in range(3))
    blocks = [slice(low, low + _BLOCK) for low in range(0, len(there), _BLOCK)]
    for step in range(1, steps + 1):
        logits = times(data, table) + bias
        loss = float((weigh * (np.logaddexp(0, logits) - targets * logits)).sum())
        errors = weigh * (logistic(logits) - targets)
        slopes = times(back, errors)
        for block in blocks:
            slope = slopes[block] + decay * table[block]
            first[block] += 0.1 * (slope - first[block])
            second[block] += 0.01 * (slope * slope - second[block])
            table[block] -= rate * (first[block] / (1 - 0.9**step)) / (np.sqrt(second[block] / (1 - 0.99**step)) + 1e-7)
        bias -= rate * errors.sum(axis=0)
        tell(step, loss)
    weights = np.zeros((rows, len(labels)), np.float32)
    weights[there] = table
    weights[scale == 0] = 0
    return Linear(tuple(labels), weights, bias, scale)


def _scale(bags: Sequence[Sequence[int]], rows: int) -> Floats:
    """How much each row counts: the smoothed inverse document frequency."""
    met = np.zeros(rows, np.int64)
    for bag in bags:
        met[np.unique(np.asarray(bag, np.int64) & (rows - 1))] += 1
    found = (np.log((1 + len(bags)) / (1 + met)) + 1).astype(np.float32)
    found[met < _FEWEST] = 0
    return found

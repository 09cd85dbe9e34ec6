"""The linear model that stands beside an encoder: what one of them overlooks the other often sees, and it costs little.

The words of a sentence and what the rules found around it are all that a linear model knows; an encoder knows the sentence, and not the
rules. What both say is put together as the mean of their log odds, each made comparable by a curve of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ressenti.errors import DataError
from ressenti.fallback.model import calibration
from ressenti.fallback.model.bags import Floats
from ressenti.fallback.model.file import Model, load
from ressenti.fallback.model.kept_back import Part, fitted
from ressenti.fallback.model.linear import Linear
from ressenti.fallback.passages import Context

NAME = "words.zip"
_CARD = """# {name}, the words of it

The linear model that stands beside the encoder of {name}; by itself it is a model too. What was measured of both stands in the card of
{name}.
"""


@dataclass(frozen=True, slots=True)
class Beside:
    """A linear model, and how what an encoder says is made comparable with what it says.

    Attributes:
        words: The linear model, with curves and thresholds of its own.
        curves: float32 [labels, 2], of the encoder's logits.
    """

    words: Model
    curves: Floats

    def with_words(self, logits: Floats, found: Sequence[Context], masked: bool) -> Floats:
        """float32 [passages, labels]: what both say, from the encoder's logits and the passages."""
        return mean(self.curves, logits, self.words.curves, self.words.logits(found, masked))


def mean(curves: Floats, logits: Floats, other_curves: Floats, others: Floats) -> Floats:
    """The mean log odds of two models of the same labels: float32 [passages, labels]."""
    return (calibration.log_odds(curves, logits) + calibration.log_odds(other_curves, others)) / np.float32(2)


def compared(labels: Sequence[str], part: Part, logits: Floats, others: Floats, precision: float) -> tuple[Floats, Mapping[str, Any]]:
    """What an encoder and a linear model say together of what was kept back from both.

    Args:
        labels: Of the columns.
        part: What was kept back.
        logits: float32 [passages, labels], the encoder's.
        others: float32 [passages, labels], the linear model's.
        precision: What a threshold of the linear model by itself must reach.

    Returns:
        float32 [passages, labels], and what `beside` needs, fit for JSON.
    """
    curves = calibration.fit(logits, part.targets, part.known)
    other_curves, thresholds = fitted(labels, part, others, precision)
    numbers = {"encoder": curves.tolist(), "words": other_curves.tolist(), "said from": thresholds.tolist()}
    return mean(curves, logits, other_curves, others), numbers


def beside(linear: Linear, numbers: Mapping[str, Any], keep: NDArray[np.bool_], name: str) -> Beside:
    """A linear model that was trained, with what `compared` told of it.

    Args:
        linear: The trained weights, of the labels that are kept.
        numbers: As `compared` gave them.
        keep: bool [labels], which are kept.
        name: What the mentions of both are signed with.
    """
    curves, words, least = (np.array(numbers[key], np.float32)[keep] for key in ("encoder", "words", "said from"))
    return Beside(Model(linear.as_kept(), words, least, name, {}, _CARD.format(name=name)), curves)


def load_beside(folder: Path, labels: tuple[str, ...], curves: Floats) -> Beside:
    """Read it.

    Raises:
        DataError: It cannot be read, or is of other labels than the encoder.
    """
    words = load(folder / NAME)
    if words.labels != labels:
        raise DataError(folder / NAME, None, "has other labels than the encoder that it stands beside")
    return Beside(words, curves)

"""What a model thinks of passages, one object each, fit for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ressenti.fallback.model.speaking import Fallback
from ressenti.fallback.passages import Context

BATCH = 4096
"""So many passages are judged at once: what a GPU sorts by length, and little memory."""


def predictions(fallback: Fallback, passages: Sequence[Context], *, masked: bool = False, text: bool = False) -> Iterator[dict[str, Any]]:
    """What a model thinks of each passage: where it stands, whether the rules are silent, what is said, and how probable each label is.

    Args:
        fallback: The model.
        passages: Annotated by the rules.
        masked: Whether the model is to judge without the cues and without what the rules found.
        text: Whether the words of the passage are told.
    """
    names = fallback.model.labels
    for batch in (passages[at : at + BATCH] for at in range(0, len(passages), BATCH)):
        probabilities = fallback.probabilities(batch, masked)
        for (_, passage, _), row, said in zip(batch, probabilities, fallback.said(probabilities), strict=True):
            told: dict[str, Any] = {"narrative": passage.narrative, "span": passage.span, "silent": not passage.mentions}
            told |= {"text": passage.text} if text else {}
            told["said"] = [name for name, yes in zip(names, said, strict=True) if yes]
            told["probabilities"] = {name: round(float(p), 4) for name, p in zip(names, row, strict=True)}
            yield told

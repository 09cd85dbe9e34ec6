"""The card of a model: what it was trained on, from which probability on it speaks, and what it cannot do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ressenti._version import __version__
from ressenti.fallback.functions.function import Table
from ressenti.fallback.model.file import Model
from ressenti.fallback.passages import Context

_LIMITS = """## Limits

- It knows French sentences like those that it was trained on, and nothing of irony.
- What it says is that a sentence of this kind often goes with an emotion: whose, why and towards whom it does not say.
- Its probabilities hold for texts that are as rich in emotions as those that it was trained on; in others they are too high or too low.
- Features are hashed, so no sentence can be read in it, but whether a rare word was met can be guessed: keep a model that was trained on
  accounts as you keep the accounts.
"""


def card(model: Model, passages: Sequence[Context], gold: Table | None, texts: str = "") -> str:
    """A model's card as Markdown.

    Args:
        model: The trained model.
        passages: What it was trained on.
        gold: What people said of some of them.
        texts: Where the texts come from and their licences.
    """
    by_hand = sum((passage.narrative, passage.span) in (gold or {}) for _, passage, _ in passages)
    narratives = len({passage.narrative for _, passage, _ in passages})
    rows = "\n".join(
        f"| {label} | {f'{least:.2f}' if least <= 1 else 'never said'} |"
        for label, least in zip(model.labels, np.round(model.thresholds.astype(float), 2), strict=True)
    )
    return f"""# {model.name}

A linear model over hashed features of a sentence: beginnings of its words, its signs and length, what the rules of Ressenti found in it
and in the two sentences beside it. Made by Ressenti {__version__}.

## Trained on

{len(passages):,} sentences of {narratives:,} narratives, {by_hand:,} of them labelled by people, the others by labelling functions and a
label model.
{texts}
## Labels

| label | said from a probability of |
| --- | --- |
{rows}

{_LIMITS}"""

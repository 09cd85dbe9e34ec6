"""The model at work: probabilities of passages, and mentions where the rules are silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ressenti.batches import batches
from ressenti.fallback.labels import MODE
from ressenti.fallback.model import calibration
from ressenti.fallback.model.bags import Floats
from ressenti.fallback.model.tiers import Tiers
from ressenti.fallback.passages import Context, Passage, contexts
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import MODES, Mention, Narrative

_MOST = 4096
"""Narratives that are judged at once, however short."""


class Model(Protocol):
    """What every kind of trained model gives; :class:`ressenti.fallback.model.file.Model` is the default one.

    Attributes:
        name: What mentions that it finds are signed with.
        labels: What the columns say.
        curves: float32 [labels, 2], what makes probabilities of its logits.
        thresholds: float32 [labels], from which probability on a label is said.
        about: What it was trained on, how, and what was measured: JSON.
        card: The same for readers, as Markdown.
        together: Characters of narratives that it judges best at once; 0 where what it says of a passage hangs on what is judged with it.
    """

    @property
    def name(self) -> str: ...
    @property
    def labels(self) -> tuple[str, ...]: ...
    @property
    def curves(self) -> Floats: ...
    @property
    def thresholds(self) -> Floats: ...
    @property
    def about(self) -> Mapping[str, Any]: ...
    @property
    def card(self) -> str: ...
    @property
    def together(self) -> int: ...

    def logits(self, found: Sequence[Context], masked: bool = False) -> Floats:
        """float32 [passages, labels]; ``masked`` hides the cues and what the rules found."""
        ...


class Fallback:
    """A model that adds what it finds to what the rules found, and changes nothing of that.

    Args:
        model: A trained one.
        sure: What the probability of an emotion must reach besides the model's own threshold.
    """

    def __init__(self, model: Model, sure: float = 0.0) -> None:
        self.model, self._emotions = model, load_emotions()
        index = {label: k for k, label in enumerate(model.labels)}
        self._tiers = Tiers(model.labels)
        self._thresholds = np.maximum(model.thresholds, np.float32(sure))
        self._groups = [k for label, k in index.items() if label in self._emotions and self._emotions[label].tier == "secondary"]
        self._modes = [k for label, k in index.items() if label.startswith(MODE)]

    def probabilities(self, found: Sequence[Context], masked: bool = False) -> Floats:
        """How probable each of the model's labels is: float32 [passages, labels]. None is more probable than one above it.

        Args:
            found: The passages.
            masked: Whether the model is to judge without the cues and without what the rules found.
        """
        if not found:
            return np.empty((0, len(self.model.labels)), np.float32)
        return self._tiers.cut(calibration.apply(self.model.curves, self.model.logits(found, masked)))

    def said(self, probabilities: Floats) -> NDArray[np.bool_]:
        """Which labels are said at these probabilities: bool [passages, labels]. Where one is said, so are those above it."""
        return self._tiers.said(probabilities, self._thresholds)

    def __call__(self, narrative: Narrative) -> Narrative:
        """Add mentions to a narrative that the rules annotated."""
        found = _silent(narrative)
        return self._with(narrative, found, self.probabilities(found))

    def pipe(self, narratives: Iterable[Narrative]) -> Iterator[Narrative]:
        """The same for many, in order: quicker where the model judges the sentences of several at once, and with the same answers."""
        if not self.model.together:
            yield from map(self, narratives)
            return
        for some in batches(narratives, lambda narrative: len(narrative.text), _MOST, self.model.together):
            silent = [_silent(narrative) for narrative in some]
            probabilities, at = self.probabilities([context for found in silent for context in found]), 0
            for narrative, found in zip(some, silent, strict=True):
                yield self._with(narrative, found, probabilities[at : at + len(found)])
                at += len(found)

    def _with(self, narrative: Narrative, found: Sequence[Context], probabilities: Floats) -> Narrative:
        """A narrative with what is said of passages of it."""
        number = max((mention.id for mention in narrative.mentions), default=0)
        mentions = list(narrative.mentions)
        for (_, passage, _), row, said in zip(found, probabilities, self.said(probabilities), strict=True):
            primary = next((k for k in self._tiers.primaries if said[k]), None)
            if primary is not None:
                number += 1
                mentions.append(self._mention(number, passage, primary, row, said))
        return replace(narrative, mentions=mentions, provenance={**narrative.provenance, "model": self.model.name})

    def _mention(self, number: int, passage: Passage, k: int, row: Floats, said: NDArray[np.bool_]) -> Mention:
        primary = self.model.labels[k]
        under = [g for g in self._groups if self._emotions.primary(self.model.labels[g]) == primary and said[g]]
        best = max(under, key=lambda g: row[g], default=k)
        emotion = self.model.labels[best]
        mode = self.model.labels[max(self._modes, key=lambda m: row[m])].removeprefix(MODE) if self._modes else MODES[-1]
        return Mention(
            id=number, cue=(passage.span,), emotion=emotion, secondary=self._emotions.secondary(emotion), primary=primary, mode=mode,
            status="affirmed", intensity="medium", confidence=round(float(row[best]), 3), source=f"model:{self.model.name}",
        )  # fmt: skip


def _silent(narrative: Narrative) -> list[Context]:
    """Its passages in which the rules found nothing."""
    return [context for context in contexts([narrative]) if not context[1].mentions]

"""Train a model from passages and what is known of them: masked cues, a part kept back, curves and thresholds from that part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ressenti.fallback.labels import shipped_labels
from ressenti.fallback.model import calibration
from ressenti.fallback.model.bags import Floats
from ressenti.fallback.model.features import bag
from ressenti.fallback.model.file import Model
from ressenti.fallback.model.linear import DECAY, RATE, ROWS, STEPS, Linear, train
from ressenti.fallback.passages import Context

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a model is trained.

    Attributes:
        masked: Share of the passages with cues that are seen without them.
        kept_back: Share of the narratives that curves and thresholds are fitted on.
        evidence: How many passages, counted by their probabilities, a label needs to be learnt.
        precision: What a threshold must reach on the part that is kept back.
        steps: How many times all passages are seen.
        rate: How far a step goes.
        decay: How strongly weights are drawn to 0.
        rows: Rows of the table, a power of two.
    """

    masked: float = 0.5
    kept_back: float = 0.15
    evidence: float = 30.0
    precision: float = 0.0
    steps: int = STEPS
    rate: float = RATE
    decay: float = DECAY
    rows: int = ROWS


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a model learns from.

    Attributes:
        contexts: The passages.
        targets: float32 [passages, labels], how probable each label of the ontology's order is.
        known: float32 [passages, labels], how much each target counts; 0 where nothing is known.
    """

    contexts: Sequence[Context]
    targets: Floats
    known: Floats


def teach(lesson: Lesson, name: str, settings: Settings | None = None, tell: Tell = lambda said: None) -> Model:
    """Train a model; the same lesson gives the same model.

    Args:
        lesson: What to learn from.
        name: What the model's mentions are signed with.
        settings: How.
        tell: Called with what is being done.
    """
    settings = settings or Settings()
    columns = _columns(lesson, settings)
    labels = [shipped_labels().names[k] for k in columns]
    targets, known = lesson.targets[:, columns], lesson.known[:, columns]
    bags = [bag(context, masked) for context, masked in zip(lesson.contexts, hidden(lesson.contexts, settings.masked), strict=True)]
    back = _drawn((context[1].narrative for context in lesson.contexts), "back", settings.kept_back)
    if back.all() or not back.any():
        back = np.arange(len(bags)) % max(2, round(1 / max(settings.kept_back, 0.01))) == 0

    def trained(rows: NDArray[np.bool_], what: str) -> Linear:
        def step(number: int, loss: float) -> None:
            tell(f"{what}: step {number} of {settings.steps}, loss {loss:.3f}")

        chosen = [found for found, take in zip(bags, rows, strict=True) if take]
        return train(
            chosen, labels, targets[rows], known[rows], steps=settings.steps, rate=settings.rate, decay=settings.decay, rows=settings.rows,
            tell=step,
        )  # fmt: skip

    logits = trained(~back, "without the part that is kept back").logits([found for found, take in zip(bags, back, strict=True) if take])
    curves = calibration.fit(logits, targets[back], known[back])
    probabilities = calibration.apply(curves, logits)
    thresholds = [
        calibration.threshold(probabilities[:, k], targets[back, k], known[back, k], settings.precision) for k in range(len(labels))
    ]
    linear = trained(np.ones(len(bags), bool), "with all")
    about = {"passages": len(bags), "kept back": int(back.sum()), "settings": {k: getattr(settings, k) for k in Settings.__slots__}}
    return Model(linear, curves, np.array(thresholds, np.float32), name, about)


def hidden(contexts: Sequence[Context], share: float) -> NDArray[np.bool_]:
    """Which passages are seen without their cues: a share of those that have some, drawn by their places."""
    return _drawn((f"{passage.narrative}@{passage.span[0]}" for _, passage, _ in contexts), "masked", share)


def _drawn(names: Iterable[str], salt: str, share: float) -> NDArray[np.bool_]:
    """A share of names, the same ones each time."""
    return np.array([crc32(f"{salt}:{name}".encode()) < share * 2**32 for name in names], bool)


def _columns(lesson: Lesson, settings: Settings) -> list[int]:
    """The labels of which there is enough to learn from, both yes and no."""
    yes = (lesson.targets * lesson.known).sum(axis=0)
    no = ((1 - lesson.targets) * lesson.known).sum(axis=0)
    return [int(k) for k in np.flatnonzero((yes >= settings.evidence) & (no >= settings.evidence))]

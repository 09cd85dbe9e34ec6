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
        precision: What a threshold must reach on the part that is kept back, where the model sees nothing that the rules found.
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


@dataclass(frozen=True, slots=True)
class Plan:
    """A lesson with what every kind of training settles before it begins.

    Attributes:
        labels: What is learnt.
        targets: float32 [passages, labels].
        known: float32 [passages, labels].
        masked: Which passages are seen without their cues.
        back: Which are kept back for curves and thresholds.
        silent: In which the rules found nothing that is seen.
    """

    labels: tuple[str, ...]
    targets: Floats
    known: Floats
    masked: NDArray[np.bool_]
    back: NDArray[np.bool_]
    silent: NDArray[np.bool_]


def teach(lesson: Lesson, name: str, settings: Settings | None = None, tell: Tell = lambda said: None) -> Model:
    """Train a model; the same lesson gives the same model.

    Args:
        lesson: What to learn from.
        name: What the model's mentions are signed with.
        settings: How.
        tell: Called with what is being done.
    """
    settings = settings or Settings()
    plan = prepared(lesson, masked=settings.masked, kept_back=settings.kept_back, evidence=settings.evidence)
    bags = [bag(context, hide) for context, hide in zip(lesson.contexts, plan.masked, strict=True)]
    back = plan.back

    def trained(rows: NDArray[np.bool_], what: str) -> Linear:
        def step(number: int, loss: float) -> None:
            tell(f"{what}: step {number} of {settings.steps}, loss {loss:.3f}")

        chosen = [found for found, take in zip(bags, rows, strict=True) if take]
        return train(
            chosen, plan.labels, plan.targets[rows], plan.known[rows], steps=settings.steps, rate=settings.rate, decay=settings.decay,
            rows=settings.rows, tell=step,
        )  # fmt: skip

    logits = trained(~back, "without the part that is kept back").logits([found for found, take in zip(bags, back, strict=True) if take])
    curves, thresholds = fitted(plan, logits, settings.precision)
    linear = trained(np.ones(len(bags), bool), "with all")
    about = {"passages": len(bags), "kept back": int(back.sum()), "settings": {k: getattr(settings, k) for k in Settings.__slots__}}
    return Model(linear, curves, thresholds, name, about)


def prepared(lesson: Lesson, *, masked: float, kept_back: float, evidence: float) -> Plan:
    """Which labels are learnt, from which passages, seen how; see `Settings`."""
    columns = _columns(lesson, evidence)
    hide = hidden(lesson.contexts, masked)
    back = _drawn((context[1].narrative for context in lesson.contexts), "back", kept_back)
    if back.all() or not back.any():
        back = np.arange(len(back)) % max(2, round(1 / max(kept_back, 0.01))) == 0
    silent = np.array([unseen or not context[1].mentions for context, unseen in zip(lesson.contexts, hide, strict=True)], bool)
    labels = tuple(shipped_labels().names[k] for k in columns)
    return Plan(labels, lesson.targets[:, columns], lesson.known[:, columns], hide, back, silent)


def fitted(plan: Plan, logits: Floats, precision: float) -> tuple[Floats, Floats]:
    """Curves and thresholds from what a model says of the passages that were kept back from it.

    Args:
        plan: What was settled.
        logits: float32 [passages kept back, labels].
        precision: What a threshold must reach.

    Returns:
        float32 [labels, 2] and float32 [labels].
    """
    targets, known = plan.targets[plan.back], plan.known[plan.back]
    curves = calibration.fit(logits, targets, known)
    probabilities = calibration.apply(curves, logits)
    # It speaks where the rules are silent, so that is where it is held to its precision
    silent = plan.silent[plan.back]
    least = [
        calibration.threshold(probabilities[silent, k], targets[silent, k], known[silent, k], precision) for k in range(len(plan.labels))
    ]
    return curves, np.array(least, np.float32)


def hidden(contexts: Sequence[Context], share: float) -> NDArray[np.bool_]:
    """Which passages are seen without their cues: a share of those that have some, drawn by their places."""
    return _drawn((f"{passage.narrative}@{passage.span[0]}" for _, passage, _ in contexts), "masked", share)


def _drawn(names: Iterable[str], salt: str, share: float) -> NDArray[np.bool_]:
    """A share of names, the same ones each time."""
    return np.array([crc32(f"{salt}:{name}".encode()) < share * 2**32 for name in names], bool)


def _columns(lesson: Lesson, evidence: float) -> list[int]:
    """The labels of which there is enough to learn from, both yes and no."""
    yes = (lesson.targets * lesson.known).sum(axis=0)
    no = ((1 - lesson.targets) * lesson.known).sum(axis=0)
    return [int(k) for k in np.flatnonzero((yes >= evidence) & (no >= evidence))]

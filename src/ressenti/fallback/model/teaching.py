"""Train a model from passages and what is known of them: masked cues, a part kept back, curves and thresholds from that part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ressenti.errors import RessentiError
from ressenti.fallback.labels import shipped_labels
from ressenti.fallback.model.bags import Bags, Floats
from ressenti.fallback.model.card import FEW, card, rounded
from ressenti.fallback.model.features import bag
from ressenti.fallback.model.file import Model
from ressenti.fallback.model.kept_back import Part, fitted, measured
from ressenti.fallback.model.linear import DECAY, RATE, ROWS, STEPS, Linear, Times, train
from ressenti.fallback.passages import Context

Tell = Callable[[str], None]
_UNDER = ("secondary", "tertiary")


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
        by_hand: bool [passages, labels], which targets people gave; None where they gave none.
    """

    contexts: Sequence[Context]
    targets: Floats
    known: Floats
    by_hand: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A lesson with what every kind of training settles before it begins.

    Attributes:
        labels: What is learnt.
        targets: float32 [passages, labels].
        known: float32 [passages, labels].
        masked: Which passages are seen without their cues.
        back: Which are kept back for curves and thresholds.
        part: What is kept back.
        about: What the lesson is, in numbers.
    """

    labels: tuple[str, ...]
    targets: Floats
    known: Floats
    masked: NDArray[np.bool_]
    back: NDArray[np.bool_]
    part: Part
    about: Mapping[str, Any]

    def only(self, columns: NDArray[np.bool_]) -> Plan:
        """The plan with some of the labels; what is kept back stays as it was."""
        labels = tuple(label for label, keep in zip(self.labels, columns, strict=True) if keep)
        return replace(self, labels=labels, targets=self.targets[:, columns], known=self.known[:, columns])


def teach(lesson: Lesson, name: str, settings: Settings | None = None, tell: Tell = lambda said: None) -> Model:
    """Train a model; the same lesson gives the same model.

    Args:
        lesson: What to learn from.
        name: What the model's mentions are signed with.
        settings: How.
        tell: Called with what is being done.

    Returns:
        The model. Its card has what was measured on the part that was kept back; secondaries and tertiaries that are nowhere sure enough
        to be said, that few sentences bear, or that are seldom rightly said there are left out of it.

    Raises:
        RessentiError: There is too little to learn anything from.
    """
    settings = settings or Settings()
    plan = prepared(lesson, masked=settings.masked, kept_back=settings.kept_back, evidence=settings.evidence)
    words = Words(lesson, plan, settings, tell)
    judged = judge(plan, words.of_kept_back(), settings.precision)
    linear = words.trained(plan.only(judged.worth), np.ones(len(plan.back), bool), "with all")
    about = {**plan.about, "settings": {k: getattr(settings, k) for k in Settings.__slots__}, **judged.about}
    model = Model(linear, judged.curves, judged.thresholds, name, about)
    return replace(model, card=card(model))


class Words:
    """Trains linear models for a plan.

    Args:
        lesson: What to learn from.
        plan: What was settled.
        settings: How.
        tell: Called with what is being done.
        times: What multiplies bags with a table.
    """

    def __init__(self, lesson: Lesson, plan: Plan, settings: Settings, tell: Tell, times: Times = Bags.times) -> None:
        self._plan, self._settings, self._tell, self._times = plan, settings, tell, times
        self._bags = [bag(context, hide) for context, hide in zip(lesson.contexts, plan.masked, strict=True)]

    def of_kept_back(self) -> Floats:
        """float32 [passages kept back, labels]: logits, by a model that did not see them."""
        back = self._plan.back
        first = self.trained(self._plan, ~back, "without the part that is kept back")
        return first.logits([found for found, take in zip(self._bags, back, strict=True) if take])

    def trained(self, plan: Plan, rows: NDArray[np.bool_], what: str) -> Linear:
        """Learn from some passages what a plan holds of labels."""
        settings = self._settings

        def step(number: int, loss: float) -> None:
            self._tell(f"{what}: step {number} of {settings.steps}, loss {loss:.3f}")

        chosen = [found for found, take in zip(self._bags, rows, strict=True) if take]
        return train(
            chosen, plan.labels, plan.targets[rows], plan.known[rows], steps=settings.steps, rate=settings.rate, decay=settings.decay,
            rows=settings.rows, tell=step, times=self._times,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """What the part that was kept back says of a model.

    Attributes:
        worth: bool [labels of the plan], which the model keeps: no secondaries and tertiaries that it would never say, that fewer than
            `FEW` sentences bear, or that are rightly said less than half as often as is asked.
        curves: float32 [labels that it keeps, 2].
        thresholds: float32 [labels that it keeps].
        about: What was measured, and which labels were left out: JSON.
    """

    worth: NDArray[np.bool_]
    curves: Floats
    thresholds: Floats
    about: Mapping[str, Any]


def judge(plan: Plan, logits: Floats, precision: float) -> Judged:
    """Curves, thresholds, figures and the labels that are worth keeping.

    Args:
        plan: What was settled.
        logits: float32 [passages kept back, labels], of a model that did not see them.
        precision: What a threshold must reach.
    """
    curves, thresholds = fitted(plan.labels, plan.part, logits, precision)
    found = asdict(measured(plan.labels, plan.part, logits, precision))
    tier = shipped_labels().tier
    right = {row["label"]: row["gold"] >= FEW and row["precision"] >= precision / 2 for row in found["silent"]["rows"]}
    worth = np.array(
        [
            tier(label) not in _UNDER or (least <= 1 and right.get(label, True))
            for label, least in zip(plan.labels, thresholds, strict=True)
        ],
        bool,
    )
    left_out = [label for label, keep in zip(plan.labels, worth, strict=True) if not keep]
    for figures in (found["all"], found["silent"]):
        figures["rows"] = [row for row in figures["rows"] if row["label"] not in left_out]
    return Judged(worth, curves[worth], thresholds[worth], {"measured": rounded(found), "left out": left_out})


def prepared(lesson: Lesson, *, masked: float, kept_back: float, evidence: float) -> Plan:
    """Which labels are learnt, from which passages, seen how; see `Settings`.

    Raises:
        RessentiError: There is too little to learn any from.
    """
    columns = _columns(lesson, evidence)
    if not columns:
        raise RessentiError(
            f"nothing can be learnt from {len(lesson.contexts):,} sentences: no label has enough that bear it and enough that do not, "
            f"{evidence:g} of each; give more accounts, of some hundred sentences at least"
        )
    hide = hidden(lesson.contexts, masked)
    back = _drawn((context[1].narrative for context in lesson.contexts), "back", kept_back)
    if back.all() or not back.any():
        back = np.arange(len(back)) % max(2, round(1 / max(kept_back, 0.01))) == 0
    targets, known = lesson.targets[:, columns], lesson.known[:, columns]
    by_hand = np.zeros(known.shape, bool) if lesson.by_hand is None else lesson.by_hand[:, columns]
    silent = np.array([unseen or not context[1].mentions for context, unseen in zip(lesson.contexts, hide, strict=True)], bool)
    names = [passage.narrative for (_, passage, _), held in zip(lesson.contexts, back, strict=True) if held]
    turn = {name: number % 2 for number, name in enumerate(dict.fromkeys(names))}  # a second draw by crc32 would follow the first
    part = Part(targets[back], known[back], by_hand[back], silent[back], np.array([turn[name] == 0 for name in names], bool))
    about = {
        "passages": len(back), "narratives": len({passage.narrative for _, passage, _ in lesson.contexts}),
        "by hand": int(0 if lesson.by_hand is None else lesson.by_hand.any(axis=1).sum()), "kept back": int(back.sum()),
    }  # fmt: skip
    return Plan(tuple(shipped_labels().names[k] for k in columns), targets, known, hide, back, part, about)


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

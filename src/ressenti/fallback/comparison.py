"""A model beside the rules, with them and where they are silent, against what people said of passages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from ressenti.errors import RessentiError
from ressenti.fallback.functions.function import Table
from ressenti.fallback.label_model import weak_labels
from ressenti.fallback.lessons import FEWEST
from ressenti.fallback.model.figures import Figures, best_cuts, measure, said_by_rules, truth
from ressenti.fallback.model.speaking import Fallback
from ressenti.fallback.passages import Context

RULES, BOTH, MODEL, WEIGHED, SILENT, MEAN = "rules", "both", "model", "weighed", "silent", "mean"
HEADS = {
    RULES: "The rules alone", BOTH: "The rules, and the model where they are silent", MODEL: "The model alone",
    WEIGHED: "The model, with what the rules say as one more reason",
    SILENT: "The model, where the rules are silent", MEAN: "The mean of the model and the labelling functions",
}  # fmt: skip
Cut = Literal["f1", "model"]
REASON = 0.1
"""What a label that the rules' mentions stand for gains in probability: chosen on EmoTextToKids, validation, among 0, .1, .2 and .4."""


def compare(fallback: Fallback, passages: Sequence[Context], gold: Table, cut: Cut = "f1") -> dict[str, Figures]:
    """Figures of a model and of what it can be compared with.

    Args:
        fallback: The model.
        passages: Annotated by the rules.
        gold: What people said of them.
        cut: From which probability on a label is said: where F1 is best if probabilities are right, or the model's own thresholds.
            What is weighed or a mean has no thresholds of its own.

    Returns:
        By one of `HEADS`; the last one only of passages enough for the label model to learn whom to trust.

    Raises:
        RessentiError: The gold says nothing of these passages.
    """
    names = fallback.model.labels
    right = truth(passages, gold, names)
    if not right.any():
        raise RessentiError("nothing to measure: the gold says nothing of these sentences")
    probabilities = fallback.probabilities(passages)
    ours = probabilities >= best_cuts(names, probabilities) if cut == "f1" else fallback.said(probabilities)
    of_rules = said_by_rules(passages, names)
    weighed = np.minimum(probabilities + np.float32(REASON) * of_rules, np.float32(1))
    silent = np.array([not passage.mentions for _, passage, _ in passages], bool)
    found = {
        RULES: measure(names, of_rules.astype(np.float32), of_rules, right),
        BOTH: measure(names, probabilities, of_rules | (ours & silent[:, None]), right),
        MODEL: measure(names, probabilities, ours, right),
        WEIGHED: measure(names, weighed, weighed >= best_cuts(names, weighed), right),
        SILENT: measure(names, probabilities[silent], ours[silent], right[silent]),
    }
    if len(passages) >= FEWEST:
        functions = weak_labels(passages)
        mean = (probabilities + np.stack([functions.of(name) for name in names], axis=1)) / np.float32(2)
        found[MEAN] = measure(names, mean, mean >= best_cuts(names, mean), right)
    return found


def as_text(found: Mapping[str, Figures]) -> str:
    """The figures as tables to read."""
    return "\n".join(_table(HEADS[name], figures) for name, figures in found.items())


def _table(head: str, figures: Figures) -> str:
    lines = [f"{head} ({figures.passages:,})", f"{'':<22}{'gold':>7}{'P':>7}{'R':>7}{'F1':>7}{'ECE':>7}"]
    lines += [
        f"{row.label:<22}{row.gold:>7,}{row.precision:>7.2f}{row.recall:>7.2f}{row.f1:>7.2f}{row.error:>7.3f}" for row in figures.rows
    ]
    for what, value in (
        ("presence, macro F1", figures.presence), ("primaries, macro F1", figures.primaries), ("modes, macro F1", figures.modes),
        ("components, macro F1", figures.components), ("primaries, ECE", figures.error),
    ):  # fmt: skip
        if value is not None:
            lines.append(f"{what:<43}{value:>7.3f}")
    return "\n".join(lines) + "\n"

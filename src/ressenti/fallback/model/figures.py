"""How good a model is on passages that people labelled: by label, and where the rules are silent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ressenti.fallback.functions.function import Table
from ressenti.fallback.label_model.weak import WeakLabels, thresholds
from ressenti.fallback.labels import COMPONENT, EMOTION, MODE, shipped_labels
from ressenti.fallback.model.bags import Floats
from ressenti.fallback.model.calibration import calibration_error
from ressenti.fallback.passages import Context
from ressenti.fallback.votes import Votes

Truth = NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Row:
    """One label.

    Attributes:
        label: Which.
        gold: Passages of which it is true.
        precision: Of those that the model says.
        recall: Of those of which it is true.
        f1: Their harmonic mean.
        error: Expected calibration error.
    """

    label: str
    gold: int
    precision: float
    recall: float
    f1: float
    error: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on some passages.

    Attributes:
        passages: How many.
        rows: One a label of which people said something.
        presence: Macro F1 of whether anything is felt; None where nobody said.
        primaries: Macro F1 of the primaries that occur.
        modes: Macro F1 of the modes that occur.
        components: Macro F1 of the components that occur.
        error: Expected calibration error of the primaries together.
    """

    passages: int
    rows: tuple[Row, ...]
    presence: float | None
    primaries: float | None
    modes: float | None
    components: float | None
    error: float | None


def truth(contexts: Sequence[Context], gold: Table, names: Sequence[str]) -> Truth:
    """What people said of passages: int8 [passages, labels], 1 and -1, 0 where they said nothing."""
    votes = Votes.by_hand(shipped_labels(), [gold.get((passage.narrative, passage.span), ()) for _, passage, _ in contexts])
    return np.hstack([votes.of(name) for name in names])


def said_by_rules(contexts: Sequence[Context], names: Sequence[str]) -> NDArray[np.bool_]:
    """What mentions and components say of passages, whatever their status: bool [passages, labels]."""
    labels, index = shipped_labels(), {name: k for k, name in enumerate(names)}
    found = np.zeros((len(contexts), len(names)), bool)
    for row, (_, passage, _) in enumerate(contexts):
        said = {name for mention in passage.mentions for name in (*labels.lineage(mention.emotion), MODE + mention.mode)}
        said |= {COMPONENT + name for name in passage.components}
        found[row, [index[name] for name in said if name in index]] = True
    return found


def best_cuts(names: Sequence[str], probabilities: Floats) -> Floats:
    """From which probability on to say each label, so that F1 is best if the probabilities are right: float32 [labels]; no gold is used."""
    found = thresholds(WeakLabels(tuple(names), probabilities, np.ones(len(names), bool)))
    return np.array([found[name] for name in names], np.float32)


def measure(names: Sequence[str], probabilities: Floats, said: NDArray[np.bool_], gold: Truth) -> Figures:
    """Figures of a model.

    Args:
        names: The labels of the columns.
        probabilities: float32 [passages, labels].
        said: bool [passages, labels], what the model says.
        gold: What people said, as `truth` gives it.
    """
    rows = []
    for k, name in enumerate(names):
        asked = gold[:, k] != 0
        if asked.any():
            yes, ours = gold[asked, k] > 0, said[asked, k]
            right = int((yes & ours).sum())
            error = calibration_error(probabilities[asked, k], yes)
            rows.append(Row(name, int(yes.sum()), _share(right, ours.sum()), _share(right, yes.sum()), f1(yes, ours), error))
    by_name = {row.label: row for row in rows}
    kinds = _kinds(names)
    presence = None
    if EMOTION in by_name:
        k = list(names).index(EMOTION)
        asked = gold[:, k] != 0
        presence = (f1(gold[asked, k] > 0, said[asked, k]) + f1(gold[asked, k] < 0, ~said[asked, k])) / 2
    columns = [k for k, name in enumerate(names) if name in kinds["primary"]]
    cells = gold[:, columns] != 0
    error_of_all = calibration_error(probabilities[:, columns][cells], gold[:, columns][cells] > 0) if cells.any() else None
    means = {kind: _mean([by_name[name].f1 for name in kinds[kind] if name in by_name and by_name[name].gold]) for kind in kinds}
    return Figures(len(gold), tuple(rows), presence, means["primary"], means["mode"], means["component"], error_of_all)


def f1(yes: NDArray[np.bool_], said: NDArray[np.bool_]) -> float:
    """F1 score; 0 where there is nothing to find and nothing said."""
    return float(2 * (yes & said).sum() / max(int(yes.sum() + said.sum()), 1))


def _kinds(names: Sequence[str]) -> Mapping[str, list[str]]:
    tree = shipped_labels()
    return {
        "primary": [name for name in names if name in tree.children(EMOTION)],
        "mode": [name for name in names if name.startswith(MODE)],
        "component": [name for name in names if name.startswith(COMPONENT)],
    }


def _share(right: int, of: int) -> float:
    return right / of if of else 0.0


def _mean(values: Sequence[float]) -> float | None:
    return float(np.mean(values)) if values else None

"""Weak labels: what the functions' votes come to, passage by passage.

    weak_labels(contexts, *, gold=None, reviews=None, functions=None, method="tree") -> WeakLabels
    WeakLabels.probabilities  float32 [passages, labels], labels in the order of WeakLabels.names
    WeakLabels.known          bool [labels]: whether anything was ever said of that label (else its column is 0 and teaches nothing)

:func:`thresholds` chooses where to cut probabilities into yes and no without any gold label.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from ressenti.fallback.functions import cast, shipped_functions
from ressenti.fallback.functions.function import TRUST, Function, Table, of_table
from ressenti.fallback.label_model.majority import majority
from ressenti.fallback.label_model.tree import Settings, TreeModel
from ressenti.fallback.passages import Context
from ressenti.fallback.votes import Votes

Method = Literal["tree", "majority"]
METHODS: tuple[Method, ...] = ("tree", "majority")


@dataclass(frozen=True, slots=True)
class WeakLabels:
    """Probabilities of labels, from votes.

    Attributes:
        names: The labels, in the order of the columns.
        probabilities: float32 [passages, labels].
        known: bool [labels], whether anything was ever said of a label, or of one below it.
    """

    names: tuple[str, ...]
    probabilities: npt.NDArray[np.float32]
    known: npt.NDArray[np.bool_]

    def of(self, label: str) -> npt.NDArray[np.float32]:
        """The probabilities of one label: float32 [passages]."""
        return self.probabilities[:, self.names.index(label)]


def weak_labels(
    contexts: Iterable[Context], *, gold: Table | None = None, reviews: Table | None = None,
    functions: Sequence[Function] | None = None, method: Method = "tree",
) -> WeakLabels:  # fmt: skip
    """Probabilities of all labels of passages, from what the labelling functions say of them.

    Args:
        contexts: The passages, annotated by the rules, each with its neighbours. The label model learns how far to trust each function from
            their agreement on these, so that there should be thousands; of a few the functions' own trust decides.
        gold: Votes of gold labels, by narrative and span, as one more function.
        reviews: The same of coaches' decisions.
        functions: Whom to ask; None for the shipped ones.
        method: The label model, or majority vote.
    """
    asked = with_tables(shipped_functions() if functions is None else functions, gold, reviews)
    return combine(cast(contexts, asked), asked, method)


def with_tables(functions: Sequence[Function], gold: Table | None, reviews: Table | None) -> list[Function]:
    """The functions, and one more for gold labels and one for reviews, where there are any."""
    found = list(functions)
    if reviews is not None:
        found.append(of_table("reviews", "decisions of coaches", reviews))
    if gold is not None:
        found.append(of_table("gold", "labels given by hand", gold, "certain"))
    return found


def combine(votes: Votes, functions: Sequence[Function], method: Method = "tree", settings: Settings | None = None) -> WeakLabels:
    """Probabilities from votes that were cast already by the functions, in their order."""
    if method == "majority":
        found = majority(votes)
    else:
        found = TreeModel(votes, [TRUST[f.trust] for f in functions], [f.reads_all for f in functions], settings).probabilities
    return WeakLabels(votes.labels.names, found, votes.said())


def thresholds(labels: WeakLabels) -> dict[str, float]:
    """For each label from where on to say yes, so that the F1 score is highest if the probabilities are right.

    Of passages sorted by falling probability, taking the first k has an expected F1 of 2 Σ p / (k + Σ all p). No gold label is used.
    """
    found = {}
    for number, name in enumerate(labels.names):
        sorted_ = np.sort(labels.probabilities[:, number].astype(float))[::-1]
        expected = 2 * np.cumsum(sorted_) / (np.arange(1, len(sorted_) + 1) + sorted_.sum())
        found[name] = max(float(sorted_[expected.argmax()]), _LEAST) if len(sorted_) else 0.5
    return found


_LEAST = 1e-6

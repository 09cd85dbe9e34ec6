"""Labels of a model by tiers: none is more probable than one above it; of a passage one primary is said, and all above what is said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ressenti.fallback.labels import EMOTION, shipped_labels
from ressenti.fallback.model.bags import Floats


class Tiers:
    """What stands above what among labels.

    Args:
        labels: Of the columns; one that is none of ours stands alone.

    Attributes:
        primaries: Columns of the primaries.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        tree, index = shipped_labels(), {label: k for k, label in enumerate(labels)}
        self._lineages = [
            [index[name] for name in tree.lineage(label) if name in index] if label in tree.index else [k] for label, k in index.items()
        ]
        self.primaries = np.array([k for label, k in index.items() if label in tree.children(EMOTION)], np.intp)
        above = (next((k for k in lineage if k in self.primaries), -1) for lineage in self._lineages)
        self._primary_of = np.array([*above], np.intp)

    def cut(self, probabilities: Floats) -> Floats:
        """float32 [passages, labels]: each probability cut to the least of those above it."""
        if not len(probabilities):
            return probabilities
        return np.stack([probabilities[:, lineage].min(axis=1) for lineage in self._lineages], axis=1)

    def leading(self, probabilities: Floats) -> NDArray[np.bool_]:
        """Bool [passages, labels]: which are of the most probable primary of their passage, or of none (modes, components)."""
        if not len(self.primaries):
            return np.ones(probabilities.shape, bool)
        best = self.primaries[probabilities[:, self.primaries].argmax(axis=1)]
        of_it: NDArray[np.bool_] = (self._primary_of == -1) | (self._primary_of == best[:, None])
        return of_it

    def said(self, probabilities: Floats, thresholds: Floats) -> NDArray[np.bool_]:
        """Bool [passages, labels]: which reach their thresholds, of one primary a passage, and all above these.

        A threshold was fitted for its label alone. Would those above have to reach theirs too, some would be lost of what it promised.
        """
        reached = (probabilities >= thresholds) & self.leading(probabilities)
        said = reached.copy()
        for label, lineage in enumerate(self._lineages):
            said[:, lineage] |= reached[:, [label]]
        return said

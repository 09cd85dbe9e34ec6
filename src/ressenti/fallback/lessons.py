"""What a model is to learn from: passages with their weak labels, and what people said of some of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ressenti.fallback.functions.function import Table
from ressenti.fallback.label_model import weak_labels
from ressenti.fallback.labels import shipped_labels
from ressenti.fallback.model.teaching import Lesson
from ressenti.fallback.passages import Context
from ressenti.fallback.votes import YES, Votes

WEAK = 0.5
"""How much a weak label counts beside one that a person gave."""
FEWEST = 200
"""Of fewer passages the label model cannot tell how far the functions are to be trusted."""


def lesson(contexts: Sequence[Context], *, gold: Table | None = None, reviews: Table | None = None, weak: float = WEAK) -> Lesson:
    """What passages teach.

    Args:
        contexts: The passages, annotated by the rules.
        gold: Votes of labels given by hand, by narrative and span. They teach the label model whom to trust, and where they say something
            of a passage that is what is learnt of it.
        reviews: The same of coaches' decisions.
        weak: How much a weak label counts beside one that a person gave; 0 leaves out what only functions labelled.
    """
    labels = shipped_labels()
    found = weak_labels(contexts, gold=gold, reviews=reviews)
    targets = found.probabilities.astype(np.float32)
    known = np.repeat(found.known[None].astype(np.float32) * np.float32(weak if gold or reviews else 1), len(targets), axis=0)
    by_hand = np.zeros(targets.shape, bool)
    for table in filter(None, (reviews, gold)):
        votes = Votes.by_hand(labels, [table.get((passage.narrative, passage.span), ()) for _, passage, _ in contexts])
        for column, name in enumerate(labels):
            said = votes.of(name)[:, 0]
            targets[said != 0, column], known[said != 0, column], by_hand[said != 0, column] = said[said != 0] == YES, 1, True
    return Lesson(contexts, targets, known, by_hand)

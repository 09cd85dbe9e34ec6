"""The emotion of a guided narrative from each subset of its answers: each alone, all but one, all.

The table is that of Cortal et al. 2023 (arXiv 2305.10446), who fine-tuned a transformer on each subset.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ressenti.evaluation.experiments.figures import Scored, scored
from ressenti.evaluation.experiments.guided import Guided, emotions_of
from ressenti.evaluation.experiments.learning import Array, Block, Predictor, best, cross_validated, encoded, folds
from ressenti.evaluation.experiments.whole import APPRAISAL, MENTION, appraisals_say, mentions_say, model_says, untrained
from ressenti.schema import COMPONENTS

FOLDS = 10
VECTORS, KNOWLEDGE = 2.0, 2.0
"""Weights of the blocks beside TF-IDF."""
_SAYINGS = (("mentions", MENTION, mentions_say), ("appraisals", APPRAISAL, appraisals_say), ("model", 1.0, model_says))
Way = Callable[[Sequence[Guided], Sequence[str], Sequence[str]], list[str]]
"""Narratives, the answers that count, the classes: the emotion of each narrative."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: what was found of a subset of the answers in one way."""

    components: tuple[str, ...]
    way: str
    scored: Scored


def subsets() -> Iterator[tuple[str, ...]]:
    """Each answer alone, all but one, all."""
    yield from ((name,) for name in COMPONENTS)
    yield from (tuple(other for other in COMPONENTS if other != name) for name in COMPONENTS)
    yield COMPONENTS


def by_mentions(narratives: Sequence[Guided], components: Sequence[str], classes: Sequence[str]) -> list[str]:
    """The rules' mentions alone."""
    return best(np.array([untrained(one, components, classes, mentions_alone=True) for one in narratives]), classes)


def by_rules(narratives: Sequence[Guided], components: Sequence[str], classes: Sequence[str]) -> list[str]:
    """Mentions, appraisals and the fallback model, without training on guided narratives."""
    return best(np.array([untrained(one, components, classes) for one in narratives]), classes)


def _texts(narratives: Sequence[Guided], components: Sequence[str]) -> list[str]:
    return [" ".join(one.answers[name].text for name in components) for one in narratives]


def _trained(narratives: Sequence[Guided], components: Sequence[str], classes: Sequence[str], *, knowledge: bool) -> list[str]:
    texts, labels = _texts(narratives, components), [one.emotion for one in narratives]
    blocks = [Block("words", texts)]
    if knowledge:
        sums = [
            {f"{kind} {name}": float(value) for kind, weight, say in _SAYINGS
             for name, value in zip(classes, weight * _sum(say, one, components, classes), strict=True)}
            for one in narratives
        ]  # fmt: skip
        blocks += [Block("vectors", encoded(texts), VECTORS), Block("named", sums, KNOWLEDGE)]
    ids = [one.id for one in narratives]
    found, known = cross_validated(blocks, labels, folds(ids, FOLDS, dict(zip(ids, labels, strict=True))))
    return best(found, known)


def _sum(say: Callable[..., Array], one: Guided, components: Sequence[str], classes: Sequence[str]) -> Array:
    return sum((say(one.answers[name], classes) for name in components), np.zeros(len(classes)))


def by_words(narratives: Sequence[Guided], components: Sequence[str], classes: Sequence[str]) -> list[str]:
    """TF-IDF, by cross-validation."""
    return _trained(narratives, components, classes, knowledge=False)


def by_all(narratives: Sequence[Guided], components: Sequence[str], classes: Sequence[str]) -> list[str]:
    """TF-IDF, sentence vectors, and what mentions, appraisals and the fallback model say, by cross-validation."""
    return _trained(narratives, components, classes, knowledge=True)


WAYS: dict[str, Way] = {"mentions": by_mentions, "untrained": by_rules, "words": by_words, "trained": by_all}
"""Name of each way to what does it."""


def by_model(model: Predictor) -> Way:
    """A way that asks a model trained elsewhere: the mean of the probabilities that it gives to the answers."""

    def way(narratives: Sequence[Guided], components: Sequence[str], classes: Sequence[str]) -> list[str]:
        columns = [list(model.classes).index(name) for name in classes]
        found = [model.predict([one.answers[name].text for name in components])[:, columns].mean(axis=0) for one in narratives]
        return best(np.array(found), classes)

    return way


def table(narratives: Sequence[Guided], ways: dict[str, Way], bootstrap: int = 0) -> Iterator[Line]:
    """Every way on every subset."""
    classes = emotions_of(narratives)
    gold = [one.emotion for one in narratives]
    for components in subsets():
        for name, way in ways.items():
            yield Line(components, name, scored(gold, way(narratives, components, classes), classes, bootstrap))

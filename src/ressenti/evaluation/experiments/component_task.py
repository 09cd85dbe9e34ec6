"""Which component an answer of a guided narrative is: rules, words, both, and with sentence vectors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from spacy.language import Language

from ressenti.evaluation.experiments.component_features import component_features
from ressenti.evaluation.experiments.figures import Scored, scored
from ressenti.evaluation.experiments.guided import Answer, Guided
from ressenti.evaluation.experiments.learning import Array, Block, best, cross_validated, encoded, folds, trained
from ressenti.rules.components import component_of
from ressenti.rules.sentence import Sentence
from ressenti.rules.text import read, sentences
from ressenti.schema import COMPONENTS

FOLDS = 10
STRENGTH = 3.0
WEIGHTS = {"words": 0.7, "characters": 0.7, "named": 0.5, "vectors": 1.5}
WAYS: Mapping[str, tuple[str, ...]] = {
    "words": ("words",), "rules and words": ("words", "characters", "named"),
    "rules, words and vectors": ("words", "characters", "named", "vectors"),
}  # fmt: skip
"""Name of each way that learns to the blocks that it learns from."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one way found of each answer by itself, and of the four of a narrative together, each component once (None for the rules)."""

    way: str
    alone: Scored
    together: Scored | None


def cut(nlp: Language, text: str) -> list[Sentence]:
    """An answer in sentences, tokenised and not parsed."""
    reading = read(text)
    return [Sentence([*nlp.make_doc(reading.text[start:end])], start) for start, end in sentences(reading.text)]


def table(narratives: Sequence[Guided], nlp: Language, bootstrap: int = 0, unseen: Sequence[Guided] = ()) -> Iterator[Line]:
    """The figures of each way.

    Args:
        narratives: Learnt from, and measured on by cross-validation: the answers of one narrative are in one fold.
        nlp: Cuts words.
        bootstrap: Resamples of the narratives for the intervals.
        unseen: Measured on instead, by models that learnt from all of ``narratives``; empty for cross-validation.
    """
    answers = [answer for one in (*narratives, *unseen) for answer in one.answers.values()]
    groups = [one.id for one in (*narratives, *unseen) for _ in one.answers]
    known = len(narratives) * len(COMPONENTS)
    gold = [answer.component for answer in answers]
    parts = [cut(nlp, answer.text) for answer in answers]
    blocks = _blocks(answers, parts)
    shown = slice(known, None) if unseen else slice(0, known)

    def score(found: Sequence[str]) -> Scored:
        return scored(gold[shown], found, COMPONENTS, bootstrap, groups[shown])

    yield Line("rules", score([component_of(part) or "" for part in parts[shown]]), None)
    for way, kinds in WAYS.items():
        chosen = [blocks[kind] for kind in kinds]
        if unseen:
            found, classes = trained(chosen, gold, range(known), range(known, len(gold)), COMPONENTS, strength=STRENGTH), list(COMPONENTS)
        else:
            found, classes = cross_validated(chosen, gold, folds(groups, FOLDS), strength=STRENGTH)
        yield Line(way, score(best(found, classes)), score(together(found, classes)))


def _blocks(answers: Sequence[Answer], parts: Sequence[Sequence[Sentence]]) -> dict[str, Block]:
    texts = [answer.text for answer in answers]
    named = [component_features(text, part) for text, part in zip(texts, parts, strict=True)]
    return {
        "words": Block("words", texts, WEIGHTS["words"]),
        "characters": Block("characters", texts, WEIGHTS["characters"]),
        "named": Block("named", named, WEIGHTS["named"]),
        "vectors": Block("vectors", encoded(texts), WEIGHTS["vectors"]),
    }


def together(probabilities: Array, classes: Sequence[str]) -> list[str]:
    """The likeliest way to give the four answers of each narrative the four components, each once.

    Args:
        probabilities: Shape (answers, classes), the four answers of a narrative one after the other.
        classes: The components, in the order of the columns.
    """
    found: list[str] = []
    orders = [*permutations(range(len(classes)))]
    for start in range(0, len(probabilities), len(classes)):
        logs = np.log(np.maximum(probabilities[start : start + len(classes)], 1e-12))
        order = max(orders, key=lambda columns: sum(logs[row, column] for row, column in enumerate(columns)))
        found += [classes[column] for column in order]
    return found

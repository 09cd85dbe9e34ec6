"""What the rules add, beside the models of fallback_models.py and fallback_neural.py.

Words and rules in context, as `ressenti experiment emotexttokids` learns from them, and the bonus for what the rules say, with which
`ressenti fallback evaluate` measures a model too.
"""

from __future__ import annotations

import json

import numpy as np

from fallback_candidates import Corpus, Floats, Guess
from ressenti.evaluation.experiments.emotexttokids import LABELS as KIDS
from ressenti.evaluation.experiments.emotexttokids import PRESENCE, Sentences, by_rules, likely, read_split
from ressenti.fallback.comparison import REASON
from ressenti.fallback.labels import EMOTION
from ressenti.schema import Narrative

NAMES = {PRESENCE: EMOTION} | {label: label.replace(" ", ":") for label in KIDS if label.startswith(("category", "mode"))}
"""The experiment's names of labels to those of the other models; primaries are called by their name alone."""


def words_in_context(corpus: Corpus) -> Guess:
    """What ``ressenti experiment emotexttokids`` learns of words and of what the rules found, by logistic regressions."""
    train, test = annotated(corpus, "train"), annotated(corpus, "validation")
    return Guess(by_name(likely(train, test, ("words", "evidence")).astype(np.float32)))


def what_rules_say(corpus: Corpus) -> dict[str, Floats]:
    """1 where a mention stands for a label, by name."""
    return by_name(by_rules(annotated(corpus, "validation")).astype(np.float32))


def annotated(corpus: Corpus, name: str) -> Sentences:
    """A split with what the rules found."""
    split = read_split(corpus.folder / f"{name}.jsonl")
    lines = (corpus.cache / f"{name}.ann.jsonl").read_text(encoding="utf-8").splitlines()
    split.read = [Narrative.from_dict(json.loads(line)) for line in lines]
    return split


def by_name(table: Floats) -> dict[str, Floats]:
    """The columns of the experiment by the names of labels that the other models have."""
    return {NAMES.get(label, label.split(" ")[-1]): column for label, column in zip(KIDS, table.T, strict=True)}


def with_rules(guess: Guess, said: dict[str, Floats]) -> Guess:
    """The bonus for what the rules say, as the experiment gives one."""
    return Guess({label: np.clip(column + REASON * said[label], 0, 1) for label, column in guess.probabilities.items()})

"""Emotion detection with and without the ontology's vocabulary (the first use that TONE's authors name; arXiv 2401.06810).

The same classifier sees the words of a sentence alone; with them, the vocabulary's entries that stand there; and these on every tier of the
ontology. Gold narratives give the right answer: a sentence holds a primary where a marked cue of it begins in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ressenti.evaluation.experiments.evidence import Features
from ressenti.evaluation.experiments.figures import Bools, f1, presence_f1
from ressenti.evaluation.experiments.learning import Array, Block, Design, folds, scikit
from ressenti.evaluation.intervals import Interval, intervals
from ressenti.fallback.passages import passages
from ressenti.ontology.emotions import Emotions, load_emotions
from ressenti.rules.sentence import Sentence
from ressenti.rules.text import read
from ressenti.rules.triggers import Matcher
from ressenti.schema import Narrative

FOLDS = 5
LEAST = 20
"""Sentences that must hold a primary for it to be told apart."""
WAYS: Mapping[str, tuple[str, ...]] = {
    "words": ("words",), "words and vocabulary": ("words", "entries"), "words, vocabulary and ontology": ("words", "entries", "tiers"),
    "vocabulary and ontology": ("entries", "tiers"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """Figures of one way: F1 of each primary, their mean, and presence, with intervals by narratives."""

    way: str
    f1: Mapping[str, float]
    macro: float
    presence: float
    intervals: Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class Corpus:
    """Sentences with what they hold.

    Attributes:
        texts: Their words.
        narratives: The narrative of each.
        entries: The vocabulary's entries that stand in each, by emotion.
        tiers: The same on every tier of the ontology.
        primaries: Those told apart.
        gold: Shape (sentences, primaries).
    """

    texts: list[str]
    narratives: list[str]
    entries: list[Features]
    tiers: list[Features]
    primaries: tuple[str, ...]
    gold: Bools


def read_corpus(marked: Sequence[Narrative], matcher: Matcher, make_doc: Any) -> Corpus:
    """The sentences of gold narratives.

    Args:
        marked: Narratives with the mentions that somebody marked.
        matcher: Finds vocabulary; its conditions and the rules are not asked.
        make_doc: Tokenises a text.
    """
    emotions = load_emotions()
    texts, ids, entries, tiers, held = [], [], [], [], []
    for narrative in marked:
        for passage in passages(narrative):
            standing = _emotions_in(passage.text, matcher, make_doc)
            texts.append(passage.text)
            ids.append(narrative.id)
            entries.append({f"entry {name}": float(number) for name, number in standing.items()})
            tiers.append(_tiers(standing, emotions))
            held.append({mention.primary for mention in passage.mentions})
    primaries = tuple(key for key, one in emotions.items() if one.tier == "primary" and sum(key in one for one in held) >= LEAST)
    gold = np.array([[name in one for name in primaries] for one in held], bool).reshape(len(held), len(primaries))
    return Corpus(texts, ids, entries, tiers, primaries, gold)


def _emotions_in(text: str, matcher: Matcher, make_doc: Any) -> dict[str, int]:
    tokens = [*make_doc(read(text).text)]
    found: dict[str, int] = {}
    for hit in matcher.hits(Sentence(tokens, 0)) if tokens else ():
        found[hit.entry.emotion] = found.get(hit.entry.emotion, 0) + 1
    return found


def _tiers(standing: Mapping[str, int], emotions: Emotions) -> Features:
    found: Features = {}
    for name, number in standing.items():
        for above in (emotions.secondary(name), emotions.primary(name)):
            if above is not None:
                found[f"tier {above}"] = found.get(f"tier {above}", 0.0) + number
        found["any"] = found.get("any", 0.0) + number
    return found


def table(corpus: Corpus, bootstrap: int = 0) -> Iterator[Line]:
    """The figures of each way, by cross-validation over narratives."""
    scikit()
    blocks = {
        "words": Block("words", corpus.texts), "entries": Block("named", corpus.entries, 2.0), "tiers": Block("named", corpus.tiers, 2.0),
    }  # fmt: skip
    fold_of = folds(corpus.narratives, FOLDS)
    for way, kinds in WAYS.items():
        found = _found([blocks[kind] for kind in kinds], corpus, fold_of)
        yield _line(way, corpus, found, bootstrap)


def _found(blocks: Sequence[Block], corpus: Corpus, fold_of: Any) -> Bools:
    """Whether each sentence holds each primary: one logistic regression a primary, balanced, yes from one half on."""
    from sklearn.linear_model import LogisticRegression

    likely: Array = np.zeros(corpus.gold.shape)
    for fold in range(FOLDS):
        train, test = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        design = Design(blocks)
        inside, outside = design.fit([*train]), design.transform([*test])
        for k in range(corpus.gold.shape[1]):
            if corpus.gold[train, k].any():
                model = LogisticRegression(C=5.0, max_iter=1000, class_weight="balanced").fit(inside, corpus.gold[train, k])
                likely[test, k] = model.predict_proba(outside)[:, 1]
    return likely >= 0.5


def _line(way: str, corpus: Corpus, found: Bools, bootstrap: int) -> Line:
    members: dict[str, list[int]] = {}
    for row, narrative in enumerate(corpus.narratives):
        members.setdefault(narrative, []).append(row)

    def measure(drawn: Sequence[list[int]]) -> dict[str, float | None]:
        rows = np.concatenate([np.array(one) for one in drawn])
        gold, system = corpus.gold[rows], found[rows]
        each = [f1(gold[:, k], system[:, k]) for k in range(gold.shape[1])]
        return {"macro": float(np.mean(each)), "presence": presence_f1(gold.any(axis=1), system.any(axis=1))}

    whole = measure([*members.values()])
    by_primary = {name: f1(corpus.gold[:, k], found[:, k]) for k, name in enumerate(corpus.primaries)}
    bounds = intervals([*members.values()], bootstrap, measure) if bootstrap else {}
    return Line(way, by_primary, whole["macro"] or 0.0, whole["presence"] or 0.0, bounds)

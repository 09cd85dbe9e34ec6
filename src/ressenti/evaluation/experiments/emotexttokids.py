"""Presence, mode and category of emotion in the sentences of EmoTextToKids: rules, words, and both.

The corpus (Étienne, Battistelli and Lecorvé 2024, arXiv 2405.14385; CC BY-SA 4.0) is no part of Ressenti. Everything is learnt from its
training split, thresholds by cross-validation within it; the validation split is only measured on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ressenti.errors import InputError
from ressenti.evaluation.experiments.evidence import in_context, of_sentence
from ressenti.evaluation.experiments.figures import Bools, f1, presence_f1
from ressenti.evaluation.experiments.learning import Array, Block, Design, scikit
from ressenti.evaluation.intervals import Interval, percentiles
from ressenti.schema import MODES, Narrative

CATEGORIES = (
    "admiration", "autre", "colère", "culpabilité", "dégoût", "embarras", "fierté", "jalousie", "joie", "peur", "surprise", "tristesse",
)  # fmt: skip
PRIMARY_OF = {
    "colère": "anger", "dégoût": "anger", "jalousie": "anger", "joie": "joy", "fierté": "joy", "peur": "fear", "surprise": "surprise",
    "tristesse": "sadness", "embarras": "sadness", "culpabilité": "sadness",
}  # fmt: skip
"""Category to the primary of Parrott's tree; admiration and autre stand for none."""
PRIMARIES = ("anger", "fear", "joy", "sadness", "surprise")
PRESENCE = "presence"
LABELS = (
    PRESENCE,
    *(f"primary {name}" for name in PRIMARIES),
    *(f"category {name}" for name in CATEGORIES),
    *(f"mode {name}" for name in MODES),
)
SAYS = {
    "admiration": {"adoration", "amazement", "enthrallment"},
    "culpabilité": {"guilt", "remorse"},
    "dégoût": {"disgust", "revulsion"},
    "embarras": {"embarrassment", "uneasiness", "shame", "humiliation", "insult"},
    "fierté": {"pride", "triumph"},
    "jalousie": {"jealousy", "envy"},
}
"""Emotions that a category stands for, where it is narrower than a primary."""
RARE = 5
"""Sentences of a label in training up to which the rules' word is taken: nothing can be learnt from fewer."""
BONUSES = (0.0, 0.1, 0.2, 0.4, 1.0)
"""What a label that the rules' mentions stand for may add to its probability; which, is chosen with its threshold."""
FOLDS, BLOCKS = 3, 8
"""Parts of cross-validation, and pieces of running text that each is made of."""
STRENGTH = 2.0
EVIDENCE = 0.5
"""Weight of what the rules found beside TF-IDF."""


@dataclass(slots=True)
class Sentences:
    """Sentences of one split, in the order of the corpus.

    Attributes:
        texts: Their words.
        gold: Shape (sentences, labels).
        counted: Those that are learnt from and measured; the rows labelled only ``autre``, with no mode, are noise.
        read: The rules' annotations.
    """

    texts: list[str]
    gold: Bools
    counted: Bools
    read: list[Narrative] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures of one way; intervals are from resampled runs of sentences, as neighbours depend on each other."""

    way: str
    f1: Mapping[str, float]
    means: Mapping[str, float]
    intervals: Mapping[str, Interval]


def read_split(path: Path) -> Sentences:
    """Read ``train.jsonl`` or ``validation.jsonl``.

    Raises:
        InputError: The file cannot be read, or a line is no sentence of the corpus.
    """
    texts, gold, counted = [], [], []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise InputError(path, None, f"cannot be read: {reason}; the folder of the corpus holds train.jsonl and validation.jsonl") from None
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            text, emotional, categories, modes = row["text"], bool(row["emotional"]), set(row["categories"]), set(row["modes"])
        except (ValueError, KeyError, TypeError):
            raise InputError(path, number, "no object with text, emotional, categories and modes") from None
        primaries = {PRIMARY_OF.get(name) for name in categories}
        held = [
            *(name in primaries for name in PRIMARIES),
            *(name in categories for name in CATEGORIES),
            *(name in modes for name in MODES),
        ]
        texts.append(text)
        gold.append([emotional, *held])
        counted.append(not (categories == {"autre"} and not modes))
    if not texts:
        raise InputError(path, None, "holds no sentences")
    return Sentences(texts, np.array(gold, bool), np.array(counted, bool))


def by_rules(split: Sentences) -> Bools:
    """The labels that the rules' mentions stand for, shape (sentences, labels)."""
    found = np.zeros((len(split.texts), len(LABELS)), bool)
    for row, narrative in zip(found, split.read, strict=True):
        for mention in narrative.mentions:
            row[[LABELS.index(name) for name in _labels_of(mention.emotion, mention.primary, mention.mode)]] = True
    return found


def _labels_of(emotion: str, primary: str, mode: str) -> Iterable[str]:
    yield PRESENCE
    yield f"mode {mode}"
    if primary in PRIMARIES:
        yield f"primary {primary}"
    narrower = [name for name, emotions in SAYS.items() if emotion in emotions]
    wide = {"anger": "colère", "fear": "peur", "joy": "joie", "sadness": "tristesse", "surprise": "surprise", "love": "autre"}
    for category in narrower or [wide[primary]]:
        yield f"category {category}"


def learnt(train: Sentences, test: Sentences, kinds: Sequence[str], progress: Callable[[], None] = lambda: None) -> Bools:
    """Labels of the sentences of ``test`` by logistic regressions, one a label, with thresholds by cross-validation on ``train``.

    Args:
        train: Learnt from.
        test: Only predicted.
        kinds: Blocks of features: ``words`` (beginnings of words), ``evidence`` (what the rules found, in context).
        progress: Called for each label.

    Returns:
        Shape (sentences, labels).
    """
    size = len(train.texts)
    blocks = [_block(kind, train, test) for kind in kinds]
    rows = np.arange(size)
    fold_of = np.array_split(rows, FOLDS * BLOCKS)
    held_out = [np.concatenate(fold_of[k::FOLDS]) for k in range(FOLDS)]
    matrices = []
    for held in held_out:
        fit_on = np.setdiff1d(rows[train.counted], held)
        design = Design(blocks, least=2)
        matrices.append((fit_on, design.fit(fit_on), held, design.transform(held)))
    fit_on = rows[train.counted]
    chances = _chances(train, test, blocks)
    found = np.zeros((len(test.texts), len(LABELS)), bool)
    ruled, ruled_in = (by_rules(split) if "evidence" in kinds else None for split in (test, train))
    for k, label in enumerate(LABELS):
        gold = train.gold[:, k]
        if is_rare(train, k):
            if ruled is not None:
                found[:, k] = ruled[:, k]
            continue
        guess = np.zeros(size)
        for rows_in, inside, rows_out, outside in matrices:
            guess[rows_out] = _fit(inside, gold[rows_in], outside)
        measure = presence_f1 if label == PRESENCE else f1
        if ruled is None or ruled_in is None:
            found[:, k] = chances[:, k] >= threshold(gold[fit_on], guess[fit_on], measure)[0]
        else:
            tried = [(*threshold(gold[fit_on], (guess + bonus * ruled_in[:, k])[fit_on], measure), bonus) for bonus in BONUSES]
            limit, _, bonus = max(tried, key=lambda one: one[1])
            found[:, k] = chances[:, k] + bonus * ruled[:, k] >= limit
        progress()
    return found


def likely(train: Sentences, test: Sentences, kinds: Sequence[str]) -> Array:
    """Probabilities of the labels of the sentences of ``test`` by logistic regressions, one a label; of a rare one what the rules say.

    Args:
        train: Learnt from.
        test: Only predicted.
        kinds: As for :func:`learnt`.

    Returns:
        Shape (sentences, labels).
    """
    chances = _chances(train, test, [_block(kind, train, test) for kind in kinds])
    if "evidence" in kinds:
        rare = [k for k in range(len(LABELS)) if is_rare(train, k)]
        chances[:, rare] = by_rules(test)[:, rare]
    return chances


def _chances(train: Sentences, test: Sentences, blocks: Sequence[Block]) -> Array:
    """Probabilities of the labels that are not rare, shape (sentences of ``test``, labels)."""
    size = len(train.texts)
    design = Design(blocks, least=2)
    fit_on = np.flatnonzero(train.counted)
    whole, unseen = design.fit(fit_on), design.transform(range(size, size + len(test.texts)))
    chances = np.zeros((len(test.texts), len(LABELS)))
    for k in range(len(LABELS)):
        if not is_rare(train, k):
            chances[:, k] = _fit(whole, train.gold[fit_on, k], unseen)
    return chances


def is_rare(train: Sentences, k: int) -> bool:
    """Whether a label, by its column, has too few sentences to be learnt."""
    return bool(train.gold[train.counted, k].sum() <= RARE)


def threshold(gold: Bools, guess: Array, measure: Callable[[Bools, Bools], float]) -> tuple[float, float]:
    """The value from which on a label is given, so that the measure is best, and that measure."""
    candidates = np.unique(np.quantile(guess, np.append(np.linspace(0.4, 0.98, 60), np.linspace(0.981, 0.9995, 60))))
    best = max(candidates, key=lambda limit: measure(gold, guess >= limit))
    return float(best), measure(gold, guess >= best)


def _fit(inside: Any, gold: Bools, outside: Any) -> Array:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, max_iter=50, tol=0.01, random_state=0)
    return np.asarray(model.fit(inside, gold).predict_proba(outside)[:, 1])


def _block(kind: str, train: Sentences, test: Sentences) -> Block:
    """A block of features of all sentences, those of training first; neighbours are those of the same split."""
    if kind == "words":
        return Block("beginnings", train.texts + test.texts)
    named = [one for split in (train, test) for one in in_context([of_sentence(narrative) for narrative in split.read])]
    return Block("named", named, EVIDENCE)


def outcome(way: str, split: Sentences, found: Bools, bootstrap: int = 0, run: int = 50) -> Outcome:
    """Measure labels against the gold.

    Args:
        way: What found them.
        split: With the gold.
        found: Shape (sentences, labels).
        bootstrap: Resamples for the intervals of the means.
        run: Sentences that follow each other and are drawn together.
    """
    gold, system = split.gold[split.counted], found[split.counted]
    by_label = _by_label(gold, system)
    runs = [*range(0, len(gold), run)]
    draw = np.random.default_rng(0)
    samples: dict[str, list[float]] = {}
    for _ in range(bootstrap):
        rows = np.concatenate([np.arange(at, min(at + run, len(gold))) for at in draw.choice(runs, len(runs))])
        for name, value in _means(_by_label(gold[rows], system[rows])).items():
            samples.setdefault(name, []).append(value)
    return Outcome(way, by_label, _means(by_label), {name: percentiles(values) for name, values in samples.items()})


def _by_label(gold: Bools, found: Bools) -> dict[str, float]:
    return {name: (presence_f1 if name == PRESENCE else f1)(gold[:, k], found[:, k]) for k, name in enumerate(LABELS)}


def _means(by_label: Mapping[str, float]) -> dict[str, float]:
    """Macro F1 of presence, the five primaries, the twelve categories and the four modes."""
    means = {PRESENCE: by_label[PRESENCE]}
    for name, kind in (("primaries", "primary "), ("categories", "category "), ("modes", "mode ")):
        means[name] = float(np.mean([value for label, value in by_label.items() if label.startswith(kind)]))
    return means


WAYS: Mapping[str, tuple[str, ...]] = {
    "rules": (),
    "words": ("words",),
    "rules in context": ("evidence",),
    "words and rules": ("words", "evidence"),
}
"""Name of each way to the blocks that it learns from; none for the rules as they are."""


def measure(train: Sentences, test: Sentences, ways: Iterable[str], bootstrap: int = 0) -> Iterable[Outcome]:
    """The figures of each way on ``test``."""
    scikit()
    for way in ways:
        found = learnt(train, test, WAYS[way]) if WAYS[way] else by_rules(test)
        yield outcome(way, test, found, bootstrap)

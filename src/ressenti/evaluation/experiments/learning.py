"""Linear models over blocks of features, and their cross-validation; what the experiments share. Needs scikit-learn."""

from __future__ import annotations

import itertools
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from ressenti.errors import RessentiError
from ressenti.ontology.morphology import fold

Array = npt.NDArray[np.float64]
Kind = Literal["words", "beginnings", "characters", "named", "vectors"]
BEGINNING = 6
"""Letters of a word that stand for its stem."""
_WORD = re.compile(r"\w+'?|[!?…«»—:,;.]")


class Predictor(Protocol):
    """What gives texts probabilities; a model that was trained elsewhere is tried in an experiment through this.

    Attributes:
        classes: Names of the columns.
    """

    @property
    def classes(self) -> Sequence[str]: ...

    def predict(self, texts: Sequence[str]) -> Array:
        """Probabilities, shape (texts, classes)."""
        ...


@dataclass(frozen=True, slots=True)
class Block:
    """Features of one kind, of all items.

    Attributes:
        kind: ``words`` (words and pairs of them, TF-IDF), ``beginnings`` (the first letters of words, TF-IDF), ``characters`` (2 to 4
            within words, TF-IDF), ``named`` (name to number) or ``vectors``.
        items: One an item: a text, a mapping, or a row.
        weight: What the block is multiplied by.
    """

    kind: Kind
    items: Any
    weight: float = 1.0


def scikit() -> Any:
    """The package scikit-learn.

    Raises:
        RessentiError: It is not installed; the text says how it gets here.
    """
    try:
        import sklearn
    except ImportError:
        raise RessentiError("experiments need scikit-learn; run: pip install 'ressenti[experiments]'") from None
    return sklearn


def tokens(text: str) -> list[str]:
    """Words and signs, folded."""
    return _WORD.findall(fold(text))


def words_and_pairs(text: str) -> list[str]:
    """Words, and words that follow each other."""
    found = tokens(text)
    return found + [f"{a} {b}" for a, b in itertools.pairwise(found)]


def beginnings(text: str) -> list[str]:
    """The beginnings of words: what the forms of a word have in common, without a lexicon."""
    return [word[:BEGINNING] for word in tokens(text)]


class Design:
    """Blocks as one sparse matrix; what is counted is learnt from the rows that a model is trained on."""

    def __init__(self, blocks: Sequence[Block], least: int = 1) -> None:
        scikit()
        self.blocks = blocks
        self._steps = [_steps(block.kind, least) for block in blocks]

    def fit(self, rows: Iterable[int]) -> Any:
        """Learn what to count, and give the matrix of these rows."""
        chosen, parts = [*rows], []
        for block, steps in zip(self.blocks, self._steps, strict=True):
            part: Any = [block.items[k] for k in chosen]
            for step in steps:
                part = step.fit_transform(part)
            parts.append(part)
        return self._together(parts)

    def transform(self, rows: Iterable[int]) -> Any:
        """The matrix of other rows."""
        chosen, parts = [*rows], []
        for block, steps in zip(self.blocks, self._steps, strict=True):
            part: Any = [block.items[k] for k in chosen]
            for step in steps:
                part = step.transform(part)
            parts.append(part)
        return self._together(parts)

    def _together(self, parts: Sequence[Any]) -> Any:
        from scipy.sparse import csr_matrix, hstack

        whole = hstack([csr_matrix(part, dtype=np.float32) * block.weight for part, block in zip(parts, self.blocks, strict=True)]).tocsr()
        whole.indices, whole.indptr = whole.indices.astype(np.int32), whole.indptr.astype(np.int32)  # liblinear takes no others
        return whole


def _steps(kind: Kind, least: int) -> list[Any]:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import MaxAbsScaler

    if kind == "vectors":
        return []
    if kind == "named":
        return [DictVectorizer(dtype=np.float32), MaxAbsScaler()]
    if kind == "characters":
        return [TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True, preprocessor=fold, min_df=least)]
    analyzer = words_and_pairs if kind == "words" else beginnings
    return [TfidfVectorizer(analyzer=analyzer, sublinear_tf=True, min_df=least)]


def folds(groups: Sequence[Hashable], number: int, strata: Mapping[Hashable, str] | None = None, seed: int = 0) -> npt.NDArray[np.int_]:
    """The fold of each item: groups stay whole, and each fold gets its share of each stratum.

    Args:
        groups: What each item belongs to.
        number: How many folds.
        strata: Group to what the folds should be alike in.
        seed: Of the shuffling.
    """
    names = list(dict.fromkeys(groups))
    np.random.default_rng(seed).shuffle(names)
    if strata:
        names.sort(key=lambda name: strata[name])
    of = {name: k % number for k, name in enumerate(names)}
    return np.array([of[group] for group in groups])


def cross_validated(
    blocks: Sequence[Block], labels: Sequence[str], fold_of: npt.NDArray[np.int_], *, strength: float = 5.0
) -> tuple[Array, list[str]]:
    """Probabilities of each item by a logistic regression that was trained on the other folds.

    Args:
        blocks: The features.
        labels: The right label of each item.
        fold_of: The fold of each item.
        strength: Inverse of the regularisation (scikit-learn's C).

    Returns:
        Shape (items, classes), and the classes.
    """
    scikit()
    classes = sorted(set(labels))
    found = np.zeros((len(labels), len(classes)))
    for fold_number in sorted(set(fold_of.tolist())):
        train, test = np.flatnonzero(fold_of != fold_number), np.flatnonzero(fold_of == fold_number)
        found[test] = trained(blocks, labels, train, test, classes, strength=strength)
    return found, classes


def trained(
    blocks: Sequence[Block], labels: Sequence[str], train: Sequence[int] | npt.NDArray[np.int_], test: Sequence[int] | npt.NDArray[np.int_],
    classes: Sequence[str], *, strength: float = 5.0,
) -> Array:  # fmt: skip
    """Probabilities of the test rows, shape (rows, classes), by a logistic regression trained on the others."""
    from sklearn.linear_model import LogisticRegression

    design = Design(blocks)
    model = LogisticRegression(C=strength, max_iter=1000).fit(design.fit([*train]), [labels[k] for k in train])
    found = np.zeros((len(test), len(classes)))
    found[:, [classes.index(name) for name in model.classes_]] = model.predict_proba(design.transform([*test]))
    return found


def best(probabilities: Array, classes: Sequence[str]) -> list[str]:
    """The likeliest class of each row; an empty string where all are equally likely, which is right for none."""
    return [classes[int(row.argmax())] if row.max() > row.min() else "" for row in probabilities]


def encoded(texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """Texts as the Universal Sentence Encoder sees them, shape (texts, 512); it comes with the core and was trained on no emotions."""
    from ressenti.vocab_builder.embedding.light import Light

    return np.asarray(Light(workers=1).encode(texts), np.float32)

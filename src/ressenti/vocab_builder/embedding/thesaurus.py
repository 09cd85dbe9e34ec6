"""The graph of a thesaurus as an encoder: a sparse SVD of who is synonym of whom.

Links count by positive pointwise mutual information (Levy and Goldberg 2014), with loops so that a term is like itself; the SVD is the
randomised one of Halko, Martinsson and Tropp 2011, from a fixed start. A term of several words that is no head, and a gloss, are
the mean of their words, rare words first.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ressenti.errors import RessentiError
from ressenti.ontology.morphology import fold
from ressenti.vocab_builder.embedding.kept import keep
from ressenti.vocab_builder.embedding.protocol import Encoder
from ressenti.vocab_builder.embedding.total import parts_of
from ressenti.vocab_builder.embedding.vectors import Matrix, unit
from ressenti.vocab_builder.embedding.words import LONGEST_GLOSS, stems
from ressenti.vocab_builder.sources.mythes import read_mythes

DIMENSION = 300
LOOP = 2.0
SMOOTHING = 0.75
ROUNDS = 4


class Thesaurus:
    """Terms by their place among their synonyms.

    Args:
        path: A thesaurus in MyThes form.
        dimension: Length of a vector; fewer where the thesaurus is smaller.
        cache: Folder in which the decomposition is kept; None keeps nothing.

    Raises:
        DataError: The thesaurus cannot be read.
        RessentiError: SciPy is not installed.
    """

    name = "thesaurus"

    def __init__(self, path: Path, dimension: int = DIMENSION, cache: Path | None = None) -> None:
        self.synonyms: dict[str, set[str]] = defaultdict(set)
        """Each term, folded, and those it is linked with, both ways."""
        for sense in read_mythes(path):
            head = fold(sense.head)
            for synonym in map(fold, sense.synonyms):
                if synonym != head:
                    self.synonyms[head].add(synonym)
                    self.synonyms[synonym].add(head)
        names = sorted(self.synonyms)
        self._places = {name: place for place, name in enumerate(names)}
        self.dimension = min(dimension, max(1, len(names) - 1))
        self.revision = f"sha256 {hashlib.sha256(path.read_bytes()).hexdigest()[:16]}, SVD {self.dimension}"
        key = ("thesaurus", self.revision, str((LOOP, SMOOTHING, ROUNDS)))
        self._vectors = keep(cache, key, lambda: unit(_decompose(self._links(names), self.dimension)))
        self._families = self._of_families(names)
        self._seen = Counter(stem for name in names for stem in stems(name))

    def _links(self, names: Sequence[str]) -> Any:
        try:
            import scipy.sparse
        except ImportError:
            raise RessentiError("the thesaurus encoder needs SciPy: pip install 'ressenti[vocab]'") from None
        rows = [self._places[name] for name in names for _ in self.synonyms[name]]
        columns = [self._places[synonym] for name in names for synonym in sorted(self.synonyms[name])]
        size = len(names)
        counts = scipy.sparse.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=(size, size))
        counts = (counts + LOOP * scipy.sparse.identity(size, dtype=np.float32, format="csr")).tocoo()
        degree = np.asarray(counts.sum(axis=1)).ravel()
        smoothed = degree**SMOOTHING
        information = np.log(counts.data * smoothed.sum() / (degree[counts.row] * smoothed[counts.col]))
        made = scipy.sparse.csr_matrix((np.maximum(information, 0).astype(np.float32), (counts.row, counts.col)), shape=(size, size))
        return ((made + made.T) / 2).tocsr()

    def _of_families(self, names: Sequence[str]) -> dict[str, Matrix]:
        """Mean vector of the one-word terms that begin alike: a gloss writes « tristes », the thesaurus has « triste »."""
        places: dict[str, list[int]] = defaultdict(list)
        for name in names:
            if " " not in name and len(found := stems(name)) == 1:
                places[found[0]].append(self._places[name])
        return {stem: unit(self._vectors[at].sum(axis=0)[None])[0] for stem, at in places.items()}

    def encode(self, terms: Sequence[str], glosses: Sequence[str] | None = None) -> Matrix:
        """See `Encoder`; with glosses, the sum of the term's vector and its gloss's."""
        found = self.of_terms(terms)
        return found if glosses is None else unit(found + self.of_texts([gloss[:LONGEST_GLOSS] for gloss in glosses]))

    def of_terms(self, terms: Sequence[str]) -> Matrix:
        """Vectors of heads and synonyms; of other terms, of their words."""
        found = self.of_texts(["" if fold(term) in self._places else term for term in terms])
        for row, term in enumerate(terms):
            if (place := self._places.get(fold(term))) is not None:
                found[row] = self._vectors[place]
        return found

    def of_texts(self, texts: Sequence[str]) -> Matrix:
        """Vectors of texts, from those words that the thesaurus knows."""
        found = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for stem in sorted(set(stems(text))):
                if stem in self._families:
                    found[row] += self._families[stem] * self._weight(stem)
        return unit(found)

    def _weight(self, stem: str) -> float:
        return 1 / math.log(10 + self._seen[stem])


def thesaurus_in(encoder: Encoder) -> Thesaurus | None:
    """The thesaurus among the parts of an encoder, if there is one."""
    return next((part for part, _ in parts_of(encoder) if isinstance(part, Thesaurus)), None)


def _decompose(matrix: Any, dimension: int) -> Matrix:
    """Rows of a symmetric sparse matrix in ``dimension`` numbers: leading eigenvectors times the fourth root of the eigenvalues."""
    size = matrix.shape[0]
    rank = min(size, dimension + 10)
    basis = np.random.default_rng(0).normal(size=(size, rank)).astype(np.float32)
    for _ in range(ROUNDS):
        basis, _ = np.linalg.qr(matrix @ basis)
    small = basis.T @ (matrix @ basis)
    values, vectors = np.linalg.eigh((small + small.T) / 2)
    order = np.argsort(-np.abs(values), kind="stable")[:dimension]
    return np.asarray(basis @ vectors[:, order] * np.abs(values[order]) ** 0.25, np.float32)

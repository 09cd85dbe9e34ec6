"""The words of terms and glosses as sparse rows: which beginnings two terms share, which words define them, which synonyms they have.

Rows of length 1, so that the product of two is a cosine. A feature counts for more the fewer terms have it (tf-idf).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from ressenti.errors import RessentiError
from ressenti.ontology.morphology import fold, without_accents

STEM = 6
"""Letters of a word that stand for its family: « tristesse », « tristement »."""
BEGINNINGS = (4, 5, 6, 7)
LONGEST_GLOSS = 300
"""Characters of a gloss that are read: the first senses."""

_WORD = re.compile(r"[^\W\d_]+")


def bare(text: str) -> str:
    """Lower case without accents: « Écœuré » → « ecoeure »."""
    return without_accents(fold(text).replace("œ", "oe").replace("æ", "ae"))


@lru_cache(maxsize=200_000)
def stems(text: str) -> tuple[str, ...]:
    """The words of a text of three letters or more, each cut to its first `STEM` letters without accents."""
    return tuple(word[:STEM] for word in _WORD.findall(bare(text)) if len(word) > 2)


def beginnings(term: str) -> list[str]:
    """How the words of a term begin, for terms of one family: « ^trist », « ^triste »."""
    words = [word for word in _WORD.findall(bare(term)) if len(word) > 2] or [bare(term)]
    return [f"^{word[:n]}" for word in words for n in BEGINNINGS if len(word) >= n - 1]


def of_gloss(term: str, gloss: str) -> list[str]:
    """The stems of a term and of what a dictionary says of it."""
    return [*stems(term), *stems(gloss[:LONGEST_GLOSS])]


class Rows:
    """Sparse rows over the features of a list of documents.

    Args:
        documents: Features of each document that the weights are learnt from.
    """

    def __init__(self, documents: Iterable[Sequence[str]]) -> None:
        self._documents = 0
        self._seen: Counter[str] = Counter()
        for document in documents:
            self._documents += bool(document)
            self._seen.update(set(document))
        self._places = {feature: place for place, feature in enumerate(sorted(self._seen))}

    def __call__(self, documents: Sequence[Sequence[str]]) -> Any:
        """Rows of documents, a SciPy CSR matrix; a feature never seen counts for a row's length only.

        Raises:
            RessentiError: SciPy is not installed.
        """
        try:
            import scipy.sparse
        except ImportError:
            raise RessentiError("to place terms by what accepted ones say needs SciPy: pip install 'ressenti[vocab]'") from None

        data: list[float] = []
        columns: list[int] = []
        ends = [0]
        for document in documents:
            counts = sorted(Counter(document).items())
            weights = [(1 + math.log(n)) * math.log((self._documents + 1) / (self._seen[f] + 1) + 1e-9) for f, n in counts]
            length = math.sqrt(sum(weight * weight for weight in weights)) or 1.0
            for (feature, _), weight in zip(counts, weights, strict=True):
                if feature in self._places:
                    columns.append(self._places[feature])
                    data.append(weight / length)
            ends.append(len(data))
        shape = (len(documents), max(1, len(self._places)))
        return scipy.sparse.csr_matrix((np.array(data, np.float32), np.array(columns, np.int32), np.array(ends, np.int64)), shape=shape)

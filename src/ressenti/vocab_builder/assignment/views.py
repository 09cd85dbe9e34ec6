"""All that is known of terms, seen from several sides at once: vectors, synonyms, definitions, and how their words begin.

A side is a matrix with a row a term, of length 1 or 0, dense or sparse; how much its cosines count is in `WEIGHTS`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ressenti.ontology.morphology import fold
from ressenti.vocab_builder.embedding import Encoder
from ressenti.vocab_builder.embedding.thesaurus import thesaurus_in
from ressenti.vocab_builder.embedding.total import parts_of
from ressenti.vocab_builder.embedding.words import Rows, beginnings, of_gloss

WEIGHTS: Mapping[str, float] = {
    "light": 0.5, "thesaurus": 0.5, "sentence": 0.5, "synonyms": 1.0, "definition graph": 0.5, "definition": 1.0, "form": 0.6,
}  # fmt: skip
"""Found on accepted terms that are of no family of the probe (``benchmarks/vocab_probe.py --weights``), where no half or double of one is
better by a point; ``sentence`` is taken as ``light``, unmeasured."""

Side = tuple[float, Any]
"""How much it counts, and its rows."""


class Views:
    """The sides from which terms are seen.

    Args:
        encoder: One, or a sum of several.
        glosses: What a dictionary says of terms, by folded term; empty for no dictionary.
        terms: The terms that the weights of rare features are learnt from: those that a place is known of.
        form: Whether terms of one family are alike.
    """

    def __init__(self, encoder: Encoder, glosses: Mapping[str, str], terms: Sequence[str], *, form: bool = True) -> None:
        self._encoders = parts_of(encoder)
        self._graph = thesaurus_in(encoder)
        self._glosses = glosses
        self._form = Rows(map(beginnings, terms)) if form else None
        # How rare a word is must be counted among words of all kinds: « peur » is rare, though not in definitions of fear
        common = sorted(self._graph.synonyms) if self._graph else sorted(glosses)
        self._definitions = Rows(self._definition(term) for term in [*common, *terms]) if glosses else None
        self._synonyms = Rows(self._linked(term) for term in [*common, *terms]) if self._graph else None

    def _definition(self, term: str) -> list[str]:
        return of_gloss(term, self._glosses.get(fold(term), ""))

    def _linked(self, term: str) -> list[str]:
        assert self._graph is not None
        return [fold(term)] * 2 + sorted(self._graph.synonyms.get(fold(term), ()))

    def __call__(self, terms: Sequence[str]) -> list[Side]:
        """The sides of terms, always the same in the same order."""
        glosses = [self._glosses.get(fold(term), "") for term in terms] if self._glosses else None
        sides: list[Side] = []
        for encoder, weight in self._encoders:
            if encoder is self._graph:
                sides.append((weight * WEIGHTS["thesaurus"], self._graph.of_terms(terms)))
                if glosses is not None:
                    sides.append((weight * WEIGHTS["definition graph"], self._graph.of_texts(glosses)))
            else:
                sides.append((weight * WEIGHTS[encoder.name], encoder.encode(terms, glosses)))
        if self._synonyms:
            sides.append((WEIGHTS["synonyms"], self._synonyms([self._linked(term) for term in terms])))
        if self._definitions:
            sides.append((WEIGHTS["definition"], self._definitions([self._definition(term) for term in terms])))
        if self._form:
            sides.append((WEIGHTS["form"], self._form([beginnings(term) for term in terms])))
        return sides

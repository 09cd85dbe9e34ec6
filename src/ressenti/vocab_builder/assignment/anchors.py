"""The terms that a place is known of: what the vocabulary accepts as the name of an emotion, and words that name none."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from os.path import commonprefix

from ressenti.ontology.emotions import Emotions
from ressenti.ontology.morphology import fold
from ressenti.ontology.vocabulary import Entry
from ressenti.vocab_builder.embedding.words import bare
from ressenti.vocab_builder.seeds import seeds, written

Places = Mapping[str, Mapping[str, float]]
"""Folded term to the emotions that it says and the share of each, in all 1; no emotion for a term that says none."""

BACKGROUND = 1500
"""Words without emotion that stand for all others."""
SHORT = 4
"""First letters that a word without emotion may not share with one that says something."""


def accepted(entries: Sequence[Entry], emotions: Emotions) -> dict[str, dict[str, float]]:
    """The terms that name an emotion by themselves, with the emotions' own labels."""
    own = {(term, entry.pos) for entry in entries if entry.mode == "labelled" for term in written(entry.term)}
    own |= {(emotion.labels["fr"], "NOUN") for emotion in emotions.values()}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for seed in seeds(entries, emotions):
        if (seed.term, seed.pos) in own:
            counts[fold(seed.term)][seed.emotion] += 1
    return {term: {key: n / found.total() for key, n in sorted(found.items())} for term, found in sorted(counts.items())}


def background(
    terms: Iterable[str], known: Collection[str], linked: Mapping[str, Collection[str]] | None = None, most: int = BACKGROUND
) -> list[str]:
    """Words that are far from all emotion, to tell emotion from the rest: of a thesaurus, those with no accepted synonym.

    Args:
        terms: Where they are taken from.
        known: Terms of the vocabulary, of every mode, folded.
        linked: Synonyms of each term; None to look at the terms themselves only.
        most: How many; which they are depends on the words alone.
    """
    families = {bare(term)[:SHORT] for term in known if " " not in term}
    far = []
    for term in sorted(set(map(fold, terms)) - set(known)):
        if " " in term or bare(term)[:SHORT] in families or any(other in known for other in (linked or {}).get(term, ())):
            continue
        far.append(term)
    return sorted(sorted(far, key=lambda term: (zlib.crc32(term.encode()), term))[:most])


class Kin:
    """Finds the terms of a word family by how their words begin.

    Args:
        terms: Folded.
    """

    def __init__(self, terms: Iterable[str]) -> None:
        self._by_beginning: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for term in terms:
            for word in _words(term):
                self._by_beginning[word[:SHORT]].add((word, term))

    def __call__(self, term: str) -> set[str]:
        """The terms that share a word's beginning with a term: « peur » → « apeuré » not, « avoir peur » and « peureux » yes."""
        own = [word for word in _words(term) if len(word) > 3] or [bare(term)]
        return {other for a in own for b, other in self._by_beginning.get(a[:SHORT], ()) if _kin(a, b)}


@lru_cache(1 << 16)
def _words(term: str) -> tuple[str, ...]:
    return tuple(bare(term).replace("'", " ").split())


def _kin(a: str, b: str) -> bool:
    if a == b:
        return True
    same = len(commonprefix((a, b)))  # noqa: RUF071 (letters are meant)
    return same >= 4 and same >= 0.6 * min(len(a), len(b)) and max(len(a), len(b)) - same <= 7

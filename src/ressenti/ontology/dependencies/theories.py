"""What two theories of emotion say, carried over to Parrott's words by the alignments (``mappings.sssom.tsv``).

Sources: R. Plutchik, *Emotion: A Psychoevolutionary Synthesis* (1980) and *The Nature of Emotions* (2001), for opposites across his circle
and the dyads that mix two; A. Ortony, G. Clore and A. Collins, *The Cognitive Structure of Emotions* (1988), in ``occ.tsv``.
The score is the product of the confidences of the alignments that were gone through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from pathlib import Path

from ressenti.errors import DataError
from ressenti.ontology.dependencies.records import RELATIONS, Evidence, canonical
from ressenti.ontology.emotions import Emotions
from ressenti.ontology.mappings import Mapping, load_mappings
from ressenti.ontology.plutchik import DYADS, load_plutchik
from ressenti.ontology.plutchik import IRI as PLUTCHIK
from ressenti.ontology.tables import read_table

OCC = "occ-categories_"
"""Ends the IRIs of EmotionML's vocabulary for the theory, before the word."""
OCC_METHODS = {"opposite": "occ-pair", "composition": "occ-compound", "transition": "occ-prospect", "combination": "occ-outcome"}
SAME = ("exactMatch", "closeMatch")
KIND = ("broadMatch", "narrowMatch")
"""Where a theory's word has no match, an emotion that is a kind of it, or that it is a kind of, stands in for it."""


@dataclass(frozen=True, slots=True)
class Match:
    """An emotion that stands for a word of a theory."""

    key: str
    confidence: float
    how: str


def matches(mappings: Sequence[Mapping], emotions: Emotions, beginning: str, word: str, *, kinds: bool) -> list[Match]:
    """Emotions that are the same as a theory's word, or nearly; else, if asked for, those one step broader or narrower.

    Args:
        mappings: The alignments.
        emotions: The emotions.
        beginning: What stands before the word in the IRI of the theory's emotion, at least its end.
        word: The word.
        kinds: Whether broader and narrower ones will do.
    """
    names = {"".join(part.capitalize() for part in key.split("-")): key for key in emotions}
    found = [mapping for mapping in mappings if mapping.object.endswith(beginning + word)]
    for wanted in (SAME, KIND) if kinds else (SAME,):
        some = [
            Match(names[name], mapping.confidence, how)
            for mapping in found
            if (how := mapping.predicate.rpartition("#")[2]) in wanted and (name := mapping.subject.rpartition("#")[2]) in names
        ]
        if some:
            return some
    return []


def across_the_circle(emotions: Emotions, mappings: Sequence[Mapping] | None = None) -> Iterator[Evidence]:
    """Opposites: what stands four places apart on Plutchik's circle of eight."""
    circle = [emotion for emotion in load_plutchik().values() if emotion.kind == "basic"]
    mappings = load_mappings() if mappings is None else mappings
    for one, two in zip(circle, circle[len(circle) // 2 :], strict=False):
        sides = [matches(mappings, emotions, PLUTCHIK, emotion.name, kinds=True) for emotion in (one, two)]
        yield from _carried("opposite", "plutchik-circle", (one.key, two.key), sides, "Plutchik 1980, 2001", "", emotions)


def dyads(emotions: Emotions, mappings: Sequence[Mapping] | None = None) -> Iterator[Evidence]:
    """Compositions: Plutchik's dyads of which the whole and both parts have a match; a kind of trust is not yet trust."""
    plutchik = load_plutchik()
    mappings = load_mappings() if mappings is None else mappings
    for dyad in plutchik.values():
        if dyad.kind in DYADS:
            words = [dyad, *(plutchik[part] for part in dyad.parts)]
            sides = [matches(mappings, emotions, PLUTCHIK, word.name, kinds=False) for word in words]
            yield from _carried("composition", "plutchik-dyad", [word.key for word in words], sides, dyad.source, dyad.kind, emotions)


def appraisals(emotions: Emotions, mappings: Sequence[Mapping] | None = None) -> Iterator[Evidence]:
    """Opposites, compositions, transitions and combinations of the theory of Ortony, Clore and Collins."""
    path = Path(__file__).with_name("occ.tsv")
    mappings = load_mappings() if mappings is None else mappings
    for line, row in read_table(path, ("relation", "first", "second", "third", "why")):
        words = [row[column] for column in ("first", "second", "third") if row[column]]
        if row["relation"] not in OCC_METHODS or len(words) != RELATIONS[row["relation"]]:
            raise DataError(path, line, f"does not fit: {len(words)} emotions in the relation {row['relation']!r}")
        sides = [matches(mappings, emotions, OCC, word, kinds=True) for word in words]
        method = OCC_METHODS[row["relation"]]
        yield from _carried(row["relation"], method, words, sides, "Ortony, Clore and Collins 1988", row["why"], emotions)


def _carried(
    relation: str, method: str, words: Sequence[str], sides: Sequence[Sequence[Match]], source: str, why: str, emotions: Emotions
) -> Iterator[Evidence]:
    """One piece of evidence for each way of reading the words as emotions that makes a dependency."""
    for chosen in product(*sides):
        keys = [match.key for match in chosen]
        if len(set(keys)) < len(keys) or _circular(relation, keys, emotions):
            continue
        detail = "; ".join(filter(None, (why, *(_read_as(word, match) for word, match in zip(words, chosen, strict=True)))))
        score = prod(match.confidence for match in chosen)
        yield Evidence(relation, canonical(relation, keys, emotions), method, 1, source, detail, score=score)


def _read_as(word: str, match: Match) -> str:
    name = word if word == match.key else f"{match.key} for {word}"
    return name if match.how in SAME else f"{name} ({match.how})"


def _circular(relation: str, keys: Sequence[str], emotions: Emotions) -> bool:
    """Whether an emotion would be opposed to one above it, or mixed of one below it."""
    if relation == "opposite":
        return keys[0] in emotions.lineage(keys[1]) or keys[1] in emotions.lineage(keys[0])
    return relation == "composition" and any(keys[0] in emotions.lineage(part) for part in keys[1:])

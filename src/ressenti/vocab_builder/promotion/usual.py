"""What a new term usually has in the columns that a reviewer left empty, by the accepted entries most like it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest
from operator import itemgetter

from ressenti.ontology.emotions import Emotions
from ressenti.ontology.vocabulary import Entry

DEFAULTS: Mapping[str, str] = {
    "NOUN": "noun-cause", "VERB": "obj", "ADJ": "adj-cause", "ADV": "adverb", "INTJ": "interjection", "PHRASE": "adj-cause",
}  # fmt: skip
"""The construction of each part of speech where no accepted entry is like the term."""
NEAREST = 10
"""How many entries vote. Of entries that name an emotion, each hidden with all of its term, .83 get a construction that they have, where
the defaults give .63, and five or twenty voters no more; the intensity is right for .78."""

ENDING: Mapping[str, float] = {"NOUN": 0.2, "ADJ": 1.0}
"""What each letter of the same ending counts (.5 for others): *-ant* says much of an adjective, *-tion* little of a noun."""
MEANING: Mapping[str, float] = {"NOUN": 1.0, "ADJ": 1.0}
"""What each tier of the same emotion counts (.5 for others): whether a noun has a target is a matter of love and hate."""


@dataclass(frozen=True, slots=True)
class Usual:
    """A construction, a mode and an intensity; the keys of the vocabulary's columns."""

    construction: str
    mode: str
    intensity: str


@dataclass(frozen=True, slots=True)
class _Known:
    """An entry with what is compared of it, taken apart once."""

    entry: Entry
    words: Sequence[str]
    lineage: Sequence[str]


class Habits:
    """The accepted entries, asked what a term like them has.

    Two terms are alike when they are built alike (as many words, the same first word of several, the same ending of one) and say nearly
    the same (the same emotion, group or primary). The most similar ones vote.

    Args:
        entries: A vocabulary. Of its entries those that name an emotion count, and interjections.
        emotions: The tree.
    """

    def __init__(self, entries: Iterable[Entry], emotions: Emotions) -> None:
        self._emotions = emotions
        self._by_pos: dict[str, list[_Known]] = defaultdict(list)
        for entry in entries:
            if entry.mode == "labelled" or entry.pos == "INTJ":
                self._by_pos[entry.pos].append(_Known(entry, _words(entry.term), emotions.lineage(entry.emotion)))

    def usual(self, term: str, pos: str, emotion: str, construction: str = "") -> Usual:
        """What a term usually has.

        Args:
            term: As in the vocabulary; entries of the same term do not vote.
            pos: Its part of speech.
            emotion: Key of the emotion that it says.
            construction: Where it is known already; it is returned as it is.
        """
        default, others = DEFAULTS[pos], [known for known in self._by_pos[pos] if known.entry.term != term]
        if not construction:
            words, lineage = _words(term), self._emotions.lineage(emotion)
            scored = [(_likeness(term, words, lineage, known), known.entry.construction) for known in others]
            construction = _vote(nlargest(NEAREST, scored, key=itemgetter(0)), default)  # the first of equal ones, as sorting would
        same = [(1.0, known.entry.intensity) for known in others if known.entry.emotion == emotion]
        return Usual(construction, "displayed" if construction == "interjection" else "labelled", _vote(same, "medium"))


def _words(term: str) -> list[str]:
    return [word.strip("[]") for word in term.split() if word != "…"]


def _likeness(term: str, words: Sequence[str], lineage: Sequence[str], known: _Known) -> float:
    """How alike an entry is, in form and in meaning."""
    score, others, entry = 0.0, known.words, known.entry
    if len(words) > 1 and len(others) > 1:
        score += 3.0 * (words[0] == others[0]) + 2.0 * (words[1] == others[1]) + 0.5 * (len(words) == len(others))
    elif len(words) == len(others):
        ending = next((n for n in (3, 2, 1) if term[-n:] == entry.term[-n:]), 0)
        score += 1.0 + ENDING.get(entry.pos, 0.5) * ending
    return score + MEANING.get(entry.pos, 0.5) * sum(a == b for a, b in zip(lineage, known.lineage, strict=False))


def _vote(ballots: Iterable[tuple[float, str]], default: str) -> str:
    """The value with the most weight; of equal ones the default, else the first by name."""
    weights: dict[str, float] = defaultdict(float)
    for weight, value in ballots:
        weights[value] += weight
    return min(weights, key=lambda value: (-weights[value], value != default, value)) if weights else default

"""Sequences of words with a place for a term: « qui éprouver de X », in the definitions of a dictionary and in texts.

The tables of patterns are ``data/gloss_patterns_fr.tsv`` and ``data/corpus_patterns_fr.tsv``. In a pattern:

- a word stands for itself, folded; ``a|b`` for either; ``éprouver/V``, ``état/N`` and ``fou/A`` for all their forms; ``@felt`` for a
  class of the rules' word classes;
- a word in parentheses may be missing; ``~`` is room for words of degree, up to three;
- ``X:NOUN`` is the term, with its part of speech; ``X!:NOUN`` has no determiner before it (in a text; a definition is read without its
  determiners). Words after it must follow.

Determiners are no words here, and « du », « des », « d' » are « de », « au » is « à », « qu' » is « que »: « plein de la honte » and
« plein d'une honte » are the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol, TypeVar

from ressenti.errors import DataError
from ressenti.ontology.morphology import fold
from ressenti.ontology.tables import read_table
from ressenti.ontology.vocabulary import POS
from ressenti.rules.words import MARKS, Words, forms_of, load_words

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
DATA = Path(__file__).parent.parent / "data"
WORDS = DATA / "pattern_words_fr.yaml"
COLUMNS = ("pattern", "says", "pos", "strength", "example")
STRENGTHS = ("strong", "weak")
"""A weak pattern lets in what is no emotion: « avec X »."""
ROOM = 3
"""Words that may stand in the place of ``~``."""

_SLOT = re.compile(r"X(!?):([A-Z]+)")
_ELIDED = {
    "d'": "de",
    "l'": "le",
    "qu'": "que",
    "s'": "se",
    "m'": "me",
    "t'": "te",
    "j'": "je",
    "n'": "ne",
    "c'": "ce",
    "lorsqu'": "lorsque",
}
_FULL = {"du": "de", "des": "de", "au": "à", "aux": "à"} | _ELIDED
_DETERMINERS = frozenset(
    "le la les l' un une mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet cette ces quelque certain certaine".split()
)


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern: words, ``~``, or the term.

    Attributes:
        forms: What may stand here; empty for ``~`` and the term.
        optional: It may be missing.
        slot: The term's part of speech, empty for other places.
        bare: No determiner may stand before the term.
    """

    forms: frozenset[str]
    optional: bool = False
    slot: str = ""
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A line of a table of patterns.

    Attributes:
        elements: Its places, in order.
        says: How it is told, with X for the term: « sentiment de X ».
        pos: Part of speech of the word that is defined, or of the term.
        strong: Whether it hardly lets in what is no emotion.
        example: Words in which it is found.
        line: Of the table.
    """

    elements: tuple[Element, ...]
    says: str
    pos: str
    strong: bool
    example: str
    line: int


def own_words() -> Words:
    """The word classes of ``data/pattern_words_fr.yaml``."""
    return load_words(WORDS)


@cache
def load_patterns(path: Path) -> tuple[Pattern, ...]:
    """Read a table of patterns.

    Raises:
        DataError: File, line and reason of the first line that cannot be used.
    """
    found = []
    for number, row in read_table(path, COLUMNS):
        allowed = {"pos": POS, "strength": STRENGTHS}
        for column, values in allowed.items():
            if row[column] not in values:
                raise DataError(path, number, f"unknown {column} {row[column]!r}; write one of {', '.join(values)}")
        elements = tuple(_element(path, number, word) for word in row["pattern"].split())
        if sum(bool(e.slot) for e in elements) != 1:
            raise DataError(path, number, f"the pattern {row['pattern']!r} must have one X, such as X:NOUN")
        if "X" not in row["says"]:
            raise DataError(path, number, f"the column 'says' has no X: {row['says']!r}")
        found.append(Pattern(elements, row["says"], row["pos"], row["strength"] == "strong", row["example"], number))
    return tuple(found)


def _element(path: Path, line: int, word: str) -> Element:
    if word == "~":
        return Element(frozenset(), optional=True)
    if slot := _SLOT.fullmatch(word):
        if slot[2] not in POS:
            raise DataError(path, line, f"unknown part of speech in {word!r}; write one of {', '.join(POS)}")
        return Element(frozenset(), slot=slot[2], bare=bool(slot[1]))
    optional = word.startswith("(") and word.endswith(")")
    forms: set[str] = set()
    for choice in word.strip("()").split("|"):
        if choice.startswith("@"):
            classes = next((words for words in (own_words(), load_words()) if choice[1:] in words), None)
            if classes is None:
                raise DataError(path, line, f"unknown word class {choice!r}; the classes are in rules/fr/words.yaml and {WORDS.name}")
            forms |= classes[choice[1:]]
            continue
        lemma, _, mark = choice.partition("/")
        if mark and mark not in MARKS:
            raise DataError(path, line, f"unknown mark in {choice!r}; /V, /N and /A are known")
        forms |= forms_of(lemma, MARKS[mark], path, line) if mark else {fold(lemma)}
    return Element(frozenset(_FULL.get(form, form) for form in forms), optional)


def words_of(forms: Sequence[str]) -> tuple[list[str], list[int]]:
    """Folded forms as patterns see them, and where each stands among the given ones: without determiners, contracted ones in full."""
    words, places = [], []
    for i, form in enumerate(forms):
        if form in _DETERMINERS:
            continue
        words.append(_FULL.get(form, form))
        places.append(i)
    return words, places


class Take(Protocol[T_co]):
    """What terms may begin at a word."""

    def __call__(self, i: int, place: Element, /) -> Iterator[tuple[int, T_co]]:
        """Index after each term, and what is to be said of it."""
        ...


class Matcher:
    """Finds patterns in words.

    Args:
        patterns: A table's.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        self._by_first: dict[str, list[Pattern]] = defaultdict(list)
        self._anywhere: list[Pattern] = []
        for pattern in patterns:
            openings = _openings(pattern.elements)
            if openings is None:
                self._anywhere.append(pattern)
                continue
            for form in openings:
                self._by_first[form].append(pattern)

    def __contains__(self, form: object) -> bool:
        """Whether some pattern begins with a form."""
        return form in self._by_first

    def at(self, words: Sequence[str], i: int, take: Take[T], skip: Callable[[int, bool], bool]) -> Iterator[tuple[Pattern, T]]:
        """The patterns that begin at a word, in the order of the table, each with what stands in the place of its term.

        Args:
            words: Of `words_of`.
            i: Index of the first.
            take: From an index and the place of the term to the terms that may begin there.
            skip: Whether a word may stand in the place of ``~``; true is passed on where a word must follow that is no term, and any may
                stand there.
        """
        for pattern in (*self._by_first.get(words[i], ()), *self._anywhere):
            for payload in _walk(pattern.elements, 0, words, i, take, skip):
                yield pattern, payload
                break


def _openings(elements: Sequence[Element]) -> frozenset[str] | None:
    """The forms with which a pattern begins; None when it may begin with its term or a word of degree."""
    forms: frozenset[str] = frozenset()
    for element in elements:
        if not element.forms:
            return None
        forms |= element.forms
        if not element.optional:
            return forms
    return forms


def _walk(
    elements: Sequence[Element], at: int, words: Sequence[str], i: int, take: Take[T],
    skip: Callable[[int, bool], bool],
) -> Iterator[T]:  # fmt: skip
    element = elements[at]
    if element.slot:
        for end, payload in take(i, element):
            if _follows(elements, at + 1, words, end):
                yield payload
        return
    if not element.forms:
        following = elements[at + 1] if at + 1 < len(elements) else element
        yield from _walk(elements, at + 1, words, i, take, skip)
        for j in range(i, min(i + ROOM, len(words))):
            if not skip(j, bool(following.forms) and not following.optional):
                return
            yield from _walk(elements, at + 1, words, j + 1, take, skip)
        return
    if i < len(words) and words[i] in element.forms:
        yield from _walk(elements, at + 1, words, i + 1, take, skip)
    if element.optional:
        yield from _walk(elements, at + 1, words, i, take, skip)


def _follows(elements: Sequence[Element], at: int, words: Sequence[str], i: int) -> bool:
    for element in elements[at:]:
        if i < len(words) and words[i] in element.forms:
            i += 1
        elif not element.optional:
            return False
    return True

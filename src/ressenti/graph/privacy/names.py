"""The names of persons and places in a narrative: by spaCy's entity recogniser, by lists of first names, and by what is a name elsewhere.

A name missed stays readable, a word wrongly taken for a name reads oddly: where both are possible, we take it for a name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ressenti.corpora.language import function_words
from ressenti.graph.privacy.rewriting import WORD
from ressenti.graph.privacy.table import is_reserved
from ressenti.ontology.morphology import fold
from ressenti.rules.parser import load_pipeline
from ressenti.rules.text import sentences
from ressenti.rules.words import load_words
from ressenti.schema import Narrative

if TYPE_CHECKING:
    from spacy.language import Language

_TITLES, _NO_NAMES = load_words()["titles_before_names"], load_words()["no_names_alone"]
_PRONOUNS = {"il": "m", "lui": "m", "elle": "f"}
_LANDS = {"lands_f": ("en", "la", "l"), "lands_m": ("au", "du", "le"), "lands_p": ("aux", "des", "les")}
_HYPHENS = ("-", "‐", "‑")
_PART = re.compile(r"(?<![^\W\d_])(?P<part>[^\W\d_]+)(?P<sign>\.?[ \u00a0\u202f]|[-‐‑’'])$")
_BEFORE = re.compile(r"(?:(?P<elided>[^\W\d_]+)[’']|(?P<word>[^\W\d_]+)\.?[ \u00a0\u202f]+)$")


@dataclass(frozen=True, slots=True)
class Name:
    """A word that is a name, or part of one.

    Attributes:
        start, end: In the text, in Unicode code points, end exclusive.
        word: As it stands there; « Saint-Brieuc » and « N’Guyen » are one.
        kind: A kind of pseudonym (keys of ``pseudonyms.yaml``).
        elided: Whether « d' », « l' » or the like stands before it.
    """

    start: int
    end: int
    word: str
    kind: str
    elided: bool


@cache
def load_recogniser() -> Language:
    """The part of the French pipeline that finds names; loaded once.

    Raises:
        RessentiError: The package is not installed.
    """
    return load_pipeline("parser", "lemmatizer", "attribute_ruler", "senter")


def find_names(narrative: Narrative, nlp: Language, known: Mapping[str, str]) -> list[Name]:
    """The names in the text, in order.

    Args:
        narrative: With its entities, whose pronouns tell the gender of a name.
        nlp: As from :func:`load_recogniser`.
        known: Names of earlier texts, in the spelling met.
    """
    text = narrative.text
    words = [(match.start(), match.end(), match[0]) for match in WORD.finditer(text)]
    labels, proper, firsts = _parsed(text, nlp)
    cues = {place for mention in narrative.mentions for start, end in mention.cue for place in range(start, end)}
    found: dict[int, str] = {}
    for number, (start, end, word) in enumerate(words):
        label, inside = labels.get(start, ("", 0))
        after = _word_before(text, start)
        met = word in known or text[whole(text, start) : end] in known
        if is_reserved(word) or (start not in cues and _is_name(word, label, start in proper, start in firsts, met, after)):
            if number - 1 in found and text[words[number - 1][1] : start] in _HYPHENS and label != "LOC":
                found[number] = found[number - 1]  # « Anne-Sophie »
            else:
                before = words[number - 1][2] if number else ""
                found[number] = _kind(text, start, word, label, inside, before)
    spelled = {words[number][2]: kind for number, kind in found.items() if words[number][2][0].isupper()}
    for number, (start, _, word) in enumerate(words):  # found in one place, it is a name in the others
        if number not in found and word in spelled and start not in cues:
            found[number] = spelled[word]
    genders = _genders(narrative)
    names = []
    for number in sorted(found):
        start, end, word = words[number]
        kind = found[number]
        if kind == "first":
            kind = f"first_{_gender(word) or genders.get(word) or _gender_by(_word_before(text, start)) or 'm'}"
        begin = whole(text, start, firsts)
        if begin < start and cues.isdisjoint(range(begin, start)):
            start, word = begin, text[begin:end]
            kind = "towns" if kind in _LANDS else kind  # « à La Rochelle »
        before_it = _BEFORE.search(text, max(0, start - 40), start)
        names.append(Name(start, end, word, kind, bool(before_it and before_it["elided"])))
    return names


def whole(text: str, start: int, firsts: Collection[int] = (), articles: bool = True) -> int:
    """Where a name begins: « Saint-Brieuc », « N’Guyen » and « Le Goff » before what is listed or looks like a name.

    Args:
        text: In which it stands.
        start: Of its last word, which has a capital.
        firsts: Where sentences begin: « La Marie » there is no « La Tour ».
        articles: Whether an article may be part of it.
    """
    found = _PART.search(text, max(0, start - 20), start)
    if not found or not found["part"][0].isupper() or not text[start].isupper():
        return start
    words, part = load_words(), found["part"].lower()
    if found["sign"] in "’'":
        joined = part in words["elided_in_names"]
    else:
        joined = part in words["joined_to_names"] or (articles and part in words["articles_in_names"] and found.start() not in firsts)
    return found.start() if joined else start


def _parsed(text: str, nlp: Language) -> tuple[dict[int, tuple[str, int]], set[int], set[int]]:
    """By where words begin: the entity that they are in with their rank in it; those that are proper nouns; those that begin a sentence."""
    labels: dict[int, tuple[str, int]] = {}
    proper: set[int] = set()
    firsts: set[int] = set()
    plain = text.replace("’", "'")
    spans = list(sentences(plain))
    with nlp.memory_zone():  # else every word ever met is kept
        for (offset, end), doc in zip(spans, nlp.pipe(plain[start:end] for start, end in spans), strict=True):
            if first := WORD.search(plain, offset, end):
                firsts.add(first.start())
            for token in doc:
                if token.pos_ == "PROPN":
                    proper.add(offset + token.idx)
            for entity in doc.ents:
                if entity.label_ in ("PER", "LOC"):
                    start, stop = offset + entity.start_char, offset + entity.end_char
                    for rank, match in enumerate(WORD.finditer(plain, start, stop)):
                        labels[match.start()] = (entity.label_, rank)
    return labels, proper, firsts


def _is_name(word: str, label: str, proper: bool, first: bool, known: bool, after: str) -> bool:
    """Whether a word is a name.

    Args:
        word: As it stands in the text.
        label: That of the entity that it is in, or empty.
        proper: Whether it is tagged as a proper noun.
        first: Whether it begins a sentence, where a capital says nothing.
        known: Whether it is a name in another text.
        after: The word before it, folded; empty where punctuation parts them.
    """
    low = fold(word)
    if not word[0].isupper() or len(word) < 2 or low in _TITLES or low in _NO_NAMES or (first and low in function_words("fr")):
        return False
    if _listed(low):
        return True
    if low in load_words()["persons"]:  # « Maman »
        return False
    if not first and (after in _TITLES or after in load_words()["persons"]):  # « Mamie Ginette », « mon voisin Dubreuil »
        return True
    if first:
        return proper and (bool(label) or known)
    # The name of a firm tells where somebody works; « SNCF » and the like tell little
    return bool(label) or known or (proper and not word.isupper())


def _kind(text: str, start: int, word: str, label: str, rank: int, before: str) -> str:
    previous = _word_before(text, start)
    if label == "LOC" and not _gender(word):
        return next((kind for kind, leads in _LANDS.items() if previous in leads), "towns")
    after_title = previous in _TITLES or fold(before) in _TITLES
    if not after_title and (_listed(fold(word)) or rank == 0):
        return "first"
    return "surnames"


def _word_before(text: str, start: int) -> str:
    found = _BEFORE.search(text, max(0, start - 40), start)
    return fold(found["word"] or found["elided"]) if found else ""


def _genders(narrative: Narrative) -> dict[str, str]:
    """Words of the names of entities to the gender that their pronouns have."""
    found: dict[str, str] = {}
    for entity in narrative.entities:
        forms = [fold(narrative.text[start:end]) for start, end in entity.mentions]
        gender = next((_PRONOUNS[form] for form in forms if form in _PRONOUNS), "")
        if gender:
            for start, end in entity.mentions:
                found |= {match[0]: gender for match in WORD.finditer(narrative.text, start, end) if match[0][0].isupper()}
    return found


def first_name(word: str) -> str:
    """The kind of pseudonym for a word that the lists have as a first name, in whatever case; empty where they do not."""
    low = fold(word)
    return f"first_{_gender(word) or 'm'}" if _listed(low) and low not in _NO_NAMES else ""


def is_text(key: str, string: str) -> bool:
    """Whether a string beside the text is long enough for the recogniser, so that names are found in it as in the text.

    Args:
        key: Under which it stands; labels and reporters are words of the text, which has told already what is a name.
        string: The whole of it.
    """
    words = WORD.findall(string)
    return key not in ("label", "reported", "id") and (len(words) > 3 or any(word[0].isupper() for word in words[1:]))


def _listed(low: str) -> bool:
    words = load_words()
    return any(low in words[name] for name in ("names_m", "names_f", "names_either"))


def _gender_by(before: str) -> str:
    return "f" if before in load_words()["women_before_names"] else ""


def _gender(word: str) -> str:
    words, low = load_words(), fold(word)
    return "m" if low in words["names_m"] else "f" if low in words["names_f"] else ""

"""What is known of words for persons: nouns with gender and number, ties of kinship, first names, verbs of saying (``fr/people.yaml``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ressenti.errors import DataError, unknown
from ressenti.ontology.morphology import fold
from ressenti.rules.words import FRENCH, NAMES, forms_of, load_words
from ressenti.rules.yaml_lines import Map, Text, listed, read_yaml, sections

_GENDERS = {"m": "m", "f": "f", "e": "", "p": "", "victims": "", "groups": ""}
_SECTIONS = frozenset("relations ties nouns adjectives titles saying human human_objects neuter impersonal indefinite_on".split()) | {
    "bare",
    "between",
    "dear",
    "endearments",
    "epithets",
    "naming",
    "no_infinitives",
    "no_names",
}
_FORMS = ("bare", "between", "dear", "endearments", "epithets", "naming", "no_infinitives", "no_names")
_NARRATOR = "NARRATOR"


@dataclass(frozen=True, slots=True)
class Noun:
    """A form of a noun for a person.

    Attributes:
        lemma: Its lemma; forms of one lemma may name the same person again.
        tie: The tie of kinship or love that it names, or empty.
        gender: ``m``, ``f``, or empty where the article tells.
        plural: Whether the form is a plural only.
        group: Whether it is a singular for several persons.
    """

    lemma: str
    tie: str
    gender: str
    plural: bool
    group: bool


@dataclass(frozen=True, slots=True)
class People:
    """The content of ``people.yaml``; every word is a folded form.

    Attributes:
        nouns: Forms of nouns for persons and animals.
        ties: Tie of one who is tied to the narrator, then a tie to that one, to the tie to the narrator (or ``NARRATOR``).
        words: Further forms, by section: ``bare`` (kinship words that stand without a determiner), ``between`` (what stands between a
            determiner and its noun), ``dear``, ``endearments``, ``epithets``, ``naming``, ``no_infinitives``, ``no_names``.
        adjectives: Forms that are persons only as the head of a phrase.
        titles: Titles before a name, with their gender.
        names: First names (``fr/words/names.yaml``) with the gender of who bears them, empty where either does.
        saying: Forms of verbs of speech and thought.
        human: Forms of verbs whose subject is a person.
        human_objects: Forms of verbs whose object mostly is a person.
        neuter: Forms of verbs before which « le » is what is said.
        impersonal: What follows an impersonal « il », clitics and negation left out.
        indefinite_on: What follows an « on » that is nobody in particular.
    """

    nouns: Mapping[str, Noun]
    ties: Mapping[str, Mapping[str, str]]
    words: Mapping[str, frozenset[str]]
    adjectives: frozenset[str]
    titles: Mapping[str, str]
    names: Mapping[str, str]
    saying: frozenset[str]
    human: frozenset[str]
    human_objects: frozenset[str]
    neuter: frozenset[str]
    impersonal: frozenset[tuple[str, ...]]
    indefinite_on: frozenset[tuple[str, ...]]


@cache
def load_people(path: Path = FRENCH / "people.yaml") -> People:
    """Read the words for persons.

    Raises:
        DataError: A section, gender or tie that does not exist, or a word that cannot be inflected; with its line.
    """
    data = sections(path, read_yaml(path), _SECTIONS, "section", "sections")
    nouns: dict[str, Noun] = {}
    for tie, genders in _map(path, data["relations"]).items():
        for form, noun in _nouns(path, genders, str(tie)):
            nouns.setdefault(form, noun)
    for form, noun in _nouns(path, data["nouns"], ""):
        nouns.setdefault(form, noun)
    saying, human, objects, neuter = (frozenset(_verb_forms(path, data[name])) for name in ("saying", "human", "human_objects", "neuter"))
    impersonal, on = (frozenset(tuple(fold(p).split()) for p in listed(data[name])) for name in ("impersonal", "indefinite_on"))
    adjectives = frozenset(form for word in listed(data["adjectives"]) for form in (fold(word), *forms_of(word, "NOUN", path, word.line)))
    titles = _by_gender(path, data["titles"])
    names = {form: gender for section, gender in NAMES.items() for form in load_words()[section]}
    words = {name: frozenset(fold(word) for word in listed(data[name])) for name in _FORMS}
    return People(
        nouns,
        _ties(path, data["ties"], data["relations"]),
        words,
        adjectives,
        titles,
        names,
        saying,
        human,
        objects,
        neuter,
        impersonal,
        on,
    )


def _map(path: Path, value: object) -> Map:
    if not isinstance(value, Map):
        raise DataError(path, getattr(value, "line", None), "must be a mapping here")
    return value


def _nouns(path: Path, genders: object, tie: str) -> Iterator[tuple[str, Noun]]:
    for gender, words in sorted(_map(path, genders).items(), key=lambda item: item[0] != "e"):  # what is said of either goes before
        if gender not in _GENDERS:
            raise DataError(path, gender.line, unknown("gender", gender, _GENDERS))
        for word in listed(words):
            lemma = fold(word)
            if gender == "p":
                yield lemma, Noun(tie or lemma, tie, "", True, False)
                continue
            noun = (tie and f"{tie}-{gender}") or lemma, tie, _GENDERS[gender]
            yield lemma, Noun(*noun, False, gender == "groups")
            for form in forms_of(word, "NOUN", path, word.line) - {lemma}:
                yield form, Noun(*noun, True, False)


def _ties(path: Path, value: object, known: Iterable[str]) -> dict[str, dict[str, str]]:
    known = {str(name) for name in known}
    found: dict[str, dict[str, str]] = {}
    for tie, others in _map(path, value).items():
        for name in (tie, *_map(path, others), *others.values()):
            if name not in known and name != _NARRATOR:
                raise DataError(path, name.line, unknown("tie", name, known))
        found[str(tie)] = {str(other): str(result) for other, result in others.items()}
    return found


def _by_gender(path: Path, value: object) -> dict[str, str]:
    found: dict[str, str] = {}
    for gender, words in _map(path, value).items():
        if gender not in _GENDERS:
            raise DataError(path, gender.line, unknown("gender", gender, _GENDERS))
        found |= {fold(word): _GENDERS[gender] for word in listed(words)}
    return found


def _verb_forms(path: Path, words: object) -> Iterator[str]:
    for word in listed(words):
        assert isinstance(word, Text)
        yield from forms_of(word.removeprefix("s'"), "VERB", path, word.line)

"""The word classes of ``fr/words.yaml`` and ``fr/words/*.yaml``: clitics, determiners, support verbs, persons …"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ressenti.errors import DataError, unknown
from ressenti.ontology.morphology import fold, inflect
from ressenti.rules.yaml_lines import Map, Text, listed, read_yaml

_NONE: frozenset[str] = frozenset()
FRENCH = Path(__file__).parent / "fr"
SECTIONS = {"forms": None, "verbs": "VERB", "nouns": "NOUN", "adjectives": "ADJ"}
"""Sections of a file of word classes, with the part of speech by which their words are inflected."""
NAMES = {"names_m": "m", "names_f": "f", "names_either": ""}
"""Classes of first names, with the gender of who bears them."""
MARKS = {"V": "VERB", "N": "NOUN", "A": "ADJ"}
"""What may follow a citation form after a slash: « rendre/V »."""


class Words:
    """Classes of word forms, by name.

    ``words["persons"]`` is the set of all forms of the class, folded.
    """

    def __init__(self, classes: Mapping[str, frozenset[str]]) -> None:
        self._classes = classes
        of: dict[str, set[str]] = defaultdict(set)
        for name, forms in classes.items():
            for form in forms:
                of[form].add(name)
        self._of = {form: frozenset(names) for form, names in of.items()}

    def classes_of_all(self, forms: Iterable[str]) -> list[frozenset[str]]:
        """Names of the classes of each of the folded forms."""
        of = self._of.get
        return [of(form, _NONE) for form in forms]

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._classes[name]

    def __contains__(self, name: object) -> bool:
        return name in self._classes

    def __iter__(self) -> Iterator[str]:
        return iter(self._classes)


@cache
def load_words(path: Path = FRENCH / "words.yaml") -> Words:
    """Read the classes and inflect their verbs, nouns and adjectives.

    Args:
        path: A file; the files of the folder of the same name beside it (``words/``) are read too.

    Raises:
        DataError: A file is not YAML, has an unknown section, a word cannot be inflected, or a class is given twice; with its line.
    """
    classes: dict[str, frozenset[str]] = {}
    for file in _files(path):
        data = read_yaml(file)
        if not isinstance(data, Map):
            raise DataError(file, 1, f"must hold sections of word classes: {', '.join(SECTIONS)}")
        for name, forms in read_classes(file, data):
            if name in classes:
                raise DataError(file, name.line, f"the word class {str(name)!r} exists already; choose another name")
            classes[str(name)] = forms
    return Words(classes)


def _files(path: Path) -> list[Path]:
    return [path, *sorted(path.with_suffix("").glob("*.y*ml"))]


def place_of(name: str) -> str:
    """File and line of a shipped class, for who gives the name again."""
    for file in _files(FRENCH / "words.yaml"):
        for content in read_yaml(file).values():
            if (key := next((key for key in content if key == name), None)) is not None:
                return f"{file}:{key.line}"
    raise KeyError(name)


def read_classes(path: Path, sections: Map) -> Iterable[tuple[Text, frozenset[str]]]:
    """The classes of a file, by section.

    Args:
        path: The file, for what is wrong.
        sections: ``forms``, ``verbs``, ``nouns`` or ``adjectives`` to class names to words; « =fichu » is a form alone.

    Raises:
        DataError: An unknown section, a class that is no list, or a word that cannot be inflected; with its line.
    """
    for section, content in sections.items():
        if section not in SECTIONS:
            raise DataError(path, section.line, unknown("section", section, SECTIONS))
        if not isinstance(content, Map):
            raise DataError(path, section.line, f"the section {str(section)!r} must map names of classes to lists of words")
        for name, words in content.items():
            if not isinstance(words, list):
                raise DataError(path, name.line, f"the word class {str(name)!r} must be a list of words, in square brackets")
            yield name, _class(path, words, SECTIONS[section])


def _class(path: Path, words: Iterable[Any], pos: str | None) -> frozenset[str]:
    forms: set[str] = set()
    for word in words:
        if not isinstance(word, Text):
            raise DataError(path, None, "a word class holds words, no lists or mappings")
        if word.startswith("="):  # a form alone: « fichu »
            forms.add(fold(word[1:]))
            continue
        forms.add(fold(word))
        if pos is not None:
            forms |= forms_of(word, pos, path, word.line)
    return frozenset(forms)


def forms_of(lemma: str, pos: str, path: str | Path, line: int | None = None) -> frozenset[str]:
    """All folded forms of a word.

    Raises:
        DataError: The word cannot be inflected; said of the given file and line.
    """
    try:
        return _folded(str(lemma), pos)
    except ValueError as error:
        raise DataError(path, line, str(error)) from None


def forms_in(content: Mapping[str, Any], path: Path) -> frozenset[str]:
    """All folded forms of the words that a mapping lists under the `SECTIONS`.

    Raises:
        DataError: A word cannot be inflected; with its line.
    """
    forms: set[str] = set()
    for section, pos in SECTIONS.items():
        for word in listed(content.get(section)):
            forms |= {fold(word)} if pos is None else forms_of(word, pos, path, word.line)
    return frozenset(forms)


@cache
def _folded(lemma: str, pos: str) -> frozenset[str]:
    return frozenset([fold(form.text) for form in inflect(lemma, pos)])

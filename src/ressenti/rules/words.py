"""The word classes of ``fr/words.yaml``: clitics, determiners, support verbs, persons …"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import yaml

from ressenti.errors import DataError
from ressenti.ontology.morphology import fold, inflect

_NONE: frozenset[str] = frozenset()
FRENCH = Path(__file__).parent / "fr"


class Words:
    """Classes of word forms, by name.

    ``words["persons"]`` is the set of all forms of the class, folded.
    """

    def __init__(self, classes: dict[str, frozenset[str]]) -> None:
        self._classes = classes
        of: dict[str, set[str]] = defaultdict(set)
        for name, forms in classes.items():
            for form in forms:
                of[form].add(name)
        self._of = {form: frozenset(names) for form, names in of.items()}

    def classes_of(self, form: str) -> frozenset[str]:
        """Names of the classes that hold a folded form."""
        return self._of.get(form, _NONE)

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._classes[name]

    def __contains__(self, name: object) -> bool:
        return name in self._classes


@cache
def load_words(path: Path = FRENCH / "words.yaml") -> Words:
    """Read the classes and inflect their verbs and nouns.

    Raises:
        DataError: The file is not YAML, or a verb cannot be inflected.
    """
    try:
        # BaseLoader: « on » is a pronoun here, not a truth value
        sections = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise DataError(path, line, f"is not well-formed YAML ({error.problem})") from None
    classes: dict[str, frozenset[str]] = {}
    for section, content in sections.items():
        for name, words in content.items():
            forms = {fold(word) for word in words if not word.startswith("=")}
            if section != "forms":
                for word in words:
                    if word.startswith("="):  # a form alone: « fichu »
                        forms.add(fold(word[1:]))
                        continue
                    forms |= forms_of(word, "VERB" if section == "verbs" else "NOUN", path)
            classes[name] = frozenset(forms)
    return Words(classes)


def forms_of(lemma: str, pos: str, path: str | Path, line: int | None = None) -> frozenset[str]:
    """All folded forms of a word.

    Raises:
        DataError: The word cannot be inflected; said of the given file and line.
    """
    try:
        return frozenset(fold(form.text) for form in inflect(lemma, pos))
    except ValueError as error:
        raise DataError(path, line, str(error)) from None

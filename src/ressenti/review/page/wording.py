"""The words of the page, from ``wording.tsv``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ressenti.errors import DataError
from ressenti.graph.labels import Language
from ressenti.ontology.emotions import LANGUAGES, load_emotions
from ressenti.ontology.pages.language import typeset
from ressenti.ontology.tables import read_table

WORDING = Path(__file__).parent / "wording.tsv"


@cache
def load_texts(language: Language, path: Path = WORDING) -> dict[str, str]:
    """The texts of a language by key, typeset.

    Raises:
        DataError: A key given twice, or a text that lacks; with file and line.
    """
    found: dict[str, str] = {}
    for line, row in read_table(path, ("key", *LANGUAGES)):
        if row["key"] in found or not row[language]:
            raise DataError(path, line, f"the key {row['key']!r} is there twice, or has no text in {language!r}")
        found[row["key"]] = typeset(row[language], language)
    return found


class Texts:
    """Says things in the language of the page.

    Args:
        language: ``fr`` or ``en``.
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.all = load_texts(language)

    def __call__(self, key: str, **values: object) -> str:
        """A text with its values put in."""
        return self.all[key].format(**values)

    def emotion(self, key: str) -> str:
        """The label of an emotion, with a capital: it begins a line."""
        label = load_emotions()[key].labels[self.language]
        return label[:1].upper() + label[1:]

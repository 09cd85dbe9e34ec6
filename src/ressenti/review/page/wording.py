"""The words of the page, from ``wording.tsv``."""

from __future__ import annotations

from pathlib import Path

from ressenti.graph.labels import Language
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.pages.language import load_texts

WORDING = Path(__file__).parent / "wording.tsv"


class Texts:
    """Says things in the language of the page.

    Args:
        language: ``fr`` or ``en``.
        more: A table with the words of another page, which says what it has no words for as this one does.
    """

    def __init__(self, language: Language, more: Path | None = None) -> None:
        self.language: Language = language
        self.all = load_texts(language, WORDING) | (load_texts(language, more) if more is not None else {})

    def __call__(self, key: str, **values: object) -> str:
        """A text with its values put in."""
        return self.all[key].format(**values)

    def emotion(self, key: str) -> str:
        """The label of an emotion, with a capital: it begins a line."""
        label = load_emotions()[key].labels[self.language]
        return label[:1].upper() + label[1:]

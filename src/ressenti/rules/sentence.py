"""A sentence as the rules see it: tokens by index, with their folded forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from spacy.tokens import Token

from ressenti.ontology.morphology import fold
from ressenti.rules.words import Words, load_words
from ressenti.schema import Span

STOPS = frozenset(".!?…;:\n") | {"...", "!!", "!!!", "??", "?!", "…", "«", "»", "--"}
_FULL = {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à", "qu'": "que", "lorsqu'": "lorsque", "puisqu'": "puisque"}
_NO_NAMES = frozenset({"VERB", "AUX", "ADV", "INTJ", "X", "SCONJ", "NOUN"})
_SURE_DETERMINERS = frozenset("mon ma mes ton ta tes son sa ses notre votre nos vos cet cette ces".split())
_RUN = re.compile(r"(.)\1{2,}")


@lru_cache(1 << 16)
def _form(text: str) -> str:
    """The folded form of a token; letters repeated three times or more are reduced to two."""
    return _RUN.sub(r"\1\1", fold(text))


@cache
def _words(phrase: str) -> list[str]:
    """The words of a phrase, in full forms; not to be changed."""
    return [_FULL.get(word, word) for word in phrase.replace("'", "' ").split()]


@dataclass(frozen=True, slots=True)
class _Parse:
    """The parse of a sentence by token index; the tokens' own properties are slow to ask one by one."""

    pos: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]


def _read_parse(tokens: Sequence[Token], first: int) -> _Parse:
    n = len(tokens)
    heads = [head if 0 <= head < n else i for i, head in enumerate(token.head.i - first for token in tokens)]
    children: list[list[int]] = [[] for _ in tokens]
    for i, head in enumerate(heads):
        if head != i:
            children[head].append(i)
    return _Parse([_tag(tokens, i) for i in range(n)], [token.dep_.partition(":")[0] for token in tokens], heads, children)


def _tag(tokens: Sequence[Token], i: int) -> str:
    """The parser's part of speech, but « Emma » in the middle of a sentence is no auxiliary, and what follows a possessive is no verb."""
    tag, text = tokens[i].pos_, tokens[i].text
    before = tokens[i - 1].lower_ if i > 0 else ""
    if tag in _NO_NAMES and i > 0 and text[:1].isupper() and text[1:].islower() and before not in STOPS:
        return "PROPN"
    if tag in ("VERB", "AUX") and before in _SURE_DETERMINERS:
        return "NOUN"  # « Ses reproches m'ont blessé »
    return str(tag)


@dataclass(slots=True)
class Sentence:
    """Tokens of one sentence and where it stands in the reading of the account.

    Attributes:
        tokens: spaCy tokens; parsed when roles are looked for, not yet when triggers are.
        start: Offset in the reading of the character at which the parsed text starts (0 inside a whole ``Doc``).
        forms: Folded form of each token; letters repeated three times or more are reduced to two.
        first: Index in its ``Doc`` of the first token.
        words: The word classes.
    """

    tokens: Sequence[Token]
    start: int
    words: Words = field(default_factory=load_words)
    forms: list[str] = field(init=False)
    first: int = field(init=False)
    memo: dict[tuple[object, ...], Any] = field(init=False, default_factory=dict)
    """What grammatical functions found at a token: rules ask for the same few things at every mention."""
    _phrases: dict[str, list[int]] = field(init=False, default_factory=dict)
    _classes: list[frozenset[str]] = field(init=False)
    _full: list[str] = field(init=False)
    _places: dict[str, list[int]] = field(init=False)
    _parse: _Parse | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.forms = [_form(token.text) for token in self.tokens]
        self.first = self.tokens[0].i if len(self.tokens) else 0
        self._classes = [self.words.classes_of(form) for form in self.forms]
        self._full = [_FULL.get(form, form) for form in self.forms]
        self._places = {}
        for i, form in enumerate(self._full):
            self._places.setdefault(form, []).append(i)

    def __len__(self) -> int:
        return len(self.forms)

    def is_a(self, i: int, *classes: str) -> bool:
        """Whether token ``i`` exists and belongs to one of the word classes."""
        return 0 <= i < len(self.forms) and not self._classes[i].isdisjoint(classes)

    @property
    def parse(self) -> _Parse:
        """What the parser says of all tokens; read once, when first asked for, which must be after the parse."""
        if self._parse is None:
            self._parse = _read_parse(self.tokens, self.first)
        return self._parse

    def pos(self, i: int) -> str:
        """Universal part of speech that the parser gives token ``i``."""
        return self.parse.pos[i]

    def dep(self, i: int) -> str:
        """Relation of token ``i`` to its head, without its subtype."""
        return self.parse.deps[i]

    def morph(self, i: int, feature: str) -> str:
        """Value of a morphological feature (``Gender``, ``VerbForm`` …) of token ``i``, empty when the parser gives none."""
        return ",".join(self.tokens[i].morph.get(feature, []))

    def head(self, i: int) -> int:
        """Index of the head of token ``i``; the root is its own head."""
        return self.parse.heads[i]

    def children(self, i: int) -> list[int]:
        """Indices of the dependents of token ``i``, in order."""
        return self.parse.children[i]

    def subtree(self, i: int) -> list[int]:
        """Indices of token ``i`` and all that depends on it, in order."""
        found = [i]
        for at in found:  # grows as the dependents' dependents are found
            found += self.parse.children[at]
        return sorted(found)

    def span(self, first: int, last: int) -> Span:
        """Offsets in the reading of the stretch from token ``first`` to token ``last``, both included."""
        end = self.tokens[last]
        return self.start + self.tokens[first].idx, self.start + end.idx + len(end.text)

    def find(self, phrase: str) -> list[int]:
        """Indices of the last word of each place where a phrase stands, contracted or elided (« à cause du » for « à cause de »).

        Found once a sentence: rules ask for the same few phrases at every mention.
        """
        if phrase not in self._phrases:
            words = _words(phrase)
            n = len(words)
            self._phrases[phrase] = [i + n - 1 for i in self._places.get(words[0], ()) if n == 1 or self._full[i : i + n] == words]
        return self._phrases[phrase]

    def stop_between(self, a: int, b: int) -> bool:
        """Whether a strong punctuation mark stands between tokens ``a`` and ``b``."""
        low, high = sorted((a, b))
        return any(self.forms[i] in STOPS for i in range(low + 1, high))

"""A sentence as the rules see it: tokens by index, with their folded forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, wraps
from typing import Any, TypeVar

from spacy.attrs import DEP, HEAD, MORPH, POS  # type: ignore[import-not-found]
from spacy.parts_of_speech import IDS as POS_IDS  # type: ignore[import-not-found]
from spacy.tokens import Token

from ressenti.ontology.morphology import fold
from ressenti.rules.words import Words, load_words
from ressenti.schema import Span

T = TypeVar("T")
STOPS = frozenset(".!?…;:\n") | {"...", "!!", "!!!", "??", "?!", "…", "«", "»", "--"}
_FULL = {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à", "qu'": "que", "lorsqu'": "lorsque", "puisqu'": "puisque"}
_MAY_ERR = frozenset({"VERB", "AUX", "ADV", "INTJ", "X", "SCONJ", "NOUN"})
_MAY_BE_NOUNS = frozenset({"VERB", "AUX"})
_SURE_DETERMINERS = load_words()["sure_determiners"]
_RUN = re.compile(r"(.)\1{2,}")


@lru_cache(1 << 16)
def _form(text: str) -> str:
    """The folded form of a token; letters repeated three times or more are reduced to two."""
    return _RUN.sub(r"\1\1", fold(text))


def _read_token(token: Token) -> tuple[str, str, str]:
    """A token as written, its folded form, and that in full; spaCy looks a text up at each time it is asked for."""
    if len(_READ) > _MOST_READ:
        _READ.clear()
    text = token.text
    form = _form(text)
    known = _READ[token.orth] = text, form, _FULL.get(form, form)
    return known


_READ: dict[int, tuple[str, str, str]] = {}
"""What was read of tokens so far, by their keys, which are the same for all vocabularies."""
_MOST_READ = 1 << 16


@cache
def in_full(phrase: str) -> list[str]:
    """The words of a phrase, in full forms; not to be changed."""
    return [_FULL.get(word, word) for word in phrase.replace("'", "' ").split()]


@dataclass(frozen=True, slots=True)
class _Parse:
    """The parse of a sentence by token index; the tokens' own properties are slow to ask one by one."""

    pos: list[str]
    deps: list[str]
    heads: list[int]
    children: list[list[int]]
    morphs: list[Mapping[str, str]]


def _read_parse(tokens: Sequence[Token], texts: Sequence[str], first: int) -> _Parse:
    n = len(tokens)
    if not n:
        return _Parse([], [], [], [], [])
    doc = tokens[0].doc
    part: Any = doc if first == 0 and len(doc) == n else doc[first : first + n]
    tags, labels, offsets, morphs = part.to_array([POS, DEP, HEAD, MORPH]).T.tolist()
    heads = [i + offset if offset < _HALF else i + offset - 2 * _HALF for i, offset in enumerate(offsets)]
    children: list[list[int]] = [[] for _ in tokens]
    for i, head in enumerate(heads):
        if not 0 <= head < n:
            heads[i] = i
        elif head != i:
            children[head].append(i)
    strings = doc.vocab.strings
    for key in set(labels).difference(_RELATIONS):
        _RELATIONS[key] = strings[key].partition(":")[0]
    for key in set(morphs).difference(_MORPHS):
        _MORPHS[key] = _features(strings[key])
    pos = [_TAGS[tag] for tag in tags]
    for i in range(1, n):
        if (tag := pos[i]) in _MAY_ERR and (tag in _MAY_BE_NOUNS or texts[i][:1].isupper()):
            pos[i] = _tag(tag, texts[i], texts[i - 1])
    return _Parse(pos, [_RELATIONS[label] for label in labels], heads, children, [_MORPHS[morph] for morph in morphs])


_HALF = 1 << 63
"""spaCy gives the way to a head as an unsigned number: one from here on is negative."""
_TAGS: Mapping[int, str] = {int(value): name for name, value in POS_IDS.items()}
_RELATIONS: dict[int, str] = {}
"""The labels read so far, without their subtypes, by their keys, which are the same for all vocabularies."""
_MORPHS: dict[int, Mapping[str, str]] = {}
"""The morphological features read so far."""


def _features(written: str) -> Mapping[str, str]:
    """« Gender=Fem|Number=Sing » as a mapping."""
    return dict(pair.split("=", 1) for pair in written.split("|") if "=" in pair)


def _tag(tag: str, text: str, before: str) -> str:
    """The parser's part of speech; but « Emma » inside a sentence is no auxiliary, « envers » and what follows a possessive no verb."""
    if text[:1].isupper() and text[1:].islower() and before.lower() not in STOPS:
        return "PROPN"
    if tag in ("VERB", "AUX") and before.lower() in _SURE_DETERMINERS:
        return "NOUN"  # « Ses reproches m'ont blessé »
    if tag == "VERB" and text.lower() == "envers":  # taken for a verb in *-er* each second time
        return "ADP"
    return tag


class NotParsed(Exception):
    """The parse was asked for before there was one."""


def refuse(s: Sentence) -> None:
    """Before the parse: whoever asks is told that there is none yet.

    Raises:
        NotParsed: Always.
    """
    raise NotParsed


@dataclass(slots=True)
class Sentence:
    """Tokens of one sentence and where it stands in the reading of the account.

    Attributes:
        tokens: spaCy tokens; parsed when roles are looked for, not yet when triggers are.
        start: Offset in the reading of the character at which the parsed text starts (0 inside a whole ``Doc``).
        texts: Each token as written.
        forms: Folded form of each token; letters repeated three times or more are reduced to two.
        first: Index in its ``Doc`` of the first token.
        words: The word classes.
        before_parse: Called before the parse is read for the first time: it parses the tokens' document, or refuses. None where that is
            parsed.
    """

    tokens: Sequence[Token]
    start: int
    words: Words = field(default_factory=load_words)
    before_parse: Callable[[Sentence], None] | None = None
    texts: list[str] = field(init=False)
    forms: list[str] = field(init=False)
    first: int = field(init=False)
    memo: dict[tuple[object, ...], Any] = field(init=False, default_factory=dict)
    """What grammatical functions found at a token: rules ask for the same few things at every mention."""
    _phrases: dict[str, list[int]] = field(init=False, default_factory=dict)
    _classes: list[frozenset[str]] = field(init=False)
    _full: list[str] = field(init=False)
    _places: dict[str, list[int]] = field(init=False, repr=False, compare=False)
    """Where each form in full stands; not there before a phrase is looked for."""
    _parse: _Parse = field(init=False, repr=False, compare=False)
    """Not there before it is first asked for."""
    _present: frozenset[str] = field(init=False, repr=False, compare=False)
    _held: frozenset[str] = field(init=False, repr=False, compare=False)
    _length: int = field(init=False)

    def __post_init__(self) -> None:
        read = [_READ.get(token.orth) or _read_token(token) for token in self.tokens]
        self.texts = [text for text, _, _ in read]
        self.forms = [form for _, form, _ in read]
        self._full = [full for _, _, full in read]
        self._length = len(read)
        self.first = self.tokens[0].i if len(self.tokens) else 0
        self._classes = self.words.classes_of_all(self.forms)

    def __len__(self) -> int:
        return self._length

    @property
    def present(self) -> frozenset[str]:
        """The folded forms of the sentence, contracted and elided ones in full too."""
        try:
            return self._present
        except AttributeError:
            self._present = frozenset(self.forms).union(self._full)
            return self._present

    def is_a(self, i: int, *classes: str) -> bool:
        """Whether token ``i`` exists and belongs to one of the word classes."""
        return 0 <= i < self._length and not self._classes[i].isdisjoint(classes)

    def holds(self, *classes: str) -> bool:
        """Whether some token belongs to one of the word classes."""
        try:
            return not self._held.isdisjoint(classes)
        except AttributeError:
            self._held = frozenset().union(*self._classes)
            return not self._held.isdisjoint(classes)

    @property
    def parse(self) -> _Parse:
        """What the parser says of all tokens; read once, when first asked for.

        Raises:
            NotParsed: There is no parse yet.
        """
        try:
            return self._parse
        except AttributeError:
            if self.before_parse is not None:
                self.before_parse(self)
                self.before_parse = None
            self._parse = _read_parse(self.tokens, self.texts, self.first)
            return self._parse

    def pos(self, i: int) -> str:
        """Universal part of speech that the parser gives token ``i``."""
        try:
            return self._parse.pos[i]
        except AttributeError:
            return self.parse.pos[i]

    def dep(self, i: int) -> str:
        """Relation of token ``i`` to its head, without its subtype."""
        return self.parse.deps[i]

    def morph(self, i: int, feature: str) -> str:
        """Value of a morphological feature (``Gender``, ``VerbForm`` …) of token ``i``, empty when the parser gives none."""
        return self.parse.morphs[i].get(feature, "")

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
            words = in_full(phrase)
            n = len(words)
            self._phrases[phrase] = [i + n - 1 for i in self._places_of(words[0]) if n == 1 or self._full[i : i + n] == words]
        return self._phrases[phrase]

    def _places_of(self, word: str) -> Sequence[int]:
        try:
            return self._places.get(word, ())
        except AttributeError:
            self._places = {}
            for i, form in enumerate(self._full):
                self._places.setdefault(form, []).append(i)
            return self._places.get(word, ())

    def stop_between(self, a: int, b: int) -> bool:
        """Whether a strong punctuation mark stands between tokens ``a`` and ``b``."""
        low, high = sorted((a, b))
        return any(self.forms[i] in STOPS for i in range(low + 1, high))


def once_a_sentence(f: Callable[[Sentence, int], T]) -> Callable[[Sentence, int], T]:
    """Ask a question about a token only once a sentence: rules and qualifiers ask the same few at every mention."""

    @wraps(f)
    def once(s: Sentence, i: int) -> T:
        key = (f, i)
        memo = s.memo
        if key in memo:
            known: T = memo[key]
            return known
        found = memo[key] = f(s, i)
        return found

    return once

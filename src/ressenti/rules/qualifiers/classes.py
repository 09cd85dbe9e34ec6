"""The word classes of ``fr/qualifiers.yaml`` and the questions asked of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache

from ressenti.rules.sentence import Sentence
from ressenti.rules.words import FRENCH, Words, load_words

_FULL = {"d'": "de", "du": "de", "des": "de", "au": "à", "aux": "à", "qu'": "que", "jusqu'": "jusque", "s'": "si"}
_Places = dict[int, list[tuple[str, range]]]
_Index = dict[str, dict[str, list[tuple[tuple[str, ...], str]]]]

PHRASES = (
    "absence", "unreal", "purpose", "fear_of", "tags", "fact_si", "otherwise", "measures_high", "measures_low",
    "phrases_low", "phrases_medium", "phrases_high", "superlative", "habit", "now", "according_to", "discordant",
)  # fmt: skip
"""The classes whose members may be several words."""

_OF, _ANY = ("qualifier classes",), ("qualifier classes of some token",)
"""Where a sentence keeps the classes of each of its tokens, and of all together."""
_PHRASES = ("qualifier phrases",)


@cache
def classes() -> Words:
    """The word classes that the qualifiers rest on.

    Raises:
        DataError: The file is not YAML, or a verb cannot be inflected.
    """
    return load_words(FRENCH / "qualifiers.yaml")


def is_one(s: Sentence, i: int, *names: str) -> bool:
    """Whether token ``i`` exists and belongs to one of the qualifiers' classes."""
    held = _classes_of(s)
    return 0 <= i < len(held) and not held[i].isdisjoint(names)


def has_one(s: Sentence, *names: str) -> bool:
    """Whether some token belongs to one of the qualifiers' classes."""
    held: frozenset[str] | None = s.memo.get(_ANY)
    if held is None:
        held = s.memo[_ANY] = frozenset().union(*_classes_of(s))
    return not held.isdisjoint(names)


def _classes_of(s: Sentence) -> list[frozenset[str]]:
    """The classes of each token, read once a sentence."""
    held: list[frozenset[str]] | None = s.memo.get(_OF)
    if held is None:
        held = s.memo[_OF] = classes().classes_of_all(s.forms)
    return held


def ending_at(s: Sentence, i: int, *names: str) -> range | None:
    """The tokens of the longest phrase of the classes that ends at token ``i``, contracted or elided words included, or None."""
    places = _read(s).ending
    return _longest(places[i], names) if i in places else None


def starting_at(s: Sentence, i: int, *names: str) -> range | None:
    """The tokens of the longest phrase of the classes that starts at token ``i``, or None."""
    places = _read(s).starting
    return _longest(places[i], names) if i in places else None


def _longest(places: list[tuple[str, range]], names: tuple[str, ...]) -> range | None:
    return max((p for name, p in places if name in names), key=len, default=None)


def between(s: Sentence, first: int, last: int, *names: str) -> range | None:
    """The first phrase of the classes that stands wholly between two tokens, both included, or None."""
    return next((p for name in names for p in phrases(s, name) if first <= p[0] and p[-1] <= last), None)


def phrases(s: Sentence, name: str) -> list[range]:
    """The tokens of each place where a phrase of a class stands, in order."""
    return _read(s).of[name]


@dataclass(slots=True)
class _Phrases:
    """The phrases of a sentence, by class and by their first and last tokens."""

    of: dict[str, list[range]] = field(default_factory=lambda: defaultdict(list))
    starting: _Places = field(default_factory=dict)
    ending: _Places = field(default_factory=dict)


def _read(s: Sentence) -> _Phrases:
    """All phrases of a sentence, read once for all classes."""
    found: _Phrases | None = s.memo.get(_PHRASES)
    if found is None:
        found = s.memo[_PHRASES] = _find(s)
    return found


def _find(s: Sentence) -> _Phrases:
    words: list[str] = []
    token: list[int] = []
    for i, form in enumerate(s.forms):
        for word in _cut(form):
            words.append(word)
            token.append(i)
    found = _Phrases()
    index = _index()
    words.append("")
    for k, word in enumerate(words):
        starting = index.get(word)
        if starting is None:
            continue
        for phrase, name in (*starting.get("", ()), *starting.get(words[k + 1], ())):
            if len(phrase) < 3 or tuple(words[k : k + len(phrase)]) == phrase:
                place = range(token[k], token[k + len(phrase) - 1] + 1)
                found.of[name].append(place)
                found.starting.setdefault(place[0], []).append((name, place))
                found.ending.setdefault(place[-1], []).append((name, place))
    return found


@cache
def _index() -> _Index:
    """First word to second word, empty for a phrase of one word, to the phrases that begin so."""
    index: _Index = defaultdict(lambda: defaultdict(list))
    for name in PHRASES:
        for phrase in classes()[name]:
            cut = _cut(phrase)
            index[cut[0]][cut[1] if len(cut) > 1 else ""].append((cut, name))
    return {first: dict(seconds) for first, seconds in index.items()}


@lru_cache(maxsize=4096)
def _cut(text: str) -> tuple[str, ...]:
    """Words with each elision and contraction in full, apart from what follows: the tokeniser keeps some together (« d'abord »)."""
    return tuple(_FULL.get(word, word) for word in text.replace("'", "' ").split())

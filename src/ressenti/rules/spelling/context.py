"""Words that are French but cannot have been meant where they stand: « ça ma énervé », « jai pleurer ».

The rules are in ``rules/fr/spelling/context.yaml``, which says how they are written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ressenti.errors import DataError, unknown
from ressenti.rules.spelling.lexicon import FOLDER, Lexicon
from ressenti.rules.spelling.writings import sureness
from ressenti.rules.words import load_words
from ressenti.rules.yaml_lines import Map, Text, listed, read_yaml

RULES = FOLDER / "context.yaml"
KEYS = (
    "id", "written", "ending", "of", "before", "not-before", "after", "not-after", "skip-before", "skip-after", "sure", "examples",
    "counterexamples",
)  # fmt: skip
EDGE = ""
"""What stands before the first and after the last word of a clause."""

Test = Callable[[str], bool]
_VOWELS = frozenset("aeiouyàâéèêëîïôûùœ")


@dataclass(frozen=True, slots=True)
class Sides:
    """What must or must not stand on one side of a word; a pattern is several tests, the nearest word's first."""

    wanted: tuple[tuple[Test, ...], ...]
    barred: tuple[tuple[Test, ...], ...]
    skip: Test | None

    def hold(self, words: Sequence[str]) -> bool:
        """Whether they do.

        Args:
            words: Those on that side, the nearest first, then :data:`EDGE`.
        """
        for k in range(4):
            if self.barred and _any(self.barred, words, k):
                return False
            if self.wanted and _any(self.wanted, words, k):
                return True
            if self.skip is None or k >= len(words) or not self.skip(words[k]):
                return not self.wanted
            if words[k] == "un" and "peu" not in words[max(k - 1, 0) : k + 2]:  # « un peu », but not an article
                return not self.wanted
        return not self.wanted


@dataclass(frozen=True, slots=True)
class ContextRule:
    """One rule of the file; ``by_word`` of :class:`Context` says which words it is about."""

    id: str
    before: Sides
    after: Sides
    sure: float
    examples: tuple[tuple[str, str], ...]


class Context:
    """The rules, by the words that they are about.

    Args:
        lexicon: Whose forms the endings are tried on.
        path: The file of rules.

    Raises:
        DataError: A rule that cannot be read, with its line.
    """

    def __init__(self, lexicon: Lexicon, path: Path = RULES) -> None:
        self._lexicon = lexicon
        self._path = path
        self._endings: dict[str, list[str]] = {}
        self.by_word: dict[str, list[tuple[ContextRule, str]]] = defaultdict(list)
        self.rules: list[ContextRule] = []
        data = read_yaml(path)
        if not isinstance(data, Map) or not isinstance(data.get("rules"), list):
            raise DataError(path, 1, "must hold 'classes' and a list of 'rules'")
        self._classes = {str(name): frozenset(map(str, listed(words))) for name, words in (data.get("classes") or {}).items()}
        for item in data["rules"]:
            self._add(item)
        self._endings.clear()

    def meant(self, word: str, before: Sequence[str], after: Sequence[str]) -> tuple[str, float] | None:
        """What a word was meant to be where it stands, and how sure that is.

        Args:
            word: In lower case.
            before: The words before it, the nearest first, then :data:`EDGE`.
            after: The words after it, likewise.
        """
        for rule, meant in self.by_word.get(word, ()):
            if rule.before.hold(before) and rule.after.hold(after):
                return meant, rule.sure
        return None

    def _add(self, item: Map) -> None:
        line = item.line
        for key in item:
            if key not in KEYS:
                raise DataError(self._path, key.line, unknown("key", key, KEYS))
        pairs = dict(self._pairs(item))
        if "id" not in item or not pairs:
            raise DataError(self._path, line, "a rule needs an 'id', and either 'written' or 'ending' and 'of' that some word has")
        examples = [(a.strip(), b.strip()) for a, _, b in (str(e).partition("->") for e in listed(item.get("examples")))]
        if bad := next((a for a, b in examples if not b), None):
            raise DataError(self._path, line, f"the example {bad!r} must be written « written -> meant »")
        rule = ContextRule(
            str(item["id"]),
            self._sides(item, "before", line),
            self._sides(item, "after", line),
            sureness(self._path, line, str(item.get("sure", ""))),
            (*examples, *((str(e), str(e)) for e in listed(item.get("counterexamples")))),
        )
        self.rules.append(rule)
        for written, meant in pairs.items():
            self.by_word[written].append((rule, meant))

    def _pairs(self, item: Map) -> Iterator[tuple[str, str]]:
        for written, meant in (item.get("written") or {}).items():
            yield str(written), str(meant)
        for ending, by in (item.get("ending") or {}).items():
            of = str(item.get("of", ""))
            is_so = self._kind(of, item.line)
            for form in self._ending(ending):
                if is_so(form) and self._lexicon.is_a(made := form.removesuffix(ending) + by, *_VERBAL):
                    yield form, made

    def _ending(self, ending: str) -> list[str]:
        """The forms of the lexicon that end so; rules ask for the same few endings."""
        if ending not in self._endings:
            self._endings[ending] = [form for form in self._lexicon.kinds if form.endswith(ending)]
        return self._endings[ending]

    def _sides(self, item: Map, key: str, line: int) -> Sides:
        skip = item.get(f"skip-{key}")
        return Sides(
            tuple(self._patterns(listed(item.get(key)), key)),
            tuple(self._patterns(listed(item.get(f"not-{key}")), key)),
            None if skip is None else self._test(Text(str(skip), line)),
        )

    def _patterns(self, items: Sequence[Text], side: str) -> Iterator[tuple[Test, ...]]:
        singles: set[str] = set()
        for item in items:
            members = self._classes.get(item[1:], frozenset()) if item.startswith("$") and " " not in item else frozenset({str(item)})
            if not members:
                yield (self._test(item),)
            for member in members:
                words = member.split()
                if len(words) == 1:
                    singles.add(member)
                else:
                    yield tuple(
                        self._test(Text(word, item.line)) if word.startswith("$") else _is(word)
                        for word in (reversed(words) if side == "before" else words)
                    )
        if singles:
            yield (frozenset(singles).__contains__,)

    def _test(self, item: Text) -> Test:
        name = item.removeprefix("$")
        if name in self._classes:
            return self._classes[name].__contains__
        if name in load_words():
            return load_words()[name].__contains__
        return self._kind(name, item.line)

    def _kind(self, name: str, line: int) -> Test:
        is_a = self._lexicon.is_a
        nouns, adjectives = (self._classes.get(key, frozenset()) for key in ("nouns_after_avoir", "adjectives_in_e"))
        tests: Mapping[str, Test] = {
            "start": _is(EDGE),
            "end": _is(EDGE),
            "noun": lambda w: is_a(w, "noun"),
            "plural-noun": lambda w: w.endswith("s") and is_a(w, "noun"),
            "adjective": lambda w: is_a(w, "adjective"),
            "infinitive": lambda w: is_a(w, "infinitive"),
            "finite": lambda w: is_a(w, "finite"),
            "finite-only": lambda w: (
                is_a(w, "finite") and not is_a(w, "noun", "adjective", *_OTHER) and w.removesuffix("s") not in adjectives
            ),
            "finite-or-noun": lambda w: is_a(w, "finite") and not is_a(w, "adjective", *_OTHER),
            "finite-or-noun-free": lambda w: tests["finite-or-noun"](w) and w not in nouns and w not in adjectives,
            "infinitive-only": lambda w: is_a(w, "infinitive") and not is_a(w, "noun", "adjective"),
            "unknown": lambda w: w.isalpha() and w not in self._lexicon and len(w) > 2 and not w.endswith(_OF_VERBS),
            "gerund": lambda w: is_a(w, "gerund"),
            "participle": lambda w: is_a(w, "participle", "participle-agreeing"),
            "participle-masculine": lambda w: is_a(w, "participle"),
            "participle-only": lambda w: is_a(w, "participle", "participle-agreeing") and not is_a(w, "finite", "noun", "word"),
            "participle-clear": lambda w: tests["participle-only"](w) and not is_a(w, "past"),
            "participle-singular": lambda w: (
                w[-1:] != "s" and is_a(w, "participle", "participle-agreeing") and not is_a(w, "finite", "noun")
            ),
            "participle-vowel": lambda w: w[:1] in _VOWELS and is_a(w, "participle", "participle-agreeing"),
            "vowel": lambda w: w[:1] in _VOWELS,
        }
        if name not in tests:
            raise DataError(self._path, line, unknown("class", name, [*tests, *self._classes]))
        return tests[name]


_OF_VERBS = ("er", "ir", "re", "nt", "it", "is", "ez")
"""Endings of words that are no names."""
_OTHER = ("word", "participle", "participle-agreeing", "infinitive")
_VERBAL = ("participle", "participle-agreeing", "infinitive", "finite")


def _is(word: str) -> Test:
    return lambda other: other == word


def _any(patterns: Sequence[tuple[Test, ...]], words: Sequence[str], start: int) -> bool:
    """Whether the words from one on are as one of the patterns asks; a plain loop, for most texts ask this often."""
    left = len(words) - start
    if left < 1:
        return False
    first = words[start]
    for pattern in patterns:
        if pattern[0](first) and len(pattern) <= left:
            for n in range(1, len(pattern)):
                if not pattern[n](words[start + n]):
                    break
            else:
                return True
    return False

"""Labelling functions that look for words: ``data/lists.yaml`` names them, what they look for and what they vote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ressenti.errors import DataError, unknown
from ressenti.fallback.functions.function import TRUST, Function
from ressenti.fallback.functions.seen import Seen, words
from ressenti.fallback.labels import shipped_labels
from ressenti.fallback.votes import NO, YES, LabelVote
from ressenti.rules.words import SECTIONS, forms_of, load_words
from ressenti.rules.yaml_lines import Map, Text, listed, read_yaml

LISTS = Path(__file__).parent / "data" / "lists.yaml"
FLAGS = ("exclaimed", "person", "pause")
_KEYS = ("about", "trust", "yes", "no", "unless", *FLAGS, *SECTIONS)
_PAUSE = re.compile(r"\w ?(?:…|\.{3}) ?[a-zà-ÿœ][^.!?…]*!")


@dataclass(frozen=True, slots=True)
class WordList:
    """What a function of the file looks for.

    Attributes:
        forms: Single words, folded.
        phrases: Several words, folded, as `Seen.line` has them.
        flags: What else must hold, of `FLAGS`.
        unless: Names of lists that must not hold.
    """

    forms: frozenset[str]
    phrases: tuple[str, ...]
    flags: frozenset[str]
    unless: tuple[str, ...]

    def holds(self, seen: Seen, every: Mapping[str, WordList]) -> bool:
        """Whether it stands in a passage."""
        if "pause" in self.flags and not _PAUSE.search(seen.passage.text):
            return False
        if "exclaimed" in self.flags and "!" not in seen.passage.text:
            return False
        if "person" in self.flags and not has_person(seen):
            return False
        if (self.forms or self.phrases) and not seen.has(self.forms, self.phrases):
            return False
        return not any(every[name].holds(seen, every) for name in self.unless)


def has_person(seen: Seen) -> bool:
    """Whether somebody is spoken of: a personal pronoun, a possessive, a noun of a human being or a first name."""
    known = load_words()
    return seen.has(_PRONOUNS) or seen.has(known["persons"])


_PRONOUNS = frozenset(
    "je j' me m' moi mon ma mes tu te t' toi ton ta tes il elle lui on nous notre nos vous votre vos ils elles eux leur leurs".split()
)


def list_functions(path: Path = LISTS) -> Iterator[Function]:
    """The functions of a file.

    Raises:
        DataError: The file is not YAML, or a function has an unknown key, an unknown label, a word that cannot be inflected or nothing to
            look for; with its line.
    """
    every: dict[str, WordList] = {}
    for name, about, trust, votes, found in read_lists(path):
        every[name] = found
        yield Function(name, about, _asks(found, votes, every), trust)


def _asks(found: WordList, votes: tuple[LabelVote, ...], every: Mapping[str, WordList]) -> Any:
    return lambda seen: votes if found.holds(seen, every) else ()


def read_lists(path: Path) -> Iterator[tuple[str, str, str, tuple[LabelVote, ...], WordList]]:
    """Each function of a file: its name, what it is about, its trust, its votes, and what it looks for."""
    data = read_yaml(path)
    if not isinstance(data, Map):
        raise DataError(path, 1, "must map names of functions to what they look for")
    for name, content in data.items():
        if not isinstance(content, Map):
            raise DataError(path, name.line, f"{str(name)!r} must have {', '.join(_KEYS[:3])} and words")
        for key in content:
            if key not in _KEYS:
                raise DataError(path, key.line, unknown("key", key, _KEYS))
        votes = tuple((_label(path, label), vote) for key, vote in (("yes", YES), ("no", NO)) for label in listed(content.get(key)))
        if not votes:
            raise DataError(path, name.line, f"{str(name)!r} votes for nothing; give it labels under yes or no")
        for other in listed(content.get("unless")):
            if other not in data:
                raise DataError(path, other.line, unknown("function", other, list(data)))
        trust = content.get("trust", Text("fair", name.line))
        if trust not in TRUST:
            raise DataError(path, trust.line, unknown("trust", trust, TRUST))
        found = _word_list(path, content)
        if not (found.forms or found.phrases or found.flags):
            raise DataError(path, name.line, f"{str(name)!r} looks for nothing; give it words under {', '.join(SECTIONS)}")
        yield str(name), str(content.get("about", "")), str(trust), votes, found


def _word_list(path: Path, content: Map) -> WordList:
    single: set[str] = set()
    phrases: set[str] = set()
    for section, pos in SECTIONS.items():
        for word in listed(content.get(section)):
            for form in {str(word)} if pos is None else forms_of(word, pos, path, word.line) | {str(word)}:
                cut = words(form)
                single.update(cut) if len(cut) == 1 else phrases.add(" ".join(cut))
    flags = frozenset(flag for flag in FLAGS if content.get(flag) == "true")
    return WordList(frozenset(single), tuple(sorted(phrases)), flags, tuple(map(str, listed(content.get("unless")))))


def _label(path: Path, label: Text) -> str:
    if label not in shipped_labels().index:
        raise DataError(path, label.line, unknown("label", label, list(shipped_labels())))
    return str(label)

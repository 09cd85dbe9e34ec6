"""Which identifying strings are left in narratives: names, places, and what ``identifying.yaml`` knows; counted, and listed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ressenti.corpora.harmless import cell
from ressenti.graph.privacy.names import find_names, first_name, load_recogniser
from ressenti.graph.privacy.rewriting import WORD
from ressenti.graph.privacy.strings import Found, find_strings, load_kinds, places
from ressenti.graph.privacy.words import FILLER
from ressenti.schema import Narrative

COLUMNS = ("id", "where", "kind", "start", "end", "string")
"""Of the list: a row a string; ``start`` and ``end`` as in ``where``, which is ``text`` or a key of the narrative."""
_OURS = frozenset(("provenance", "emotion", "secondary", "primary", "mode", "status", "intensity", "source", "role", "entity", "component",
                   "time", "decision", "version"))  # fmt: skip
"""Keys whose values are ours, not the narrative's or its owner's."""
_NAMES = {"name": ("name", "names"), "place": ("name of a place", "names of places"), "reviewer": ("reviewer", "reviewers")}


@dataclass(frozen=True, slots=True)
class Left:
    """An identifying string that is left.

    Attributes:
        where: ``text``, or the keys that lead to another string of the narrative.
        found: Its place in that and its kind: a key of the file, ``name``, ``place`` or ``reviewer``.
        string: As it stands there.
    """

    where: str
    found: Found
    string: str


class Search:
    """Looks for identifying strings in narratives, one after the other, and counts them.

    Args:
        known: Words that identify nobody: the pseudonyms that were given. May grow meanwhile.

    Raises:
        RessentiError: The French pipeline is not installed.
    """

    def __init__(self, known: Mapping[str, str] | None = None) -> None:
        self.counts: Counter[str] = Counter()
        self._known: Mapping[str, str] = known or {}
        self._nlp = load_recogniser()

    def __call__(self, narrative: Narrative) -> list[Left]:
        """What is left in a narrative: in its text first, then in its id, labels, comments and metadata."""
        found = [Left("text", one, narrative.text[one.start : one.end]) for one in self._of_text(narrative)]
        names = {word for left in found if left.found.kind == "name" for word in WORD.findall(left.string.casefold())}
        seen = {left.string for left in found}  # a label says again what the text says
        for where, string in _strings(narrative.to_dict(), ""):
            if where.rpartition(".")[2] == "reviewer":
                found.append(Left(where, Found(0, len(string), "reviewer"), string))
            else:
                told = (Left(where, one, string[one.start : one.end]) for one in self._elsewhere(string, names, where == "id"))
                found += [left for left in told if where == "id" or left.string not in seen]
        self.counts.update(left.found.kind for left in found)
        return found

    def told(self) -> str:
        """How many of each kind were found, without any of them."""
        kinds = {kind.key: (kind.en, kind.en_plural) for kind in load_kinds()} | _NAMES
        order = [*_NAMES, *(kind.key for kind in load_kinds())]
        return ", ".join(f"{self.counts[key]:,} {kinds[key][self.counts[key] > 1]}" for key in order if self.counts[key])

    def _of_text(self, narrative: Narrative) -> list[Found]:
        text = narrative.text
        if not text.strip(FILLER):
            return []
        names = (
            Found(name.start, name.end, "place" if name.kind.startswith(("towns", "lands")) else "name")
            for name in find_names(narrative, self._nlp, {})
            if name.word not in self._known
        )
        return _together(text, find_strings(text), names)

    def _elsewhere(self, string: str, names: set[str], any_case: bool) -> list[Found]:
        """In a string too short for the recogniser: what looks like one, first names, and the names of the text."""
        found = (
            Found(match.start(), match.end(), "name")
            for match in WORD.finditer(string)
            if match[0] not in self._known
            and (match[0].casefold() in names or ((any_case or match[0][0].isupper()) and first_name(match[0])))
        )
        return _together(string, find_strings(string), found)


def _together(text: str, strings: list[Found], names: Iterable[Found]) -> list[Found]:
    """Strings, and names where no string has the words; « Anne-Sophie Durand » is one name."""
    taken = places(strings)
    found: list[Found] = []
    for one in names:
        if one.start in taken:
            continue
        before = found[-1] if found else None
        if before and before.kind == one.kind and not text[before.end : one.start].strip(" \u00a0-‐‑"):
            found[-1] = Found(before.start, one.end, one.kind)
        else:
            found.append(one)
    return sorted((*strings, *found), key=lambda one: one.start)


def rows(narrative: Narrative, found: list[Left]) -> str:
    """What was found as lines of a tab-separated table with :data:`COLUMNS`."""
    return _lines((narrative.id, left.where, left.found.kind, str(left.found.start), str(left.found.end), left.string) for left in found)


def head() -> str:
    """The first line of the table."""
    return _lines([COLUMNS])


def _lines(found: Any) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter="\t", lineterminator="\n").writerows([cell(value) for value in row] for row in found)
    return buffer.getvalue()


def _strings(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """The strings of a narrative besides its text, each with the keys that lead there."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if not (key in _OURS or (where == "" and key == "text") or (key == "id" and where != "")):
                yield from _strings(item, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item, where)

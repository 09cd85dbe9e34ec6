"""Which identifying strings are left in narratives: names, places, and what ``identifying.yaml`` knows; counted, and listed."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ressenti.corpora.harmless import cell
from ressenti.graph.privacy.columns import names_in, string_in
from ressenti.graph.privacy.names import find_names, first_name, is_text, load_recogniser
from ressenti.graph.privacy.rewriting import WORD
from ressenti.graph.privacy.strings import Found, find_strings, load_kinds, places
from ressenti.graph.privacy.table import placeholders
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
                told = (Left(where, one, string[one.start : one.end]) for one in self._elsewhere(where, string, names))
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
        return _together(text, find_strings(text), self._recognised(narrative))

    def _recognised(self, narrative: Narrative) -> list[Found]:
        found = find_names(narrative, self._nlp, {})
        return [Found(one.start, one.end, _kind(one.kind)) for one in found if not self._is_known(one.word)]

    def _elsewhere(self, where: str, string: str, names: set[str]) -> list[Found]:
        """In a string beside the text: what its column holds, what looks like one, first names, and the names of the text.

        One that is a text itself is read as the text is.
        """
        key = where.rpartition(".")[2]
        beside = not where.startswith(("transcript.", "review."))
        if beside and (one := string_in(key, string)):
            return [] if placeholders().fullmatch(string, one.start, one.end) else [one]
        any_case = where == "id"
        found = {
            match.start(): Found(match.start(), match.end(), "name")
            for match in WORD.finditer(string)
            if match[0] not in self._known
            and (match[0].casefold() in names or ((any_case or match[0][0].isupper()) and first_name(match[0])))
        }
        if is_text(key, string):
            found |= {one.start: one for one in self._recognised(Narrative("", string))}
        if beside:
            held = names_in(key, string)
            found |= {
                one.start: Found(one.start, one.end, _kind(one.kind)) for one in held if not self._is_known(string[one.start : one.end])
            }
        return _together(string, find_strings(string), sorted(found.values(), key=lambda one: one.start))

    def _is_known(self, name: str) -> bool:
        """Whether it is a pseudonym, or one after an article that was left."""
        return name in self._known or WORD.findall(name)[-1] in self._known


def _kind(of_pseudonyms: str) -> str:
    return "place" if of_pseudonyms.startswith(("towns", "lands")) else "name"


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
            ours = key in _OURS if where else key in ("text", "provenance")  # a column may be called « status »
            if not (ours or (key == "id" and where)):
                yield from _strings(item, f"{where}.{key}" if where else str(key))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item, where)

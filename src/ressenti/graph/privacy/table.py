"""The table of names and pseudonyms, which stays with the owner: what is in it undoes the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import count, product
from pathlib import Path
from string import ascii_lowercase

import yaml

from ressenti.cells import guard, unguarded
from ressenti.corpora.writing import Output
from ressenti.errors import DataError
from ressenti.graph.privacy.strings import load_kinds
from ressenti.ontology.tables import read_table

COLUMNS = ("name", "pseudonym", "kind")
_MORE = "zk"
"""Joins a pseudonym and letters that count, when all of a kind are used up: no French word has it."""
_VOWELS = "aàâäeéèêëiîïoôöuùûüyœæ"


@cache
def pool() -> dict[str, tuple[str, ...]]:
    """Kind of name to the pseudonyms for it, in lower case."""
    found = yaml.safe_load((Path(__file__).parent / "data" / "pseudonyms.yaml").read_text(encoding="utf-8"))
    return {kind: tuple(names) for kind, names in found.items()}


@cache
def _reserved() -> frozenset[str]:
    return frozenset(name for names in pool().values() for name in names)


def is_reserved(word: str) -> bool:
    """Whether a word could be a pseudonym, and must therefore be replaced wherever it stands."""
    low = word.lower()
    return low in _reserved() or low.partition(_MORE)[0] in _reserved()


@cache
def placeholders() -> re.Pattern[str]:
    """What stands for strings that are no names, such as « [courriel 3] »; what looks like it in a text must be replaced, too."""
    return re.compile(rf"\[(?:{'|'.join(re.escape(kind.placeholder) for kind in load_kinds())}) \d+\]")


def placeholder_kind(placeholder: str) -> str:
    """Which kind of string a placeholder stands for."""
    name = placeholder.strip("[]").rpartition(" ")[0]
    return next(kind.key for kind in load_kinds() if kind.placeholder == name)


class Table:
    """Names and the pseudonyms that stand for them, one to one, each in the spelling in which it stands in the texts.

    Args:
        path: A file of an earlier run, which is continued; or one to be made.

    Raises:
        DataError: The file is no such table: line and reason.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.pseudonyms: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        self._used: set[str] = set()
        self._placeholders = {kind.key: kind.placeholder for kind in load_kinds()}
        if path is not None and path.exists():
            for line, row in read_table(path, COLUMNS):
                name, pseudonym = unguarded(row["name"]), unguarded(row["pseudonym"])
                if name in self.pseudonyms or pseudonym in self.names:
                    raise DataError(path, line, "repeats a name or a pseudonym of an earlier line; each stands once")
                if row["kind"] not in pool() and row["kind"] not in self._placeholders:
                    raise DataError(path, line, f"the kind is none of {', '.join((*pool(), *self._placeholders))}")
                self._put(name, pseudonym, row["kind"])

    def pseudonym(self, name: str, kind: str, vowel: bool | None = None, taken: frozenset[str] = frozenset()) -> str:
        """What stands for a name; the same in all texts.

        Args:
            name: As it is spelled in the text.
            kind: A key of :func:`pool`; counts when the name is met first.
            vowel: Whether the pseudonym begins with a vowel, so that « d'Anne » stays French; None to go by the name.
            taken: Words, in lower case, that it must not be.
        """
        if name in self.pseudonyms:
            return self.pseudonyms[name]
        low = name.lower()
        base = self._bases.get(low)
        chosen = _in_case(base, name) if base else ""
        if not chosen or chosen in self.names:
            begins = low[0] in _VOWELS if vowel is None else vowel
            base = next(one for one in _choices(kind, begins) if one not in self._used and one != low and one not in taken)
            chosen = _in_case(base, name)
        self._put(name, chosen, self._kinds.get(low, kind))
        return chosen

    def placeholder(self, string: str, kind: str) -> str:
        """What stands for an identifying string that is no name; the same in all texts.

        Args:
            string: As it stands in the text.
            kind: A key of ``identifying.yaml``.
        """
        if string not in self.pseudonyms:
            numbers = (f"[{self._placeholders[kind]} {number}]" for number in count(1 + list(self._kinds.values()).count(kind)))
            self._put(string, next(one for one in numbers if one not in self.names and one != string), kind)
        return self.pseudonyms[string]

    def kind(self, name: str) -> str:
        """The kind of a name that is in the table."""
        return self._kinds[name.lower()]

    def _put(self, name: str, pseudonym: str, kind: str) -> None:
        self.pseudonyms[name], self.names[pseudonym] = pseudonym, name
        self._kinds.setdefault(name.lower(), kind)
        self._bases.setdefault(name.lower(), pseudonym.lower())
        self._used.add(pseudonym.lower())

    def close(self) -> None:
        """Write the table, readable by its owner alone; an earlier one is replaced as a whole.

        Raises:
            OutputError: It cannot be written.
        """
        assert self.path is not None
        rows = ((guard(name) + name, guard(new) + new, self._kinds[name.lower()]) for name, new in sorted(self.pseudonyms.items()))
        with Output(str(self.path)) as out:
            out.write("".join("\t".join(row) + "\n" for row in (COLUMNS, *rows)))  # no name has a tab or a line end: nothing to quote
            out.keep()


def _choices(kind: str, vowel: bool) -> Iterator[str]:
    """The pseudonyms of a kind that begin as wanted; then the same with letters that count, without end."""
    every = [name for name in pool()[kind] if (name[0] in _VOWELS) == vowel] or list(pool()[kind])
    yield from every
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            yield from (f"{name}{_MORE}{''.join(letters)}" for name in every)


def _in_case(base: str, like: str) -> str:
    """A pseudonym in capitals, with a capital or without, as the name is."""
    if like.islower():
        return base
    if like.isupper() and len(like) > 1:
        return base.upper()
    return base.capitalize()

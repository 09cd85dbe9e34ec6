"""Columns of a table, or keys of JSON, whose cells tell who somebody is (``columns.yaml``): « Nom », « Ville », « Date de naissance »."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from ressenti.corpora.language import function_words
from ressenti.errors import DataError, unknown
from ressenti.graph.privacy.names import first_name, whole
from ressenti.graph.privacy.rewriting import WORD
from ressenti.graph.privacy.strings import Found, load_kinds
from ressenti.ontology.morphology import without_accents
from ressenti.rules.words import load_words
from ressenti.rules.yaml_lines import listed, read_yaml, sections

FILE = Path(__file__).parent / "data" / "columns.yaml"
NAMES = ("first", "surnames", "towns")
"""Kinds whose cells hold names; the cells of the others are an identifying string as a whole."""
LONGEST = 12
"""Words; a longer cell is an answer to a question."""
FEW = 3
"""Words of a cell without a capital that are names all the same: « lefèvre »."""


def names_in(key: str, value: str) -> list[Found]:
    """The names in a cell, by what its column is called; none where the column holds something else, or the cell is a text.

    Kinds are those of :func:`~ressenti.graph.privacy.table.pool`.
    """
    kind = _kind(key)
    if kind == "address" and not _has_sign(value):
        kind = "towns"  # « Adresse: Sarlat »
    if kind not in NAMES or len(value.split()) > LONGEST:
        return []
    words = [match for match in WORD.finditer(value) if _names_somebody(match[0])]
    capitals = [match for match in words if match[0][0].isupper()]
    found = []
    for match in capitals or words[: FEW * (len(words) <= FEW)]:
        listed_as = first_name(match[0]) if kind != "towns" else ""
        found.append(Found(whole(value, match.start()), match.end(), listed_as or ("first_m" if kind == "first" else kind)))
    return found


def string_in(key: str, value: str) -> Found | None:
    """The whole of a cell where its column holds dates of birth, telephone numbers and the like; with a kind of ``identifying.yaml``."""
    kind = _kind(key)
    lines = value.strip()
    if not kind or kind in NAMES or not _has_sign(value) or len(value.split()) > LONGEST or any(sign in lines for sign in "\n\r\t"):
        return None
    start = next((at for at, sign in enumerate(value) if sign.isalnum() or sign in "+(["), 0)
    return Found(start, len(value.rstrip()), kind)


def _has_sign(value: str) -> bool:
    return any(sign.isdigit() or sign == "@" for sign in value)


def _names_somebody(word: str) -> bool:
    words, low = load_words(), word.lower()
    if len(word) < 2 or low in function_words("fr") or low in words["titles_before_names"] or low in words["no_names_alone"]:
        return False
    return _plain(word) not in _columns().nobody


@cache
def _kind(key: str) -> str:
    known = _columns()
    words = [word for word in map(_plain, WORD.findall(key)) if word not in known.small]
    if not known.others.isdisjoint(words):
        return ""
    asked = f" {' '.join(words)} "
    return next((kind for kind, names in known.kinds.items() for name in names if f" {name} " in asked), "")


class _Columns(NamedTuple):
    """The file: the names of the columns of each kind, words of the names of others, words left out of names, cells that name nobody."""

    kinds: dict[str, list[str]]
    others: frozenset[str]
    small: frozenset[str]
    nobody: frozenset[str]


@cache
def _columns() -> _Columns:
    """Read and check the file.

    Raises:
        DataError: The file is not of the form that its head describes: line and reason.
    """
    data = sections(FILE, read_yaml(FILE), ("kinds", "others", "small", "nobody"), "section", "sections")
    known = {*NAMES, *(kind.key for kind in load_kinds())}
    for kind in data["kinds"]:
        if kind not in known:
            raise DataError(FILE, kind.line, unknown("kind", str(kind), sorted(known)))
    kinds = {str(kind): [str(name) for name in listed(names)] for kind, names in data["kinds"].items()}
    return _Columns(kinds, *(frozenset(map(str, listed(data[name]))) for name in ("others", "small", "nobody")))


def _plain(word: str) -> str:
    return without_accents(word.casefold())

"""The dependencies between emotions as a table: what is opposite to, composed of, or leads to what.

``docs/dependencies.md`` explains the columns and the methods that propose rows. The three relations are those of TONE (arXiv 2401.06810);
``combinesTo`` is its *plus-LeadsTo*, two emotions that together lead to a third.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from ressenti.errors import DataError
from ressenti.ontology.emotions import DATA, Emotions, load_emotions
from ressenti.ontology.tables import read_table

COLUMNS = ("relation", "first", "second", "third", "method", "evidence", "decision", "reviewer", "date", "note")
RELATIONS = ("isOppositeOf", "isComposedOf", "leadsTo", "combinesTo")
DECISIONS = ("proposed", "confirmed", "refused")
METHODS = ("antonyms", "valence", "contrast", "plutchik", "sequence", "curated")
"""What may propose a row; ``curated`` is a person who added it by hand."""

Key = tuple[str, str, str, str]
_EVIDENCE = re.compile(r"[a-z_]+=[^;=]+(;[a-z_]+=[^;=]+)*")


@dataclass(frozen=True, slots=True)
class Dependency:
    """One row: a relation between two or three emotions, what speaks for it, and what a person decided.

    Attributes:
        relation: One of :data:`RELATIONS`.
        first: Key of an emotion; of ``isOppositeOf`` the alphabetically first, of ``isComposedOf`` the composed one.
        second: Key of an emotion; of ``leadsTo`` what the first leads to.
        third: Of ``isComposedOf`` the second part, of ``combinesTo`` what the two others lead to; else empty.
        methods: Which of :data:`METHODS` propose it.
        evidence: What each method found, by name.
        decision: One of :data:`DECISIONS`.
        reviewer: Who decided; empty while it is proposed.
        date: When (ISO 8601); empty while it is proposed.
        note: Why, where it is not obvious.
        line: Its line in the table, 0 for one that stands in none yet.
    """

    relation: str
    first: str
    second: str
    third: str = ""
    methods: tuple[str, ...] = ("curated",)
    evidence: Mapping[str, str] = field(default_factory=dict)
    decision: str = "proposed"
    reviewer: str = ""
    date: str = ""
    note: str = ""
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        """What makes the row unique."""
        return self.relation, self.first, self.second, self.third


def load_dependencies(path: Path | None = None) -> tuple[Dependency, ...]:
    """Read and check a table of dependencies; without ``path`` the one shipped with Ressenti.

    Args:
        path: A table with the columns of :data:`COLUMNS`, its rows in any order.

    Raises:
        DataError: File, line and reason of the first line that cannot be used: an unknown emotion, relation, method or decision, emotions
            out of order, a decision without who and when, a row twice, or an emotion composed of itself by way of its parts.
    """
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> tuple[Dependency, ...]:
    return _read(DATA / "dependencies.tsv")


def _read(path: Path) -> tuple[Dependency, ...]:
    emotions = load_emotions()
    rows: dict[Key, Dependency] = {}
    parts: dict[str, set[str]] = {}
    for line, row in read_table(path, COLUMNS):
        try:
            dependency = _dependency(row, line, emotions)
            if (same := rows.get(dependency.key)) is not None:
                raise ValueError(f"repeats line {same.line} ({' '.join(filter(None, dependency.key))}); keep one")
            if dependency.relation == "isComposedOf" and dependency.decision != "refused":
                _add_parts(parts, dependency)
        except ValueError as error:
            raise DataError(path, line, str(error)) from None
        rows[dependency.key] = dependency
    return tuple(rows.values())


def _dependency(row: Mapping[str, str], line: int, emotions: Emotions) -> Dependency:
    """Make the dependency of one row, checking what can be told from the row alone."""
    for column, allowed in (("relation", RELATIONS), ("decision", DECISIONS)):
        if row[column] not in allowed:
            raise ValueError(f"has the {column} {row[column]!r}; write one of {', '.join(allowed)}")
    methods = tuple(row["method"].split("+"))
    if unknown := [method for method in methods if method not in METHODS]:
        raise ValueError(f"has the method {unknown[0]!r}; write some of {', '.join(METHODS)}, joined by +")
    if row["evidence"] and not _EVIDENCE.fullmatch(row["evidence"]):
        raise ValueError("has an evidence that is no key=value;key=value …")
    _check_emotions(row, emotions)
    _check_decision(row)
    evidence = dict(item.split("=", 1) for item in row["evidence"].split(";")) if row["evidence"] else {}
    texts = {column: row[column] for column in COLUMNS if column not in ("method", "evidence")}
    return Dependency(**texts, methods=methods, evidence=evidence, line=line)


def _check_emotions(row: Mapping[str, str], emotions: Emotions) -> None:
    relation = row["relation"]
    wanted = 3 if relation in ("isComposedOf", "combinesTo") else 2
    keys = [row[column] for column in ("first", "second", "third")[:wanted]]
    for key in keys:
        if key not in emotions:
            raise ValueError(f"names {key!r}, which is no emotion; write {wanted} keys of emotions.tsv")
    if wanted == 2 and row["third"]:
        raise ValueError(f"has {row['third']!r} as third; {relation} joins two emotions, leave it empty")
    if len(set(keys)) < wanted:
        raise ValueError(f"names an emotion twice ({', '.join(keys)}); a dependency joins different ones")
    unordered = {"isOppositeOf": keys[:2], "isComposedOf": keys[1:], "combinesTo": keys[:2]}.get(relation, [])
    if unordered != sorted(unordered):
        raise ValueError(f"has {unordered[0]!r} before {unordered[1]!r}; write the two of {relation} in alphabetical order")


def _check_decision(row: Mapping[str, str]) -> None:
    if row["decision"] == "proposed":
        if row["reviewer"] or row["date"]:
            raise ValueError("is proposed and has a reviewer or a date; leave both empty until somebody decides")
        return
    if not row["reviewer"]:
        raise ValueError(f"is {row['decision']} and has no reviewer; say who decided")
    try:
        date.fromisoformat(row["date"])
    except ValueError:
        raise ValueError(f"has the date {row['date']!r}; say when it was {row['decision']}, as 2026-11-24") from None


def _add_parts(parts: dict[str, set[str]], dependency: Dependency) -> None:
    """Take up a composition, unless the composed emotion is already among the parts of its parts."""
    waiting, met = [dependency.second, dependency.third], {dependency.second, dependency.third}
    while waiting:
        below = parts.get(waiting.pop(), set()) - met
        if dependency.first in below:
            raise ValueError(f"makes {dependency.first!r} a part of its own part, {dependency.second!r} or {dependency.third!r}; drop one row")
        met |= below
        waiting += below
    parts.setdefault(dependency.first, set()).update((dependency.second, dependency.third))

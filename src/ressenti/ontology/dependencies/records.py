"""The two tables behind the dependencies: evidence, which a command writes, and decisions, which a person writes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from ressenti.errors import DataError
from ressenti.ontology.emotions import DATA, Emotions, load_emotions
from ressenti.ontology.tables import read_table

RELATIONS: Mapping[str, int] = {"opposite": 2, "composition": 3, "transition": 2, "combination": 3}
"""How many emotions each relation holds between.

``opposite``: two, in the order of the table of emotions. ``composition``: a whole and its two parts. ``transition``: one that
leads to another. ``combination``: two that together lead to a third (the paper's plus-LeadsTo).
"""
METHODS: Mapping[str, str] = {
    "antonym-wordnet": "opposite",
    "antonym-prefix": "opposite",
    "vad-mirror": "opposite",
    "contrast-frame": "opposite",
    "plutchik-circle": "opposite",
    "occ-pair": "opposite",
    "plutchik-dyad": "composition",
    "occ-compound": "composition",
    "definition-blend": "composition",
    "sequence": "transition",
    "cause-link": "transition",
    "transition-frame": "transition",
    "definition-cause": "transition",
    "occ-prospect": "transition",
    "sequence-pair": "combination",
    "definition-sum": "combination",
    "occ-outcome": "combination",
}
"""What each method can be evidence of."""
COUNTED = ("contrast-frame", "sequence", "cause-link", "sequence-pair")
"""Methods that count cases in texts: what they find is kept whatever it is, and speaks for a dependency only where it passes a test."""
FALSE_SHARE = 0.1
"""Counts speak for a dependency where the share of false ones among those at least as sure is at most this."""
ONE_WAY = 1 / 3
"""A transition must go one way at least twice as often as back: (2 - 1) / (2 + 1)."""
LINKED = 2
"""Causes and consequences are read by rules; one case could be an error of theirs."""
DECISIONS = ("accepted", "refused")
EVIDENCE_COLUMNS = (
    "relation", "first", "second", "third", "method", "support", "expected", "score", "p_value", "q_value", "corpus", "detail",
)  # fmt: skip
DECISION_COLUMNS = ("relation", "first", "second", "third", "decision", "reason", "reviewer", "date")

Keys = tuple[str, ...]


class _Checked(Protocol):
    """What evidence and decisions have in common."""

    @property
    def relation(self) -> str: ...

    @property
    def emotions(self) -> Keys: ...


Row = TypeVar("Row", bound=_Checked)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one method found for one dependency; a row of ``dependencies.tsv``.

    Attributes:
        relation: A key of `RELATIONS`.
        emotions: Keys of the emotions it holds between, in the order that `RELATIONS` says.
        method: A key of `METHODS`.
        support: How many times it was found (pairs of words, places in texts, statements), at least 1.
        expected: How many times chance would give, where that can be said.
        score: From -1 to 1, where the method has one (a cosine, a product of confidences).
        p_value: Probability of ``support`` or more by chance, where it was tested.
        q_value: The same, corrected for the number of tests (Benjamini and Hochberg 1995).
        corpus: Which texts or which work.
        detail: The words or pairs that made it; never a sentence of an account.
    """

    relation: str
    emotions: Keys
    method: str
    support: int
    corpus: str
    detail: str
    expected: float | None = None
    score: float | None = None
    p_value: float | None = None
    q_value: float | None = None


def supports(evidence: Evidence) -> bool:
    """Whether the evidence speaks for its dependency by itself; a count does only where it passes its test."""
    if evidence.method not in COUNTED:
        return True
    if evidence.method == "cause-link":
        return evidence.support >= LINKED
    if evidence.q_value is None or evidence.q_value > FALSE_SHARE:
        return False
    return evidence.method != "sequence" or (evidence.score or 0.0) >= ONE_WAY


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided on one dependency; a row of ``dependency_decisions.tsv``.

    Attributes:
        relation: A key of `RELATIONS`.
        emotions: As in `Evidence`.
        decision: One of `DECISIONS`.
        reason: Why; a refusal always has one.
        reviewer: Who decided.
        date: When, ISO 8601.
    """

    relation: str
    emotions: Keys
    decision: str
    reason: str
    reviewer: str
    date: str


def canonical(relation: str, keys: Sequence[str], emotions: Emotions) -> Keys:
    """The emotions of a dependency with those whose order says nothing in the order of the table of emotions."""
    rank = {key: number for number, key in enumerate(emotions)}
    if relation == "opposite":
        return tuple(sorted(keys, key=rank.__getitem__))
    if relation == "composition":
        return (keys[0], *sorted(keys[1:], key=rank.__getitem__))
    if relation == "combination":
        return (*sorted(keys[:2], key=rank.__getitem__), keys[2])
    return tuple(keys)


def load_evidence(path: Path | None = None, emotions: Emotions | None = None) -> tuple[Evidence, ...]:
    """Read and check a table of evidence, in its order.

    Args:
        path: A table with the columns of `EVIDENCE_COLUMNS`; None for the shipped one.
        emotions: The emotions that may stand in it; by default the shipped ones.

    Raises:
        DataError: File, line and reason of the first line that cannot be used.
    """
    emotions = emotions or load_emotions()
    path = path or DATA / "dependencies.tsv"
    return _load(path, EVIDENCE_COLUMNS, emotions, _evidence, lambda e: (e.relation, e.emotions, e.method, e.corpus))


def load_decisions(path: Path | None = None, emotions: Emotions | None = None) -> tuple[Decision, ...]:
    """Read and check a table of decisions, in its order.

    Args:
        path: A table with the columns of `DECISION_COLUMNS`; None for the shipped one.
        emotions: The emotions that may stand in it; by default the shipped ones.

    Raises:
        DataError: File, line and reason of the first line that cannot be used.
    """
    emotions = emotions or load_emotions()
    path = path or DATA / "dependency_decisions.tsv"
    return _load(path, DECISION_COLUMNS, emotions, _decision, lambda d: (d.relation, d.emotions))


def _load(
    path: Path, columns: Sequence[str], emotions: Emotions, make: Callable[[Mapping[str, str]], Row], identity: Callable[[Row], object]
) -> tuple[Row, ...]:
    lines: dict[object, int] = {}
    rows = []
    for line, cells in read_table(path, columns):
        try:
            row = make(cells)
            _check(row, emotions)
        except ValueError as error:
            raise DataError(path, line, str(error)) from None
        key = identity(row)
        if key in lines:
            raise DataError(path, line, f"repeats line {lines[key]} ({named(row.relation, row.emotions)}); give each once")
        lines[key] = line
        rows.append(row)
    return tuple(rows)


def named(relation: str, keys: Sequence[str]) -> str:
    """A dependency as people read it, ASCII only."""
    first, second, *rest = keys
    third = rest[0] if rest else ""
    return {
        "opposite": f"{first} <> {second}",
        "composition": f"{first} = {second} + {third}",
        "transition": f"{first} -> {second}",
        "combination": f"{first} + {second} -> {third}",
    }[relation]


def _check(row: _Checked, emotions: Emotions) -> None:
    wanted = RELATIONS[row.relation]
    if len(row.emotions) != wanted or not all(row.emotions):
        raise ValueError(f"the relation {row.relation!r} holds between {wanted} emotions; fill the first {wanted} of first, second, third")
    for key in row.emotions:
        if key not in emotions:
            raise ValueError(f"names the emotion {key!r}, which is not in the table of emotions")
    if len(set(row.emotions)) < wanted:
        raise ValueError(f"relates an emotion to itself ({named(row.relation, row.emotions)})")
    if row.emotions != (right := canonical(row.relation, row.emotions, emotions)):
        raise ValueError(f"is in the wrong order; write {named(row.relation, right)}, as in the table of emotions")


def _relation(cells: Mapping[str, str]) -> tuple[str, Keys]:
    relation = cells["relation"]
    if relation not in RELATIONS:
        raise ValueError(f"unknown relation {relation!r}; write one of {', '.join(RELATIONS)}")
    keys = cells["first"], cells["second"], cells["third"]
    return relation, keys if keys[2] else keys[:2]


def _evidence(cells: Mapping[str, str]) -> Evidence:
    relation, keys = _relation(cells)
    method = cells["method"]
    if method not in METHODS:
        raise ValueError(f"unknown method {method!r}; write one of {', '.join(METHODS)}")
    if METHODS[method] != relation:
        raise ValueError(f"the method {method!r} is evidence of {METHODS[method]!r}, not of {relation!r}")
    if not cells["support"].isdecimal() or int(cells["support"]) < 1:
        raise ValueError(f"has the support {cells['support']!r}; write a whole number from 1")
    if not cells["corpus"]:
        raise ValueError("has no corpus; say which texts or which work")
    return Evidence(
        relation, keys, method, int(cells["support"]), cells["corpus"], cells["detail"],
        expected=_number(cells, "expected", 0, math.inf),
        score=_number(cells, "score", -1, 1),
        p_value=_number(cells, "p_value", 0, 1),
        q_value=_number(cells, "q_value", 0, 1),
    )  # fmt: skip


def _number(cells: Mapping[str, str], column: str, low: float, high: float) -> float | None:
    if not (cell := cells[column]):
        return None
    limits = f"from {low} up" if high == math.inf else f"from {low} to {high}"
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not low <= value <= high or value == math.inf:
        raise ValueError(f"has the {column} {cell!r}; write a number {limits}, or nothing")
    return value


def _decision(cells: Mapping[str, str]) -> Decision:
    relation, keys = _relation(cells)
    if cells["decision"] not in DECISIONS:
        raise ValueError(f"unknown decision {cells['decision']!r}; write one of {', '.join(DECISIONS)}")
    if cells["decision"] == "refused" and not cells["reason"]:
        raise ValueError("refuses without a reason; say why, so that nobody asks again")
    if not cells["reviewer"]:
        raise ValueError("has no reviewer; say who decided")
    try:
        date.fromisoformat(cells["date"])
    except ValueError:
        raise ValueError(f"has the date {cells['date']!r}; write it as 2026-11-25") from None
    return Decision(relation, keys, cells["decision"], cells["reason"], cells["reviewer"], cells["date"])


def write_evidence(evidence: Iterable[Evidence]) -> str:
    """The table of evidence as text: the same evidence gives the same bytes."""
    lines = ["\t".join(EVIDENCE_COLUMNS)]
    for item in evidence:
        first, second, *rest = item.emotions
        cells = (
            item.relation, first, second, rest[0] if rest else "", item.method, str(item.support), _shown(item.expected),
            _shown(item.score), _shown(item.p_value), _shown(item.q_value), item.corpus, item.detail,
        )  # fmt: skip
        lines.append("\t".join(" ".join(cell.split()) for cell in cells))
    return "\n".join(lines) + "\n"


def _shown(value: float | None) -> str:
    """Three significant digits: more would differ between machines, and would promise more than the counts hold."""
    return "" if value is None else f"{value:.3g}"

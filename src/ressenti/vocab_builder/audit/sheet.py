"""The sheet of an audit: a row an entry, with its evidence, and cells in which a person says what is to become of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ressenti.corpora.harmless import one_line
from ressenti.ontology.emotions import Emotions
from ressenti.ontology.vocabulary import Entry, load_constructions, parse_conditions
from ressenti.schema import INTENSITIES, MODES
from ressenti.vocab_builder import sheets
from ressenti.vocab_builder.audit.looked import Looked
from ressenti.vocab_builder.candidate import SOURCES
from ressenti.vocab_builder.review.names import Names, path_of, plain
from ressenti.vocab_builder.sheets import JOINED, Filled

IDENTITY = ("term", "pos", "construction", "condition")
"""What tells an entry from all others."""
CHANGEABLE = ("emotion", "construction", "mode", "intensity", "condition")
SHOWN = (
    "term", "pos", "emotion", "construction", "mode", "intensity", "condition",
    "verdict", "placed", "similarity", "alternatives", "sources", "because", "gloss",
)  # fmt: skip
COLUMNS = (*SHOWN, "decision", *(f"new {column}" for column in CHANGEABLE), "note")
"""What the sheet shows, and from ``decision`` on what is to be filled in; of a new condition, ``none`` takes the old one away."""
NEEDED = (*IDENTITY, "decision")
DECISIONS: Mapping[str, str] = {
    "keep": "keep", "garder": "keep", "k": "keep", "change": "change", "changer": "change", "c": "change",
    "remove": "remove", "enlever": "remove", "retirer": "remove", "r": "remove", "unsure": "unsure", "incertain": "unsure", "?": "unsure",
}  # fmt: skip
"""What may be written for a decision, in English or French."""
_NONE = ("none", "aucune", "-")
_MOST = 4
"""Reasons of a source that are shown."""

Identity = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person decided about an entry.

    Attributes:
        decision: ``keep``, ``change``, ``remove`` or ``unsure``.
        changes: Column to its new value, for ``change``.
        sources: Who proposes the term, as the sheet shows, joined by ``+``.
        similarity: The score that was shown.
        note: Why.
    """

    decision: str
    changes: Mapping[str, str]
    sources: str = ""
    similarity: str = ""
    note: str = ""


def identity(entry: Entry) -> Identity:
    """What tells an entry from all others."""
    return entry.term, entry.pos, entry.construction, "; ".join(map(str, entry.conditions))


def write_sheet(found: Iterable[Looked], emotions: Emotions, *, delimiter: str = "\t") -> str:
    """The sheet to fill in.

    Args:
        found: In the order of the rows.
        emotions: For the paths.
        delimiter: A tab, or a semicolon as French spreadsheets expect in .csv.
    """
    return sheets.write(COLUMNS, (_shown(looked, emotions) for looked in found), delimiter)


def _shown(looked: Looked, emotions: Emotions) -> dict[str, str]:
    entry, proposal = looked.entry, looked.proposal
    details = list(dict.fromkeys(f"{e.source}: {e.detail}" for e in proposal.candidate.evidence))
    more = [f"and {len(details) - _MOST} more"] if len(details) > _MOST else []
    return {
        **dict(zip(IDENTITY, identity(entry), strict=True)),
        "emotion": entry.emotion, "mode": entry.mode, "intensity": entry.intensity, "verdict": looked.verdict,
        "placed": path_of(proposal.emotion, emotions) if proposal.emotion else one_line(proposal.reason),
        "similarity": f"{proposal.similarity:.3f}",
        "alternatives": JOINED.join(f"{near.emotion} {near.similarity:.2f}" for near in proposal.alternatives),
        "sources": "+".join(proposal.candidate.sources),
        "because": one_line(JOINED.join([*details[:_MOST], *more])), "gloss": one_line(proposal.candidate.gloss),
    }  # fmt: skip


def read_sheet(path: Path, entries: Iterable[Entry], emotions: Emotions) -> Filled[tuple[Identity, Verdict]]:
    """Read a sheet that was filled in, as a spreadsheet or an editor saved it; an empty ``decision`` is one not yet made.

    Args:
        path: The sheet.
        entries: The vocabulary that it is about.
        emotions: The tree.

    Raises:
        DataError: The file cannot be read at all, or lacks a column.
    """
    known = {identity(entry): entry for entry in entries}
    names, lines = Names(emotions), dict[Identity, int]()

    def decide(number: int, cells: Mapping[str, str]) -> tuple[Identity, Verdict] | None:
        key: Identity = (cells["term"], cells["pos"], cells["construction"], cells["condition"])
        if key not in known:
            there = f"{key[0]!r} ({key[1]}, {key[2]})"
            raise ValueError(f"the vocabulary has no {there} under these conditions; leave these cells as they are")
        if key in lines:
            raise ValueError(f"{key[0]!r} is already on line {lines[key]}; keep one of the two rows")
        lines[key] = number
        verdict = _verdict(cells, known[key], names)
        return None if verdict is None else (key, verdict)

    return sheets.read(path, NEEDED, decide)


def _verdict(cells: Mapping[str, str], entry: Entry, names: Names) -> Verdict | None:
    """What a row says, None where nothing yet.

    Raises:
        ValueError: What is wrong with it, and what would be right.
    """
    filled = {column: value for column in CHANGEABLE if (value := cells.get(f"new {column}", ""))}
    if not cells["decision"]:
        if filled:
            raise ValueError(f"{entry.term!r} has « new {next(iter(filled))} » filled in but no decision; write change, or empty the cell")
        return None
    decision = DECISIONS.get(plain(cells["decision"]) or cells["decision"])
    if decision is None:
        raise ValueError(f"unknown decision {cells['decision']!r}; write keep, change, remove or unsure")
    if decision != "change" and filled:
        raise ValueError(f"{decision!r} goes with no new {next(iter(filled))}; write change, or empty the cell")
    changes = {column: _value(column, value, entry, names) for column, value in filled.items()}
    if decision == "change" and not changes:
        raise ValueError(f"{entry.term!r} is to change, but no « new … » cell says to what")
    sources = [source for source in cells.get("sources", "").split("+") if source]
    if unknown := [source for source in sources if source not in SOURCES]:
        raise ValueError(f"unknown source {unknown[0]!r}; leave this cell as it is")
    return Verdict(decision, changes, "+".join(sources), cells.get("similarity", ""), cells.get("note", ""))


def _value(column: str, value: str, entry: Entry, names: Names) -> str:
    if column == "emotion":
        return names(value)
    if column == "condition":
        return "" if value.lower() in _NONE else "; ".join(map(str, parse_conditions(value)))
    allowed: Mapping[str, Iterable[str]] = {
        "construction": [c.key for c in load_constructions().values() if entry.pos in (c.pos, "PHRASE")],
        "mode": MODES,
        "intensity": INTENSITIES,
    }
    if value not in allowed[column]:
        raise ValueError(f"unknown {column} {value!r}; write one of {', '.join(allowed[column])}")
    return value

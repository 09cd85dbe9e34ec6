"""Review in a spreadsheet: proposals out, decisions back. Whatever a spreadsheet or a hand did to the sheet is told line by line."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from ressenti.corpora.harmless import one_line
from ressenti.ontology.emotions import Emotions
from ressenti.ontology.morphology import fold
from ressenti.vocab_builder import sheets
from ressenti.vocab_builder.candidate import Key
from ressenti.vocab_builder.proposal import Proposal
from ressenti.vocab_builder.review.decisions import ACCEPTING, Decision, check
from ressenti.vocab_builder.review.names import Names, decision_of, path_of, relation
from ressenti.vocab_builder.review.session import DETAILS, made_of
from ressenti.vocab_builder.sheets import JOINED, Filled

COLUMNS = (
    "term", "pos", "proposed", "key", "similarity", "alternatives", "sources", "gloss", "examples", "decision", "emotion",
    "construction", "mode", "intensity", "register", "region", "condition", "note",
)  # fmt: skip
"""What the sheet shows, and from ``decision`` on what is to be filled in."""
NEEDED = ("term", "pos", "decision", "emotion")


def write_sheet(proposals: Iterable[Proposal], emotions: Emotions, *, delimiter: str = "\t") -> str:
    """The sheet to fill in.

    Args:
        proposals: In the order of the rows.
        emotions: For the paths.
        delimiter: A tab, or a semicolon as French spreadsheets expect in .csv.
    """
    return sheets.write(COLUMNS, (_shown(proposal, emotions) for proposal in proposals), delimiter)


def _shown(proposal: Proposal, emotions: Emotions) -> dict[str, str]:
    candidate = proposal.candidate
    cells = {
        "term": candidate.term,
        "pos": candidate.pos,
        "proposed": path_of(proposal.emotion, emotions) if proposal.emotion else "",
        "key": proposal.emotion,
        "similarity": f"{proposal.similarity:.3f}",
        "alternatives": JOINED.join(f"{path_of(near.emotion, emotions)} {near.similarity:.2f}" for near in proposal.alternatives),
        "sources": JOINED.join(dict.fromkeys(f"{e.source}: {e.detail}" for e in candidate.evidence)),
        "gloss": candidate.gloss,
        "examples": JOINED.join(proposal.examples),
        "note": "",
    }
    return {column: cell if column == "term" else one_line(cell) for column, cell in cells.items()}


def read_sheet(path: Path, proposals: Iterable[Proposal], emotions: Emotions, reviewer: str, date: str) -> Filled[Decision]:
    """Read a sheet that was filled in, as a spreadsheet or an editor saved it.

    Columns may stand in any order and further ones are left alone; tabs, semicolons and commas, UTF-8, UTF-16 and Windows-1252 are
    told apart. An empty ``decision`` is one not yet made.

    Args:
        path: The sheet.
        proposals: What was proposed; a row about another term is an error.
        emotions: The emotions.
        reviewer: Who filled it in.
        date: When, ISO 8601 with zone.

    Raises:
        DataError: The file cannot be read at all, its encoding cannot be told, or it lacks a column.
    """
    return sheets.read(path, NEEDED, _Reader(proposals, emotions, reviewer, date))


class _Reader:
    """Makes decisions of rows."""

    def __init__(self, proposals: Iterable[Proposal], emotions: Emotions, reviewer: str, date: str) -> None:
        self._emotions, self._names = emotions, Names(emotions)
        self._proposals = {p.candidate.key: p for p in proposals}
        # Spreadsheets and hands change apostrophes, accents' composition and case: of those alike the right one must still be plain.
        self._alike: dict[Key, list[Key]] = {}
        for key in self._proposals:
            self._alike.setdefault(_alike(key), []).append(key)
        self._reviewer, self._date = reviewer, date
        self._lines: dict[Key, int] = {}

    def __call__(self, number: int, row: Mapping[str, str]) -> Decision | None:
        """The decision of a row, None where none is made yet.

        Raises:
            ValueError: What is wrong with the row, and what would be right.
        """
        proposal = self._proposal(row["term"], row["pos"])
        key = proposal.candidate.key
        if key in self._lines:
            raise ValueError(f"{key[0]!r} ({key[1]}) is already on line {self._lines[key]}; keep one of the two rows")
        self._lines[key] = number
        details = {column: row.get(column, "") for column in DETAILS}
        if not row["decision"]:
            if said := [column for column in ("emotion", *DETAILS[:-1]) if row.get(column)]:
                raise ValueError(f"{key[0]!r} has {said[0]} filled in but no decision; write one, or empty the cell")
            return None
        decision, emotion = self._decided(proposal, decision_of(row["decision"]), row["emotion"])
        made = made_of(proposal, decision, emotion, self._reviewer, self._date, details, "sheet")
        check(made, self._emotions)
        return made

    def _proposal(self, term: str, pos: str) -> Proposal:
        found = [(term, pos)] if (term, pos) in self._proposals else self._alike.get(_alike((term, pos)), [])
        if len(found) != 1:
            if there := sorted(p for t, p in self._proposals if t == term):
                raise ValueError(f"{term!r} was proposed as {' and '.join(there)}, not as {pos!r}")
            close = difflib.get_close_matches(term, {t for t, _ in self._proposals}, 1, 0.8)
            raise ValueError(f"nobody proposed {term!r} ({pos}){f'; is {close[0]!r} meant?' if close else '; leave terms as they are'}")
        return self._proposals[found[0]]

    def _decided(self, proposal: Proposal, decision: str, named: str) -> tuple[str, str]:
        """Decision and key of an emotion, the two brought into line."""
        proposed = proposal.emotion
        if decision not in ACCEPTING:
            if named:
                raise ValueError(f"{decision!r} goes with no emotion, but {named!r} is named; empty one of the two cells")
            return decision, ""
        if named:
            emotion = self._names(named)
        elif not proposed or decision in ("narrower", "other"):
            raise ValueError(
                f"{decision!r} needs an emotion here; write its key or its French label" + ("" if proposed else ", as none was proposed")
            )
        elif decision == "correct":
            emotion = proposed
        elif (parent := self._emotions[proposed].parent) is None:
            raise ValueError(f"there is nothing broader than the primary {proposed!r}; write another decision")
        else:
            emotion = parent
        fits = relation(proposed, emotion, self._emotions)
        # « other » with an emotion of the same branch says less than is known, « correct » with another one contradicts itself
        if decision not in (fits, "other") or (decision == "other" and fits == "correct"):
            shown = path_of(proposed, self._emotions) if proposed else "nothing"
            raise ValueError(f"{decision!r} does not go with {path_of(emotion, self._emotions)}, as {shown} was proposed; that is {fits!r}")
        return fits, emotion


def _alike(key: Key) -> Key:
    return fold(unicodedata.normalize("NFC", key[0])), key[1].upper()

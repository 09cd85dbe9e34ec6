"""Review in a spreadsheet: proposals out, decisions back. Whatever a spreadsheet or a hand did to the sheet is told line by line."""

from __future__ import annotations

import csv
import difflib
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ressenti.cells import guard, unguarded
from ressenti.corpora.encoding import decode
from ressenti.corpora.harmless import one_line
from ressenti.corpora.signature import mistaken
from ressenti.errors import DataError, InputError
from ressenti.ontology.emotions import Emotions
from ressenti.ontology.morphology import fold
from ressenti.vocab_builder.candidate import Key
from ressenti.vocab_builder.proposal import Proposal
from ressenti.vocab_builder.review.decisions import ACCEPTING, Decision, check
from ressenti.vocab_builder.review.names import Names, decision_of, path_of, relation
from ressenti.vocab_builder.review.session import DETAILS, made_of

COLUMNS = (
    "term", "pos", "proposed", "key", "similarity", "alternatives", "sources", "gloss", "examples", "decision", "emotion",
    "construction", "mode", "intensity", "register", "region", "condition", "note",
)  # fmt: skip
"""What the sheet shows, and from ``decision`` on what is to be filled in."""
NEEDED = ("term", "pos", "decision", "emotion")
JOINED = " | "
DELIMITERS = "\t;,"


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet that came back.

    Attributes:
        decisions: Those of the rows that can be used.
        errors: What is wrong, by line; of a row with an error no decision is made.
        open: How many rows have no decision yet.
        notices: What was guessed about the file.
    """

    decisions: tuple[Decision, ...]
    errors: tuple[DataError, ...]
    open: int
    notices: tuple[str, ...] = ()


def write_sheet(proposals: Iterable[Proposal], emotions: Emotions, *, delimiter: str = "\t") -> str:
    """The sheet to fill in, with a byte order mark: Excel takes it for something else than UTF-8 without.

    Args:
        proposals: In the order of the rows.
        emotions: For the paths.
        delimiter: A tab, or a semicolon as French spreadsheets expect in .csv.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for proposal in proposals:
        cells = _shown(proposal, emotions)
        writer.writerow([(guard(cell) + cell) for cell in (cells.get(column, "") for column in COLUMNS)])
    return "\ufeff" + out.getvalue()


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


def read_sheet(path: Path, proposals: Iterable[Proposal], emotions: Emotions, reviewer: str, date: str) -> Filled:
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
    rows, notices = rows_of(path, NEEDED)
    reader = _Reader(path, proposals, emotions, reviewer, date)
    found: list[Decision] = []
    errors: list[DataError] = []
    undecided = 0
    for number, cells in rows:
        try:
            if isinstance(cells, str):
                raise ValueError(cells)
            decision = reader(number, cells)
        except ValueError as error:
            errors.append(DataError(path, number, str(error)))
            continue
        if decision is None:
            undecided += 1
        else:
            found.append(decision)
    return Filled(tuple(found), tuple(errors), undecided, tuple(notices))


class _Reader:
    """Makes decisions of rows."""

    def __init__(self, path: Path, proposals: Iterable[Proposal], emotions: Emotions, reviewer: str, date: str) -> None:
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


def rows_of(path: Path, needed: Sequence[str]) -> tuple[Iterator[tuple[int, dict[str, str] | str]], Sequence[str]]:
    """The rows of a sheet, in whatever encoding and with whatever delimiter it was saved.

    Args:
        path: The sheet.
        needed: Columns that it must have.

    Returns:
        Each row below the header with its first line, from 1, where in the place of one that cannot be used stands why; and what was
        guessed about the file.

    Raises:
        DataError: The file cannot be read at all, its encoding cannot be told, or (with the first row) it lacks a column.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DataError(path, None, f"cannot be read ({error.strerror})") from None
    if what := mistaken(data):
        raise DataError(path, None, what)
    try:
        text, notices = decode(data, str(path))
    except InputError as error:
        raise DataError(path, error.line, f"{error.reason.split(';')[0]}; save the sheet as CSV UTF-8") from None
    return _rows(path, text, needed), notices


def _alike(key: Key) -> Key:
    return fold(unicodedata.normalize("NFC", key[0])), key[1].upper()


def _rows(path: Path, text: str, needed: Sequence[str]) -> Iterator[tuple[int, dict[str, str] | str]]:
    """Each row below the header with its first line, from 1; in the place of one that cannot be used, why.

    Raises:
        DataError: There is no header, or it lacks a column.
    """
    lines = text.splitlines(keepends=True) if "\n" not in text else re.split(r"(?<=\n)", text)
    start = 1
    while lines and not lines[0].strip():
        lines, start = lines[1:], start + 1
    delimiter = ""
    if lines and (told := re.fullmatch(r"sep=([\t;,|])\s*", lines[0])):  # Excel's way to name the delimiter
        lines, start, delimiter = lines[1:], start + 1, told[1]
    if not lines:
        raise DataError(path, None, f"is empty; its first line must name {', '.join(needed)}")
    header = _header(path, start, lines[0], delimiter or max(DELIMITERS, key=lines[0].count), needed)
    table = csv.reader(lines[1:], delimiter=delimiter or max(DELIMITERS, key=lines[0].count), strict=True)
    number = start + 1
    while True:
        try:
            cells = next(table, None)
        except csv.Error as error:
            yield number, f"cannot be read as a row ({error}); is a quotation mark missing, here or in a row below?"
            cells = []
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            if len(cells) != len(header) and (len(cells) < len(header) or any(cells[len(header) :])):
                yield number, f"has {len(cells)} cell{'s' * (len(cells) != 1)} where the header has {len(header)}"
            else:
                yield number, {name: unguarded(cell.strip()).strip() for name, cell in zip(header, cells, strict=False)}
        number = start + 1 + table.line_num


def _header(path: Path, line: int, text: str, delimiter: str, needed: Sequence[str]) -> Sequence[str]:
    try:
        cells = next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error as error:
        raise DataError(path, line, f"cannot be read as the line that names the columns ({error})") from None
    names = [unguarded(cell.strip()).lower() for cell in cells]
    if missing := [name for name in needed if name not in names]:
        raise DataError(path, line, f"lacks the column {missing[0]!r}; the first line must name {', '.join(needed)}")
    if twice := [name for name in dict.fromkeys(names) if name and names.count(name) > 1]:
        raise DataError(path, line, f"names the column {twice[0]!r} twice; keep one")
    return names

"""Sheets that people fill in: written for spreadsheets, and read again however a spreadsheet or an editor saved them.

Whatever a spreadsheet or a hand did to a sheet is told line by line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from ressenti.cells import guard, unguarded
from ressenti.corpora.encoding import decode
from ressenti.corpora.signature import mistaken
from ressenti.errors import DataError, InputError
from ressenti.regular import content

SUFFIXES: Mapping[str, str] = {".csv": ";", ".tsv": "\t"}
"""Ending of a sheet to what parts its cells, as French spreadsheets expect it."""
JOINED = " | "
_DELIMITERS = "\t;,"
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Filled(Generic[Made]):
    """A sheet that came back.

    Attributes:
        decisions: Those of the rows that can be used.
        errors: What is wrong, by line; of a row with an error no decision is made.
        open: How many rows have no decision yet.
        notices: What was guessed about the file.
    """

    decisions: tuple[Made, ...]
    errors: tuple[DataError, ...]
    open: int
    notices: tuple[str, ...] = ()


def write(columns: Sequence[str], rows: Iterable[Mapping[str, str]], delimiter: str) -> str:
    """A sheet, with a byte order mark: Excel takes it for something else than UTF-8 without. No cell is taken for a formula.

    Args:
        columns: The header.
        rows: Each with the cells that are not empty, by column.
        delimiter: What parts the cells.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([guard(cell) + cell for cell in (row.get(column, "") for column in columns)])
    return "\ufeff" + out.getvalue()


def read(path: Path, needed: Sequence[str], decide: Callable[[int, Mapping[str, str]], Made | None]) -> Filled[Made]:
    """Read a sheet that was filled in, in whatever encoding and with whatever delimiter it was saved.

    Args:
        path: The sheet.
        needed: Columns that it must have.
        decide: What a row says, given its first line, from 1, and its cells by column; None where nothing yet. A ValueError says what
            is wrong with the row, and what would be right.

    Raises:
        DataError: The file cannot be read at all, its encoding cannot be told, or it lacks a column.
    """
    rows, notices = _rows_of(path, needed)
    found: list[Made] = []
    errors: list[DataError] = []
    undecided = 0
    for number, cells in rows:
        try:
            if isinstance(cells, str):
                raise ValueError(cells)
            decision = decide(number, cells)
        except ValueError as error:
            errors.append(DataError(path, number, str(error)))
            continue
        if decision is None:
            undecided += 1
        else:
            found.append(decision)
    return Filled(tuple(found), tuple(errors), undecided, tuple(notices))


def _rows_of(path: Path, needed: Sequence[str]) -> tuple[Iterator[tuple[int, dict[str, str] | str]], Sequence[str]]:
    """The rows of a sheet, and what was guessed about the file."""
    try:
        data = content(path)
    except OSError as error:
        raise DataError(path, None, f"cannot be read ({error.strerror})") from None
    if what := mistaken(data):
        raise DataError(path, None, what)
    try:
        text, notices = decode(data, str(path))
    except InputError as error:
        raise DataError(path, error.line, f"{error.reason.split(';')[0]}; save the sheet as CSV UTF-8") from None
    return _rows(path, text, needed), notices


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
    delimiter = delimiter or max(_DELIMITERS, key=lines[0].count)
    header = _header(path, start, lines[0], delimiter, needed)
    table = csv.reader(lines[1:], delimiter=delimiter, strict=True)
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

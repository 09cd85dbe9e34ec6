"""Files that people edit, tab-separated tables above all: read with file, line and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from ressenti.errors import DataError
from ressenti.regular import content


def read_text(path: Path) -> str:
    """Read a file of knowledge, UTF-8, a byte order mark allowed.

    Raises:
        DataError: It cannot be read, or is not UTF-8; then with the line.
    """
    try:
        return io.TextIOWrapper(io.BytesIO(content(path)), encoding="utf-8-sig").read()
    except OSError as error:
        raise DataError(path, None, f"cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise DataError(path, line, "is not UTF-8; save the file as UTF-8") from None


def read_table(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Read a tab-separated table with a header, one record a line, no quoting.

    Args:
        path: The file, UTF-8 (a byte order mark is allowed).
        columns: The columns that must be there, in any order; others are passed on too.

    Yields:
        Line number (from 1, the header being 1) and the record, each value stripped.

    Raises:
        DataError: The file cannot be read, a column is missing, or a line has another number of fields.
    """
    rows = csv.reader(io.StringIO(read_text(path)), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        header = next(rows)
    except StopIteration:
        raise DataError(path, None, "is empty; its first line must name the columns") from None
    if missing := [c for c in columns if c not in header]:
        raise DataError(path, 1, f"lacks the column {missing[0]!r}; its first line must name {', '.join(columns)}")
    for number, row in enumerate(rows, start=2):
        if not row or row[0].startswith("#"):
            continue
        if len(row) != len(header):
            raise DataError(path, number, f"has {len(row)} fields where the header has {len(header)}")
        yield number, dict(zip(header, (value.strip() for value in row), strict=True))

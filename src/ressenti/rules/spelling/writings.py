"""Whole words as people write them in messages: « jsuis », « bcp », « pk »."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ressenti.errors import DataError
from ressenti.ontology.tables import read_table
from ressenti.rules.spelling.lexicon import FOLDER

TABLE = FOLDER / "writings.tsv"
COLUMNS = ("written", "meant", "kind", "sure")
KINDS = ("accents", "apostrophe", "capitals", "grammar", "letters", "lengthened", "misspelt", "sms", "spoken")
"""What is other than in careful writing."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a writing was meant to be.

    Attributes:
        words: One or more words; of several possibilities the first, ``others`` being the rest.
        kind: One of :data:`KINDS`.
        sure: Chance that it was meant, above 0, 1 at most.
    """

    words: str
    kind: str
    sure: float
    others: tuple[str, ...] = ()


def load_writings(path: Path = TABLE) -> Mapping[str, Meant]:
    """Read the table of writings.

    Raises:
        DataError: It cannot be read, a kind is unknown, a sureness no number above 0 up to 1, or a writing is there twice.
    """
    table: dict[str, Meant] = {}
    for line, row in read_table(path, COLUMNS):
        if row["kind"] not in KINDS:
            raise DataError(path, line, f"unknown kind {row['kind']!r}; known: {', '.join(KINDS)}")
        if row["written"] in table:
            raise DataError(path, line, f"has {row['written']!r} again; leave one of the two")
        if not row["written"] or not row["meant"] or row["written"] == row["meant"]:
            raise DataError(path, line, "must say what is written and what is meant by it")
        table[row["written"]] = Meant(row["meant"], row["kind"], sureness(path, line, row["sure"]))
    return table


def sureness(path: Path, line: int, value: str) -> float:
    """Read a chance.

    Raises:
        DataError: It is no number above 0 and up to 1.
    """
    try:
        number = float(value)
    except ValueError:
        number = 0.0
    if not 0 < number <= 1:
        raise DataError(path, line, f"'sure' is {value!r}, not a number above 0, 1 at most")
    return number

"""What the commands that write sheets and read them again have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ressenti._console import say

if TYPE_CHECKING:
    from ressenti.vocab_builder.sheets import Filled

MOST_ERRORS = 100
"""Rows with errors that are told one by one: with the wrong proposals every row is one."""


def delimiter_of(sheet: Path) -> str:
    """What parts the cells of a sheet that is to be written, by its ending.

    Raises:
        click.BadParameter: It is no sheet by its ending.
        OutputError: It is there already.
    """
    from ressenti.errors import OutputError
    from ressenti.vocab_builder.sheets import SUFFIXES

    if sheet.suffix.lower() not in SUFFIXES:
        raise click.BadParameter(f"{sheet} is neither a .csv nor a .tsv; a spreadsheet opens either", param_hint="'--to-sheet'")
    if sheet.exists():
        raise OutputError(f"{sheet}: is there already and may hold decisions; name another file")
    return SUFFIXES[sheet.suffix.lower()]


def tell_of(sheet: Path, filled: Filled[Any]) -> None:
    """Say what was guessed about a sheet that came back, and what is wrong with its rows."""
    for message in (*(f"{sheet}: {notice}" for notice in filled.notices), *map(str, filled.errors[:MOST_ERRORS])):
        say(message)
    if (more := len(filled.errors) - MOST_ERRORS) > 0:
        say(f"{sheet}: and {more:,} more rows with errors")


def branch_of(only: str | None) -> str:
    """The key of the emotion that ``--only`` names; empty where it names none.

    Raises:
        click.BadParameter: There is no such emotion.
    """
    from ressenti.ontology.emotions import load_emotions
    from ressenti.vocab_builder.review.names import Names

    try:
        return Names(load_emotions())(only) if only else ""
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="'--only'") from None

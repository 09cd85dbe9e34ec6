"""What is written, by how the file's name ends, and what may not land on a terminal."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import click


def form_of(output: str | None, known: Mapping[str, str], default: str) -> str:
    """The format that the ending of ``-o`` asks for; ``default`` on standard output and for a name without an ending.

    Args:
        output: As typed.
        known: Ending, with its dot, to format.
        default: A format.

    Raises:
        click.UsageError: The ending is none of those known.
    """
    ending = Path(output or "").suffix
    if ending and ending.lower() not in known:
        raise click.UsageError(f"-o {output}: nothing is written as {ending}; let it end in {', '.join(known)}, or say --format")
    return known.get(ending.lower(), default)


def agreed_form(form: str | None, output: str | None, known: Mapping[str, str], default: str) -> str:
    """The format that ``--format`` says, or else that the ending asks for (:func:`form_of`).

    Raises:
        click.UsageError: They ask for different ones, or the ending is none of those known and nothing else is said.
    """
    if form is None:
        return form_of(output, known, default)
    if known.get(Path(output or "").suffix.lower(), form) != form:
        raise click.UsageError(f"-o {output} does not end as --format {form} does; leave --format out, or give it another ending")
    return form


def keep_off_terminal(form: str | None, output: str | None) -> None:
    """Refuse to write a PNG where a person would see its bytes.

    Raises:
        click.UsageError: Standard output is a terminal.
    """
    if form == "png" and output is None and sys.stdout is not None and sys.stdout.isatty():
        raise click.UsageError("a terminal shows no PNG: name a file with -o")

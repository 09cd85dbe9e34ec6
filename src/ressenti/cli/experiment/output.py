"""Figures of the experiments as text and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from ressenti.evaluation.intervals import Interval

PLACE = click.Path(path_type=Path)
EPILOG = """\b
Exit status:
  0    the figures were printed
  2    the command was called wrongly
  3    a file cannot be used, or scikit-learn is not installed
  70   an internal error, a fault of Ressenti"""


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--bootstrap`` and ``--json``."""
    command = click.option("--json", "as_json", is_flag=True, help="All figures as JSON; they quote no text.")(command)
    return click.option(
        "--bootstrap", type=click.IntRange(min=0), default=300, show_default=True, metavar="N",
        help="Resamples for the 95 % intervals; 0 for none.",
    )(command)  # fmt: skip


def figure(value: float, interval: Interval | None) -> str:
    """« .83 [.77 .89] »."""
    shown = f"{value:.2f}".removeprefix("0")
    bounds = "" if interval is None else " [" + " ".join(f"{bound:.2f}".removeprefix("0") for bound in interval) + "]"
    return shown + bounds


def show(rows: list[list[str]], data: Any, *, as_json: bool) -> None:
    """Print a table, its first row the heading, or the data."""
    if as_json:
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
        return
    widths = [max(len(row[k]) for row in rows) for k in range(len(rows[0]))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def rounded(values: Mapping[str, float]) -> dict[str, float]:
    """Values with four digits."""
    return {name: round(value, 4) for name, value in values.items()}

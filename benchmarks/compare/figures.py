"""Medians, their spread, and tables of Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median


def spread(values: Sequence[float], digits: int = 2) -> str:
    """The median, and the least and the most: of a handful of rounds, more would be invented."""
    return f"{median(values):.{digits}f} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown; all columns but the first are numbers."""
    line = "| --- |" + " ---: |" * (len(head) - 1)
    return "\n".join((f"| {' | '.join(head)} |", line, *(f"| {' | '.join(row)} |" for row in rows)))

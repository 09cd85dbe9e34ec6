"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guard(value: str) -> str:
    """What goes in front of a cell so that no spreadsheet takes it for a formula: an apostrophe, or nothing.

    A cell that looks as if it were guarded is guarded too, so that :func:`unguarded` gives every cell back.
    """
    return "'" if value.lstrip("'").startswith(_FORMULA) else ""


def unguarded(value: str) -> str:
    """A cell as it was before :func:`guard`."""
    return value[1:] if value.startswith("'") and guard(value) else value

"""Cells of tables that people open in a spreadsheet."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def guard(value: str) -> str:
    """What goes in front of a cell so that no spreadsheet takes it for a formula: an apostrophe, or nothing."""
    return "'" if value.startswith(_FORMULA) else ""

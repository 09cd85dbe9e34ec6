"""Dates as people write them in their data: ISO and French."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from ressenti.ontology.pages.language import plain

_NAMES = (
    ("janvier", "janv", "jan"), ("fevrier", "fevr", "fev"), ("mars",), ("avril", "avr"), ("mai",), ("juin",), ("juillet", "juil"),
    ("aout",), ("septembre", "sept", "sep"), ("octobre", "oct"), ("novembre", "nov"), ("decembre", "dec"),
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names}
_ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:\s.*)?")
_CENTURY, _TURN = 100, 69
"""Of years of two digits those before the second are of this century, as POSIX has it."""
_WORDS = re.compile(r"(?:[a-z]+\.?,? +)?(?:le +)?(?:(\d{1,2})(?:er)? +)?([a-z]+)\.? +(\d{4})")


def read_date(value: Any) -> dt.date:
    """Read ``2026-11-25``, ``2026-11-25T10:00:00+01:00``, ``25/11/2026``, ``25/11/26``, ``mercredi 25 novembre 2026``, ``1er déc. 2026``.

    A month or a year alone (``2026-11``, ``novembre 2026``, ``2026``) is its first day.

    Raises:
        ValueError: What is wrong and what would be right; the value itself is not repeated.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        raise ValueError("is empty or no text; write a date such as 2026-11-25 or 25/11/2026")
    text = plain(value.strip())
    try:
        if match := _ISO.fullmatch(text):
            return dt.date(*(int(part or 1) for part in match.groups()))
        if match := _NUMBERS.fullmatch(text):
            day, month, year = map(int, match.groups())
            if year < _CENTURY:
                year += 2000 if year < _TURN else 1900
            return dt.date(year, month, day)
        if (match := _WORDS.fullmatch(text)) and match[2] in _MONTHS:
            return dt.date(int(match[3]), _MONTHS[match[2]], int(match[1] or 1))
        return dt.datetime.fromisoformat(value.strip()).date()
    except ValueError:
        raise ValueError("is no date that can be read; write 2026-11-25, 25/11/2026 or 25 novembre 2026") from None

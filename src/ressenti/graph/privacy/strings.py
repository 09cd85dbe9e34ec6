"""Strings that tell who somebody is without being a name: e-mail addresses, telephone numbers, and what else ``identifying.yaml`` knows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ressenti.errors import DataError, unknown
from ressenti.rules.text import read
from ressenti.rules.yaml_lines import listed, mapping, read_yaml, sections

FILE = Path(__file__).parent / "data" / "identifying.yaml"
_BLANK = "[ ]"
"""As the reading of a text has it; no tab, which the table of pseudonyms could not hold."""
_KEYS = ("en", "en_plural", "placeholder", "pattern", "found", "passed")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of identifying strings.

    Attributes:
        key: Its name in the file.
        en, en_plural: What one and several are called in messages.
        placeholder: What one is called, in French, in a text from which it was taken.
        pattern: What one looks like; the group ``it``, where there is one, is the part that identifies.
        check: From the string to how many of its characters are one, 0 for none.
        found: Sentences with the string in brackets.
        passed: Sentences that hold none.
    """

    key: str
    en: str
    en_plural: str
    placeholder: str
    pattern: re.Pattern[str]
    check: Callable[[str], int]
    found: Sequence[str]
    passed: Sequence[str]


@dataclass(frozen=True, slots=True)
class Found:
    """An identifying string.

    Attributes:
        start, end: Where it stands, in Unicode code points, end exclusive.
        kind: Key of a :class:`Kind`, or ``name`` or ``place``.
    """

    start: int
    end: int
    kind: str


@cache
def load_kinds(path: Path = FILE) -> tuple[Kind, ...]:
    """The kinds, in the order in which they are looked for.

    Raises:
        DataError: The file is not of the form that its head describes: line and reason.
    """
    data = sections(path, read_yaml(path), ("kinds", "date", "month"), "section", "sections")
    month = str(data["month"])
    date = str(data["date"]).replace("{month}", month)
    kinds = []
    for key, item in data["kinds"].items():
        values = mapping(path, item, _KEYS, ("check",))
        check = values.get("check", "any")
        if check not in _CHECKS:
            raise DataError(path, getattr(check, "line", key.line), unknown("check", str(check), sorted(_CHECKS)))
        source = str(values["pattern"]).replace("{date}", date).replace("{month}", month).replace("{blank}", _BLANK)
        try:
            pattern = re.compile(source, re.VERBOSE | re.IGNORECASE)
        except re.error as error:
            raise DataError(path, values["pattern"].line, f"the pattern of {str(key)!r} is no regular expression ({error.msg})") from None
        one, several, placeholder = (str(values[name]) for name in ("en", "en_plural", "placeholder"))
        found, passed = (tuple(map(str, listed(values[name]))) for name in ("found", "passed"))
        kinds.append(Kind(str(key), one, several, placeholder, pattern, _CHECKS[check], found, passed))
    return tuple(kinds)


def find_strings(text: str) -> list[Found]:
    """The identifying strings of a text, names left aside, in order and without overlap."""
    reading = read(text)
    found: list[Found] = []
    taken: set[int] = set()
    for kind in load_kinds():
        for match in kind.pattern.finditer(reading.text):
            group = "it" if "it" in kind.pattern.groupindex else 0
            start = match.start(group)
            end = start + kind.check(match[group])
            if end > start and taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                found.append(Found(*reading.original(start, end), kind.key))
    return sorted(found, key=lambda one: one.start)


def places(found: Iterable[Found]) -> set[int]:
    """Every offset at which one of them stands."""
    return {place for one in found for place in range(one.start, one.end)}


def _letters(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def _iban(text: str) -> int:
    """ISO 13616: letters count from 10, the first four signs go to the end, the remainder by 97 is 1. Words after it are cut off."""
    ends = [match.end() for match in re.finditer(r"\w(?!\w)", text)]
    for end in reversed(ends):
        number = _letters(text[:end])
        if 15 <= len(number) <= 34 and int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1:
            return end
    return 0


def _nir(text: str) -> int:
    """INSEE: the key is 97 less the remainder by 97; Corsica's 2A and 2B count as 19 and 18. Without a key, only where it is in groups."""
    number = _letters(text)
    if len(number) == 13:
        return len(text) if len(number) < len(text) else 0
    digits = number.replace("2A", "19").replace("2B", "18")
    return len(text) if 97 - int(digits[:13]) % 97 == int(digits[13:]) else 0


def _luhn(text: str) -> int:
    """ISO/IEC 7812: from the right, every second digit doubled; the sum of all digits ends in 0."""
    digits = _letters(text)
    doubled = (int(sign) * (1 + place % 2) for place, sign in enumerate(reversed(digits)))
    return len(text) if sum(value - 9 * (value > 9) for value in doubled) % 10 == 0 and len(set(digits)) > 1 else 0


_CHECKS: dict[Any, Callable[[str], int]] = {"any": len, "iban": _iban, "nir": _nir, "luhn": _luhn}

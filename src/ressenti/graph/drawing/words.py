"""How wide words are, and how they are wrapped and cut: a picture that measures no fonts needs a safe guess."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_NARROW, _BROAD = frozenset("iljtfr.,;:'’!|()[]/- ·I"), frozenset("mwMW@%œŒæÆ…—")
ELLIPSIS = "…"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide the text is at most in a usual sans-serif, in the unit of ``size``: those of free systems are the broadest."""
    return size * sum(_em(char) for char in text) * (1.08 if bold else 1.0)


def _em(char: str) -> float:
    if char in _NARROW:
        return 0.37
    if char in _BROAD:
        return 0.96
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.2
    return 0.72 if char.isupper() else 0.63


def wrap(text: str, size: float, widest: float, lines: int, *, bold: bool = False) -> Sequence[str]:
    """The text in lines no wider than ``widest``; what does not fit in so many lines is cut, and ends in « … »."""
    made: list[str] = []
    rest = [word for word in text.split(" ") if word]  # a blank that does not break holds « and its word together
    while rest and len(made) < lines:
        line = rest.pop(0)
        if width(line, size, bold=bold) > widest:
            line, left = _broken(line, size, widest, bold)
            rest.insert(0, left)
        else:
            while rest and width(f"{line} {rest[0]}", size, bold=bold) <= widest:
                line += f" {rest.pop(0)}"
        made.append(line)
    if rest:
        last = made.pop()
        while last and width(f"{last} {ELLIPSIS}", size, bold=bold) > widest:
            last = last.rpartition(" ")[0] or last[:-1]
        made.append(f"{last.rstrip(' ,;:')} {ELLIPSIS}".strip())
    return made or [""]


def _broken(word: str, size: float, widest: float, bold: bool) -> tuple[str, str]:
    """A word too wide for a line, in two."""
    end = 1
    while end < len(word) - 1 and width(word[: end + 1], size, bold=bold) <= widest:
        end += 1
    return word[:end], word[end:]

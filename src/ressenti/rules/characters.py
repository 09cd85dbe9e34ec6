"""Where characters, as readers see them, go on: an emoji and its colour, a letter and the marks over it (UAX #29, extended clusters)."""

from __future__ import annotations

import re
import unicodedata

# Neither letter nor blank nor punctuation of French; in nearly every account there is none
_CANDIDATE = re.compile("[^\\w\\s\\x00-\u02ff\u2010-\u2027\u2030-\u203a\u20ac]|[\u0e33\u0eb3\uff9e\uff9f]|\\r\\n")
_JOINER = "\u200d"
_EXTENDING = "\u200c\u200d\u0e33\u0eb3\uff9e\uff9f"


def within_characters(text: str) -> frozenset[int]:
    """Offsets at which a character goes on that is more than one code point.

    Left out are clusters that hold letters only (Hangul in pieces): no word ends within them.

    Args:
        text: As given, before anything is composed in it.
    """
    found: set[int] = set()
    flag = -1  # where the last flag has its first letter
    for match in _CANDIDATE.finditer(text):
        at, char = match.start(), match[0]
        if char == "\r\n":
            found.add(at + 1)
        elif "\U0001f1e6" <= char <= "\U0001f1ff":
            if at and flag == at - 1:
                found.add(at)
                flag = -1
            else:
                flag = at
        elif at and text[at - 1] not in "\r\n" and (_extends(char) or text[at - 1] == _JOINER):
            found.add(at)
    return frozenset(found)


def _extends(char: str) -> bool:
    """Whether it stands on, over or under what is before it: marks, joiners, the colours of emoji, the letters of their tags."""
    tag_or_colour = "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f"
    return unicodedata.category(char).startswith("M") or char in _EXTENDING or tag_or_colour

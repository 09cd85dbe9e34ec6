"""Text that shouts: « JE SUIS EN COLERE » is read in lower case, for the parser takes capitals for names."""

from __future__ import annotations

import re
from collections.abc import Callable

_CAPITALS = "A-ZÀ-ÖØ-ÞŒ"
_RUN = re.compile(rf"(?<!\w)[{_CAPITALS}]++(?:[ \t,;:'’!?.…-]++[{_CAPITALS}]++(?!\w)){{2,}}+")
_WORD = re.compile(rf"[{_CAPITALS}]+")


def lower_capitals(text: str, is_word: Callable[[str], bool]) -> str:
    """Put runs of three words and more in capitals into lower case, when half of them at least are French words.

    Args:
        text: A reading.
        is_word: Whether a word, in lower case, is one.

    Returns:
        The text, letter for letter; words that are none keep their first capital, and so does the first of the run.
    """

    def lowered(match: re.Match[str]) -> str:
        words = _WORD.findall(match[0])
        known = {word for word in words if is_word(word.lower())}
        if 2 * sum(word in known for word in words) < len(words) or sum(map(len, words)) < 8:
            return match[0]
        first = match.end() - len(match[0])

        def one(word: re.Match[str]) -> str:
            if word.start() == 0 and (first == 0 or word[0] not in known):
                return word[0][0] + word[0][1:].lower()
            return word[0].lower() if word[0] in known else word[0][0] + word[0][1:].lower()

        low = _WORD.sub(one, match[0])
        return low if len(low) == len(match[0]) else match[0]

    return _RUN.sub(lowered, text)

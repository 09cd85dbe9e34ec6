"""Offsets in UTF-16 units, in which Java counts, from and to code points."""

from __future__ import annotations

from bisect import bisect_left, bisect_right


class Units:
    """The two ways of counting in one text.

    Args:
        text: The text.
    """

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._wide = [at for at, char in enumerate(text) if char > "\uffff"] if not text.isascii() else []
        self._units = [at + number for number, at in enumerate(self._wide)]

    def units(self, at: int) -> int:
        """The offset in UTF-16 units of one in code points."""
        return at + bisect_left(self._wide, at)

    def points(self, at: int) -> int:
        """The offset in code points of one in UTF-16 units; one within a character is taken for its beginning."""
        before = bisect_left(self._units, at)
        if before and at == self._units[before - 1] + 1:
            return self._wide[before - 1]
        return at - bisect_right(self._units, at - 1)

"""Cutting a text into words for the corrector: cheaper than the parser's tokeniser, and before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+'?")
_STARTS = frozenset('.!?…:\n\r«»"“”(-–—*•')
_NOT_BEFORE = frozenset("@#/\\&_=+")
_NOT_AFTER = frozenset("@/\\&_=+")
_ODD = re.compile(r"[@#/\\&_=+]|\.[^\W\d_A-Z]")
"""What an address, a handle or a file name may be known by; a text without it holds none."""


class Written(NamedTuple):
    """A word as written: « j' » and « ai » are two.

    Attributes:
        low: In lower case.
        start: Offset in the text.
        end: Offset in the text, exclusive.
    """

    low: str
    start: int
    end: int


def words(text: str) -> Iterator[Written]:
    """The words of a text, numbers too, in order; without addresses, handles and file names."""
    if _ODD.search(text) is None:
        for match in _WORD.finditer(text):
            yield Written(match[0].lower(), *match.span())
        return
    for match in _WORD.finditer(text):
        start, end = match.span()
        if start and text[start - 1] in _NOT_BEFORE:
            continue
        after = text[end : end + 2]
        if after and (after[0] in _NOT_AFTER or (after[0] == "." and after[1:].isalpha() and after[1:].islower())):
            continue
        yield Written(match[0].lower(), start, end)


def begins(text: str, start: int) -> bool:
    """Whether a sentence may begin at a word, so that its capital says nothing."""
    before = text[:start].rstrip(" \t'") if start < 40 else text[start - 40 : start].rstrip(" \t'")
    return not before or before[-1] in _STARTS

"""Corrections made in a reading, and the offsets that lead from each letter back to what was written."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from ressenti.rules.spelling.lexicon import plain
from ressenti.rules.text import Correction, Reading


class Edit(NamedTuple):
    """Words to put in the place of a stretch of a reading."""

    start: int
    end: int
    words: str
    kind: str
    sure: float


def apply(reading: Reading, edits: Sequence[Edit]) -> Reading:
    """Make corrections.

    Args:
        reading: What they are made in.
        edits: In order, not overlapping.

    Returns:
        The corrected reading; its offsets lead back to the text that ``reading`` leads back to.
    """
    if not edits:
        return reading
    text, base = reading.text, reading.offsets
    pieces: list[str] = []
    offsets = array("l")
    made: list[Correction] = []
    starts = [edit.start for edit in edits]
    shifts: list[int] = []
    at = length = 0
    for edit in edits:
        pieces += text[at : edit.start], edit.words
        offsets.extend(range(at, edit.start) if base is None else base[at : edit.start])
        length += edit.start - at
        steps = align(text[edit.start : edit.end], edit.words)
        offsets.extend(edit.start + step if base is None else base[edit.start + step] for step in steps)
        made.append(Correction(length, length + len(edit.words), edit.kind, edit.sure))
        length += len(edit.words)
        at = edit.end
        shifts.append(length - at)
    pieces.append(text[at:])
    offsets.extend(range(at, len(text) + 1) if base is None else base[at:])
    for old in reading.corrections:
        k = bisect_right(starts, old.start) - 1
        if k >= 0 and old.start < edits[k].end:  # corrected again: as sure as both together
            made[k] = replace(made[k], kind=old.kind, sure=made[k].sure * old.sure)
        else:
            shift = shifts[k] if k >= 0 else 0
            made.append(replace(old, start=old.start + shift, end=old.end + shift))
    made.sort(key=lambda correction: correction.start)
    return Reading("".join(pieces), offsets, tuple(made), reading.inside)


@lru_cache(maxsize=4096)
def align(written: str, meant: str) -> tuple[int, ...]:
    """For each letter of what was meant the place in what was written that it stands for, never going back."""
    steps: list[int] = []
    if len(written) == len(meant):
        return tuple(range(len(meant)))
    for tag, a, b, c, d in SequenceMatcher(None, _bare(written), _bare(meant), autojunk=False).get_opcodes():
        if tag == "equal":
            steps += range(a, b)
        elif tag != "delete":
            steps += (a + (k * (b - a)) // (d - c) for k in range(d - c))
    return tuple(steps)


def _bare(text: str) -> str:
    """Lower case without accents, one letter for each."""
    return "".join(plain(c.lower())[0] for c in text)

"""How high a summary will be in print, from safe guesses of how wide its words are: no font is measured, for each machine has its own."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from ressenti._version import __version__
from ressenti.graph.drawing.words import wrap
from ressenti.review.summary.content import Content, Summary
from ressenti.review.summary.curve import HEIGHT as CURVE
from ressenti.review.summary.curve import WIDTH
from ressenti.review.summary.level import FEWEST, LEVELS
from ressenti.review.summary.parts import List
from ressenti.review.summary.quoting import words_of
from ressenti.review.summary.wording import SummaryTexts

PAGE = 757.0
"""More than what an A4 page holds between its margins, for these guesses lie above the truth: with DejaVu, the broadest of the usual
types, two of 376 accounts ran over their page with 769 points, and none with 762."""
LEADING = 1.36
"""Height of a line, in sizes of its type."""
SMALL = 9.0
_GAIN = 2
"""Emotions that a tighter level must tell more than a roomier one to be taken."""
NOTES = 38.0
"""Room left for notes by hand, at least."""
EMOTION, QUOTE, LINKS = 118.0, 210.0, 148.0
"""Widths of the columns in points, their padding left out; as in the style sheet."""
SANS, SERIF = 0.97, 0.90
"""How wide our own words and quotations are at most, beside the guess of `width`: with DejaVu Sans, and with Palatino."""


def fitted(content: Content, texts: SummaryTexts) -> Summary:
    """The roomiest summary that fits a page and leaves out as few emotions as can be; the tightest where none does."""
    found: Summary | None = None
    for level in LEVELS:
        most = min(content.emotions, level.rows)
        for rows in range(most, min(most, FEWEST) - 1, -1):
            if found is not None and content.emotions - rows > found.omitted - _GAIN:
                break
            summary = content.at(replace(level, rows=rows))
            if height(summary, texts) <= PAGE:
                found = summary
                break
        if found is not None and not found.omitted:
            return found
    return found or content.at(LEVELS[-1])


def height(summary: Summary, texts: SummaryTexts) -> float:
    """How high it will be at most, in points, the least room for notes included."""
    return sum(heights(summary, texts).values()) + NOTES


def heights(summary: Summary, texts: SummaryTexts) -> dict[str, float]:
    """The heights of its blocks, in their order."""
    size = summary.level.size
    line, small = size * LEADING, SMALL * LEADING
    lists = {key: _list(found, size, texts) for key, found in summary.lists.items()}
    signs = legend(summary, texts)
    return {
        "head": 44.0 + small * _lines(summary.review, SMALL, WIDTH - 12),
        "scene": _heading(size) + line * _lines(words_of(summary.scene), size * SERIF, WIDTH - 12) + 2,
        "curve": CURVE + 6 if summary.curve else 0.0,
        "emotions": _heading(size) + small + 2 + sum(_row(summary, n) for n in range(len(summary.rows))),
        "legend": small * _lines(signs, SMALL * SANS, WIDTH) + 3 if signs else 0.0,
        "also": small * _lines(summary.also, SMALL * SANS, WIDTH) + 4 if summary.also else 0.0,
        "lists": max(lists["body"] + lists["territory"], lists["thoughts"] + lists["ambivalences"]) + 3,
        "asked": _heading(size) + 16 + sum(line * _lines(text, size * SANS, WIDTH - 39) + 2 for text in summary.questions or ("",)),
        "foot": small * _lines(f"{texts('foot')} {texts('made', version=__version__)}", SMALL * SANS, WIDTH) + 10.5,
    }


def legend(summary: Summary, texts: SummaryTexts) -> str:
    """What the signs mean, those that occur."""
    keys = [f"legend_{status}" for status in ("negated", "hypothetical") if any(row.status == status for row in summary.rows)]
    modes = {row.group.first.mode for row in summary.rows}
    kinds = {"behavioural": "shown", "displayed": "displayed", "suggested": "suggested"}
    keys += [f"legend_{sign}" for mode, sign in kinds.items() if mode in modes]
    return " ".join(texts(key) for key in keys)


def _heading(size: float) -> float:
    return (size + 1) * LEADING + 9


def _row(summary: Summary, number: int) -> float:
    row, size = summary.rows[number], summary.level.size
    line, small = size * LEADING, SMALL * LEADING
    emotion = line * _lines(row.emotion, size * 1.08, EMOTION) + 1.6 + small * _lines(" · ".join(row.details), SMALL * SANS, EMOTION)
    quote = line * _lines(words_of(row.quote), size * SERIF, QUOTE)
    links = sum(line * _lines(f"{kind}\u00a0: {words}", size * SERIF, LINKS) for kind, words in row.links)
    return max(emotion, quote, links) + 3.5


def _list(found: List, size: float, texts: SummaryTexts) -> float:
    line, small = size * LEADING, SMALL * LEADING
    wide = WIDTH / 2 - 22
    items = [
        line * _lines(words_of(item.quote), size * SERIF, wide) * bool(item.quote)
        + (line if not item.quote else small) * _lines(item.note, size if not item.quote else SMALL, wide)
        + 2
        for item in found.items
    ]
    return _heading(size) + (sum(items) or line) + small * bool(found.more)


def _lines(text: str, size: float, wide: float) -> int:
    return _counted(text, size, wide) if text else 0


@lru_cache(4096)
def _counted(text: str, size: float, wide: float) -> int:
    return len(wrap(text, size, wide, 200))

"""Decisions on a text that differs from the one at hand by blank space around it alone: pasted without its last line end, say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from ressenti.review.decisions.model import Review, text_sha256
from ressenti.schema import Span


def alike(text: str) -> dict[str, int]:
    """The texts that are this one but for blank space around it, as an editor, a form or a window leaves it.

    Returns:
        By the hash of each how much further on its words stand in this text; this text itself comes first.
    """
    found = {text_sha256(text): 0}
    for start, other in _otherwise(text):
        found.setdefault(text_sha256(other), start)
    return found


def _otherwise(text: str) -> Iterator[tuple[int, str]]:
    blank = len(text) - len(text.lstrip())
    line = text.rfind("\n", 0, blank) + 1
    words = len(text.rstrip())
    last = text.find("\n", words)
    for start in dict.fromkeys((0, line, blank)):
        for end in dict.fromkeys((words, last if last >= 0 else len(text))):
            for line_end in ("", "\n", "\r\n"):
                yield start, text[start:end] + line_end


def settle(review: Review, text: str) -> None:
    """Make a review of another text that is ``alike`` one of this text.

    Args:
        review: Its text's hash is one of `alike`.
        text: The text at hand.
    """
    by = alike(text)[review.text_sha256]

    def span(of: Span) -> Span:
        return max(of[0] + by, 0), min(of[1] + by, len(text))

    def values(of: Mapping[str, Any]) -> dict[str, Any]:
        result = dict(of)
        if "span" in result:
            result["span"] = span(result["span"])
        for name in ("cue", "mentions"):
            if name in result:
                result[name] = tuple(map(span, result[name]))
        return result

    review.text_sha256, review.length = text_sha256(text), len(text)
    review.entities = {id: [*map(span, spans)] for id, spans in review.entities.items()}
    review.decisions = [replace(each, was=values(each.was), value=values(each.value)) for each in review.decisions]

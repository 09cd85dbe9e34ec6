"""Replacing words of a narrative, with all that points into its text following."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ressenti.graph.privacy.words import KEPT
from ressenti.schema import Narrative, Span

WORD = re.compile(r"[^\W\d_]+")
"""A word; « Jean-Pierre » and « d'Anne » are two, since a span may end between."""

Elsewhere = Callable[[str, str], str]
"""From a string that is no part of the text, and the key under which it stands, to what becomes of it."""
_COMMENT = "comment"
Replacement = tuple[int, int, str]
"""Start and end in the text (Unicode code points, end exclusive) and what comes there."""


def rewrite(narrative: Narrative, replacements: Sequence[Replacement], elsewhere: Elsewhere) -> Narrative:
    """The narrative with words replaced.

    Spans move with the text; one that begins or ends inside a replaced word takes in the whole of it.

    Args:
        narrative: Any.
        replacements: In order of the text, not overlapping.
        elsewhere: What becomes of labels, a reporter's name (key ``reported``), comments and metadata.
    """
    text, pieces, at = narrative.text, [], 0
    for start, end, new in replacements:
        pieces += [text[at:start], new]
        at = end
    pieces.append(text[at:])
    shift = _Shift(replacements)
    return replace(
        narrative,
        text="".join(pieces),
        components=[replace(item, span=shift(item.span)) for item in narrative.components],
        mentions=[
            replace(item, cue=tuple(shift(piece) for piece in item.cue), extra=_extra(item.extra, shift, elsewhere))
            for item in narrative.mentions
        ],
        roles=[
            replace(item, span=shift(item.span), review=item.review and _review(item.review, shift, elsewhere)) for item in narrative.roles
        ],
        entities=[
            replace(item, label=elsewhere(item.label, "label"), mentions=tuple(shift(span) for span in item.mentions))
            for item in narrative.entities
        ],
        extra=_of_narrative(narrative.extra, shift, elsewhere),
    )


class _Shift:
    """Where a place of the old text is in the new one."""

    def __init__(self, replacements: Sequence[Replacement]) -> None:
        self._replacements = replacements
        self._starts = [start for start, _, _ in replacements]
        self._before = [0]
        for start, end, new in replacements:
            self._before.append(self._before[-1] + len(new) - (end - start))

    def __call__(self, span: Span) -> Span:
        return self._place(span[0], end=False), self._place(span[1], end=True)

    def _place(self, offset: int, end: bool) -> int:
        number = bisect_right(self._starts, offset) - 1
        if number >= 0:
            start, stop, new = self._replacements[number]
            if start < offset < stop:
                return start + self._before[number] + (len(new) if end else 0)
            if offset == start:
                return offset + self._before[number]
        return offset + self._before[number + 1]


def _extra(extra: Mapping[str, Any], shift: _Shift, elsewhere: Elsewhere) -> dict[str, Any]:
    """The words in a mention's optional keys: who reports, and the comments of a review, but not who reviewed."""
    changed = dict(extra)
    if isinstance(changed.get("reported"), str):
        changed["reported"] = elsewhere(changed["reported"], "reported")
    if isinstance(review := changed.get("review"), Mapping):
        changed["review"] = _review(review, shift, elsewhere)
    return changed


def _of_narrative(extra: Mapping[str, Any], shift: _Shift, elsewhere: Elsewhere) -> dict[str, Any]:
    changed: dict[str, Any] = {key: item if key in ("review", "transcript") else _deep(item, elsewhere, key) for key, item in extra.items()}
    if isinstance(review := extra.get("review"), Mapping):
        kept = {name: value for name, value in review.items() if name != "copy"}  # a second set of marks and labels, of the text as it was
        changed["review"] = _review(kept, shift, elsewhere)
    if isinstance(transcript := extra.get("transcript"), Mapping):
        changed["transcript"] = _review(transcript, shift, elsewhere)  # its turns have spans, too
    return changed


def _review(review: Mapping[str, Any], shift: _Shift, elsewhere: Elsewhere) -> dict[str, Any]:
    """A review record: who decided what and when stays, the spans of what was there before move with the text."""

    def changed(value: Any, key: str) -> Any:
        if isinstance(value, Mapping):
            return {name: changed(item, name) for name, item in value.items()}
        if key in ("cue", "span", "mentions"):
            return _moved(value, shift)
        if isinstance(value, list):
            return [changed(item, "") for item in value]
        return value if key in KEPT else _deep(value, elsewhere, _COMMENT)

    return {name: changed(value, name) for name, value in review.items()}


def _moved(value: Any, shift: _Shift) -> Any:
    match value:
        case [int(start), int(end)]:
            return list(shift((start, end)))
        case list():
            return [_moved(item, shift) for item in value]
    return value


def _deep(value: Any, elsewhere: Elsewhere, key: str) -> Any:
    if isinstance(value, str):
        return elsewhere(value, key)
    if isinstance(value, Mapping):
        return {name: _deep(item, elsewhere, name) for name, item in value.items()}
    return [_deep(item, elsewhere, key) for item in value] if isinstance(value, list) else value

"""What a row of a table and an object of JSON have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ressenti.schema import COMPONENTS

WRITTEN = ("id", "text", "components", "mentions", "roles", "entities", "provenance", "review")
"""Keys that an annotation writes; they are not carried through from an input."""

EMPTY = "empty"
"""The notice on an account without a word."""

GAP = "\n\n"
"""What stands between the answers of a guided narrative."""


def join_answers(answers: Mapping[str, str]) -> tuple[str, tuple[tuple[str, int, int], ...]]:
    """The text of a guided narrative and where each component stands in it.

    Args:
        answers: Answer by component; blank ones are left out, the order is that of the components.

    Returns:
        The answers joined by a blank line; (component, start, end) in Unicode code points.
    """
    pieces: list[str] = []
    spans: list[tuple[str, int, int]] = []
    at = 0
    for name in COMPONENTS:
        answer = answers.get(name, "")
        if not answer.strip():
            continue
        pieces.append(answer)
        spans.append((name, at, at + len(answer)))
        at += len(answer) + len(GAP)
    return GAP.join(pieces), tuple(spans)


def given_components(value: Any, length: int) -> tuple[tuple[str, int, int], ...]:
    """The components with source ``given`` of an earlier output, so that it can be annotated again.

    Args:
        value: What stands under ``components``; whatever does not fit the format is left out.
        length: Of the text, in code points.
    """
    found = []
    for item in value if isinstance(value, Sequence) else ():
        match item:
            case {"component": str(name), "span": [int(start), int(end)], "source": "given"}:
                if name in COMPONENTS and 0 <= start < end <= length:
                    found.append((name, start, end))
    return tuple(found)

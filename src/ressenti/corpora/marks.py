"""What stands where in an account: cues and roles as flat marks, ready to be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ressenti.schema import Narrative, Span

NARRATOR = "NARRATOR"
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text: a piece of a cue, or a role.

    Attributes:
        start: In the text, code points.
        end: Exclusive.
        mention: Number of the mention, None for a role.
        primary: Key of its primary emotion; empty for a role.
        status: Of the mention; empty for a role.
    """

    start: int
    end: int
    mention: int | None = None
    primary: str = ""
    status: str = ""


def marks(narrative: Narrative) -> list[Mark]:
    """The marks, outer before inner; a role that several mentions share is there once."""
    length = len(narrative.text)
    cues = [Mark(*piece, m.id, m.primary, m.status) for m in narrative.mentions for piece in m.cue]
    roles = {role.span: Mark(*role.span) for role in narrative.roles}
    found = [mark for mark in (*cues, *roles.values()) if 0 <= mark.start < mark.end <= length]
    # Around the same words the role goes outside: « {[Ma peur]¹} » belongs to the mention that has the role.
    return sorted(found, key=lambda mark: (mark.start, -mark.end, mark.mention or 0))


def ends(found: Sequence[Mark]) -> list[Mark]:
    """The same marks in the order in which they close, inner before outer."""
    return sorted(found, key=lambda mark: (mark.end, -mark.start, -(mark.mention or 0)))


def superscript(number: int) -> str:
    """A number as a raised figure."""
    return str(number).translate(_SUPERSCRIPTS)


def paragraphs(text: str) -> list[Span]:
    """Where each line of the text stands, line ends left out."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans

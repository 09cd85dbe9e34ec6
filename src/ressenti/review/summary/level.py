"""How much a summary says, and how large: from roomy to the least that still fits the longest account on a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """One way to fill the page.

    Attributes:
        name: Of its class in the style sheet.
        size: Of the type, in points; nothing is smaller than 9.
        rows: Emotions told by themselves, at most; the others are told together.
        scene: Characters of the scene.
        quote: Of the words around an emotion.
        link: Of a cause, object or consequence.
        items: In each list.
        item: Characters of one.
        given: Of an answer to a question of a guided account.
        questions: At most.
        curve: Whether there is a curve.
    """

    name: str
    size: float
    rows: int
    scene: int
    quote: int
    link: int
    items: int
    item: int
    given: int
    questions: int
    curve: bool


LEVELS = (
    Level("s105", 10.5, 14, 420, 78, 80, 4, 150, 380, 6, True),
    Level("s100", 10.0, 14, 420, 82, 80, 4, 140, 360, 6, True),
    Level("s95", 9.5, 16, 400, 86, 80, 3, 130, 320, 5, True),
    Level("s90", 9.0, 16, 380, 88, 76, 3, 120, 300, 5, True),
    Level("s90", 9.0, 16, 320, 84, 66, 3, 100, 240, 4, True),
    Level("s90", 9.0, 16, 320, 84, 56, 3, 90, 240, 4, False),
    Level("s90", 9.0, 16, 260, 44, 40, 2, 90, 180, 4, False),
    Level("s90", 9.0, 16, 180, 44, 36, 1, 60, 110, 3, False),
)
"""From roomy to tight."""
ALSO = 9
"""Emotions that are told together by name, at most."""
FEWEST = 6
"""Emotions with a row of their own, at least, where there are so many."""
NAME = 40
"""Characters of a person's name, at most."""

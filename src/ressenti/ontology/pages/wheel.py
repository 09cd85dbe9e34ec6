"""Where everything stands in the drawing: a wheel of three rings, the primaries inside, then their groups, at the rim the third tier.

Nothing here knows SVG. Labels are measured generously (the reader's font is not known), and rings grow until every label has its room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, radians, sin

from ressenti.ontology.pages.tree import Node

HUB = 82.0
GAP = 0.9
"""Between two primaries, in words of the third tier."""
LEAST = {"primary": 5.0, "secondary": 1.7, "tertiary": 1.0}
"""What a field takes at least, in words of the third tier, so that its label has room."""
SIZE = {"primary": 18.0, "secondary": 13.5, "tertiary": 12.5}
LINE = 1.22
"""Height of a line, in sizes of its font."""
MARGIN = {"primary": 14.0, "secondary": 9.0, "tertiary": 8.0}
_NARROW, _WIDE = "ijltfrI'’.,:;()-‐ |!", "mwMWœæŒÆ@%—…"
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """A text in the drawing; angles in degrees, clockwise."""

    text: str
    x: float
    y: float
    rotation: float
    anchor: str
    size: float

    def corners(self) -> tuple[Point, Point, Point, Point]:
        """The corners of the box that the text fills, measured generously."""
        width, half = measure(self.text, self.size), self.size * LINE / 2
        left = {"start": 0.0, "middle": -width / 2, "end": -width}[self.anchor]
        turn = radians(self.rotation)
        box = ((left, -half), (left + width, -half), (left + width, half), (left, half))
        one, two, three, four = ((self.x + x * cos(turn) - y * sin(turn), self.y + x * sin(turn) + y * cos(turn)) for x, y in box)
        return one, two, three, four


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a ring, from ``start`` to ``end`` (radians, clockwise from the top) and from ``inner`` to ``outer``."""

    node: Node
    start: float
    end: float
    inner: float
    outer: float
    label: Label

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


@dataclass(frozen=True, slots=True)
class Wheel:
    """The drawing: its fields, and its extent from the middle to each side."""

    cells: tuple[Cell, ...]
    extent: float
    hub: float


def measure(text: str, size: float) -> float:
    """Width of a text in a wide sans serif (Verdana, DejaVu Sans); most fonts are narrower."""
    return size * sum(0.4 if c in _NARROW else 0.95 if c in _WIDE else 0.76 if c.isupper() else 0.63 for c in text)


def at(angle: float, radius: float) -> Point:
    """The point at an angle (radians, clockwise from the top) and a distance from the middle."""
    return radius * sin(angle), -radius * cos(angle)


def lay_out(roots: Sequence[Node], language: str) -> Wheel:
    """Give every node its field and its label."""
    total = sum(_slots(root) + GAP for root in roots)
    rings = _rings(roots, language, 2 * pi / total)
    # The narrowest primary goes to three o'clock, where its label can lie flat though its field is thin
    starts = [sum(_slots(root) + GAP for root in roots[:number]) for number in range(len(roots))]
    narrowest = min(range(len(roots)), key=lambda number: _slots(roots[number]))
    offset = pi / 2 - (starts[narrowest] + _slots(roots[narrowest]) / 2) * 2 * pi / total
    cells: list[Cell] = []
    for root, start in zip(roots, starts, strict=True):
        _place(root, language, offset + start * 2 * pi / total, 2 * pi / total, rings, cells)
    return Wheel(tuple(cells), rings["tertiary"][1] + 6, rings["primary"][0])


def _slots(node: Node) -> float:
    return max(LEAST[node.tier], sum(_slots(child) for child in node.children))


def _rings(roots: Sequence[Node], language: str, slot: float) -> dict[str, tuple[float, float]]:
    """Inner and outer radius of each ring: wide enough for its longest label, and far enough out for the height of a line."""
    rings: dict[str, tuple[float, float]] = {}
    inner = HUB
    for tier in ("primary", "secondary", "tertiary"):
        widths = [measure(n.short[language], SIZE[tier]) for root in roots for n in root.walk() if n.tier == tier]
        if tier != "primary":
            inner = max(inner, SIZE[tier] * LINE / (slot * LEAST[tier]))
        rings[tier] = inner, inner + max(widths, default=0) + 2 * MARGIN[tier]
        inner = rings[tier][1] + 2
    # A ring that begins further out than the one inside it ends would leave a void: that one grows
    tiers = list(rings)
    for inside, outside in pairwise(tiers):
        rings[inside] = rings[inside][0], rings[outside][0] - 2
    return rings


def _place(node: Node, language: str, start: float, slot: float, rings: dict[str, tuple[float, float]], cells: list[Cell]) -> None:
    inner, outer = rings[node.tier]
    end = start + _slots(node) * slot
    label = _label(node, node.short[language], (start + end) / 2, inner, outer)
    cells.append(Cell(node, start, end, inner, outer, label))
    # A field that is wider than its children need shares the rest among them
    stretch = (end - start) / (sum(_slots(child) for child in node.children) * slot) if node.children else 1.0
    for child in node.children:
        _place(child, language, start, slot * stretch, rings, cells)
        start += _slots(child) * slot * stretch


def _label(node: Node, text: str, angle: float, inner: float, outer: float) -> Label:
    """Primaries lie flat in the middle of their field; the others stand like spokes, never upside down."""
    size = SIZE[node.tier]
    if node.tier == "primary":
        x, y = at(angle, (inner + outer) / 2)
        return Label(text, x, y, 0.0, "middle", size)
    degrees = angle * 180 / pi % 360
    right = degrees <= 180
    rotation = degrees - 90 if right else degrees - 270
    if node.tier == "secondary":
        x, y = at(angle, (inner + outer) / 2)
        return Label(text, x, y, rotation, "middle", size)
    x, y = at(angle, inner + MARGIN[node.tier])
    return Label(text, x, y, rotation, "start" if right else "end", size)

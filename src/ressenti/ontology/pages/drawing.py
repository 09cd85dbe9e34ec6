"""The wheel as SVG: numbers and paths for the template ``tree.svg``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import pi

from ressenti.ontology.dependencies import Dependency
from ressenti.ontology.pages.tree import Node
from ressenti.ontology.pages.wheel import Cell, Point, Wheel, at, lay_out
from ressenti.ontology.rdf.names import local_name


@dataclass(frozen=True, slots=True)
class Arc:
    """A fine line through the hub between two opposite primaries, with its ends."""

    path: str
    ends: tuple[Point, Point]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws: fields as (cell, path), and arcs."""

    wheel: Wheel
    fields: tuple[tuple[Cell, str], ...]
    arcs: tuple[Arc, ...]


def draw(roots: Sequence[Node], dependencies: Iterable[Dependency], language: str) -> Drawing:
    """Draw the tree in a language, with the confirmed oppositions of its primaries."""
    wheel = lay_out(roots, language)
    fields = tuple((cell, sector(cell)) for cell in wheel.cells)
    places = {cell.node.name: cell for cell in wheel.cells if cell.node.tier == "primary"}
    arcs = []
    for dependency in dependencies:
        if dependency.relation != "opposite" or dependency.status != "confirmed":
            continue
        one, other = (local_name(key) for key in dependency.emotions)
        if one in places and other in places:
            (x1, y1), (x2, y2) = ends = at(places[one].middle, wheel.hub - 6), at(places[other].middle, wheel.hub - 6)
            # Bent towards the middle, but not all through it: several arcs would meet there in a knot
            x, y = (x1 + x2) / 6, (y1 + y2) / 6
            arcs.append(Arc(f"M{number(x1)} {number(y1)}Q{number(x)} {number(y)} {number(x2)} {number(y2)}", ends))
    return Drawing(wheel, fields, tuple(arcs))


def sector(cell: Cell) -> str:
    """The outline of a field as an SVG path."""
    large = int(cell.end - cell.start > pi)
    (x1, y1), (x2, y2) = at(cell.start, cell.inner), at(cell.start, cell.outer)
    (x3, y3), (x4, y4) = at(cell.end, cell.outer), at(cell.end, cell.inner)
    inner, outer = number(cell.inner), number(cell.outer)
    return (
        f"M{number(x1)} {number(y1)}L{number(x2)} {number(y2)}A{outer} {outer} 0 {large} 1 {number(x3)} {number(y3)}"
        f"L{number(x4)} {number(y4)}A{inner} {inner} 0 {large} 0 {number(x1)} {number(y1)}Z"
    )


def number(value: float) -> str:
    """One decimal: machines differ in the last digits of a sine. Adding zero makes a minus zero a zero."""
    return f"{round(value, 1) + 0.0:g}"

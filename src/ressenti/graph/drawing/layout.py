"""Where the boxes of a narrative stand: the narrator in the middle, her emotions around her clockwise as they are told, the rest outside.

Each of her emotions has a sector, as broad as what is in it; in the sector stand, further out, what the emotion is about and, further
still, other people with their emotions. Then boxes that cover each other are pushed apart. Nothing is left to chance: the same narrative
gives the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from ressenti.graph.drawing.geometry import Rect, spread
from ressenti.graph.drawing.scene import LABEL, Box, Scene
from ressenti.graph.drawing.words import width

_ASPECT = 1.45
"""Width of the rings by their height: screens and pages lie."""
_FIRST, _ACROSS = 124.0, 250.0
"""The least of half the height and half the width of the first ring."""
_NEXT = (190.0, 92.0)
"""From one ring to the next, sideways and upright."""
_GAP, _UPRIGHT = 20.0, 42.0
"""The least room between boxes, and, upright, between a box and those further inside, where a line goes with its word."""


@dataclass(slots=True)
class _Sector:
    """Boxes around one direction, by ring from 1, outwards; where in the order of telling it stands."""

    at: float
    rings: dict[float, list[Box]] = field(default_factory=dict)

    def put(self, ring: float, box: Box) -> None:
        self.rings.setdefault(ring, []).append(box)

    def need(self) -> float:
        """How much room it takes of the first ring."""
        return max(sum(_extent(box) for box in boxes) / (1 + 0.75 * (ring - 1)) for ring, boxes in self.rings.items())


def _extent(box: Box) -> float:
    return (box.rect.w + 2 * box.rect.h) / 2.4 + _GAP


def lay_out(scene: Scene) -> None:
    """Give the boxes their places, with the narrator at 0, 0."""
    sectors = _sectors(scene)
    total = sum(sector.need() for sector in sectors)
    upright = max(_FIRST, total / (math.pi * (1 + _ASPECT)) * 1.12)
    # A lone sector, or two, would stand above each other: they begin to the right
    angle = (
        -sectors[0].need() / total * math.pi if len(sectors) > 2 else math.pi / 2 - (sectors[0].need() / total * math.pi if sectors else 0)
    )
    words: dict[str, float] = {}
    for link in scene.links:
        for end in (link.start, link.end):
            words[end] = max(words.get(end, 0.0), width(link.label, LABEL))
    for sector in sectors:
        broad = sector.need() / total * 2 * math.pi
        inner = [box.rect for box in scene.boxes.values() if box.kind == "narrator"]
        for ring, boxes in sorted(sector.rings.items()):
            _along(boxes, ring, angle + broad / 2, broad, upright)
            for box in boxes:
                _outwards(box.rect, inner, words.get(box.id, 0.0))
            inner = [*inner, *(box.rect for box in boxes)]
        angle += broad
    rects = [box.rect for box in scene.boxes.values()]
    spread(rects, [box.kind == "narrator" for box in scene.boxes.values()], _GAP)


def _along(boxes: Sequence[Box], ring: float, middle: float, broad: float, upright: float) -> None:
    """Put the boxes of a ring side by side in their sector."""
    across, high = _across(upright) + _NEXT[0] * (ring - 1), upright + _NEXT[1] * (ring - 1)
    needs = [_extent(box) for box in boxes]
    step = min(broad, sum(needs) / ((across + high) / 2))
    angle = middle - step / 2
    for box, need in zip(boxes, needs, strict=True):
        share = step * need / sum(needs)
        turn = angle + share / 2
        box.rect.x, box.rect.y = across * math.sin(turn), -high * math.cos(turn)
        angle += share


def _outwards(rect: Rect, inner: Sequence[Rect], words: float) -> None:
    """Move a box away from the middle until a line with its words, so wide, has room between it and those of the rings inside."""
    for _ in range(60):
        around = Rect(rect.x, rect.y, rect.w + 2 * words + 60, rect.h + 2 * _UPRIGHT)
        if not any(around.overlaps(other) for other in inner):
            return
        rect.x, rect.y = rect.x * 1.04, rect.y * 1.04


def _across(upright: float) -> float:
    """Half the width of the first ring: room for a line and its word beside the narrator, too."""
    return max(upright * _ASPECT, _ACROSS)


def _sectors(scene: Scene) -> list[_Sector]:
    narrator = next((box.id for box in scene.boxes.values() if box.kind == "narrator"), None)
    felt: dict[str, list[Box]] = {}
    feels = {link.end: link.start for link in scene.links if link.kind == "feels"}
    for box in scene.boxes.values():
        if box.kind == "emotion":
            felt.setdefault(feels.get(box.id, ""), []).append(box)
    placed = {narrator} if narrator else set()
    sectors: list[_Sector] = []
    where: dict[str, _Sector] = {}

    def open_(box: Box, at: float) -> _Sector:
        sector = _Sector(at)
        sectors.append(sector)
        where[box.id] = sector
        return sector

    for emotion in sorted(felt.get(narrator or "", []) if narrator else [], key=lambda box: box.first):
        open_(emotion, emotion.first).put(1, emotion)
    people = [box for box in scene.boxes.values() if box.kind == "character" and box.id in felt]
    for person in people:
        first = min(box.first for box in felt[person.id])
        near = [where[other] for emotion in felt[person.id] for other in scene.about(emotion.id) if other in where]
        near += [where[other] for other in where for about in scene.about(other) if about == person.id and other in where]
        sector = open_(person, near[0].at + 0.5 if near else first)
        sector.put(1.5, person)
        for emotion in sorted(felt[person.id], key=lambda box: box.first):
            sector.put(2.3, emotion)
            where[emotion.id] = sector
        placed.add(person.id)
    for emotion in felt.get("", []):
        open_(emotion, emotion.first).put(1.5, emotion)
    _around(scene, where, placed)
    rest = [box for box in scene.boxes.values() if box.id not in placed and box.id not in where and box.kind != "emotion"]
    for box in rest:
        open_(box, box.first).put(1.7, box)
    return sorted(sectors, key=lambda sector: sector.at)


def _around(scene: Scene, where: dict[str, _Sector], placed: set[str]) -> None:
    """What emotions are about, one ring outside the first emotion that is about it."""
    for emotion, sector in list(where.items()):
        if scene.boxes[emotion].kind != "emotion":
            continue
        ring = next(ring for ring, boxes in sector.rings.items() if any(box.id == emotion for box in boxes))
        for about in scene.about(emotion):
            if about not in placed and about not in where and scene.boxes[about].kind in ("event", "character"):
                sector.put(ring + 1, scene.boxes[about])
                placed.add(about)

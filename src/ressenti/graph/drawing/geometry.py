"""Boxes that do not cover each other, and lines between them that go round the others."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Point = tuple[float, float]
_BULGES = (0.0, 0.12, -0.12, 0.22, -0.22, 0.35, -0.35, 0.5, -0.5, 0.65, -0.65, 0.8, -0.8, 1.0, -1.0)
_LEANS = (0.0, 0.25, -0.25, 0.5, -0.5)
_FREE = 30.0
"""A cost below which a line meets no box."""
_ALONG = 9.0
"""Nearer than this a line runs along another."""
_SAMPLES = 24
_STEPS = np.linspace(0, 1, _SAMPLES + 1)
_WEIGHTS: Points = np.stack(((1 - _STEPS) ** 2, 2 * _STEPS * (1 - _STEPS), _STEPS**2), axis=1)
_CLOSE = np.linspace(0, 1, 3 * _SAMPLES + 1)
_FINE: Points = np.stack(((1 - _CLOSE) ** 2, 2 * _CLOSE * (1 - _CLOSE), _CLOSE**2), axis=1)
"""So close that a long line does not step over a word."""


@dataclass(slots=True)
class Rect:
    """A rectangle by its centre and its size; for lines it is the circle in it where it is ``round``."""

    x: float
    y: float
    w: float
    h: float
    round: bool = False

    def overlaps(self, other: Rect, gap: float = 0.0) -> bool:
        """Whether the two are nearer than ``gap``."""
        return abs(self.x - other.x) * 2 < self.w + other.w + 2 * gap and abs(self.y - other.y) * 2 < self.h + other.h + 2 * gap

    def holds(self, point: Point, gap: float = 0.0) -> bool:
        """Whether a point is in it, or nearer than ``gap``."""
        return abs(point[0] - self.x) * 2 < self.w + 2 * gap and abs(point[1] - self.y) * 2 < self.h + 2 * gap


def edges(rects: Iterable[Rect]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of all rectangles together; zeros where there is none."""
    sides = [(rect.x - rect.w / 2, rect.y - rect.h / 2, rect.x + rect.w / 2, rect.y + rect.h / 2) for rect in rects]
    if not sides:
        return 0.0, 0.0, 0.0, 0.0
    left, top, right, bottom = zip(*sides, strict=True)
    return min(left), min(top), max(right), max(bottom)


def spread(rects: Sequence[Rect], fixed: Sequence[bool], gap: float, rounds: int = 400) -> None:
    """Push apart rectangles that are nearer than ``gap``, each pair along the way on which they overlap least.

    Args:
        rects: Moved in place.
        fixed: Which of them stay where they are.
        gap: The least distance.
        rounds: The most times that all pairs are looked at.
    """
    for _ in range(rounds):
        moved = False
        for first, second in _near(rects, gap):
            a, b, a_stays, b_stays = rects[first], rects[second], fixed[first], fixed[second]
            if not a.overlaps(b, gap) or (a_stays and b_stays):
                continue
            moved = True
            x = (a.w + b.w) / 2 + gap - abs(a.x - b.x)
            y = (a.h + b.h) / 2 + gap - abs(a.y - b.y)
            shares = (0.0, 1.0) if a_stays else (1.0, 0.0) if b_stays else (0.5, 0.5)
            if x < y:
                sign = 1 if b.x >= a.x else -1
                a.x, b.x = a.x - sign * (x + 0.5) * shares[0], b.x + sign * (x + 0.5) * shares[1]
            else:
                sign = 1 if b.y >= a.y else -1
                a.y, b.y = a.y - sign * (y + 0.5) * shares[0], b.y + sign * (y + 0.5) * shares[1]
        if not moved:
            return


def _near(rects: Sequence[Rect], gap: float) -> list[tuple[int, int]]:
    """The pairs of rectangles that are nearer than ``gap``, by number, in order."""
    if not rects:
        return []
    x, y, w, h = _sizes(rects).T
    across = np.abs(x[:, None] - x) * 2 < w[:, None] + w + 2 * gap
    down = np.abs(y[:, None] - y) * 2 < h[:, None] + h + 2 * gap
    return [(int(a), int(b)) for a, b in np.argwhere(np.triu(across & down, 1))]


@dataclass(slots=True)
class Curve:
    """A quadratic Bézier curve from the edge of one box to the edge of another."""

    start: Point
    bend: Point
    end: Point
    points: Points = field(init=False)
    """Points along it, from start to end: a row each, across and down."""

    def __post_init__(self) -> None:
        self.points = _WEIGHTS @ np.array((self.start, self.bend, self.end))

    def at(self, t: float) -> Point:
        """The point at ``t`` from 0 to 1."""
        u = 1 - t
        return (
            u * u * self.start[0] + 2 * u * t * self.bend[0] + t * t * self.end[0],
            u * u * self.start[1] + 2 * u * t * self.bend[1] + t * t * self.end[1],
        )

    def around(self) -> Rect:
        """The box around it, with the head of an arrow."""
        left, top = self.points.min(axis=0).tolist()
        right, bottom = self.points.max(axis=0).tolist()
        return Rect((left + right) / 2, (top + bottom) / 2, right - left + 8, bottom - top + 8)

    def normal(self, t: float) -> Point:
        """What is square to the curve at ``t``, of length 1."""
        u = 1 - t
        x = 2 * u * (self.bend[0] - self.start[0]) + 2 * t * (self.end[0] - self.bend[0])
        y = 2 * u * (self.bend[1] - self.start[1]) + 2 * t * (self.end[1] - self.bend[1])
        length = math.hypot(x, y) or 1.0
        return (-y / length, x / length)


def route(start: Rect, end: Rect, others: Sequence[Rect], lines: Sequence[Curve], prefer: float = 0.0) -> Curve:
    """A line between two boxes: the straightest of those that cross the fewest boxes.

    Args:
        start: Where it begins.
        end: Where it ends.
        others: Boxes to go round.
        lines: Lines that are there already; the new one does not lie on them.
        prefer: The bulge that is best where nothing is in the way, as a share of the length.
    """
    best, least = None, math.inf
    boxes, circles = _sizes(others) * (1, 1, 0.5, 0.5) + (0, 0, 5, 5), np.array([rect.round for rect in others], dtype=bool)
    there = _Lines(lines)
    for lean in _LEANS:
        if lean and least < _FREE:
            break
        for bulge in _BULGES:
            cost = 10 * abs(bulge) + 40 * bulge * bulge + 12 * abs(lean)
            if cost >= least:  # even where nothing is in the way
                continue
            curve = _curve(start, end, prefer + bulge, lean)
            points = _FINE @ np.array((curve.start, curve.bend, curve.end))
            near = _meeting(points, boxes)
            hit = near[_inside(points, boxes[near], circles[near]).any(axis=0)]
            # A line may have to pass close to a box, but under it nobody can follow it
            under = int(_inside(points, boxes[hit] - (0, 0, 7, 7), circles[hit]).any(axis=0).sum())
            cost += 30 * len(hit) + 90 * under
            if cost < least:
                cost += 12 * there.along(curve)
            if cost < least - 1e-9:
                best, least = curve, cost
    assert best is not None
    return best


def _sizes(rects: Sequence[Rect]) -> Points:
    """Centres and sizes, a row a rectangle."""
    return np.array([(rect.x, rect.y, rect.w, rect.h) for rect in rects]).reshape(-1, 4)


def _meeting(points: Points, boxes: Points) -> NDArray[np.intp]:
    """The numbers of the boxes, given by centre and half their size, that meet the rectangle around points."""
    low, high = points.min(axis=0), points.max(axis=0)
    return np.flatnonzero(((boxes[:, :2] + boxes[:, 2:] > low) & (boxes[:, :2] - boxes[:, 2:] < high)).all(axis=1))


def _inside(points: Points, boxes: Points, circles: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which points, by row, are in which boxes, given by centre and half their size, or in the circles in these."""
    away = np.abs(points[:, None, :] - boxes[None, :, :2])
    in_box = (away < boxes[None, :, 2:]).all(axis=2)
    in_circle = (away**2).sum(axis=2) < boxes[None, :, 2] ** 2
    return np.where(circles[None, :], in_circle, in_box)


class _Lines:
    """Lines that are drawn already, and the rectangles around them, outside which nothing need be looked at."""

    def __init__(self, lines: Sequence[Curve]) -> None:
        self._points = np.stack([line.points for line in lines]) if lines else np.empty((0, _SAMPLES + 1, 2))
        self._low, self._high = self._points.min(axis=1), self._points.max(axis=1)

    def around(self, low: Points, high: Points) -> Points:
        """The points of the lines whose rectangles meet the one from ``low`` to ``high``."""
        meeting: Points = self._points[((self._low < high) & (self._high > low)).all(axis=1)]
        return meeting

    def along(self, curve: Curve) -> int:
        """How many run along a good part of a curve."""
        inner = curve.points[3:-3]
        lines = self.around(inner.min(axis=0) - _ALONG, inner.max(axis=0) + _ALONG)
        away = np.abs(inner[None, :, None, :] - lines[:, None, :, :]).sum(axis=3)
        return int(((away < _ALONG).any(axis=2).sum(axis=1) > _SAMPLES // 3).sum())


def _curve(start: Rect, end: Rect, bulge: float, lean: float = 0.0) -> Curve:
    dx, dy = end.x - start.x, end.y - start.y
    bend = ((start.x + end.x) / 2 - dy * bulge + dx * lean, (start.y + end.y) / 2 + dx * bulge + dy * lean)
    return Curve(_rim(start, bend, 2), bend, _rim(end, bend, 4))


def _rim(rect: Rect, towards: Point, gap: float) -> Point:
    """Where the line from a box's centre leaves it."""
    dx, dy = towards[0] - rect.x, towards[1] - rect.y
    if not dx and not dy:
        return (rect.x, rect.y)
    if rect.round:
        share = (rect.w / 2 + gap) / math.hypot(dx, dy)
        return (rect.x + dx * share, rect.y + dy * share)
    share = min((rect.w / 2 + gap) / abs(dx) if dx else math.inf, (rect.h / 2 + gap) / abs(dy) if dy else math.inf)
    return (rect.x + dx * share, rect.y + dy * share)


def _before_end(curve: Curve, length: float) -> Point:
    """The point of the curve so far before its end."""
    x, y = curve.end[0] - curve.at(0.94)[0], curve.end[1] - curve.at(0.94)[1]
    whole = math.hypot(x, y) or 1.0
    return (curve.end[0] - x / whole * length, curve.end[1] - y / whole * length)


_PLACES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.27, 0.73, 0.2, 0.8)
_ASIDE = (0.0, 9.0, -9.0, 18.0, -18.0, 30.0, -30.0)


def place(curve: Curve, w: float, h: float, boxes: Sequence[Rect], labels: Sequence[Rect], lines: Sequence[Curve]) -> Rect | None:
    """Where a label stands beside its line, on no box and no other label and on few lines; None where there is no room."""
    best, least = None, math.inf
    others = _Lines([line for line in lines if line is not curve])
    taken, half = _sizes([*boxes, *labels]), np.array((w / 2, h / 2))
    ends = [curve.at(t) for t in (0.0, 1.0)] + [_before_end(curve, 8)]
    for aside in _ASIDE:
        for t in _PLACES:
            far = abs(aside) / 6 + 4 * abs(t - 0.5)
            if far >= least:  # even on no line
                continue
            (x, y), (nx, ny) = curve.at(t), curve.normal(t)
            rect = Rect(x + nx * aside, y + ny * aside, w, h)
            middle = np.array((rect.x, rect.y))
            if (np.abs(taken[:, :2] - middle) * 2 < taken[:, 2:] + (w + 4, h + 4)).all(axis=1).any():
                continue
            if any(rect.holds(point, 3) for point in ends):  # the head of the arrow stays free
                continue
            crossed = int((np.abs(others.around(middle - half, middle + half) - middle) < half).all(axis=2).any(axis=1).sum())
            cost = 5 * crossed + abs(aside) / 6 + 4 * abs(t - 0.5)
            if cost < least and not (crossed and abs(aside) > 9):  # across another line it would seem to be that line's
                best, least = rect, cost
    return best

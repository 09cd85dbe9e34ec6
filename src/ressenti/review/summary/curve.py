"""The trajectory as a narrow curve: how pleasant what is felt is, sentence by sentence, with the numbers of the narrator's emotions."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise

from ressenti.graph.trajectory.series import Series
from ressenti.review.summary.emotions import Row
from ressenti.review.summary.wording import SummaryTexts

WIDTH, HEIGHT = 516.0, 52.0
"""In points."""
_LEFT, _RIGHT, _MIDDLE, _REACH, _RADIUS = 66.0, 506.0, 26.0, 18.0, 6.8


def curve(told: Series, rows: Sequence[Row], texts: SummaryTexts) -> str:
    """The curve as SVG, black on white; circles as in the list: dashed what is denied, dotted what is imagined."""
    step = (_RIGHT - _LEFT) / len(told.points)
    at = [(_LEFT + (n + 0.5) * step, _height(point.line.valence if point.line else 0.0)) for n, point in enumerate(told.points)]
    path = f"M{at[0][0]:.1f} {at[0][1]:.1f}" + "".join(
        f"C{(a + c) / 2:.1f} {b:.1f} {(a + c) / 2:.1f} {d:.1f} {c:.1f} {d:.1f}" for (a, b), (c, d) in pairwise(at)
    )
    named = texts("curve_label", steps=", ".join(f"{row.number} {row.emotion}" for row in rows if row.group.own))
    return (
        f'<svg class="curve" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-label="{escape(named)}">'
        f'<line class="neutral" x1="{_LEFT:g}" y1="{_MIDDLE:g}" x2="{_RIGHT:g}" y2="{_MIDDLE:g}"/>'
        f'<text x="0" y="12">{escape(texts("pleasant"))}</text><text x="0" y="{HEIGHT - 5:g}">{escape(texts("unpleasant"))}</text>'
        f'<path class="line" d="{path}"/>{"".join(_marks(told, rows, step))}</svg>'
    )


def _marks(told: Series, rows: Sequence[Row], step: float) -> list[str]:
    own = {felt.mention.id: (n, felt.affect.valence) for n, point in enumerate(told.points) for felt in point.felt if felt.own}
    placed: list[tuple[Row, float, float]] = []
    for row in rows:
        if row.group.own and row.group.ids[0] in own:
            number, valence = own[row.group.ids[0]]
            placed.append((row, _LEFT + (number + 0.5) * step, _height(valence)))
    for step_ in (1, -1):  # apart from each other, to the right; then back from the edge
        order = range(len(placed)) if step_ > 0 else range(len(placed) - 1, -1, -1)
        for n in order:
            row, x, y = placed[n]
            others = placed[:n] if step_ > 0 else placed[n + 1 :]
            for _, other, height in others:
                if abs(height - y) < 2 * _RADIUS + 1:
                    x = max(x, other + 2 * _RADIUS + 1.5) if step_ > 0 else min(x, other - 2 * _RADIUS - 1.5)
            if step_ < 0:
                x = min(x, _RIGHT - _RADIUS)
            placed[n] = row, x, y
    return [
        f'<g class="mark {row.status} c{row.colour}"><circle cx="{x:.1f}" cy="{y:.1f}" r="{_RADIUS:g}"/>'
        f'<text x="{x:.1f}" y="{y + 3.1:.1f}">{row.number}</text></g>'
        for row, x, y in placed
    ]


def _height(valence: float) -> float:
    return _MIDDLE - _REACH * valence

"""Lines go round circles and words."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from lxml import etree

import ressenti
from ressenti.corpora.reading import read
from ressenti.graph.drawing.corpus import corpus_svg
from ressenti.graph.drawing.geometry import Rect, route
from ressenti.graph.drawing.words import width
from ressenti.graph.merge import corpus_graph

SVG = "{http://www.w3.org/2000/svg}"
EXAMPLES = Path(__file__).parents[3] / "examples" / "narratives.jsonl"


def test_a_line_may_pass_the_corner_of_a_circles_box():
    ends = Rect(-200, -200, 20, 20, round=True), Rect(200, 200, 20, 20, round=True)
    (x, y), (bent, down) = (route(*ends, [Rect(90, -90, 220, 220, round=round_)], []).at(0.5) for round_ in (True, False))
    assert x == pytest.approx(y) and bent < down - 5


@pytest.mark.parametrize("side", [-60, 0, 60])
def test_a_line_goes_round_a_circle(side):
    circle = Rect(side, 8, 120, 120, round=True)
    curve = route(Rect(-300, 0, 30, 30, round=True), Rect(300, 0, 30, 30, round=True), [circle], [])
    assert min(np.hypot(x - circle.x, y - circle.y) for x, y in (curve.at(t) for t in np.linspace(0, 1, 200))) > 60


def crossed(svg: str) -> list[tuple[str, str]]:
    """Lines with the circle or name that they run under, their own names too."""
    root = etree.fromstring(svg.encode())
    circles, names = {}, []
    for group in root.iterfind(f".//{SVG}g[@data-node]"):
        node, circle = group.get("data-node"), group.find(f"{SVG}circle")
        x, y, r = (float(circle.get(key)) for key in ("cx", "cy", "r"))
        circles[node] = x, y, r
        words = [tspan for tspan in group.iter(f"{SVG}tspan") if float(tspan.get("y")) > y + r]
        names += [(node, x, float(tspan.get("y")), width(tspan.text, 13, bold=True) / 2) for tspan in words]
    found = []
    for group in root.iterfind(f".//{SVG}g[@data-edge]"):
        numbers = map(float, re.findall(r"-?[\d.]+", group.find(f"{SVG}path").get("d")))
        start, bend, end = np.array([*numbers])[:6].reshape(3, 2)
        t = np.linspace(0, 1, 300)[:, None]
        across, down = ((1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t * t * end).T
        found += [(group.get("data-edge"), node) for node, (x, y, r) in circles.items() if (np.hypot(across - x, down - y) < r - 1).any()]
        found += [
            (group.get("data-edge"), f"name of {node}")
            for node, x, y, half in names
            if ((abs(across - x) < half) & (down < y + 2) & (down > y - 9)).any()
        ]
    return found


def test_lines_of_a_corpus_run_under_no_circle_and_few_names():
    narratives = [ressenti.annotate(account.text, account.id) for account in read([EXAMPLES])]
    under = crossed(corpus_svg(corpus_graph(narratives)))
    assert not [pair for pair in under if not pair[1].startswith("name")]
    assert len(under) <= 1, under

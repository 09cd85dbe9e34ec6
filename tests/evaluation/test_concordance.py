"""Agreement of two series, against values reckoned by hand and by numpy."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from ressenti.evaluation.concordance import Moments, total


@pytest.mark.parametrize(
    ("xs", "ys", "ccc", "pearson", "rmse"),
    [
        ([1, 2, 3], [1, 2, 3], 1, 1, 0),
        ([1, 2, 3], [2, 3, 4], 4 / 7, 1, 1),  # the same course, but higher
        ([1, 2, 3], [2, 4, 6], 8 / 22, 1, math.sqrt(14 / 3)),  # the same course, but steeper
        ([1, 2, 3], [3, 2, 1], -1, -1, math.sqrt(8 / 3)),
        ([0, 0, 0], [1, 2, 3], 0, None, math.sqrt(14 / 3)),
        ([2, 2], [2, 2], None, None, 0),
        ([], [], None, None, None),
    ],
)
def test_known_values(xs, ys, ccc, pearson, rmse):
    found = Moments.of(xs, ys)
    assert (found.ccc, found.pearson, found.rmse) == tuple(None if v is None else pytest.approx(v) for v in (ccc, pearson, rmse))


def test_parts_add_up_to_the_whole_and_to_what_numpy_says():
    draw = random.Random(1)
    xs = [draw.uniform(-1, 1) for _ in range(50)]
    ys = [0.5 * x + draw.gauss(0.3, 0.2) for x in xs]
    whole = Moments.of(xs, ys)
    parts = total([Moments(), Moments.of(xs[:1], ys[:1]), Moments.of(xs[1:20], ys[1:20]), Moments.of(xs[20:], ys[20:])])
    a, b = np.array(xs), np.array(ys)
    ccc = 2 * np.cov(a, b, ddof=0)[0, 1] / (a.var() + b.var() + (a.mean() - b.mean()) ** 2)
    for found in (whole, parts):
        assert found.n == 50
        assert found.pearson == pytest.approx(np.corrcoef(a, b)[0, 1])
        assert found.rmse == pytest.approx(np.sqrt(((a - b) ** 2).mean()))
        assert found.ccc == pytest.approx(ccc)


def test_each_number_needs_its_partner():
    with pytest.raises(ValueError, match="2 numbers against 1"):
        Moments.of([1, 2], [1])

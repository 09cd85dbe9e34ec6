"""Gold series: reading, pairing sentences, figures."""

from __future__ import annotations

import json

import pytest

from ressenti.errors import DataError
from ressenti.evaluation.trajectories import compare, read_gold
from ressenti.evaluation.trajectory_tables import as_json, render, rows
from ressenti.graph.trajectory.series import Point, Series
from ressenti.graph.trajectory.values import Affect

NEUTRAL = Affect(0, 0.1)


@pytest.fixture
def gold(tmp_path):
    def read(text, scale=None):
        path = tmp_path / "gold.csv"
        path.write_text(text, encoding="utf-8")
        return read_gold(path, scale)

    return read


def series(id_, *lines):
    points = [Point(n, (10 * n - 10, 10 * n - 1), line=None if line is None else Affect(*line)) for n, line in enumerate(lines, 1)]
    return Series(id_, "NARRATOR", points)


@pytest.mark.parametrize(
    ("text", "scale", "expected"),
    [
        ("id,sentence,valence,arousal\na,1,-0.5,0.25\n", None, (-0.5, 0.25)),
        ("id,sentence,valence,arousal\na,1,0.25,1\n", None, (-0.5, 1)),
        ("id;index;valence;arousal\na;0;0,25;1\n", None, (-0.5, 1)),
        ("arousal\tvalence\tid\tsentence\n9\t3\ta\t1\n", (1, 9), (-0.5, 1)),
    ],
)
def test_scales_and_columns(gold, text, scale, expected):
    (point,) = gold(text, scale)["a"]
    assert (point.sentence, tuple(point.affect)) == (1, pytest.approx(expected))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("id,valence,arousal\n", "gold.csv:1: lacks the column 'sentence'"),
        ("id,index,valence\n", "gold.csv:1: lacks the column 'arousal'"),
        ("id,sentence,valence,arousal\na,1,x,0\n", "gold.csv:2: holds something else where numbers belong"),
        ("id,sentence,valence,arousal\na,1,nan,0\n", "gold.csv:2: has a number beyond 0 and 1"),
        ("id,sentence,valence,arousal\na,1,0\n", "gold.csv:2: holds something else where numbers belong"),
        ("id,sentence,valence,arousal\na,1,0,0\na,1,0,0\n", "gold.csv:3: gives sentence 1 of 'a' a second time"),
        ("id,sentence,valence,arousal\na,1,0,7\n", "gold.csv:2: has a number beyond 0 and 1"),
        ("sentence,valence,arousal,id\n1,0,0\n", "gold.csv:2: names no narrative"),
        ("", "gold.csv:1: lacks the column 'id'"),
    ],
)
def test_what_is_wrong_with_a_gold_series_is_said(gold, text, message):
    with pytest.raises(DataError) as caught:
        gold(text)
    assert message in str(caught.value)


def test_sentences_are_paired_by_number(gold):
    marks = gold("id,sentence,valence,arousal\na,2,-0.5,0\na,1,0.5,0.5\nb,1,1,1\nc,1,1,1\n")
    system = [series("a", (0.5, 0.5), None), series("b", (1, 1), (0, 0)), series("x", (0, 0))]
    found = compare(system, marks, NEUTRAL, times=0)
    assert (found.lacking, list(found.unaligned), found.covered, found.bounds) == (["c"], ["b"], 1, {})
    assert "the gold has 1 sentences" in found.unaligned["b"]
    assert found.overall()["valence"].rmse == pytest.approx((0.25 / 2) ** 0.5)  # what has no values says the neutral point
    assert found.overall()["arousal"].rmse == pytest.approx((0.01 / 2) ** 0.5)


def test_sentences_are_paired_by_place_where_it_is_given(gold):
    marks = gold("id,sentence,start,end,valence,arousal\na,1,0,4,-1,0\na,2,5,8,-1,0\na,3,11,25,1,0\na,4,40,50,1,0\na,5,8,19,1,0\n")
    found = compare([series("a", (-1, 0), (1, 0), (0.5, 0))], marks, NEUTRAL, times=0)
    assert found.moments["valence"]["a"].n == 5
    assert found.moments["valence"]["a"].rmse == pytest.approx((0.25 / 5) ** 0.5)


def test_tables_say_the_same(gold):
    marks = gold("id,sentence,valence,arousal\n" + "".join(f"{i},{n},{v},0\n" for i in "ab" for n, v in ((1, -0.5), (2, 0.5))))
    found = compare([series("a", (-0.5, 0), (0.5, 0)), series("b", (0.5, 0), (-0.5, 0))], marks, NEUTRAL, times=200)
    assert [row[:4] for row in rows(found)] == [("a", 2, 1.0, 1.0), ("b", 2, -1.0, -1.0), ("(all)", 4, 0.0, 0.0)]
    data = json.loads(as_json(found))
    assert data["figures"]["valence"]["ccc"] == {"value": 0.0, "bounds": [-1.0, 1.0]}
    assert data["figures"]["arousal"]["pearson"]["value"] is None
    assert "(all) (4)" in render(found) and "–" in render(found)

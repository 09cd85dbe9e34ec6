"""Trajectories and transitions as data."""

from __future__ import annotations

import csv
import io
import json

import pytest

from graph.accounts import everything, odd
from graph.trajectory.made import narrative
from ressenti.graph.trajectory.series import Method, series
from ressenti.graph.trajectory.tables import COLUMNS, csv_lines, series_json, series_rows, step_rows, steps_json
from ressenti.graph.trajectory.transitions import Transitions


def test_a_row_a_sentence():
    made = narrative(2, (1, "fear", "N"), (1, "joy", "N", {"status": "negated"}), (1, "pride", "E1"), id=" =1+1")
    rows = list(csv.DictReader(io.StringIO(csv_lines([COLUMNS, *series_rows(series(made, method=Method(window=0)))]))))
    assert [row["id"] for row in rows] == ["'=1+1"] * 2
    assert rows[0]["emotions"] == "fear | joy (negated)"
    assert (rows[0]["start"], rows[0]["end"], rows[1]["sentence"]) == ("0", "9", "2")
    assert float(rows[0]["valence"]) == pytest.approx((-0.62 + 0 + 0.25 * 0.75) / 1.75, abs=1e-4)
    assert rows[1]["valence"] == rows[1]["valence_line"] == rows[1]["emotions"] == ""


@pytest.mark.parametrize("made", everything(), ids=lambda made: made.id)
def test_json_is_read_back_whatever_is_in_it(made):
    found = series(made)
    data = json.loads(series_json(found, Method()))
    assert data["id"] == made.id and len(data["sentences"]) == len(found.points)
    assert data["method"]["window"] == 1.0
    assert [emotion["mention"] for point in data["sentences"] for emotion in point["emotions"]] == [m.id for m in made.mentions]


def test_no_words_of_the_narrative():
    out = series_json(series(odd()), Method()) + csv_lines(series_rows(series(odd())))
    assert "pleurer" not in out and "étrange" not in out


def test_a_matrix():
    found = Transitions()
    found.add(narrative(3, (1, "fear", "N"), (2, "joy", "N"), (3, "joy", "N")))
    data = json.loads(steps_json(found, None, "NARRATOR"))
    assert (data["emotions"], data["counts"]) == (["joy", "fear"], [[1, 0], [1, 0]])
    assert data["shares"] == [[1.0, 0.0], [1.0, 0.0]]
    assert list(step_rows(found, "(all)", "fr"))[1] == ("(all)", "fear", "peur", "joy", "joie", 1, 1.0)
    assert [row[2] for row in step_rows(found, "(all)", "en")] == ["joy", "fear"]


def test_what_nothing_follows_has_no_share():
    found = Transitions()
    found.add(narrative(2, (1, "fear", "N"), (2, "joy", "N")))
    assert json.loads(steps_json(found, "a", "E1"))["shares"] == [[None, None], [1.0, 0.0]]

"""Values of emotions."""

from __future__ import annotations

import pytest

from ressenti.errors import DataError
from ressenti.graph.trajectory.values import anchors, load_values
from ressenti.ontology.emotions import load_emotions

HEAD = "key\tvalence\tarousal\tsource\n"


def test_every_emotion_has_values_with_ours_and_love_has_none_in_the_ontology():
    emotions = load_emotions()
    assert set(load_values()) == set(emotions)
    assert {emotions.primary(key) for key in emotions if key not in anchors()} == {"love"}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("joy", (0.81, 0.51)),  # of emotions.tsv
        ("relief", (0.6, -0.2)),  # of the table
        ("hopelessness", (-0.63, -0.27)),  # of its primary, in emotions.tsv
        ("fury", (-0.7, 0.8)),  # of its group, rage, not of anger
    ],
)
def test_the_nearest_emotion_above_lends_its_values(key, expected):
    assert tuple(load_values()[key]) == expected


def test_a_table_of_ones_own_replaces_ours(tmp_path):
    path = tmp_path / "values.tsv"
    path.write_text(HEAD + "fear\t-0.1\t0.2\tme\n", encoding="utf-8")
    values = load_values(path)
    assert tuple(values["panic"]) == (-0.1, 0.2)
    assert tuple(values["relief"]) == (0.81, 0.51)
    assert "love" not in values


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("fright of flying\t0\t0\tme", ":2: has 'fright of flying', which is no emotion"),
        ("fear\tlow\t0\tme", ":2: 'fear' needs two numbers"),
        ("fear\t-1.5\t0\tme", ":2: 'fear' has a number beyond -1 and 1"),
        ("fear\tnan\t0\tme", ":2: 'fear' has a number beyond -1 and 1"),
        ("fear\t0\t0\t", ":2: 'fear' has no source"),
        ("fear\t0\t0\tme\nfear\t0\t0\tme", ":3: repeats 'fear'"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(tmp_path, row, message):
    path = tmp_path / "values.tsv"
    path.write_text(HEAD + row + "\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_values(path)
    assert message in str(caught.value)

"""The series of a narrative, and the line through it."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import pytest

from graph.accounts import EMPTY, annotated, everything
from graph.trajectory.made import narrative
from ressenti.graph.trajectory.series import Method, sentence_spans, series
from ressenti.graph.trajectory.values import Affect, load_values
from ressenti.schema import Narrative

VALUES = load_values()
PLAIN = Method(window=0, pull=0, intensity=dict.fromkeys(("low", "medium", "high"), 1.0))


def told(made, of="NARRATOR", method=PLAIN):
    return [point.affect and tuple(round(v, 4) for v in point.affect) for point in series(made, of, method).points]


def lines(made, of="NARRATOR", **changes):
    return [point.line and round(point.line.valence, 4) for point in series(made, of, replace(PLAIN, **changes)).points]


def test_sentences_are_those_of_the_rules():
    text = "Ah ! dit-il. M. Paul est là…\n\nJ’ai peur."
    assert [text[a:b] for a, b in sentence_spans(text)] == ["Ah ! dit-il.", "M. Paul est là…", "J’ai peur."]


def test_a_sentence_has_the_mean_of_its_emotions():
    joy, fear = VALUES["joy"], VALUES["fear"]
    made = narrative(3, (1, "joy", "N"), (3, "joy", "N"), (3, "fear", "N", {"confidence": 0.5}))
    mean = tuple(round((a + b / 2) / 1.5, 4) for a, b in zip(joy, fear, strict=True))
    assert told(made) == [tuple(joy), None, mean]


@pytest.mark.parametrize(
    ("changes", "valence"),
    [
        ({"intensity": "low"}, -0.62 * 0.7),
        ({"intensity": "high"}, -0.62 * 1.3),
        ({"status": "hypothetical"}, -0.62),
        ({"status": "negated"}, 0.0),  # « je n'avais pas peur » is no joy
    ],
)
def test_intensity_moves_and_denial_is_neutral(changes, valence):
    made = narrative(1, (1, "fear", "N", changes))
    assert series(made, method=Method()).points[0].affect.valence == pytest.approx(valence)


def test_no_value_leaves_the_scale():
    made = narrative(1, (1, "ecstasy", "N", {"intensity": "high"}))
    assert series(made).points[0].affect.valence == 1.0


@pytest.mark.parametrize(
    ("of", "whole"),
    [("NARRATOR", {1, 2}), ("E1", {3}), ("all", {1, 2, 3, 4}), ("E9", set())],
)
def test_whose_emotions_count_in_full(of, whole):
    made = narrative(4, (1, "joy", "N"), (2, "joy", None), (3, "joy", "E1"), (4, "joy", "?"))
    points = series(made, of, Method()).points
    assert {point.sentence for point in points if point.felt[0].own} == whole
    assert {point.weight for point in points if point.sentence not in whole} <= ({0.25} if of == "NARRATOR" else {0.0})


def test_others_can_be_left_out():
    made = narrative(2, (1, "joy", "N"), (2, "fear", "E1"))
    assert told(made, method=replace(PLAIN, others=0)) == [tuple(VALUES["joy"]), None]


def test_without_smoothing_there_are_gaps_and_with_it_bridges():
    made = narrative(3, (1, "joy", "N"), (3, "fear", "N"))
    assert lines(made) == [0.81, None, -0.62]
    one, middle, other = lines(made, window=2)
    assert middle == pytest.approx((0.81 - 0.62) / 2, abs=1e-4)
    assert -0.62 < other < middle < one < 0.81


def test_the_window_is_the_width_at_half_height():
    made = narrative(2, (1, "joy", "N"))
    weight = 0.5  # one sentence aside, in a window of two
    assert lines(made, window=2, pull=1)[1] == pytest.approx(0.81 * weight / (weight + 1), abs=1e-4)


def test_a_feeling_fades_towards_the_neutral_point_unless_nothing_pulls():
    made = narrative(400, (1, "joy", "N"), (400, "fear", "N"))
    assert lines(made, window=3, pull=0.1)[200] == 0
    assert lines(made, window=3)[150] == 0.81  # the nearest, however far
    assert lines(made, window=3)[250] == -0.62


def test_nothing_felt_is_no_line():
    assert lines(narrative(2), window=3, pull=0.1) == [None, None]
    assert not series(narrative(2)).told
    assert series(EMPTY).points == []


def test_an_emotion_without_values_is_left_out():
    method = Method(values={"joy": Affect(1, 1)})
    assert [len(point.felt) for point in series(narrative(2, (1, "fear", "N"), (2, "joy", "N")), method=method).points] == [0, 1]


def test_smoothing_is_quick_on_long_texts():
    made = narrative(20_000, *((n, "joy", "N") for n in range(1, 20_000, 3)))
    start = time.perf_counter()
    series(made)
    assert time.perf_counter() - start < 8


@pytest.mark.parametrize("made", everything(), ids=lambda made: made.id)
def test_all_values_are_numbers_on_the_scale(made):
    found = series(made, "all")
    assert sum(len(point.felt) for point in found.points) == len(made.mentions)
    for point in found.points:
        assert all(math.isfinite(v) and -1 <= v <= 1 for v in (*(point.affect or ()), *(point.line or ())))


def test_a_real_account_goes_from_fear_to_relief():
    orage = next(made for made in annotated() if made.id == "orage")
    first, *_, last = series(orage).points
    assert first.line.valence < -0.4 and first.line.arousal > 0.5
    assert last.line.valence > first.line.valence and last.line.arousal < first.line.arousal


def test_a_mention_before_the_first_sentence_is_in_it():
    made = narrative(2, (1, "joy", "N"))
    made = Narrative(made.id, "   " + made.text, mentions=made.mentions, roles=made.roles)
    assert series(made).points[0].felt

"""Estimating confidence, and measuring how far it can be believed."""

from __future__ import annotations

import pytest

from ressenti.evaluation.calibration import Bin, Case, brier, calibration_error, collect, crossed, estimate, predict, reliability
from ressenti.rules.confidence import Key
from ressenti.schema import Narrative

FEAR = Key("mention", "labelled", "plain", "fear")
JOY = Key("mention", "labelled", "plain", "joy")
CAUSE = Key("role", "cause", "near first", "fear")


def cases(key, right, wrong, narrative="n", **more):
    return [Case("set", narrative, key, k < right, **more) for k in range(right + wrong)]


def test_the_fewer_there_are_the_more_the_wider_class_counts():
    table = estimate([*cases(FEAR, 3, 1), *cases(JOY, 90, 10)], draw=10)
    n, right, widest = table[Key("mention", "labelled")]
    assert (n, right) == (104, 93)
    assert widest == pytest.approx((93 + 2 * 0.5) / 106)
    trait = table[Key("mention", "labelled", "plain")][2]
    assert trait == pytest.approx((93 + 10 * widest) / 114)
    assert table[FEAR][2] == pytest.approx((3 + 10 * trait) / 14)
    assert abs(table[JOY][2] - 0.9) < abs(table[FEAR][2] - 0.75)
    assert table[Key("role", "target")] == (0, 0, 0.5)


def test_cases_count_by_their_weight():
    table = estimate([*cases(FEAR, 8, 0, weight=0.25), *cases(FEAR, 0, 2)])
    assert table[FEAR][:2] == (4, 2)


def test_roles_count_where_their_mention_is_right_and_doubted_mentions_do_not():
    right, wrong = cases(FEAR, 1, 1)
    doubted = Case("set", "n", FEAR, False, doubts=(("irony", 0.5),))
    roles = [Case("set", "n", CAUSE, True, mention=right), Case("set", "n", CAUSE, False, mention=wrong)]
    table = estimate([right, wrong, doubted, *roles])
    assert table[CAUSE][:2] == (1, 1)
    assert table[FEAR][:2] == (2, 1)
    assert predict(table, roles[0]) == pytest.approx(table[FEAR][2] * table[CAUSE][2])
    assert predict(table, doubted) == pytest.approx(table[FEAR][2] / 2)


def test_no_narrative_tells_its_own_confidence():
    others = [case for k in range(9) for case in cases(FEAR, 1, 1, f"other {k}")]
    own = cases(JOY, 0, 30, "own")
    value = next(value for case, value in crossed([*others, *own], lambda case: case.narrative, None) if case is own[0])
    assert value == pytest.approx(estimate(others)[Key("mention", "labelled", "plain")][2])


def test_reliability():
    predicted = [(0.95, True), (0.91, True), (0.92, False), (0.3, False), (0.7, True), (1.0, True)]
    found = {(b.low, b.high): (b.n, round(b.mean, 3), b.right) for b in reliability(predicted)}
    assert found == {(0.3, 0.4): (1, 0.3, 0), (0.7, 0.8): (1, 0.7, 1), (0.9, 1.0): (4, 0.945, 0.75)}
    assert calibration_error([Bin(0, 0.5, 1, 0.4, 0.5), Bin(0.5, 1, 3, 0.9, 0.7)]) == pytest.approx((0.1 + 3 * 0.2) / 4)
    assert calibration_error([]) == 0
    assert brier([(0.8, True), (0.5, False)]) == pytest.approx((0.04 + 0.25) / 2)


def test_collect_says_what_is_right(annotator):
    text = "J’ai peur de l’orage."
    found = annotator(text, "a")
    gold = Narrative("a", text, mentions=found.mentions, roles=[role for role in found.roles if role.role == "experiencer"])
    got = {(case.key.class_, case.key.trait): case.right for case in collect(annotator, [gold], "set", 0.5)}
    assert got[("labelled", "plain")] or got[("labelled", "ambiguous")]
    assert [right for (name, _), right in got.items() if name == "experiencer"] == [True]
    assert [right for (name, _), right in got.items() if name == "cause"] == [False]

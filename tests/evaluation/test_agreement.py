"""Agreement of two annotators, held against published examples and against definitions spelt out."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressenti.evaluation.agreement import (
    agreement,
    alpha,
    disjoint,
    expected_disagreement,
    observed_disagreement,
    ordinal,
    unitizing_alpha,
    units,
)
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import Mention, Narrative, Role

# Krippendorff (1995), page 57: four pairs of observers on a continuum of 24; begin and length of each unit.
PAIRS = {
    "A": ([(2, 8), (14, 6)], [(4, 4), (15, 2)]),
    "B": ([(0, 18)], [(0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (9, 1)]),
    "C": ([(2, 6), (10, 2), (14, 4), (20, 2)], [(0, 2), (4, 4), (10, 4), (16, 2), (20, 2)]),
    "D": ([(0, 2), (2, 8), (10, 4), (14, 6), (20, 4)], [(0, 4), (4, 4), (8, 7), (15, 2), (17, 7)]),
}


def example(which, stretch=1):
    sides = ([(begin * stretch, (begin + length) * stretch) for begin, length in side] for side in PAIRS[which])
    return [units(*sides, 24 * stretch)]


@pytest.mark.parametrize(("which", "observed"), [("A", 0.03125), ("B", 2.26736), ("C", 0.02777), ("D", 0.38715)])
def test_observed_disagreement_as_published(which, observed):
    for stretch in (1, 50):
        assert observed_disagreement(example(which, stretch)) == pytest.approx(observed, abs=1e-5)


@pytest.mark.parametrize(
    ("which", "expected", "value"), [("A", 0.06990, 0.553), ("B", 1.17731, -0.926), ("C", 0.08642, 0.679), ("D", 0.41445, 0.066)]
)
def test_unitizing_alpha_as_published_for_a_fine_continuum(which, expected, value):
    """The paper's figures are for units in fine steps; the book's formula corrects the paper's by a sign, hence the tolerance."""
    stretch = 50_000
    assert expected_disagreement(example(which, stretch)) == pytest.approx(expected, abs=0.005)
    parts = example(which, stretch)
    assert 1 - observed_disagreement(parts) / expected_disagreement(parts) == pytest.approx(value, abs=0.02)


def spelt_out(one, other, length):
    """D_o by the definition: every section of the one against every section of the other."""

    def sections(spans):
        at = 0
        for start, end in spans:
            if start > at:
                yield at, start, False
            yield start, end, True
            at = end
        if at < length:
            yield at, length, False

    total = 0
    for x in sections(one):
        for y in sections(other):
            if x[2] and y[2] and x[0] < y[1] and y[0] < x[1]:
                total += (x[0] - y[0]) ** 2 + (x[1] - y[1]) ** 2
            elif x[2] and not y[2] and y[0] <= x[0] and x[1] <= y[1]:
                total += (x[1] - x[0]) ** 2
            elif y[2] and not x[2] and x[0] <= y[0] and y[1] <= x[1]:
                total += (y[1] - y[0]) ** 2
    return 2 * total / (2 * length**2)


spans = st.lists(st.tuples(st.integers(0, 38), st.integers(1, 9)), max_size=6).map(
    lambda pairs: disjoint((start, min(40, start + size)) for start, size in pairs)
)


@given(spans, spans)
def test_observed_disagreement_is_what_its_definition_says(one, other):
    assert observed_disagreement([units(one, other, 40)]) == pytest.approx(spelt_out(one, other, 40))
    assert unitizing_alpha(one, other, 40) == pytest.approx(unitizing_alpha(other, one, 40))


@given(spans, spans)
def test_expected_disagreement_is_what_its_formula_says(one, other):
    covered = [{at for start, end in side for at in range(start, end)} for side in (one, other)]
    stretches = ["".join("x" if at in side else " " for at in range(40)).split("x") for side in covered]
    gaps = [len(gap) for side in stretches for gap in side if gap]
    sizes = [end - start for start, end in (*one, *other)]
    total = sum(
        (len(sizes) - 1) / 3 * (2 * size**3 - 3 * size**2 + size) + size**2 * sum(gap - size + 1 for gap in gaps if gap >= size)
        for size in sizes
    )
    formula = 2 / 40 * total / (80 * 79 - sum(size * (size - 1) for size in sizes))
    assert expected_disagreement([units(one, other, 40)]) == pytest.approx(formula)


@given(spans, spans, spans, spans)
def test_texts_one_after_another_are_one_continuum(one, other, more, yet_more):
    parts = [units(one, other, 40), units(more, yet_more, 40)]
    whole = [units(*([*a, *((start + 40, end + 40) for start, end in b)] for a, b in ((one, more), (other, yet_more))), 80)]
    assert observed_disagreement(parts) == pytest.approx(observed_disagreement(whole))
    if one or other or more or yet_more:
        assert expected_disagreement(parts) == pytest.approx(expected_disagreement(whole))


def test_unitizing_alpha_is_one_for_the_same_and_near_zero_for_chance():
    same = [(3, 9), (20, 31)]
    assert unitizing_alpha(same, same, 100) == 1
    assert unitizing_alpha([], [], 100) is None
    draw = random.Random(7)
    values = []
    for _ in range(300):
        one, other = (disjoint((start, start + 8) for start in draw.sample(range(192), 6)) for _ in range(2))
        values.append(unitizing_alpha(one, other, 200))
    assert sum(values) / len(values) == pytest.approx(0, abs=0.08)


# Values that the package krippendorff 0.9.0 gives for these.
@pytest.mark.parametrize(
    ("one", "other", "nominal", "in_ranks"),
    [
        ("1233214122", "1233224124", 0.7342657342657343, 0.7922854785478548),
        ("001122102110", "011121202100", 0.5106382978723404, 0.7242890211640212),
        ("0012", "0012", 1, 1),
    ],
)
def test_alpha(one, other, nominal, in_ranks):
    values = [(int(a), int(b)) for a, b in zip(one, other, strict=True)]
    assert alpha(values) == pytest.approx(nominal)
    assert alpha(values, ordinal) == pytest.approx(in_ranks)


def test_alpha_of_four_annotators_with_gaps_as_published():
    # Krippendorff, “Computing Krippendorff's Alpha-Reliability” (2011), section C and E: a unit that one alone codes is left out
    said = zip("123321412...", "1233224125.3", ".33323422 51.".replace(" ", ""), "12332441251.", strict=True)
    values = [tuple(int(value) for value in unit if value != ".") for unit in said]
    assert alpha(values) == pytest.approx(0.743, abs=0.0005)
    assert alpha(values, ordinal) == pytest.approx(0.815, abs=0.0005)


def test_alpha_is_not_defined_where_nothing_varies():
    assert alpha([("a", "a"), ("a", "a")]) is None
    assert alpha([]) is None


def marked(*mentions):
    """A narrative of ten words with a mention a word: its number, emotion and intensity, and a cause of so many words after it."""
    text, found, roles = "mot " * 10, [], []
    for k, (word, emotion, intensity, cause) in enumerate(mentions, 1):
        tiers = load_emotions().secondary(emotion), load_emotions().primary(emotion)
        found.append(Mention(k, ((4 * word, 4 * word + 3),), emotion, *tiers, "labelled", "affirmed", intensity, 1, ""))
        if cause:
            roles.append(Role(k, "cause", (4 * word + 4, 4 * (word + cause) + 3), None, ""))
    return Narrative("a", text, mentions=found, roles=roles)


ONE = marked((0, "fear", "low", 2), (4, "anger", "high", 0), (7, "joy", "medium", 1))
OTHER = marked((0, "worry", "medium", 1), (4, "sadness", "high", 0), (8, "joy", "medium", 1))


def test_agreement_is_the_same_either_way():
    there, back = agreement([(ONE, OTHER)] * 3), agreement([(OTHER, ONE)] * 3)
    assert there == back
    found = {measure.name: measure for measure in there}
    assert found["F1 mention"].value == pytest.approx(2 / 3)
    assert found["F1 mention+primary"].value == pytest.approx(1 / 3)
    assert found["alpha primary"].units == 6
    assert found["alpha primary"].value == pytest.approx(alpha([("fear", "fear"), ("anger", "sadness")] * 3))
    assert found["alpha intensity"].value == pytest.approx(alpha([(0, 1), (2, 2)] * 3, ordinal))
    assert found["alpha mode"].value is None
    assert 0 < found["u-alpha cause"].value < 1
    assert found["u-alpha target"].value is None


def test_roles_that_overlap_are_matched_both_ways():
    """The second of the ones takes both of the others, or leaves one to the first, as the order is: the mean of the two."""
    one, other = marked((0, "fear", "low", 0)), marked((0, "fear", "low", 0))
    one.roles.extend(Role(1, "cause", span, None, "") for span in [(0, 10), (3, 13)])
    other.roles.extend(Role(1, "cause", span, None, "") for span in [(2, 12), (6, 14)])
    for pair in ((one, other), (other, one)):
        assert next(m.value for m in agreement([pair]) if m.name == "F1 matched:cause") == pytest.approx((0.5 + 1) / 2)


@given(st.integers(0, 2**32))
def test_agreement_is_the_same_either_way_whatever_the_marks(seed):
    draw, sides = random.Random(seed), []
    for _ in range(2):
        words = sorted(draw.sample(range(10), 3))
        side = marked(*((word, draw.choice(["fear", "worry", "joy"]), draw.choice(["low", "high"]), 0) for word in words))
        starts = [draw.randrange(30) for _ in range(6)]
        side.roles.extend(Role(draw.randint(1, 3), "cause", (start, start + draw.randint(1, 9)), None, "") for start in starts)
        sides.append(side)
    there, back = agreement([tuple(sides)]), agreement([tuple(reversed(sides))])
    assert [(m.name, m.units) for m in there] == [(m.name, m.units) for m in back]
    assert [m.value for m in there] == pytest.approx([m.value for m in back])


def test_agreement_has_intervals():
    found = {m.name: m for m in agreement([(ONE, OTHER), (ONE, ONE), (OTHER, OTHER)], bootstrap=50)}
    low, high = found["F1 mention"].interval
    assert low <= found["F1 mention"].value <= high
    assert found["alpha mode"].interval is None


def test_disjoint_keeps_what_touches_apart():
    assert disjoint([(4, 6), (0, 2), (2, 4), (5, 9)]) == [(0, 2), (2, 4), (4, 9)]

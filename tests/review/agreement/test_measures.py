"""Agreement of two reviewers, against values worked out by hand and published ones."""

from dataclasses import replace

import pytest

from evaluation.test_agreement import PAIRS, example
from ressenti.evaluation.agreement import unitizing_alpha
from ressenti.review.agreement.measures import measures, unitizing
from ressenti.review.agreement.pairs import reviewed
from ressenti.review.decisions.read import reviews_of
from review.decisions.files import at, decision, file, mention, narrative, of, of_role


def compared(ours, theirs, n=None, **more):
    n = n or narrative()
    files = (file(*decisions, of=n, reviewer=who, done=True) for who, decisions in (("Anne", ours), ("Bob", theirs)))
    return reviewed([n], *(reviews_of(data, "file.json") for data in files), **more)


def values(ours, theirs, *more, **options):
    return {m.name: m for m in measures(compared(ours, theirs, *more).both, **options)}


N = narrative()
OURS = (decision("mention", "reject", of(N, 2)), decision("mention", "change", of(N, 3), {"emotion": "sadness"}))


@pytest.mark.parametrize(
    ("name", "value", "units"),
    [  # Anne: fear, sadness, joy; Bob as found: fear, anger, anger, joy
        ("F1 mention", 6 / 7, 7),
        ("F1 mention+primary", 4 / 7, 7),
        ("IoU cue", 1, 3),
        ("alpha primary", 1 - 5 * 2 / 26, 3),
        ("kappa primary", (2 / 3 - 2 / 9) / (7 / 9), 3),
        ("kappa status", None, 3),
        ("alpha verdict", 1 - 7 * 4 / 26, 4),
        ("kappa verdict", 0, 4),
        ("F1 fear", 1, 2),
        ("alpha fear", 1, 4),
        ("u-alpha fear", 1, 2),
        ("F1 anger", 0, 2),
        ("alpha anger", 1 - 7 * 4 / 24, 4),
        ("kappa anger", 0, 4),
        ("F1 sadness", 0, 1),
    ],
)
def test_by_hand(name, value, units):
    found = values(OURS, ())[name]
    assert (found.value, found.units) == (value if value is None else pytest.approx(value), units)


def test_spans_that_agree_in_part_count_in_part():
    wider = [[at("peur")[0], at("peur de")[1]]]  # 7 of 4 characters
    found = values((decision("mention", "change", of(N, 1), {"cue": wider}),), ())
    assert found["IoU cue"].value == pytest.approx((4 / 7 + 3) / 4)
    assert found["F1 mention"].value == 1
    assert 0.5 < found["u-alpha fear"].value < 1
    assert found["u-alpha anger"].value == 1


def test_roles():
    ours = (decision("role", "change", of_role(N, 1), {"role": "target"}),)
    theirs = (decision("role", "change", of_role(N, 2), {"entity": "E2"}),)
    found = values(ours, theirs)
    assert found["kappa kind of role"].units == 5
    assert found["kappa kind of role"].value == pytest.approx((4 / 5 - 9 / 25) / (16 / 25))
    assert (found["same character"].value, found["same character"].units) == (3 / 4, 4)


FEELING = {"component": "feeling", "span": [0, 18]}


@pytest.mark.parametrize(
    ("value", "f1", "characters"),
    [  # of 88 characters 18 are in a component
        ({"component": "feeling"}, 1, 1),
        ({"component": "thinking"}, 0, 1 - 175 * 36 / (2 * (140 * 18 + 140 * 18 + 18 * 18))),
        ({"span": [0, 9]}, 1, 1 - 175 * 18 / (2 * 27 * 149)),
        ({"span": [0, 8]}, 0, 1 - 175 * 20 / (2 * 26 * 150)),
    ],
)
def test_components(value, f1, characters):
    found = values((decision("component", "change", FEELING, value),), ())
    assert (found["F1 component"].value, found["F1 component"].units) == (f1, 2)
    assert found["alpha component"].value == pytest.approx(characters)
    assert found["alpha component"].units == 88
    assert (found["u-alpha component"].value == 1) is (characters == 1)


def test_the_order_of_the_two_makes_no_difference_but_to_names():
    one, other = values(OURS, ()), values((), OURS)
    assert {k: m.value for k, m in one.items()} == {k: None if m.value is None else pytest.approx(m.value) for k, m in other.items()}


def test_what_a_model_found_and_both_let_stand_is_agreed():
    n = replace(N, mentions=[*N.mentions[:3], mention(4, "joie", "joy", source="model:m")])
    assert values((), (), n)["F1 mention"].value == 1


def test_tiers():
    assert "F1 fury" in values((), (), tier="emotion")
    assert "F1 fury" not in values((), ())


@pytest.mark.parametrize("which", sorted(PAIRS))
def test_unitizing_of_one_category_is_that_of_the_published_one(which):
    sides = ([(begin, begin + length) for begin, length in side] for side in PAIRS[which])
    assert unitizing([example(which)]) == pytest.approx(unitizing_alpha(*sides, 24))


def test_unitizing_adds_up_what_is_observed_and_expected():
    fine = 50_000
    published = 1 - (0.03125 + 0.02777) / (0.06990 + 0.08642)
    assert unitizing([example("A", fine), example("C", fine)]) == pytest.approx(published, abs=0.05)
    assert unitizing([]) is None


def test_intervals_from_five_narratives_on():
    both = compared(OURS, ()).both + compared((), ()).both
    assert all(m.interval is None for m in measures(both * 2, bootstrap=50))
    found = {m.name: m for m in measures(both * 3, bootstrap=50)}
    low, high = found["kappa primary"].interval
    assert low < found["kappa primary"].value < high


def test_only_what_both_have_gone_through():
    done, undone = file(done=True), file(done=False, reviewer="Bob")
    both = [reviews_of(data, "f") for data in (done, undone)]
    assert (reviewed([N], *both).undone, len(reviewed([N], *both, True).both)) == (["recit-01"], 1)
    assert reviewed([N], both[0], []).single == ["recit-01"]
    assert reviewed([replace(N, extra={"review": {"reviews": []}})], *both, True).applied == ["recit-01"]

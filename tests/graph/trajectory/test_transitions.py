"""Which emotion follows which."""

from __future__ import annotations

import pytest

from graph.accounts import annotated
from graph.trajectory.made import narrative
from ressenti.graph.trajectory.transitions import Transitions, lift, steps


@pytest.mark.parametrize(
    ("key", "tier", "expected"),
    [
        ("fury", "tertiary", "fury"),
        ("fury", "secondary", "rage"),
        ("fury", "primary", "anger"),
        ("rage", "tertiary", "rage"),
        ("anger", "secondary", "anger"),
        ("grief", "secondary", "sadness"),
        ("amazement", "secondary", "surprise"),
    ],
)
def test_emotions_are_lifted_to_a_tier(key, tier, expected):
    assert lift(key, tier) == expected


@pytest.mark.parametrize(
    ("felt", "of", "expected"),
    [
        ([(1, "fear", "N"), (1, "anger", "N"), (2, "anger", None)], "NARRATOR", ["fear anger", "anger anger"]),
        ([(1, "fear", "N"), (1, "joy", "E1"), (2, "anger", "N"), (2, "pride", "E1")], "NARRATOR", ["fear anger"]),
        ([(1, "fear", "N"), (1, "joy", "E1"), (2, "anger", "N"), (2, "pride", "E1")], "E1", ["joy pride"]),
        ([(1, "fear", "N"), (1, "joy", "E1"), (2, "anger", "N"), (2, "pride", "E1")], "all", ["fear anger", "joy pride"]),
        ([(1, "fear", "N"), (1, "shame", "N", {"status": "negated"}), (2, "joy", "N")], "NARRATOR", ["fear joy"]),
        ([(1, "fear", "N"), (1, "shame", "N", {"status": "hypothetical"})], "NARRATOR", []),
        ([(1, "fear", "?"), (1, "joy", "?")], "all", []),
        (
            [(1, "fear", "N"), (2, "joy", "N", {"extra": {"ambivalent_with": [3]}}), (2, "sadness", "N"), (3, "relief", "N")],
            "NARRATOR",
            ["fear joy", "fear sadness", "joy relief", "sadness relief"],
        ),
    ],
)
def test_steps(felt, of, expected):
    assert [" ".join(pair) for pair in steps(narrative(3, *felt), of)] == expected


def test_counts_and_shares_of_a_corpus():
    found = Transitions("primary")
    for made in (narrative(2, (1, "panic", "N"), (2, "rage", "N")), narrative(3, (1, "worry", "N"), (2, "joy", "N"), (3, "fear", "N"))):
        found.add(made)
    assert found.narratives == 2
    assert found.emotions == ["joy", "anger", "fear"]
    assert list(found.rows()) == [("joy", "fear", 1, 1.0), ("fear", "joy", 1, 0.5), ("fear", "anger", 1, 0.5)]


def test_a_real_account():
    chien = next(made for made in annotated() if made.id == "chien")
    assert ("guilt", "rage") in list(steps(chien))

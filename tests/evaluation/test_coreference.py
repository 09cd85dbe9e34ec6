"""Chains' scores on small cases worked out by hand from the definitions."""

from __future__ import annotations

import itertools
import random

import pytest

from ressenti.evaluation.coreference import METRICS, _best_assignment, score_chains


def chains(text: str) -> list[frozenset[str]]:
    return [frozenset(word) for word in text.split()]


# gold, system, then recall and precision of MUC, B³, CEAF-φ4, LEA
CASES = [
    # the example of Moosavi and Strube 2016, section 3; e is missed, h and i are wrong
    ("abc defg", "ab cd fghi", (2 / 5, 2 / 5), (2.9166666 / 7, 4 / 8), (1.3 / 2, 1.3 / 3), (1.6666666 / 7, 2.6666666 / 8)),
    ("abc de", "abc de", (1, 1), (1, 1), (1, 1), (1, 1)),
    # everything in one chain: the links of the gold are all there
    ("ab cd", "abcd", (1, 2 / 3), (1, 1 / 2), ((4 / 6) / 2, (4 / 6) / 1), (1, 4 * (2 / 6) / 4)),
    ("ab", "cd", (0, 0), (0, 0), (0, 0), (0, 0)),
    ("ab", "", (0, 0), (0, 0), (0, 0), (0, 0)),
]


@pytest.mark.parametrize(("gold", "system", "muc", "b_cubed", "ceaf", "lea"), CASES)
def test_worked_examples(gold: str, system: str, muc: tuple, b_cubed: tuple, ceaf: tuple, lea: tuple) -> None:
    for (name, metric), expected in zip(METRICS.items(), (muc, b_cubed, ceaf, lea), strict=True):
        score = metric(chains(gold), chains(system))
        assert (score.recall, score.precision) == pytest.approx(expected, abs=1e-6), name


def test_texts_are_added_up_before_dividing() -> None:
    found = score_chains([(chains("ab"), chains("ab")), (chains("abcd"), [])])
    assert found.by_metric["MUC"].recall == pytest.approx(1 / 4)
    assert found.by_metric["MUC"].precision == 1
    assert found.mentions.recall == pytest.approx(2 / 6)


def test_singletons_count_only_when_asked() -> None:
    pair = (chains("ab c"), chains("ab d"))
    assert score_chains([pair]).by_metric["LEA"].f1 == 1
    assert score_chains([pair], singletons=True).by_metric["LEA"].recall == pytest.approx(2 / 3)
    assert score_chains([(chains("c"), chains("cd"))], singletons=True).by_metric["LEA"].recall == 0


def test_conll_is_the_mean_of_three() -> None:
    found = score_chains([(chains("abc defg"), chains("ab cd fghi"))])
    three = [0.4, 2 * (2.9166666 / 7) * 0.5 / (2.9166666 / 7 + 0.5), 2 * 0.65 * (1.3 / 3) / (0.65 + 1.3 / 3)]
    assert found.conll == pytest.approx(sum(three) / 3, abs=1e-6)


def test_a_mention_in_two_chains_is_refused() -> None:
    with pytest.raises(ValueError, match="two chains"):
        score_chains([(chains("ab bc"), chains("ab"))])


def test_lea_and_b_cubed_are_those_counted_pair_by_pair() -> None:
    """The definitions spelled out naively, on random chains."""
    rng = random.Random(3)
    for _ in range(50):
        gold, system = (
            [frozenset(side[a:b]) for a, b in itertools.pairwise([0, 2, 5, 9])]
            for side in (rng.sample("abcdefghijkl", 9), rng.sample("abcdefghijkl", 9))
        )
        together = [set(map(frozenset, itertools.combinations(sorted(c), 2))) for c in system]
        resolved = sum(
            len(c)
            * sum(any(frozenset(p) in t for t in together) for p in itertools.combinations(sorted(c), 2))
            / (len(c) * (len(c) - 1) / 2)
            for c in gold
        )
        shared = sum(len(c & r) / len(c) for c in gold for r in system for m in c & r)
        assert METRICS["LEA"](gold, system).found == pytest.approx(resolved)
        assert METRICS["B³"](gold, system).found == pytest.approx(shared)


def test_assignment_is_the_best_one() -> None:
    rng = random.Random(7)
    for _ in range(50):
        n, m = rng.randint(1, 5), rng.randint(1, 5)
        table = [[rng.choice([0.0, rng.random()]) for _ in range(m)] for _ in range(n)]
        wide = table if n <= m else [list(column) for column in zip(*table, strict=True)]
        best = max(
            sum(row[j] for row, j in zip(wide, columns, strict=True)) for columns in itertools.permutations(range(len(wide[0])), len(wide))
        )
        assert _best_assignment(table) == pytest.approx(best)

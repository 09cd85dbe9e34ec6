"""Cohen's kappa against tables worked out by hand."""

import pytest

from ressenti.evaluation.kappa import kappa


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ({"yy": 20, "yn": 5, "ny": 10, "nn": 15}, 0.4),  # p_o = 35/50, p_e = 1/2
        ({"yy": 45, "yn": 15, "ny": 25, "nn": 15}, 0.13043),  # p_o = 0.6, p_e = 0.54
        ({"yy": 25, "yn": 35, "ny": 5, "nn": 35}, 0.25926),  # the same p_o, p_e = 0.46: the one says y twice as often
        ({"aa": 1, "bb": 2, "cc": 3}, 1),
        ({"ab": 1, "ba": 1}, -1),
        ({"aa": 7}, None),
        ({}, None),
    ],
)
def test_known_tables(table, value):
    assert kappa([tuple(pair) for pair, times in table.items() for _ in range(times)]) == (value and pytest.approx(value, abs=1e-5))

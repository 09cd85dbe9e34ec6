"""Text of files, fit to be shown."""

from __future__ import annotations

import pytest

from ressenti.corpora.harmless import cell


@pytest.mark.parametrize(
    ("value", "shown"),
    [("a  b", "a b"), ("=1+1", "'=1+1"), (" =1+1", "'=1+1"), ("\n-1", "'-1"), ("\t@x", "'@x"), ("'=1", "''=1"), ("\x07=", "␇="), ("", "")],
)
def test_a_cell_is_one_line_and_no_formula(value, shown):
    assert cell(value) == shown

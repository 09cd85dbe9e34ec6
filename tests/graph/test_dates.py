"""Dates as people write them."""

from __future__ import annotations

import datetime as dt

import pytest

from ressenti.graph.dates import read_date


@pytest.mark.parametrize(
    "written",
    [
        "2026-03-01", "2026-3-1", "2026-03-01T10:20:30+01:00", "2026-03-01T10:20:30Z", " 01/03/2026 ", "1.3.2026", "01-03-2026 14:00",
        "1/3/26", "1er mars 2026", "le 1 mars 2026", "dimanche 1er mars 2026", "Dimanche, 1er Mars 2026", "2026-03", "mars 2026",
    ],
)  # fmt: skip
def test_the_first_of_march(written):
    assert read_date(written) == dt.date(2026, 3, 1)


@pytest.mark.parametrize(("written", "month"), [("3 févr. 2025", 2), ("3 août 2025", 8), ("3 AOUT 2025", 8), ("3 déc 2025", 12)])
def test_months(written, month):
    assert read_date(written) == dt.date(2025, month, 3)


def test_years():
    assert (read_date("21/3/69").year, read_date("21/3/68").year) == (1969, 2068)
    assert read_date(2025) == read_date("2025") == dt.date(2025, 1, 1)


@pytest.mark.parametrize("written", ["", None, True, 3.5, [], "hier", "31/02/2026", "1/13/26", "3 mar 2026 x", "2026-13-01", "99999"])
def test_what_is_no_date(written):
    with pytest.raises(ValueError, match="write") as error:
        read_date(written)
    assert "hier" not in str(error.value)

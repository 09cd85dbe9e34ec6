"""Cutting a text into sentences takes time that grows with its length, whatever it is made of."""

from time import process_time

import pytest

from ressenti.rules.text import read, sentences

MADE_OF = {
    "blanks": " " * 400_000,
    "stops": "!" * 400_000 + "x",
    "stops and words": "!!!!x" * 80_000,
    "blanks after a stop": "!" + " " * 400_000 + "A",
    "initials": "M. " * 100_000,
    "blanks before what closes": ". " * 50_000 + " " * 200_000 + "»",
    "lines": "\n " * 200_000,
}


@pytest.mark.parametrize("name", MADE_OF)
def test_time(name):
    start = process_time()
    text = read(MADE_OF[name]).text
    found = list(sentences(text))
    assert process_time() - start < 5  # minutes and hours where each blank was tried from each before it
    assert all(0 <= a < b <= len(text) for a, b in found)

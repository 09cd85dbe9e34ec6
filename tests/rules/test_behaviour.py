"""Behaviour, displays and situations: marked sentences in which every mention must come out as marked, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from ressenti.rules.examples import differences, read_marks

LINES = (Path(__file__).parent / "behaviour.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize("source", SENTENCES, ids=lambda source: read_marks(source).text)
def test_sentence(source, annotator):
    marked = read_marks(source)
    assert differences(marked, annotator(marked.text)) == []

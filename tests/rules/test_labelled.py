"""Words that name an emotion in some senses: the labelled mentions of each sentence are those marked, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from ressenti.rules.examples import read_marks

LINES = (Path(__file__).parent / "labelled.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize("source", SENTENCES, ids=lambda source: read_marks(source).text)
def test_labelled(source, annotator):
    marked = read_marks(source)
    found = {(m.cue[0], m.emotion) for m in annotator(marked.text).mentions if m.mode == "labelled"}
    assert {cue for cue, _ in found} == {pieces[0] for pieces in marked.cues.values()}
    for _, emotion in found:
        assert f"emotion={emotion}>" in source

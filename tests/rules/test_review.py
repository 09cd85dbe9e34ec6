"""Constructions that a linguist tried: every mention and every role must come out as marked, and nothing else; and times."""

from __future__ import annotations

from pathlib import Path

import pytest

from ressenti.rules.examples import differences, read_marks

LINES = (Path(__file__).parent / "review.txt").read_text(encoding="utf-8").splitlines()
SENTENCES = [line for line in LINES if line and not line.startswith("#")]


@pytest.mark.parametrize("source", SENTENCES, ids=lambda source: read_marks(source).text)
def test_sentence(source, annotator):
    marked = read_marks(source)
    assert differences(marked, annotator(marked.text)) == []


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("Elle a pu le rassurer.", "past"),
        ("Nous l’aimions beaucoup.", "past"),
        ("Vous détestiez l’école.", "past"),
        ("Nous crions de joie.", "present"),
        ("Elle sera fière de toi.", "future"),
    ],
)
def test_time(text, time, annotator):
    assert {mention.extra.get("time") for mention in annotator(text).mentions} == {time}


def test_no_future_in_tu_manques(annotator):
    (missing,) = annotator("Tu me manques, papa.").mentions
    assert missing.extra.get("time") != "future"

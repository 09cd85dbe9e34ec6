from __future__ import annotations

import pytest

from ressenti.evaluation.agreement import alpha
from ressenti.ontology.emotions import load_emotions
from ressenti.vocab_builder.review.agreement import agreement, table
from ressenti.vocab_builder.review.decisions import OPEN, Decision

EMOTIONS = load_emotions()


def said(reviewer: str, *decisions: str, how: str = "one") -> list[Decision]:
    """``peur fear`` is taken for *fear*, ``table -`` says no emotion, ``âme ?`` is unsure."""
    found = []
    for text in decisions:
        term, what = text.split()
        kind = {"-": "not-emotional", "?": "unsure", "open": OPEN}.get(what, "correct")
        found.append(Decision(term, "NOUN", kind, what if kind == "correct" else "", reviewer=reviewer, how=how))
    return found


RECORD = [
    *said("Anne", "peur fear", "effroi fright", "joie joy", "table -", "âme ?", "rage anger", "seul sadness"),
    *said("Luc", "peur fear", "effroi panic", "joie sadness", "table -", "âme fear", "rage rage", "rire joy"),
]


def test_figures_of_two_reviewers():
    found = agreement(RECORD, EMOTIONS)
    assert found.reviewers == {"Anne": 7, "Luc": 7}
    lines = {line.name: line for line in found.lines}
    assert (lines["decision"].terms, lines["emotional or not"].terms, lines["primary"].terms, lines["emotion"].terms) == (6, 5, 4, 4)
    assert (lines["decision"].same, lines["emotional or not"].same, lines["primary"].same, lines["emotion"].same) == (5, 5, 3, 1)
    primaries = [("fear", "fear"), ("fear", "fear"), ("joy", "sadness"), ("anger", "anger")]
    assert lines["primary"].alpha == pytest.approx(alpha(primaries))
    assert lines["emotional or not"].alpha == 1
    assert [term for (term, _), _ in found.disagreements] == ["effroi", "joie", "rage"]


def test_the_last_word_of_each_counts_and_bulk_is_nobodys_judgement():
    later = said("Luc", "joie joy", "effroi open") + said("Zoé", "peur anger", how="bulk")
    found = agreement([*RECORD, *later], EMOTIONS)
    assert found.reviewers == {"Anne": 7, "Luc": 6}
    assert [term for (term, _), _ in found.disagreements] == ["rage"]


def test_three_reviewers_and_gaps():
    found = agreement([*RECORD, *said("Zoé", "peur fear", "joie joy", "seul sadness")], EMOTIONS)
    primary = next(line for line in found.lines if line.name == "primary")
    assert primary.terms == 5
    assert primary.alpha == pytest.approx(
        alpha([("fear",) * 3, ("fear",) * 2, ("joy", "sadness", "joy"), ("anger",) * 2, ("sadness",) * 2])
    )


def test_the_table():
    text = table(agreement(RECORD, EMOTIONS))
    assert "primary                 4      3" in text and "effroi (NOUN): Anne fright, Luc panic" in text
    assert "nothing to compare" in table(agreement(said("Anne", "peur fear"), EMOTIONS))

from __future__ import annotations

import pytest

from ressenti.ontology.emotions import load_emotions
from ressenti.vocab_builder.review.decisions import Decision, append, latest, read_decisions
from ressenti.vocab_builder.review.names import Names, decision_of, path_of, relation
from ressenti.vocab_builder.review.session import Selection, Session
from vocab_builder.proposed import ORDER, PROPOSALS, proposal

EMOTIONS = load_emotions()


@pytest.fixture
def record(tmp_path):
    return tmp_path / "decisions.tsv"


def session(record, reviewer="Anne", day="2026-11-25", **selection) -> Session:
    return Session(PROPOSALS, record, reviewer, Selection(**selection), clock=lambda: f"{day}T20:00:00+01:00")


def terms(found: Session) -> list[str]:
    return [p.candidate.term for p in found.open()]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        ({}, ORDER),
        ({"only": "fear"}, ["épouvantable", "frissonner"]),
        ({"only": "anger"}, ["courroux", "table"]),  # what was left open stands with the nearest
        ({"only": "panic"}, ["frissonner"]),
        ({"open_only": True}, ["table"]),
    ],
)
def test_what_is_asked_and_in_which_order(record, selection, expected):
    assert terms(session(record, **selection)) == expected


def test_what_is_decided_is_not_asked_again_but_by_whom_it_concerns(record):
    anne = session(record)
    anne.take("joy", {"intensity": "high"})
    anne.decide("unsure")
    anne.skip()
    assert (anne.decided, anne.today, anne.skipped) == (2, 2, 1)
    assert anne.current.candidate.term == "épouvantable"
    assert terms(session(record)) == ORDER[2:]
    luc = session(record, "Luc", day="2026-11-26")
    assert terms(luc) == ORDER[1:] and luc.earlier(luc.current).decision == "unsure"
    alone = session(record, "Luc", independent=True)
    assert terms(alone) == ORDER and alone.earlier(alone.current) is None
    assert session(record, day="2026-11-26").today == 0


def test_undo_gives_back_what_another_had_decided(record):
    session(record).take("joy")
    luc = session(record, "Luc", independent=True)
    luc.decide("not-emotional")
    assert latest(read_decisions(record))["allégresse", "NOUN"].decision == "not-emotional"
    assert luc.undo().decision == "not-emotional" and luc.current.candidate.term == "allégresse"
    last = latest(read_decisions(record))["allégresse", "NOUN"]
    assert (last.reviewer, last.decision) == ("Anne", "correct")
    assert terms(session(record, "Luc", independent=True)) == ORDER
    assert luc.undo() is None


def test_undo_leaves_sheets_bulk_and_other_terms_alone(record):
    made = [Decision(term, "NOUN", "correct", "joy", reviewer="Anne", how=how) for term, how in
            (("allégresse", "one"), ("courroux", "sheet"), ("table", "bulk"), ("ailleurs", "one"))]  # fmt: skip
    append(record, made)
    anne = session(record)
    assert anne.undo().term == "allégresse"
    assert anne.undo() is None


def test_a_decision_that_cannot_be_kept_is_not_written(record):
    with pytest.raises(ValueError, match="unknown intensity"):
        session(record).take("joy", {"intensity": "huge"})
    assert not record.exists()


@pytest.mark.parametrize(
    ("proposed", "emotion", "decision"),
    [
        ("panic", "panic", "correct"), ("panic", "fear", "broader"), ("panic", "horror", "broader"), ("fear", "panic", "narrower"),
        ("panic", "fright", "other"), ("", "fear", "other"), ("sadness", "grief", "narrower"),
    ],
)  # fmt: skip
def test_the_decision_follows_from_the_place(proposed, emotion, decision):
    assert relation(proposed, emotion, EMOTIONS) == decision


@pytest.mark.parametrize(
    ("written", "decision"),
    [
        ("correct", "correct"), ("CORRECTE ", "correct"), ("oui", "correct"), ("plus large", "broader"), ("Plus précis", "narrower"),
        ("PLUS PRECISE", "narrower"), ("autre émotion", "other"), ("pas émotionnel", "not-emotional"), ("not-emotional", "not-emotional"),
        ("Pas d’émotion", "not-emotional"), ("incertain", "unsure"), ("?", "unsure"), ("x", "not-emotional"),
    ],
)  # fmt: skip
def test_decisions_in_either_language(written, decision):
    assert decision_of(written) == decision


def test_a_slip_in_a_decision_is_told_what_may_be_meant():
    with pytest.raises(ValueError, match=r"unknown decision 'corect' .is 'correct' meant"):
        decision_of("corect")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("fear", "fear"),
        ("Peur", "fear"),
        ("peur › horreur › panique", "panic"),
        ("FIERTE", "pride"),
        ("grief", "grief"),
        ("hâte", "eagerness"),
        ("Hate", "hate"),
    ],
)
def test_emotions_by_key_label_or_path(written, key):
    assert Names(EMOTIONS)(written) == key


def test_every_emotion_is_found_by_its_key_its_label_and_its_path():
    names = Names(EMOTIONS)
    for key, emotion in EMOTIONS.items():
        assert {names(key), names(emotion.labels["fr"]), names(path_of(key, EMOTIONS))} == {key}


def test_an_unknown_emotion_and_a_search():
    names = Names(EMOTIONS)
    with pytest.raises(ValueError, match=r"unknown emotion 'pear' .is 'peur' meant"):
        names("pear")
    assert names.search("horr")[0] == "horror" and names.search("paniqe") == ["panic"] and names.search(" ") == []


def test_proposals_without_a_neighbour_come_last(record):
    lone = proposal("zut", "INTJ", "")
    asked = Session([lone, *PROPOSALS], record, "Anne").asked
    assert asked[-1] is lone

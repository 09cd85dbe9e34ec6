"""The competency questions: what each answers on the shipped data, that its page says so, and that it answers at once."""

from __future__ import annotations

import runpy
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from ressenti.errors import DataError
from ressenti.ontology.questions import load_questions
from ressenti.ontology.sparql.shipped import shipped_store

DOCS = Path(__file__).parent.parent.parent / "docs"
pages = SimpleNamespace(**runpy.run_path(str(DOCS / "questions.py")))

QUESTIONS = load_questions()
# Rows that a speaker of French, or Parrott's table, says must be there, and rows that must not.
EXPECTED = {
    "anger-verbs-object": ([("agacer", "agacement"), ("énerver", "irritation")], [("détester",), ("effrayer",)]),
    "pride-opposites-and-sources": ([("opposite", "shame")], [("opposite", "pride")]),
    "fear-milder-than-terror": ([("inquiétude",), ("trac",)], [("terreur",), ("épouvante",), ("colère",), ("rassuré",)]),
    "parrott-table": ([("fear", "horror", "fear"), ("anger", "irritation", "irritation"), ("sadness", "sadness (group)", "grief")], []),
    "tiers": ([("fear", "2"), ("joy", "7"), ("anger", "6"), ("sadness", "6"), ("love", "3"), ("surprise", "1")], []),
    "opposites-of-primaries": ([("joy", "sadness"), ("love", "hate")], [("joy", "love")]),
    "measured-values": ([("joie", "0.81", "0.51", "0.46", "true"), ("peur", "-0.62", "0.82", "-0.43", "false")], [("amour",)]),
    "two-primaries": ([("bouleverser",)], [("triste",), ("rassuré",)]),
    "anger-ladder": ([("moyenne",), ("forte",)], []),
    "quebec-words": ([("achaler", "agacement")], [("agacer",)]),
    "body-of-fear": ([("boule … ventre",)], [("triste",)]),
    "dative-experiencer": ([("manquer",)], [("énerver",)]),
    "where-the-cause-stands": ([("obj", "object", "subject")], [("act",)]),
    "form-to-emotion": ([("énerver",)], [("agacer",)]),
    "modes-by-primary": ([("peur", "désignée"), ("amour", "comportementale")], []),
    "familiar-sadness": ([("abattement",)], [("agacement",)]),
    "unnamed-emotions": ([("frisson", "1"), ("mortification", "1")], [("peur",), ("colère",)]),
    "blends": ([("contempt", "anger + disgust"), ("envy", "anger + sadness")], []),
    "combinations": ([("hope", "sadness", "disappointment")], []),
    "evidence-for-joy-sadness": ([("valence and arousal mirrored",), ("Plutchik’s circle",)], [("WordNet antonyms",)]),
    "chains": ([("hope", "disappointment", "bitterness")], []),
    "ekman": ([("fear", "skos:closeMatch")], [("love",)]),
}


@pytest.fixture(scope="module")
def store():
    return shipped_store()


def test_each_question_has_an_expectation():
    assert set(EXPECTED) == set(QUESTIONS)
    assert len(QUESTIONS) >= 15


@pytest.mark.parametrize("name", EXPECTED)
def test_answer(name, store):
    _, rows = pages.answer(QUESTIONS[name], store)
    there, absent = EXPECTED[name]
    for wanted in there:
        assert any(tuple(row[: len(wanted)]) == wanted for row in rows), wanted
    for unwanted in absent:
        assert not any(tuple(row[: len(unwanted)]) == unwanted for row in rows), unwanted
    assert rows


def test_parrotts_table_has_its_135_entries(store):
    assert len(pages.answer(QUESTIONS["parrott-table"], store)[1]) == 135


def test_each_question_answers_in_50_ms(store):
    for question in QUESTIONS.values():
        times = []
        for _ in range(3):
            start = time.perf_counter()
            pages.answer(question, store)
            times.append(time.perf_counter() - start)
        # Ten times the figure of docs/sparql.md: a test machine may be busy, but a query that went quadratic is slower than that
        assert min(times) < 0.5, question.name


def test_pages_are_current():
    for name, text in pages.pages().items():
        assert (DOCS / "questions" / name).read_text(encoding="utf-8") == text, f"run: python docs/questions.py ({name})"


@pytest.mark.parametrize(("text", "message"), [("# en: What?\n\nASK {}", "'fr'"), ("# de: Was?\n\nASK {}", ":1: is no line of the head")])
def test_a_question_without_its_wording_is_told(tmp_path, text, message):
    (tmp_path / "mine.rq").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        load_questions(tmp_path)

"""The questions over narratives: what each answers on the shipped examples, that the page says so, and that it answers at once."""

from __future__ import annotations

import runpy
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from ressenti.graph.questions import narrative_questions
from ressenti.graph.store.load import load
from ressenti.graph.store.place import opened
from ressenti.graph.trajectory.values import load_values

DOCS = Path(__file__).parent.parent.parent / "docs"
pages = SimpleNamespace(**runpy.run_path(str(DOCS / "narrative_questions.py")))

QUESTIONS = narrative_questions()
# What a reader of the examples finds: beginnings of rows that must be there, of rows that must not, and how many there are, if counted.
EXPECTED = {
    "acts-of-anger": ([("claqué la porte", "narrateur"), ("levé les yeux au ciel", "Mon chef")], [("pleurait",), ("furieux",)], 7),
    "ambivalence": ([("concert", "narrateur", "adoration", "jalousie"), ("depart", "narrateur", "fierté", "tristesse")], [], 2),
    "anger-at-whom": (
        [("train", "narratrice", "fureur", "mon frère"), ("repas", "Ma sœur", "fureur", "mon père"), ("chien", "narrateur", "haine")],
        [("repas", "narrateur", "haine"), ("repas", "narrateur", "amour")], 9,
    ),
    "causes-of-shame": ([("il l’ouvre", "narrateur"), ("mon accent", "narrateur"), ("mon retard",), ("son retard", "mon frère")], [], 4),
    "chains": ([("dispute", "colère", "peur", "tristesse"), ("dispute", "hostilité", "colère", "peur")], [], 2),
    "consequences": ([("oral", "narrateur", "soulagement", "j’ai ri tout seul")], [], 3),
    "denied": ([("repas", "narrateur", "haine"), ("concert", "Ana", "peur"), ("carnet", "narrateur", "jalousie")], [], 3),
    "emotions-by-component": ([("comportement", "colère", "2"), ("pensée", "colère", "2"), ("territoire", "tristesse", "1")], [], 4),
    "fear-to-relief": ([("chien", "2", "5"), ("oral", "1", "5")], [], 2),
    "intensity-by-emotion": ([("colère", "18", "4", "1", "0.72")], [], 5),
    "love-and-anger": ([("concert", "narrateur", "Ana"), ("repas", "narrateur", "mon père", "amour", "colère")], [], 2),
    "modes-by-primary": ([("amour", "désignée", "2"), ("tristesse", "suggérée", "1")], [("amour", "suggérée")], None),
    "openings": ([("terreur", "désignée", "1")], [("soulagement",)], None),
    "opposites-in-one": ([("dispute", "narratrice", "colère", "peur")], [("concert",)], 1),
    "others-as-seen": ([("honte", "désignée", "1"), ("dédain", "comportementale", "2")], [("soulagement",), ("amour",)], None),
    "pleasantness": ([("oral", "4", "-0.02"), ("bureau", "1", "-0.6"), ("concert", "3", "-0.05")], [], 9),
    "reviewed": ([("chien", "haine", "accepted", "Anne"), ("concert", "bonne humeur", "rejected", "Karim")], [], 3),
    "rules-at-work": ([("noun-felt-cause", "6", "6"), ("sings", "1", "1")], [], 19),
    "shared-causes": ([("retard", "2", "bureau, train")], [("moi",)], 1),
    "versions": ([("ressenti 0.1.0", "9"), ("ontology 1.0.0", "9"), ("fr_core_news_md 3.8.0", "9")], [], 4),
    "who-causes-what": ([("train", "mon frère", "frustration", "narratrice"), ("oral", "narrateur", "fierté", "Ma mère")], [], 2),
    "wishes": ([("bureau", "Mon chef", "fierté", "fier"), ("depart", "Ma fille", "bonheur")], [("concert",)], 2),
    "without-cause": ([("peur", "4", "2")], [("honte",)], None),
}  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("questions") / "store"
    load(folder, narratives=pages.narratives())
    with opened(folder) as data:
        yield data.store


def test_each_question_has_an_expectation():
    assert set(EXPECTED) == set(QUESTIONS)
    assert len(QUESTIONS) >= 18


@pytest.mark.parametrize("name", EXPECTED)
def test_answer(name, store):
    _, rows = pages.answer(QUESTIONS[name], store)
    there, absent, count = EXPECTED[name]
    for wanted in there:
        assert any(row[: len(wanted)] == wanted for row in rows), (wanted, rows)
    for unwanted in absent:
        assert not any(row[: len(unwanted)] == unwanted for row in rows), unwanted
    assert count in (None, len(rows))


@pytest.fixture
def ask(annotator, tmp_path):
    """The rows of a shipped question over texts, annotated as they are."""

    def rows(name, *texts):
        load(tmp_path / "store", narratives=[annotator(text, f"t{n}") for n, text in enumerate(texts, 1)])
        with opened(tmp_path / "store") as data:
            return pages.answer(QUESTIONS[name], data.store)[1]

    return rows


def test_who_causes_what_is_told_of_accounts_as_they_are_annotated(ask):
    rows = ask("who-causes-what", "Mon frère me fait peur. Ma sœur m’énerve. J’ai peur de l’orage.")
    assert rows == [("t1", "Ma sœur", "irritation", "narrateur"), ("t1", "Mon frère", "peur", "narrateur")]


def test_love_is_as_pleasant_as_in_the_trajectory(ask):
    """TONE has no valence for it: a loving account came out by what else was in it."""
    rows = ask("pleasantness", "J’adore ma fille. Je l’aime. Je suis un peu triste.", "J’aime ma fille.")
    assert [(narrative, float(valence) > 0) for narrative, _, valence in rows] == [("t1", True), ("t2", True)]
    assert rows[1][1:] == ("1", f"{load_values()['love'].valence:g}")


def test_a_row_is_a_mention_however_many_pieces_its_cue_has(ask):
    """« claqué violemment la porte »: two pieces; and « Paul et Marie » are one who feels."""
    rows = ask(
        "denied", "Il n’a pas claqué violemment la porte. Elle n’a pas baissé une seule fois les yeux. Paul et Marie n’étaient pas tristes."
    )
    assert sorted(row[3] for row in rows) == ["baissé … yeux", "claqué … la porte", "tristes"]


def test_acts_and_wishes_have_a_row_a_mention_too(ask):
    text = "Il a claqué violemment la porte. J’aimerais qu’il claque fort la porte."
    assert [row[0] for row in ask("acts-of-anger", text)] == ["claqué … la porte"]
    assert [row[3] for row in ask("wishes", text)] == ["claque … la porte"]


def test_a_narrative_opens_with_what_is_felt(ask):
    rows = ask("openings", "Je n’avais pas peur. Si tu venais, je serais contente. J’étais triste. J’étais furieux.", "Je n’ai pas peur.")
    assert [row[0] for row in rows] == ["tristesse"]


def test_pronouns_are_no_shared_cause(ask):
    text = "Il m’énerve. J{}ai honte de mon retard. Celle-ci m’énerve. C{}est ça qui m{}énerve. L{}oubli me fait peur."
    rows = ask("shared-causes", text.replace("{}", "’"), text.replace("{}", "'").replace("’", "'"))
    assert [row[0] for row in rows] == ["oubli", "retard"]


def test_page_is_current():
    assert pages.PAGE.read_text(encoding="utf-8") == pages.page(), "run: python docs/narrative_questions.py"


def test_questions_stay_quick_as_the_corpus_grows(tmp_path):
    """A hundredfold of the examples; ten times the figure of docs/store.md, for a test machine may be busy."""
    examples = pages.narratives()
    load(tmp_path / "store", narratives=(replace(n, id=f"{n.id}-{k}") for k in range(30) for n in examples))
    with opened(tmp_path / "store") as data:
        for name, question in QUESTIONS.items():
            start = time.process_time()
            pages.answer(question, data.store)
            assert time.process_time() - start < 1.0, name

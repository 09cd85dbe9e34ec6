"""What the summary says of an account: in its words, in its order, no more than it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.accounts import TEXTS, odd
from ressenti.graph.patterns.wording import Wording
from ressenti.review.summary.content import Content
from ressenti.review.summary.fit import fitted, height, legend
from ressenti.review.summary.level import FEWEST, LEVELS
from ressenti.review.summary.quoting import Quoting, words_of
from ressenti.review.summary.wording import WORDING, SummaryTexts
from ressenti.schema import Component, Narrative

TEXTS_FR = SummaryTexts("fr")
GIVEN = (
    "Le voisin a coupé mon lilas.",
    "J’avais la gorge nouée et j’étais furieuse.",
    "Je me suis dit qu’il l’avait fait exprès.",
    "Mon jardin, ma paix.",
)


def guided(annotator):
    """An account whose writer answered the four questions."""
    text = "\n\n".join(GIVEN)
    names = ("behavior", "feeling", "thinking", "territory")
    spans = [(text.index(part), text.index(part) + len(part)) for part in GIVEN]
    components = [Component(name, span, "given") for name, span in zip(names, spans, strict=True)]
    return next(annotator.pipe([Narrative("lilas", text, components)]))


def summary(narrative, level=LEVELS[0], texts=TEXTS_FR):
    return Content(narrative, texts).at(level)


def said(found):
    return [(row.emotion, *row.details) for row in found.rows]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("orage", [("Peur", "forte"), ("Colère", "chez «\xa0mon père\xa0»", "montrée", "incertaine"),
                   ("Fureur", "chez «\xa0mon père\xa0»", "forte"), ("Honte",), ("Soulagement",)]),
        ("depart", [("Tristesse",), ("Bonheur",), ("Jalousie", "niée")]),
    ],
)  # fmt: skip
def test_emotions_stand_in_the_order_of_the_account(annotator, name, rows):
    found = said(summary(annotator(TEXTS[name], name)))
    assert [row for row in found if row in rows] == rows


def test_rows_quote_the_cue_and_its_cause(annotator):
    first = summary(annotator(TEXTS["orage"], "orage")).rows[0]
    assert words_of(first.quote) == "J’ai eu très peur quand mon père a crié."
    assert [piece.text for piece in first.quote if piece.cue] == ["peur"]
    assert first.links == (("cause", "«\xa0mon père a crié\xa0»"),)


def test_every_quotation_stands_in_the_account(annotator):
    for name, text in TEXTS.items():
        for level in LEVELS:
            found = summary(annotator(text, name), level)
            quotes = [found.scene, *(row.quote for row in found.rows), *(item.quote for one in found.lists.values() for item in one.items)]
            for quote in quotes:
                assert all(part.strip(" ….[]") in text for part in words_of(quote).replace("[…]", "…").split("…"))


def test_a_quotation_does_not_begin_with_the_end_of_another():
    text = "« Quelle horreur, ce tonnerre ! » s’est-elle écriée en riant. « Oui », ai-je dit, ravie."
    quoting = Quoting(text, Wording("fr"))
    quoted = [words_of(quoting.around([(text.index(cue), text.index(cue) + 5)], 60)) for cue in ("riant", "ravie")]
    assert quoted == ["… s’est-elle écriée en riant.", "“Oui”, ai-je dit, ravie."]


WHEN = "C’était un mardi de novembre, vers dix-neuf heures, dans la salle de réunion du deuxième étage, celle qui donne sur le parking."
EVENT = "Mon chef a lu mon rapport à voix haute devant tout le monde."
AFTER = "J’ai eu honte. J’étais furieuse contre lui parce qu’il m’avait humiliée devant mes collègues, et je n’ai pas dormi de la nuit."


@pytest.mark.parametrize("longest", [420, 300, 150])
def test_the_scene_says_what_happened(annotator, longest):
    narrative = annotator(f"{WHEN} Il pleuvait depuis le matin. {EVENT} {AFTER}", "rapport")
    assert EVENT in narrative.text and any(c.component == "behavior" for c in narrative.components)
    quoted = words_of(summary(narrative, replace(LEVELS[0], scene=longest)).scene)
    assert EVENT in quoted and (WHEN in quoted) == (longest > 150)


def test_answers_of_a_guided_account_are_quoted(annotator):
    found = summary(guided(annotator))
    assert words_of(found.scene) == GIVEN[0]
    assert [words_of(found.lists[key].items[0].quote) for key in ("body", "thoughts", "territory")] == [*GIVEN[1:]]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("J’ai pleuré toute la nuit.", 1),
        ("J’avais la gorge nouée.", 1),
        ("Furieuse, j’ai claqué la porte de ma chambre.", 0),
        ("Ma sœur tremblait de peur.", 0),
        ("Je n’ai pas pleuré.", 0),
    ],
)
def test_signs_of_the_body_are_the_narrators_own_and_the_bodys(annotator, text, signs):
    assert len(summary(annotator(text, "signs")).lists["body"].items) == signs


def test_contraries_and_questions_are_said(annotator):
    found = summary(annotator(TEXTS["depart"], "depart"))
    assert found.lists["ambivalences"].items[0].note.startswith("Tristesse «\xa0triste\xa0» et bonheur «\xa0heureux\xa0» — dites ensemble")
    assert found.questions and found.questions_in_all >= len(found.questions)


def test_what_a_rule_takes_for_territory_is_called_unsure(annotator):
    given = guided(annotator)
    by_rule = replace(given, components=[replace(c, source="rule:component-own-first") for c in given.components])
    assert "peu sûr" in summary(by_rule).lists["territory"].items[0].note
    assert not summary(given).lists["territory"].items[0].note


@pytest.mark.parametrize(
    ("reviews", "marks", "expected"),
    [
        ([], [], "Non relu"),
        ([{"reviewer": "Anne", "time": "2026-11-26T10:00:00+01:00", "done": True}], [], "Relu par Anne, le 26\xa0novembre\xa02026"),
        ([{"reviewer": "", "done": True}], [], "Relu par une personne"),
        ([{"reviewer": "Anne", "time": "2026-11-26T10:00:00+01:00", "done": False}], [0], "Relu en partie par Anne"),
        ([{"reviewer": "Anne", "done": False}], [], "Relu en partie par Anne"),
        ("not a list", [], "Non relu"),
    ],
)
def test_it_says_who_reviewed_it(annotator, reviews, marks, expected):
    narrative = annotator(TEXTS["orage"], "orage")
    for n in marks:
        narrative.mentions[n].extra["review"] = {"decision": "accepted", "reviewer": "Anne"}
    found = summary(replace(narrative, extra={"review": {"reviews": reviews}}))
    assert found.review.startswith(expected)
    assert found.reviewed == ("Relu par" in expected)
    partly = expected.startswith("Relu en partie")
    assert [("non relu" in row.details) for row in found.rows] == [partly and n not in marks for n in range(len(found.rows))]


def test_a_long_account_tells_the_strongest_by_themselves_and_counts_the_others(annotator):
    text = " ".join(f"Le jour {n}, j’ai eu peur du chien. Ma sœur était très fière de Paul. J’étais triste de partir." for n in range(40))
    found = fitted(Content(annotator(text, "long"), TEXTS_FR), TEXTS_FR)
    assert len(found.rows) >= FEWEST and found.omitted > 90
    assert f"{found.omitted - 9} de plus" in found.also
    assert all(row.group.own for row in found.rows)


@pytest.mark.parametrize("level", LEVELS, ids=range(len(LEVELS)))
def test_odd_and_empty_accounts_have_a_summary(level):
    assert summary(odd(), level).rows
    empty = summary(Narrative("", ""), level)
    assert not empty.rows and not empty.scene and legend(empty, TEXTS_FR) == ""
    assert height(empty, TEXTS_FR) < 500


def test_both_languages_say_the_same_things():
    import string

    lines = [line.split("\t") for line in WORDING.read_text(encoding="utf-8").splitlines()[1:]]
    for key, french, english in lines:
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in (french, english)]
        assert fields[0] == fields[1], key
    assert SummaryTexts("en")("questions") == "Open questions"

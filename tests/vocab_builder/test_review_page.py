from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.vocab_builder.candidate import Evidence
from ressenti.vocab_builder.review.details import set_detail
from ressenti.vocab_builder.review.family import Families
from ressenti.vocab_builder.review.page import View, page
from vocab_builder.proposed import proposal

SENTENCES = ("Un cri épouvantable l’éveilla.", "Ces épouvantables nuits. " + "Il pleuvait sur la ville, " * 8, "Rien.", "Épouvantable !")
PROPOSED = proposal(
    "épouvantable", "ADJ", "panic", 0.7, "fright horror grief rage shock", gloss="Qui cause de l’épouvante. " * 9, examples=SENTENCES
)
VIEW = View(PROPOSED, load_emotions(), "Anne", 41, 310, 3)


@pytest.mark.parametrize("columns", [40, 50, 80, 100, 200])
@pytest.mark.parametrize("lines", [12, 18, 23, 40])
@pytest.mark.parametrize("colour", [True, False])
def test_it_fits_and_what_can_be_pressed_is_always_shown(columns, lines, colour):
    said = Families(load_vocabulary())(PROPOSED.candidate.term)
    shown = page(replace(VIEW, family=said, message="une longue phrase " * 20), columns, lines, colour=colour)
    assert len(shown) == lines
    assert max(cell_len(line.plain) for line in shown) <= min(columns, 100)
    text = "\n".join(line.plain for line in shown).replace("\u00a0", " ")
    assert "épouvantable" in text and "q quit" in text and "panique" in text
    if lines >= 18 and columns >= 50:
        assert all(f"{n} {label}" in text for n, label in enumerate(("frayeur", "horreur", "deuil", "rage", "choc"), start=1))


def text_of(view: View, **options) -> str:
    return "\n".join(line.plain for line in page(view, **options)).replace("\u00a0", " ")


def test_what_it_says():
    text = text_of(VIEW, width=100, height=40, colour=False)
    assert "41 of 310 decided · 3 today" in text
    assert "peur › horreur › panique" in text or "peur › nervosité › panique" in text
    assert load_emotions()["panic"].definitions["fr"][:60] in text
    assert "similarity ███████░░░ .70   margin ██░░░░░░░░ .20" in text
    assert "thesaurus synonyme de « panic » · corpus « fou de X », 2 times" in text
    assert "· Un cri [épouvantable] l’éveilla." in text and "· Ces [épouvantables] nuits." in text


def test_what_speaks_for_the_place_is_said_first():
    evidence = tuple(Evidence("thesaurus", f"synonyme de {key}", key) for key in ("anger", "joy", "fright", "grief"))
    shown = replace(VIEW, proposal=replace(PROPOSED, candidate=replace(PROPOSED.candidate, evidence=evidence)))
    text = text_of(shown, width=100, height=40)
    assert "thesaurus 4 synonyme de fright; synonyme de anger; synonyme de joy; synonyme de grief" in text


def test_a_term_left_open_says_why():
    text = text_of(replace(VIEW, proposal=proposal("table", "NOUN", "", 0.2, "anger fear", reason="near anger .20 and fear .19")))
    assert "left open" in text and "near anger .20 and fear .19" in text and "1 colère .20" in text


def test_nothing_in_it_commands_the_terminal():
    bad = proposal("ta\x1b[2Jble", "NOUN", "fear", gloss="\x1b]0;title\x07", examples=("une\x1b[31m table\x9b",))
    assert not any(
        ord(char) < 32 or 127 <= ord(char) < 160 for char in text_of(replace(VIEW, proposal=bad, message="\x1b[0m")) if char != "\n"
    )


@pytest.mark.parametrize(
    ("term", "known", "strange"),
    [
        ("effroyablement", "effroyable", "effort"),
        ("peureusement", "peureux", "peuple"),
        ("attrister", "attristant", "attraper"),
        ("larmoyer", "larme", "alarmer"),
        ("allégresse", "allègre", "aller au cimetière"),
    ],
)
def test_the_family_is_who_begins_alike(term, known, strange):
    found = [entry.term for entry in Families(load_vocabulary())(term, most=40)]
    assert known in found and strange not in found


@pytest.mark.parametrize(
    ("answer", "details"),
    [
        ("intensity high", {"intensity": "high"}), ("int=low", {"intensity": "low"}), ("note - dit-on", {"note": "- dit-on"}),
        ("note -", {"note": ""}), ("cond followed by: de|que", {"condition": "followed by: de|que"}),
        ("regis familiar", {"register": "familiar"}),
    ],
)  # fmt: skip
def test_details_by_the_beginning_of_their_names(answer, details):
    found: dict[str, str] = {}
    set_detail(found, answer, "NOUN")
    assert found == details


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("colour red", "there is no field 'colour'"), ("regis", "write a value after register"), ("reg x", "may be register or region"),
        ("mode loud", "unknown mode 'loud'"), ("cond on Mondays", "unknown condition"), ("construction obj", "goes with no NOUN"),
    ],
)  # fmt: skip
def test_details_that_are_none_set_nothing(answer, reason):
    found = {"mode": "labelled"}
    with pytest.raises(ValueError, match=reason):
        set_detail(found, answer, "NOUN")
    assert found == {"mode": "labelled"}

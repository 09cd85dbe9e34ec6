"""Patterns as people read them, as rows, and counted."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest

from graph.accounts import EMPTY, annotated, everything, odd
from graph.patterns.test_find import told
from ressenti.errors import DataError
from ressenti.graph.patterns import KINDS, find_patterns
from ressenti.graph.patterns.counts import COLUMNS as COUNT_COLUMNS
from ressenti.graph.patterns.counts import Counts
from ressenti.graph.patterns.felt import Person, Words
from ressenti.graph.patterns.report import COURSE, line, report
from ressenti.graph.patterns.rows import COLUMNS, rows, tsv
from ressenti.graph.patterns.territory import Territory
from ressenti.graph.patterns.wording import WORDING, Wording, named
from ressenti.ontology.pages.language import load_texts
from ressenti.schema import Component

NARRATIVES = {n.id: n for n in annotated()}


@pytest.mark.parametrize(
    ("narrative", "shown"),
    [
        (
            "orage",
            "« mon père a crié » → peur chez le narrateur (« peur », intensité forte), à travers colère chez « mon père » (« crié »)",
        ),
        ("orage", "le narrateur : peur (« peur », intensité forte) → honte (« honte ») → (« puis ») soulagement (« soulagé »)"),
        ("depart", "tristesse (« triste ») et bonheur chez le narrateur (« heureux ») : le récit les dit ensemble"),
        ("depart", "jalousie chez le narrateur (« jaloux »)"),
        ("depart", "tristesse chez « ma mère » (« tristesse ») ⇒ colère chez le narrateur (« en colère »), d’après « sa tristesse »"),
        ("chien", "« moi » (la narratrice) → peur chez « Paul » (« peur »)"),
    ],
)
def test_french(narrative, shown):
    text = report(find_patterns(NARRATIVES[narrative]))
    assert f"  • {shown}\n" in text.replace("\u00a0", " ")
    assert not re.search(r" [:;!?»]|« ", text), "a space that breaks"


def test_english():
    text = report(find_patterns(NARRATIVES["orage"]), "en")
    assert "  • “mon père a crié” → fear in the narrator (“peur”, high intensity), through anger in “mon père” (“crié”)\n" in text
    assert "«" not in text


def test_odd_words_stay_on_their_lines():
    text = report(find_patterns(odd()))
    assert "« “<b>Élodie & Cie</b>” »".replace(" ", "\u00a0", 1) in text.replace("\u00a0»", " »")
    assert not re.search("[\x00-\x09\x0b-\x1f\u2028\u202e]", text) and "chez la narratrice" in text
    assert "Aucun de ces motifs" in report(find_patterns(EMPTY))


@pytest.mark.parametrize(
    ("label", "shown"), [("Ma mère", "ma mère"), ("L’infirmière", "l’infirmière"), ("Un type", "un type"), ("Léa", "Léa"), ("", "")]
)
def test_a_capital_of_a_sentence_is_none_of_a_name(label, shown):
    assert named(label) == shown


def test_every_text_is_there_in_both_languages(tmp_path):
    assert set(load_texts("fr", WORDING)) == set(load_texts("en", WORDING)) >= set(KINDS)
    broken = tmp_path / "wording.tsv"
    broken.write_text("key\tfr\ten\nnarrative\tRécit\t\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"wording.tsv:2: the key 'narrative' .* has no text in 'en'"):
        load_texts("en", broken)
    for row in WORDING.read_text(encoding="utf-8").splitlines()[1:]:
        _, french, english = row.split("\t")
        assert set(re.findall(r"{\w+}", french)) == set(re.findall(r"{\w+}", english)), row


def test_rows_say_the_same():
    for narrative in everything():
        patterns = find_patterns(narrative)
        text = tsv(rows(patterns, "fr"), COLUMNS)
        header, *table = csv.reader(io.StringIO(text), delimiter="\t")
        assert tuple(header) == COLUMNS and len(table) == sum(map(len, patterns.found.values()))
        assert all(len(row) == len(COLUMNS) and not row[7].startswith(("=", "+", "-", "@")) for row in table)
        for row in table:
            spans = [tuple(map(int, span.split("-"))) for piece in row[8].split(" | ") for span in piece.split()]
            assert all(start < end for start, end in spans) and spans


def test_whose_territory_it_is():
    guided = replace(odd(), components=[Component("territory", (0, 12), "given"), Component("territory", (12, 20), "rule:x")])
    text = report(find_patterns(guided, ["territory"]))
    assert "réponse à la question sur le territoire, territoire de la narratrice" in text and "(peu sûr)" in text
    other = Territory(Words("son atelier", ((0, 11),)), False, Person("E1", "Paul", False), (), ())
    assert line(other, Wording("en")) == "“son atelier” — which a rule takes for territory (unsure), territory of “Paul”"


def test_no_cell_is_a_formula():
    for id_ in ("=1+1", "  =1+1", "\n=1+1"):
        patterns = find_patterns(replace(NARRATIVES["orage"], id=id_))
        assert {line.split("\t")[0] for line in tsv(rows(patterns)).splitlines()} == {"'=1+1"}


def test_counts():
    counts = Counts()
    for narrative in everything():
        counts.add(find_patterns(narrative))
    data = json.loads(json.dumps(counts.to_dict()))
    assert (data["narratives"], data["mentions"]) == (len(everything()), sum(len(n.mentions) for n in everything()))
    causes = {(one["sort"], *one["emotions"]): (one["count"], one["narratives"]) for one in data["kinds"]["causes"]["patterns"]}
    assert causes["emotion", "sadness", "anger"] == (1, 1) and causes["narrator", "fear"] == (1, 1)
    denied = data["kinds"]["denied"]
    assert (denied["count"], denied["narratives"]) == (2, 2)
    assert [(one["emotions"], one["count"], one["narratives"]) for one in denied["patterns"]] == [(["anger"], 1, 1), (["jealousy"], 1, 1)]
    assert all(len(row) == len(COUNT_COLUMNS) for row in counts.rows())
    text = counts.report(most=2).replace("\u00a0", " ")
    assert "boucle (colère), par les causes : colère ⇒ honte ⇒ colère" in text and re.search(r"et \d+ autres", text)
    assert "un événement" not in Counts().report() and Wording("en")("by_event") == "an event"


def test_what_one_narrative_has_twice_counts_once_by_narrative():
    counts = Counts()
    counts.add(find_patterns(NARRATIVES["depart"], ["others"]))
    assert {signature: numbers for signature, *numbers in counts.ranked("others")}["", "sorrow"] == [2, 1]


def test_a_course_counts_as_its_transitions():
    counts = Counts()
    counts.add(find_patterns(NARRATIVES["orage"], ["courses"]))
    assert {signature for signature, *_ in counts.ranked("courses")} == {
        ("order", "fear", "shame"), ("order", "shame", "relief"), ("order", "anger", "fury")
    }  # fmt: skip


def test_emotions_of_nobody_known_are_told():
    narrative = told(
        "Quelle joie ! La peur, partout. Aucune honte.", "joy ? joie mode=suggested", "fear ? peur target=partout", "shame ? honte negated"
    )
    patterns = find_patterns(narrative)
    heading = "Émotions dont on ne sait pas qui les éprouve\n  • joie (« joie »), ce que la scène suggère\n"
    heading += "  • peur (« peur »), envers « partout »\n"
    assert heading in report(patterns).replace("\u00a0", " ")
    assert "Emotions of which it is not known who feels them\n  • joy (“joie”), which the scene suggests\n" in report(patterns, "en")
    assert [row[1] + row[3] for row in rows(patterns)] == ["deniedshame", "unattributedjoy", "unattributedfear"]
    assert [one["felt"]["emotion"] for one in patterns.to_dict()["patterns"]["unattributed"]] == ["joy", "fear"]
    counts = Counts()
    counts.add(patterns)
    assert ("unattributed", "", "joy", "1", "1", "1") in set(counts.rows())
    assert "Émotions dont on ne sait pas qui les éprouve : 2 fois (récits : 1)" in counts.report().replace("\u00a0", " ")
    assert not find_patterns(NARRATIVES["orage"], ["unattributed"]).found["unattributed"]


def test_a_long_course_is_cut_in_the_report_only():
    emotions = ["fear", "fear", "fear"] + ["joy", "fear"] * 10
    cues = [f"{emotion}{n}" for n, emotion in enumerate(emotions)]
    narrative = told(" ".join(cues), *(f"{emotion} NARRATOR {cue}" for emotion, cue in zip(emotions, cues, strict=True)))
    patterns = find_patterns(narrative, ["courses"])
    text = report(patterns).replace("\u00a0", " ")
    assert "le narrateur : peur (« fear0 ») ×3 → joie (« joy3 ») → peur (« fear4 ») →" in text
    assert text.endswith("joie (« joy21 ») → … (et 1 autre)\n")
    assert text.count("→") == COURSE and "… (and 1 more)" in report(patterns, "en")
    assert patterns.to_dict()["patterns"]["courses"][0]["times"] == [3] + [1] * COURSE
    ((*_, read),) = rows(patterns)
    assert read.count("→") == len(patterns.found["courses"][0].steps) - 1 == COURSE and "…" not in read


def test_an_emotion_of_somebody_else_without_a_cause_is_told_once():
    narrative = told("Paul a peur. Je suis triste.", "fear E1 peur", "sadness NARRATOR triste", people={"E1": "Paul"})
    text = report(find_patterns(narrative), "en")
    uncaused, others = (text.partition(say)[2].partition("\n\n")[0] for say in ("no cause was found\n", "narrative gives them\n"))
    assert "triste" in uncaused and "peur" not in uncaused and others.rstrip().endswith("(“peur”), no cause found")
    assert "(“peur”)" in report(find_patterns(narrative, ["uncaused"]), "en")

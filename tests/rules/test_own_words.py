"""Tables of the user's beside the shipped one: whose entry is taken, and what is wrong in one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import ressenti
from ressenti.errors import DataError
from ressenti.ontology.vocabulary import COLUMNS, load_vocabulary
from ressenti.rules.annotator import Annotator
from ressenti.rules.explain import why_not
from ressenti.rules.language import load_rules
from ressenti.rules.triggers import Matcher


@pytest.fixture
def beside_shipped(annotator, tmp_path):
    """An annotator with some shipped terms, and rows of one's own on top of them."""

    def made(terms, *rows):
        path = tmp_path / "mine.tsv"
        path.write_text("\n".join("\t".join(row) for row in (COLUMNS, *rows)) + "\n", encoding="utf-8")
        named = {term for rule in load_rules() for term in rule.trigger.keys.get("term", ())}
        shipped = [entry for entry in load_vocabulary() if entry.term in terms or entry.term in named]
        return Annotator(annotator.nlp, [*shipped, *load_vocabulary(path)], spelling=False)

    return made


@pytest.mark.parametrize("condition", ["", "with verb: être"])
def test_what_a_user_gives_comes_before_what_is_shipped(beside_shipped, condition):
    mine = ("fier", "ADJ", "gladness", "adj-cause", "labelled", "medium", "standard", "", condition)
    (mention,) = beside_shipped({"fier"}, mine)("Je suis fier de toi.").mentions
    assert mention.emotion == "gladness"


def test_where_its_condition_does_not_hold_the_shipped_one_counts(beside_shipped):
    mine = ("fier", "ADJ", "gladness", "adj-cause", "labelled", "medium", "standard", "", "with verb: sembler")
    (mention,) = beside_shipped({"fier"}, mine)("Je suis fier de toi.").mentions
    assert mention.emotion == "pride"


def test_why_not_tells_what_stands_against_an_entry_of_ones_own(beside_shipped):
    mine = ("fier", "ADJ", "gladness", "adj-cause", "labelled", "medium", "standard", "", "with verb: sembler")
    shipped, own = why_not(beside_shipped({"fier"}, mine), "Je suis fier de toi.", "fier").outcomes
    assert (shipped.reason, shipped.entry.emotion) == ("in a mention", "pride")
    assert (own.reason, own.entry.emotion, own.condition) == ("condition", "gladness", "with verb: sembler")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"term": "boum|", "pos": "INTJ"}, "'boum|' has an empty alternative"),
        ({"term": "avoir les [miquettes", "pos": "VERB"}, "'avoir les [miquettes': each [ needs a ] after it"),
        ({"term": "avoir la [pétoche]]", "pos": "VERB"}, "'avoir la [pétoche]]': each [ needs a ] after it"),
        ({"pos": "VERB"}, "cannot conjugate 'pétoche': a verb is given by its infinitive"),
        (
            {"condition": "with verb: rendrre"},
            "condition 'with verb': cannot conjugate 'rendrre': no verb that it goes like is known",
        ),
        ({"emotion": "Peur"}, "unknown emotion 'Peur'; its key is 'fear'"),
        ({"emotion": "feer"}, "unknown emotion 'feer'; did you mean 'fear'?"),
        ({"emotion": ""}, "the emotion is empty"),
        ({"construction": "noun-couse"}, "unknown construction 'noun-couse'; did you mean 'noun-cause'?"),
        ({"mode": "labeled"}, "unknown mode 'labeled'; did you mean 'labelled'?"),
        ({"region": "FR"}, "unknown region 'FR'; known are AF, BE, CH, QC"),
        ({"condition": "pos: NOM"}, "unknown part of speech 'NOM'; known are ADJ"),
        ({"condition": "subject: animal"}, "condition 'subject: animal' takes one of person, thing"),
        ({"condition": "object: person|thing"}, "condition 'object: person|thing' takes one of person, thing, close"),
        ({"condition": "with verb: être, avoir"}, "condition 'with verb': 'être, avoir' is no verb; alternatives are separated by |"),
        ({"condition": "with verb: avoirs"}, "condition 'with verb': cannot conjugate 'avoirs'"),
    ],
)
def test_what_is_wrong_in_a_table_is_told_with_its_line(annotator, tmp_path, row, reason):
    good = ("pétoche", "NOUN", "fear", "noun-cause", "labelled", "medium", "familiar", "", "")
    path = tmp_path / "mine.tsv"
    lines = (COLUMNS, (dict(zip(COLUMNS, good, strict=True)) | row).values())
    path.write_text("\n".join("\t".join(line) for line in lines), encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(f"mine.tsv:2: {reason}")):
        Matcher(annotator.nlp, load_vocabulary(path))


@pytest.mark.parametrize("made", [str, Path, lambda path: [path]])
def test_a_single_file_may_be_given_as_such(tmp_path, made):
    words, rules = tmp_path / "mine.tsv", tmp_path / "mine.yaml"
    for path in (words, rules):
        path.write_text("nothing\n", encoding="utf-8")
        with pytest.raises(DataError, match=re.escape(f"{path}:1: ")):
            ressenti.load(**{"vocabulary" if path is words else "rules": made(path)})

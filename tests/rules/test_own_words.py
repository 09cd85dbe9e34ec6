"""Tables of the user's beside the shipped one: whose entry is taken, and what is wrong in one."""

from __future__ import annotations

import pytest

from ressenti.ontology.vocabulary import COLUMNS, load_vocabulary
from ressenti.rules.annotator import Annotator
from ressenti.rules.language import load_rules


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

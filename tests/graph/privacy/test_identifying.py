"""What is said to be left that identifies: names and places, strings, and what stands beside the text."""

import pytest

from ressenti.graph.privacy.identifying import Search, rows
from ressenti.graph.privacy.pseudonyms import Pseudonymiser
from ressenti.graph.privacy.table import Table
from ressenti.graph.privacy.words import without_words
from ressenti.schema import Narrative

TEXT = (
    "Marie Dupont m’a appelée au 06 12 34 56 78. J’étais furieuse contre Jean-Marc, qui vit 3 rue des Lilas, 69003 Lyon. Paris me manque."
)
EXTRA = {
    "mail": "marie@exemple.fr",
    "note": "Vu avec Karim et Marie",
    "n": 3,
    "review": {"reviewer": "Zoé D.", "comment": "né le 3 mai 1999"},
}


@pytest.fixture(scope="module")
def narrative(annotator):
    return next(annotator.pipe([Narrative("dupont-karim", TEXT, extra=EXTRA)]))


def left(narrative, known=None):
    search = Search(known)
    return [(one.where, one.found.kind, one.string) for one in search(narrative)], search


def test_the_text_and_what_stands_beside_it(narrative):
    found, search = left(narrative)
    assert found == [
        ("text", "name", "Marie Dupont"),
        ("text", "telephone", "06 12 34 56 78"),
        ("text", "name", "Jean-Marc"),
        ("text", "address", "3 rue des Lilas, 69003 Lyon"),
        ("text", "place", "Paris"),
        ("id", "name", "dupont-karim"),
        ("mail", "email", "marie@exemple.fr"),
        ("note", "name", "Karim"),
        ("note", "name", "Marie"),
        ("review.reviewer", "reviewer", "Zoé D."),
        ("review.comment", "birth", "3 mai 1999"),
    ]
    assert search.told() == (
        "5 names, 1 name of a place, 1 reviewer, 1 e-mail address, 1 telephone number, 1 date of birth, 1 postal address"
    )


def test_pseudonyms_and_placeholders_identify_nobody(narrative):
    table = Table()
    found, _ = left(Pseudonymiser(table)(narrative), table.names)
    assert found == [("id", "name", "karim"), ("review.reviewer", "reviewer", "Zoé D.")]


def test_without_words_the_id_is_left(narrative):
    assert [where for where, _, _ in left(without_words(narrative))[0]] == ["id"]


@pytest.mark.parametrize("text", ["J’ai eu peur en 1998, à 12 ans.", "", "█" * 40, "Dieu merci, Maman est là. Tou@s ont ri."])
def test_where_nothing_identifies_nothing_is_told(text):
    found, search = left(Narrative("n1", text))
    assert not found and not search.told()


def test_no_cell_of_the_list_is_a_formula(narrative):
    search = Search()
    odd = Narrative("=1+1", "appelle le +33 6 12 34 56 78")
    assert rows(odd, search(odd)) == "'=1+1\ttext\ttelephone\t11\t28\t'+33 6 12 34 56 78\n"

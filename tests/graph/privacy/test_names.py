"""What is taken for a name, and what is not."""

import pytest

from ressenti.graph.privacy.names import find_names, load_recogniser
from ressenti.schema import Mention, Narrative


@pytest.fixture(scope="module")
def nlp():
    return load_recogniser()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("On attendait mamie Zinette.", {"Zinette": "first_f"}),  # no list has her
        ("Mon voisin Brouziac a crié.", {"Brouziac": "first_m"}),
        ("M. Ben Ammar est venu.", {"Ben": "surnames", "Ammar": "surnames"}),
        ("Mme Lefèvre vit à Lyon.", {"Lefèvre": "surnames", "Lyon": "towns"}),
        ("Rose pleurait.", {"Rose": "first_f"}),
        ("J’offre une rose à Rose.", {"Rose": "first_f"}),
        ("sofiane m’a souri.", {"sofiane": "first_m"}),
        ("Anne-Sophie est partie au Japon.", {"Anne": "first_f", "Sophie": "first_f", "Japon": "lands_m"}),
        ("Je suis né à Saint-Brieuc.", {"Saint-Brieuc": "towns"}),  # no piece of it is left
        ("Mme N’Guyen et Mme Le Goff dorment.", {"N’Guyen": "surnames", "Le Goff": "surnames"}),
        ("Monsieur de La Tour m’a humilié.", {"La Tour": "surnames"}),
        ("On est allés à La Rochelle.", {"La Rochelle": "towns"}),
        ("La Marie est venue.", {"Marie": "first_f"}),
        ("J’aime tata Mimi.", {"Mimi": "first_f"}),
        ("La prudence est mère de sûreté.", {}),
        ("Maman pleurait, papa aussi.", {}),
        ("Dieu merci, Noël approchait.", {}),
        ("Je travaille à la SNCF.", {}),
        ("Franchement, c’était dur.", {}),
        ("", {}),
    ],
)
def test_names(text, names, nlp):
    assert {name.word: name.kind for name in find_names(Narrative("x", text), nlp, {})} == names


def test_a_name_found_once_is_one_everywhere(nlp):
    text = "Zinette riait. Je regardais mamie Zinette."
    assert [name.start for name in find_names(Narrative("x", text), nlp, {})] == [0, 34]


def test_a_name_of_other_texts_is_one_here(nlp):
    narrative = Narrative("x", "Je regardais Pouf.")
    assert [name.word for name in find_names(narrative, nlp, {"Pouf": "Luc"})] == ["Pouf"]


def test_the_words_that_carry_an_emotion_are_left_alone(nlp):
    mention = Mention(1, ((0, 4),), "joy", None, "joy", "displayed", "affirmed", "low", 1.0, "rule:x")
    assert not find_names(Narrative("x", "Rose !", mentions=[mention]), nlp, {})


def test_who_is_elided_before_is_known(nlp):
    assert [name.elided for name in find_names(Narrative("x", "La peur d’Hugo et de Hugo."), nlp, {})] == [True, False]

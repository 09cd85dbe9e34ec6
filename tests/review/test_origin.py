"""By what mentions were found, and the words that are shown of them."""

import pytest

from ressenti.review.origin import words_said

SAID = [
    ("Je n’en peux plus.", "n’en peux plus"),
    ("J’en peux plus, moi.", "en peux plus"),
    ("Je n’ai pas osé lui dire.", "n’ai pas osé lui dire"),
    ("J'ai pas osé lui dire.", "pas osé lui dire"),
    ("Personne n’est venu.", "Personne n’est venu"),
    ("Mon père ne touche plus à son accordéon.", "ne touche plus"),
    ("Je ne savais pas, j’ai eu peur.", "peur"),
]


@pytest.mark.parametrize(("text", "said"), SAID)
def test_what_denies_words_is_shown_where_they_say_it_only_denied(annotator, text, said):
    assert words_said(text, annotator(text).mentions[-1]) == said


def test_the_sheet_and_the_questions_show_it(annotator):
    from ressenti.review.summary.page import page

    html = "".join(page([annotator("Je n’en peux plus. Je suis triste de partir.", "s")]))
    assert "<b>n’en peux plus</b>" in html and "«\u202fen peux" not in html and "«\u00a0en peux" not in html

"""What is read otherwise than it stands, and the way back."""

from __future__ import annotations

import pytest

from ressenti.rules.text import read

READ = [
    ("content·e·s", "contents"), ("heureux·ses", "heureux"), ("effrayé(e)", "effrayé"), ("fâché(e)s", "fâchés"), ("ami(s)", "ami"),
    ("furieux(ses)", "furieux"), ("ravi-e-s", "ravis"), ("parti.e", "parti"), ("parti.e.s", "partis"), ("parti.es", "partis"),
    ("ravi(e)(s)", "ravis"), ("ravi-es", "ravis"), ("jaloux.se", "jaloux"), ("furieux.ses", "furieux"), ("ce·tte", "ce"),
    ("honte!Je", "honte! Je"), ("honte?!Je", "honte?! Je"), ("mal;je", "mal; je"), ("peur(un peu)de", "peur (un peu) de"),
    ("rage<br>et <b>peur</b>.", "rage et peur ."), ("la [peur](https://a.b/c?d=e) de", "la peur de"), ("de\u0301c\u0327u", "déçu"),
]  # fmt: skip
LEFT = [
    "Il a dit (non) !", "https://a.b/c?d=e;f", "va-t-elle", "p.e", "1.e4", "si a <b et c> d", "col·lega", "Ah!", "5(6)", "<rire>",
    "moi@exemple.fr;toi", "(mal)heureux", "j'aime(rais)", "exemple.fr/a?peur", "fini.se taire",
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), READ)
def test_read_otherwise(written, meant):
    assert read(written).text == meant


@pytest.mark.parametrize("written", LEFT)
def test_left_as_it_stands(written):
    assert read(written).text == written


@pytest.mark.parametrize("written", [text for text, _ in READ])
def test_the_way_back_goes_on_and_ends_at_the_end(written):
    reading = read(written)
    assert list(reading.offsets) == sorted(reading.offsets) and len(reading.offsets) == len(reading.text) + 1
    assert reading.offsets[0] == 0 and reading.offsets[-1] == len(written)


@pytest.mark.parametrize(
    ("written", "word", "stands"),
    [
        ("Je suis déçu·e·s.", "déçus", "déçu·e·s"),
        ("un <b>chagrin</b> noir", "chagrin", "chagrin"),
        ("la [peur](https://a.b) noire", "peur", "peur"),
        ("honte!Je pars", "honte", "honte"),
    ],
)
def test_a_word_is_found_where_it_stands(written, word, stands):
    reading = read(written)
    at = reading.text.index(word)
    start, end = reading.original(at, at + len(word))
    assert written[start:end] == stands

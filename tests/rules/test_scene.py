"""Acts and events count where somebody in particular is shown: not things, not many, not anybody."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("somebody", "nobody"),
    [
        ("Ma voisine frissonnait.", "Les feuilles frissonnaient."),
        ("Mon fils hurlait.", "Le vent hurlait."),
        ("Mon grand-père est mort.", "280 éléphants sont morts."),
        ("Ma sœur a été élue.", "Certains candidats ont été élus."),
        ("On m'a licenciée.", "On licencie des milliers de gens."),
    ],
)
def test_somebody_in_a_scene(somebody, nobody, annotator):
    assert annotator(somebody).mentions, somebody
    assert not annotator(nobody).mentions, nobody

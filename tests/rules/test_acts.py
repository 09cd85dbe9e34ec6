"""An act that its sentence gives a physical reason is no mention."""

from __future__ import annotations

import pytest

from ressenti.rules.acts import load_acts


@pytest.mark.parametrize(
    "text",
    [
        "J'épluche les oignons avec des lunettes, sinon je pleure.",
        "Chez le coiffeur, elle a baissé la tête.",
        "Le plombier a levé les yeux au plafond.",
        "Il a rougi dès la première heure, on avait oublié la crème solaire.",
    ],
)
def test_no_mention_beside_a_physical_reason(text, annotator):
    assert annotator(text).mentions == []


def test_a_feeling_that_is_named_keeps_the_act(annotator):
    mentions = annotator("J'étais triste, je pleurais sur mes oignons.").mentions
    assert [m.emotion for m in mentions] == ["sadness", "sadness"]


def test_every_word_of_a_reason_is_another_one_than_those_of_its_act():
    assert not [act.name for act in load_acts() if act.physical & act.forms]

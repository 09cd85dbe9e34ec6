"""Which component a sentence tells, and how an account is divided."""

from __future__ import annotations

import pytest

from ressenti.errors import DataError
from ressenti.rules.components import component_of, load_components
from ressenti.rules.sentence import Sentence
from ressenti.rules.text import read, sentences
from ressenti.schema import Component, Narrative

TOLD = [
    ("behavior", "Mardi matin, le directeur a convoqué toute l'équipe dans son bureau."),
    ("behavior", "Elle m'a répondu : « C'est fermé. »"),
    ("behavior", "Ils sont partis vers 18 heures et ils ont laissé la porte ouverte."),
    ("feeling", "J'avais la gorge serrée et les mains moites."),
    ("feeling", "Une boule dans le ventre, les jambes en coton."),
    ("feeling", "J’avais envie de hurler."),
    ("feeling", "Je sentais mon cœur battre dans mes tempes."),
    ("thinking", "Je me suis dit que je n'y arriverais jamais."),
    ("thinking", "C'est toujours les mêmes qui paient."),
    ("thinking", "Pourquoi moi ?"),
    ("thinking", "Il aurait pu prévenir, quand même."),
    ("territory", "Ma place dans la famille, mon nom."),
    ("territory", "Mon droit de dire non."),
    ("territory", "La confiance que j'avais en lui, et notre amitié."),
    ("behavior", "On n'a pas parlé."),
    ("behavior", "Il m'ouvre en peignoir, samedi à cinq heures."),
    ("feeling", "La peur, la vraie. J'étais incapable d'avancer."),
    ("thinking", "Que j'avais bien fait de ne pas lâcher."),
    ("territory", "Ce muret, c'était notre endroit."),
    ("territory", "Sans lui, ma maison n'est plus à nous."),
    (None, "Voilà."),
    (None, ""),
]


@pytest.mark.parametrize(("component", "text"), TOLD)
def test_component_of(component, text, annotator):
    assert component_of(cut(text, annotator)) == component


def cut(text, annotator):
    reading = read(text)
    return [Sentence([*annotator.nlp.make_doc(reading.text[a:b])], a) for a, b in sentences(reading.text)]


def test_an_account_is_divided_by_sentence_and_clause(annotator):
    text = "Le chef a déchiré mon rapport devant les autres. J’avais la gorge nouée, et je me suis dit que c’était fini."
    found = [(c.component, text[slice(*c.span)]) for c in annotator(text).components]
    assert found == [
        ("behavior", "Le chef a déchiré mon rapport devant les autres."),
        ("feeling", "J’avais la gorge nouée,"),
        ("thinking", "je me suis dit que c’était fini."),
    ]


def test_what_the_writer_gave_is_kept(annotator):
    given = [Component("territory", (0, 29), "given")]
    narrative = next(annotator.pipe([Narrative("n", "J’avais la gorge nouée, hier.", given)]))
    assert narrative.components == given


def test_what_one_s_own_do_is_no_territory(annotator):
    assert [c.component for c in annotator("Ma femme achète une voiture.").components] != ["territory"]
    assert [c.component for c in annotator("Ma place, mon nom.").components] == ["territory"]


def test_an_emotion_named_speaks_for_feeling(annotator):
    assert [c.component for c in annotator("J’ai peur.").components] == ["feeling"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("  - {id: x, component: felling, weight: 2, about: y, any: [a]}", "did you mean 'feeling'"),
        ("  - {id: x, component: feeling, weight: two, about: y, any: [a]}", "'two' is no whole number"),
        ("  - {id: x, component: feeling, weight: 2, about: y, any: [$sensation]}", "did you mean 'sensations'"),
        ("  - {id: x, component: feeling, weight: 2, about: y, is: fragments}", "did you mean 'fragment'"),
        ("  - {id: x, component: feeling, weight: 2, any: [a]}", "lacks 'about'"),
        ("  - {id: x, component: feeling, weight: 2, about: y, all: [a]}", "unknown key 'all'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(line, reason, tmp_path):
    path = tmp_path / "components.yaml"
    path.write_text(f"threshold: 2\nmargin: 1\nnamed: 2\nevidence:\n{line}\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_components(path)
    assert reason in str(error.value)
    assert f"{path}:5" in str(error.value)

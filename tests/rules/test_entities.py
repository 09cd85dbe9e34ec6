"""Who is who: each text with the chains marked, « {N:je} » for the narrator, any other letter for somebody else."""

from __future__ import annotations

import json
import re

import pytest
from jsonschema import Draft202012Validator

from ressenti.rules.entities.people import load_people
from ressenti.schema import json_schema

NARRATOR = [
    "{N:J'}ai peur, et {N:ma} peur {N:me} suit. {N:Moi}, {N:je} n'aime pas ça.",
    "{N:Nous} avons ri. {N:On} était fiers de {N:nos} dessins.",
    "{N:J'}étais triste. On {N:m'}a dit que ça passerait. On a frappé à la porte.",
    "{N:J'}ai honte de {N:moi}-même.",
    "On veut {N:me} mettre dehors, et {N:j'}ai peur.",
]
NOUNS = [
    "{k:Karim}, qui est pourtant {N:mon} {k:ami}, a peur. {N:Mon} {k:ami} est triste.",
    "{k:Karim} n'a jamais été {N:mon} {o:ami}. {N:Mon} {o:ami} a peur. {k:Karim} est triste.",
    "{k:Karim} n'est pas {N:mon} {o:ami}. {N:Mon} {o:ami} a peur. {k:Karim} est triste.",
    "Un {a:homme} pleurait. {N:J'}ai consolé l'{a:homme}.",
    "{N:Ma} {a:sœur} {b:Julie} m'énerve. {a:Elle} crie.".replace("{a:sœur} {b:Julie} m'", "{a:sœur Julie} {N:m'}"),
    "{N:Ma} {a:sœur Julie} est partie. {N:J'}aime {a:Julie}.",
    "{N:Ma} {a:mère} adorait {a:sa} {b:mère}. {a:Maman} {b:la} craignait aussi.",
    "{a:Paul} aime {a:sa} {b:mère}. {N:Ma} {c:mère} est triste. {c:Maman} pleure. {a:Paul} aussi.",
    "{a:Mme Roche} {N:m'}a effrayée. {a:Elle} criait.",
    "{a:Sophie}, la {a:voisine}, avait honte. {a:Sophie} pleurait.",
    "{N:J'}ai croisé un {a:garçon}. Ce {a:garçon} {N:me} faisait peur.",
    "{N:Mon} {a:frère} aime {a:sa} {b:femme}. {N:Ma} {b:belle-sœur} est triste.",
    "{N:Mon} {a:frère} pleurait. Le {c:frère} de {N:ma} {b:mère} riait. {b:Maman} avait honte.",
    "Un vieux {a:monsieur} pleurait. Le vieil {a:homme} avait peur.",
    "{a:Sami}, le {a:grand} de terminale, avait honte.",
    "Une {a:femme} qui s'appelait {a:Odile} riait. {N:J'}aimais {a:Odile}.",
]
PRONOUNS = [
    "Est-ce que {a:vous} aviez peur de lui ? Est-ce que {a:vous} étiez triste ?",
    "{a:Paul} criait. {a:Paul} hurlait. {a:Paul} était furieux. {b:Marc} est entré. {b:Il} avait peur.",
    "{N:Mon} {a:père} est venu. Le téléphone a sonné. Il a sonné encore. {a:Il} avait peur.",
    "{N:J'}ai vu la {a:voisine}. Elle a pleuré. {N:J'}aime {a:la} consoler.".replace("Elle", "{a:Elle}"),
    "{a:Paul} a vu {b:Marie}. {b:Elle} pleurait, {a:il} {b:l'}a consolée.",
    "{N:Mes} {a:parents} étaient fiers. {a:Ils} {N:m'}ont embrassée et {N:je} {a:leur} ai souri.",
    "{a:Paul} et {b:Marie} se disputaient. {c:Ils} criaient, {N:je} {c:les} détestais.",
    "S'{a:il} n'était pas revenu, {a:Filou} {N:m'}aurait manqué. {a:Il} est si doux.",
    "{N:Mon} {a:frère} est en colère. Il faut qu'{a:il} parle. Il pleut. {a:Il} pleure.",
    "{N:Mon} {a:père} avait peur. {N:Je} {a:lui} ai pris la main et {N:je} {a:l'}ai serré contre {N:moi}.",
    "{N:Ma} {a:fille} adore {a:son} {b:chat}. {b:Il} dort sur {a:elle}.",
    "{N:Mon} {a:chef} {N:m'}a humilié. {N:Je} {a:le} hais. {N:Je} ne {a:lui} ai rien dit. {N:Je} le sais.",
]
SPEECH = [
    "« {N:Je} suis triste », ai-{N:je} dit à {a:Paul}. {a:Il} a souri.",
    "{N:Ma} {a:mère} {N:m'}a dit : « {a:Je} suis fière de {N:toi}. »",
    "« {a:J'}ai honte », a murmuré {a:Marc}. {a:Il} pleurait.",
    "« {N:Tu} {a:me} fais peur », {N:m'}a dit {N:mon} {a:frère}. {a:Il} tremblait.",
    "{N:Mon} {a:frère} était là.\n— {N:Tu} pleures ? a-t-{a:il} demandé.\n— {N:Je} suis triste, ai-{N:je} répondu.\n— {a:Je} {N:t'}aime.",
    "{a:Léa} {N:m'}a avoué qu'{a:elle} avait honte. {a:Elle} pleurait.",
    "Une {a:femme} {N:m'}a souri. « {N:Madame Roche} ? » {a:Elle} était émue.",
    "« {N:Hélène}, {N:tu} {a:m'}as manqué », a dit {N:mon} {a:frère}. {N:J'}ai pleuré.",
    "Alors {N:je} {a:lui} ai dit : « {a:Tu} {N:m'}énerves, {a:Paul}. » {a:Il} est parti.",
]
LISTS = ["{N:Ma} {a:mère} criait. {a:Elle} {N:me} faisait peur. Ce que {N:j'}ai senti :\n- {N:j'}avais peur\n- {N:j'}étais triste"]
LETTER = ["Chère {a:Marie}, {N:je} {a:t'}écris parce que {a:tu} {N:me} manques. {a:Ton} rire {N:me} manque."]


def read(marked: str) -> tuple[str, dict[str, set[tuple[int, int]]]]:
    text, chains, at = "", {}, 0
    for mark in re.finditer(r"\{(\w):([^}]+)\}", marked):
        text += marked[at : mark.start()]
        chains.setdefault(mark[1], set()).add((len(text), len(text) + len(mark[2])))
        text += mark[2]
        at = mark.end()
    return text + marked[at:], chains


@pytest.mark.parametrize("marked", [*NARRATOR, *NOUNS, *PRONOUNS, *SPEECH, *LISTS, *LETTER])
def test_chains(marked, annotator):
    text, chains = read(marked)
    narrative = annotator(text)
    found = {frozenset(e.mentions) for e in narrative.entities}
    wanted = {frozenset(c) for c in chains.values()}
    lone = {c for c in wanted if len(c) == 1}  # somebody spoken of once is kept only with a role
    shown = [sorted(text[a:b] + f"@{a}" for a, b in c) for c in found]
    assert found - lone == wanted - lone, shown
    assert {e.id for e in narrative.entities if e.id == "NARRATOR"} == ({"NARRATOR"} if "N" in chains else set())


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Je suis contente. J'ai peur.", "narratrice"),
        ("Je suis content. J'ai peur.", "narrateur"),
        ("Il m'a humiliée. J'ai peur.", "narratrice"),
        ("Je me suis senti seul. J'étais désespéré.", "narrateur"),
        ("Je me suis sentie trahie.", "narratrice"),
        ("J'ai été très touchée par son geste.", "narratrice"),
        ("Je n'ai jamais été si triste ni aussi touché.", "narrateur"),
        ("J'étais à la fois soulagée et triste.", "narratrice"),
        ("Cette douceur m'a tout de suite inquiétée.", "narratrice"),
        ("L'odeur m'a tellement écœurée que j'ai vomi.", "narratrice"),
        ("J'ai eu honte de m'être emportée.", "narratrice"),
        ("J'ai eu honte de m'être emporté.", "narrateur"),
        ("Je serais la plus heureuse.", "narratrice"),
        ("Ma sœur a été touchée. J'ai eu peur.", "narrateur"),
        ("Elle m'a fait peur, elle était furieuse.", "narrateur"),
        ("J'étais sincère, et j'ai eu peur.", "narrateur"),
        ("J'ai peur.", "narrateur"),
    ],
)
def test_label_of_the_narrator_agrees(text, label, annotator):
    assert next(e.label for e in annotator(text).entities if e.id == "NARRATOR") == label


@pytest.mark.parametrize(
    ("text", "role", "who"),
    [
        ("« J'ai honte », m'a dit ma mère.", "experiencer", "ma mère"),
        ("La foule était furieuse.", "experiencer", "foule"),
        ("J'adore ce quartier.", "target", "quartier"),
        ("Il m'a dit qu'il avait honte.", "experiencer", "Il"),
        ("Mon chien a eu peur.", "experiencer", "Mon chien"),
    ],
)
def test_every_experiencer_and_target_has_an_entity(text, role, who, annotator):
    narrative = annotator(text)
    labels = {e.id: e.label for e in narrative.entities}
    assert [labels.get(r.entity, "").removeprefix("La ") for r in narrative.roles if r.role == role] == [who]


def test_nobody_in_particular_is_no_entity_and_everybody_is_named_whole(annotator):
    narrative = annotator("Personne n'avait peur. Tout le monde était content.")
    assert [e.label for e in narrative.entities] == ["Tout le monde"]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Ma sœur m’énerve.", "Ma sœur"),
        ("Mon frère me fait peur. Il m’énerve.", "Mon frère"),
        ("J’ai honte à cause de mon père.", "mon père"),
        ("Je suis fier de moi.", "narrateur"),
        ("L’orage me fait peur.", None),
        ("Le regard de ma mère me fait peur.", None),
        ("J’ai peur que ma mère parte.", None),
        ("Mon frère et ma sœur m’énervent.", None),
    ],
)
def test_a_cause_has_an_entity_where_it_is_somebody(text, who, annotator):
    narrative = annotator(text)
    labels = {entity.id: entity.label for entity in narrative.entities}
    assert {labels[role.entity] if role.entity else None for role in narrative.roles if role.role == "cause"} == {who}


def test_output_is_valid_and_ids_count_in_order_of_appearance(annotator):
    narrative = annotator("Paul a honte. J'ai peur. Marie est triste. Il aime Marie.")
    assert [e.id for e in narrative.entities] == ["E1", "NARRATOR", "E2"]
    Draft202012Validator(json_schema()).validate(json.loads(json.dumps(narrative.to_dict())))


def test_sentences_of_one_doc_are_told_apart(annotator):
    narrative = annotator.annotate_doc(annotator.nlp("Paul a honte. Je suis triste. Marie a peur."))
    assert [r.entity for r in narrative.roles if r.role == "experiencer"] == ["E1", "NARRATOR", "E2"]


def test_spans_are_those_of_the_text_as_given(annotator):
    text = "« J’ai peur », dit-elle. Ma me\u0300re pleurait : elle était triste."
    narrative = annotator(text)
    assert "Ma me\u0300re" in {e.label.replace("è", "e\u0300") for e in narrative.entities}
    assert all(text[a:b].strip() == text[a:b] for e in narrative.entities for a, b in e.mentions)


def test_words_of_people_are_checked(tmp_path):
    path = tmp_path / "people.yaml"
    path.write_text("relations: {}\nprofessions: {}\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"people.yaml.*2.*professions"):
        load_people(path)

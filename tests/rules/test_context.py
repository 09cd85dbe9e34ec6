"""What an act shows is what its doer is said to feel beside it."""

from __future__ import annotations

import pytest

from ressenti.errors import DataError
from ressenti.rules.acts import load_acts

PRIMARY = {
    # beside it, of the same person
    "J'étais si heureuse que je pleurais.": ("pleurais", "joy"),
    "Ému, mon père a fondu en larmes.": ("fondu en larmes", "love"),
    "Furieux, il tremblait.": ("tremblait", "anger"),
    "Nerveuse, elle riait.": ("riait", "fear"),
    "On a gagné la finale et j'ai hurlé.": ("hurlé", "joy"),
    # in the sentence before
    "J'ai eu le coup de foudre. Mon cœur battait.": ("cœur battait", "love"),
    # nothing said, said of another, of another clause, denied, or not what the act can show
    "Je pleurais.": ("pleurais", "sadness"),
    "Elle était ravie, je pleurais.": ("pleurais", "sadness"),
    "J'étais heureux ; puis il est parti et j'ai pleuré.": ("pleuré", "sadness"),
    "Je n'étais pas heureuse, je pleurais.": ("pleurais", "sadness"),
    "J'étais jaloux et je souriais.": ("souriais", "joy"),
    # the scene tells, by its words or a situation, in the sentence, the one before, or what is shouted
    "La foudre est tombée. Elle a hurlé.": ("hurlé", "fear"),
    "L'équipe a marqué. Mon frère a hurlé.": ("hurlé", "joy"),
    "Elle a crié : « Il respire ! »": ("crié", "joy"),
    "Ils se sont mariés en mai et ma mère pleurait.": ("pleurait", "love"),
    # what is said aloud tells, after the act or before it, in the scene of something else as well
    "Ma voisine criait : « Au secours ! »": ("criait", "fear"),
    "« Attention ! » a hurlé le guide.": ("hurlé", "fear"),
    "Le jour de l'enterrement, il a hurlé : « Dehors ! »": ("hurlé", "anger"),
    "Elle a hurlé : « Reviens ! »": ("hurlé", "sadness"),
    "Il a crié : « Assieds-toi. »": ("crié", "anger"),
    "On descendait le cercueil et mon oncle tremblait.": ("tremblait", "sadness"),
    "Le petit a enfin respiré. Le père pleurait.": ("pleurait", "joy"),
    "Ça puait la charogne. J'ai vomi.": ("vomi", "anger"),
    "Il m'a caressé la joue. Je pleurais.": ("pleurais", "love"),
    # a danger lasts over a sentence, a goal does not
    "La foudre est tombée. On était trois. Elle a hurlé.": ("hurlé", "fear"),
    "L'équipe a marqué. On est rentrés. Il a hurlé.": ("hurlé", "anger"),
    # denied, at somebody, or said by the act itself
    "L'équipe a marqué. Mon frère n'a pas crié.": ("crié", "anger"),
    "L'équipe a marqué. Mon frère m'a crié dessus.": ("crié dessus", "anger"),
    "La foudre est tombée. Elle a hurlé de joie.": ("hurlé de joie", "joy"),
    # the cue itself names it
    "J'étais contente, mais je pleurais de rage.": ("pleurais de rage", "anger"),
}


@pytest.mark.parametrize("text", PRIMARY)
def test_emotion_of_act(text, annotator):
    found = {" … ".join(text[a:b] for a, b in m.cue): m.primary for m in annotator(text).mentions}
    cue, primary = PRIMARY[text]
    assert found.get(cue) == primary, found


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("tears:\n  verbs: [pleurer]\n  shows: [anguer]\n", 3, "anger"),
        ("tears:\n  verbes: [pleurer]\n  shows: [joy]\n", 2, "verbs"),
        ("tears:\n  verbs: [pleurer]\n  scenes: {dangr: fear}\n", 3, "danger"),
        ("tears:\n  verbs: [pleurer]\n  scenes: {danger: feer}\n", 3, "fear"),
        ("shouting:\n  verbs: [crier]\n  words: {angre: [dehors]}\n", 3, "anger"),
        ("tears:\n  verbs: [pleurer]\n  physical: [oignon, crème solaire]\n", 3, "no single word"),
        ("tears: [joy]\n", 1, "mapping"),
        ("[joy]\n", 1, "must map"),
    ],
)
def test_broken_acts_are_told_by_line(content, line, reason, tmp_path):
    path = tmp_path / "acts.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=reason) as error:
        load_acts(path)
    assert error.value.line == line

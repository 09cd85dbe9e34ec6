"""Two feelings of one person: together, or not."""

from __future__ import annotations

import pytest

from ressenti.rules.ambivalence import contrary, load_wording, opposed, value

TOGETHER = [
    ("Je me sentais à la fois fière et triste.", "fière", "triste"),
    ("J'étais partagé entre l'espoir et la peur.", "espoir", "peur"),
    ("Elle était tiraillée entre la tendresse et la rancune.", "tendresse", "rancune"),
    ("J'étais triste mais soulagée.", "triste", "soulagée"),
    ("J'étais triste, mais aussi soulagée.", "triste", "soulagée"),
    ("Malgré sa tristesse, elle était fière.", "tristesse", "fière"),
    ("Bien que heureuse, j'étais inquiète.", "heureuse", "inquiète"),
    ("Je l'aime et je le déteste.", "aime", "déteste"),
    ("J'étais soulagée. Et pourtant, j'étais triste.", "soulagée", "triste"),
    ("Je ne savais plus si j'étais contente ou déçue.", "contente", "déçue"),
    ("Il éprouvait un mélange de joie et de honte.", "joie", "honte"),
    ("Ma joie était mêlée de tristesse.", "joie", "tristesse"),
    ("Je l'aime et j'ai peur de lui.", "aime", "peur"),
]
NOT = [
    "Paul était content mais Marie était triste.",
    "Je n'étais pas triste mais contente.",
    "J'étais triste, puis j'ai été soulagée.",
    "J'étais triste et en colère.",
    "J'ai d'abord eu peur et j'ai été soulagé.",
    "J'aime la mer mais je déteste le sable.",
    "Si j'étais heureux, je ne serais pas triste.",
    "J'étais contente, et même ravie.",
    "J'étais heureuse. Ma sœur était triste.",
    "J'étais surprise et contente.",
    "J'ai peur pour lui et je l'aime.",
]


def pairs(narrative):
    cue = {m.id: narrative.text[m.cue[0][0] : m.cue[-1][1]] for m in narrative.mentions}
    return sorted((cue[m.id], cue[o]) for m in narrative.mentions for o in m.extra.get("ambivalent_with", ()) if m.id < o)


@pytest.mark.parametrize(("text", "one", "two"), TOGETHER)
def test_together(text, one, two, annotator):
    assert pairs(annotator(text)) == [(one, two)]


@pytest.mark.parametrize("text", NOT)
def test_not_together(text, annotator):
    assert pairs(annotator(text)) == []


def test_each_names_the_other(annotator):
    one, two = annotator("J'étais à la fois triste et soulagée.").mentions
    assert (one.extra["ambivalent_with"], two.extra["ambivalent_with"]) == ([two.id], [one.id])


def test_what_is_contrary():
    assert opposed("pride", "shame") and opposed("joy", "sadness") and opposed("happiness", "grief")  # a joy, a sadness
    assert not opposed("happiness", "pride")
    assert (value("love"), value("longing"), value("rage"), value("surprise"), value("sympathy")) == (1, 1, -1, 0, -1)
    assert contrary("love", "rage") and not contrary("fear", "rage") and not contrary("joy", "surprise")


def test_wording_is_checked(tmp_path):
    path = tmp_path / "ambivalence.yaml"
    path.write_text("torn: [entre]\ntorned: [entre]\n", encoding="utf-8")
    with pytest.raises(Exception, match=r"ambivalence.yaml.*2.*torned"):
        load_wording(path)

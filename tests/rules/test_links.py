"""Causes and consequences across a sentence boundary: only with a connector, to the feeling and the person that it is about."""

from __future__ import annotations

import pytest

LINKED = [
    # account, role, of the mention whose cue is, span
    ("Papa a perdu son travail. Du coup, maman est inquiète.", "cause", "inquiète", "Papa a perdu son travail"),
    ("On m'a volé mon vélo. Résultat, je suis dégoûté.", "cause", "dégoûté", "On m'a volé mon vélo"),
    ("Ma fille a marché hier. C'est pour ça que je suis heureuse.", "cause", "heureuse", "Ma fille a marché hier"),
    ("Dimanche, ma mère a lu mon journal. Alors j'ai pleuré.", "cause", "pleuré", "ma mère a lu mon journal"),
    ("J'ai parlé, et la salle s'est levée. Du coup, je me suis réjouie.", "cause", "réjouie", "la salle s'est levée"),
    ("Il m'a menti devant ma mère. À cause de ça, je le déteste.", "cause", "déteste", "Il m'a menti devant ma mère"),
    ("J'avais honte. Alors je n'ai plus invité personne.", "consequence", "honte", "je n'ai plus invité personne"),
    ("La culpabilité m'a rongée. Alors je lui ai donné la mienne.", "consequence", "culpabilité", "je lui ai donné la mienne"),
    (
        "J'étais furieuse. Du coup, j'ai changé de chaîne et j'ai coupé le son.",
        "consequence",
        "furieuse",
        "j'ai changé de chaîne et j'ai coupé le son",
    ),
]
NOT_LINKED = [
    "Papa a perdu son travail. Maman est inquiète.",  # no connector
    "J'avais honte. Alors que tout allait bien, il a changé de chaîne.",  # « alors que »
    "Mon père était fier. Alors je suis rentré.",  # another acts than the one who feels
    "J'étais triste. Alors ne dis rien à ta mère.",  # a command
]


@pytest.mark.parametrize(("text", "role", "cue", "span"), LINKED, ids=[case[0] for case in LINKED])
def test_connector_links(text, role, cue, span, annotator):
    narrative = annotator(text)
    mention = next(m for m in narrative.mentions if text[slice(*m.cue[-1])] == cue)
    found = [text[slice(*r.span)] for r in narrative.roles if r.mention == mention.id and r.role == role]
    assert found == [span]


@pytest.mark.parametrize("text", NOT_LINKED)
def test_nothing_is_linked(text, annotator):
    assert [r for r in annotator(text).roles if r.source.startswith("rule:linked")] == []

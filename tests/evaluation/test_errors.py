"""Each kind of error, told from a narrative marked twice; and the rules that made them."""

from __future__ import annotations

import pytest

from ressenti.evaluation.errors import NO_RULE, errors, precisions
from ressenti.evaluation.matching import compare, match
from ressenti.ontology.emotions import load_emotions
from ressenti.rules.examples import read_marks
from ressenti.schema import Mention, Narrative, Role

AS_WRITTEN = {"mode": "labelled", "status": "affirmed", "intensity": "medium"}


def narrative(source, id="n"):
    """A narrative from inline marks; a mention's ``rule`` is its source, a role's that of its mention."""
    marked, emotions = read_marks(source), load_emotions()
    mentions, roles = [], []
    for number, cue in marked.cues.items():
        given = AS_WRITTEN | marked.attributes[number]
        rule = given.pop("rule", "")
        emotion = given.pop("emotion")
        tiers = emotions.secondary(emotion), emotions.primary(emotion)
        mentions.append(Mention(number, tuple(cue), emotion, *tiers, **given, confidence=1, source=rule and f"rule:{rule}"))
    for number, role, span in marked.roles:
        source_ = next((m.source for m in mentions if m.id == number), "")
        roles.append(Role(number, role, span, None, source_))
    return Narrative(id, marked.text, mentions=mentions, roles=roles)


FEAR = "<e id=1 emotion=fear>peur</e>"
CASES = [
    # gold, system, what is wrong: kind, rule, gold, system
    (f"J’ai {FEAR}.", "J’ai peur.", [("missed", NO_RULE, "fear, labelled", "")]),
    (
        f"J’ai {FEAR} du noir total.",
        "J’ai <e id=1 emotion=fear rule=wide>peur du noir total</e>.",
        [("missed", "rule:wide", "fear, labelled", ""), ("spurious", "rule:wide", "", "fear, labelled")],
    ),
    ("J’ai faim.", "J’ai <e id=4 emotion=joy rule=a>faim</e>.", [("spurious", "rule:a", "", "joy, labelled")]),
    (f"J’ai {FEAR}.", "J’ai <e id=1 emotion=joy rule=a>peur</e>.", [("primary", "rule:a", "fear, labelled", "joy, labelled")]),
    (
        f"J’ai {FEAR}.",
        "J’ai <e id=1 emotion=dread rule=a intensity=high status=negated mode=suggested>peur</e>.",
        [
            ("emotion", "rule:a", "fear", "dread"),
            ("mode", "rule:a", "labelled", "suggested"),
            ("status", "rule:a", "affirmed", "negated"),
            ("intensity", "rule:a", "medium", "high"),
        ],
    ),
    (
        f"<r e=1 role=experiencer>J’</r>ai {FEAR} de <r e=1 role=cause>lui</r>.",
        "<r e=1 role=experiencer>J’</r>ai <e id=1 emotion=fear rule=a>peur</e> de <r e=1 role=target>lui</r>.",
        [("role name", "rule:a", "cause", "target")],
    ),
    (
        f"<r e=1 role=experiencer>J’</r>ai {FEAR} de <r e=1 role=cause>ce grand chien noir</r>.",
        "J’ai <e id=1 emotion=fear rule=a>peur</e> de ce grand <r e=1 role=cause>chien</r> <r e=1 role=target>noir</r>.",
        [
            ("role missed", "rule:a", "experiencer", ""),
            ("role spurious", "rule:a", "", "target"),
            ("role span", "rule:a", "cause", "cause"),
        ],
    ),
    (
        f"J’ai {FEAR} et <r e=2 role=experiencer>Paul</r> a de la <e id=2 emotion=joy>joie</e>.",
        "J’ai <e id=1 emotion=fear rule=a>peur</e> et <r e=1 role=experiencer>Paul</r> a de la <e id=2 emotion=joy rule=b>joie</e>.",
        [("role mention", "rule:a", "experiencer", "experiencer")],
    ),
    # roles of a missed or spurious mention are that mention's error
    (
        f"<r e=1 role=experiencer>J’</r>ai {FEAR}.",
        "<r e=1 role=experiencer>J’</r>ai <e id=1 emotion=joy rule=a>peur</e>.",
        [("primary", "rule:a", "fear, labelled", "joy, labelled")],
    ),
    (f"<r e=1 role=experiencer>J’</r>ai {FEAR}.", f"<r e=1 role=experiencer>J’</r>ai {FEAR}.", []),
]


@pytest.mark.parametrize(("gold", "system", "wrong"), CASES)
def test_kinds(gold, system, wrong):
    found = errors([compare(narrative(gold), narrative(system))])
    assert sorted((e.kind, e.rule, e.gold, e.system) for e in found) == sorted(wrong)


def test_a_role_that_is_wrong_takes_one_missed_role_only():
    gold = narrative(f"{FEAR} de <r e=1 role=cause>la nuit</r>")
    system = narrative("<e id=1 emotion=fear>peur</e> de <r e=1 role=target>la nuit</r>")
    system.roles.append(Role(1, "consequence", system.roles[0].span, None, ""))
    assert [e.kind for e in errors([compare(gold, system)])] == ["role spurious", "role name"]


def test_precision_of_rules():
    gold = narrative(f"<r e=1 role=experiencer>J’</r>ai {FEAR} et faim.")
    system = narrative("<r e=1,2 role=experiencer>J’</r>ai <e id=1 emotion=fear rule=a>peur</e> et <e id=2 emotion=joy rule=a>faim</e>.")
    found = {(p.rule, p.kind): (p.made, p.judged, p.right) for p in precisions([compare(gold, system)])}
    assert found == {("rule:a", "mention"): (2, 2, 1), ("rule:a", "experiencer"): (2, 1, 1)}


def test_the_nearer_cue_is_matched_first_then_the_one_of_the_same_emotion():
    gold = narrative("<e id=1 emotion=fear>peur bleue</e> <e id=2 emotion=joy>joie</e>").mentions
    system = narrative("<e id=1 emotion=fear>peur</e> <e id=2 emotion=fear><e id=3 emotion=joy>bleue</e></e> joie").mentions
    # « peur » is 4 of 10, « bleue » 5 of 10; of the two on « bleue » the one that is fear
    assert [(gold[i].id, system[j].id) for i, j in match(gold, system)] == [(1, 2)]


def test_texts_that_differ_cannot_be_compared():
    with pytest.raises(ValueError, match="differ"):
        compare(narrative("peur"), narrative("peurs"))

"""The gate before the parser changes no answer."""

import json
from pathlib import Path

import pytest

from beside import beside
from ressenti.rules.gate import may_hold
from ressenti.rules.sentence import NotParsed, Sentence, refuse
from ressenti.schema import Narrative

GOLD = Path(__file__).parents[2] / "benchmarks" / "gold"


@pytest.fixture(scope="module")
def narratives():
    lines = [line for name in ("free-dev", "extra-a") for line in (GOLD / f"{name}.jsonl").read_text("utf-8").splitlines()]
    plain = [Narrative("a", "Le train part à huit heures. Il fait beau."), Narrative("b", ""), Narrative("c", "\n\n…")]
    return [Narrative(one["id"], one["text"]) for one in map(json.loads, lines)] + plain


@pytest.mark.parametrize("asked", [{}, {"entities": False, "components": False}], ids=["everything", "mentions and roles"])
def test_the_same_with_and_without(annotator, narratives, asked):
    gated, ungated = (beside(annotator, gate=gate, **asked) for gate in (True, False))
    for a, b in zip(gated.pipe(narratives), ungated.pipe(narratives), strict=True):
        assert a.to_json() == b.to_json()


def test_how_much_is_left_unparsed(annotator, narratives):
    own = beside(annotator, entities=False, components=False)
    accounts = [own._cut(narrative) for narrative in narratives]
    parsed = [one for account in accounts for one in account.parsed]
    assert 0.2 < sum(parsed) / len(parsed) < 0.9


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le train part à huit heures.", False),  # no word of the vocabulary
        ("La réunion aura lieu demain.", False),
        ("J'ai peur.", True),
        ("Quelle horreur !", True),
        ("Une gifle !", True),  # a rule of words, at the start of an exclamation
        ("Il a mangé une gaufre et une pomme.", False),  # the same rule, which asks for an exclamation
    ],
)
def test_what_words_tell(annotator, text, expected):
    s = Sentence([*annotator.nlp.make_doc(text)], 0, before_parse=refuse)
    assert may_hold(annotator.engine, s) is expected


def test_who_asks_too_early_is_told(annotator):
    s = Sentence([*annotator.nlp.make_doc("J'ai peur.")], 0, before_parse=refuse)
    with pytest.raises(NotParsed):
        s.pos(0)
    s.before_parse = lambda s: annotator.nlp(s.tokens[0].doc)
    assert s.pos(2) == "NOUN"  # parsed when it is asked for


def test_without_characters_the_narrator_is_known_and_no_one_else(annotator):
    own = beside(annotator, entities=False, components=False)
    narrative = own("Ma sœur avait peur de moi. J'étais triste.")
    assert [(entity.id, entity.label) for entity in narrative.entities] == [("NARRATOR", "narrateur")]
    assert {role.entity for role in narrative.roles} == {"NARRATOR", None}
    assert narrative.components == []
    assert [m.emotion for m in narrative.mentions] == [m.emotion for m in annotator(narrative.text).mentions]

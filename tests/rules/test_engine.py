"""The engine: which of several triggers and rules is taken, and what rules may ask of other mentions."""

from __future__ import annotations

import pickle

import pytest

from beside import beside
from ressenti.rules.examples import failures
from ressenti.rules.language import load_rules

RULES = """
rules:
  - id: dread-of-mondays
    about: Tried before the shipped rules, though its file order would do the same; gives another mode.
    priority: 3
    trigger: {term: peur}
    when: ["complement(de|du|des)[lemma=lundi/N]"]
    mode: suggested
    set: {time: habitual, wish: false}
    roles:
      cause: ["complement(de|du|des)"]
    examples:
      - J'ai <e id=1 emotion=fear mode=suggested>peur</e> du <r e=1 role=cause>lundi</r>.
    counterexamples:
      - J'ai peur du noir.
  - id: last-resort
    about: Of a lower priority than all others, so that it fires where none of them does.
    priority: -1
    trigger: {construction: noun-event}
    unless: [possessor]
    examples:
      - La <e id=1 mode=suggested>rupture</e> fut brutale.
    counterexamples:
      - Notre rupture fut brutale.
  - id: fists-anyway
    about: A word is taken before a vocabulary entry on the same words only where its rule has a priority.
    priority: 1
    trigger: {lemma: serrer, pos: VERB}
    when: ["object[lemma=poing/N]"]
    mention: {emotion: fear, mode: behavioural, cue: [object], construction: act}
    examples:
      - <r e=1 role=experiencer>Il</r> <e id=1 emotion=fear>serre les poings</e>.
  - id: teeth-perhaps
    about: The vocabulary knows « serrer les dents »; without a priority its entry is taken.
    trigger: {lemma: serrer, pos: VERB}
    when: ["object[lemma=dent/N]"]
    mention: {emotion: joy, mode: behavioural, cue: [object], construction: act}
    counterexamples:
      - Il serre les dents.
  - id: silence-beside-anger
    about: A word that shows something only beside a mention of anger, or of what stands under it.
    trigger: {lemma: silence, pos: NOUN}
    when: ["head? > head? > (previous-mention(anger) | next-mention(anger))"]
    mention: {emotion: hostility, mode: behavioural}
"""


@pytest.fixture(scope="module")
def own(annotator, tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "own.yaml"
    path.write_text(RULES, encoding="utf-8")
    return beside(annotator, [path]), {rule.id: rule for rule in load_rules(path)}


@pytest.mark.parametrize("name", ["dread-of-mondays", "last-resort", "fists-anyway", "teeth-perhaps"])
def test_examples(own, name):
    annotator, rules = own
    assert failures(rules[name], annotator) == []


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Elle était furieuse, et ce fut le silence.", True),
        ("Le silence se fit ; il était en colère.", True),
        ("Elle était contente, et ce fut le silence.", False),
        ("Ce fut le silence.", False),
    ],
)
def test_a_word_beside_a_mention(own, text, fires):
    assert any(m.source == "rule:silence-beside-anger" for m in own[0](text).mentions) == fires


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Il sautait de joie.", [("sautait de joie", "behavioural"), ("joie", "labelled")]),
        ("Elle était en colère.", [("en colère", "labelled")]),
        ("Quelle tristesse !", [("Quelle tristesse !", "displayed")]),
        ("La ville de Gênes est belle.", []),
    ],
)
def test_which_of_several_entries_is_taken(annotator, text, cues):
    assert [(text[m.cue[0][0] : m.cue[-1][1]], m.mode) for m in annotator(text).mentions] == cues


def test_keys_that_a_rule_sets(own):
    (mention,) = own[0]("J'ai peur du lundi.").mentions
    assert (mention.extra["time"], mention.extra["wish"]) == ("habitual", False)


def test_what_a_rule_sets_can_be_sent_to_another_process(annotator):
    mentions = annotator("Mon frère m'a avoué sa honte.").mentions
    assert mentions[-1].extra["reported"]
    assert pickle.loads(pickle.dumps(mentions)) == mentions


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Mon frère m'a avoué sa honte.", "Mon frère"),
        ("Elle m'a confié sa tristesse.", "Elle"),
        ("J'ai avoué ma honte.", None),
        ("Mon frère a eu honte.", None),
    ],
)
def test_whose_words_a_feeling_is_told_in(annotator, text, who):
    assert [mention.extra.get("reported") for mention in annotator(text).mentions] == [who]


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("Ses sanglots trahissaient sa peur, et il tremblait.", True),
        ("Son silence trahissait sa peur, et il tremblait.", False),
    ],
)
def test_a_word_in_another_mention(annotator, text, fires):
    account, _ = annotator.examine(text)
    assert any("sign-of-feeling" in f.fired for f in account.found[0]) == fires


@pytest.mark.parametrize(("text", "fires"), [("J'ai peur quand il tonne.", True), ("J'ai peur de l'orage quand il tonne.", False)])
def test_a_rule_is_left_out_where_the_mention_has_the_role_already(annotator, text, fires):
    account, _ = annotator.examine(text)
    assert ("when" in account.found[0][0].fired) == fires


def test_every_rule_that_gave_something_is_named(annotator):
    account, _ = annotator.examine("Ses sanglots trahissaient sa peur.")
    assert [f.fired for f in account.found[0]] == [["sign"], ["noun-alone", "sign-of-feeling"]]

"""Rules whose trigger is a word: they need no vocabulary entry, and feed the same machinery."""

from __future__ import annotations

import pytest

from beside import beside
from ressenti.rules.examples import failures
from ressenti.rules.language import load_rules

RULES = """
words:
  nouns:
    knuckles: [phalange, jointure]
macros:
  who: subject | possessor
rules:
  - id: knuckles-whitened
    about: « ses phalanges blanchissaient »
    trigger: {lemma: [blanchir, bleuir], pos: VERB}
    when: ["subject[class=$knuckles]"]
    mention: {emotion: rage, mode: behavioural, intensity: high, cue: [subject]}
    roles:
      experiencer: ["subject > @who"]
    examples:
      - <r e=1 role=experiencer>Ses</r> <e id=1 emotion=rage mode=behavioural intensity=high>phalanges blanchissaient</e>.
      - <r e=1 role=experiencer>Ses</r> <e id=1>phalanges</e> ne <e id=1 status=negated>blanchissaient</e> pas.
    counterexamples:
      - La nappe blanchissait au soleil.
  - id: sulking-corner
    about: An act whose roles the rules of its construction give.
    trigger: {form: [ronchonchonner, ronchonchonnait]}
    mention: {emotion: grumpiness, mode: behavioural, construction: act}
    examples:
      - <r e=1 role=experiencer>Mon oncle</r> <e id=1 emotion=grumpiness>ronchonchonnait</e> dans son coin.
"""


@pytest.fixture(scope="module")
def own(annotator, tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "own.yaml"
    path.write_text(RULES, encoding="utf-8")
    return beside(annotator, [path]), {rule.id: rule for rule in load_rules(path)}


@pytest.mark.parametrize("name", ["knuckles-whitened", "sulking-corner"])
def test_examples(own, name):
    annotator, rules = own
    assert failures(rules[name], annotator) == []


def test_only_sentences_that_hold_what_the_rule_needs_are_parsed(own):
    annotator, _ = own
    may_match = lambda s: bool(annotator.engine.words.candidates(s))  # noqa: E731
    cut = [annotator.examine(text)[0].sentences[0] for text in ("La nappe blanchissait.", "Une phalange blanchissait.", "Il pleuvait.")]
    assert [may_match(s) for s in cut] == [False, True, False]


NOBODY = """
rules:
  - id: {id}
    trigger: {{lemma: venir, pos: VERB}}
    when: ["subject[form=personne]"]
    mention: {{emotion: {emotion}, mode: suggested{negated}}}
"""


@pytest.mark.parametrize("comments", [0, 40])
@pytest.mark.parametrize("negated", ["", ", negated: true"])
def test_of_two_rules_on_a_word_the_first_tried_is_taken(annotator, tmp_path, comments, negated):
    """Yours before the shipped, a file before the next: neither the line in its file nor what else it asks for decides."""
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    first.write_text("# a line\n" * comments + NOBODY.format(id="mine", emotion="anger", negated=negated), encoding="utf-8")
    second.write_text(NOBODY.format(id="later", emotion="joy", negated=", negated: true"), encoding="utf-8")
    (mention,) = beside(annotator, [first, second])("Personne n’est venu.").mentions
    assert mention.source == "rule:mine"

"""Why, and why not: the rule, the words that it used, and the first condition that failed, on which word."""

from __future__ import annotations

import json

import pytest

from beside import beside
from ressenti.rules.explain import explain, why_not
from ressenti.rules.reasons import REASONS, text_of

TEXT = "Il pleuvait.  Ça m’a mis en colère. Je n’ai pas peur de l’orage, et mes mains tremblent."


def test_every_mention_and_role_of_the_annotation_is_explained(annotator):
    narrative, found = annotator(TEXT), explain(annotator, TEXT)
    assert [(m.id, m.cue, m.emotion, m.status) for m in found.mentions] == [(m.id, m.cue, m.emotion, m.status) for m in narrative.mentions]
    roles = [(m.id, r.role, r.span, r.entity, f"rule:{r.rule.id}") for m in found.mentions for r in m.roles]
    assert roles == [(r.mention, r.role, r.span, r.entity, r.source) for r in narrative.roles]
    for mention in found.mentions:
        for word in (*mention.trigger, *(r.head for r in mention.roles), *(w for p in mention.paths for w in p.found)):
            assert TEXT[slice(*word.span)] == word.text
    json.dumps(found.to_dict())


def test_a_mention_names_rule_entry_and_words(annotator):
    anger = explain(annotator, TEXT).mentions[0]
    assert (anger.text, anger.rule.id, anger.rule.group) == ("en colère", "adjective-made", "core")
    assert anger.rule.where.endswith(".yaml:3") and "adjectives" in anger.rule.where
    assert anger.entry.term == "en colère" and ".tsv:" in anger.entry.where
    assert [(path.path.split("(")[0], [w.text for w in path.found]) for path in anger.paths] == [("governor", ["mis"])]
    cause = next(role for role in anger.roles if role.role == "cause")
    assert (cause.text, cause.rule.id, [word.text for word in cause.path.found]) == ("Ça", "adjective-made", ["Ça"])
    steps = [step for step in cause.path.steps if step.start]
    assert (steps[0].start[0].text, steps[0].found[0].text, steps[-1].found[0].text) == ("en", "mis", "Ça")


def test_the_words_that_decided_the_status(annotator):
    fear = explain(annotator, TEXT).mentions[1]
    (status,) = [d for d in fear.decisions if d.what == "status"]
    assert (status.value, [w.text for w in status.words]) == ("negated", ["pas"])


@pytest.mark.parametrize(("text", "words"), [("T’inquiète pas, mamie.", ["pas"]), ("T’inquiète, mamie.", ["T’", "inquiète"])])
def test_what_denies_worry_where_somebody_is_told_not_to(annotator, text, words):
    (status,) = [d for d in explain(annotator, text).mentions[0].decisions if d.what == "status"]
    assert (status.value, [w.text for w in status.words]) == ("negated", words)


@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("Peut-être qu’elle était vexée.", "status", "Peut-être"),
        ("Il était arrivé, super content même.", "time", "était"),  # the parser takes « content » for a verb
    ],
)
def test_the_words_that_decided_are_whole_and_the_right_ones(annotator, text, what, words):
    (decision,) = [d for d in explain(annotator, text).mentions[0].decisions if d.what == what]
    assert text_of(decision.words) == words


def test_what_is_said_beside_an_act_decides_what_it_shows(annotator):
    (tears,) = [m for m in explain(annotator, "J'étais si heureuse que je pleurais.").mentions if m.mode == "behavioural"]
    (emotion,) = [d for d in tears.decisions if d.what == "emotion"]
    assert (emotion.value, [w.text for w in emotion.words]) == (tears.emotion, ["heureuse"])
    assert "alone it shows" in emotion.why


# a text, what was asked for, and of each place: reason, word on which it failed, and what stands in the sentence that says why
WHY_NOT = [
    ("J'ai peur.", "noun-felt-cause", [("fired", None, "the rule fired")]),
    ("J'ai peur.", "rule:noun-felt-target", [("trigger", "peur", "has construction noun-cause; the rule asks for noun-target")]),
    ("La table est ronde.", "adjective-cause", [("no trigger", None, "no sentence holds a vocabulary entry")]),
    ("Ce bruit m'énerve.", "verb-object-feels-participle", [("when", "énerve", "participle leads nowhere from « énerve »")]),
    ("J'ai peur.", "noun-alone", [("another rule", None, "noun-felt-cause is tried before it")]),
    ("La honte m'a envahi.", "noun-as-subject", [("fired", None, "the rule fired")]),
    ("Je tremble de honte.", "noun-as-subject", None),
    ("Je suis triste parce que tu pars.", "when", [("without", "parce", "the mention has a cause already, which because gave")]),
    ("Je suis triste parce que tu pars.", "so-that", [("when", "triste", "leads nowhere")]),
    (
        "J'ai eu peur, et il pleurait parce que tu pars.",
        "because",
        [("another mention", "parce", "belongs by its place"), ("fired", None, "")],
    ),
    ("J'ai avoué ma honte.", "told-feeling", [("when", "J'", "not as [!class=$first_person] asks")]),
    ("Elle a serré la main.", "fists-closed", [("when", "main", "which is not as [$test_fists] asks")]),
    ("Une serre chaude.", "fists-closed", [("part of speech", "serre", "stands here as")]),
    ("Elle a serré le poing droit.", "fists-closed", [("unless", "droit", "is what the rule rules out")]),
    ("Elle a ouvert la lettre.", "letters-unopened", [("condition", "ouvert", "« ouvert » is not negated")]),
    ("Elle n'a pas ouvert la lettre.", "letters-unopened", [("fired", None, "the rule fired")]),
    (
        "Elle ouvrait le carton.",
        "boxes-opened",
        [("another trigger", "ouvrait", "boxes-torn is taken on the same words: it is tried before")],
    ),
    (
        "Il n'ouvrait pas son courrier du jour.",
        "unopened",
        [("another trigger", "ouvrait", "letters-unopened is taken on the same words: its priority is 1, that of the other 0")],
    ),
    ("Elle dort.", "fists-closed", [("no trigger", None, "no sentence holds a word")]),
    ("Elle a serré le poing.", "fists-closed", [("fired", None, "the rule fired")]),
    ("Ça me met en colère.", "colère", [("in a mention", None, "in the mention « en colère » (anger)")]),
    ("Quel bonheur !", "Quel bonheur !", [("in a mention", None, "in the mention « Quel bonheur »")]),
    ("Mon grand-père est mort.", "est mort", [("in a mention", None, "in the mention « est mort »")]),
    ("Le gnou broute.", "gnou", [("no entry", None, "has no entry for « gnou »")]),
    ("Le gnou broute.", "colère", [("not in text", None, "does not hold « colère »")]),
    ("Il a brisé le vase.", "brisé", [("condition", "brisé", "holds only where: object: person"), ("part of speech", "brisé", "")]),
    ("La ville de Gênes est belle.", "Gênes", [("part of speech", "Gênes", "stands here as a name")] * 3),
    (
        "Après la rupture du tronc, on rentra.",
        "rupture",
        [("no rule", "rupture", "event-noun, the last one tried, asks for more: possessor")],
    ),
]

RULES = """
words:
  nouns: {test_fists: [poing], test_letters: [lettre, courrier]}
rules:
  - id: fists-closed
    about: a rule about a word
    priority: 1
    trigger: {lemma: serrer, pos: VERB}
    when: ["object[$test_fists]"]
    unless: ["object > dependent(amod)"]
    mention: {emotion: anger, mode: behavioural, cue: [object]}
  - id: letters-unopened
    priority: 1
    trigger: {lemma: ouvrir, pos: VERB}
    when: ["object[$test_letters]"]
    mention: {emotion: worry, mode: behavioural, negated: true}
  - id: unopened
    trigger: {lemma: ouvrir, pos: VERB}
    when: ["object[$test_letters]"]
    mention: {emotion: fear, mode: behavioural, negated: true}
  - id: boxes-torn
    trigger: {lemma: ouvrir, pos: VERB}
    when: ["object[lemma=carton]"]
    mention: {emotion: anger, mode: behavioural}
  - id: boxes-opened
    trigger: {lemma: ouvrir, pos: VERB}
    when: ["object[lemma=carton]"]
    mention: {emotion: joy, mode: behavioural}
"""


@pytest.fixture(scope="module")
def own(annotator, tmp_path_factory):
    path = tmp_path_factory.mktemp("rules") / "own.yaml"
    path.write_text(RULES, encoding="utf-8")
    return beside(annotator, [path])


@pytest.mark.parametrize(("text", "asked", "expected"), WHY_NOT, ids=[f"{asked}: {text}" for text, asked, _ in WHY_NOT])
def test_why_not(own, text, asked, expected):
    answer = why_not(own, text, asked)
    json.dumps(answer.to_dict())
    assert all(outcome.reason in REASONS for outcome in answer.outcomes)
    if expected is None:
        assert answer.outcomes
        return
    got = [(o.reason, o.at.text if o.at else None) for o in answer.outcomes]
    assert got == [(reason, at) for reason, at, _ in expected], [o.why for o in answer.outcomes]
    for outcome, (_, _, why) in zip(answer.outcomes, expected, strict=True):
        assert why in outcome.why
        assert outcome.entry is None or ".tsv:" in outcome.entry.where  # what a rule makes of a word is no entry


@pytest.mark.parametrize(
    ("asked", "near"),
    [("colere", "colère"), ("noun-felt-cuase", "rule:noun-felt-cause"), ("frousse bleue", None), ("tristese", "tristesse")],
)
def test_what_is_neither_rule_nor_word_gets_like_names(annotator, asked, near):
    answer = why_not(annotator, "Il pleut.", asked)
    assert answer.kind == "word" and [o.reason for o in answer.outcomes] == ["not in text"]
    assert near is None or near in answer.near


def test_asking_changes_nothing(annotator):
    before = annotator(TEXT).to_dict()
    why_not(annotator, TEXT, "noun-alone")
    explain(annotator, TEXT)
    assert annotator(TEXT).to_dict() == before

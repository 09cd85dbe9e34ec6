"""Decisions in narratives: what each does, and that doing it again does nothing."""

import json
from dataclasses import replace

import pytest

from ressenti.review.decisions.apply import apply
from ressenti.review.decisions.things import Things
from ressenti.schema import Entity
from review.decisions.files import (
    PROVENANCE,
    TEXT,
    at,
    decision,
    emotions,
    file,
    mention,
    narrative,
    of,
    of_entity,
    of_role,
    outcomes,
    role,
)


def test_what_is_accepted_stays_the_rules_and_says_who_accepted_it(put):
    n = narrative()
    found = put(n, file(decision("mention", "accept", of(n, 1), comment="oui"))).narrative.mentions[0]
    review = {"decision": "accepted", "reviewer": "Anne", "time": "2026-11-26T10:00:00+01:00", "version": "0.1.0", "comment": "oui"}
    assert (found.source, found.confidence, found.extra["review"]) == ("rule:avoir-nom", 0.9, review)


def test_what_is_rejected_leaves_with_its_roles_and_whoever_names_it_forgets_it(put):
    n = narrative()
    found = put(n, file(decision("mention", "reject", of(n, 3)))).narrative
    assert emotions(found) == [("peur", "fear"), ("furieuse", "fury"), ("joie", "joy")]
    assert [m.id for m in found.mentions] == [1, 2, 3] and "ambivalent_with" not in found.mentions[2].extra
    assert [r.mention for r in found.roles] == [1, 1, 2, 2]
    rejected = found.extra["review"]["rejected"]
    assert [(r["about"], r["cue"], r["emotion"]) for r in rejected] == [("mention", [list(at("pleurait"))], "rage")]
    assert "pleurait" not in json.dumps(found.extra, ensure_ascii=False)


def test_what_is_rejected_may_be_kept_whole(put):
    n = narrative()
    kept = put(n, file(decision("mention", "reject", of(n, 3))), keep_rejected=True).narrative.extra["review"]["rejected"][0]
    assert kept["mention"]["mode"] == "behavioural" and [r["role"] for r in kept["roles"]] == ["experiencer"]


CHANGES = [
    {"emotion": "contempt"},
    {"mode": "suggested"},
    {"status": "negated"},
    {"intensity": "high"},
    {"cue": [list(at("est furieuse"))]},
    {"cue": [list(at("Ma")), list(at("furieuse"))], "emotion": "love"},
    {"time": "habitual", "question": True, "wish": True},
]


@pytest.mark.parametrize("value", CHANGES, ids=str)
def test_what_is_changed_is_the_reviewers_and_says_what_it_was(put, value):
    n = narrative()
    found = put(n, file(decision("mention", "change", of(n, 2), value))).narrative
    changed = next(m for m in found.mentions if m.extra.get("review"))
    data = changed.to_dict()
    assert {name: data[name] for name in value} == value
    assert (changed.source, changed.confidence, changed.extra["review"]["decision"]) == ("review:Anne", 1.0, "changed")
    was = changed.extra["review"]["was"]
    assert (was["source"], was["confidence"]) == ("rule:adj", 0.9)
    optional = {"time": None, "question": False, "wish": False}
    assert {name: was[name] for name in value} == {name: (of(n, 2) | optional)[name] for name in value}


def test_a_flag_that_is_taken_back(put):
    n = narrative(mentions=[mention(1, "peur", "fear", wish=True), mention(2, "furieuse", "fury")], roles=[])
    no, yes = (decision("mention", "change", of(n, 2), {"wish": value}, minute) for minute, value in ((2, False), (1, True)))
    found = put(n, file(decision("mention", "change", of(n, 1) | {"wish": True}, {"wish": False}), yes, no)).narrative
    assert [m.extra.get("wish") for m in found.mentions] == [None, None]
    assert [m.extra["review"]["decision"] for m in found.mentions] == ["changed", "accepted"]
    assert [m.source for m in found.mentions] == ["review:Anne", "rule:avoir-nom"]


def test_a_new_emotion_takes_its_tiers_along(put):
    n = narrative()
    found = put(n, file(decision("mention", "change", of(n, 1), {"emotion": "homesickness"}))).narrative.mentions[0]
    assert (found.secondary, found.primary) == ("neglect", "sadness")


def test_what_is_added_stands_in_reading_order_with_its_roles(put):
    n = narrative()
    cue = {"cue": [list(at("rage"))], "emotion": "rage"}
    made = file(
        decision("mention", "add", value={**cue, "mention": 9, "mode": "labelled"}),
        decision("role", "add", value={**cue, "mention": 9, "role": "experiencer", "span": list(at("il")), "entity": "E3"}, minute=1),
    )
    found = put(n, made).narrative
    assert emotions(found)[3] == ("rage", "rage") and found.mentions[3].source == "review:Anne"
    assert (found.mentions[3].status, found.mentions[3].intensity) == ("affirmed", "medium")
    assert found.mentions[2].extra["ambivalent_with"] == [5]
    own = [r for r in found.roles if r.mention == 4]
    assert [(r.role, r.span, r.entity, r.source, r.review["decision"]) for r in own] == [
        ("experiencer", at("il"), "E3", "review:Anne", "added")
    ]


@pytest.mark.parametrize("after", ["change", "reject", "accept"])
def test_what_was_added_can_be_decided_on_again(put, after):
    cue = {"cue": [list(at("rage"))], "emotion": "rage"}
    value = {"emotion": "anger"} if after == "change" else None
    was = {**cue, "mode": "labelled"}
    found = put(narrative(), file(decision("mention", "add", value=was), decision("mention", after, was, value))).narrative
    expected = {"change": [("rage", "anger")], "reject": [], "accept": [("rage", "rage")]}[after]
    assert [pair for pair in emotions(found) if pair[0] == "rage"] == expected


SEQUENCES = [
    (["accept", "reject"], "rejected"),
    (["reject", "accept"], "fear"),
    ([{"emotion": "panic"}, "accept"], "panic"),
    ([{"emotion": "panic"}, {"emotion": "fear"}], "fear"),
    ([{"emotion": "panic"}, {"intensity": "high"}], "panic"),
    ([{"emotion": "panic"}, "reject", {"emotion": "dread"}], "dread"),
]


@pytest.mark.parametrize(("steps", "end"), SEQUENCES, ids=str)
@pytest.mark.parametrize("named", ["as found", "as it is now"])
def test_the_last_decision_counts_and_changes_add_up(put, steps, end, named):
    n = narrative()
    was, made = of(n, 1), []
    for minute, step in enumerate(steps):
        value = step if isinstance(step, dict) else None
        made.append(decision("mention", "change" if value else step, dict(was), value, minute))
        if named == "as it is now":
            was |= value or {}
    found = put(n, file(*made)).narrative
    assert [e for words, e in emotions(found) if words == "peur"] == ([] if end == "rejected" else [end])


def test_the_order_in_a_file_counts_though_the_clock_was_set_back(put):
    n = narrative()
    made = file(decision("mention", "reject", of(n, 1), minute=9), decision("mention", "accept", of(n, 1), minute=3))
    assert ("peur", "fear") in emotions(put(n, made).narrative)


ROLES = [
    (decision("role", "accept", "cause"), [("cause", "Paul", "E1", "rule:avoir-nom")]),
    (decision("role", "reject", "cause"), []),
    (decision("role", "change", "cause", {"role": "target"}), [("target", "Paul", "E1", "review:Anne")]),
    (decision("role", "change", "cause", {"span": list(at("de Paul"))}), [("cause", "de Paul", "E1", "review:Anne")]),
    (decision("role", "change", "cause", {"entity": "E3"}), [("cause", "Paul", "E3", "review:Anne")]),
    (decision("role", "change", "cause", {"entity": None}), [("cause", "Paul", None, "review:Anne")]),
]


@pytest.mark.parametrize(("made", "expected"), ROLES, ids=lambda value: str(value)[-60:])
def test_roles(put, made, expected):
    n = narrative()
    found = put(n, file(made | {"was": of_role(n, 2)})).narrative
    own = [r for r in found.roles if r.mention == 1 and r.role != "experiencer"]
    assert [(r.role, TEXT[slice(*r.span)], r.entity, r.source) for r in own] == expected


def test_a_role_moves_to_another_mention(put):
    n = narrative()
    value = {"cue": [list(at("furieuse"))], "emotion": "fury", "mention": 2}
    found = put(n, file(decision("role", "change", of_role(n, 2), value))).narrative
    assert [(r.mention, r.source) for r in found.roles if r.role == "cause"] == [(2, "review:Anne")]


def test_joining_takes_all_roles_along(put):
    n = narrative()
    made = file(decision("entity", "join", of_entity(n, "E3"), of_entity(n, "E1")))
    found = put(n, made).narrative
    assert [e.id for e in found.entities] == ["NARRATOR", "E1", "E2"]
    assert found.entities[1].mentions == (at("Paul"), at("lui"), at("Lui"), at("il"))
    assert [r.entity for r in found.roles] == ["NARRATOR", "E1", "E2", "E1", "E1"]


def test_whoever_is_joined_with_the_narrator_is_the_narrator(put):
    n = narrative()
    found = put(n, file(decision("entity", "join", of_entity(n, "NARRATOR"), of_entity(n, "E2")))).narrative
    assert [e.id for e in found.entities] == ["NARRATOR", "E1", "E3"] and found.roles[2].entity == "NARRATOR"


def test_splitting_takes_the_roles_named_there_along(put):
    n = narrative()
    value = {"entity": "E9", "mentions": [list(at("Lui")), list(at("il"))]}
    found = put(n, file(decision("entity", "split", of_entity(n, "E3"), value))).narrative
    assert [(e.id, e.label, e.mentions) for e in found.entities[3:]] == [("E3", "lui", (at("lui"),)), ("E4", "Lui", (at("Lui"), at("il")))]
    assert [r.entity for r in found.roles if r.role != "cause"] == ["NARRATOR", "E2", "E3", "E4"]


def test_joined_and_split_again(put):
    """A second time would join them once more, were it not known that it was done."""
    n = narrative()
    both = {"entity": "E1", "mentions": [*of_entity(n, "E1")["mentions"], *of_entity(n, "E3")["mentions"]]}
    made = file(
        decision("entity", "join", of_entity(n, "E3"), of_entity(n, "E1")),
        decision("entity", "split", both, {"entity": "E7", "label": "le voisin", "mentions": [list(at("il"))]}, minute=1),
        decision("role", "change", of_role(n, 4), {"entity": "E7"}, minute=2),
        decision("entity", "change", of_entity(n, "E2"), {"label": "Sophie"}, minute=3),
    )
    found = put(n, made).narrative
    assert [(e.id, e.label, len(e.mentions)) for e in found.entities] == [
        ("NARRATOR", "narratrice", 2),
        ("E1", "Paul", 3),
        ("E2", "Sophie", 1),
        ("E4", "le voisin", 1),
    ]
    assert [r.entity for r in found.roles] == ["NARRATOR", "E1", "E2", "E4", "E4"]


@pytest.mark.parametrize("action", ["reject", "add", "accept"])
def test_characters(put, action):
    n = narrative()
    if action == "add":
        made = decision("entity", "add", value={"entity": "E8", "label": "la joie", "mentions": [list(at("joie"))]})
    else:
        made = decision("entity", action, of_entity(n, "E3"))
    found = put(n, file(made)).narrative
    expected = {"reject": [], "add": ["E3", "E4"], "accept": ["E3"]}[action]
    assert [e.id for e in found.entities if e.id in ("E3", "E4")] == expected
    assert [r.entity for r in found.roles[3:]] == ([None, None] if action == "reject" else ["E3", "E3"])


COMPONENTS = [
    ("accept", None, [("feeling", (0, 18), "given")]),
    ("reject", None, []),
    ("change", {"component": "thinking"}, [("thinking", (0, 18), "review:Anne")]),
    ("change", {"span": [0, 17]}, [("feeling", (0, 17), "review:Anne")]),
    ("add", {"component": "behavior", "span": [52, 70]}, [("feeling", (0, 18), "given"), ("behavior", (52, 70), "review:Anne")]),
]


@pytest.mark.parametrize(("action", "value", "expected"), COMPONENTS)
def test_components(put, action, value, expected):
    was = None if action == "add" else {"component": "feeling", "span": [0, 18], "source": "given"}
    found = put(narrative(), file(decision("component", action, was, value))).narrative
    assert [(c.component, c.span, c.source) for c in found.components] == expected


def test_a_comment_decides_nothing_and_stays(put):
    n = narrative()
    made = [decision("mention", "accept", of(n, 1)), decision("mention", "comment", of(n, 1), comment="à revoir", minute=1)]
    first = put(n, file(*made)).narrative.mentions[0].extra["review"]
    assert (first["decision"], first["comment"]) == ("accepted", "à revoir")
    alone = put(n, file(made[1])).narrative.mentions[0]
    assert (alone.extra["review"]["decision"], alone.source) == ("commented", "rule:avoir-nom")


# ── annotated anew ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def newer(**changes):
    return narrative(provenance=PROVENANCE | {"rules": "0.2.0"}, **changes)


def only(*mentions, roles=()):
    return newer(mentions=list(mentions), roles=list(roles))


AGAIN = [
    ("accept", None, mention(1, "ai peur", "fear"), "moved", [("peur", "fear", "review:Anne")]),
    ("accept", None, mention(1, "peur", "panic"), "kept", [("peur", "fear", "review:Anne")]),
    ("accept", None, mention(1, "peur", "fear", intensity="low"), "kept", [("peur", "fear", "review:Anne")]),
    ("accept", None, mention(1, "peur", "fear", rule="other"), "done", [("peur", "fear", "rule:other")]),
    ("accept", None, mention(1, "peur", "joy"), "restored", [("peur", "joy", "rule:avoir-nom"), ("peur", "fear", "review:Anne")]),
    ("accept", None, None, "restored", [("peur", "fear", "review:Anne")]),
    ("change", {"emotion": "panic"}, mention(1, "peur", "panic", rule="new"), "done", [("peur", "panic", "rule:new")]),
    ("change", {"emotion": "panic"}, None, "restored", [("peur", "panic", "review:Anne")]),
    ("reject", None, mention(1, "ai peur", "fear"), "moved", []),
    ("reject", None, None, "gone", []),
    ("reject", None, mention(1, "peur", "joy"), "does not fit", [("peur", "joy", "rule:avoir-nom")]),
    ("reject", None, mention(1, "furieuse", "fear"), "gone", [("furieuse", "fear", "rule:avoir-nom")]),
]


@pytest.mark.parametrize(("action", "value", "now", "outcome", "expected"), AGAIN, ids=lambda value: getattr(value, "emotion", str(value)))
def test_decisions_on_what_newer_rules_find(put, action, value, now, outcome, expected):
    made = file(decision("mention", action, of(narrative(), 1), value))
    result = put(only(*[now] if now else []), made, misfits=outcome == "does not fit")
    assert outcomes(result) == [outcome]
    assert [(TEXT[m.cue[0][0] : m.cue[-1][1]], m.emotion, m.source) for m in result.narrative.mentions] == expected


RATHER = mention(2, "est furieuse", "rage", rule="adj")
ADDED = [
    ("the same rules", narrative(), ["fury:rule:adj", "rage:review:Anne"], {}),
    ("newer rules", newer(), ["fury:rule:adj", "rage:review:Anne"], {}),
    ("a file that does not say of which rules", narrative(), ["fury:rule:adj", "rage:review:Anne"], {"reviewed": {}}),
    ("rules that find it since", only(mention(2, "furieuse", "rage", rule="new")), ["rage:rule:new"], {}),
    ("rules that find it since, with more words", only(RATHER), ["rage:review:Anne"], {}),
    ("the same, of the same rules", narrative(mentions=[RATHER], roles=[]), ["rage:rule:adj", "rage:review:Anne"], {}),
]


@pytest.mark.parametrize(("now", "expected", "more"), [case[1:] for case in ADDED], ids=[case[0] for case in ADDED])
def test_what_is_added_where_another_of_its_primary_emotion_is_found(put, now, expected, more):
    made = file(decision("mention", "add", value={"cue": [list(at("furieuse"))], "emotion": "rage", "mode": "labelled"}), **more)
    found = put(now, made).narrative
    assert [f"{m.emotion}:{m.source}" for m in found.mentions if TEXT[m.cue[0][0] : m.cue[-1][1]].endswith("furieuse")] == expected
    fury = [m.id for m in found.mentions if m.emotion == "fury"]
    assert [r.role for r in found.roles if r.mention in fury] == (["experiencer", "target"] if fury else [])


@pytest.mark.parametrize("now", [narrative(), newer()], ids=["the same rules", "newer rules"])
def test_a_role_and_a_component_added_beside_what_is_there(put, now):
    """Newer rules may have found them with words more or less: there they are one."""
    cause, feeling = {"role": "cause", "span": list(at("de Paul")), "entity": "E1"}, {"component": "feeling", "span": [0, 17]}
    cue = {"cue": [list(at("peur"))], "emotion": "fear"}
    made = file(decision("role", "add", value=cue | cause), decision("component", "add", value=feeling, minute=1))
    found = put(now, made).narrative
    both = now.provenance == PROVENANCE
    assert [TEXT[slice(*r.span)] for r in found.roles if r.role == "cause"] == (["Paul"] * both + ["de Paul"])
    assert sorted(c.span for c in found.components) == [(0, 17)] + [(0, 18)] * both


def test_what_is_rejected_takes_nothing_that_another_decision_wants(put):
    """Of two that overlap, the one rejected is gone; the other one is not taken for it."""
    n = narrative(mentions=[mention(1, "peur", "fear"), mention(2, "ai peur", "panic")], roles=[])
    made = file(decision("mention", "reject", of(n, 1)), decision("mention", "accept", of(n, 2)), of=n)
    assert emotions(put(n, made).narrative) == emotions(put(only(mention(1, "ai peur", "panic")), made).narrative) == [("ai peur", "panic")]
    alone = put(n, file(decision("mention", "reject", of(n, 1)), of=n)).narrative
    assert emotions(alone) == [("ai peur", "panic")]


def test_characters_are_known_again_by_where_they_are_named(put):
    n = narrative()
    made = file(
        decision("entity", "join", of_entity(n, "E3"), of_entity(n, "E1")),
        decision("role", "add", value=of_role(n, 1) | {"role": "target", "span": list(at("Paul")), "entity": "E1"} | {"source": ""}),
    )
    made["narratives"][0]["decisions"][1]["value"].pop("source")
    who = [("NARRATOR", "narrateur", ()), ("E1", "Ma sœur", ("Ma sœur",)), ("E2", "Paul", ("Paul",)), ("E5", "lui", ("lui", "il"))]
    entities = [Entity(id, label, tuple(map(at, words))) for id, label, words in who]
    now = newer(entities=entities, roles=[role(2, "target", "lui", "E5")])
    found = put(now, made).narrative
    assert {r.role: r.entity for r in found.roles} == {"target": "E2"} and [e.id for e in found.entities] == ["NARRATOR", "E1", "E2"]


def test_roles_of_what_is_no_longer_found_are_told(put):
    n = narrative()
    result = put(only(mention(1, "joie", "joy")), file(decision("role", "accept", of_role(n, 2))), misfits=1)
    assert "no longer found" in result.outcomes[0].reason
    assert outcomes(put(only(), file(decision("role", "reject", of_role(n, 2))))) == ["gone"]
    back = put(only(), file(decision("mention", "accept", of(n, 1)), decision("role", "accept", of_role(n, 2))))
    assert outcomes(back) == ["restored", "restored"] and [r.entity for r in back.narrative.roles] == ["E1"]


def test_a_narrative_nobody_decided_on_stays_as_it_is(put):
    n = replace(narrative(), mentions=[mention(7, "joie", "joy"), mention(3, "peur", "fear")], roles=[])
    assert Things([]).mentions == [] and apply(n, []).narrative.to_dict()["roles"] == []

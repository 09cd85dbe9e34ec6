"""Decisions of several people on one narrative: together, one file after the other, and on what another has changed."""

import pytest

from ressenti.review.decisions.apply import apply
from review.decisions.files import at, decision, emotions, file, narrative, of, of_entity, of_role


def test_two_reviewers_in_one_go_or_one_after_the_other(put):
    n = narrative()
    anne = file(decision("mention", "reject", of(n, 1), minute=5), decision("mention", "accept", of(n, 2), minute=1))
    bob = file(
        decision("mention", "change", of(n, 1), {"emotion": "panic"}, minute=2),
        decision("mention", "change", of(n, 2), {"intensity": "high"}, minute=6),
        reviewer="Bob",
    )
    both = put(n, anne, bob).narrative
    assert emotions(both) == emotions(put(n, bob, anne).narrative) == [("furieuse", "fury"), ("pleurait", "rage"), ("joie", "joy")]
    assert (both.mentions[0].intensity, both.mentions[0].source) == ("high", "review:Bob")
    later = put(put(n, bob).narrative, anne).narrative
    earlier = put(put(n, anne).narrative, bob).narrative
    assert emotions(later) == emotions(earlier) == emotions(both)
    assert [r["reviewer"] for r in both.extra["review"]["reviews"]] == ["Anne", "Bob"]


@pytest.mark.parametrize(("action", "value"), [("accept", None), ("reject", None), ("change", {"emotion": "panic"})])
def test_a_later_comment_of_another_stands_in_the_way_of_nothing(put, action, value):
    n = narrative()
    bob = put(n, file(decision("mention", "comment", of(n, 1), comment="vraiment ?", minute=9), reviewer="Bob")).narrative
    found = put(bob, file(decision("mention", action, of(n, 1), value, comment="oui"))).narrative
    record = found.extra["review"]["rejected"][0] if action == "reject" else found.mentions[0].extra["review"]
    assert record["reviewer"] == "Anne" and set(record["comment"].split("\n")) == {"vraiment ?", "oui"}
    assert [m.emotion for m in found.mentions][:1] == {"accept": ["fear"], "reject": ["fury"], "change": ["panic"]}[action]


def test_what_one_adds_and_another_makes_of_what_was_found_is_one(put):
    n = narrative()
    anne = file(decision("mention", "add", None, {"cue": [list(at("furieuse"))], "emotion": "contempt", "mode": "labelled"}))
    bob = file(decision("mention", "change", of(n, 2), {"emotion": "contempt"}, minute=1), reviewer="Bob")
    for files in ((anne, bob), (bob, anne)):
        found = put(n, *files).narrative
        assert [e for words, e in emotions(found) if words == "furieuse"] == ["contempt"] and found.mentions[1].source == "review:Bob"


def test_who_accepts_what_another_changed_accepts_what_was_shown(put):
    n = narrative()
    anne = file(decision("mention", "change", of(n, 1), {"emotion": "panic"}))
    seen = file(decision("mention", "accept", of(n, 1), minute=1), reviewer="Bob")
    assert put(n, anne, seen).narrative.mentions[0].emotion == "fear"
    own = file(decision("mention", "change", of(n, 1), {"emotion": "panic"}), decision("mention", "accept", of(n, 1), minute=1))
    assert put(n, own).narrative.mentions[0].emotion == "panic"


def test_who_accepts_after_an_own_change_keeps_it_and_takes_back_what_another_changed(put):
    n = narrative()
    anne = file(decision("mention", "change", of(n, 1), {"mode": "suggested"}))
    bob = file(
        decision("mention", "change", of(n, 1), {"emotion": "panic"}, 1), decision("mention", "accept", of(n, 1), None, 2), reviewer="Bob"
    )
    for found in (put(n, anne, bob).narrative, put(put(n, anne).narrative, bob).narrative):
        assert (found.mentions[0].emotion, found.mentions[0].mode, found.mentions[0].source) == ("panic", "labelled", "review:Bob")


@pytest.mark.parametrize(("moved", "name"), [(2, "celui-ci"), (0, "lui")])
def test_a_role_follows_a_split_by_where_it_stood_then(put, moved, name):
    """Who moves its span afterwards does not move it back to whom it was; who has moved it before does."""
    n = narrative()
    leaves = {"entity": "E9", "mentions": [list(at("il"))], "label": "celui-ci"}
    anne = file(decision("entity", "split", of_entity(n, "E3"), leaves, 1))
    bob = file(decision("role", "change", of_role(n, 5), {"span": list(at("Lui"))}, moved), reviewer="Bob")
    after = put(put(n, *((anne,) if moved else (bob,))).narrative, bob if moved else anne).narrative
    for found in (put(n, anne, bob).narrative, after):
        (role,) = [role for role in found.roles if role.mention == 3]
        assert role.span == at("Lui") and next(e.label for e in found.entities if e.id == role.entity) == name


def test_a_role_that_is_moved_onto_one_that_was_added_is_that_one(put):
    n = narrative()
    value = {"cue": [list(at("peur"))], "emotion": "fear", "role": "cause", "span": list(at("J'")), "entity": "NARRATOR"}
    anne = file(decision("role", "add", None, value, 1))
    bob = file(decision("role", "change", of_role(n, 2), {"span": list(at("J'"))}, 2), reviewer="Bob")
    for found in (put(n, anne, bob).narrative, put(put(n, anne).narrative, bob).narrative):
        (role,) = [role for role in found.roles if role.mention == 1 and role.role == "cause"]
        assert (role.span, role.entity, role.source) == (at("J'"), "NARRATOR", "review:Bob")


def test_a_second_file_that_starts_from_the_result_of_the_first(put):
    n = narrative()
    first = file(decision("mention", "change", of(n, 1), {"emotion": "panic", "cue": [list(at("ai peur"))]}))
    seen = put(n, first).narrative
    second = file(decision("mention", "change", of(seen, 1), {"intensity": "high"}, minute=9), of=seen)
    one_by_one, at_once = put(seen, second).narrative, put(n, first, second).narrative
    for found in (one_by_one, at_once):
        m = found.mentions[0]
        assert (m.emotion, m.intensity, m.cue, m.extra["review"]["was"]["source"]) == ("panic", "high", (at("ai peur"),), "rule:avoir-nom")


def test_who_accepts_a_role_has_accepted_whom_it_named(reviews):
    """Bob, who has seen what was found, takes back what Anne changed meanwhile; Chloé, who has seen what Anne changed, does not."""
    found = narrative()
    anne = reviews(file(decision("role", "change", of_role(found, 5), {"entity": "NARRATOR"}, 1)))
    bob = reviews(file(decision("role", "accept", of_role(found, 5), None, 2), reviewer="Bob"))
    changed = apply(found, anne).narrative
    chloé = reviews(file(decision("role", "accept", of_role(changed, 5), None, 3), of=changed, reviewer="Chloé"))

    def said(narrative):
        role = narrative.roles[4]
        return role.entity, role.source, role.review["reviewer"]

    name, source = found.roles[4].entity, found.roles[4].source
    assert said(changed) == ("NARRATOR", "review:Anne", "Anne") and name not in (None, "NARRATOR")
    assert said(apply(found, [*anne, *bob]).narrative) == said(apply(changed, bob).narrative) == (name, source, "Bob")
    assert said(apply(changed, chloé).narrative)[0] == "NARRATOR" and said(apply(changed, chloé).narrative)[1].startswith("review:")

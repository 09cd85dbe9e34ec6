"""Who takes one side in every difference, after both reviewers, gets what that side has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ressenti.review.agreement.differences import differences
from ressenti.review.agreement.pairs import reviewed
from ressenti.review.decisions.apply import apply
from ressenti.review.decisions.read import reviews_of
from review.decisions.files import at, decision, file, narrative, of, of_entity, of_role

N = narrative()


def span(words, nth=0):
    return list(at(words, nth=nth))


WIDER = [[span("peur")[0], span("peur de")[1]]]
ADDED = {"cue": [span("pleurait de rage")], "emotion": "sadness", "mode": "labelled", "status": "negated"}
JOY = {name: of(N, 4)[name] for name in ("cue", "emotion")}
SAD = {name: ADDED[name] for name in ("cue", "emotion")}
OTHER_PLACES = [span("Lui"), span("il")]
FEELING = {"component": "feeling", "span": [0, 18]}
POSSIBLE = {
    "reject": decision("mention", "reject", of(N, 2)),
    "accept": decision("mention", "accept", of(N, 2)),
    "emotion": decision("mention", "change", of(N, 1), {"emotion": "panic"}),
    "cue": decision("mention", "change", of(N, 1), {"cue": WIDER, "status": "negated"}),
    "add": decision("mention", "add", value=ADDED),
    "add role": decision("role", "add", value={**SAD, "role": "cause", "span": span("joie"), "entity": None}),
    "replace": decision("mention", "reject", of(N, 3)),
    "far": decision("mention", "add", value={"cue": [span("sœur")], "emotion": "fury", "mode": "displayed"}),
    "role kind": decision("role", "change", of_role(N, 2), {"role": "target"}),
    "role span": decision("role", "change", of_role(N, 2), {"span": span("de Paul")}),
    "no role": decision("role", "reject", of_role(N, 3)),
    "other component": decision("component", "change", FEELING, {"component": "thinking"}),
    "shorter component": decision("component", "change", FEELING, {"span": [0, 8]}),
    "no component": decision("component", "reject", FEELING),
    "new component": decision("component", "add", value={"component": "behavior", "span": span("il pleurait de rage")}),
    "new component otherwise": decision("component", "add", value={"component": "territory", "span": span("pleurait de rage et")}),
    "join": decision("entity", "join", of_entity(N, "E3"), of_entity(N, "E1")),
    "join others": decision("entity", "join", of_entity(N, "E3"), of_entity(N, "E2")),
    "join the narrator": decision("entity", "join", of_entity(N, "E2"), of_entity(N, "NARRATOR")),
    "split": decision("entity", "split", of_entity(N, "E3"), {"entity": "E9", "mentions": [span("lui")]}),
    "split otherwise": decision(
        "entity", "split", of_entity(N, "E3"), {"entity": "E9", "mentions": [span("Lui"), span("il")], "label": "un homme"}
    ),
    "rename": decision("entity", "change", of_entity(N, "E2"), {"label": "Zoé"}),
    "more places": decision("entity", "change", of_entity(N, "E1"), {"mentions": [span("Paul"), span("lui")]}),
    "nobody": decision("entity", "reject", of_entity(N, "E3")),
    "somebody": decision("entity", "add", value={"entity": "E8", "mentions": [span("joie")]}),
    "whose": decision("role", "change", of_role(N, 3), {"entity": "E1"}),
    "nobody's": decision("role", "change", of_role(N, 4), {"entity": None}),
    "somebody's": decision("role", "change", of_role(N, 4), {"entity": "E2"}),
    "new role": decision("role", "add", value={**JOY, "role": "cause", "span": span("Lui"), "entity": "E3"}),
}


def review(names, who, minute):
    made = [{**POSSIBLE[name], "time": f"2026-01-26T1{minute}:{k:02}:00+01:00"} for k, name in enumerate(n for n in POSSIBLE if n in names)]
    return reviews_of(file(*made, of=N, reviewer=who, done=True), "f.json")


def marks(found):
    mentions = {m.id: (m.cue, m.emotion, m.mode, m.status, m.intensity) for m in found.mentions}
    characters = {e.id: (e.label, sorted(e.mentions), e.id == "NARRATOR") for e in found.entities}
    roles = sorted((mentions[r.mention], r.role, r.span, str(characters.get(r.entity))) for r in found.roles)
    return sorted(mentions.values()), roles, sorted(characters.values()), sorted((c.component, c.span) for c in found.components)


def sides(ours, theirs):
    """What each has, and what comes of taking each side throughout."""
    if "add" not in ours:
        ours = ours - {"add role"}
    if "add" not in theirs:
        theirs = theirs - {"add role"}
    files = [*review(ours, "Anne", 0), *review(theirs, "Bob", 1)]
    (both,) = reviewed([N], files[:1], files[1:]).both
    found = differences(both)
    for side, before in (("one", ""), ("other", ""), ("one", "other"), ("other", "one")):
        chosen = []
        for difference in found.all:  # those of the other side first, and then this one in their place
            at_last = getattr(difference, side)
            chosen += getattr(difference, before).decisions if before else ()
            chosen += at_last.decisions if not before or at_last.instead is None else at_last.instead
        timed = [{**d, "time": f"2026-11-26T12:{k:02}:00+01:00"} for k, d in enumerate(chosen)]
        entities = {e.id: [list(span) for span in e.mentions] for e in found.entities}
        third = reviews_of(file(*timed, of=N, reviewer="Chloé", done=True, entities=entities), "third.json")
        result = apply(N, [*files, *third])
        assert not [o for o in result.outcomes if o.outcome == "does not fit" and o.review.reviewer == "Chloé"]
        yield marks(getattr(both, side)), marks(result.narrative)


PEOPLE = [name for name, made in POSSIBLE.items() if made["about"] == "entity"]
NAMES = st.builds(
    frozenset.union, st.frozensets(st.sampled_from(sorted(POSSIBLE.keys() - PEOPLE))), st.frozensets(st.sampled_from(PEOPLE), max_size=3)
)


@settings(max_examples=100, deadline=None)
@given(NAMES, NAMES)
def test_who_takes_one_side_gets_what_it_has(ours, theirs):
    for wanted, got in sides(ours, theirs):
        assert got == wanted


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ((), (), []),
        (("accept",), (), []),
        (("reject",), ("reject",), []),
        (("reject",), (), [("mention", None, "fury")]),
        (("emotion",), ("emotion", "role kind"), [("role", "cause", "target")]),
        (("emotion",), ("cue",), [("mention", "panic", "fear")]),
        (("replace", "add"), (), [("mention", "sadness", "rage")]),
        (("add",), ("add",), []),
        (("no role",), (), [("role", None, "experiencer")]),
    ],
)
def test_only_what_differs(ours, theirs, expected):
    (both,) = reviewed([N], review(ours, "Anne", 0), review(theirs, "Bob", 1)).both

    def told(choice, about):
        if about == "mention":
            return choice.mention and choice.mention["emotion"]
        return choice.roles[0]["role"] if choice.roles else None

    assert [(d.about, told(d.one, d.about), told(d.other, d.about)) for d in differences(both).all] == expected

"""Who takes one side in every difference, after both reviewers, gets what that side has."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ressenti.review.agreement.differences import differences
from ressenti.review.agreement.pairs import reviewed
from ressenti.review.decisions.apply import apply
from ressenti.review.decisions.read import reviews_of
from review.decisions.files import at, decision, file, narrative, of, of_role

N = narrative()


def span(words, nth=0):
    return list(at(words, nth=nth))


WIDER = [[span("peur")[0], span("peur de")[1]]]
ADDED = {"cue": [span("pleurait de rage")], "emotion": "sadness", "mode": "labelled", "status": "negated"}
JOY = {name: of(N, 4)[name] for name in ("cue", "emotion")}
SAD = {name: ADDED[name] for name in ("cue", "emotion")}
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
    "new role": decision("role", "add", value={**JOY, "role": "cause", "span": span("Lui"), "entity": "E3"}),
}


def review(names, who, minute):
    made = [{**POSSIBLE[name], "time": f"2026-01-26T1{minute}:{k:02}:00+01:00"} for k, name in enumerate(n for n in POSSIBLE if n in names)]
    return reviews_of(file(*made, of=N, reviewer=who, done=True), "f.json")


def marks(found):
    mentions = {m.id: (m.cue, m.emotion, m.mode, m.status, m.intensity) for m in found.mentions}
    return sorted(mentions.values()), sorted((mentions[r.mention], r.role, r.span) for r in found.roles)


def sides(ours, theirs):
    """What each has, and what comes of taking each side throughout."""
    if "add" not in ours:
        ours = ours - {"add role"}
    if "add" not in theirs:
        theirs = theirs - {"add role"}
    files = [*review(ours, "Anne", 0), *review(theirs, "Bob", 1)]
    (both,) = reviewed([N], files[:1], files[1:]).both
    found = differences(both)
    for side in ("one", "other"):
        chosen = [d for difference in found for d in getattr(difference, side).decisions]
        timed = [{**d, "time": f"2026-11-26T12:{k:02}:00+01:00"} for k, d in enumerate(chosen)]
        third = reviews_of(file(*timed, of=N, reviewer="Chloé", done=True), "third.json")
        result = apply(N, [*files, *third])
        assert not [o for o in result.outcomes if o.outcome == "does not fit" and o.review.reviewer == "Chloé"]
        yield marks(getattr(both, side)), marks(result.narrative)


NAMES = st.frozensets(st.sampled_from(sorted(POSSIBLE)))


@settings(max_examples=150, deadline=None)
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

    assert [(d.about, told(d.one, d.about), told(d.other, d.about)) for d in differences(both)] == expected

"""Files of decisions and many narratives: by text, then by id; gold; votes."""

from dataclasses import replace

import pytest

from ressenti.review.decisions.apply import apply
from ressenti.review.decisions.several import applied, out_of_turn, pair
from ressenti.review.votes import table, votes
from review.decisions.files import PROVENANCE, at, decision, file, mention, narrative, of, of_role, within
from review.decisions.test_any import what

FEELING = {"component": "feeling", "span": [0, 18]}
NEW = {"cue": [[72, 76]], "emotion": "fear", "mode": "labelled"}


def reject(n, **more):
    return file(decision("mention", "reject", of(n, 1)), of=n, **more)


PAIRS = [
    (["a", "recit-01", "c"], "recit-01", [0, 1, 0]),
    (["a", "b"], "recit-01", [1, 0]),
]


@pytest.mark.parametrize(("ids", "id", "expected"), PAIRS)
def test_of_equal_texts_the_one_with_the_id_or_the_first(reviews, ids, id, expected):
    n = narrative(id=id)
    paired = pair([replace(n, id=other) for other in ids], reviews(reject(n)))
    assert [len(found) for _, found in paired.narratives] == expected and not paired.lost


BLANKS = [
    (("", ""), ("", "\n")), (("", ""), ("", "\r\n\r\n")), (("", ""), ("\n\n", "")), (("", ""), ("  \n", " \n")),
    (("  ", ""), ("\n  ", "\n")), (("", "\n"), ("", "")), (("", "\n"), ("", "\r\n")), (("", "\r\n"), ("\n", "")),
]  # fmt: skip


@pytest.mark.parametrize(("decided", "here"), BLANKS)
def test_blank_space_around_the_text_does_not_matter(reviews, decided, here):
    def decide(of_):
        added = {"cue": [list(at("rage", of_.text))], "emotion": "rage", "mode": "labelled"}
        who = {"entity": "E1", "mentions": [list(at("Paul", of_.text))]}
        made = [("mention", "reject", of(of_, 1)), ("mention", "add", None, added), ("entity", "change", who, {"label": "P."})]
        return file(*(decision(*one) for one in made), of=of_)

    on, found = within(narrative(), *decided), within(narrative(), *here)
    paired = pair([found], reviews(decide(on)))
    assert not paired.lost
    result, outcomes = next(applied(paired))
    wanted, _ = next(applied(pair([found], reviews(decide(found)))))
    assert what(result) == what(wanted) and not [o for o in outcomes if o.outcome == "does not fit"]


def test_decisions_on_another_text_are_told_each(reviews):
    n = narrative()
    for text, reason in ((n.text + " Voilà.", "the text was changed"), (n.text, None)):
        paired = pair([replace(n, text=text)], reviews(reject(n)))
        assert [o.reason.startswith(reason) for o in paired.lost] == ([True] if reason else [])
    other = narrative(id="x", text="Rien.", mentions=[], roles=[], components=[], entities=[])
    lost = pair([other], reviews(reject(n), file(of=n, done=True)))
    assert [(o.outcome, o.about, o.reason) for o in lost.lost] == [
        ("does not fit", "mention", "no narrative has its text"),
        ("does not fit", "narrative", "no narrative has its text"),
    ]


def test_a_file_whose_length_is_not_that_of_the_text_is_told(reviews):
    n = narrative()
    data = reject(n)
    data["narratives"][0]["length"] += 1
    found, outcomes = next(applied(pair([n], reviews(data))))
    assert found.to_dict()["mentions"] == n.to_dict()["mentions"] and [o.outcome for o in outcomes] == ["does not fit"]


def test_gold_is_what_a_reviewer_has_gone_through(reviews):
    n = narrative()
    other = narrative(id="b", text="Autre.", mentions=[], roles=[], components=[], entities=[])
    files = reviews(reject(n, done=True), file(of=other, reviewer="Bob"))
    found = [one for one, _ in applied(pair([n, other], files), gold=True)]
    assert found[1] is None and [m.emotion for m in found[0].mentions] == ["fury", "rage", "joy"]
    assert len(found[0].roles) == 3, "what was left as it is counts as right"
    again = [one for one, _ in applied(pair([found[0]], []), gold=True)]
    assert again[0].to_dict() == found[0].to_dict(), "what was done before stays done"


def test_gold_has_nothing_that_nobody_has_seen(reviews):
    n = narrative()
    made = file(decision("mention", "accept", of(n, 1)), decision("role", "accept", of_role(n, 1)), done=True)
    newer = narrative(provenance=PROVENANCE | {"rules": "0.2.0"}, mentions=[mention(8, "joie", "joy"), *n.mentions[:2]])
    found, outcomes = next(applied(pair([newer], reviews(made)), gold=True))
    assert [m.emotion for m in found.mentions] == ["fear"] and [r.role for r in found.roles] == ["experiencer"]
    unseen = [(o.about, o.label) for o in outcomes if o.outcome == "unseen"]
    assert sorted(unseen) == [("mention", "fury"), ("mention", "joy"), ("role", "cause")]


def test_votes(reviews):
    n = narrative()
    anne = file(
        decision("mention", "accept", of(n, 1)),
        decision("mention", "reject", of(n, 2)),
        decision("mention", "change", of(n, 3), {"emotion": "jealousy"}),
        decision("mention", "comment", of(n, 4), comment="?"),
    )
    cue = {"cue": [list(at("rage")), list(at("joie"))], "emotion": "envy", "mode": "labelled"}
    bob = file(decision("mention", "accept", of(n, 3)), decision("mention", "add", None, cue), reviewer="Bob")
    start, end = at("pleurait")
    fury = "-".join(map(str, at("furieuse")))
    both = "+".join("-".join(map(str, at(w))) for w in ("rage", "joie"))
    assert table(votes(pair([n], reviews(anne, bob)))).splitlines() == [
        "narrative\tspan\tlabel\ttier\tvote\treviewer",
        "recit-01\t5-9\tfear\tprimary\t1\tAnne",
        f"recit-01\t{fury}\tfury\ttertiary\t-1\tAnne",
        f"recit-01\t{fury}\trage\tsecondary\t-1\tAnne",
        f"recit-01\t{fury}\tanger\tprimary\t-1\tAnne",
        f"recit-01\t{start}-{end}\trage\tsecondary\t-1\tAnne",
        f"recit-01\t{start}-{end}\tjealousy\ttertiary\t1\tAnne",
        f"recit-01\t{start}-{end}\tenvy\tsecondary\t1\tAnne",
        f"recit-01\t{start}-{end}\tanger\tprimary\t1\tAnne",
        f"recit-01\t{start}-{end}\trage\tsecondary\t1\tBob",
        f"recit-01\t{start}-{end}\tanger\tprimary\t1\tBob",
        f"recit-01\t{both}\tenvy\tsecondary\t1\tBob",
        f"recit-01\t{both}\tanger\tprimary\t1\tBob",
    ]


LATER = {
    "changes add up": (
        ("mention", "change", of(narrative(), 1), {"emotion": "panic"}),
        ("mention", "change", of(narrative(), 1), {"mode": "suggested"}),
    ),
    "a component under its first name": (
        ("component", "change", FEELING, {"component": "thinking"}),
        ("component", "reject", FEELING, None),
    ),
    "both add it": (("mention", "add", None, NEW), ("mention", "add", None, NEW)),
    "rejected, and accepted after all": (("mention", "reject", of(narrative(), 2), None), ("mention", "accept", of(narrative(), 2), None)),
}


@pytest.mark.parametrize("name", LATER)
def test_one_file_after_the_other(reviews, name):
    n = narrative()
    first, second = ({**decision(*made), "time": f"2026-11-26T1{k}:00:00+01:00"} for k, made in enumerate(LATER[name]))
    one, other = reviews(file(first, of=n), file(second, of=n, reviewer="Bob"))
    together = apply(n, [one, other], True).narrative
    after = apply(apply(n, [one], True).narrative, [other], True)
    assert what(after.narrative) == what(together)
    if "accepted" in name:  # not kept whole, its roles are gone, and this is told
        (told,) = apply(apply(n, [one]).narrative, [other]).outcomes
        assert told.outcome == "restored" and "--keep-rejected" in told.reason


@pytest.mark.parametrize(("there", "now", "late"), [(1, 0, True), (0, 1, False)])
def test_files_out_of_turn_are_told(reviews, there, now, late):
    n = narrative()
    made = [
        file({**decision("mention", "accept", of(n, 1)), "time": f"2026-11-26T1{k}:00:00+01:00"}, of=n, reviewer=who)
        for k, who in enumerate(("Anne", "Bob"))
    ]
    found = apply(n, reviews(made[there])).narrative
    assert out_of_turn(pair([found], reviews(made[now]))) == ([n.id] if late else [])
    both = apply(found, reviews(made[now])).narrative
    assert out_of_turn(pair([both], reviews(*made))) == []

"""Whatever reviewers decide, in whatever order, on whatever the annotation has become: the result is valid and stays as it is."""

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ressenti.review.decisions.apply import apply
from ressenti.review.decisions.model import Decision
from ressenti.review.decisions.read import FORMAT, problems, reviews_of
from ressenti.schema import Mention, Narrative, json_schema
from review.decisions.files import TEXT, decision, file, mention, narrative, of, of_entity, of_role

VALID = Draft202012Validator(json_schema())
EMOTIONS = ["fear", "panic", "joy", "rage", "fury", "sadness"]
WORDS = ["peur", "ai peur", "furieuse", "est furieuse", "pleurait", "rage", "joie"]
BASE = narrative()
SPANS = [list(span) for entity in BASE.entities for span in entity.mentions]


@st.composite
def decisions(draw):
    """A file of up to eight decisions, with times in any order."""
    made = []
    for _ in range(draw(st.integers(1, 8))):
        about = draw(st.sampled_from(["mention", "mention", "role", "entity", "component"]))
        action = draw(st.sampled_from(["accept", "reject", "change", "add", "comment"] + ["join", "split"] * (about == "entity")))
        emotion, word = draw(st.sampled_from(EMOTIONS)), draw(st.sampled_from(WORDS))
        start = TEXT.index(word)
        cue = {"cue": [[start, start + len(word)]], "emotion": emotion}
        was = value = None
        if about == "mention":
            was, value = (
                of(BASE, draw(st.integers(1, 4))),
                draw(st.sampled_from([{"emotion": emotion}, {"cue": cue["cue"]}, {"mode": "suggested"}])),
            )
            value = {**cue, "mode": "labelled"} if action == "add" else value
        elif about == "role":
            was = of_role(BASE, draw(st.integers(1, 5)))
            who = draw(st.sampled_from(["NARRATOR", "E1", "E3", None]))
            value = draw(st.sampled_from([{"entity": who}, {"role": "target"}, {"span": draw(st.sampled_from(SPANS))}]))
            if action == "add":
                value = {name: was[name] for name in ("cue", "emotion")} | {
                    "role": "cause",
                    "span": draw(st.sampled_from(SPANS)),
                    "entity": who,
                }
        elif about == "component":
            was, value = {"component": "feeling", "span": [0, 18]}, {"component": "thinking"}
            value = {"component": "territory", "span": draw(st.sampled_from(SPANS))} if action == "add" else value
        else:
            one, other = draw(st.sampled_from(BASE.entities)), draw(st.sampled_from(BASE.entities))
            was, value = of_entity(BASE, one.id), of_entity(BASE, other.id)
            if action == "change":
                value = draw(st.sampled_from([{"label": "x"}, {"mentions": [draw(st.sampled_from(SPANS))]}]))
            elif action in ("add", "split"):
                leaving = draw(st.sampled_from(was["mentions"])) if action == "split" else draw(st.sampled_from(SPANS))
                value = {"entity": "E9", "mentions": [leaving]}
        item = decision(about, action, None if action == "add" else was, None, draw(st.integers(0, 59)), "?" * (action == "comment"))
        made.append(item | {"value": value if action in ("add", "change", "join", "split") else None})
    return made


NEWER = st.lists(
    st.builds(lambda word, emotion: (word, emotion), st.sampled_from(WORDS), st.sampled_from(EMOTIONS)), max_size=4, unique=True
)


def again(found: Narrative, pairs) -> Narrative:
    """The same text as other rules find it."""
    mentions: list[Mention] = [mention(n, word, emotion) for n, (word, emotion) in enumerate(pairs, 1)]
    return narrative(mentions=mentions, roles=[], provenance={**found.provenance, "rules": "0.2.0"})


@settings(max_examples=80, deadline=None)
@given(decisions(), decisions(), st.none() | NEWER)
def test_the_result_is_valid_and_doing_it_again_changes_nothing(one, other, newer):
    found = BASE if newer is None else again(BASE, newer)
    files = [file(*one), file(*other, reviewer="Bob")]
    assert not [fault for data in files for fault in problems(data)] and FORMAT
    reviews = [review for number, data in enumerate(files) for review in reviews_of(data, str(number))]
    first = apply(found, reviews)
    data = first.narrative.to_dict()
    VALID.validate(data)
    ids = {m["id"] for m in data["mentions"]}
    known = {e["id"] for e in data["entities"]}
    assert sorted(ids) == list(range(1, len(ids) + 1)) and len(known) == len(data["entities"])
    assert all(r["mention"] in ids and r["entity"] in known | {None} for r in data["roles"])
    told = {id(d) for review in reviews for d in review.decisions}
    assert len(first.outcomes) >= 1 and all(isinstance(d, Decision) for r in reviews for d in r.decisions) and told
    second = apply(first.narrative, reviews).narrative.to_dict()
    assert second == data


def what(found: Narrative):
    """All of a narrative but its numbers and its record."""
    data = found.to_dict()
    people = {e["id"]: (e["label"], sorted(e["mentions"]), e["id"] == "NARRATOR") for e in data["entities"]}
    marks = {
        m["id"]: [m[name] for name in ("cue", "emotion", "mode", "status", "intensity", "source", "confidence")] for m in data["mentions"]
    }
    roles = [[*marks[r["mention"]], r["role"], r["span"], r["source"], people.get(r["entity"])] for r in data["roles"]]
    return [sorted(map(str, part)) for part in (marks.values(), roles, people.values(), data["components"])]


def becomes(item):
    """What a mention is known by after a decision."""
    values = {**(item["was"] or {}), **(item["value"] or {})}
    return str(values["cue"]), values["emotion"]


def may_become(items):
    """What mentions may be known by after changes of several people, one of the cue, say, and one of the emotion; each once a mention."""
    found = []
    for number in {item["was"]["mention"] for item in items}:
        made = [values for item in items if item["was"]["mention"] == number for values in (item["was"], item["was"] | item["value"])]
        keys = {(str(one["cue"]), other["emotion"]) for one in made for other in made}
        found += keys - {becomes({"was": made[0], "value": None})}
    return found


def taken_out(items):
    """The characters that are rejected, and those that are joined with one of them: whoever is given to a role of theirs is gone too."""
    people = [item for item in items if item["about"] == "entity"]
    gone = {item["was"]["entity"] for item in people if item["action"] == "reject"}
    pairs = [{item["was"]["entity"], item["value"]["entity"]} for item in people if item["action"] == "join"]
    for _ in pairs:
        gone.update(*(pair for pair in pairs if pair & gone))
    return gone


@settings(max_examples=150, deadline=None)
@given(decisions(), decisions(), st.booleans())
def test_one_file_after_the_other_is_as_both_together(one, other, keep):
    """Where the later file comes later; but for what was rejected, and cues that are moved onto those of another mention."""
    one, other = ([{**d, "time": f"2026-11-26T{h}:{k:02}:00+01:00"} for k, d in enumerate(ds)] for h, ds in ((10, one), (11, other)))
    one = [item for item in one if item["action"] != "reject"]
    gone = taken_out(one + other)
    assume(not any(item["about"] == "role" and item["value"] and item["value"].get("entity") in gone for item in other))
    moved = [item for item in one + other if item["about"] == "mention" and {"cue", "emotion"} & {*((item["was"] and item["value"]) or ())}]
    changed = [becomes(item) for item in moved]
    others = [becomes({**item, "value": None if item["was"] else item["value"]}) for item in one + other if item["about"] == "mention"]
    there = {*others, *((str([list(p) for p in m.cue]), m.emotion) for m in BASE.mentions)}
    possible = may_become(moved)
    assume(one and not {*changed, *possible} & there)
    assume(len({*changed}) == len(changed) and len({*possible}) == len(possible))
    first, second = (reviews_of(file(*made, reviewer=who), who) for made, who in ((one, "Anne"), (other, "Bob")))
    together = apply(BASE, [*first, *second], keep).narrative
    after = apply(apply(BASE, first, keep).narrative, second, keep).narrative
    assert what(after) == what(together)

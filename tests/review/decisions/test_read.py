"""Files of decisions: what is wrong is told with file, place and reason, and nothing of the account."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ressenti.errors import InputError
from ressenti.review.decisions.checking import faults
from ressenti.review.decisions.read import json_schema, problems, read
from review.decisions.files import at, decision, file, narrative, of, of_entity, of_role

SCHEMA = Draft202012Validator(json_schema(), format_checker=None)


def every():
    """A file with a decision of every kind."""
    n = narrative()
    cue = {"cue": [list(at("rage"))], "emotion": "rage"}
    split = {"entity": "E9", "mentions": [list(at("il"))], "label": "lui"}
    component = {"component": "feeling", "span": [0, 18], "source": "given"}
    return file(
        decision("mention", "accept", of(n, 1)),
        decision("mention", "reject", of(n, 2)),
        decision("mention", "change", of(n, 3), {"emotion": "joy", "time": "past"}),
        decision("mention", "add", None, {**cue, "mode": "labelled"}),
        decision("mention", "comment", of(n, 3), comment="?"),
        decision("role", "accept", of_role(n, 1)),
        decision("role", "change", of_role(n, 2), {"entity": None}),
        decision("role", "add", None, {**cue, "role": "cause", "span": [1, 2]}),
        decision("entity", "join", of_entity(n, "E2"), of_entity(n, "E1")),
        decision("entity", "split", of_entity(n, "E3"), split),
        decision("entity", "change", of_entity(n, "E3"), {"label": "x"}),
        decision("component", "change", component, {"span": [0, 3]}),
        decision("component", "add", None, {"component": "territory", "span": [0, 3]}),
    ) | {"saved": "2026-11-26T12:00:00Z"}


def written(tmp_path, data):
    path = tmp_path / "d.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def test_reads_all_that_there_is(tmp_path):
    review = read(written(tmp_path, every()))[0]
    assert len(review.decisions) == 13 and review.reviewer == "Anne" and review.version == "0.1.0"
    assert review.decisions[2].was["cue"] == (at("pleurait"),) and review.decisions[2].place == "narratives[0].decisions[2]"
    assert review.entities["E3"][0] == at("lui")


def test_reads_a_file_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "d.json"
    path.write_text(json.dumps(every()), encoding="utf-8-sig")
    assert len(read(path)) == 1


DECISION = ("narratives", 0, "decisions", 2)
WRONG = [
    (("version",), 2, "version: is 2; this version of Ressenti reads 1"),
    (("format",), "labels", "is no file of decisions"),
    (("reviewer",), "", "reviewer: is empty"),
    (("reviewer",), "A\nB", "reviewer: is not of the form"),
    (("saved",), "hier", "saved: is no time"),
    (("saved",), "2026-11-26T12:00:00", "saved: is no time with its offset"),
    (("narratives", 0, "text_sha256"), "00", "narratives[0].text_sha256: is not of the form"),
    (("narratives", 0, "length"), 20, "but the narrative has 20 characters"),
    ((*DECISION, "about"), "mood", "narratives[0].decisions[2].about: is 'mood'; known: mention, role"),
    ((*DECISION, "action"), "join", "narratives[0].decisions[2].about: is 'mention'; it must be 'entity'"),
    ((*DECISION, "actoin"), "x", "has the key 'actoin', which is not known; did you mean 'action'?"),
    ((*DECISION, "value"), {}, "narratives[0].decisions[2].value: is empty"),
    ((*DECISION, "value"), None, "narratives[0].decisions[2].value: is not an object"),
    ((*DECISION, "value", "emotion"), "jpy", "value.emotion: is 'jpy', no emotion of the ontology; did you mean 'joy'?"),
    ((*DECISION, "value", "emotion"), 3, "narratives[0].decisions[2].value.emotion: is not a string"),
    ((*DECISION, "value", "intensity"), "très", "narratives[0].decisions[2].value.intensity: is something else; known: low"),
    ((*DECISION, "was", "cue"), [[9, 5]], "narratives[0].decisions[2].was.cue[0]: is [9, 5]: a span ends after it begins"),
    ((*DECISION, "was", "cue"), [[5]], "narratives[0].decisions[2].was.cue[0]: has 1 values; it must have 2"),
    ((*DECISION, "was", "cue"), [[5, 9, 9]], "narratives[0].decisions[2].was.cue[0]: has 3 values; it must have 2"),
    ((*DECISION, "was", "cue"), [], "narratives[0].decisions[2].was.cue: is empty"),
    ((*DECISION, "was", "cue"), [[True, 9]], "narratives[0].decisions[2].was.cue[0][0]: is not a whole number"),
    ((*DECISION, "was", "confidence"), 3, "narratives[0].decisions[2].was.confidence: is 3; it must be 0 or more, 1 or less"),
    ((*DECISION, "comment"), "\ud800", "narratives[0].decisions[2].comment: contains a NUL character or half of a character"),
    (("narratives", 0, "entities", "E1"), [[3, 3]], "narratives[0].entities['E1'][0]: is [3, 3]"),
]  # fmt: skip


@pytest.mark.parametrize(("place", "value", "told"), WRONG, ids=lambda value: str(value)[:60])
def test_says_what_is_wrong_and_where(tmp_path, place, value, told):
    data = every()
    at_ = data
    for step in place[:-1]:
        at_ = at_[step]
    at_[place[-1]] = value
    with pytest.raises(InputError) as error:
        read(written(tmp_path, data))
    assert told in str(error.value) and str(error.value).startswith(str(tmp_path / "d.json"))


@pytest.mark.parametrize("name", ["cue", "emotion"])
def test_says_what_is_missing(tmp_path, name):
    data = every()
    del data["narratives"][0]["decisions"][0]["was"][name]
    with pytest.raises(InputError, match=rf"narratives\[0\]\.decisions\[0\]\.was: lacks '{name}'"):
        read(written(tmp_path, data))


DAMAGED = [
    ("", "d.json:1: is empty"),
    (json.dumps(every(), indent=1)[:900], "is no JSON from column"),
    ('{"format": "ressenti-decisions", "format": "x"}', "has the key 'format' twice"),
    ('{"format": NaN}', "NaN is no value of JSON"),
    ("[" * 100_000, "nested too deep"),
    ('{"version": ' + "9" * 5000 + "}", "a number is too large"),
    ("[]", "is not an object"),
]


@pytest.mark.parametrize(("content", "told"), DAMAGED, ids=lambda value: str(value)[:30])
def test_a_damaged_file_is_told(tmp_path, content, told):
    with pytest.raises(InputError, match=told):
        read(written(tmp_path, content))


def test_an_unreadable_file_is_told(tmp_path):
    with pytest.raises(InputError, match=r"cannot be read \(No such file"):
        read(tmp_path / "none.json")
    (tmp_path / "latin.json").write_bytes('{\n"reviewer": "Zoé"}'.encode("latin-1"))
    with pytest.raises(InputError, match=r"latin\.json:2: is not in UTF-8"):
        read(tmp_path / "latin.json")


def test_words_of_an_account_are_never_shown(tmp_path):
    data = every()
    data["narratives"][0]["decisions"][0]["was"]["emotion"] = "Ma sœur est furieuse contre lui"
    with pytest.raises(InputError) as error:
        read(written(tmp_path, data))
    assert "sœur" not in str(error.value)


def places(data, path=()):
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for name, value in items:
        yield from places(value, (*path, name))


VALUES = st.sampled_from(
    [None, "", "x", -1, 0, 1, 2.5, True, [], [[0, 1]], {}, {"x": 1}, "accept", "join", "role", "2026-11-26T12:00:00Z"]
).map(copy.deepcopy)  # what is put into one file may be changed there


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_agrees_with_a_full_implementation_of_json_schema(data):
    """A file changed in any place is wrong for both or for neither."""
    changed = copy.deepcopy(every())
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from([path for path in places(changed) if path]))
        at_ = changed
        for step in path[:-1]:
            at_ = at_[step]
        if isinstance(at_, dict) and data.draw(st.booleans()):
            if data.draw(st.booleans()):
                del at_[path[-1]]
            else:
                at_[data.draw(st.sampled_from(["time", "emotion", "cue", "span", "zzz", "label", "value"]))] = data.draw(VALUES)
        else:
            at_[path[-1]] = data.draw(VALUES)
    own = [fault for fault in faults(changed, json_schema()) if "is no time" not in fault.reason]
    assert bool(own) == (not SCHEMA.is_valid(changed)), (list(map(str, own)), [e.json_path for e in SCHEMA.iter_errors(changed)])
    list(problems(changed))

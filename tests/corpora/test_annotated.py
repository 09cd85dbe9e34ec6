"""What is read as annotated is as the format wants it: nothing comes out that its schema would refuse."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import jsonschema
import pytest

from ressenti.corpora.annotated import BESIDE, read_annotations
from ressenti.errors import InputError
from ressenti.schema import Mention, Narrative, json_schema

EXAMPLE = json.loads((Path(__file__).parent.parent.parent / "examples" / "narratives.jsonl").read_text(encoding="utf-8").splitlines()[0])


def read(tmp_path, change):
    data = copy.deepcopy(EXAMPLE)
    change(data)
    file = tmp_path / "n.jsonl"
    file.write_text("\n" + json.dumps(data) + "\n", encoding="utf-8")
    [found] = read_annotations([str(file)])
    return found


@pytest.mark.parametrize(
    ("part", "key", "values", "reason"),
    [
        ("mentions", "confidence", [1.5, -0.1, True, "1", None, 10**400], "is not a number from 0 to 1"),
        ("mentions", "source", ["gold", "rule:"], "known: rule:…, model:… and review:…"),
        ("mentions", "source", [3], "is not a string"),
        ("mentions", "id", [0, -1, True, 1.5], "is not a whole number from 1"),
        ("mentions", "time", ["soon", 5, [1], {}], "is not one of past, present, future, habitual"),
        ("mentions", "reported", [5, ["Paul"]], "is not a string"),
        ("mentions", "entry", [5, ["peur"]], "is not a string"),
        ("mentions", "question", ["yes", 1, []], "is not true or false"),
        ("mentions", "wish", [0], "is not true or false"),
        ("mentions", "ambivalent_with", [1, ["1"], [True], [[1]], [1.5]], "is not a list of ids"),
        ("mentions", "review", ["x", 3, []], "is not an object"),
        ("roles", "confidence", [1.5, -0.1, True], "is not a number from 0 to 1"),
        ("roles", "source", ["x"], "known: rule:…, model:… and review:…"),
        ("roles", "mention", [True, 0, 99], "which no mention has as its id"),
        ("roles", "entity", [3, ["E1"]], "is not a string"),
    ],
)
def test_what_the_format_does_not_allow_is_told(tmp_path, part, key, values, reason):
    for value in values:
        found = read(tmp_path, lambda data, value=value: data[part][0].update({key: value}))
        assert isinstance(found, InputError), value
        assert found.line == 2 and f"{part}[0].{key} " in found.reason and reason in found.reason


def test_two_entities_have_no_id_in_common(tmp_path):
    found = read(tmp_path, lambda data: data["entities"].append(data["entities"][0]))
    assert "two entities have the id" in found.reason


@pytest.mark.parametrize("value", [5, ["1.0"], {}])
def test_versions_are_strings(tmp_path, value):
    assert "provenance.model is not a string" in read(tmp_path, lambda data: data["provenance"].update(model=value)).reason


def test_what_may_be_left_out_comes_out_valid(tmp_path):
    def bare(data):
        del data["provenance"]
        data["entities"] = []
        data["mentions"][0] |= {"time": None, "wish": None, "review": None, "reported": None, "colour": "red"}

    found = read(tmp_path, bare)
    assert isinstance(found, Narrative)
    jsonschema.validate(found.to_dict(), json_schema())


def test_a_mark_without_a_source_is_read_again_as_it_was_written(tmp_path):
    def unsigned(data):
        del data["mentions"][0]["source"], data["roles"][0]["source"]

    found = read(tmp_path, unsigned)
    assert found == read(tmp_path, lambda data: data.update(found.to_dict()))
    assert found == Narrative.from_dict(found.to_dict())
    assert (found.mentions[0].source, found.roles[0].source) == ("", "")


def test_the_optional_keys_are_those_of_the_schema():
    of_schema = json_schema()["properties"]["mentions"]["items"]["properties"]
    assert set(BESIDE) == set(of_schema) - set(Mention.__slots__)


@pytest.mark.parametrize(("name", "content"), [("a.tsv", b"a\tb\n1\t2\n"), ("a.txt", b"caf\x81\xe9 \x8d")])
def test_what_holds_no_marks_is_said_to_hold_none_without_options_that_would_not_help(name, content, tmp_path):
    (tmp_path / name).write_bytes(content)
    [found] = read_annotations([str(tmp_path / name)])
    assert isinstance(found, InputError) and "no marks can be read from it" in found.reason and "--" not in found.reason

"""The ``condition`` column, and the conditions that many lines share by a name."""

import re

import pytest

from ressenti.errors import DataError
from ressenti.ontology.vocabulary import VOCABULARY, _check_verbs, load_named, load_vocabulary, parse_conditions

NAMED = {"met": "preceded by: face à un|devant un; not beside: zoo"}


def test_a_name_stands_for_its_conditions():
    assert parse_conditions("@met", NAMED) == parse_conditions(NAMED["met"])
    assert [str(c) for c in parse_conditions("@met; not negated", NAMED)] == [
        "preceded by: face à un|devant un", "not beside: zoo", "not negated",
    ]  # fmt: skip


def test_an_unknown_name_is_told():
    with pytest.raises(ValueError, match=r"unknown condition '@meet'; conditions\.tsv lists"):
        parse_conditions("@meet", NAMED)


@pytest.mark.parametrize(
    ("lines", "line", "reason"),
    [
        (["met\tpreceded by: face à un", "met\tnegated"], 3, "'met' is there twice"),
        (["met\twhen it rains"], 2, "unknown condition 'when it rains'"),
        (["met\t"], 2, "holds no condition"),
        (["met\tnegated", "other\t@met"], 3, "unknown condition '@met'"),
    ],
)
def test_a_table_of_names_edited_into_nonsense(tmp_path, lines, line, reason):
    path = tmp_path / "conditions.tsv"
    path.write_text("\n".join(["name\tcondition", *lines]) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=re.escape(reason)) as told:
        load_named(path)
    assert told.value.line == line


def test_each_shipped_name_serves_several_lines():
    used = re.findall(r"@([\w-]+)", VOCABULARY.read_text(encoding="utf-8"))
    assert all(used.count(name) > 3 for name in load_named())
    assert any(entry.term == "lion" and "face à un" in str(entry.conditions) for entry in load_vocabulary())


def test_verbs_of_the_shipped_conditions_can_be_conjugated():
    for entry in load_vocabulary():
        _check_verbs(entry.conditions)

"""JSON Lines and JSON."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ressenti.corpora import Account, read
from ressenti.errors import InputError


def rows(tmp_path: Path, content: str | bytes, name: str = "a.jsonl", **options: Any) -> list[Account | InputError]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read([path], **options))


def row(tmp_path: Path, data: Any, **options: Any) -> Account:
    [item] = rows(tmp_path, json.dumps(data), **options)
    assert isinstance(item, Account), item
    return item


def test_rows_with_id_without_and_blank_lines_between(tmp_path: Path) -> None:
    content = '{"id": "x", "text": "Un.", "age": 31}\r\n\n  \n{"text": "Deux."}\n{"id": 7, "text": "Trois."}'
    first, second, third = rows(tmp_path, content)
    assert first == Account("x", "Un.", (), {"age": 31}, str(tmp_path / "a.jsonl"), line=1)
    assert isinstance(second, Account)
    assert (second.id, second.line) == ("a#2", 4)
    assert isinstance(third, Account)
    assert third.id == "7"


BAD = {
    '{"text": "oups"': "not JSON",
    '["oups"]': "not an object",
    '"oups"': "not an object",
    '{"id": "x"}': "no text",
    '{"text": null}': "not a string",
    '{"text": ["oups"]}': "not a string",
    '{"text": "\\ud800 oups"}': "lone surrogate",
    '{"text": "oups", "autre": {"k": ["\\udfff"]}}': "lone surrogate",
    '{"text": "oups", "\\ud800": 1}': "lone surrogate",
    '{"text": "\\u0000oups"}': "NUL",
    '{"text": "oups", "id": true}': "neither a string nor a number",
    '{"text": "oups", "id": ["x"]}': "neither a string nor a number",
    '{"text": "oups", "n": NaN}': "NaN",
    '{"text": "oups", "n": 1e999}': "too large",
    '{"text": "oups", "n": ' + "1" * 5000 + "}": "too large",
    '{"text": "oups", "n": ' + "[" * 200 + "]" * 200 + "}": "nested",
    '{"text": "oups", "n": ' + "[" * 200_000 + "]" * 200_000 + "}": "nested",
    '{"feeling": 3}': "'feeling' is not a string",
    "{'text': 'oups'}": "not JSON",
}


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad[:30])
def test_a_bad_row_is_named_and_the_rest_goes_on(tmp_path: Path, bad: str) -> None:
    first, wrong, last = rows(tmp_path, f'{{"text": "Un."}}\n{bad}\n{{"text": "Trois."}}\n')
    assert isinstance(first, Account)
    assert isinstance(last, Account)
    assert (first.id, last.id) == ("a#1", "a#3")
    assert isinstance(wrong, InputError)
    assert wrong.line == 2
    assert BAD[bad] in wrong.reason
    assert "oups" not in str(wrong)


def test_bytes_that_are_no_utf_8_and_nul_bytes_cost_one_row_each(tmp_path: Path) -> None:
    content = '{"text": "été"}\n{"text": "'.encode() + b'\xe9"}\n{"text": "a\0"}\n' + '{"text": "là"}\n'.encode()
    first, broken, nul, last = rows(tmp_path, content)
    assert isinstance(first, Account)
    assert isinstance(last, Account)
    assert isinstance(broken, InputError)
    assert (broken.line, broken.reason.startswith("some bytes cannot be read as utf-8")) == (2, True)
    assert isinstance(nul, InputError)
    assert (nul.line, "NUL" in nul.reason) == (3, True)


def test_other_encodings(tmp_path: Path) -> None:
    content = '{"text": "rien"}\n' * 5000 + '{"text": "été"}\n'
    for codec in ("utf-8-sig", "utf-16", "cp1252"):
        found = rows(tmp_path, content.encode(codec))
        assert isinstance(found[-1], Account)
        assert found[-1].text == "été"
        notices = [item.notices for item in found if isinstance(item, Account) and item.notices]
        assert notices == ([("read as Windows-1252",)] if codec == "cp1252" else [])


def test_utf_16_that_breaks_off(tmp_path: Path) -> None:
    *_, last = rows(tmp_path, '{"text": "a"}\n'.encode("utf-16") + b"\x00")
    assert isinstance(last, InputError)


def test_guided_narrative(tmp_path: Path) -> None:
    found = row(tmp_path, {"id": "g", "territory": "Chez moi.", "behavior": "J'ai crié.", "feeling": " ", "emotion": "anger"})
    assert found.text == "J'ai crié.\n\nChez moi."
    assert found.components == (("behavior", 0, 10), ("territory", 12, 21))
    assert found.extra == {"emotion": "anger"}
    assert row(tmp_path, {"thinking": "Non.", "feeling": None}).text == "Non."
    blank = row(tmp_path, {"thinking": "", "feeling": None})
    assert (blank.text, blank.components, blank.notices) == ("", (), ("empty",))


def test_the_project_s_guided_narratives() -> None:
    path = Path(__file__).parents[2] / "benchmarks" / "gold" / "guided-dev.jsonl"
    found = list(read([path]))
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(found) == len(lines)
    for item, line in zip(found, lines, strict=True):
        data = json.loads(line)
        assert isinstance(item, Account)
        assert item.id == data["id"]
        for name, start, end in item.components:
            assert item.text[start:end] == data[name]


def test_what_an_annotation_writes_is_dropped_and_given_components_are_kept(tmp_path: Path) -> None:
    components = [
        {"component": "feeling", "span": [0, 4], "source": "given"},
        {"component": "thinking", "span": [0, 4], "source": "rule:x"},
        {"component": "thinking", "span": [0, 40], "source": "given"},
        "?",
    ]
    written: dict[str, Any] = {name: [] for name in ("mentions", "roles", "entities", "provenance", "review")}
    found = row(tmp_path, {"text": "Peur", "components": components, "metadata": {"n": [1]}, **written})
    assert found.components == (("feeling", 0, 4),)
    assert found.extra == {"metadata": {"n": [1]}}


def test_duplicate_keys_and_named_keys(tmp_path: Path) -> None:
    [found] = rows(tmp_path, '{"text": "a", "text": "b"}')
    assert isinstance(found, Account)
    assert found.text == "b"
    named = row(tmp_path, {"corps": "Un.", "code": "c1"}, text_column="corps", id_column="code")
    assert (named.id, named.text) == ("c1", "Un.")


def test_json_file(tmp_path: Path) -> None:
    for name in ("a.json", "a.jsonl"):
        [single] = rows(tmp_path, '{\n "text": "Un."\n}', name)
        assert isinstance(single, Account)
        assert (single.id, single.text) == ("a", "Un.")
        first, wrong, last = rows(tmp_path, '[{"text": "Un."}, {"texte": "oups"},\n {"text": "Deux."}]', name)
        assert isinstance(first, Account)
        assert isinstance(last, Account)
        assert (first.id, last.id) == ("a#1", "a#3")
        assert isinstance(wrong, InputError)
        assert "item 2: no text" in wrong.reason
    [one_line] = rows(tmp_path, '{"text": "Un."}', "a.json")
    assert isinstance(one_line, Account)
    assert one_line.id == "a"
    lines = rows(tmp_path, '{"text": "Un."}\n\n{"text": "Deux."}\n', "a.json")
    assert [item.id for item in lines if isinstance(item, Account)] == ["a#1", "a#2"]


@pytest.mark.parametrize("content", ["", "[", '{"text": "a",}', '{\n"text": "a"\n}\n{}', "[" * 200_000])
def test_broken_json_file(tmp_path: Path, content: str) -> None:
    [item] = rows(tmp_path, content, "a.json")
    assert isinstance(item, InputError)


def test_an_empty_jsonl_has_no_account(tmp_path: Path) -> None:
    assert rows(tmp_path, "") == []


def test_five_megabytes_in_one_line(tmp_path: Path) -> None:
    text = "J'ai été triste. " * 300_000
    assert row(tmp_path, {"text": text}).text == text


def test_memory_is_bounded_by_the_longest_line(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for _ in range(4000):
            stream.write(json.dumps({"text": "J'ai été triste. " * 300}, ensure_ascii=False) + "\n")
    assert path.stat().st_size > 20_000_000
    tracemalloc.start()
    assert sum(isinstance(item, Account) for item in read([path])) == 4000
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), ascii_=st.booleans())
def test_text_comes_back_as_it_was(tmp_path: Path, text: str, ascii_: bool) -> None:
    [item] = rows(tmp_path, json.dumps({"text": text}, ensure_ascii=ascii_))
    assert isinstance(item, Account)
    assert item.text == text


@given(answers=st.lists(st.text(), min_size=4, max_size=4))
def test_components_stand_where_their_answers_stand(answers: list[str]) -> None:
    from ressenti.corpora.rows import join_answers
    from ressenti.schema import COMPONENTS

    given_ = dict(zip(COMPONENTS, answers, strict=True))
    text, spans = join_answers(given_)
    assert {name: text[start:end] for name, start, end in spans} == {k: v for k, v in given_.items() if v.strip()}

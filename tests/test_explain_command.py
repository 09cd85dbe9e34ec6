"""``ressenti explain``: what people and tools read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ressenti.cli import cli

SENTENCE = "Je suis triste parce que tu pars."


@pytest.fixture(autouse=True)
def _loaded(monkeypatch: pytest.MonkeyPatch, annotator: object) -> None:
    """One annotator for all commands without tables or rules of their own."""
    import ressenti

    load = ressenti.load
    monkeypatch.setattr(ressenti, "load", lambda vocabulary=(), rules=(): load(vocabulary, rules) if vocabulary or rules else annotator)


def explain(*words: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["explain", *words], input=stdin)


def test_the_sentence_is_drawn_with_its_cue_and_roles_below_it() -> None:
    assert explain(SENTENCE).output.splitlines()[:4] == [
        "  Je suis triste parce que tu pars.",
        "  ──      ━━━━━━           ───────",
        "  experiencer              cause",
        "          ¹ sadness",
    ]


@pytest.mark.parametrize("said", ["adjective-cause", "adjectives.yaml:", "vocabulary_fr.tsv:", "by because", "@because → ", "NARRATOR"])
def test_the_reasons_name_rule_entry_path_and_place(said: str) -> None:
    assert said in explain(SENTENCE).output


def test_json_gives_the_same_mentions_as_annotate() -> None:
    found = json.loads(explain("--json", SENTENCE).output)
    assert [(m["emotion"], m["cue"], [r["role"] for r in m["roles"]]) for m in found["mentions"]] == [
        ("sadness", [[8, 14]], ["experiencer", "cause"])
    ]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("triste", "in a mention sentence 1"),
        ("because", "fired"),
        ("since", "breaks at since"),
        ("becuse", "rule:because"),
        ("pars", "pars"),
    ],
)
def test_why_not(asked: str, said: str) -> None:
    assert said in explain("--why-not", asked, SENTENCE).output


def test_what_does_not_look_french_is_told_as_annotate_tells_it() -> None:
    assert "note: does not look like French (English?)" in explain("I was so afraid of what they would think of me.").stderr
    assert "note" not in explain(SENTENCE).stderr


def test_a_file_and_standard_input_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(SENTENCE, encoding="utf-8")
    assert "sadness" in explain(str(file)).output
    assert "sadness" in explain("-", stdin=SENTENCE).output


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [(["nowhere.txt"], 3, "no such file"), (["--rules", "/nowhere.yaml", SENTENCE], 3, "nowhere"), (["Il pleut."], 0, "no emotion")],
)
def test_what_goes_wrong_is_said_in_a_line(words: list[str], status: int, said: str) -> None:
    result = explain(*words)
    assert (result.exit_code, said in result.output) == (status, True)
    assert "Traceback" not in result.output


def test_no_colours_outside_a_terminal_and_where_asked_for_them() -> None:
    assert "\x1b[" not in explain(SENTENCE).output
    assert "\x1b[" in explain("--color", "always", SENTENCE).output


def test_lines_stay_within_the_width() -> None:
    text = "Ce matin-là, comme tous les matins, ma mère était furieuse contre mon frère parce qu'il avait oublié ses clefs à la maison."
    assert all(len(line) <= 82 for line in explain(text).output.splitlines())

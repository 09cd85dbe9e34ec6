"""``ressenti rules``: list, show, check, coverage."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from beside import beside
from ressenti.cli import cli

RULE = """rules:
  - id: mine
    about: « triste » after all
    trigger: {construction: adj-cause}
    when: [governor(être/V)]
    roles: {experiencer: [subject]}
    examples:
      - <r e=1 role=experiencer>Tu</r> es <e id=1 emotion=EMOTION>triste</e>.
"""
GOLD = {
    "id": "one",
    "text": "Je suis triste parce que tu pars.",
    "mentions": [{"id": 1, "cue": [[8, 14]], "emotion": "sadness", "mode": "labelled", "status": "affirmed", "intensity": "medium"}],
    "roles": [{"mention": 1, "role": "cause", "span": [25, 32]}],
}


@pytest.fixture
def shipped(monkeypatch: pytest.MonkeyPatch, annotator: object) -> None:
    """One annotator for commands without tables or rules of their own."""
    monkeypatch.setattr("ressenti.load", lambda vocabulary=(), rules=(): annotator)


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["rules", *words])


def test_list_by_group_and_construction() -> None:
    rules = json.loads(run("list", "--json").output)
    assert {rule["group"] for rule in rules} == {"core", "circumstance", "consequence"}
    assert {rule["group"] for rule in json.loads(run("list", "--group", "consequence", "--json").output)} == {"consequence"}
    fitting = {rule["id"] for rule in json.loads(run("list", "--construction", "adj-cause", "--json").output)}
    assert {"adjective-cause", "because"} <= fitting
    assert not fitting & {"noun-felt-cause", "jumps"}
    assert "circumstances.yaml:" in run("list").output


@pytest.mark.parametrize(
    "said",
    ["parce que P", "circumstances.yaml:", "entries of the vocabulary", "first word of the clause", "[triste] experiencer: Je", "not in"],
)
def test_show_says_what_a_rule_is(said: str) -> None:
    assert said in " ".join(run("show", "because").output.split())


def test_an_unknown_rule_or_construction_is_answered_with_its_like() -> None:
    assert "did you mean 'because'" in " ".join(run("show", "becaus").output.split())
    assert run("list", "--construction", "adj-couse").exit_code == 2


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        (("EMOTION", "sadness"), 0, ""),
        (("EMOTION", "joy"), 1, ":8: emotion of ‹triste› is sadness, not joy"),
        (("[subject]", "[subjekt]"), 1, ":6: rule 'mine': unknown function 'subjekt'; did you mean 'subject'?"),
        (("[governor(être/V)]", "[agent]"), 1, "the rule 'mine' does not fire"),
        (("about", "abuot"), 1, "abuot"),
    ],
)
def test_check_says_what_is_wrong_and_where(tmp_path: Path, change: tuple[str, str], status: int, said: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(RULE.replace(*change).replace("EMOTION", "sadness"), encoding="utf-8")
    result = run("check", str(file))
    assert result.exit_code == status
    assert said in result.output
    assert not said or str(file) in result.output


MARKED = "<r e=1 role=experiencer>Tu</r> es <e id=1 emotion=EMOTION>triste</e>."


@pytest.mark.parametrize(
    ("example", "said"),
    [
        ("Tu es <e id=1 time=past>triste</e>.", "unknown attribute of a mark 'time'"),
        (MARKED.replace("triste</e>", "triste</e> <r e=2 role=cause>ce soir</r>"), "there is no <e id=2>"),
        ('Tu es <e id="1">triste</e>.', "must have the number of its mention, without quotation marks, as in id=1"),
        ("<r e=a role=experiencer>Tu</r> es <e id=1>triste</e>.", "must have the number of its mention"),
    ],
)
def test_check_says_what_is_wrong_in_a_mark(tmp_path: Path, example: str, said: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(RULE.replace(MARKED, example.replace("EMOTION", "sadness")), encoding="utf-8")
    result = run("check", str(file))
    assert result.exit_code == 1
    assert f"{file}:8: " in result.stdout and said in result.stdout


@pytest.mark.parametrize(("rules", "words"), [("nofile.yaml", None), ("mine.yaml", "nofile.tsv"), ("mine.yaml", "wrong.tsv")])
def test_check_of_what_cannot_be_used_ends_as_other_commands_do(tmp_path: Path, rules: str, words: str | None) -> None:
    (tmp_path / "mine.yaml").write_text(RULE.replace("EMOTION", "sadness"), encoding="utf-8")
    (tmp_path / "wrong.tsv").write_text("term\n", encoding="utf-8")
    result = run("check", str(tmp_path / rules), *(("--vocabulary", str(tmp_path / words)) if words else ()))
    assert (result.exit_code, result.stdout) == (3, "")
    assert (words or rules) in result.stderr


@pytest.mark.usefixtures("shipped")
class TestCoverage:
    @pytest.fixture
    def gold(self, tmp_path: Path) -> Path:
        file = tmp_path / "gold.jsonl"
        file.write_text(json.dumps(GOLD) + "\n" + json.dumps(GOLD | {"id": "two", "text": "Il pleut.", "mentions": [], "roles": []}) + "\n")
        return file

    def test_counts_and_right_of_judged(self, gold: Path) -> None:
        found = json.loads(run("coverage", "--json", str(gold)).output)
        row = {row["rule"]: row for row in found["rules"]}
        assert (found["accounts"], found["mentions"]) == (2, 1)
        assert (row["because"]["fired"], row["because"]["judged"], row["because"]["right"]) == (1, 1, 1)
        assert (row["adjective-cause"]["judged"], row["adjective-cause"]["right"]) == (2, 1)  # no experiencer is marked
        assert "because" not in found["never"]
        assert "since" in found["never"]

    def test_overlaps_and_who_won(self, tmp_path: Path) -> None:
        file = tmp_path / "a.txt"
        file.write_text("Ce n'est pas de la tristesse que j'ai ressentie.", encoding="utf-8")
        pairs = {(pair["kind"], pair["first"], pair["second"]) for pair in json.loads(run("coverage", "--json", str(file)).output)["pairs"]}
        assert ("overlap", "noun-focus-object", "noun-felt-cause") in pairs

    def test_rules_that_lost_have_a_row_and_ones_own_stand_apart(self, tmp_path: Path, annotator: object, monkeypatch) -> None:
        own, file = tmp_path / "mine.yaml", tmp_path / "a.txt"
        rule = "  - id: {id}\n    trigger: {{form: ronchonchonna}}\n    when: [{when}]\n"
        rule += "    mention: {{emotion: grumpiness, mode: behavioural}}\n"
        own.write_text(
            "rules:\n" + rule.format(id="mine-first", when="subject") + rule.format(id="mine-second", when="self"), encoding="utf-8"
        )
        file.write_text("Il ronchonchonna.", encoding="utf-8")
        monkeypatch.setattr("ressenti.load", lambda vocabulary=(), rules=(): beside(annotator, [own]))
        lines = run("coverage", "--rules", str(own), str(file)).output.splitlines()
        assert next(line for line in lines if line.startswith("mine-second")).split()[1:] == ["0", "0", "0", "0", "1", "0"]
        assert "yours: mine-second" in lines

    def test_csv_and_that_no_cell_is_a_formula(self, gold: Path) -> None:
        rows = list(csv.DictReader(io.StringIO(run("coverage", "--csv", str(gold)).output)))
        assert {"rule", "fired", "right", "conflicts"} <= rows[0].keys()
        assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row.values())

    def test_no_text_of_an_account_unless_asked_for(self, tmp_path: Path) -> None:
        file, out = tmp_path / "a.txt", tmp_path / "out.txt"
        file.write_text("Ce n'est pas de la tristesse que j'ai ressentie.", encoding="utf-8")
        assert "ressentie" not in run("coverage", str(file)).output + run("coverage", "--json", str(file)).output
        assert run("coverage", "--examples", "1", "-o", str(out), str(file)).exit_code == 0
        assert "ressentie" in out.read_text(encoding="utf-8")
        assert os.name == "nt" or stat.S_IMODE(out.stat().st_mode) == 0o600

    def test_files_that_cannot_be_read(self, gold: Path) -> None:
        assert run("coverage", str(gold), "/nowhere.txt").exit_code == 1
        assert run("coverage", "/nowhere.txt").exit_code == 3

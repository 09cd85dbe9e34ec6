"""``ressenti trajectory``: what people and tools get."""

from __future__ import annotations

import csv
import io
import json
import stat

import pytest
from click.testing import CliRunner

from graph.accounts import annotated
from graph.trajectory.made import narrative
from ressenti.cli import cli
from ressenti.graph.trajectory.series import series


@pytest.fixture
def accounts(tmp_path):
    path = tmp_path / "annotated.jsonl"
    path.write_text("".join(one.to_json() + "\n" for one in annotated()), encoding="utf-8")
    return str(path)


def trajectory(*words):
    return CliRunner().invoke(cli, ["trajectory", *map(str, words)])


def test_csv_by_default(accounts):
    rows = list(csv.DictReader(io.StringIO(trajectory(accounts).stdout)))
    assert [row["sentence"] for row in rows if row["id"] == "orage"] == ["1", "2", "3"]


def test_the_suffix_says_the_format(accounts, tmp_path):
    for suffix, begin in (("json", b'{"id"'), ("jsonl", b'{"id"'), ("svg", b"<?xml"), ("png", b"\x89PNG")):
        out = tmp_path / f"out.{suffix}"
        assert trajectory(accounts, "-o", out).exit_code == 0
        assert out.read_bytes().startswith(begin)
        assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_an_ending_that_means_nothing_is_refused(accounts, tmp_path):
    result = trajectory(accounts, "-o", tmp_path / "out.pdf")
    assert result.exit_code == 2 and ".csv, .json, .jsonl, .svg, .png" in " ".join(result.stderr.split()) and not any(tmp_path.glob("out*"))
    assert trajectory(accounts, "-o", tmp_path / "out").exit_code == 0 and (tmp_path / "out").read_bytes().startswith(b"id,of")
    assert trajectory(accounts, "--format", "csv", "-o", tmp_path / "out.pdf").exit_code == 0


def test_options_reach_the_series(accounts):
    lines = [json.loads(line) for line in trajectory(accounts, "--format", "json", "--window", "4", "--of", "E1").stdout.splitlines()]
    assert {(line["method"]["window"], line["of"]) for line in lines} == {(4, "E1")}


@pytest.mark.parametrize("more", [[], ["--transitions"]])
def test_an_entity_that_no_account_has_is_told(accounts, more):
    result = trajectory(accounts, "--of", "E99", *more)
    assert result.exit_code == 0 and "note: no account has an entity E99" in result.stderr and "of E99 was found" not in result.stderr
    assert bool(more) or "note: 'orage': has no entity E99" in result.stderr
    assert "no account has" not in trajectory(accounts, "--of", "E1", *more).stderr


@pytest.mark.parametrize(("of", "said"), [("NARRATOR", "of the narrator was"), ("all", "no emotion was"), ("E1", "of E1 was")])
def test_a_person_who_feels_nothing_is_told(tmp_path, of, said):
    path = tmp_path / "calm.jsonl"
    row = {"id": "calm", "text": "Paul mange.", "mentions": [], "entities": [{"id": "E1", "label": "Paul", "mentions": [[0, 4]]}]}
    path.write_text(json.dumps(row), encoding="utf-8")
    result = trajectory(path, "--of", of)
    assert result.exit_code == 0 and "note: 'calm': no emotion" in result.stderr and f"{said} found" in result.stderr
    assert "no account has" not in result.stderr


def test_values_of_ones_own(accounts, tmp_path):
    table = tmp_path / "values.tsv"
    table.write_text("key\tvalence\tarousal\tsource\nfear\t1\t1\tme\n", encoding="utf-8")
    line = json.loads(trajectory(accounts, "--format", "json", "--values", table).stdout.splitlines()[0])
    assert line["sentences"][0]["emotions"][0]["valence"] == 1
    table.write_text("key\tvalence\n", encoding="utf-8")
    result = trajectory(accounts, "--values", table)
    assert result.exit_code == 3 and "values.tsv:1: lacks the column 'arousal'" in result.stderr


def test_transitions(accounts, tmp_path):
    rows = list(csv.DictReader(io.StringIO(trajectory(accounts, "--transitions", "--each", "--lang", "en").stdout)))
    assert [row["id"] for row in rows][-1] == "(all)" and "orage" in {row["id"] for row in rows}
    assert sum(int(row["count"]) for row in rows if row["id"] == "(all)") == sum(int(row["count"]) for row in rows if row["id"] != "(all)")
    matrix = json.loads(trajectory(accounts, "--transitions", "--format", "json", "--tier", "tertiary").stdout)
    assert matrix["id"] is None and matrix["narratives"] == 3 and "guilt" in matrix["emotions"]
    out = tmp_path / "matrix.svg"
    assert trajectory(accounts, "--transitions", "-o", out).exit_code == 0 and "<svg" in out.read_text(encoding="utf-8")


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.csv"
    rows = [
        f"{one.id},{point.sentence},{point.line.valence:.4f},{point.line.arousal:.4f}"
        for one in annotated()
        for point in series(one).points
    ]
    path.write_text("id,sentence,valence,arousal\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_gold(accounts, gold):
    table = trajectory(accounts, "--gold", gold)
    assert table.exit_code == 0 and "orage (3)" in table.stdout and "1.000" in table.stdout
    figures = json.loads(trajectory(accounts, "--gold", gold, "--format", "json", "--bootstrap", "50").stdout)
    assert figures["figures"]["valence"]["ccc"]["value"] == 1 and figures["figures"]["valence"]["rmse"]["bounds"][1] < 0.001
    rows = list(csv.DictReader(io.StringIO(trajectory(accounts, "--gold", gold, "--format", "csv").stdout)))
    assert [row["id"] for row in rows] == ["orage", "depart", "chien", "(all)"]


def test_gold_that_does_not_fit_is_told(accounts, gold, tmp_path):
    text = gold.read_text(encoding="utf-8")
    gold.write_text(text.replace("orage,3", "orage,4") + "elsewhere,1,0,0\n", encoding="utf-8")
    result = trajectory(accounts, "--gold", gold)
    assert result.exit_code == 1
    assert "'orage': the gold has 3 sentences" in result.stderr and "1 of the 4 narratives of the gold" in result.stderr
    gold.write_text("id,sentence,valence,arousal\nelsewhere,1,0,0\n", encoding="utf-8")
    assert trajectory(accounts, "--gold", gold, "-o", tmp_path / "x.pdf").exit_code == 2
    result = trajectory(accounts, "--gold", gold, "-o", tmp_path / "x.csv")
    assert result.exit_code == 3 and not (tmp_path / "x.csv").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--gold", "g.csv", "--format", "svg"], "it goes with no picture"),
        (["--gold", "g.csv", "--transitions"], "not with --transitions"),
        (["--each"], "--each goes with --transitions"),
        (["--gold-scale", "1", "0"], "the first number is the least"),
        (["--window", "-1"], "is not in the range"),
    ],
)
def test_wrong_calls(accounts, words, message):
    result = trajectory(accounts, *words)
    assert result.exit_code == 2 and message in " ".join(result.stderr.split())


def test_many_narratives_are_no_picture(tmp_path):
    path = tmp_path / "many.jsonl"
    path.write_text("".join(narrative(1, id=str(n)).to_json() + "\n" for n in range(41)), encoding="utf-8")
    result = trajectory(path, "--format", "svg", "-o", tmp_path / "x.svg")
    assert result.exit_code == 2 and "more than 40" in result.stderr and not (tmp_path / "x.svg").exists()
    assert trajectory(path).exit_code == 0

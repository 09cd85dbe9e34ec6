"""``ressenti patterns``."""

from __future__ import annotations

import json
import stat

import pytest
from click.testing import CliRunner

from graph.accounts import annotated, everything
from ressenti.cli import cli
from ressenti.cli.patterns import KINDS as SHOWN_KINDS
from ressenti.cli.patterns import TIERS as SHOWN_TIERS
from ressenti.graph.patterns import KINDS
from ressenti.graph.patterns.felt import TIERS


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("patterns") / "recits.jsonl"
    path.write_text("".join(narrative.to_json() + "\n" for narrative in everything()), encoding="utf-8")
    return str(path)


def run(*words, **options):
    result = CliRunner().invoke(cli, ["patterns", *words], **options)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_knows_all_kinds_and_tiers():
    assert SHOWN_KINDS == KINDS and SHOWN_TIERS == TIERS


def test_files_are_shown(file):
    code, out, _ = run(file)
    assert (
        code == 0
        and out.count("═\n") == len(everything())
        and "« mon père a crié »".replace(" ", "\u00a0", 1) in out.replace("\u00a0»", " »")
    )
    assert run("show", file)[1] == out
    assert run("--lang", "en", "--kind", "denied", file)[1].count("Emotions denied") == 2


def test_standard_input_and_length():
    lines = "".join(narrative.to_json() + "\n" for narrative in annotated())
    code, out, _ = run("--kind", "chains", "--length", "3", "--format", "json", "-", input=lines)
    assert code == 0
    chains = [json.loads(line)["patterns"]["chains"] for line in out.splitlines()]
    assert [[step["emotion"] for step in chain["steps"]] for of in chains for chain in of] == [["hostility", "guilt", "rage"]]
    assert chains[2][0]["links"][1] == {"kind": "cause", "from": 5, "to": 6, "words": {"text": "cette culpabilité", "spans": [[104, 121]]}}


@pytest.mark.parametrize("command", ["show", "count", "over-time"])
@pytest.mark.parametrize("form", ["text", "json", "tsv"])
def test_formats(command, form, file, tmp_path):
    output = tmp_path / "out"
    code, out, _ = run(command, file, "--format", form, "-o", str(output))
    written = output.read_text(encoding="utf-8")
    assert (code, out) == (0, "") and stat.S_IMODE(output.stat().st_mode) == 0o600
    assert run(command, file, "--format", form)[1] == written
    if form == "json":
        assert [json.loads(line) for line in written.splitlines()]
    if form == "tsv":
        assert len({line.count("\t") for line in written.splitlines()}) == 1


@pytest.mark.parametrize(("command", "ending", "begins"), [
    ("show", "txt", "Récit"), ("show", "json", '{"id"'), ("show", "jsonl", '{"id"'), ("count", "tsv", "pattern\t"),
    ("count", "JSON", '{"narr'), ("over-time", "svg", "<svg"), ("over-time", "tsv", "kind\t"),
])  # fmt: skip
def test_the_ending_says_the_format(command, ending, begins, file, tmp_path):
    output = tmp_path / f"out.{ending}"
    assert run(command, file, "-o", str(output))[0] == 0 and output.read_text(encoding="utf-8").startswith(begins)
    code, *_ = run(command, "-o", str(output), file, "--format", "text")
    assert code == 0 and output.read_text(encoding="utf-8").startswith(begins) == (ending == "txt")


def test_an_ending_that_means_nothing_is_refused(file, tmp_path):
    for command, ending, known in (("show", "svg", ".tsv, or"), ("central", "pdf", ".tsv, or"), ("over-time", "csv", ".tsv, .svg, or")):
        code, _, said = run(command, file, "-o", str(tmp_path / f"out.{ending}"))
        assert code == 2 and f".txt, .json, .jsonl, {known} say --format" in " ".join(said.split())
    assert not any(tmp_path.iterdir())


def test_a_strip(file):
    code, out, _ = run("over-time", file, "--format", "svg")
    assert code == 0 and out.startswith("<svg") and "<title>" in out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("central",), 3, "5 narratives are too few for anything to be central; give 10 or more"),
        (("over-time", "--by", "jour"), 3, "narrative 'orage' is left out: its 'jour' is empty"),
        (("cout",), 2, "did you mean 'count'?"),
        (("show", "--kind", "x"), 2, "is not one of"),
        (("show", "--length", "1"), 2, "1 is not in the range x>=2"),
    ],
)
def test_what_cannot_be_done(words, code, said, file):
    found = run(*words, file)
    assert found[0] == code and said in found[2] and not found[1]


def test_a_date_that_cannot_be_read_costs_its_narrative_alone(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("id;date;participant;texte\na;21/3/24;P1;J’ai peur.\nb;hier;P1;J’ai peur.\nc;1/2/24;P2;J’ai honte.\n", encoding="utf-8")
    code, out, said = run("over-time", str(path), "--by", "date", "--format", "json")
    assert code == 1 and [one["id"] for one in json.loads(out)["narratives"]] == ["c", "a"]
    assert "note: narrative 'b' is left out: its 'date' is no date" in said and "hier" not in said
    assert "'participant' has 2 values" in said


def test_inputs_that_fail(file, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "x", "text": "Hum.", "mentions": [{}]}\n', encoding="utf-8")
    for command in ("show", "count", "over-time"):
        code, out, said = run(command, str(bad))
        assert code == 3 and "mentions[0].id is not a whole number" in said, command
        assert command == "show" or not out
        code, out, said = run(command, str(bad), file)
        assert code == 1 and out and "1 of 6 inputs failed" in said
    assert run(file, "-o", file)[0] == 2

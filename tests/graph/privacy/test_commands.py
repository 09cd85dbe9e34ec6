"""``--identifying`` and ``ressenti identifying``: how many are told, which are in a file of one's own."""

import stat

import pytest
from click.testing import CliRunner

from ressenti.cli import cli

TEXT = "Marie Dupont m’a appelée au 06 12 34 56 78. J’étais furieuse contre Jean-Marc."
TOLD = "ressenti: note: identifying strings: 2 names, 1 telephone number"
STRINGS = ("Marie", "Jean-Marc", "06 12")


@pytest.fixture
def run(tmp_path, monkeypatch, annotator):
    import ressenti

    monkeypatch.setattr(ressenti, "load", lambda *_: annotator)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "r.txt").write_text(TEXT, encoding="utf-8")
    return lambda *words: CliRunner().invoke(cli, [*words])


def test_an_export_says_what_is_left(run):
    done = run("export", "r.txt", "-o", "r.ttl")
    assert (done.exit_code, done.stderr) == (0, f"{TOLD}; --identifying FILE lists them\n")
    assert run("export", "r.txt", "-o", "r.ttl", "--identifying", "none").stderr == ""
    for option in (["--no-text"], ["--pseudonymise", "t.tsv"]):
        assert "no identifying string was found" in run("export", "r.txt", "-o", "r.ttl", *option).stderr


@pytest.mark.parametrize(
    "command",
    [
        ["export", "r.txt", "-o", "r.ttl"],
        ["export", "r.txt", "--format", "brat", "-o", "brat"],
        ["graph", "r.txt", "-o", "r.svg"],
        ["graph", "r.txt", "--separate", "-o", "graphs"],
        ["review", "page", "r.txt", "-o", "r.html"],
    ],
)
def test_the_list_is_for_its_owner(run, command, tmp_path):
    done = run(*command, "--identifying", "list.tsv")
    assert done.exit_code == 0 and TOLD in done.stderr and not any(string in done.stderr for string in STRINGS)
    found = tmp_path / "list.tsv"
    assert stat.S_IMODE(found.stat().st_mode) == 0o600
    assert [line.split("\t")[2::3] for line in found.read_text(encoding="utf-8").splitlines()[1:]] == [
        ["name", "Marie Dupont"], ["telephone", "06 12 34 56 78"], ["name", "Jean-Marc"],
    ]  # fmt: skip


def test_a_command_of_its_own(run):
    done = run("identifying", "r.txt")
    assert done.exit_code == 0 and done.stderr == f"{TOLD}\n" and done.stdout.count("\n") == 4


@pytest.mark.parametrize("place", ["r.txt", "r.ttl", "t.tsv", "-"])
def test_the_list_replaces_nothing_else(run, place):
    done = run("export", "r.txt", "-o", "r.ttl", "--pseudonymise", "t.tsv", "--identifying", place)
    assert done.exit_code == 2 and "--identifying" in done.stderr


def test_a_name_that_is_met_late_is_replaced_before(run, tmp_path):
    (tmp_path / "o.csv").write_text("code;texte\nZivko;J’ai peur.\nb;Mme Zivko m’a fait honte.\n", encoding="utf-8")
    command = ["export", "o.csv", "--pseudonymise", "t.tsv", "-o"]
    for name in ("1.jsonl", "2.jsonl"):
        done = run(*command, name)
        assert done.exit_code == 0 and "read once" not in done.stderr and "already" not in done.stderr
    first = (tmp_path / "1.jsonl").read_text(encoding="utf-8")
    assert first == (tmp_path / "2.jsonl").read_text(encoding="utf-8") and "Zivko" not in first


def test_what_is_piped_in_is_read_once_which_is_told(run, tmp_path):
    text = (tmp_path / "r.txt").read_text(encoding="utf-8")
    done = CliRunner().invoke(cli, ["export", "--pseudonymise", "t.tsv"], input=text)
    assert done.exit_code == 0 and "is read once" in done.stderr and not any(string in done.stderr for string in STRINGS)


def test_what_is_pseudonymised_twice_is_told(run):
    assert "already" not in run("export", "r.txt", "--pseudonymise", "t.tsv", "-o", "1.jsonl").stderr
    assert "already" in run("export", "1.jsonl", "--pseudonymise", "t.tsv", "-o", "2.jsonl").stderr
    assert "already" not in run("export", "r.txt", "--pseudonymise", "t.tsv", "-o", "3.jsonl").stderr

"""``ressenti review agree``: two files of decisions and narratives in, figures out; no word of the account but in the page."""

import json
import stat

import pytest
from click.testing import CliRunner

from ressenti.cli import cli
from ressenti.corpora.writing import json_line
from review.decisions.files import decision, file, narrative, of


@pytest.fixture
def files(tmp_path):
    n = narrative()
    made = {"anne": (decision("mention", "reject", of(n, 2)),), "bob": (), "half": ()}
    for name, decisions in made.items():
        data = file(*decisions, reviewer=name.capitalize(), done=name != "half")
        (tmp_path / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "in.jsonl").write_text(json_line(n), encoding="utf-8")
    return tmp_path


def agree(files, *words, other="bob"):
    return CliRunner().invoke(cli, ["review", "agree", *(str(files / name) for name in ("anne.json", f"{other}.json", "in.jsonl")), *words])


def test_table(files):
    done = agree(files)
    assert done.exit_code == 0, done.output
    assert "Anne and Bob: 1 narrative that both reviewed" in done.output
    assert "kappa verdict" in done.output
    assert "furieuse" not in done.output


def test_json(files):
    data = json.loads(agree(files, "--json").stdout)
    assert data["reviewers"] == ["Anne", "Bob"]
    assert {m["name"]: m["value"] for m in data["agreement"]}["F1 mention"] == pytest.approx(6 / 7)


def test_report(files):
    assert agree(files, "--html", str(files / "r.html")).exit_code == 0
    html = (files / "r.html").read_text(encoding="utf-8")
    assert "Anne et Bob" in html
    assert "0,86" in html  # F1 of the mentions, 6/7
    assert "furieuse" not in html
    assert stat.S_IMODE((files / "r.html").stat().st_mode) == 0o600


def test_page(files):
    assert agree(files, "--page", str(files / "p.html")).exit_code == 0
    assert "furieuse" in (files / "p.html").read_text(encoding="utf-8")
    assert stat.S_IMODE((files / "p.html").stat().st_mode) == 0o600


def test_no_page_of_nothing(files):
    (files / "same.json").write_text((files / "anne.json").read_text(encoding="utf-8"), encoding="utf-8")
    done = agree(files, "--page", str(files / "p.html"), other="same")
    assert done.exit_code == 0
    assert "differ in nothing" in done.output
    assert not (files / "p.html").exists()


def test_nothing_that_both_have_gone_through(files):
    done = agree(files, other="half")
    assert done.exit_code == 3
    assert "--undone" in done.output
    assert agree(files, "--undone", other="half").exit_code == 0

"""``ressenti review page``: the file, who may read it, and what is said where something is wrong."""

import json
import re
import stat

import pytest
from click.testing import CliRunner

from ressenti.cli import cli
from review.page.coach import ROOT

EXAMPLES = ROOT / "examples/narratives.jsonl"


def run(*arguments):
    return CliRunner().invoke(cli, ["review", "page", *map(str, arguments)])


def embedded(html, name):
    return json.loads(re.search(f'<script type="application/json" id="{name}">(.*?)</script>', html, re.S)[1])


def test_the_page_is_for_its_owner_alone(tmp_path):
    output = tmp_path / "page.html"
    assert run(EXAMPLES, "-o", output, "--reviewer", "Anne", "--no-pictures").exit_code == 0
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    html = output.read_text(encoding="utf-8")
    assert '<html lang="fr">' in html and embedded(html, "settings")["reviewer"] == "Anne"
    first = json.loads(EXAMPLES.read_text(encoding="utf-8").splitlines()[0])
    found = embedded(html, "narrative-0")
    assert found["narrative"] == first and found["graph"] is None
    assert '<html lang="en">' in run(EXAMPLES, "-o", "-", "--lang", "en").stdout


def test_some_inputs_fail(tmp_path):
    output = tmp_path / "page.html"
    done = run(EXAMPLES, tmp_path / "none.jsonl", "-o", output)
    assert done.exit_code == 1 and "none.jsonl" in done.stderr and output.exists()


@pytest.mark.parametrize(("arguments", "status"), [((), 2), ((str(EXAMPLES), "-o", str(EXAMPLES)), 2)])
def test_called_wrongly(arguments, status):
    assert run(*arguments).exit_code == status


def test_nothing_can_be_read(tmp_path):
    output = tmp_path / "page.html"
    assert run(tmp_path / "none.jsonl", "-o", output).exit_code == 3
    (tmp_path / "empty.jsonl").touch()
    assert run(tmp_path / "empty.jsonl", "-o", output).exit_code == 3
    assert not output.exists()


def test_a_place_that_cannot_be_written(tmp_path):
    assert run(EXAMPLES, "-o", tmp_path / "no" / "page.html").exit_code == 4

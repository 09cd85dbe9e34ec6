"""``ressenti review apply``: files in, reviewed narratives, a report and votes out; gold for ``evaluate``, PROV through ``export``."""

import json
import stat
from dataclasses import replace

import pytest
from click.testing import CliRunner

from ressenti.cli import cli
from ressenti.corpora.writing import json_line
from ressenti.graph.rdf.read import read as read_rdf
from ressenti.schema import Narrative
from review.decisions.files import at, decision, file, mention, narrative, of, of_role

OTHER = Narrative("b", "Rien.", provenance=dict.fromkeys(("ressenti", "ontology", "rules", "parser", "model"), "0.1.0"))


@pytest.fixture
def files(tmp_path):
    n = narrative()
    made = file(
        decision("mention", "accept", of(n, 1)),
        decision("mention", "reject", of(n, 2)),
        decision("mention", "change", of(n, 3), {"emotion": "sadness"}),
        decision("role", "reject", of_role(n, 5)),
        decision("role", "accept", of_role(n, 1), comment="la narratrice"),
        done=True,
    )
    (tmp_path / "anne.json").write_text(json.dumps(made), encoding="utf-8")
    (tmp_path / "in.jsonl").write_text(json_line(n) + json_line(OTHER), encoding="utf-8")
    return tmp_path


def run(*words):
    return CliRunner().invoke(cli, list(map(str, words)))


def apply(files, *words, narratives="in.jsonl"):
    return run("review", "apply", files / "anne.json", *words, files / narratives, "-o", files / "out.jsonl")


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_narratives_come_out_reviewed_and_again_the_same(files):
    result = apply(files)
    assert result.exit_code == 0 and result.stderr == "ressenti: 5 done\n"
    first = (files / "out.jsonl").read_bytes()
    found = lines(files / "out.jsonl")
    assert [m["emotion"] for m in found[0]["mentions"]] == ["fear", "sadness", "joy"] and found[1] == OTHER.to_dict()
    assert stat.S_IMODE((files / "out.jsonl").stat().st_mode) == 0o600
    (files / "again.jsonl").write_bytes(first)
    assert apply(files, narratives="again.jsonl").exit_code == 0
    assert (files / "out.jsonl").read_bytes() == first


def test_gold_is_what_evaluate_takes(files):
    result = apply(files, "--gold")
    assert result.exit_code == 0 and "1 of 2 narratives are done" in result.stderr
    scored = run("evaluate", files / "out.jsonl", files / "in.jsonl", "--json", "--bootstrap", "0")
    assert scored.exit_code == 0
    figures = json.loads(scored.stdout)["figures"]["mention"]
    assert (figures["gold"], figures["system"]) == (3, 4)


def test_who_decided_goes_out_as_prov_and_comes_back(files):
    apply(files)
    assert run("export", files / "out.jsonl", "--format", "ttl", "-o", files / "out.ttl").exit_code == 0
    turtle = (files / "out.ttl").read_text(encoding="utf-8")
    assert turtle.count("a nar:Review") == 3 and turtle.count("prov:wasAssociatedWith reviewer:Anne") == 3
    assert "nar:reviews n:recit-01#role-1" in turtle.replace("\\", "") or "nar:reviews <#role-1>" in turtle
    assert [n.to_dict() for n in read_rdf(files / "out.ttl")] == lines(files / "out.jsonl")


def test_what_does_not_fit_is_told_and_the_rest_is_done(files):
    newer = replace(narrative(), mentions=[mention(1, "peur", "fear"), mention(2, "furieuse", "joy")], roles=[])
    (files / "newer.jsonl").write_text(json_line(newer), encoding="utf-8")
    result = apply(files, "--report", files / "report.tsv", narratives="newer.jsonl")
    assert result.exit_code == 1
    place = (
        "anne.json: narratives[0].decisions[1]: narrative 'recit-01', reject mention fury at {}-{}: does not fit: joy is found there now"
    )
    assert place.format(*at("furieuse")) in result.stderr
    rows = [line.split("\t") for line in (files / "report.tsv").read_text(encoding="utf-8").splitlines()]
    assert rows[0][6] == "outcome" and [row[6] for row in rows[1:]] == ["done", "restored", "does not fit", "gone", "restored"]
    assert stat.S_IMODE((files / "report.tsv").stat().st_mode) == 0o600
    assert "sœur" not in result.stderr + "".join(map(str, rows))
    assert [m["emotion"] for m in lines(files / "out.jsonl")[0]["mentions"]] == ["fear", "joy", "sadness"]


def test_votes_are_written(files):
    assert apply(files, "--votes", files / "votes.tsv").exit_code == 0
    assert len((files / "votes.tsv").read_text(encoding="utf-8").splitlines()) == 1 + 1 + 3 + 3


def test_of_a_damaged_file_nothing_is_applied(files):
    (files / "bob.json").write_text((files / "anne.json").read_text(encoding="utf-8")[:-40], encoding="utf-8")
    (files / "out.jsonl").write_text("before", encoding="utf-8")
    result = run("review", "apply", files / "anne.json", files / "bob.json", files / "in.jsonl", "-o", files / "out.jsonl")
    assert result.exit_code == 3 and "bob.json:1: is no JSON" in result.stderr
    assert (files / "out.jsonl").read_text(encoding="utf-8") == "before" and len(list(files.iterdir())) == 4


def test_what_is_called_wrongly_is_told(files):
    assert run("review", "apply", files / "in.jsonl").exit_code == 2
    assert run("review", "apply", files / "anne.json", files / "in.jsonl", "-o", files / "in.jsonl").exit_code == 2
    result = run("review", "apply", files / "in.jsonl", files / "anne.json")
    assert result.exit_code == 3 and "in.jsonl" in result.stderr

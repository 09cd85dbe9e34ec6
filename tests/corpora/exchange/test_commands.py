"""``ressenti export`` for other tools and ``ressenti import``, as a user meets them."""

import gzip
import json

import pytest

import warm
from graph.accounts import everything
from ressenti.corpora.writing import json_line

LOSSLESS = ("brat", "xmi", "cas-json")


def run(*arguments, cwd):
    done = warm.run(*arguments, cwd=cwd, text=True)
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def source(tmp_path):
    (tmp_path / "in.jsonl").write_text("".join(map(json_line, everything())), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("form", LOSSLESS)
def test_there_and_back(form, source):
    command = ("export", "in.jsonl", "--format", form, "--identifying", "none", "-o", "out")
    assert run(*command, cwd=source) == (0, "", "ressenti: note: in.jsonl:5: empty\n")
    status, out, said = run("import", "out", cwd=source)
    assert (status, said) == (0, "")
    back = {row["id"]: row for row in map(json.loads, out.splitlines())}
    assert back == {n.id: n.to_dict() for n in everything()}


def test_all_formats_of_a_folder_and_linked_data(source):
    run("export", "in.jsonl", "--format", "brat", "-o", "all", cwd=source)
    for form, name in (("ttl", "x.ttl"), ("nq", "x.dat")):
        assert run("export", "in.jsonl", "--format", form, "-o", f"all/{name}", cwd=source)[0] == 0
    status, out, said = run("import", "all", "-o", "back.jsonl", cwd=source)
    assert (status, out) == (0, "") and "the id 'orage' was there before" in said
    rows = [json.loads(line) for line in (source / "back.jsonl").read_text(encoding="utf-8").split("\n") if line]
    assert len(rows) == 2 * len(everything()) and (source / "back.jsonl").stat().st_mode & 0o77 == 0
    assert len(run("import", "all/x.dat", "--format", "nq", cwd=source)[1].splitlines()) == len(everything())


def test_packed_linked_data(source):
    run("export", "in.jsonl", "--format", "nq", "-o", "x.nq", cwd=source)
    (source / "packed").mkdir()
    (source / "packed" / "x.nq.gz").write_bytes(gzip.compress((source / "x.nq").read_bytes()))
    status, out, _ = run("import", "x.nq", cwd=source)
    assert status == 0 and out.count("\n") == len(everything())
    for what in ("packed", "packed/x.nq.gz"):
        assert run("import", what, cwd=source) == (0, out, "")


@pytest.mark.parametrize(
    ("arguments", "status", "why"),
    [
        (["export", "in.jsonl", "--format", "brat"], 2, "brat is a folder of files; name a new one with -o"),
        (["export", "in.jsonl", "--format", "xmi", "--no-text", "-o", "x"], 2, "--no-text is for RDF"),
        (["export", "in.jsonl", "--format", "brat", "-o", "."], 4, "it is not empty"),
        (["export", "in.jsonl", "--format", "csv", "-o", "none/x"], 4, "does the folder that it goes in exist?"),
        (["import"], 2, "Missing argument"),
        (["import", "in.jsonl"], 3, "not known by its ending"),
        (["import", "none.ann"], 3, "none.ann: no such file"),
        (["import", "in.jsonl", "-o", "in.jsonl"], 2, "it is also an input"),
    ],
)
def test_what_goes_wrong_is_said(arguments, status, why, source):
    code, out, said = run(*arguments, cwd=source)
    assert (code, out) == (status, "") and why in said and "Traceback" not in said
    assert [path.name for path in source.iterdir()] == ["in.jsonl"]


def test_what_a_format_loses_is_said(source):
    assert "note: webanno has no place for ids" in run("export", "in.jsonl", "--format", "webanno", "-o", "out", cwd=source)[2]
    status, out, said = run("export", "in.jsonl", "--format", "conllu", cwd=source)
    assert status == 0 and out.startswith("# newdoc id = orage\n") and "note: conllu has no place" in said


def test_annotations_that_cannot_be_used_make_the_status_one(source):
    (source / "a.txt").write_text("J’ai peur.")
    (source / "a.ann").write_text("T1\tfear 5 9\tpeur\nT2\tPerson 0 2\tJ’\n")
    status, out, said = run("import", "a.txt", "--reviewer", "Zoé", cwd=source)
    assert status == 1 and json.loads(out)["mentions"][0]["source"] == "review:Zoé"
    assert said.startswith("ressenti: a.ann:2: T2: 'Person' is not an emotion of TONE")


def test_names_can_stay_at_home(source):
    (source / "b.jsonl").write_text('{"id": "b", "text": "Paul Durand m’a fait peur.", "mentions": [], "entities": []}\n')
    assert run("export", "b.jsonl", "--format", "brat", "--pseudonymise", "names.tsv", "-o", "out", cwd=source)[0] == 0
    assert "Durand" not in (source / "out" / "b.txt").read_text(encoding="utf-8")

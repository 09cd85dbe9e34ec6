"""``ressenti graph``."""

from __future__ import annotations

import json
import stat
import zipfile

import networkx as nx
import pytest
from click.testing import CliRunner

from graph.accounts import everything
from ressenti.cli import cli


@pytest.fixture
def files(tmp_path):
    """Annotated narratives, one and several."""
    narratives = [n for n in everything() if n.mentions]
    several, one = tmp_path / "several.jsonl", tmp_path / "one.jsonl"
    several.write_text("".join(n.to_json() + "\n" for n in narratives), encoding="utf-8")
    one.write_text(narratives[0].to_json() + "\n", encoding="utf-8")
    return {"several": str(several), "one": str(one), "out": tmp_path / "out", "ids": [n.id for n in narratives]}


def run(*arguments, status=0, **more):
    done = CliRunner().invoke(cli, ["graph", *map(str, arguments)], **more)
    assert done.exit_code == status, done.output
    return done


def private(path):
    return stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("graphml", b"<?xml"),
        ("gexf", b"<?xml"),
        ("dot", b"digraph"),
        ("svg", b"<svg"),
        ("png", b"\x89PNG"),
        ("json", b"{"),
        ("cytoscape", b"{"),
    ],
)
@pytest.mark.parametrize("which", ["one", "several"])
def test_formats(files, form, begins, which):
    place = files["out"].with_suffix(".x")
    run(files[which], "--format", form, "-o", place)
    assert place.read_bytes().startswith(begins) and private(place)
    assert run(files[which], "--format", form).stdout_bytes == place.read_bytes()


def test_one_is_a_graph_of_its_own_and_several_are_merged(files):
    one, several = (json.loads(run(files[which], "--format", "json").stdout) for which in ("one", "several"))
    assert one["graph"]["id"] == files["ids"][0] and "id" not in several["graph"]
    assert any(node["id"].startswith("narrative:") for node in several["nodes"])
    assert any(node["kind"] == "narrative" for node in json.loads(run(files["one"], "--format", "json", "--merge").stdout)["nodes"])


def test_a_file_for_each(files):
    run(files["several"], "--separate", "--format", "graphml", "-o", files["out"])
    made = sorted(files["out"].iterdir())
    assert [path.name for path in made] == ["chien.graphml", "depart.graphml", "odd_1_é.graphml", "orage.graphml"] and all(
        map(private, made)
    )
    assert "character:NARRATOR" in nx.read_graphml(made[0])
    run("--separate", files["one"], status=2)


def test_names_of_files_differ_where_ids_do(files, tmp_path):
    rows = [{"id": id_, "text": "Rien.", "mentions": []} for id_ in ("a/b", "A_b", "a?b", "..", "x" * 300)]
    twins = tmp_path / "twins.jsonl"
    twins.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    run(twins, "--separate", "--format", "dot", "-o", files["out"])
    assert sorted(path.name for path in files["out"].iterdir()) == ["A_b-2.dot", "a_b-3.dot", "a_b.dot", "narrative.dot", "x" * 80 + ".dot"]


def test_tables_go_to_a_folder_or_an_archive(files):
    run(files["several"], "--format", "csv", "-o", files["out"])
    assert {path.name for path in files["out"].iterdir()} == {"nodes.csv", "edges.csv"} and all(map(private, files["out"].iterdir()))
    archive = files["out"] / "both.zip"
    run(files["several"], "-o", archive)
    with zipfile.ZipFile(archive) as tables:
        assert tables.read("nodes.csv") == (files["out"] / "nodes.csv").read_bytes()
    run(files["several"], "-o", archive.with_name("both.ZIP"))
    assert archive.with_name("both.ZIP").read_bytes() == archive.read_bytes()
    run(files["several"], "--format", "csv", status=2)
    table = files["out"] / "both.csv"
    for how in ([], ["--format", "csv"]):
        assert "let -o end in .zip" in " ".join(run(files["several"], "-o", table, *how, status=2).stderr.split()) and not table.exists()


def test_an_ending_that_means_nothing_is_refused(files):
    place = files["out"].with_suffix(".pdf")
    said = " ".join(run(files["one"], "-o", place, status=2).stderr.split())
    assert ".graphml, .gexf, .dot, .svg, .png, .json, .gv, .cyjs, .zip" in said and not place.exists()
    run(files["several"], "--separate", "-o", files["out"].with_suffix(".v2"))


def test_less_of_it(files):
    def graph(*options):
        return json.loads(run(files["several"], "--format", "json", "--no-ontology", *options).stdout)

    everything_, kinds = graph(), lambda found: {node["kind"] for node in found["nodes"]}
    assert "event" in kinds(everything_) and "event" not in kinds(graph("--no-events"))
    assert "component" in kinds(everything_) and "component" not in kinds(graph("--no-components"))
    assert sum(edge["negated"] + edge["hypothetical"] for edge in everything_["edges"]) > 0
    assert sum(edge["negated"] + edge["hypothetical"] for edge in graph("--status", "affirmed")["edges"]) == 0
    sure = [edge["confidence"] for edge in graph("--min-confidence", "0.85")["edges"] if edge["confidence"] is not None]
    assert sure and min(sure) >= 0.85


def test_labels_in_english(files):
    assert "feels" in run(files["one"], "--lang", "en", "--format", "svg").stdout
    assert "ressent" in run(files["one"], "--format", "svg").stdout


def test_accounts_are_annotated_on_the_way():
    assert "fear" in run("--format", "json", input="J’ai peur de l’orage.").stdout


def test_no_input_is_overwritten(files, tmp_path):
    before = (tmp_path / "one.jsonl").read_bytes()
    run(files["one"], "-o", files["one"], status=2)
    folder = tmp_path / "accounts"
    folder.mkdir()
    (folder / "orage.json").write_bytes(before)
    assert "also an input" in run(folder, "--separate", "--format", "json", "-o", folder, status=4).stderr
    assert (folder / "orage.json").read_bytes() == before


def test_nothing_to_draw(tmp_path):
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("{}\n", encoding="utf-8")
    place = tmp_path / "x.svg"
    run(wrong, "-o", place, status=3)
    run(tmp_path / "none.jsonl", "-o", place, status=3)
    assert not place.exists()
    both = run(wrong, "-", "-o", place, status=1, input='{"text": "Rien.", "mentions": []}')
    assert "1 of 2 inputs failed" in both.stderr and place.exists()

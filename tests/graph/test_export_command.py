"""``ressenti export``: what goes in, what comes out, what stays at home."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from graph.accounts import everything
from ressenti.cli import cli
from ressenti.corpora.writing import json_line
from ressenti.graph.privacy.pseudonyms import unpseudonymise
from ressenti.graph.privacy.table import Table
from ressenti.graph.privacy.words import FILLER, without_words
from ressenti.graph.rdf.read import read
from ressenti.graph.rdf.shipped import SHIPPED
from ressenti.graph.rdf.write import FORMATS
from ressenti.ontology.emotions import load_emotions

SUFFIXES = {"ttl": "ttl", "nq": "nq", "jsonld": "jsonld", "rdfxml": "rdf"}


@pytest.fixture(autouse=True)
def _loaded(monkeypatch: pytest.MonkeyPatch, annotator: object) -> None:
    import ressenti

    monkeypatch.setattr(ressenti, "load", lambda *_: annotator)


@pytest.fixture
def annotated(tmp_path: Path) -> Path:
    file = tmp_path / "annotated.jsonl"
    file.write_text("".join(json_line(narrative) for narrative in everything()), encoding="utf-8")
    return file


def export(*words: object, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["export", *map(str, words)], input=stdin)


def plain(narratives: object) -> list[object]:
    return [narrative.to_dict() for narrative in narratives]  # type: ignore[attr-defined]


@pytest.mark.parametrize("form", FORMATS)
def test_annotated_narratives_go_out_as_they_are(form: str, annotated: Path, tmp_path: Path) -> None:
    out = tmp_path / f"out.{SUFFIXES[form]}"
    result = export(annotated, "--format", form, "-o", out)
    assert result.exit_code == 0, result.output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert plain(read(out)) == plain(everything())


@pytest.mark.parametrize("form", FORMATS)
def test_the_ending_says_the_format_unless_one_is_given(form: str, annotated: Path, tmp_path: Path) -> None:
    said, given, other = tmp_path / f"a.{SUFFIXES[form].upper()}", tmp_path / "b.txt", tmp_path / "c.nq"
    for words in ((said,), (given, "--format", form), (other, "--format", form)):
        assert export(annotated, "-o", *words).exit_code == 0
    assert said.read_bytes() == given.read_bytes() == other.read_bytes()


def test_an_account_is_annotated_on_the_way() -> None:
    result = export("-", stdin="J’ai peur de l’orage. J’ai peur de Paul.")
    assert result.exit_code == 0
    assert "tone:hasCause <#char=13,20>" in result.stdout
    assert "tone:hasCause <#entity-E1>" in result.stdout


def test_no_text_leaves_the_words_out(annotated: Path) -> None:
    result = export(annotated, "--no-text", "--format", "nq")
    assert result.exit_code == 0 and "#mention-1>" in result.stdout
    assert not any(word in result.stdout for word in ("Paul", "peur", "isString", "anchorOf", "█", "2026-05-01", "Élodie"))


def test_json_lines_without_words_keep_their_offsets(annotated: Path) -> None:
    lines = export(annotated, "--no-text", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == plain(map(without_words, everything()))
    assert set(json.loads(lines[0])["text"]) == {FILLER}


def test_names_are_replaced_and_the_table_gives_them_back(annotated: Path, tmp_path: Path) -> None:
    out, table, back = tmp_path / "out.ttl", tmp_path / "names.tsv", tmp_path / "back.jsonl"
    assert export(annotated, "--pseudonymise", table, "-o", out).exit_code == 0
    assert stat.S_IMODE(table.stat().st_mode) == 0o600 and "Paul\t" in table.read_text()
    assert not any(name in out.read_text() for name in ("Paul", "Julie", "Canada"))
    assert plain(unpseudonymise(narrative, Table(table)) for narrative in read(out)) == plain(everything())
    back.write_text("".join(json_line(narrative) for narrative in read(out)), encoding="utf-8")
    lines = export(back, "--unpseudonymise", table, "--format", "jsonl").stdout
    assert [json.loads(line) for line in lines.splitlines()] == plain(everything())


def test_what_cannot_be_used_is_told_and_the_rest_goes_out(tmp_path: Path) -> None:
    narrative = everything()[0].to_dict()
    twice = narrative | {"id": "twice", "entities": [narrative["entities"][0]] * 2}
    file = tmp_path / "x.jsonl"
    file.write_text(json.dumps(twice) + "\n" + json.dumps(narrative) + "\n")
    result = export(file)
    assert result.exit_code == 1
    assert "'twice'" in result.stderr and "two entities have the id" in result.stderr
    assert "narrative/orage>" in result.stdout and "narrative/twice>" not in result.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("form", [*FORMATS, "jsonl"])
def test_a_full_disk_ends_it_at_once(form: str, tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    narrative = everything()[0].to_dict()
    file.write_text("".join(json.dumps(narrative | {"id": str(n)}) + "\n" for n in range(30)))
    result = export(file, "--format", form, "-o", "/dev/full")
    assert result.exit_code == 4
    assert len(result.stderr.splitlines()) == 1 and "cannot be written" in result.stderr


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["--base", "here"], "absolute IRI"),
        (["--base", ""], "absolute IRI"),
        (["--no-text", "--pseudonymise", "t.tsv"], "exclude each other"),
        (["--unpseudonymise", "nowhere.tsv"], "no such file"),
        (["--format", "n3"], "is not one of"),
        (["-o", "a.nq.gz"], "pack it yourself"),
        (["--format", "jsonl", "--base", "https://example.org/"], "is for RDF"),
    ],
)
def test_a_wrong_call_is_told(words: list[str], reason: str, annotated: Path) -> None:
    result = export(annotated, *words)
    assert result.exit_code == 2 and reason in result.stderr


def test_the_table_is_no_input_and_no_output(annotated: Path, tmp_path: Path) -> None:
    assert export(annotated, "--pseudonymise", annotated).exit_code == 2
    assert export(annotated, "--pseudonymise", tmp_path / "o", "-o", tmp_path / "o").exit_code == 2
    (tmp_path / "t.tsv").write_text("what\n")
    assert export(annotated, "--pseudonymise", tmp_path / "t.tsv").exit_code == 3
    assert (tmp_path / "t.tsv").read_text() == "what\n"


@pytest.mark.parametrize("name", SHIPPED)
def test_vocabulary_and_shapes_are_shown(name: str) -> None:
    shown, file = export("--show", name).stdout, SHIPPED[name].read_text(encoding="utf-8")
    assert shown.startswith(file)
    assert shown.removeprefix(file).count("nar:valence") == (len(load_emotions()) if name == "vocabulary" else 0)

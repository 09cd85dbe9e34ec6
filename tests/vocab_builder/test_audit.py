"""``ressenti vocab audit``: what a vocabulary has, looked at again."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from ressenti.cli import cli
from ressenti.errors import DataError
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.vocabulary import VOCABULARY, load_vocabulary
from ressenti.vocab_builder.audit.apply import apply
from ressenti.vocab_builder.audit.sheet import COLUMNS, Verdict, identity, read_sheet
from ressenti.vocab_builder.review.decisions import read_decisions

EMOTIONS = load_emotions()
HEADER = "term pos emotion construction mode intensity register region condition origin similarity decision reviewer date"
LINES = (
    "effroi NOUN fright noun-cause labelled high standard   manual  accepted Anna 2026-11-01",
    "frayeur NOUN joy noun-cause labelled medium standard   manual  accepted Anna 2026-11-01",
    "peur NOUN fear noun-cause labelled medium standard   gloss 0.800 accepted Anna 2026-11-01",
    "tabouret NOUN joy noun-cause labelled medium standard   manual  accepted Anna 2026-11-01",
    "terreur NOUN terror noun-cause labelled high standard   manual  accepted Anna 2026-11-01",
)
THESAURUS = "UTF-8\npeur|1\n(Nom)|effroi|frayeur|terreur\neffroi|1\n(Nom)|peur|frayeur|terreur\nfrayeur|1\n(Nom)|peur|effroi|terreur\n"
GLOSSES = "frayeur\tPeur vive.\ntabouret\tSiège sans dossier.\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    table = "".join("\t".join(line.split(" ")) + "\n" for line in (HEADER, *LINES))
    for name, content in (("mots.tsv", table), ("thes.dat", THESAURUS), ("glosses.tsv", GLOSSES)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def run(*arguments, status=0):
    done = CliRunner().invoke(cli, ["vocab", "audit", "--vocabulary", "mots.tsv", *arguments])
    assert done.exit_code == status, done.output
    return done


def sheet(path="sheet.tsv"):
    with Path(path).open(encoding="utf-8-sig", newline="") as stream:
        return {row["term"]: row for row in csv.DictReader(stream, delimiter="\t")}


def fill(decisions, path="sheet.tsv"):
    """Write decisions into a sheet as a person would: term to the cells that they fill in."""
    rows = sheet(path)
    with Path("filled.tsv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, delimiter="\t")
        writer.writeheader()
        writer.writerows(row | decisions.get(term, {}) for term, row in rows.items())


def test_an_entry_stands_beside_its_evidence(folder):
    done = run("--to-sheet", "sheet.tsv", "--thesaurus", "thes.dat", "--glosses", "glosses.tsv")
    assert "5 entries in sheet.tsv" in done.stderr
    rows = sheet()
    assert next(iter(rows)) == "frayeur"  # what the evidence contradicts comes first
    assert rows["frayeur"]["verdict"] == "other" and rows["frayeur"]["placed"].startswith("peur")
    assert rows["frayeur"]["sources"] == "thesaurus+gloss" and rows["frayeur"]["gloss"] == "Peur vive."
    assert "synonym of peur" in rows["frayeur"]["because"]
    assert rows["tabouret"]["sources"] == "" and rows["tabouret"]["verdict"] == "open"
    assert stat.S_IMODE((folder / "sheet.tsv").stat().st_mode) == 0o600
    again = run("--to-sheet", "sheet.tsv", "--thesaurus", "thes.dat", status=4)
    assert "may hold decisions" in again.stderr


def test_what_is_decided_goes_into_the_table(folder):
    run("--to-sheet", "sheet.tsv", "--thesaurus", "thes.dat", "--glosses", "glosses.tsv")
    fill(
        {
            "effroi": {"decision": "garder"},
            "peur": {"decision": "keep"},
            "frayeur": {"decision": "change", "new emotion": "frayeur", "new condition": "not followed by: bleue"},
            "tabouret": {"decision": "remove", "note": "a stool"},
        }
    )
    done = run("--from-sheet", "filled.tsv", "--reviewer", "Luc", "--decisions", "decisions.tsv", "-o", "mots.tsv")
    assert "2 kept, 1 changed, 1 removed, 0 unsure, 1 not decided on" in done.stderr
    entries = {entry.term: entry for entry in load_vocabulary(folder / "mots.tsv")}
    assert list(entries) == ["effroi", "frayeur", "peur", "terreur"]
    assert (entries["effroi"].origin, entries["effroi"].reviewer) == ("thesaurus+manual", "Luc")
    assert entries["peur"].origin == "thesaurus+gloss"
    assert entries["frayeur"].emotion == "fright" and str(entries["frayeur"].conditions[0]) == "not followed by: bleue"
    assert entries["terreur"].reviewer == "Anna"  # nobody decided on it
    record = {d.term: d for d in read_decisions(folder / "decisions.tsv")}
    assert record["tabouret"].decision == "not-emotional" and record["tabouret"].note == "a stool"
    assert (record["frayeur"].decision, record["frayeur"].emotion, record["frayeur"].proposed) == ("other", "fright", "joy")


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"decision": "perhaps"}, "unknown decision 'perhaps'"),
        ({"decision": "change"}, "no « new … » cell says to what"),
        ({"decision": "keep", "new mode": "displayed"}, "goes with no new mode"),
        ({"new emotion": "fear"}, "but no decision"),
        ({"decision": "change", "new emotion": "zorn"}, "unknown emotion 'zorn'"),
        ({"decision": "change", "new construction": "obj"}, "unknown construction 'obj'"),
        ({"decision": "change", "new condition": "when it rains"}, "unknown condition"),
        ({"construction": "noun-target"}, "the vocabulary has no 'peur'"),
        ({"sources": "grapevine", "decision": "keep"}, "unknown source 'grapevine'"),
    ],
)
def test_a_sheet_edited_into_nonsense(folder, cells, reason):
    run("--to-sheet", "sheet.tsv", "--thesaurus", "thes.dat")
    before = (folder / "mots.tsv").read_bytes()
    fill({"effroi": {"decision": "keep"}, "peur": cells})
    line = list(sheet()).index("peur") + 2
    done = run("--from-sheet", "filled.tsv", "--reviewer", "Luc", "-o", "mots.tsv", status=3)
    assert f"filled.tsv:{line}: " in done.stderr and reason in done.stderr and "nothing was written" in done.stderr
    assert (folder / "mots.tsv").read_bytes() == before


def test_a_change_that_makes_two_entries_one_is_refused(folder):
    twin = LINES[0].replace("noun-cause", "noun-target").split(" ")
    with (folder / "mots.tsv").open("a", encoding="utf-8") as stream:
        stream.write("\t".join(twin) + "\n")
    entries = load_vocabulary(folder / "mots.tsv")
    verdict = Verdict("change", {"construction": "noun-cause"})
    target = next(entry for entry in entries if entry.construction == "noun-target")
    audited = apply(folder / "mots.tsv", entries, {identity(target): verdict}, EMOTIONS, reviewer="Luc", date="2026-11-26T10:00:00+01:00")
    (folder / "new.tsv").write_text(audited.table, encoding="utf-8")
    with pytest.raises(DataError, match="already on line"):
        load_vocabulary(folder / "new.tsv")


def test_remarks_and_an_order_by_hand_stay(folder):
    header, *lines = (folder / "mots.tsv").read_text(encoding="utf-8").splitlines()
    (folder / "mots.tsv").write_text("\n".join([header, lines[2], "# les autres", *lines[:2]]) + "\n", encoding="utf-8")
    entries = load_vocabulary(folder / "mots.tsv")
    verdicts = {identity(entries[1]): Verdict("remove", {}), identity(entries[2]): Verdict("keep", {})}
    audited = apply(folder / "mots.tsv", entries, verdicts, EMOTIONS, reviewer="Luc", date="2026-11-26T10:00:00+01:00")
    assert [line.split("\t")[0] for line in audited.table.splitlines()] == ["term", "peur", "# les autres", "frayeur"]


def test_what_was_guessed_about_a_sheet_is_told(folder):
    run("--to-sheet", "sheet.tsv", "--thesaurus", "thes.dat")
    text = (folder / "sheet.tsv").read_text(encoding="utf-8-sig").replace("gloss", "définition")
    (folder / "saved.tsv").write_bytes(text.encode("cp1252", "replace"))
    assert "ressenti: saved.tsv: " in run("--from-sheet", "saved.tsv", "--reviewer", "Luc", "-o", "mots.tsv").stderr


def test_the_table_takes_the_place_of_no_input(folder):
    run("--to-sheet", "sheet.tsv", "--thesaurus", "thes.dat")
    (folder / "decisions.tsv").write_text("", encoding="utf-8")
    for name in ("sheet.tsv", "decisions.tsv"):
        before = (folder / name).read_bytes()
        done = run("--from-sheet", "sheet.tsv", "--reviewer", "Luc", "--decisions", "decisions.tsv", "-o", name, status=2)
        assert "it is also an input" in done.stderr and (folder / name).read_bytes() == before


def test_the_same_row_twice(folder):
    run("--to-sheet", "sheet.tsv", "--thesaurus", "thes.dat")
    text = (folder / "sheet.tsv").read_text(encoding="utf-8-sig").splitlines(keepends=True)
    (folder / "twice.tsv").write_text("".join([*text, text[1]]), encoding="utf-8")
    filled = read_sheet(folder / "twice.tsv", load_vocabulary(folder / "mots.tsv"), EMOTIONS)
    assert [(error.line, "is already on line 2" in str(error)) for error in filled.errors] == [(7, True)]


@pytest.mark.parametrize(
    "arguments", [(), ("--to-sheet", "a.tsv", "--from-sheet", "b.tsv"), ("--from-sheet", "a.tsv", "-o", "x.tsv"), ("--to-sheet", "a.txt")]
)
def test_wrong_calls(folder, arguments):
    run(*arguments, status=2)


def test_each_shipped_entry_was_decided_on_by_somebody():
    assert all(entry.origin and entry.reviewer and entry.date for entry in load_vocabulary(VOCABULARY))

from __future__ import annotations

import stat
import zipfile

import pytest
from click.testing import CliRunner

from ressenti.cli import cli
from ressenti.vocab_builder.proposals_file import write_proposals
from ressenti.vocab_builder.review.decisions import Decision, append, read_decisions
from vocab_builder.proposed import ORDER, PROPOSALS


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "proposals.jsonl").write_text(write_proposals(PROPOSALS), encoding="utf-8")

    def call(*arguments: str, record: str = "decisions.tsv", proposals: tuple[str, ...] = ("proposals.jsonl",)):
        return CliRunner().invoke(cli, ["vocab", "review", *proposals, "--decisions", record, *arguments], catch_exceptions=False)

    return call


def fill(path, **decisions: str) -> None:
    """Write ``decision;emotion`` into rows of a sheet with semicolons, whose last cells are empty."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    for n, line in enumerate(lines):
        term = line.split(";")[0]
        if term in decisions:
            lines[n] = line.removesuffix(";" * 9) + ";" + decisions[term] + ";" * 7
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode("cp1252"))


def test_out_to_a_sheet_and_back(run, tmp_path):
    done = run("--to-sheet", "sheet.csv")
    sheet = tmp_path / "sheet.csv"
    assert done.exit_code == 0 and "5 of 5 terms" in done.stderr
    assert stat.S_IMODE(sheet.stat().st_mode) == 0o600
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbfterm;pos;")
    fill(sheet, table="pas émotionnel;", courroux="plus précis;rage", frissonner="plus large;")
    done = run("--from-sheet", "sheet.csv", "--reviewer", "Anne")
    assert done.exit_code == 0 and "3 decisions recorded" in done.stderr and "2 rows are still open" in done.stderr
    assert "read as Windows-1252" in done.stderr
    made = {d.term: (d.decision, d.emotion, d.how) for d in read_decisions(tmp_path / "decisions.tsv")}
    assert made == {
        "table": ("not-emotional", "", "sheet"), "courroux": ("narrower", "rage", "sheet"), "frissonner": ("broader", "horror", "sheet"),
    }  # fmt: skip
    before = (tmp_path / "decisions.tsv").read_bytes()
    assert "0 decisions recorded" in run("--from-sheet", "sheet.csv", "--reviewer", "Anne").stderr
    assert (tmp_path / "decisions.tsv").read_bytes() == before
    assert "2 of 5 terms" in run("--to-sheet", "rest.tsv").stderr


def test_a_sheet_is_not_written_over(run, tmp_path):
    (tmp_path / "sheet.csv").write_text("decided\n")
    done = run("--to-sheet", "sheet.csv")
    assert done.exit_code == 4 and "may hold decisions" in done.stderr
    assert (tmp_path / "sheet.csv").read_text() == "decided\n"


def test_a_sheet_with_errors_is_recorded_in_part_only_when_asked(run, tmp_path):
    run("--to-sheet", "sheet.csv")
    fill(tmp_path / "sheet.csv", table="perhaps;", courroux="correct;peur", frissonner="correct;")
    done = run("--from-sheet", "sheet.csv", "--reviewer", "Anne")
    assert done.exit_code == 3 and not (tmp_path / "decisions.tsv").exists()
    assert "sheet.csv:3: 'correct' does not go with peur" in done.stderr and "sheet.csv:4: unknown decision 'perhaps'" in done.stderr
    done = run("--from-sheet", "sheet.csv", "--reviewer", "Anne", "--partial")
    assert done.exit_code == 1 and [d.term for d in read_decisions(tmp_path / "decisions.tsv")] == ["frissonner"]


def test_what_a_spreadsheet_program_saved_wrongly_is_told_once(run, tmp_path):
    (tmp_path / "mac.csv").write_bytes("term;pos;decision;emotion\nallégresse;NOUN;correct;été\n".encode("mac_roman"))
    done = run("--from-sheet", "mac.csv", "--reviewer", "Anne")
    assert done.exit_code == 3 and "save the sheet as CSV UTF-8" in done.stderr and "--encoding" not in done.stderr
    with zipfile.ZipFile(tmp_path / "book.xlsx", "w") as book:
        book.writestr("xl/workbook.xml", "<workbook/>")
    done = run("--from-sheet", "book.xlsx", "--reviewer", "Anne")
    assert done.exit_code == 3 and "is an Excel workbook: save the sheet as .csv" in done.stderr
    (tmp_path / "other.csv").write_text("term;pos;decision;emotion\n" + "nimporte;NOUN;correct;\n" * 300)
    done = run("--from-sheet", "other.csv", "--reviewer", "Anne")
    assert done.exit_code == 3 and "other.csv: and 200 more rows with errors" in done.stderr and done.stderr.count("\n") == 102


def test_in_bulk_only_with_yes(run, tmp_path):
    done = run("--accept-above", "0.7")
    assert done.exit_code == 0 and not (tmp_path / "decisions.tsv").exists()
    assert done.stdout.splitlines() == [
        "allégresse\tNOUN\tjoie\t0.810",
        "courroux\tNOUN\tcolère\t0.720",
        "épouvantable\tADJ\tpeur › horreur\t0.700",
    ]
    assert "3 terms would be accepted; nothing was recorded" in done.stderr
    done = run("--accept-above", "0.7", "--only", "peur", "--yes", "--reviewer", "Anne")
    assert "1 term accepted in bulk" in done.stderr
    assert "no term is at or above 0.99; nothing was recorded" in run("--accept-above", "0.99").stderr
    assert [(d.term, d.how) for d in read_decisions(tmp_path / "decisions.tsv")] == [("épouvantable", "bulk")]


def test_agreement_of_two_records(run, tmp_path):
    append(tmp_path / "one.tsv", [Decision(t, "NOUN", "correct", "joy", reviewer="Anne") for t in ORDER])
    append(tmp_path / "two.tsv", [Decision(t, "NOUN", "correct", "joy", reviewer="Luc") for t in ORDER[1:]])
    done = run("--decisions", "two.tsv", "--agreement", record="one.tsv", proposals=())
    assert done.exit_code == 0 and "primary                 4      4       —" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ((), 2, "the screen needs a terminal; for a spreadsheet: --to-sheet"),
        (("--from-sheet", "s.csv"), 2, "say who decides with --reviewer"),
        (("--from-sheet", "s.csv", "--reviewer", " "), 2, "say who decides with --reviewer"),
        (("--from-sheet", "s.csv", "--reviewer", "A"), 3, "s.csv: cannot be read (No such file or directory)"),
        (("--to-sheet", "s.csv", "--accept-above", "0.5"), 2, "one at a time"),
        (("--to-sheet", "s.xlsx"), 2, "neither a .csv nor a .tsv"),
        (("--to-sheet", "no/s.csv"), 4, "no/s.csv: cannot be written"),
        (("--only", "bonheurr", "--to-sheet", "s.csv"), 2, "is 'bonheur' meant?"),
        (("--accept-above", "7"), 2, "is not in the range"),
        (("--decisions", "other.tsv", "--to-sheet", "s.csv"), 2, "only --agreement reads several records"),
        (("--agreement",), 3, "decisions.tsv: is not there"),
    ],
)
def test_what_goes_wrong_is_said(run, arguments, status, said):
    done = run(*arguments)
    assert done.exit_code == status and said in done.stderr.replace("\n", " ")


def test_a_broken_record_or_proposal_stops_it(run, tmp_path):
    (tmp_path / "decisions.tsv").write_text("term\tpos\tdecision\temotion\treviewer\tdate\npeur\tNOUN\tperhaps\t\tA\t\n", encoding="utf-8")
    done = run("--to-sheet", "s.csv")
    assert done.exit_code == 3 and "decisions.tsv:2: unknown decision 'perhaps'" in done.stderr
    (tmp_path / "proposals.jsonl").write_text('{"term": ', encoding="utf-8")
    done = run("--to-sheet", "s.csv")
    assert done.exit_code == 3 and "proposals.jsonl:1: is no JSON" in done.stderr

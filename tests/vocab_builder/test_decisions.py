from __future__ import annotations

import subprocess
import sys

import pytest

from ressenti.errors import DataError, OutputError
from ressenti.vocab_builder.review.decisions import COLUMNS, OPEN, SHIPPED, Decision, append, latest, read_decisions

FEAR = Decision("effroi", "NOUN", "correct", "fear", reviewer="Anne", date="2026-11-25T20:00:00+01:00")
NONE = Decision("table", "NOUN", "not-emotional", reviewer="Anne", note='un "meuble", rien d’autre')


def test_the_record_grows_and_the_last_word_counts(tmp_path):
    path = tmp_path / "new" / "decisions.tsv"
    append(path, [FEAR, NONE])
    overruled = Decision("effroi", "NOUN", "narrower", "fright", reviewer="Luc", note="deux\tmots\nsur une ligne")
    append(path, [overruled])
    record = read_decisions(path)
    assert record[:2] == [FEAR, NONE] and record[2].note == "deux mots sur une ligne"
    assert latest(record)["effroi", "NOUN"].emotion == "fright"
    append(path, [Decision("effroi", "NOUN", OPEN, reviewer="Luc")])
    assert set(latest(read_decisions(path))) == {("table", "NOUN")}


def test_a_record_without_a_last_line_end_is_not_broken(tmp_path):
    path = tmp_path / "decisions.tsv"
    append(path, [FEAR])
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    append(path, [NONE])
    assert read_decisions(path) == [FEAR, NONE]


def test_a_record_with_columns_moved_and_added_by_hand(tmp_path):
    path = tmp_path / "decisions.tsv"
    columns = ["seen", *reversed(COLUMNS)]
    path.write_bytes(("\ufeff" + "\t".join(columns) + "\r\n").encode())
    append(path, [FEAR, NONE])
    assert read_decisions(path) == [FEAR, NONE]


def test_a_record_that_lacks_a_column_is_not_added_to(tmp_path):
    path = tmp_path / "decisions.tsv"
    path.write_text("term\tpos\tdecision\temotion\treviewer\tdate\npeur\tNOUN\tcorrect\tfear\tA\t\n", encoding="utf-8")
    before = path.read_bytes()
    assert read_decisions(path)[0].emotion == "fear"
    with pytest.raises(DataError, match="lacks the column 'construction'"):
        append(path, [FEAR])
    assert path.read_bytes() == before


def test_an_absent_record_is_an_empty_one(tmp_path):
    assert read_decisions(tmp_path / "none.tsv") == []


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (Decision("effroi", "NOUN", "perhaps"), "unknown decision 'perhaps'"),
        (Decision("effroi", "NOUN", "correct", "terror!"), "unknown emotion 'terror!'"),
        (Decision("effroi", "NOUN", "correct"), "unknown emotion ''"),
        (Decision("effroi", "NOUN", "unsure", "fear"), "goes with no emotion"),
        (Decision("effroi", "NOUN", "correct", "fear", construction="obj"), "goes with no NOUN; write one of noun-cause"),
        (Decision("effroi", "NOUN", "correct", "fear", intensity="huge"), "unknown intensity"),
        (Decision("effroi", "NOUN", "correct", "fear", condition="on Mondays"), "unknown condition"),
        (Decision("effroi", "CAT", "correct", "fear"), "unknown pos"),
        (Decision("#effroi", "NOUN", "correct", "fear"), "begins with #"),
    ],
)
def test_what_cannot_be_kept_is_told_with_its_line(tmp_path, bad, reason):
    path = tmp_path / "decisions.tsv"
    append(path, [FEAR, bad])
    if bad.term.startswith("#"):
        assert read_decisions(path) == [FEAR]  # a remark; which is why none may be made
        return
    with pytest.raises(DataError, match=reason) as error:
        read_decisions(path)
    assert error.value.line == 3


def test_a_last_line_that_breaks_off_is_told_as_such(tmp_path):
    path = tmp_path / "decisions.tsv"
    append(path, [FEAR] * 2)
    path.write_bytes(path.read_bytes()[:-12])
    with pytest.raises(DataError, match=r"decisions\.tsv:3: has .* fields .* breaks off; take it away"):
        read_decisions(path)


def test_a_place_that_cannot_be_written_to(tmp_path):
    with pytest.raises(OutputError, match="cannot be written"):
        append(tmp_path, [FEAR])


@pytest.mark.skipif(sys.platform == "win32", reason="limits of files are a thing of Unix")
def test_a_full_disk_leaves_no_half_line(tmp_path):
    path = tmp_path / "decisions.tsv"
    append(path, [FEAR] * 5)
    code = (
        "import resource, signal, sys\n"
        "sys.dont_write_bytecode = True  # half of a module's would stay\n"
        "from pathlib import Path\n"
        "from ressenti.errors import OutputError\n"
        "from ressenti.vocab_builder.review.decisions import Decision, append\n"
        f"path = Path({str(path)!r})\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size + 40,) * 2)\n"
        "try:\n    append(path, [Decision('peur', 'NOUN', 'correct', 'fear', note='x' * 60)])\n"
        "except OutputError as error:\n    print(error)\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "cannot be written (File too large)" in told
    assert read_decisions(path) == [FEAR] * 5


def test_the_shipped_record_is_there_and_in_order():
    assert {d.decision for d in read_decisions(SHIPPED)} >= {"correct", "other", "not-emotional"}

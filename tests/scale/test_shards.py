"""A folder of shards: whole after each shard, and taken up again whatever had been begun."""

from __future__ import annotations

import gzip
import json
import stat
from pathlib import Path

import pytest

from ressenti.errors import OutputError
from ressenti.scale.shards import JOURNAL, NARRATIVES, QUARANTINE, Entry, Folder
from scale.inputs import tree

LAST = f"{NARRATIVES}/part-000002.jsonl"


def entries(start=0, end=25):
    """Every tenth is put aside."""
    for n in range(start, end):
        yield Entry(f"f:{n}", aside={"line": n, "reason": "é"}) if n % 10 == 9 else Entry(f"f:{n}", f'{{"id": {n}}}\n')


def written(path, *, compress=False):
    with Folder(path, compress=compress) as folder:
        assert folder.recover() == 0
        folder.put_manifest({"format": 1}, complete=False)
        folder.write(entries(), 10)
    return path


def test_all_is_there_once_in_order_and_private(tmp_path):
    out = written(tmp_path / "deep" / "out")
    found = [
        json.loads(line)["id"] for path in sorted((out / NARRATIVES).iterdir()) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert found == [n for n in range(25) if n % 10 != 9]
    assert [json.loads(line)["line"] for line in (out / QUARANTINE).read_text(encoding="utf-8").splitlines()] == [9, 19]
    records = [json.loads(line) for line in (out / JOURNAL).read_text(encoding="utf-8").splitlines()]
    assert [(r["accounts"], r["quarantined"], r["first"], r["last"]) for r in records] == [
        (9, 1, "f:0", "f:9"), (9, 1, "f:10", "f:19"), (5, 0, "f:20", "f:24"),
    ]  # fmt: skip
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.rglob("*") if path.is_file()} == {0o600}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (out, out / NARRATIVES)} == {0o700}


@pytest.mark.parametrize(
    ("harm", "done"),
    [
        (lambda out: None, 25),
        (lambda out: (out / NARRATIVES / ".unfinished.tmp").write_text("half"), 25),
        (lambda out: cut(out / JOURNAL, 1), 20),  # the last line was being written
        (lambda out: cut(out / JOURNAL, 100), 20),
        (lambda out: cut(out / LAST, 1), 20),
        (lambda out: (out / LAST).write_bytes((out / LAST).read_bytes().replace(b"24", b"25")), 20),
        (lambda out: (out / f"{NARRATIVES}/part-000001.jsonl").unlink(), 10),
        (lambda out: append(out / QUARANTINE, b'{"line": 29, "rea'), 25),
        (lambda out: append(out / JOURNAL, b"\0" * 40), 25),
        (lambda out: [(out / name).unlink() for name in (JOURNAL, QUARANTINE)], 0),
    ],
)
def test_what_was_begun_is_taken_away_and_done_again(tmp_path, harm, done):
    calm, out = written(tmp_path / "calm"), written(tmp_path / "out")
    harm(out)
    with Folder(out) as folder:
        assert folder.recover() == done
        folder.write(entries(done), 10)
    assert tree(out) == tree(calm)


def test_packed_shards_are_the_same_bytes_at_any_time(tmp_path, monkeypatch):
    one = written(tmp_path / "one", compress=True)
    monkeypatch.setattr("time.time", lambda: 1e9)
    other = written(tmp_path / "other", compress=True)
    assert tree(one) == tree(other)
    assert gzip.decompress((one / f"{LAST}.gz").read_bytes()) == b"".join(f'{{"id": {n}}}\n'.encode() for n in range(20, 25))


def cut(path: Path, size: int) -> None:
    path.write_bytes(path.read_bytes()[:-size])


def append(path: Path, data: bytes) -> None:
    path.write_bytes(path.read_bytes() + data)


def test_one_run_at_a_time(tmp_path):
    with Folder(tmp_path), pytest.raises(OutputError, match="another run of ressenti is writing to it"):
        Folder(tmp_path)
    with Folder(tmp_path):
        pass


def test_what_is_not_ours_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").touch()
    with Folder(tmp_path) as folder, pytest.raises(OutputError, match="is not of a run of ressenti"):
        folder.manifest()
    (tmp_path / "manifest.json").write_text("{}")
    with Folder(tmp_path) as folder, pytest.raises(OutputError, match=r"manifest\.json: is not of a run"):
        folder.manifest()
    with pytest.raises(OutputError, match="cannot be written"):
        Folder(tmp_path / "letter.txt")


def test_an_end_in_the_middle_of_a_shard_leaves_what_is_finished(tmp_path):
    def broken():
        yield from entries(0, 14)
        raise KeyboardInterrupt

    out = tmp_path / "out"
    with Folder(out) as folder:
        folder.recover()
        with pytest.raises(KeyboardInterrupt):
            folder.write(broken(), 10)
    assert sorted(tree(out)) == [f"{NARRATIVES}/part-000000.jsonl", QUARANTINE, JOURNAL]

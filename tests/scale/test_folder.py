"""Runs into folders: the same bytes whoever did them and however often they were ended, and refusals before anything is mixed."""

from __future__ import annotations

import importlib.util
import json
import math
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

import ressenti
import warm
from ressenti.corpora.reading import read as read_all
from ressenti.errors import InputError, OutputError
from ressenti.scale.folder import Job, Outcome, annotate_to
from ressenti.scale.shards import NARRATIVES, QUARANTINE
from scale.inputs import READING, Shared, rows, tree

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def job(tmp_path_factory, annotator):
    """Forty accounts, two that cannot be annotated, and a broken line, by two processes."""
    source = rows(tmp_path_factory.mktemp("in"), 40, "deadly", "faulty")
    return Job([str(source)], Shared(annotator=annotator), 2, shard_size=10, french=True, reading=READING)


@pytest.fixture(scope="module")
def done(tmp_path_factory, job):
    """A folder that is complete, and what was said."""
    out, said = tmp_path_factory.mktemp("done"), []
    assert annotate_to(out, job, said.append) == Outcome(40, 3)
    return out, said


def test_each_account_once_in_order_what_fails_aside(done):
    out, said = done
    found = [
        json.loads(line)["id"] for path in sorted((out / NARRATIVES).iterdir()) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert found == [f"a{n}" for n in range(40)]
    aside = [json.loads(line) for line in (out / QUARANTINE).read_text(encoding="utf-8").splitlines()]
    assert [(each["line"], each["id"]) for each in aside] == [(8, "deadly"), (9, "faulty"), (13, None)]
    assert "died" in aside[0]["reason"] and "internal error: ValueError at " in aside[1]["reason"] and "not JSON" in aside[2]["reason"]
    assert "Secret" not in (out / QUARANTINE).read_text(encoding="utf-8") + "".join(said)
    assert "rows.jsonl:8: the process that read it died" in said[0] and "3 inputs failed" in said[-1]


@pytest.mark.parametrize("jobs", [1, 3])
def test_ended_anywhere_and_gone_on_with_the_bytes_are_the_same(tmp_path, job, done, jobs):
    class Enough(Exception):
        pass

    out = tmp_path / "out"
    for most in (0, 11, 12, 100):
        left = iter(range(most))

        def advance(left=left):
            if next(left, None) is None:
                raise Enough

        try:
            annotate_to(out, replace(job, jobs=jobs, resume=True), lambda message: None, advance)
        except Enough:
            assert most < 100
    assert tree(out) == tree(done[0])


def test_inputs_that_are_not_there_leave_no_folder(tmp_path, job):
    out, said = tmp_path / "out", []
    assert annotate_to(out, replace(job, paths=[str(tmp_path / "a.jsonl"), str(tmp_path / "b")], resume=True), said.append) == Outcome(0, 2)
    assert said == [f"{tmp_path}/a.jsonl: no such file or folder", f"{tmp_path}/b: no such file or folder"] and not out.exists()
    source = rows(tmp_path, 1)
    assert annotate_to(out, replace(job, paths=[str(source), "nowhere"], resume=True), said.append).quarantined == 2


def test_what_is_not_read_is_told_and_changes_no_byte(tmp_path, job):
    (tmp_path / "in").mkdir()
    rows(tmp_path / "in", 2)
    job, said = replace(job, paths=[str(tmp_path / "in")]), []
    annotate_to(tmp_path / "calm", job, said.append)
    (tmp_path / "in" / "a.rtf").touch()
    annotate_to(tmp_path / "out", replace(job, resume=True), said.append)
    assert [line for line in said if "left out" in line] == [f"note: {tmp_path}/in: 1 file left out that is not read (.rtf 1)"]
    assert tree(tmp_path / "out") == tree(tmp_path / "calm")


def test_a_shard_that_was_changed_by_hand_is_made_anew_and_told(tmp_path, job, done):
    out, said = tmp_path / "out", []
    shutil.copytree(done[0], out)
    first = out / NARRATIVES / "part-000000.jsonl"
    first.write_bytes(b"".join(first.read_bytes().splitlines(keepends=True)[1:]))
    annotate_to(out, replace(job, resume=True), said.append)
    assert f"note: {first} is not as it was written; it and what follows it are made anew from the inputs" in said[0]
    assert tree(out) == tree(done[0])


def test_the_folder_of_a_run_can_be_read_as_it_is(tmp_path, job, done):
    said = []
    found = list(read_all([str(done[0])], say=said.append))
    assert len(found) == 40 and not any(isinstance(item, InputError) for item in found)
    assert said == [f"note: {done[0]} was written by ressenti annotate; {done[0]}/narratives is read"]
    annotate_to(tmp_path / "packed", replace(job, compress=True), print)
    [packed] = read_all([str(tmp_path / "packed")])
    assert f"packed ones go through a pipe: zcat {tmp_path}/packed/narratives/*.gz | ressenti" in packed.reason


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda place: (place / "b.txt").unlink(), "b.txt is no longer read"),
        (lambda place: (place / "d.txt").unlink(), "d.txt is no longer read"),
        (lambda place: (place / "aa.txt").write_text("J’ai peur."), "aa.txt is new"),
        (lambda place: (place / "e.txt").write_text("J’ai peur."), "e.txt is new"),
        (lambda place: (place / "c.txt").write_text("J’ai honte."), "c.txt is not what was read"),
    ],
)
def test_the_input_that_is_another_is_named(change, said, tmp_path, job):
    place = tmp_path / "in"
    place.mkdir()
    for name in "abcd":
        (place / f"{name}.txt").write_text("Il pleut.")
    job = replace(job, paths=[str(place)])
    annotate_to(tmp_path / "out", job, print)
    change(place)
    with pytest.raises(OutputError, match=rf"other inputs \({place}/{said}\)"):
        annotate_to(tmp_path / "out", replace(job, resume=True), print)


def test_a_complete_folder_is_left_as_it_is(job, done):
    before, said = tree(done[0]), []
    assert annotate_to(done[0], replace(job, resume=True), said.append) == Outcome(40, 3)
    assert "there was nothing left to do" in said[0] and tree(done[0]) == before


@pytest.mark.parametrize(
    ("other", "message"),
    [
        ({"resume": False}, "is not empty; go on .* by --resume"),
        ({"shard_size": 11}, r"begun otherwise \(options.shard_size was 10, is 11\)"),
        ({"compress": True}, "options.gzip was false, is true"),
        ({"reading": READING | {"text_column": "x"}}, 'text_column was null, is "x"'),
        ({"paths": ["-"]}, "standard input cannot be read a second time"),
        ({"paths": ["nowhere.txt"]}, r"other inputs \(.*rows.jsonl is no longer read\)"),
        ({"paths": []}, r"rows.jsonl is no longer read"),
    ],
)
def test_what_would_not_give_the_same_is_refused(job, done, other, message):
    before = tree(done[0])
    with pytest.raises(OutputError, match=message):
        annotate_to(done[0], replace(job, **{"resume": True} | other), print)
    assert tree(done[0]) == before


def test_other_knowledge_and_changed_inputs_are_refused(tmp_path, job, done):
    own = tmp_path / "own.yaml"
    own.write_text("rules: []\n")
    task = Shared(annotator=job.task.annotator, rules=(str(own),))
    with pytest.raises(OutputError, match="own_rules was"):
        annotate_to(done[0], replace(job, task=task, resume=True), print)
    with pytest.raises(InputError, match=r"nowhere\.yaml: cannot be read"):
        annotate_to(tmp_path / "x", replace(job, task=replace(task, rules=(str(tmp_path / "nowhere.yaml"),))), print)
    source = Path(job.paths[0])
    before = source.read_bytes()
    source.write_bytes(before.replace(b"peur 3", b"peur 4"))
    with pytest.raises(OutputError, match=r"rows.jsonl is not what was read"):
        annotate_to(done[0], replace(job, resume=True), print)
    source.write_bytes(before)


def test_an_input_that_changes_meanwhile_is_told(tmp_path, job):
    source = rows(tmp_path, 10)

    def advance():
        os.utime(source, (time.time() + 5, time.time() + 5))

    with pytest.raises(OutputError, match="was changed while it was read"):
        annotate_to(tmp_path / "out", replace(job, paths=[str(source)]), lambda message: None, advance)
    assert not json.loads((tmp_path / "out" / "manifest.json").read_text())["complete"]


@pytest.mark.parametrize("place", [".", "in", "in/deep"])
def test_shards_never_go_where_inputs_are(tmp_path, job, place):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("J’ai peur.", encoding="utf-8")
    with pytest.raises(OutputError, match="is also read, or lies in a folder that is"):
        annotate_to(tmp_path / place, replace(job, paths=[str(tmp_path / "in")]), print)


def test_a_full_disk_loses_nothing(tmp_path):
    source, out = rows(tmp_path, 60), tmp_path / "out"
    words = ("annotate", source, "--shard-size", "20", "--lang", "fr", "-o")
    full = warm.run(*words, out, "--resume", most=3000)
    assert full.returncode == 4
    assert b"make room, then go on with --resume" in full.stderr and b"Traceback" not in full.stderr
    assert not list(out.rglob(".*"))
    assert warm.run(*words, out, "--resume", "--jobs", 2).returncode == 1
    assert warm.run(*words, f"{tmp_path}/calm/").returncode == 1
    assert tree(out) == tree(tmp_path / "calm")


def test_a_small_file_system_that_fills_up(tmp_path, job):
    small = tmp_path / "small"
    small.mkdir()
    mount = shutil.which("mount")
    if (
        mount is None
        or subprocess.run([mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", small], capture_output=True, check=False).returncode
    ):
        pytest.skip("only root mounts a file system")
    try:
        filler = small / "filler"
        filler.write_bytes(b"\0" * 40_000)
        with pytest.raises(OutputError, match=r"No space left on device.*make room"):
            annotate_to(small / "out", job, lambda message: None)
        filler.unlink()
        annotate_to(small / "out", replace(job, resume=True), lambda message: None)
        annotate_to(tmp_path / "calm", job, lambda message: None)
        assert tree(small / "out") == tree(tmp_path / "calm")
    finally:
        subprocess.run(["umount", small], check=True)


class Forked:
    """A run as `subprocess.Popen` would give it, as leader of a group, forked from the tests, that have the parser.

    To load it is most of what a short run does: it would be killed there most often, before it has begun to write.
    """

    def __init__(self, annotator, words):
        self.returncode, self.pid = None, os.fork()
        os.setpgid(self.pid, self.pid)  # by both, for either may be the first
        if not self.pid:
            try:
                ressenti.load = lambda *_, **__: annotator
                os._exit(warm.ran([*map(str, words)], [os.devnull] * 3, str(Path.cwd()), dict(os.environ)))
            finally:  # whatever happens, it is no test
                os._exit(70)

    def poll(self):
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode

    def wait(self, timeout=math.inf):
        end = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired("ressenti", timeout)
            time.sleep(0.005)
        return self.returncode


def test_killed_at_random_moments(annotator, monkeypatch, capsys):
    module = importlib.util.spec_from_file_location("kills", ROOT / "benchmarks" / "kills.py")
    kills = importlib.util.module_from_spec(module)
    module.loader.exec_module(kills)
    for who, what, rest in zip(kills.WHO, kills.WHAT, kills.REST, strict=False):  # what it makes at the first of each takes a while too
        annotator(f"{who} {what}. {rest}")
    monkeypatch.setattr(kills, "started", partial(Forked, annotator))
    monkeypatch.setattr(sys, "argv", ["kills.py", "--kills", "12", "--accounts", "60"])
    kills.main()
    assert "| 12 | " in capsys.readouterr().out


def test_ctrl_c_ends_all_processes_and_leaves_what_is_finished(tmp_path):
    out = tmp_path / "out"
    command = [sys.executable, "-m", "ressenti", "annotate", rows(tmp_path, 3000), "-o", out, "-j", "2", "--shard-size", "10", "--resume"]
    with subprocess.Popen([*map(str, command)], stderr=subprocess.PIPE, start_new_session=True) as process:
        while not (out / "shards.jsonl").exists():
            assert process.poll() is None
            time.sleep(0.05)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(20) == 130
        said = process.stderr.read()  # a row that cannot be read may have been told before
        assert said.endswith(b"ressenti: interrupted\n") and b"Traceback" not in said
    assert len(children) == 2 and not any(Path(f"/proc/{child}").exists() for child in children)
    assert not list(out.rglob(".*")) and (out / "shards.jsonl").stat().st_size


def test_workers_end_with_who_started_them(tmp_path):
    command = [
        sys.executable,
        "-m",
        "ressenti",
        "annotate",
        rows(tmp_path, 5000),
        "-o",
        tmp_path / "out",
        "-j",
        "2",
        "--shard-size",
        "10",
        "--resume",
    ]
    with subprocess.Popen([*map(str, command)], stderr=subprocess.DEVNULL) as process:
        while not (tmp_path / "out" / "shards.jsonl").exists():
            time.sleep(0.05)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.kill()
    end = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{child}").exists() for child in children)

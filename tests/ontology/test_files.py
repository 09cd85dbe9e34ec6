"""What is written whole leaves nothing behind for long, and takes nothing from a process at work."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from ressenti.corpora.writing import Output
from ressenti.ontology.files import write_whole

HOLD = """
import sys, time
from ressenti.corpora.writing import Output
with Output(sys.argv[1]):
    print("open", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def writer(tmp_path):
    """A process that holds an output of two hours ago."""
    with subprocess.Popen([sys.executable, "-c", HOLD, tmp_path / "out.jsonl"], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"open\n"
        (left,) = tmp_path.iterdir()
        os.utime(left, (time.time() - 7200,) * 2)
        yield process, left
        process.kill()


def whole(place):
    write_whole(place, b"")


def output(place):
    with Output(str(place)) as out:
        out.keep()


@pytest.mark.parametrize("write", [whole, output])
def test_what_a_killed_process_left_goes_after_an_hour(writer, tmp_path, write):
    process, left = writer
    write(tmp_path / "other")
    assert left.exists()  # somebody writes it
    process.kill()
    process.wait()
    os.utime(left, (time.time() - 60,) * 2)
    write(tmp_path / "other")
    assert left.exists()  # on a drive without locks somebody may
    os.utime(left, (time.time() - 7200,) * 2)
    write(tmp_path / "other")
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_nothing_else_goes(tmp_path):
    names = (".ressenti-12345678", ".ressenti-notes.tmp", ".other-12345678", "ressenti-12345678.tmp", ".ressenti-1234abcd.tmp")
    for name in names[:-1]:
        (tmp_path / name).write_bytes(b"")
        os.utime(tmp_path / name, (0, 0))
    (tmp_path / names[-1]).mkdir()
    os.utime(tmp_path / names[-1], (0, 0))
    whole(tmp_path / "other")
    assert {path.name for path in tmp_path.iterdir()} == {*names, "other"}

"""Who is told to end in the middle leaves nothing behind that anybody could read."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import time

import pytest

from privacy.world import SENTENCES, World, holds_words

MANY = 20_000
AT_WORK = 100
"""Seconds in which a command must have begun to write."""


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    rows = (json.dumps({"id": f"r{n}", "text": f"{SENTENCES[n % 3]} Il y en eut {n}."}, ensure_ascii=False) for n in range(MANY))
    (world.work / "accounts.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return world


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize(
    "words", ["annotate accounts.jsonl -o out.jsonl", "export accounts.jsonl --format brat -o out", "store load out accounts.jsonl"]
)
def test_what_was_begun_is_private_and_then_gone(world, words, number, status):
    with subprocess.Popen(world.command(*words.split()), cwd=world.work, env=world.environment, stderr=subprocess.PIPE) as process:
        begun = _begun(world, process)
        for path in begun:
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
        process.send_signal(number)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == status and not holds_words(said)
    assert [path.name for path in world.work.iterdir()] == ["accounts.jsonl"]
    assert world.left() == []


def _begun(world, process):
    """The temporary files and folders of a command, as soon as it has made some and read accounts."""
    end = time.monotonic() + AT_WORK
    while time.monotonic() < end and process.poll() is None:
        if begun := [path for path in world.work.iterdir() if path.name != "accounts.jsonl"]:
            time.sleep(1)
            return begun
        time.sleep(0.02)
    raise AssertionError("it has not begun to write")

"""Every command, run where the network ends at loopback, on accounts with words that stand nowhere else."""

from __future__ import annotations

import importlib.util
import json
import shlex
import subprocess

import pytest

from privacy.inputs import make
from privacy.runs import RUNS, SERVED, Run, commands
from privacy.world import World, holds_words

RUN = [run for run in RUNS if not run.needs or importlib.util.find_spec(run.needs)]


@pytest.fixture(scope="module")
def world(tmp_path_factory, annotator):
    """After all runs: in one process, since each needs much of what the others load."""
    world = World(tmp_path_factory.mktemp("privacy"))
    make(world.work / "in", annotator)
    command = world.command(world.folder / "results.jsonl", python=("-m", "privacy.runner"))
    given = json.dumps([run.words for run in RUN]).encode()
    done = subprocess.run(command, input=given, cwd=world.work, env=world.environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert not done.stdout and not holds_words(done.stderr), "what a library says by itself"
    return world


@pytest.fixture(scope="module")
def results(world):
    lines = (world.folder / "results.jsonl").read_text(encoding="utf-8").splitlines()
    return {result["words"]: result for result in map(json.loads, lines)}


def test_no_command_is_left_out():
    called = {" ".join(words) for run in RUNS for n in (1, 2) if len(words := shlex.split(run.words)[:n]) == n}
    assert [name for name in commands() if name not in called and name not in SERVED] == []


@pytest.mark.parametrize("run", RUN, ids=lambda run: run.words)
def test_it_works_and_quotes_no_account_on_standard_error(run: Run, results):
    result = results[run.words]
    assert result["status"] in run.status and result["exception"] in ("", "SystemExit"), result["stderr"]
    assert not holds_words(result["stderr"]), result["stderr"]


def test_nothing_tried_to_reach_the_network(world):
    assert world.log.read_text(encoding="utf-8") == ""


def test_nothing_is_left_in_temporary_folders_and_no_word_in_caches(world):
    left = world.left()
    assert not [name for name in left if name.startswith("tmp/")]
    assert not [name for name in left if holds_words(name) or holds_words((world.folder / name).read_bytes())]
    assert {name.partition("/")[0] for name in left} <= {"cache", "xdg-cache"}


def test_files_with_words_of_accounts_are_for_their_owner_alone(world):
    assert world.open_files() == []

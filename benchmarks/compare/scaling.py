"""What a second process brings."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from time import perf_counter

from speed import Tool, Worker


def two_for_one(tool: Tool, parts: list[list[str]], folder: Path) -> list[float]:
    """How many times faster two processes with half of a part each are than one with all of it; both are loaded before.

    A machine that gives less than twice as much to two processes of anything shows it here.
    """
    paths = []
    halves = {"all": parts, "even": [part[::2] for part in parts], "odd": [part[1::2] for part in parts]}
    for name, half in halves.items():
        paths.append(folder / f"{name}.json")
        paths[-1].write_text(json.dumps(half), "utf-8")
    with ExitStack() as stack:
        one, *two = [stack.enter_context(Worker(tool, path)) for path in paths]
        for worker in (one, *two):
            worker.answer()
            worker.tell(0)
            worker.answer()
        return [_seconds(k, one) / _seconds(k, *two) for k in range(1, len(parts))]


def _seconds(part: int, *workers: Worker) -> float:
    start = perf_counter()
    for worker in workers:
        worker.tell(part)
    for worker in workers:
        worker.answer()
    return perf_counter() - start


def jobs(accounts: list[str], folder: Path, rounds: int) -> list[tuple[float, float, float]] | None:
    """Seconds of the whole command: on one short account, and on all accounts with one and with two processes.

    Returns:
        A triple a round; None where the command knows no --jobs.
    """
    command = [sys.executable, "-m", "ressenti", "annotate"]
    if "--jobs" not in subprocess.run([*command, "--help"], capture_output=True, text=True, check=True).stdout:
        return None
    short, full = folder / "short.jsonl", folder / "full.jsonl"
    short.write_text(json.dumps({"id": "0", "text": accounts[0][:200]}) + "\n", "utf-8")
    full.write_text("".join(json.dumps({"id": str(k), "text": text}) + "\n" for k, text in enumerate(accounts)), "utf-8")
    found = []
    for _ in range(rounds):
        seconds = []
        for path, processes in ((short, "1"), (full, "1"), (full, "2")):
            start = perf_counter()
            subprocess.run(
                [*command, "--lang", "fr", "--jobs", processes, path], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
            )
            seconds.append(perf_counter() - start)
        found.append((seconds[0], seconds[1], seconds[2]))
    return found

"""Kills a run at random moments, goes on with it, and compares the bytes with those of a run that nobody disturbed.

    python benchmarks/kills.py [--kills 200] [--accounts 400] [--seed 1]

Most kills are of the whole group of processes, by SIGKILL, at any moment from the start on; some are of a single worker, after which the
run has to go on by itself. Each run that comes to its end is compared, file by file, and the next one begins in a new folder. Exit status 1
where a byte differs, a narrative is lost, or one is there twice.
"""

from __future__ import annotations

import argparse
import contextlib
import filecmp
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

SHARD = 5
WORKERS = 0.3
"""Share of the kills that hit one worker alone."""
WHO = ("Ma mère", "Mon frère", "La voisine", "Ce silence", "Le directeur", "Notre fille")
WHAT = ("m’a fait peur", "nous a déçus", "me rend fière", "l’a mis en colère", "m’inquiète depuis hier", "n’a surpris personne")
REST = (
    "Il pleuvait.",
    "Je n’ai rien dit, j’avais honte.",
    "On est rentrés soulagés.",
    "Elle était jalouse de sa sœur.",
    "Et puis plus rien.",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--accounts", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - moments, not secrets
    with tempfile.TemporaryDirectory() as folder:
        inputs = write_accounts(Path(folder) / "in", options.accounts, chance)
        calm = Path(folder) / "calm"
        began = time.monotonic()
        status = command(inputs, calm, 1).wait()
        lasts = time.monotonic() - began
        if status != 1:
            sys.exit(f"the undisturbed run ended with {status}; it should put the broken lines aside and end with 1")
        ends, kills, whole, number = Counter[str](), 0, 0, 0
        while kills < options.kills:
            out = Path(folder) / f"out-{number}"
            number += 1
            kills += until_done(inputs, out, options.kills - kills, lasts, chance, ends)
            wrong = compare(calm, out)
            if wrong:
                sys.exit(f"run {number}, after {kills} kills: {wrong}")
            whole += 1
    print(f"ressenti {version('ressenti')}, Python {sys.version.split()[0]}, {options.accounts} accounts in shards of {SHARD}")
    print("| kills | of all processes | of a worker | runs to their end | lost | twice | bytes that differ |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    print(f"| {kills} | {ends['all']} | {ends['worker']} | {whole} | 0 | 0 | 0 |")


def write_accounts(folder: Path, count: int, chance: random.Random) -> Path:
    """Small accounts in files of two kinds, with broken lines among them."""
    folder.mkdir()
    rows = []
    for number in range(count):
        sentences = [f"{chance.choice(WHO)} {chance.choice(WHAT)}. {chance.choice(REST)}" for _ in range(chance.randint(1, 4))]
        rows.append(json.dumps({"id": f"a{number % (count - 3)}", "text": " ".join(sentences)}, ensure_ascii=False))
    for number in (3, count // 2):
        rows.insert(number, '{"id": "broken", "text": ')
    (folder / "rows.jsonl").write_text("\n".join(rows) + "\n", encoding="utf-8")
    for number in range(5):
        (folder / f"letter-{number}.txt").write_text(f"{WHO[number]} {WHAT[number]}.", encoding="utf-8")
    return folder


def command(inputs: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    """A run, as leader of a group of its own."""
    words = [
        "annotate",
        inputs,
        "-o",
        out,
        "--resume",
        "--jobs",
        jobs,
        "--shard-size",
        SHARD,
        "--lang",
        "fr",
    ]
    return started(words)


def started(words: Sequence[object]) -> subprocess.Popen[bytes]:
    """The command in a process and a group of its own."""
    return subprocess.Popen([sys.executable, "-m", "ressenti", *map(str, words)], start_new_session=True, stderr=subprocess.DEVNULL)


def until_done(inputs: Path, out: Path, most: int, lasts: float, chance: random.Random, ends: Counter[str]) -> int:
    """Run, kill and go on until the run comes to its end; how many kills that took."""
    kills = 0
    while True:
        process = command(inputs, out, chance.choice((1, 2, 3)))
        while kills < most:
            # Each moment of a run is as likely as any other; one that was killed has less left to do
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0, lasts))
            if process.poll() is not None:
                break
            found = workers(process.pid)
            if found and chance.random() < WORKERS:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(found), signal.SIGKILL)
                    kills, ends["worker"] = kills + 1, ends["worker"] + 1
                continue
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            kills, ends["all"] = kills + 1, ends["all"] + 1
            break
        status = process.wait()
        if status == 1:
            return kills
        if status != -signal.SIGKILL:
            sys.exit(f"a run ended with {status}")


def workers(pid: int) -> list[int]:
    """The children of a process."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def compare(calm: Path, out: Path) -> str:
    """What is wrong with a folder; empty where nothing is."""
    files = sorted(path.relative_to(calm) for path in calm.rglob("*") if path.is_file())
    if files != sorted(path.relative_to(out) for path in out.rglob("*") if path.is_file()):
        return "other files"
    ids, expected = counted(out), counted(calm)
    if ids != expected or max(ids.values()) > 1:
        return f"lost: {sum((expected - ids).values())}, twice: {sum((ids - expected).values())}"
    differ = [str(path) for path in files if not filecmp.cmp(calm / path, out / path, shallow=False)]
    return f"other bytes in {', '.join(differ)}" if differ else ""


def counted(out: Path) -> Counter[str]:
    """How often each narrative is in a folder."""
    lines = (line for path in (out / "narratives").iterdir() for line in path.read_text(encoding="utf-8").splitlines())
    return Counter(json.loads(line)["id"] for line in lines)


if __name__ == "__main__":
    main()

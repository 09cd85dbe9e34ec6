"""Statements a second of ``ressenti export``, beside pyoxigraph's own serialiser in the same run, and memory along the way.

    python benchmarks/export.py            # a million mentions: a quarter of an hour
    python benchmarks/export.py 20000

Ours starts from narratives as objects, as the annotator gives them; « from JSON Lines » reads them from a file first, as the command does.
pyoxigraph's serialiser is given its own quads, made beforehand: what it would take to make them from narratives is measured apart.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.metadata import version
from itertools import chain, repeat
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

import ressenti
from ressenti.corpora.run import Run
from ressenti.graph.rdf.names import PREFIXES, Iris
from ressenti.graph.rdf.read import FORMATS as READERS
from ressenti.graph.rdf.things import things
from ressenti.graph.rdf.write import FORMATS, write
from ressenti.schema import Narrative

TEXTS = (
    "J’ai eu très peur quand mon père a crié. Il était furieux contre moi parce que j’avais menti. J’ai eu honte, puis je fus soulagé.",
    "Ma sœur est partie vivre au Canada. J’étais à la fois triste et heureux pour elle. Je n’étais pas jaloux. Ma mère pleurait.",
    "Quand Paul a frappé son chien, la colère m’a envahie. Ensuite je m’en suis voulu de l’avoir insulté. Paul avait peur de moi.",
)


def repeated(examples: list[Narrative], mentions: int) -> Iterator[Narrative]:
    """The examples again and again, each time with an id of its own, until there are so many mentions."""
    done = number = 0
    while done < mentions:
        narrative = examples[number % len(examples)]
        yield replace(narrative, id=f"recit-{number}")
        done, number = done + len(narrative.mentions), number + 1


def resident() -> float:
    """Resident memory, in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def ours(narratives: Iterable[Narrative], form: str) -> tuple[float, list[float]]:
    """Seconds to write, and memory after every 2,000 narratives."""
    memory = []
    start = time.process_time()
    with Path(os.devnull).open("w", encoding="utf-8") as out:
        for number, piece in enumerate(write(narratives, form)):
            out.write(piece)
            if number % 2000 == 1999:
                memory.append(resident())
    return time.process_time() - start, memory


def theirs(quads: list[Quad], times: int, form: str) -> float:
    """Seconds for pyoxigraph to write the quads so many times."""
    items = chain.from_iterable(repeat(quads if form == "nq" else [quad.triple for quad in quads], times))
    start = time.process_time()
    with Path(os.devnull).open("wb") as out:
        serialize(items, out, format=READERS[form], prefixes=None if form == "nq" else dict(PREFIXES))
    return time.process_time() - start


def made(narratives: list[Narrative]) -> tuple[float, int]:
    """Seconds to make pyoxigraph's quads of narratives, and how many they are: what the plain way would add."""
    iris, count = Iris(), 0
    start = time.process_time()
    for narrative in narratives:
        name = iris.narrative(narrative.id)
        graph = NamedNode(name)

        def node(short: str, name: str = name) -> NamedNode:
            return NamedNode(name + short if not short or short[0] == "#" else iris.full(short))

        for subject, about in things(narrative):
            for predicate, value in about:
                end = node(value) if type(value) is str else Literal(value.value, datatype=node(value.datatype or "xsd:string"))
                Quad(node(subject), node(predicate), end, graph)
                count += 1
    return time.process_time() - start, count


def slope(memory: list[float]) -> str:
    """Growth over the second half, in KiB for 1,000 narratives."""
    half = memory[len(memory) // 2 :]
    if len(half) < 2:
        return "too short to say"
    return f"{(half[-1] - half[0]) * 1024 / (2 * (len(half) - 1)):+.0f} KiB for 1,000 narratives, peak {max(memory):.0f} MiB"


def main(mentions: int) -> None:
    examples = [*ressenti.load().pipe(Narrative(f"x{number}", text) for number, text in enumerate(TEXTS))]
    sample = list(repeated(examples, 3000))
    quads = list(parse("".join(write(sample, "nq")), format=RdfFormat.N_QUADS))
    per_mention = len(quads) / sum(len(narrative.mentions) for narrative in sample)
    total = int(per_mention * mentions)
    versions = f"Ressenti {version('ressenti')}, pyoxigraph {version('pyoxigraph')}, Python {sys.version.split()[0]}"
    print(f"{versions}, {time.strftime('%Y-%m-%d')}; processor time")
    print(f"{mentions:,} mentions, about {total:,} statements ({per_mention:.1f} a mention)\n")
    print("format   ours/s      pyoxigraph/s  ratio  memory")
    for form in FORMATS:
        seconds, memory = ours(repeated(examples, mentions), form)
        other = theirs(quads, max(1, total // len(quads)), form)
        mine, rate = total / seconds, max(1, total // len(quads)) * len(quads) / other
        print(f"{form:8} {mine:>10,.0f}  {rate:>12,.0f}  {mine / rate:5.2f}  {slope(memory)}", flush=True)
    seconds, count = made(sample)
    print(f"\nmaking pyoxigraph's quads in Python: {count / seconds:,.0f}/s")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "narratives.jsonl"
        wanted = min(mentions, 100_000)
        with file.open("w", encoding="utf-8") as out:
            for narrative in repeated(examples, wanted):
                out.write(json.dumps(narrative.to_dict(), ensure_ascii=False) + "\n")
        seconds, _ = ours(Run([str(file)], say=print, keep=True), "nq")
        print(f"nq from JSON Lines ({wanted:,} mentions): {per_mention * wanted / seconds:,.0f}/s")


if __name__ == "__main__":
    main(int(sys.argv[1].replace(",", "")) if len(sys.argv) > 1 else 1_000_000)

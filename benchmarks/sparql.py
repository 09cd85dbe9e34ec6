"""Measure what ``ressenti sparql`` adds to pyoxigraph on ten million triples, and the memory that a large answer takes.

    python benchmarks/sparql.py                      # 10 million triples: 10 minutes, 4 GB of disk in a temporary folder
    python benchmarks/sparql.py --mentions 100000    # a tenth of it
    python benchmarks/sparql.py --folder DIR         # keep the data and the store there, and use them again

The triples are mentions of emotions, ten triples each, over the shipped ontology. Each query runs in a process of its own, by plain
pyoxigraph (open the store, ask, write CSV) and by ``ressenti sparql --format csv`` in turn; the best of the runs counts. « query » is
what passes inside the process from asking to the last row, « total » the whole process.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from ressenti.ontology.sparql.prefixes import PREFIXES as SHORT

RUNS = 3
QUERIES = {
    "all about one mention": "SELECT * WHERE { ex:m4321 ?p ?o }",
    "accounts with two emotions": """SELECT (COUNT(DISTINCT ?account) AS ?n) WHERE {
        ?m onyx:hasEmotionCategory tone:Terror ; nif:referenceContext ?account .
        ?w onyx:hasEmotionCategory tone:Bliss ; nif:referenceContext ?account }""",
    "mentions of each emotion": "SELECT ?e (COUNT(?m) AS ?n) WHERE { ?m onyx:hasEmotionCategory ?e } GROUP BY ?e ORDER BY DESC(?n)",
    "those below anger": """SELECT ?e (COUNT(?m) AS ?n) WHERE {
        ?e rdfs:subClassOf+ tone:Anger . ?m onyx:hasEmotionCategory ?e } GROUP BY ?e""",
    "a row for each mention": "SELECT ?m ?e WHERE { ?m onyx:hasEmotionCategory ?e }",
    "a graph of accounts": """CONSTRUCT { ?a ex:tells ?e } WHERE {
        ?m nif:referenceContext ?a ; onyx:hasEmotionCategory ?e } LIMIT 100000""",
}
PREFIXES = {"ex": "https://example.org/corpus#"} | {p: SHORT[p] for p in ("nif", "onyx", "prov", "rdf", "rdfs", "tone")}
PLAIN = """
import sys, time
from pyoxigraph import QueryResultsFormat, RdfFormat, Store
store = Store.read_only(sys.argv[1])
start = time.perf_counter()
store.query(sys.argv[2]).serialize(sys.stdout.buffer, RdfFormat.TURTLE if "CONSTRUCT" in sys.argv[2] else QueryResultsFormat.CSV)
print(time.perf_counter() - start, file=sys.stderr)
"""
OURS = """
import sys, time
from pathlib import Path
from ressenti.ontology.sparql.ask import Query, answer, suited
from ressenti.ontology.sparql.run import Limit
from ressenti.ontology.sparql.store import opened
with opened(Path(sys.argv[1])) as data:
    start = time.perf_counter()
    query = Query(sys.argv[2])
    answer(query, data, "ttl" if query.form == "CONSTRUCT" else "csv", sys.stdout.write, Limit(60))
    print(time.perf_counter() - start, file=sys.stderr)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mentions", type=int, default=1_000_000, help="ten triples each (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the data is kept; a temporary folder by default")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(exist_ok=True)
        store = prepare(folder, options.mentions, options.seed)
        print(f"Python {platform.python_version()}, pyoxigraph {importlib.metadata.version('pyoxigraph')}, {os.cpu_count()} cores\n")
        compare(store)
        graphs(store)
        memory(store)


def prepare(folder: Path, mentions: int, seed: int) -> Path:
    """Make the triples and the store, unless they are there."""
    store, data = folder / "store", folder / "mentions.nt"
    if not data.exists():
        start = time.perf_counter()
        write_triples(data, mentions, random.Random(seed))  # noqa: S311 - a benchmark
        print(f"{mentions * 10:,} triples written in {time.perf_counter() - start:.0f} s")
    if not store.exists():
        start = time.perf_counter()
        command = [sys.executable, "-m", "ressenti", "sparql", "--store", store, "--data", data, "ASK {}"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        print(f"store made by ressenti sparql --store --data in {time.perf_counter() - start:.0f} s")
    return store


def write_triples(path: Path, mentions: int, chance: random.Random) -> None:
    from ressenti.ontology.emotions import load_emotions

    emotions = ["".join(part.capitalize() for part in key.split("-")) for key in load_emotions()]
    weights = [1 / rank for rank in range(1, len(emotions) + 1)]
    chance.shuffle(emotions)
    ex, nif, onyx, prov = (PREFIXES[p] for p in ("ex", "nif", "onyx", "prov"))
    integer = "http://www.w3.org/2001/XMLSchema#integer"
    with path.open("w", encoding="utf-8") as file:
        for i, emotion in enumerate(chance.choices(emotions, weights, k=mentions)):
            at, account = chance.randrange(5000), i // 10
            m = f"<{ex}m{i}>"
            file.write(
                f"{m} <{PREFIXES['rdf']}type> <{onyx}Emotion> .\n"
                f"{m} <{onyx}hasEmotionCategory> <{PREFIXES['tone']}{emotion}> .\n"
                f'{m} <{onyx}hasEmotionIntensity> "{chance.choice(("low", "medium", "high"))}" .\n'
                f'{m} <{nif}anchorOf> "mot{chance.randrange(2000)}"@fr .\n'
                f'{m} <{nif}beginIndex> "{at}"^^<{integer}> .\n'
                f'{m} <{nif}endIndex> "{at + 5}"^^<{integer}> .\n'
                f"{m} <{nif}referenceContext> <{ex}account{account}> .\n"
                f"{m} <{ex}experiencer> <{ex}account{account}-e{chance.randrange(3)}> .\n"
                f"{m} <{ex}mode> <{PREFIXES['tone']}{chance.choice(('Labelled', 'Behavioural', 'Displayed', 'Suggested'))}> .\n"
                f"{m} <{prov}wasGeneratedBy> <{ex}rule{chance.randrange(60)}> .\n"
            )


def compare(store: Path) -> None:
    print("| query | lines | pyoxigraph: query | total | ressenti sparql: query | total | query, ratio | total, added |")
    print("| --- | --: | --: | --: | --: | --: | --: | --: |")
    prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    for name, query in QUERIES.items():
        query = prologue + query
        form = "ttl" if "CONSTRUCT" in query else "csv"
        command = [sys.executable, "-m", "ressenti", "sparql", "--store", store, "--format", form, query]
        runs: dict[str, list[tuple[float, float]]] = {"plain": [], "inside": [], "command": []}
        for _ in range(RUNS):
            runs["plain"].append(timed([sys.executable, "-c", PLAIN, store, query]))
            runs["inside"].append(timed([sys.executable, "-c", OURS, store, query]))
            runs["command"].append(timed(command))
        out = subprocess.run(command, check=True, capture_output=True).stdout
        expected = subprocess.run([sys.executable, "-c", PLAIN, store, query], check=True, capture_output=True).stdout
        if form == "csv" and sorted(out.splitlines()) != sorted(expected.splitlines()):
            sys.exit(f"{name}: the answers differ")
        plain, ours = min(q for q, _ in runs["plain"]), min(q for q, _ in runs["inside"])
        total, command_total = min(t for _, t in runs["plain"]), min(t for _, t in runs["command"])
        rows = out.count(b"\n") - 1
        print(
            f"| {name} | {rows:,} | {plain:.3f} s | {total:.3f} s | {ours:.3f} s | {command_total:.3f} s "
            f"| {ours / plain:.2f} | {command_total - total:+.3f} s ({command_total / total - 1:+.0%}) |"
        )


def timed(command: list[str | Path]) -> tuple[float, float]:
    """Seconds that the process says it asked for (0 where it says nothing), and seconds it took."""
    start = time.perf_counter()
    done = subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    return float(done.stderr.strip() or 0), time.perf_counter() - start


def graphs(store: Path) -> None:
    """Why the triples stand in the default graph: the same queries over it and over the union of all graphs."""
    from pyoxigraph import QueryResultsFormat, Store

    opened = Store.read_only(str(store))
    print("\n| pyoxigraph: query | default graph | union of all graphs |\n| --- | --: | --: |")
    for name in ("accounts with two emotions", "mentions of each emotion"):
        seconds = []
        for union in (False, True):
            runs = []
            for _ in range(RUNS):
                start = time.perf_counter()
                opened.query(QUERIES[name], prefixes=PREFIXES, use_default_graph_as_union=union).serialize(format=QueryResultsFormat.CSV)
                runs.append(time.perf_counter() - start)
            seconds.append(min(runs))
        print(f"| {name} | {seconds[0]:.3f} s | {seconds[1]:.3f} s |")


def memory(store: Path) -> None:
    """Peak memory of a command with a row for an answer, then with a million rows."""
    print("\n| peak memory | rows | MB |\n| --- | --: | --: |")
    product = "SELECT ?a ?b WHERE {{ {{ SELECT ?a {{ ?a a onyx:Emotion }} LIMIT {n} }} {{ SELECT ?b {{ ?b a onyx:Emotion }} LIMIT {n} }} }}"
    for form in ("csv", "json", "table"):
        for n in (1, 1000):
            command = [sys.executable, "-m", "ressenti", "sparql", "--store", str(store), "--format", form, product.format(n=n)]
            measure = f"import resource, subprocess\nsubprocess.run({command!r}, check=True, stdout=subprocess.DEVNULL)\n"
            measure += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
            peak = json.loads(subprocess.run([sys.executable, "-c", measure], check=True, capture_output=True).stdout)
            print(f"| {form} | {n * n:,} | {peak / 1024:.0f} |")


if __name__ == "__main__":
    main()

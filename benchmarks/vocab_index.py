"""Measure the index of vectors against brute force in numpy: recall of the twenty nearest and time, in one run.

    python benchmarks/vocab_index.py --write                # 1,000,000 vectors of 300 dimensions, 150 queries: minutes, 6 GB of memory
    python benchmarks/vocab_index.py --count 200000         # a fifth of it
    python benchmarks/vocab_index.py --vectors X.npy --queries Q.npy --name "USE of French terms"    # data of one's own beside it

« clusters of 500 » and « of 50 »: a centre for so many vectors, cosine about .7 among them, more variance in some directions than in
others, as embeddings of words have; queries are further vectors of the same clusters. « random »: uniform on the sphere, where nothing is
near anything and no index helps. numpy multiplies blocks of vectors by all queries on all threads and keeps the best twenty of each block;
the best of five runs counts for both.
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import faiss
import numpy as np

from ressenti.vocab_builder.embedding.index import Index

PAGE = Path(__file__).parent.parent / "docs" / "vocab-builder.md"
K, BLOCK, RUNS = 20, 50_000, 5


class Given:
    """Vectors that are there already, as an encoder."""

    name, revision = "benchmark", "1"

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension

    def encode(self, terms, glosses=None):
        raise NotImplementedError


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)).astype(np.float32)


def random(count: int, queries: int, dimension: int) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(0).standard_normal
    return unit(draw((count, dimension), np.float32)), unit(draw((queries, dimension), np.float32))


def clustered(count: int, queries: int, dimension: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    scale = np.arange(1, dimension + 1, dtype=np.float32) ** -0.4
    scale /= np.linalg.norm(scale)
    centres = unit(rng.standard_normal((count // size, dimension), np.float32) * scale)

    def draw(n: int) -> np.ndarray:
        return unit(centres[rng.integers(len(centres), size=n)] + 0.75 * scale * rng.standard_normal((n, dimension), np.float32))

    return draw(count), draw(queries)


DATA: dict[str, Callable[[int, int, int], tuple[np.ndarray, np.ndarray]]] = {
    "clusters of 500": partial(clustered, size=500),
    "clusters of 50": partial(clustered, size=50),
    "random": random,
}


def brute(vectors: np.ndarray, queries: np.ndarray) -> np.ndarray:
    """Ids of the nearest, by numpy alone."""
    scores, ids = [], []
    for start in range(0, len(vectors), BLOCK):
        product = queries @ vectors[start : start + BLOCK].T
        best = np.argpartition(product, -K, axis=1)[:, -K:]
        scores.append(np.take_along_axis(product, best, 1))
        ids.append(best + start)
    order = np.argsort(-np.concatenate(scores, 1), axis=1)[:, :K]
    return np.take_along_axis(np.concatenate(ids, 1), order, 1)


def timed(*calls: Callable[[], np.ndarray]) -> list[tuple[float, np.ndarray]]:
    """The best time of each call, taken in turns, so that what else the machine does hits all alike."""
    best = [(float("inf"), np.empty(0))] * len(calls)
    for _ in range(RUNS):
        for n, call in enumerate(calls):
            start = time.perf_counter()
            found = call()
            best[n] = min(best[n], (time.perf_counter() - start, found), key=lambda item: item[0])
    return best


def row(name: str, vectors: np.ndarray, queries: np.ndarray) -> str:
    encoder, terms = Given(vectors.shape[1]), [str(n) for n in range(len(vectors))]
    start = time.perf_counter()
    index = Index.build(terms, encoder, vectors)
    built = time.perf_counter() - start
    flat = Index.build(terms, encoder, vectors, "flat")
    (slow, truth), (fast, found), (exact, _) = timed(
        lambda: brute(vectors, queries), lambda: index.search(queries, K)[0], lambda: flat.search(queries, K)[0]
    )
    recall = np.mean([np.isin(t, f).mean() for t, f in zip(truth, found, strict=True)])
    each = 1000 / len(queries)
    line = (
        f"| {name} | {len(vectors):,} × {vectors.shape[1]} | {index.describe()} | {built:.0f} | {slow * each:.2f} | {exact * each:.2f} "
        f"| {fast * each:.3f} | 1/{slow / fast:.0f} | {recall:.3f} |\n"
    )
    print(line, end="", flush=True)
    return line


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--queries-count", type=int, default=150)
    parser.add_argument("--dimension", type=int, default=300)
    parser.add_argument("--data", nargs="*", choices=DATA, default=list(DATA), help="which to measure")
    parser.add_argument("--vectors", type=Path, help="further vectors, an array of numpy")
    parser.add_argument("--queries", type=Path, help="queries for them")
    parser.add_argument("--name", default="given")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.name}")
    asked = parser.parse_args()
    table = "| data | vectors | index | build, s | numpy, ms a query | exact, ms | index, ms | of numpy | recall@20 |\n"
    table += "| --- " * 9 + "|\n"
    print(table, end="")
    for name in asked.data:
        table += row(name, *DATA[name](asked.count, asked.queries_count, asked.dimension))
    if asked.vectors:
        table += row(asked.name, unit(np.load(asked.vectors)), unit(np.load(asked.queries)))
    threads = os.environ.get("OMP_NUM_THREADS") or os.cpu_count()
    versions = f"faiss {faiss.__version__}, numpy {np.__version__}, Python {platform.python_version()}"
    table += f"\n{datetime.now(UTC).date()}, {threads} threads, {versions}.\n"
    if asked.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition("<!-- index -->\n")
        PAGE.write_text(
            f"{before}<!-- index -->\n{table}<!-- end of index -->{rest.partition('<!-- end of index -->')[2]}", encoding="utf-8"
        )


if __name__ == "__main__":
    main()

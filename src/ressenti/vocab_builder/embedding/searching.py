"""How an index searches: exactly while that is fast, else in cells of short codes whose best are compared exactly.

The cells: vectors are turned and cut to their main directions, put into cells by spherical k-means (IVF), and written as codes of four
bits for each two directions (PQ, fast scan). A query is compared with the codes of the nearest cells, and the best of those with the
whole vectors. How many cells, and how many best, is found on a sample of the terms themselves, so that recall holds on data of any kind;
where that takes too many cells the index stays exact. ``docs/vocab-builder.md`` has the figures that decided this.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from ressenti.errors import RessentiError
from ressenti.vocab_builder.embedding import Matrix

LARGE = 100_000
"""From so many terms on cells are tried; below, the exact search is fast enough and nothing is to be trained."""
RECALL = 0.997
"""The share of the twenty nearest of the sample that must be found; other queries find a little less, and .99 is wanted of them."""
DIRECTIONS = 192
"""The vectors are cut to so many main directions for the codes, and compared whole in the end."""
NEAREST, SAMPLE = 20, 256
_PROBES = (8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024)
_FACTORS = (2, 4, 8, 16, 32, 64)
_BLAS = 4000
_TRAINED = 40  # vectors a cell for k-means; more gains nothing that can be measured


def make(vectors: Matrix, kind: str = "auto") -> tuple[Any, str]:
    """Make a FAISS index.

    Args:
        vectors: Shape (n, dimension), rows of length 1 or 0 throughout.
        kind: ``flat`` (exact), ``ivf`` (cells, whatever it takes), or ``auto``.

    Returns:
        The index and its kind.

    Raises:
        ValueError: Another kind, or too few vectors for cells.
        RessentiError: FAISS is not installed.
    """
    if kind not in ("auto", "flat", "ivf"):
        raise ValueError(f"unknown kind of index {kind!r}; write auto, flat or ivf")
    faiss = load_faiss()
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    if kind == "flat" or (kind == "auto" and len(vectors) < LARGE):
        return flat, "flat"
    cells = _cells(faiss, vectors, flat)
    if not _tune(cells, vectors, flat) and kind == "auto":
        return flat, "flat"
    return cells, "ivf"


def on_gpu(index: Any) -> Any | None:
    """The same vectors for exact search on the first graphics card, None where FAISS has none."""
    faiss = load_faiss()
    if not getattr(faiss, "get_num_gpus", lambda: 0)():
        return None
    exact = faiss.downcast_index(index.refine_index) if hasattr(index, "refine_index") else index
    return faiss.index_cpu_to_gpu(faiss.StandardGpuResources(), 0, exact)


def describe(index: Any) -> str:
    """How an index searches, in a few words: exactly, or how many of its cells it looks into."""
    if not hasattr(index, "refine_index"):
        return "exact"
    inverted = _inverted(index)
    return f"{inverted.nprobe} of {inverted.nlist} cells, {index.k_factor:.0f}×k compared"


def load_faiss() -> Any:
    """FAISS, imported late: a command that needs none should not wait for it.

    Raises:
        RessentiError: It is not installed.
    """
    try:
        import faiss
    except ImportError:
        raise RessentiError("an index of vectors needs FAISS; run: pip install 'ressenti[vocab]'") from None
    # FAISS 1.15 multiplies matrices only for many more queries at a time than ours, and is twenty times slower for it
    faiss.cvar.distance_compute_blas_threshold = min(faiss.cvar.distance_compute_blas_threshold, _BLAS)
    return faiss


def _cells(faiss: Any, vectors: Matrix, flat: Any) -> Any:
    count, dimension = vectors.shape
    lists = 2 ** round(math.log2(4 * math.sqrt(count)))
    if count < lists * _TRAINED // 4:
        raise ValueError(f"{count} vectors are too few for cells; build a flat index")
    kept = min(DIRECTIONS, dimension // 2 * 2)
    turn = faiss.LinearTransform(dimension, kept, False)
    faiss.copy_array_to_vector(_directions(vectors, kept).ravel(), turn.A)
    turn.is_trained = turn.is_orthonormal = True
    inverted = faiss.IndexIVFPQFastScan(faiss.IndexFlatIP(kept), kept, lists, kept // 2, 4, faiss.METRIC_INNER_PRODUCT)
    inverted.cp.spherical, inverted.cp.niter, inverted.cp.max_points_per_centroid = True, 8, _TRAINED
    inverted.cp.min_points_per_centroid = 1
    short = faiss.IndexPreTransform(turn, inverted)
    chosen = np.random.default_rng(0).permutation(count)[: max(lists * _TRAINED, 2**16)]
    short.train(vectors[np.sort(chosen)])
    short.add(vectors)
    return faiss.IndexRefine(short, flat)


def _inverted(cells: Any) -> Any:
    faiss = load_faiss()
    return faiss.extract_index_ivf(faiss.downcast_index(cells.base_index))


def _directions(vectors: Matrix, kept: int) -> Matrix:
    """The main directions, turned at random so that all carry as much: a code has the same number of bits for each."""
    sample = vectors[:: max(1, len(vectors) // 100_000)].astype(np.float64)
    _, axes = np.linalg.eigh(sample.T @ sample)
    turn, _ = np.linalg.qr(np.random.default_rng(0).standard_normal((kept, kept)))
    return np.ascontiguousarray(turn @ axes[:, -kept:].T, dtype=np.float32)


def _tune(cells: Any, vectors: Matrix, flat: Any) -> bool:
    """Look into as few cells, and compare as few whole vectors, as the recall wanted allows.

    Returns:
        Whether a quarter of the cells is enough; else all of them are set to be looked into.
    """
    inverted = _inverted(cells)
    rows = np.random.default_rng(1).permutation(len(vectors))[:SAMPLE]
    sample = np.ascontiguousarray(vectors[rows])
    wanted = [_others(row, found) for row, found in zip(rows, flat.search(sample, NEAREST + 1)[1], strict=True)]

    def recall() -> float:
        found = cells.search(sample, NEAREST + 1)[1]
        return float(np.mean([np.isin(w, f).mean() for w, f in zip(wanted, found, strict=True)]))

    def first(values: tuple[int, ...], put: Callable[[int], None]) -> bool:
        for value in values:
            put(value)
            if recall() >= RECALL:
                return True
        return False

    def probe(cells_looked_into: int) -> None:
        inverted.nprobe = cells_looked_into

    def compare(factor: int) -> None:
        cells.k_factor = factor

    compare(_FACTORS[-1])
    if not first(tuple(p for p in _PROBES if p <= inverted.nlist // 4), probe):
        probe(inverted.nlist)
        return False
    return first(_FACTORS, compare)


def _others(row: int, found: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """The nearest but the term itself; of terms with the same vector it may not be among them."""
    kept: npt.NDArray[np.int64] = found[found != row][:NEAREST]
    return kept

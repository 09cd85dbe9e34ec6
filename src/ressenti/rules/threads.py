"""One thread for products of matrices: the parser's are too small to be shared, and a second thread only waits, a processor long."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any


def one_blas_thread() -> AbstractContextManager[Any]:
    """Let NumPy multiply in one thread meanwhile; what is set otherwise comes back.

    For a process that is somebody else's; processes of our own are told by :func:`ressenti.scale.work.one_thread` before they import it.
    """
    limited: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limited


@cache
def _controller() -> Any:
    from threadpoolctl import ThreadpoolController  # looks for the libraries that are loaded: NumPy's is by now

    return ThreadpoolController()

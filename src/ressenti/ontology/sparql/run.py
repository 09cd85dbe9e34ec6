"""Running a query with a time limit.

pyoxigraph cannot be told to stop, but lets other threads run while it works. So a query runs in a thread of its own and the main thread
watches: over the limit, at Ctrl-C or at SIGTERM it turns away, and :func:`ending` ends the process without waiting for the query.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from ressenti.ontology.sparql.errors import TimeLimitError
from ressenti.ontology.sparql.passing import let_go

T = TypeVar("T")
STACKS = (512 << 20, 64 << 20, 0)
"""Bytes of stack to try for, 0 being the system's own choice. It recurses over long chains of UNION or +; only what is used counts."""

_abandoned: list[threading.Thread] = []


class Limit:
    """A limit on one query's time, as counted by a clock on the wall.

    Args:
        seconds: 0 for none. Time in which the reader of the output is slow does not count.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._written = False
        self._waited = 0.0
        self._since: float | None = None

    def writing(self, write: Callable[[str], object]) -> Callable[[str], None]:
        """The function that writes, with its time taken off; once the query is stopped it writes no more."""

        def timed(text: str) -> None:
            self._since = time.monotonic()
            try:
                write(text)
                self._written = True
            finally:
                self._waited += time.monotonic() - self._since
                self._since = None

        return timed

    def run(self, work: Callable[[], T]) -> T:
        """Do the work and give its result, or raise what it raised.

        Raises:
            TimeLimitError: The work goes on in its thread, without end maybe; leave by :func:`ending`.
        """
        results: list[T] = []
        errors: list[BaseException] = []
        done = threading.Event()

        def inside() -> None:
            try:
                results.append(work())
            except BaseException as error:  # noqa: BLE001 - raised again by the main thread
                let_go(error)  # pyoxigraph's answers may only be dropped by the thread that asked
                errors.append(error)
            finally:
                done.set()

        self._waited = 0.0
        start = time.monotonic()
        thread = _start(inside)
        try:
            # A second at most at a time: on Windows, waiting for long is deaf to Ctrl-C.
            while not done.wait(min(1.0, max(0.001, self._left(start)))):
                if self._left(start) <= 0:
                    raise TimeLimitError(self.seconds, self._written)
        finally:
            if not done.is_set():
                _abandoned.append(thread)
        thread.join()
        if errors:
            raise errors[0]
        return results[0]

    def _left(self, start: float) -> float:
        if not self.seconds:
            return 1.0
        since, now = self._since, time.monotonic()
        waited = self._waited + (now - since if since is not None else 0.0)
        return self.seconds - (now - start - waited)


@contextlib.contextmanager
def ending() -> Iterator[None]:
    """Let SystemExit through as usual, but end at once, by force, where a query is still at work: Python cannot end its thread."""
    try:
        yield
    except SystemExit as leaving:
        if not any(thread.is_alive() for thread in _abandoned):
            raise
        # Not standard output: what is written there is handed over at once, and the query may be at it.
        with contextlib.suppress(OSError, ValueError, AttributeError):
            sys.stderr.flush()
        os._exit(leaving.code if isinstance(leaving.code, int) else 1)


def _start(target: Callable[[], None]) -> threading.Thread:
    before = threading.stack_size()
    for size in STACKS:
        try:
            threading.stack_size(size)
            thread = threading.Thread(target=target, name="query", daemon=True)
            thread.start()
        except (ValueError, RuntimeError):
            continue
        else:
            return thread
        finally:
            threading.stack_size(before)
    raise MemoryError

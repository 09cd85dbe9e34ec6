"""Processes that answer queries, each within its limits.

pyoxigraph cannot be told to stop a query, so each runs in a process that can be killed; the next one then gets a new process.
"""

from __future__ import annotations

import json
import math
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from ressenti.errors import RessentiError
from ressenti.graph.store.worker import receive, send


class Refused(Exception):
    """A query with a mistake in it, or one that asks what is not allowed; its text says what."""


class Stopped(Exception):
    """A query that went over a limit, or for which there was no room; its text says which."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one query may take.

    Attributes:
        seconds: From when it is asked to the last of the answer, 0 for no limit; the time in which it waits for others to be answered,
            or who asks is slow to read, counts, and that in which a process is started does not.
        size: Bytes of the answer, 0 for no limit.
        memory: Bytes of memory of the process, 0 for no limit.
    """

    seconds: float = 30.0
    size: int = 100_000_000
    memory: int = 4 << 30


class Pool:
    """Some processes, each with the store open.

    Args:
        folder: The store.
        count: How many queries are answered at the same time.
        limits: Of each query.

    Raises:
        RessentiError: The store cannot be opened.
    """

    def __init__(self, folder: Path, count: int, limits: Limits) -> None:
        self._folder, self.limits = folder, limits
        self._free: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False
        first = self._start()
        for _ in range(count - 1):
            self._free.put(None)  # started when first needed
        self._free.put(first)

    def ask(
        self, query: str, form: str, graphs: tuple[Sequence[str], Sequence[str]] | None, seconds: float = 0.0
    ) -> Generator[bytes, None, None]:
        """The answer in pieces.

        Args:
            query: SPARQL.
            form: A format.
            graphs: IRIs of those asked as one, and of those that can be named; None for all.
            seconds: The time it may take, if that is less than the limit; 0 for the limit.

        Raises:
            Refused: The query cannot be answered.
            Stopped: It took too long or too much, maybe amid the answer.
        """
        seconds = min(seconds or math.inf, self.limits.seconds or math.inf)
        since = time.monotonic()
        try:
            worker = self._free.get(timeout=min(seconds, threading.TIMEOUT_MAX))
        except queue.Empty:
            raise Stopped("all processes are busy with other queries; ask again later") from None
        waited = time.monotonic() - since
        try:
            if worker is not None and worker.has_ended:
                self._end(worker)
                worker = None
            worker = worker or self._start()
            yield from self._ask(worker, {"query": query, "format": form, "graphs": graphs}, seconds, waited)
        except RessentiError as error:
            worker = None
            raise Stopped(str(error)) from None
        finally:
            if worker is not None and (worker.overdue or not worker.idle):
                self._end(worker)  # its query was stopped, or who asked has left
                worker = None
            self._free.put(worker)

    def _ask(self, worker: _Worker, asked: dict[str, object], seconds: float, waited: float) -> Iterator[bytes]:
        size = 0
        with worker.watched(seconds - waited):
            try:
                worker.ask(asked)
                while True:
                    kind, data = worker.receive()
                    if kind == b"E":
                        return
                    if kind == b"X":
                        raise Refused(json.loads(data)["reason"])
                    size += len(data)
                    if self.limits.size and size > self.limits.size:
                        raise Stopped(f"the answer is larger than {self.limits.size:,} bytes; ask for less, with LIMIT")
                    yield data
            except (EOFError, OSError, ValueError):  # the last where the server is being stopped
                if worker.overdue:
                    raise Stopped(f"the query was stopped after {seconds:g} s; ask for less, or what is more to the point") from None
                raise Stopped("the query took too much memory, or the process that answered it was ended; ask for less") from None

    def close(self) -> None:
        """End all processes."""
        with self._lock:
            self._closed = True
            workers = list(self._all)
        for worker in workers:
            self._end(worker)

    def _start(self) -> _Worker:
        worker = _Worker(self._folder, self.limits.memory)
        with self._lock:
            self._all.add(worker)
            closed = self._closed
        if closed:
            self._end(worker)
            raise RessentiError("the server is being stopped")
        worker.open()
        return worker

    def _end(self, worker: _Worker) -> None:
        worker.kill()
        with self._lock:
            self._all.discard(worker)


class _Worker:
    """One process.

    Attributes:
        idle: Whether it has answered all that it was asked, and so can be asked again.
        overdue: Whether it was killed because time was up.
    """

    def __init__(self, folder: Path, memory: int) -> None:
        command = [sys.executable, "-m", "ressenti.graph.store.worker", str(folder), str(memory)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603 - our own program
        self.idle, self.overdue = True, False

    def open(self) -> None:
        """Wait until the store is open.

        Raises:
            RessentiError: It cannot be opened.
        """
        try:
            kind, data = self.receive()
        except EOFError:
            kind, data = b"X", b'{"reason": "the process that was to answer queries ended at once"}'
        if kind == b"X":
            self.kill()
            raise RessentiError(json.loads(data)["reason"])

    def ask(self, asked: dict[str, object]) -> None:
        self.idle, self.overdue = False, False
        assert self._process.stdin is not None
        send(self._process.stdin, b"Q", json.dumps(asked).encode())

    def receive(self) -> tuple[bytes, bytes]:
        """The next message.

        Raises:
            EOFError: The process has ended.
        """
        assert self._process.stdout is not None
        kind, data = receive(self._process.stdout)
        self.idle = kind in (b"E", b"X")
        return kind, data

    @contextmanager
    def watched(self, seconds: float) -> Iterator[None]:
        """Kill the process when so many seconds are over, unless the work is done before."""
        if seconds > threading.TIMEOUT_MAX:
            yield
            return
        timer = threading.Timer(max(0.0, seconds), self.end_overdue)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()  # where it is going off just now, the process is not handed on before it is dead

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            with suppress(OSError, ValueError):
                if stream is not None:
                    stream.close()

    def end_overdue(self) -> None:
        if not self.idle:
            self.overdue = True
            self._process.kill()

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

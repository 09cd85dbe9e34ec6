"""Several processes that annotate, their answers in order; one that dies costs at most the account that killed it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from typing import Protocol, TypeVar

from ressenti.errors import RessentiError
from ressenti.scale.work import HOPELESS, KILLED, TRIES, Answer, Failure, Task, Worker, one_thread
from ressenti.schema import Narrative

AHEAD = 3
"""Batches a process that are read before the answer to the first is there: none waits for work, and memory is bounded."""
FRESH = 1000
"""Batches a process after which all begin anew from what was loaded: spaCy's tables of words grow a little with each new one for ever."""


class Batch(Protocol):
    """What is given to one process at a time."""

    @property
    def narratives(self) -> Sequence[Narrative]:
        """The accounts to be annotated."""
        ...


B = TypeVar("B", bound=Batch)


class Pool:
    """Processes that share what one has loaded, where the system can fork; else each loads it.

    Args:
        task: What they do.
        jobs: How many there are.
        leave: Open files that a forked process closes, for it would hold locks that outlive this process.
    """

    def __init__(self, task: Task, jobs: int, leave: Sequence[int] = ()) -> None:
        one_thread()
        self._task, self._jobs, self._leave = task, jobs, tuple(leave)
        self._others = set(multiprocessing.active_children())
        self._worker: Worker | None = None
        self._executor: ProcessPoolExecutor | None = None
        self._killed = 0

    def answers(self, batches: Iterable[B]) -> Iterator[tuple[B, list[Answer]]]:
        """Each batch with an answer for each of its narratives, in order.

        Raises:
            RessentiError: What the processes need cannot be loaded, or they die whatever they read.
        """
        source = iter(batches)
        waiting: deque[tuple[B, Future[list[Answer]]]] = deque()
        given = 0
        while True:
            while len(waiting) < AHEAD * self._jobs and given < FRESH * self._jobs and (batch := next(source, None)) is not None:
                waiting.append((batch, self._submit(batch.narratives)))
                given += 1
            if not waiting:
                if given < FRESH * self._jobs:
                    return
                self.close()
                given = 0
                continue
            try:
                answers = waiting[0][1].result()
            except BrokenProcessPool:
                self._mend(waiting)
                continue
            yield waiting.popleft()[0], answers

    def close(self) -> None:
        """End the processes, whatever they are at."""
        if self._executor is not None:
            executor, self._executor = self._executor, None
            for process in set(multiprocessing.active_children()) - self._others:
                process.kill()
            executor.shutdown(cancel_futures=True)

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _submit(self, narratives: Sequence[Narrative]) -> Future[list[Answer]]:
        try:
            return self._running().submit(_work, narratives)
        except BrokenProcessPool as error:
            broken: Future[list[Answer]] = Future()
            broken.set_exception(error)
            return broken

    def _running(self) -> ProcessPoolExecutor:
        if self._executor is None:
            if self._task.forks:
                if self._worker is None:
                    self._worker = self._task.load()
                self._executor = ProcessPoolExecutor(self._jobs, multiprocessing.get_context("fork"), _start, (self._worker, self._leave))
            else:
                self._executor = ProcessPoolExecutor(self._jobs, multiprocessing.get_context("spawn"), _start, (self._task, ()))
        return self._executor

    def _mend(self, waiting: deque[tuple[B, Future[list[Answer]]]]) -> None:
        """Do again, one after the other, what was not answered when a process died."""
        self.close()
        for at, (batch, future) in enumerate(waiting):
            if not future.done() or future.cancelled() or future.exception() is not None:
                again: Future[list[Answer]] = Future()
                again.set_result(self._carefully(batch.narratives))
                waiting[at] = batch, again

    def _carefully(self, narratives: Sequence[Narrative]) -> list[Answer]:
        """The answers of a batch that a process may have died of."""
        if not narratives:
            return []
        for _ in range(TRIES if len(narratives) < 2 else 1):
            try:
                answers = self._submit(narratives).result()
            except BrokenProcessPool:
                self.close()
            else:
                self._killed = 0
                return answers
        if len(narratives) == 1:
            self._killed += 1
            if self._killed >= HOPELESS:
                raise RessentiError(
                    f"{HOPELESS} processes in a row died; is there memory for {self._jobs} (--jobs)? The system’s log may say why"
                )
            return [Failure(KILLED)]
        half = len(narratives) // 2
        return self._carefully(narratives[:half]) + self._carefully(narratives[half:])


_worker: Worker | RessentiError | None = None


def _start(worker: Worker | Task, leave: Sequence[int]) -> None:
    """The beginning of a process: it leaves signals and locks to who started it, and ends when that one does."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for number in leave:
        os.close(number)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.freeze()
    try:
        _worker = worker if isinstance(worker, Worker) else worker.load()
    except RessentiError as error:
        _worker = RessentiError(str(error))  # with its own arguments it could not be sent back


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _work(narratives: Sequence[Narrative]) -> list[Answer]:
    if isinstance(_worker, Worker):
        return _worker(narratives)
    raise _worker or RessentiError("a process has nothing to work with")

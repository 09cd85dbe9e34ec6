"""What a process that annotates has loaded, and what it answers."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ressenti
from ressenti.corpora.writing import json_line

if TYPE_CHECKING:
    from ressenti.fallback.model.speaking import Fallback
    from ressenti.rules.annotator import Annotator
    from ressenti.schema import Narrative

NEVER = "never"
ACCOUNTS = 32
"""Accounts that go to a process at a time."""
CHARACTERS = 20_000
"""Characters after which no further account joins a batch: half a second of work, and a bound on what is in memory."""
TRIES = 3
"""How often a process may die over an account before that is taken for the cause: another may have killed it."""
HOPELESS = 20
"""So many processes that die are no fault of the accounts."""
KILLED = "the process that read it died, three times; it is left out"
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no answer for an account; never its words."""

    reason: str


Answer = Any | Failure
"""A line of JSON Lines, or a narrative where lines are not asked for, or why there is neither."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done with accounts; small enough to be sent to another process.

    Attributes:
        vocabulary: Tables of further words.
        rules: Files or folders of further rules.
        fallback: ``never``, ``auto``, or the path of a model.
        lines: Whether narratives are answered as lines of JSON Lines; else as they are.
        options: Keyword arguments of :class:`~ressenti.rules.annotator.Annotator`.
    """

    vocabulary: Sequence[str] = ()
    rules: Sequence[str] = ()
    fallback: str = NEVER
    lines: bool = True
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def forks(self) -> bool:
        """Whether a process that has loaded it can be forked: on Linux, where no neural network keeps threads of its own."""
        return sys.platform == "linux" and not Path(self.fallback).is_dir()

    def load(self) -> Worker:
        """Load the parser, the vocabulary, the rules and the model.

        Raises:
            RessentiError: One of them cannot be used.
        """
        annotator = ressenti.load(self.vocabulary, self.rules, **self.options)
        worker = Worker(annotator, self._model(), json_line if self.lines else _same)
        # What was loaded stays to the end: collecting it again and again takes time, and would copy the pages that processes share
        gc.collect()
        gc.freeze()
        return worker

    def _model(self) -> Fallback | None:
        if self.fallback == NEVER:
            return None
        from ressenti.fallback.model.opening import named_model
        from ressenti.fallback.model.speaking import Fallback

        return Fallback(named_model(self.fallback))


class Worker:
    """Annotates accounts, a list at a time; one that makes the program fail costs no other its answer.

    Args:
        annotator: Of the rules; None where they annotated the accounts already.
        model: What adds to what the rules found; None for nothing.
        write: What makes an answer of a narrative.
    """

    def __init__(self, annotator: Annotator | None, model: Fallback | None, write: Callable[[Narrative], Any]) -> None:
        self._annotator, self._model, self._write = annotator, model, write

    def __call__(self, narratives: Sequence[Narrative]) -> list[Answer]:
        """An answer for each, in order.

        Args:
            narratives: Where the rules are to annotate them, only ``id``, ``text``, ``components`` and ``extra`` are read.
        """
        try:
            found: Iterable[Narrative] = self._annotator.pipe(narratives) if self._annotator else narratives
            return [self._write(narrative) for narrative in (self._model.pipe(found) if self._model else found)]
        except Exception as error:  # noqa: BLE001 - a fault of ours: told by its place, for its message may quote the account
            if len(narratives) == 1:
                return [Failure(_said(error))]
            return [answer for narrative in narratives for answer in self([narrative])]


def _said(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "needs more memory than there is"
    return fault(error)


def fault(error: Exception) -> str:
    """What is told of a fault of ours: its place, for its message may quote the account."""
    return f"internal error: {type(error).__name__} at {place(error)}, a fault of Ressenti"


def place(error: Exception) -> str:
    """Where in Ressenti an error arose, as ``rules/engine.py:80``; the innermost place of ours says more than the library below it."""
    ours = Path(ressenti.__file__).parent
    at, found = error.__traceback__, "?"
    while at is not None:
        file = Path(at.tb_frame.f_code.co_filename)
        if ours in file.parents:
            found = f"{file.relative_to(ours).as_posix()}:{at.tb_lineno}"
        at = at.tb_next
    return found


def one_thread() -> None:
    """Let the libraries for matrices use one thread a process; works before they are imported, and leaves what the user set."""
    for name in _THREADS:
        os.environ.setdefault(name, "1")


def cores() -> int:
    """The processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _same(narrative: Narrative) -> Narrative:
    return narrative

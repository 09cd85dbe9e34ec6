"""From what a reader gives to answers: accounts put together in batches, what cannot be read left in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from ressenti.batches import batches
from ressenti.corpora.account import Account
from ressenti.corpora.run import Run, unannotated
from ressenti.errors import InputError
from ressenti.scale.pool import Pool
from ressenti.scale.work import ACCOUNTS, CHARACTERS, Answer, Failure
from ressenti.schema import Narrative

Item = Account | InputError


@dataclass(slots=True)
class Reading:
    """Some items of the input, in order, and the narratives of those that are accounts."""

    items: list[Item] = field(default_factory=list)
    narratives: list[Narrative] = field(default_factory=list)


def readings(items: Iterable[Item], bare: Callable[[Account], Narrative], per: int = 0) -> Iterator[Reading]:
    """Put items together for one process.

    Args:
        items: What was read.
        bare: Makes a narrative of an account.
        per: A batch ends after each so many items; 0 for no such bound.
    """
    for batch in batches(items, lambda item: len(item.text) if isinstance(item, Account) else 0, ACCOUNTS, CHARACTERS, per):
        yield Reading(batch, [bare(item) for item in batch if isinstance(item, Account)])


class Spread(Run):
    """A run over many accounts by several processes; iterate over it once, or over its answers.

    Args:
        paths: Files, folders, or ``-`` for standard input.
        pool: The processes; who opened it closes it.
        skip: So many items were answered by an earlier run: they are read, for ids are told apart by what went before, and passed over.
        per: Batches end after each so many items.
        options: As of :class:`~ressenti.corpora.run.Run`.
    """

    def __init__(self, paths: Sequence[str], pool: Pool, *, skip: int = 0, per: int = 0, **options: Any) -> None:
        super().__init__(paths, **options)
        self._pool, self._skip, self._per = pool, skip, per

    def __iter__(self) -> Iterator[Any]:
        for _, answer in self.answers():
            if not isinstance(answer, Failure):
                yield answer
        if not self.done and not self.failed:
            self._say("note: no account in the input")

    def answers(self) -> Iterator[tuple[Item, Answer]]:
        """Each item that was not skipped with its answer, in order; what failed is told and counted."""
        for batch, answers in self._pool.answers(readings(self._told(), unannotated, self._per)):
            found = iter(answers)
            for item in batch.items:
                answer = Failure(item.reason) if isinstance(item, InputError) else next(found)
                if isinstance(answer, Failure):
                    self._fail(item if isinstance(item, InputError) else InputError(item.source, item.line, answer.reason))
                else:
                    self.done += 1
                yield item, answer

    def _told(self) -> Iterator[Item]:
        for item in islice(self._items, self._skip, None):
            if isinstance(item, Account):
                self._tell(item, annotated=False)
            yield item

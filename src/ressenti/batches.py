"""Items put together, so many at a time and so long together, as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def batches(items: Iterable[T], length: Callable[[T], int], most: int, characters: int, per: int = 0) -> Iterator[list[T]]:
    """Put items together by their own order and length alone, so that the same items give the same batches.

    Args:
        items: In order.
        length: Of one, in characters, say.
        most: Items of a batch.
        characters: Length after which no further item joins a batch.
        per: A batch ends after each so many items; 0 for no such bound.
    """
    batch: list[T] = []
    taken = 0
    for number, item in enumerate(items, 1):
        batch.append(item)
        taken += length(item)
        if len(batch) >= most or taken >= characters or (per and number % per == 0):
            yield batch
            batch, taken = [], 0
    if batch:
        yield batch

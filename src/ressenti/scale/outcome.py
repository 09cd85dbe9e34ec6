"""What runs into a folder have in common, whoever does the work: how much is a shard, how much is told, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

SHARD = 1000
"""Items of a shard, if the user does not say: a minute's work, which is the most that a kill costs."""
MESSAGES = 20
"""Messages of a kind that are shown; of a million bad lines the file says more than the screen."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a folder holds in the end: narratives, and items that were put aside."""

    accounts: int
    quarantined: int


def many(count: int, what: str) -> str:
    """So many of something, for a message: ``1 shard``, ``2,000 shards``."""
    return f"{count:,} {what}{'' if count == 1 else 's'}"

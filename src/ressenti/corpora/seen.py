"""Which ids went by already, in memory that does not grow with them; what a second narrative of an id is called."""

from __future__ import annotations

import sqlite3
import weakref


class Seen:
    """Ids that went by, as numbers of 64 bits: in memory while they are few, then in a temporary file that holds no word.

    Two of a thousand million ids have the same number with a chance of 1 in 40.
    """

    def __init__(self) -> None:
        # An empty name is a database of SQLite's own, which it keeps in memory up to its cache and deletes when it is closed
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._database.close)
        for line in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "CREATE TABLE seen (mark INTEGER PRIMARY KEY)", "BEGIN"):
            self._database.execute(line)

    def __contains__(self, id: str) -> bool:
        return self._database.execute("SELECT 1 FROM seen WHERE mark = ?", (hash(id),)).fetchone() is not None

    def add(self, id: str) -> None:
        """Remember an id."""
        self._database.execute("INSERT OR IGNORE INTO seen VALUES (?)", (hash(id),))


class Unique:
    """Makes ids unique: the second narrative called ``a`` is ``a#2``."""

    def __init__(self) -> None:
        self._used = Seen()
        self._repeats: dict[str, int] = {}

    def __call__(self, id: str) -> str:
        """The id under which a narrative goes."""
        unique = id
        while unique in self._used:
            self._repeats[id] = self._repeats.get(id, 1) + 1
            unique = f"{id}#{self._repeats[id]}"
        self._used.add(unique)
        return unique

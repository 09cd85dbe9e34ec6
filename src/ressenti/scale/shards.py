"""A folder of shards that grows by one whole shard at a time, and can be gone on with after whatever ended the program.

::

    manifest.json     what the run depends on: versions, knowledge, options; when it is complete, what it gave
    inputs.jsonl      the files that are read, with size and hash
    shards.jsonl      what is finished, a line a shard, in the order of the input
    quarantine.jsonl  what was put aside and why; not there where nothing was
    narratives/       part-000000.jsonl …
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ressenti.corpora.folder import INPUTS, MANIFEST, NARRATIVES
from ressenti.errors import OutputError
from ressenti.scale.disk import LOCK, TEMPORARY, Whole, append, cut, locked, settle, told

JOURNAL, QUARANTINE = "shards.jsonl", "quarantine.jsonl"
FOREIGN = "is not of a run of ressenti; name a new folder, or an empty one"


@dataclass(frozen=True, slots=True)
class Entry:
    """What becomes of one item of the input.

    Attributes:
        place: The file, and the line where it has one.
        line: Its line of JSON Lines, with the line end; None where it is put aside.
        aside: What is kept of one that is put aside: where it stands and why.
    """

    place: str
    line: str | None = None
    aside: Mapping[str, Any] | None = None


class Folder:
    """Where shards go; locked while it is open.

    Args:
        path: The folder; it is made, for its owner alone, where there is none.
        compress: Whether shards are gzip files.

    Attributes:
        shards: How many are finished.
        accounts: Narratives in them.
        quarantined: Items that were put aside.
        bytes: Their size.
        changed: The first shard that is no longer as it was noted, which :meth:`recover` found; None where there is none.
        lock: A descriptor that other processes of this run are to close.

    Raises:
        OutputError: It cannot be made or used, or another run writes to it.
    """

    def __init__(self, path: Path, *, compress: bool = False) -> None:
        self.path, self._compress = path, compress
        self.shards = self.accounts = self.quarantined = self.bytes = self._aside = 0
        self.changed: str | None = None
        with told(path):
            made = not path.exists()
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if made:
                settle(path.parent)
            self.lock = locked(path)

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):  # an interruption between the making of a file and its use leaves it
            self._tidy()
        os.close(self.lock)

    def names(self) -> set[str]:
        """The files in it, but what a run that was killed at its very beginning leaves."""
        with told(self.path):
            return {item.name for item in self.path.iterdir()} - {TEMPORARY, LOCK}

    def manifest(self) -> dict[str, Any] | None:
        """The manifest of an earlier run; None where none has begun.

        Raises:
            OutputError: There are other files, or the manifest cannot be read.
        """
        if MANIFEST not in (names := self.names()):
            if names - {INPUTS}:
                raise OutputError(f"{self.path}: what it holds {FOREIGN}")
            return None
        place = self.path / MANIFEST
        try:
            found = json.loads(place.read_bytes())
        except (OSError, ValueError):
            found = None
        if not isinstance(found, dict) or not isinstance(found.get("run"), dict):
            raise OutputError(f"{place}: {FOREIGN}")
        return found

    def put(self, name: str, lines: Iterable[str]) -> None:
        """Write a file whole, in the place of an earlier one.

        Raises:
            OutputError: It cannot be written.
        """
        with Whole(self.path, name) as out:
            for line in lines:
                out.write(line.encode())
            out.keep()

    def put_manifest(self, run: Mapping[str, Any], *, complete: bool) -> None:
        """Write what the run depends on, and what it gave when it is complete.

        Raises:
            OutputError: It cannot be written.
        """
        manifest: dict[str, Any] = {"run": run, "complete": complete}
        if complete:
            manifest |= {"shards": self.shards, "accounts": self.accounts, "quarantined": self.quarantined, "bytes": self.bytes}
        self.put(MANIFEST, [json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"])

    def inputs(self) -> Iterator[dict[str, Any]]:
        """What the run read, a file at a time.

        Raises:
            OutputError: The list was changed.
        """
        place = self.path / INPUTS
        try:
            with place.open("rb") as stream:
                for line in stream:
                    yield json.loads(line)
        except (OSError, ValueError):
            raise OutputError(f"{place}: cannot be read; the run cannot be gone on with: name a new folder") from None

    def recover(self) -> int:
        """Take up what an earlier run finished, and take away what it had begun.

        Returns:
            How many items of the input are done with.

        Raises:
            OutputError: A file cannot be changed.
        """
        with told(self.path / NARRATIVES):
            (self.path / NARRATIVES).mkdir(mode=0o700, exist_ok=True)
            settle(self.path)
            self._tidy()
        kept = 0
        journal = self.path / JOURNAL
        lines = journal.read_bytes().splitlines(keepends=True) if journal.exists() else []
        for number, line in enumerate(lines):
            try:
                record = json.loads(line)
                if not line.endswith(b"\n"):
                    break
                if not self._holds(record, last=number == len(lines) - 1):
                    self.changed = record["shard"]
                    break
                self._count(record)
            except (ValueError, TypeError, KeyError):  # the end of what was being written
                break
            kept += len(line)
        cut(journal, kept)
        cut(self.path / QUARANTINE, self._aside)
        return self.accounts + self.quarantined

    def _tidy(self) -> None:
        for folder in (self.path, self.path / NARRATIVES):
            (folder / TEMPORARY).unlink(missing_ok=True)

    def write(self, entries: Iterable[Entry], per: int) -> None:
        """Write shards to the end of the entries; after each, the folder is as if nothing more were to come.

        Args:
            entries: In the order of the input.
            per: How many make a shard.

        Raises:
            OutputError: The place is full or gone. What is finished is kept.
        """
        entries = iter(entries)
        while (entry := next(entries, None)) is not None:
            first, number, aside = entry, 0, b""
            with Whole(self.path, self._name(self.shards), compress=self._compress) as shard:
                accounts = 0
                while entry is not None:
                    last, number = entry, number + 1
                    if entry.line is not None:
                        accounts += 1
                        shard.write(entry.line.encode())
                    else:
                        aside += _line(entry.aside or {})
                    entry = next(entries, None) if number < per else None
                shard.keep()
            if aside:
                append(self.path / QUARANTINE, aside)
            record = {
                "shard": self._name(self.shards), "accounts": accounts, "quarantined": number - accounts, "first": first.place,
                "last": last.place, "bytes": shard.size, "sha256": shard.sha256, "quarantine_bytes": self._aside + len(aside),
            }  # fmt: skip
            append(self.path / JOURNAL, _line(record))
            self._count(record)

    def _name(self, number: int) -> str:
        return f"{NARRATIVES}/part-{number:06}.jsonl{'.gz' if self._compress else ''}"

    def _holds(self, record: Mapping[str, Any], *, last: bool) -> bool:
        """Whether a shard is there as it was written; of the last, byte for byte."""
        place = self.path / str(record["shard"])
        if not place.is_file() or place.stat().st_size != record["bytes"]:
            return False
        return not last or hashlib.sha256(place.read_bytes()).hexdigest() == record["sha256"]

    def _count(self, record: Mapping[str, Any]) -> None:
        self.shards += 1
        self.accounts += record["accounts"]
        self.quarantined += record["quarantined"]
        self.bytes += record["bytes"]
        self._aside = record["quarantine_bytes"]


def _line(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"

"""A run into a folder of shards: begun, gone on with, or refused because it would mix what does not belong together."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from ressenti.corpora.account import STDIN, Account
from ressenti.corpora.folder import INPUTS, MANIFEST, find, shown
from ressenti.corpora.reading import SUFFIXES
from ressenti.errors import CallError, InputError, OutputError
from ressenti.scale.identity import changed_since, differences, identity, inputs
from ressenti.scale.outcome import MESSAGES, SHARD, Outcome, many
from ressenti.scale.pool import Pool
from ressenti.scale.shards import QUARANTINE, Entry, Folder
from ressenti.scale.stream import Item, Spread
from ressenti.scale.work import Answer, Failure, Task


@dataclass(frozen=True, slots=True)
class Job:
    """What a run into a folder is to do.

    Attributes:
        paths: Files, folders, or ``-`` for standard input.
        task: What is done with each account; its answers are lines.
        jobs: Processes.
        shard_size: Items of a shard.
        compress: Whether shards are gzip files.
        resume: Whether to go on with what is in the folder.
        french: Whether the accounts are known to be French.
        reading: Options of :func:`~ressenti.corpora.reading.read`.
    """

    paths: Sequence[str]
    task: Task
    jobs: int = 1
    shard_size: int = SHARD
    compress: bool = False
    resume: bool = False
    french: bool = False
    reading: dict[str, Any] = field(default_factory=dict)


def annotate_to(path: Path, job: Job, say: Callable[[str], None], advance: Callable[[], None] = lambda: None) -> Outcome:
    """Annotate accounts into a folder of shards.

    Args:
        path: The folder.
        job: What to do.
        say: Called with each message.
        advance: Called after each account.

    Raises:
        CallError: It cannot be meant so: the folder is also read, or standard input is to be read again.
        OutputError: The folder holds something else, is in use, or cannot be written; or an input was changed meanwhile.
        RessentiError: The parser, a vocabulary, a rule or a model cannot be used.
    """
    if job.resume and "-" in job.paths:
        raise CallError("standard input cannot be read a second time, so --resume needs files; save it to a file first")
    _check_apart(path, job.paths)
    if not (path / MANIFEST).exists() and (missing := _missing(job.paths)):
        for error in missing:  # without a folder, for a name that was mistyped would be in its way when it is right
            say(str(error))
        return Outcome(0, len(missing))
    with Folder(path, compress=job.compress) as folder:
        if not job.resume and folder.names():
            raise OutputError(f"{path}: is not empty; go on with what an earlier run began there by --resume, or name a new folder")
        manifest = folder.manifest()
        began = time.time()
        run = _begin(folder, job) if manifest is None else _go_on(folder, job, manifest["run"])
        skip = folder.recover()
        if folder.changed is not None:
            say(
                f"note: {path / folder.changed} is not as it was written; it and what follows it are made anew from the inputs "
                "(to leave somebody out, take them out of the inputs, and name a new folder)"
            )
        if manifest is not None and manifest["complete"] and skip == manifest["accounts"] + manifest["quarantined"]:
            say(f"note: {path} is complete; there was nothing left to do")
        else:
            if skip:
                say(f"note: goes on after {many(folder.shards, 'shard')} ({many(skip, 'account')})")
            told = _Sparing(say)
            with Pool(job.task, job.jobs, (folder.lock,)) as pool:
                spread = Spread(job.paths, pool, skip=skip, per=job.shard_size, say=told, french=job.french, **job.reading)
                folder.write(_entries(spread, advance), job.shard_size)
            told.rest()
            if (changed := changed_since(job.paths, folder.inputs(), began)) is not None:
                raise OutputError(f"{changed}: was changed while it was read; annotate anew, into a new folder")
            folder.put_manifest(run, complete=True)
        if folder.quarantined:
            say(f"{many(folder.quarantined, 'input')} failed; {path / QUARANTINE} says which and why")
        elif not folder.accounts:
            say("note: no account in the input")
        return Outcome(folder.accounts, folder.quarantined)


def _missing(paths: Sequence[str]) -> list[InputError]:
    """Why none of the inputs can be read; empty where there is one to try."""
    found = [*find(paths, SUFFIXES)]
    missing = [item for item in found if isinstance(item, InputError)]
    return missing if len(missing) == len(found) else []


def _check_apart(path: Path, paths: Sequence[str]) -> None:
    """Refuse a folder whose shards a second run would take for inputs."""
    place = Path(os.path.realpath(path))
    for named in paths:
        other = Path(os.path.realpath(named))
        if named != "-" and (other.is_relative_to(place) or (other.is_dir() and place.is_relative_to(other))):
            raise CallError(f"{path}: is also read, or lies in a folder that is; write to another place")


def _begin(folder: Folder, job: Job) -> dict[str, Any]:
    folder.put(INPUTS, (json.dumps(item, ensure_ascii=False) + "\n" for item in inputs(job.paths)))
    run = _identity(folder, job)
    folder.put_manifest(run, complete=False)
    return run


def _go_on(folder: Folder, job: Job, before: dict[str, Any]) -> dict[str, Any]:
    for was, now in zip_longest(folder.inputs(), inputs(job.paths)):
        if was != now:
            how = _other_inputs(folder, job.paths, was, now)
            raise OutputError(f"{folder.path}: was begun with other inputs ({how}); give the same, or name a new folder")
    now = _identity(folder, job)
    if found := differences(before, now):
        raise OutputError(
            f"{folder.path}: was begun otherwise ({'; '.join(found)}); do as before, or name a new folder ({MANIFEST} says how)"
        )
    return now


def _other_inputs(folder: Folder, paths: Sequence[str], was: dict[str, Any] | None, now: dict[str, Any] | None) -> str:
    """What became of the inputs, from the first place at which they differ: where one is gone, all that follow it have moved."""
    if was is not None and now is not None and was["path"] == now["path"]:
        return f"{now['path']} is not what was read"
    present = {item.path if isinstance(item, InputError) else shown(item.path or STDIN) for item in find(paths, SUFFIXES)}
    if was is not None and was["path"] not in present:
        return f"{was['path']} is no longer read"
    if now is not None and now["path"] not in {item["path"] for item in folder.inputs()}:
        return f"{now['path']} is new"
    return f"{(now or was or {}).get('path')} comes in another place"


def _identity(folder: Folder, job: Job) -> dict[str, Any]:
    files = size = 0
    digest = hashlib.sha256()
    for item in folder.inputs():
        files, size = files + 1, size + item.get("bytes", 0)
        digest.update(json.dumps(item).encode())
    total = {"files": files, "bytes": size, "sha256": digest.hexdigest()}
    try:
        return identity(job.task, compressed=job.compress, inputs=total, shard_size=job.shard_size, gzip=job.compress, **job.reading)
    except (OSError, ValueError) as error:
        named = getattr(error, "filename", None) or "a vocabulary, rules or a model"
        raise InputError(named, None, f"cannot be read ({getattr(error, 'strerror', None) or error})") from None


def _entries(spread: Spread, advance: Callable[[], None]) -> Iterator[Entry]:
    for item, answer in spread.answers():
        yield _entry(item, answer)
        advance()


def _entry(item: Item, answer: Answer) -> Entry:
    if isinstance(item, Account):
        if not isinstance(answer, Failure):
            return Entry(item.place, answer)
        return Entry(item.place, aside={"source": item.source, "line": item.line, "id": item.id, "reason": answer.reason})
    place = item.path if item.line is None else f"{item.path}:{item.line}"
    return Entry(place, aside={"source": item.path, "line": item.line, "id": None, "reason": item.reason})


class _Sparing:
    """Says the first messages of a kind, and at the end how many more there were."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say, self._counts = say, {"note": 0, "failure": 0}

    def __call__(self, message: str) -> None:
        kind = "note" if message.startswith("note: ") else "failure"
        self._counts[kind] += 1
        if self._counts[kind] <= MESSAGES:
            self._say(message)

    def rest(self) -> None:
        """Say how many were not shown."""
        for kind, count in self._counts.items():
            if count > MESSAGES:
                self._say(f"note: {many(count - MESSAGES, f'further {kind}')} not shown")

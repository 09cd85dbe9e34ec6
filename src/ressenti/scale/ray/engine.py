"""A run on Ray Data: pieces in, shards out, gone on with where an earlier one ended."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from ressenti.errors import CallError, OutputError, RessentiError
from ressenti.scale.identity import differences, identity
from ressenti.scale.outcome import MESSAGES, SHARD, Outcome, many
from ressenti.scale.ray.cluster import check_address, check_installed, session
from ressenti.scale.ray.pieces import File, Options, Piece, cut, files
from ressenti.scale.ray.places import REFUSED, Folder, bare, check_network, is_path
from ressenti.scale.ray.stages import LOADING, STATE, Model, Plan, Reader, Rules, Survey
from ressenti.scale.ray.survey import Counts, counts, placed, shards
from ressenti.scale.work import NEVER, Task, cores, one_thread

FEW = 2
"""So many pieces are counted here; it takes less time than giving them to others."""
MANIFEST, QUARANTINE = f"{STATE}/manifest.json", f"{STATE}/quarantine.jsonl"
KEPT = "what is finished is kept: --resume goes on"
RETRIES = 2
"""How often a shard is done again that a place refuses: a store may be busy, a full disk stays full."""
RULES, MODEL, FILES = 0.75, 0.125, 0.0625
"""What share of a processor a worker of each kind is counted with: together one, so that on each there is one that parses."""


@dataclass(frozen=True, slots=True)
class Job:
    """What a run on Ray is to do.

    Attributes:
        urls: Files and folders, as paths or URLs.
        output: A folder, as a path or URL.
        task: What is done with each account.
        options: How accounts are read.
        form: ``jsonl`` or ``parquet``.
        compress: Whether JSON Lines are gzip files.
        shard: Items of a shard.
        jobs: Workers that parse; 0 for one a processor.
        resume: Whether to go on with what is in the folder.
        address: Of a cluster; empty for a Ray of our own.
        allow_network: Whether places and a cluster may be on the network.
    """

    urls: Sequence[str]
    output: str
    task: Task
    options: Options = field(default_factory=Options)
    form: str = "jsonl"
    compress: bool = False
    shard: int = SHARD
    jobs: int = 0
    resume: bool = False
    address: str = ""
    allow_network: bool = False


def annotate_to(job: Job, say: Callable[[str], None], advance: Callable[[], None] = lambda: None) -> Outcome:
    """Annotate accounts on Ray into a folder of shards.

    Args:
        job: What to do.
        say: Called with each message.
        advance: Called for each account, when its shard is there.

    Raises:
        CallError: The folder is also read.
        OutputError: The folder holds something else, or cannot be written.
        RessentiError: Ray, a cluster, the parser, a vocabulary, a rule or a model cannot be used, or workers die whatever they read.
    """
    check_installed()
    check_network([*job.urls, job.output], job.allow_network)
    check_address(job.address, job.allow_network)
    _check_apart(job)
    found = list(files(job.urls, say))
    if all(file.error is not None for file in found) and not Path(_real(job.output)).exists():
        for file in found:  # and nothing is written, for a name that was mistyped would be in the way when it is right
            say(f"{file.url}: {file.error}")
        return Outcome(0, len(found))
    folder = Folder(bare(job.output))
    run = _identity(job, found)
    _begin(folder, job, run)
    with session(job.address, job.jobs or cores(), job.allow_network) as ray:
        one_thread()
        engine = _Engine(ray, job)
        pieces = list(cut(found))
        counted = engine.survey(pieces)
        pieces = placed(pieces, counted, job.shard)
        if repeated := sum(len(piece.repeats) for piece in pieces):
            say(f"note: {many(repeated, 'account')} had an id that was there before, and got another (« #2 », …)")
        done = _done(folder, engine.plan)
        left, wanted = _left(pieces, counted, done, job.shard)
        if done:
            going_on = f"goes on after {many(len(done), 'shard')}"
            say(f"note: {going_on}" if left else f"note: {job.output} is complete; there was nothing left to do")
        written: dict[int, tuple[int, int]] = {}
        for row in engine.annotate(left, wanted - len(done)):
            written[int(row["number"])] = int(row["accounts"]), int(row["quarantined"])
            for _ in range(int(row["accounts"])):
                advance()
    return _end(folder, run, engine.plan, wanted, written, say)


class _Engine:
    """The stages on Ray Data."""

    def __init__(self, ray: Any, job: Job) -> None:
        self._ray, self._data, self._job = ray, ray.data, job
        cpus = int(ray.cluster_resources().get("CPU", 1))
        self._workers = max(1, min(job.jobs or cpus, cpus))
        self.plan = Plan(bare(job.output), job.task, job.options, job.shard, job.form, job.compress, self._workers)
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.target_max_block_size = 1  # each shard goes its own way
        context.raise_original_map_exception = True  # what Ray wraps it in does not say what went wrong
        context.retried_map_errors, context.max_map_retries = [REFUSED], RETRIES

    def survey(self, pieces: Sequence[Piece]) -> list[Counts]:
        """What is in each piece."""
        survey, rows = Survey(self.plan), self._rows(pieces)
        if len(pieces) <= FEW:
            return [counts(survey(row)) for row in rows]
        found = {int(row["number"]): counts(row) for row in self._results(self._dataset(rows).map(survey, num_cpus=FILES))}
        return [found[number] for number in range(len(pieces))]

    def annotate(self, pieces: Sequence[Piece], shards: int) -> Iterator[dict[str, Any]]:
        """Of each of so many shards, when it is written, its number and counts; in any order."""
        if not pieces:
            return
        workers = max(1, min(self._workers, shards))  # a worker without a shard would load for nothing
        stages = self._dataset(self._rows(pieces)).flat_map(Reader(self.plan), num_cpus=FILES)
        stages = stages.map(Rules, num_cpus=RULES, **self._pool(workers))
        if self._job.task.fallback != NEVER:
            gpus = int(self._ray.cluster_resources().get("GPU", 0)) if Path(self._job.task.fallback).is_dir() else 0
            processors = {"num_gpus": 1, "num_cpus": MODEL} if gpus else {"num_cpus": MODEL}
            stages = stages.map(Model, **processors, **self._pool(gpus or workers))
        yield from self._results(stages)

    def _pool(self, size: int) -> dict[str, Any]:
        """What makes a stage one of workers that load once and are made again when they die."""
        # A second shard that waits at a worker gains it nothing, and another could begin it
        pool = self._data.ActorPoolStrategy(min_size=1, max_size=size, initial_size=size, max_tasks_in_flight_per_actor=1)
        return {"compute": pool, "fn_constructor_args": (self.plan,)}

    def _dataset(self, rows: list[dict[str, Any]]) -> Any:
        return self._data.from_items(rows, override_num_blocks=len(rows))

    def _rows(self, pieces: Sequence[Piece]) -> list[dict[str, Any]]:
        return [{"number": number, "piece": json.dumps(piece.to_dict())} for number, piece in enumerate(pieces)]

    def _results(self, dataset: Any) -> Iterator[dict[str, Any]]:
        try:
            yield from dataset.iter_rows()
        except Exception as error:  # noqa: BLE001 - whatever Ray wraps it in, whose words may hold an account's
            raise _told(error) from None


def _told(error: BaseException) -> RessentiError:
    """What ended a run, in our words."""
    chain, names = [error], []
    while chain:
        at = chain.pop()
        names.append(type(at).__name__)
        if isinstance(at, RessentiError) and not hasattr(at, "cause"):
            said = str(at).split("\n", 1)[0]  # Ray adds lines of its own
            return OutputError(f"{said}; {KEPT}") if isinstance(at, OutputError) else RessentiError(said)
        chain += [cause for cause in (at.__cause__, getattr(at, "cause", None)) if isinstance(cause, BaseException)]
    if any("Died" in name or "Crashed" in name or "OutOfMemory" in name for name in names):
        return RessentiError(f"workers died too often; is there memory for as many as there are (--jobs)? {KEPT.capitalize()}")
    return RessentiError(f"Ray ended the run ({names[-1]}); {KEPT}")


def _begin(folder: Folder, job: Job, run: dict[str, Any]) -> None:
    """Put the manifest there, or find that of an earlier run fit to go on with."""
    there = folder.names()
    if there and not job.resume:
        raise OutputError(f"{job.output}: is not empty; go on with what an earlier run began there by --resume, or name a new folder")
    manifest = folder.read(MANIFEST)
    if manifest is None:
        if there - {STATE}:
            raise OutputError(f"{job.output}: holds files that are not of a run on Ray; name a new folder, or an empty one")
        folder.write(MANIFEST, _pretty({"run": run, "complete": False}))
        return
    try:
        before = json.loads(manifest)["run"]
    except (ValueError, KeyError, TypeError):
        raise OutputError(f"{job.output}: {MANIFEST} is broken; name a new folder") from None
    if found := differences(before, json.loads(json.dumps(run))):
        raise OutputError(f"{job.output}: was begun otherwise ({'; '.join(found)}); do as before, or name a new folder")
    for name in folder.names(STATE):
        if name.startswith(LOADING) or name.endswith(".trial"):  # of a run that was ended: its workers did not die of an account
            folder.remove(f"{STATE}/{name}")


def _identity(job: Job, found: Sequence[File]) -> dict[str, Any]:
    digest = hashlib.sha256(json.dumps([asdict(file) for file in found]).encode()).hexdigest()
    total = {"files": len(found), "bytes": sum(file.size for file in found), "sha256": digest}
    try:
        return identity(
            job.task, compressed=job.compress, inputs=total, engine="ray", form=job.form, shard_size=job.shard, gzip=job.compress,
            **asdict(job.options),
        )  # fmt: skip
    except OSError as error:
        raise RessentiError(f"{error.filename or 'a vocabulary, rules or a model'}: cannot be read ({error.strerror})") from None


def _done(folder: Folder, plan: Plan) -> set[int]:
    """The shards that an earlier run finished."""
    there = folder.names()
    numbers = {int(match[1]) for name in folder.names(STATE) if (match := re.fullmatch(r"part-(\d+)\.json", name))}
    return {number for number in numbers if plan.name(number) in there}


def _left(pieces: Sequence[Piece], counted: Sequence[Counts], done: set[int], shard: int) -> tuple[list[Piece], int]:
    """The pieces that are not finished, and how many shards there are in all."""
    left, wanted = [], 0
    for piece, found in zip(pieces, counted, strict=True):
        numbers = range(piece.shard, piece.shard + shards(found, shard))
        wanted = numbers.stop
        if finished := tuple(number for number in numbers if number in done):
            piece = replace(piece, skip=finished)
        if len(finished) < len(numbers):
            left.append(piece)
    return left, wanted


def _end(
    folder: Folder, run: dict[str, Any], plan: Plan, wanted: int, written: dict[int, tuple[int, int]], say: Callable[[str], None]
) -> Outcome:
    """Sum up; nothing is called complete that is not."""
    accounts = quarantined = 0
    aside: list[dict[str, Any]] = []
    for number in range(wanted):
        n, put_aside = written.get(number, (0, 0))
        if number not in written or put_aside:
            record = json.loads(folder.read(plan.record(number)) or b"{}")
            if "accounts" not in record:
                raise RessentiError(f"shard {number} was not written; --resume does it again")
            n, put_aside = record["accounts"], record["quarantined"]
            aside += record["aside"]
        accounts, quarantined = accounts + n, quarantined + put_aside
    if aside:
        folder.write(QUARANTINE, b"".join(json.dumps(item, ensure_ascii=False).encode() + b"\n" for item in aside))
        for item in aside[:MESSAGES]:
            place = item["source"] or item["id"]
            say(f"{place}: {item['reason']}" if item["line"] is None else f"{place}:{item['line']}: {item['reason']}")
        say(f"{many(quarantined, 'input')} failed; {folder.url}/{QUARANTINE} says which and why")
    elif not accounts:
        say("note: no account in the input")
    folder.write(MANIFEST, _pretty({"run": run, "complete": True, "shards": wanted, "accounts": accounts, "quarantined": quarantined}))
    return Outcome(accounts, quarantined)


def _check_apart(job: Job) -> None:
    """Refuse an output whose shards a second run would take for inputs."""
    place = _real(job.output)
    for url in job.urls:
        other = _real(url)
        if f"{other}/".startswith(f"{place}/") or f"{place}/".startswith(f"{other}/"):
            raise CallError(f"{job.output}: is also read, or lies in a folder that is; write to another place")


def _real(url: str) -> str:
    return os.path.realpath(bare(url)) if is_path(bare(url)) else url.rstrip("/")


def _pretty(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"

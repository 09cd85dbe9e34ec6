"""Which triples are asked: the shipped ones and a user's files, or a store on disk.

What is asked without naming a graph stands in the default graph, once. Asking pyoxigraph over the union of all graphs instead would give
a triple that stands in two of them twice, and joins take longer (docs/sparql.md has the figures). The shipped graphs, and those of a user's
N-Quads, TriG and JSON-LD, can be named besides.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, NamedNode, Store

from ressenti.errors import DataError
from ressenti.ontology.rdf.names import INFERRED, LEXICON, TONE
from ressenti.ontology.sparql.files import load, twice
from ressenti.ontology.sparql.passing import passing_folder
from ressenti.ontology.sparql.shipped import copied, fill, fingerprint, made_whole, mark, mark_as, shipped_quads, shipped_store

if TYPE_CHECKING:
    from ressenti.ontology.rdf.build import Tables

LARGE = 16 << 20
"""Bytes of files after which a store is set in order; on ten million triples that takes 11 s and makes joins five to ten times as fast."""

_IN_USE = "is being used by another process; wait for its end, or ask a copy"


@dataclass
class Data:
    """What is asked, as long as it is open.

    Attributes:
        store: The triples.
        union: Whether a query that names no graph asks all graphs: of a store made elsewhere whose default graph is empty.
        note: What a user should know about it, or empty.
        graphs: IRIs of the graphs that are asked as one, and of those that can be named; None for what the query and the data say.
    """

    store: Store
    union: bool = False
    note: str = ""
    graphs: tuple[Sequence[str], Sequence[str]] | None = None


@contextlib.contextmanager
def opened(
    folder: Path | None = None, files: Sequence[Path] = (), *, writable: bool = False, tables: Tables | None = None
) -> Iterator[Data]:
    """Open what is to be asked.

    Args:
        folder: A store on disk, made with the shipped triples where there is none; None for the shipped triples, for now.
        files: RDF files to be loaded beside; into a store on disk for good.
        writable: The data is going to be changed.
        tables: Somebody's own tables, to ask what they make in the place of what is shipped; not with ``folder``.

    Raises:
        DataError: A table cannot be used, the folder is no store or in use, or a file cannot be loaded.
    """
    with contextlib.ExitStack() as held:
        if tables is not None:
            from ressenti.ontology.rdf.build import quads  # reads all tables' loaders, which what is shipped does without

            data = Data(Store())
            data.store.extend(twice(quads(tables)))
            _load(data.store, files)
        elif folder is None:
            data = _passing(files, held, writable=writable)
        else:
            data = _lasting(folder, files, held, writable=writable)
        try:
            yield data
        finally:
            del data.store  # RocksDB closes a store that nothing holds


def _lasting(folder: Path, files: Sequence[Path], held: contextlib.ExitStack, *, writable: bool) -> Data:
    """A store on disk, as it is or with more in it."""
    with _told(folder):
        if _is_new(folder):
            _make(folder, files)
            files = ()
        data = None if files or writable else _open_to_read(folder, held)
        return data or _open_to_write(folder, files)


def _passing(files: Sequence[Path], held: contextlib.ExitStack, *, writable: bool) -> Data:
    """The shipped triples and some files."""
    if not files and not writable:
        return Data(shipped_store())
    copy = held.enter_context(passing_folder("ressenti-")) / "store"
    store = Store(copy) if copied(copy) else shipped_store()
    _load(store, files)
    return Data(store)


def _load(store: Store, files: Sequence[Path]) -> None:
    for file in files:
        load(store, file)


def _is_new(folder: Path) -> bool:
    """Whether a store is to be made there; a folder that holds something else is never touched."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        raise DataError(folder, None, "is a file; --store wants a folder")
    if (folder / "CURRENT").exists():
        return False
    if any(folder.iterdir()):
        raise DataError(folder, None, "is no store of pyoxigraph, and not empty; name a store, or a new folder to make one in")
    return True


def _make(folder: Path, files: Sequence[Path]) -> None:
    """Make a store with the shipped triples and some files, whole or not at all."""
    with made_whole(folder) as place:
        if not copied(place):
            fill(place)
        place.chmod(0o700)  # what is put in may be somebody's accounts
        _put_in(place, files)


def _put_in(place: Path, files: Sequence[Path]) -> None:
    """Load files into a store, which is closed when this is over, also by an error (`passing_folder`)."""
    store = Store(place)
    _load(store, files)
    store.optimize()
    store.flush()


def _open_to_read(folder: Path, held: contextlib.ExitStack) -> Data | None:
    """Open without changing anything, beside other readers; None where the shipped triples in it are of another version."""
    lock = held.enter_context(contextlib.ExitStack())
    lock.enter_context(_shared(folder))
    store = Store.read_only(str(folder))
    if mark(store) in (None, fingerprint()):
        return _data(store)
    if os.access(folder, os.W_OK):
        lock.close()
        return None
    return _data(store, f"{folder}: holds the ontology of another version of Ressenti and cannot be written to; it is asked as it is")


def _open_to_write(folder: Path, files: Sequence[Path]) -> Data:
    store = Store(folder)
    if mark(store) not in (None, fingerprint()):
        _refresh(store)
    _load(store, files)
    if sum(file.stat().st_size for file in files) > LARGE:
        store.optimize()
    return _data(store)


def _data(store: Store, note: str = "") -> Data:
    empty = next(store.quads_for_pattern(None, None, None, DefaultGraph()), None) is None
    return Data(store, union=empty, note=note)


def _refresh(store: Store) -> None:
    """Take out what is no longer shipped and put in what is new; writing but the difference is what takes little time."""
    missing = set(shipped_quads())
    gone = []
    for graph in (TONE, LEXICON, INFERRED):
        for quad in store.quads_for_pattern(None, None, None, NamedNode(graph)):
            if quad in missing:
                missing.remove(quad)
            else:
                gone.append(quad)
    mark_as(store, "")  # void, so that a refreshing that is interrupted is done again
    for quad in twice(gone):
        store.remove(quad)
    store.bulk_extend(twice(missing))
    mark_as(store, fingerprint())


@contextlib.contextmanager
def _shared(folder: Path) -> Iterator[None]:
    """Keep writers out while we read, and do not read while one writes: RocksDB's read-only mode checks neither."""
    if sys.platform == "win32":  # no such locks there
        yield
        return
    import fcntl

    try:
        lock = (folder / "LOCK").open("rb")
    except OSError:  # a copied store may have none
        yield
        return
    with lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DataError(folder, None, _IN_USE) from None
        except OSError:  # some network drives cannot lock
            pass
        yield


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """RocksDB's errors as ours."""
    try:
        yield
    except (OSError, RuntimeError) as error:  # the latter for damage
        said = str(error).splitlines()[0] if str(error) else ""
        if "While lock file" in said:
            raise DataError(folder, None, _IN_USE) from None
        if isinstance(error, PermissionError) or "ermission denied" in said:
            raise DataError(folder, None, "no permission to use it") from None
        raise DataError(folder, None, f"cannot be used as a store ({said})") from None

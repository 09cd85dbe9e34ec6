"""The shipped triples as a store: made on first use and kept in a cache, for making them takes seconds and opening a store hundredths.

The cache holds what the tables say and no word of an account. It can be deleted at any time. ``RESSENTI_CACHE`` names another folder for
it; set to nothing, there is none and the triples are made in memory each time.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, Store

from ressenti._version import __version__
from ressenti.ontology.sparql.files import twice
from ressenti.ontology.sparql.passing import passing_folder

VARIABLE = "RESSENTI_CACHE"
MARK = NamedNode("https://w3id.org/ressenti/store")
"""Graph and subject of the one triple by which a store on disk says which shipped triples are in it."""
KEPT = 3
"""So many versions' stores stay in the cache, those used last: who works with two of them does not make each anew at every call."""
_SHIPPED = NamedNode("https://w3id.org/ressenti/store#shipped")


def shipped_quads() -> Iterator[Quad]:
    """The shipped triples, each in its own graph."""
    from ressenti.ontology.rdf.build import quads

    return quads()


def shipped_store() -> Store:
    """The shipped triples for reading: each in its own graph, and all in the default graph."""
    found = _found()
    if found is not None:
        return found[1]
    store = Store()
    store.extend(twice(shipped_quads()))
    return store


def cached() -> Path | None:
    """The folder of a store with the shipped triples alone, made on first use; None where the cache cannot be written or read."""
    found = _found()
    return found and found[0]


def copied(place: Path) -> bool:
    """Copy the store with the shipped triples alone to a new folder; False where there is no cache.

    Raises:
        OSError: It cannot be written there.
    """
    while (made := cached()) is not None:
        try:
            shutil.copytree(made, place)
        except OSError:
            if made.exists():
                raise
        if made.exists():
            return True
        shutil.rmtree(place, ignore_errors=True)  # another version has cleared it away meanwhile: this one is made anew
    return False


def _found() -> tuple[Path, Store] | None:
    """The folder in the cache, and the store in it, open for reading."""
    made = _place()
    if made is None:
        return None
    try:
        if not made.exists():
            made.parent.mkdir(parents=True, exist_ok=True)
            for old in sorted(made.parent.glob("shipped-*"), key=_last_use)[: 1 - KEPT]:
                _clear_away(old)
            with made_whole(made) as place:
                fill(place)
    except OSError:
        if not made.exists():  # else somebody else has made it meanwhile
            return None
    try:
        store = Store.read_only(str(made))
    except (OSError, RuntimeError):  # damaged
        _clear_away(made)
        return None
    with contextlib.suppress(OSError):
        os.utime(made)
    return made, store


def _last_use(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:  # gone meanwhile
        return 0.0


def _clear_away(folder: Path) -> None:
    """Away at one stroke: who copies from it meanwhile finds that it is gone, not a part of it."""
    with contextlib.suppress(OSError), passing_folder(".ressenti-", folder.parent) as away:
        folder.rename(away / "store")


def preparation() -> str:
    """What a user is told before the shipped triples are made, which takes some seconds; empty where they can be asked at once."""
    place = _place()
    if place is not None and place.exists():
        return ""
    if place is None:
        return "preparing the ontology and the vocabulary to be asked"
    there = next(folder for folder in place.parents if folder.exists())
    if not there.is_dir() or not os.access(there, os.W_OK):
        return f"preparing the ontology and the vocabulary to be asked; {there} cannot be written to, so this is done each time"
    return "preparing the ontology and the vocabulary to be asked; this is done once"


def fill(folder: Path) -> None:
    """Make a store of the shipped triples in an empty folder."""
    store = Store(folder)
    store.bulk_extend(twice(shipped_quads()))
    mark_as(store, fingerprint())
    store.optimize()
    store.flush()


@contextlib.contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """A place in which to make a store, put at ``folder`` when it is made without an error.

    Raises:
        OSError: It cannot be put there, for one because somebody else has made one meanwhile.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with passing_folder(".ressenti-", folder.parent) as temporary:
        place = temporary / "store"
        yield place
        with contextlib.suppress(FileNotFoundError):
            folder.rmdir()
        place.rename(folder)


@cache
def fingerprint() -> str:
    """A name for the shipped triples that changes whenever they may: made from the tables, and the code that turns them into triples."""
    import pyoxigraph

    folder = Path(__file__).parent.parent
    digest = hashlib.sha256(f"{__version__} {pyoxigraph.__version__}".encode())
    for path in sorted([*folder.glob("*.py"), *folder.glob("data/*"), *folder.glob("rdf/**/*"), *folder.glob("dependencies/*.py")]):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def mark(store: Store) -> str | None:
    """The fingerprint of the shipped triples in a store; None where it has none of ours."""
    quad = next(store.quads_for_pattern(MARK, _SHIPPED, None, MARK), None)
    return quad.object.value if quad is not None and isinstance(quad.object, Literal) else None


def mark_as(store: Store, value: str) -> None:
    """Write down which shipped triples are in a store."""
    for quad in store.quads_for_pattern(MARK, _SHIPPED, None, MARK):
        store.remove(quad)
    store.add(Quad(MARK, _SHIPPED, Literal(value), MARK))


def _place() -> Path | None:
    folder = os.environ.get(VARIABLE)
    if folder is None:
        from platformdirs import user_cache_dir

        folder = user_cache_dir("ressenti", appauthor=False)
    return Path(folder) / f"shipped-{fingerprint()[:16]}" if folder else None

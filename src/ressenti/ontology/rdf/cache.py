"""The shipped triples as a store on disk, made once a version: making them takes two seconds, opening the store a few hundredths.

It holds nothing but what the tables say: no word of an account. ``RESSENTI_CACHE`` names another folder; set to nothing, there is no cache.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

import pyoxigraph
from platformdirs import user_cache_path
from pyoxigraph import Store

from ressenti.ontology.emotions import DATA
from ressenti.ontology.rdf.build import quads

VARIABLE = "RESSENTI_CACHE"


def shipped() -> Store:
    """A store with all that is shipped, for reading; in memory where nothing can be kept on disk."""
    folder = _folder()
    if folder is None:
        return _in_memory()
    place = folder / f"tone-{fingerprint()}"
    try:
        if not place.is_dir():
            _make(place)
        return Store.read_only(str(place))
    except OSError:
        return _in_memory()
    except RuntimeError:  # pyoxigraph's word for a store that is broken: the next one who asks makes it anew
        shutil.rmtree(place, ignore_errors=True)
        return _in_memory()


@cache
def fingerprint() -> str:
    """Names a state of the shipped triples: it changes with the tables, and with what makes triples of them."""
    digest = sha256(pyoxigraph.__version__.encode())
    for path in _sources():
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    yield from sorted(DATA.glob("*.tsv"))
    yield from sorted(path for path in Path(__file__).parent.rglob("*") if path.suffix in (".py", ".rq"))


def _folder() -> Path | None:
    if (named := os.environ.get(VARIABLE)) is not None:
        return Path(named) if named else None
    return user_cache_path("ressenti", appauthor=False)


def _in_memory() -> Store:
    store = Store()
    store.bulk_extend(quads())
    return store


def _make(place: Path) -> None:
    """Make the store beside its place and put it there whole: two processes may be at it, and one may be killed.

    Raises:
        OSError: The folder cannot be written to.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(dir=place.parent, prefix=".making-"))
    try:
        store = Store(str(temporary))
        store.bulk_extend(quads())
        store.optimize()
        store.flush()
        del store
        for old in place.parent.glob("tone-*"):
            shutil.rmtree(old, ignore_errors=True)
        with contextlib.suppress(OSError):  # another process was first
            temporary.rename(place)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)

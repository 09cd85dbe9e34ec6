"""Loading narratives into a store on disk, all that is given or nothing, and taking them out of it.

A store keeps the words of what is taken out of it: RocksDB until it merges the file they stand in, Oxigraph for good, since its table of
strings only grows. So where a narrative goes, what stays is written anew, and the words are on the disk no more.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import NamedNode, RdfFormat, Store

from ressenti.errors import DataError, OutputError
from ressenti.graph.rdf.names import BASE, NARRATIVE, TYPE, Iris, encoded
from ressenti.graph.store.names import SHIPPED, STORE
from ressenti.graph.store.place import opened, snapshot, swap, version, workplace
from ressenti.graph.store.spool import Spool, ontology_lines, ontology_version
from ressenti.ontology.sparql.files import FORMATS, reason
from ressenti.ontology.sparql.run import Limit
from ressenti.ontology.sparql.store import LARGE
from ressenti.schema import Narrative

_ALSO_ACCOUNTS = (".json", ".xml")
ENDINGS = tuple(ending for ending in FORMATS if ending not in _ALSO_ACCOUNTS)
"""How the names of RDF files end; ``.gz`` may follow. JSON and XML of these names are accounts."""


_KEPT_OUT = {*SHIPPED, STORE}


@dataclass(frozen=True, slots=True)
class Loaded:
    """What came of it.

    Attributes:
        new: Narratives that were not there.
        replaced: Narratives that were.
    """

    new: int
    replaced: int


def is_rdf(name: str) -> bool:
    """Whether a file is RDF, by the ending of its name."""
    return name.lower().removesuffix(".gz").endswith(ENDINGS)


def load(
    folder: Path,
    files: Sequence[Path] = (),
    narratives: Iterable[Narrative] = (),
    *,
    base: str = BASE,
    check: Callable[[], object] = lambda: None,
) -> Loaded:
    """Load narratives into a store, made where there is none; a narrative that is there already is replaced.

    Args:
        folder: The store.
        files: RDF whose names end as `ENDINGS` says.
        narratives: Annotated ones.
        base: What the IRIs of ``narratives`` begin with.
        check: Called when all is read and before the store is touched; what it raises ends the loading.

    Raises:
        RessentiError: A file or a narrative cannot be used, with file, line and reason; or the store cannot. It is as it was.
        OutputError: The disk is full, say. It is as it was.
    """
    folder = folder.resolve()
    with _written(folder), workplace(folder) as place:
        with Spool(place) as spool:
            for path in files:
                spool.add_file(path)
            spool.add_narratives(narratives, base)
            check()
            new, replaced = _prepare(snapshot(folder, place), spool, spool.narratives)
        _fill(new, spool)
        swap(new, folder)
        return Loaded(len(spool.narratives) - replaced, replaced)


def remove(folder: Path, ids: Sequence[str], *, base: str = BASE) -> list[str]:
    """Take narratives out of a store, and their words off the disk: all that are named, or none.

    Args:
        folder: The store.
        ids: Theirs, or their IRIs.
        base: What the IRIs begin with where an id is given.

    Returns:
        Ids of narratives that stay although they are called as one that went, but for a number: ``P1#2`` where ``P1`` went.

    Raises:
        DataError: There is no store, it is in use, or one is not in it. It is as it was.
        OutputError: The disk is full, say. It is as it was.
    """
    with opened(folder) as data:
        there = _narratives(data.store)
    iris = Iris(base)
    named = {id: id if id in there else iris.narrative(id) for id in ids}
    if missing := [id for id, iri in named.items() if iri not in there]:
        raise DataError(folder, None, f"no narrative {missing[0]!r} in it; nothing was removed (see docs/store.md for the ids in a store)")
    folder = folder.resolve()
    with _written(folder), workplace(folder) as place:
        with Spool(place) as spool:
            new, _ = _prepare(snapshot(folder, place), spool, named.values())
        _fill(new, spool)
        swap(new, folder)
    alike = tuple(f"{iri}{encoded('#')}" for iri in named.values())
    return sorted(unquote(iri.removeprefix(base)) for iri in there - set(named.values()) if iri.startswith(alike))


def _narratives(store: Store) -> set[str]:
    """The IRIs of those in a store."""
    return {
        quad.subject.value
        for quad in store.quads_for_pattern(None, NamedNode(TYPE), NamedNode(NARRATIVE), None)
        if isinstance(quad.subject, NamedNode)
    }


@contextlib.contextmanager
def _written(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        said = (error.strerror or str(error)).splitlines()[0]
        raise OutputError(f"{folder}: cannot be written ({said}); the store is as it was") from None


def _prepare(new: Path, spool: Spool, going: Iterable[str]) -> tuple[Path, int]:
    """Take out what is going, and what there is of another ontology.

    Args:
        new: A snapshot of the store.
        spool: What is to be put in; also what stays, where something goes.
        going: IRIs of narratives, which need not be there.

    Returns:
        The store to be filled, and how many narratives went.
    """
    store = Store(str(new))
    there, ontology = version(store), ontology_lines()
    name = ontology_version(ontology)
    old = {iri for iri in going if store.contains_named_graph(NamedNode(iri))}
    if old:
        spool.add_ontology(ontology, name)
        spool.add_graphs(store, _KEPT_OUT | old)
        return new.with_name("anew"), len(old)
    if there != name:
        for graph in (*SHIPPED, STORE) if there is not None else ():
            store.remove_graph(NamedNode(graph))
        spool.add_ontology(ontology, name)
    return new, 0


def _fill(new: Path, spool: Spool) -> None:
    """Put in what is new."""
    store = Store(str(new))
    # In threads, so that Ctrl-C is noticed meanwhile
    Limit(0).run(lambda: _bulk_load(store, spool))
    if spool.size > LARGE:
        Limit(0).run(store.optimize)
    store.flush()


def _bulk_load(store: Store, spool: Spool) -> None:
    for part, before in spool.parts:
        try:
            store.bulk_load(path=str(part), format=RdfFormat.N_QUADS)
        except SyntaxError as error:
            path, line = spool.place(before + (error.lineno or 1))
            raise DataError(path or "a narrative", line, f"column {error.offset}: {reason(error)}") from None
        part.unlink()

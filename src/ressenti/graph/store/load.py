"""Loading narratives into a store on disk, all that is given or nothing."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Store

from ressenti.errors import DataError, OutputError
from ressenti.graph.rdf.names import BASE
from ressenti.graph.store.names import SHIPPED, STORE
from ressenti.graph.store.place import snapshot, swap, version, workplace
from ressenti.graph.store.spool import Spool, ontology_lines, ontology_version
from ressenti.ontology.sparql.files import FORMATS, reason
from ressenti.ontology.sparql.run import Limit
from ressenti.ontology.sparql.store import LARGE
from ressenti.schema import Narrative

_ALSO_ACCOUNTS = (".json", ".xml")
ENDINGS = tuple(ending for ending in FORMATS if ending not in _ALSO_ACCOUNTS)
"""How the names of RDF files end; ``.gz`` may follow. JSON and XML of these names are accounts."""


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
            new = snapshot(folder, place)
            replaced = _prepare(new, spool)
        _fill(new, spool)
        swap(new, folder)
        return Loaded(len(spool.narratives) - replaced, replaced)


@contextlib.contextmanager
def _written(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        said = (error.strerror or str(error)).splitlines()[0]
        raise OutputError(f"{folder}: cannot be written ({said}); the store is as it was") from None


def _prepare(new: Path, spool: Spool) -> int:
    """Take out what is going to be replaced, and say how many narratives that is."""
    store = Store(str(new))
    there, ontology = version(store), ontology_lines()
    if there != (name := ontology_version(ontology)):
        for graph in (*SHIPPED, STORE) if there is not None else ():
            store.remove_graph(NamedNode(graph))
        spool.add_ontology(ontology, name)
    old = [node for iri in spool.narratives if store.contains_named_graph(node := NamedNode(iri))]
    for node in old:
        store.remove_graph(node)
    return len(old)


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

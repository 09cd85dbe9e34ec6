"""What is checked: the shipped triples, those made from somebody's tables, or files of RDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Store, Triple

from ressenti.ontology.rdf.build import Tables, in_graph, lexicon, tone
from ressenti.ontology.rdf.names import LEXICON, TONE, node
from ressenti.ontology.sparql.files import load
from ressenti.ontology.sparql.shipped import shipped_store

SHIPPED = (NamedNode(TONE), NamedNode(LEXICON))
"""The graphs that say what somebody wrote; what only follows from them is nobody's mistake."""


@dataclass(frozen=True)
class Data:
    """Triples to be checked.

    Attributes:
        store: Holds them.
        graphs: The graphs that are checked.
        beside: True when the store also holds the shipped ontology, because the files given speak of its emotions without holding any.
    """

    store: Store
    graphs: tuple[NamedNode | BlankNode | DefaultGraph, ...] = (DefaultGraph(), *SHIPPED)
    beside: bool = False

    @cached_property
    def lent(self) -> frozenset[str]:
        """The IRIs that only the ontology lent beside the files speaks of: what is found about them is not of the files."""
        if not self.beside:
            return frozenset()
        own = {quad.subject for quad in self.store.quads_for_pattern(None, None, None, DefaultGraph())}
        lent = {quad.subject for quad in self.store.quads_for_pattern(None, None, None, NamedNode(TONE))}
        return frozenset(subject.value for subject in lent - own if isinstance(subject, NamedNode | BlankNode))

    def triples(self) -> Iterator[Triple]:
        """The triples of all the graphs that are checked."""
        for graph in self.graphs:
            yield from (quad.triple for quad in self.store.quads_for_pattern(None, None, None, graph))


def shipped() -> Data:
    """What is shipped with Ressenti."""
    return Data(shipped_store(), SHIPPED)


def from_tables(tables: Tables) -> Data:
    """What somebody's tables make.

    Raises:
        DataError: File, line and reason of the first line of a table that cannot be used.
    """
    store = Store()
    store.extend(in_graph(tone(tables), TONE))
    store.extend(in_graph(lexicon(tables), LEXICON))
    return Data(store)


def from_files(paths: Sequence[Path]) -> Data:
    """The triples of files of RDF, their format told by their ending, taken together as one graph.

    Where they hold no emotion of their own, the shipped ontology is read beside them: a vocabulary alone can then be checked against it.

    Raises:
        DataError: A file cannot be read, its ending is not known, or it is not what its ending says.
    """
    store = Store()
    for path in paths:
        load(store, path)
    if _holds_emotions(store):
        return Data(store)
    store.extend(in_graph(tone(), TONE))
    return Data(store, beside=True)


def _holds_emotions(store: Store) -> bool:
    tiers = ("tone:PrimaryEmotion", "tone:SecondaryEmotion", "tone:TertiaryEmotion")
    return any(next(iter(store.quads_for_pattern(None, node("rdf:type"), node(tier), None)), None) is not None for tier in tiers)

"""What follows from the ontology, made explicit for queries: the part of OWL 2 RL that it uses, as SPARQL rules.

Source: OWL 2 Web Ontology Language Profiles, section 4.3; each rule file bears the name that the standard gives the rule.
A general closure (owlrl) takes twenty seconds on as many triples; these rules take a fraction of one. The tests hold the two against
each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, Store

from ressenti.ontology.rdf.names import INFERRED, PREFIXES

RULES = Path(__file__).parent / "rules"


def infer(store: Store) -> int:
    """Add what follows to a store, in the graph `INFERRED`, until nothing new does.

    Args:
        store: Holds the ontology, in any graphs; changed in place.

    Returns:
        How many triples were added.
    """
    graph = NamedNode(INFERRED)
    rules = [path.read_text(encoding="utf-8") for path in sorted(RULES.glob("*.rq"))]
    before = len(store)
    while True:
        count = len(store)
        for rule in rules:
            # A list first: a store is not changed while it is being asked
            store.extend(list(_new(store, rule, graph)))
        if len(store) == count:
            return count - before


def _new(store: Store, rule: str, graph: NamedNode) -> Iterator[Quad]:
    for triple in store.query(rule, prefixes=dict(PREFIXES), use_default_graph_as_union=True):  # type: ignore[union-attr]
        if next(iter(store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)), None) is None:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)

"""The graphs of a store of narratives.

Each narrative has a graph of its own, named by its IRI. What several narratives say alike (the label of a rule, of a program, of a
reviewer) stands once, in one graph, so that asking all graphs as one meets each statement once. The default graph stays empty.
"""

from __future__ import annotations

from ressenti.graph.rdf.names import PREFIXES, SHARED, VOCABULARY
from ressenti.ontology.rdf.names import INFERRED, TONE

STORE = "https://w3id.org/ressenti/store"
"""Graph and subject of the one statement by which a store says that it is one of narratives, and which ontology is in it."""
MARK = f"{STORE}#ontology"
SOURCES = SHARED
"""Graph of rules, models, programs and reviewers."""
OTHER = f"{STORE}#other"
"""Graph of what files say of no narrative, and in no graph."""
SHIPPED = (TONE, INFERRED, VOCABULARY)
"""Graphs of the ontology, of what follows from it, and of the terms for narratives."""
_SHARED = tuple(PREFIXES[name] for name in ("rule", "model", "software"))


def is_shared(stem: str) -> bool:
    """Whether a subject's IRI, without its fragment, is that of something which several narratives name."""
    return stem.startswith(_SHARED) or "/reviewer/" in stem

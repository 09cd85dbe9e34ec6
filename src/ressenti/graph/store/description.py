"""What the endpoint says of itself: SPARQL 1.1 Service Description (W3C 2013), and a page to read."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, NamedNode, Triple, serialize

from ressenti.graph.store.protocol import MEDIA
from ressenti.ontology.sparql.results import GRAPHS

SD = "http://www.w3.org/ns/sparql-service-description#"
_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RESULTS = {
    "json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV", "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD", "rdfxml": "RDF_XML",
}  # fmt: skip


def description(endpoint: str, form: str) -> bytes:
    """The description of the service.

    Args:
        endpoint: Its address.
        form: A key of `GRAPHS`.
    """
    prefixes = {"sd": SD, "formats": "http://www.w3.org/ns/formats/"} if form in ("ttl", "rdfxml") else None
    return serialize(_triples(endpoint), format=GRAPHS[form], prefixes=prefixes) or b""


def page(endpoint: str) -> str:
    """A few words for who opens the address in a browser."""
    return f"Narratives to be asked in SPARQL, read-only.\n\nEndpoint: {endpoint}\nAnswers as: {', '.join(MEDIA)}\n"


def _triples(endpoint: str) -> Iterator[Triple]:
    service, dataset, default = BlankNode("service"), BlankNode("dataset"), BlankNode("default")
    yield Triple(service, _TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), NamedNode(endpoint))
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for name in MEDIA.values():
        yield Triple(service, _sd("resultFormat"), NamedNode(f"http://www.w3.org/ns/formats/{_RESULTS[name]}"))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, _sd("Dataset"))
    yield Triple(dataset, _sd("defaultGraph"), default)
    yield Triple(default, _TYPE, _sd("Graph"))


def _sd(name: str) -> NamedNode:
    return NamedNode(SD + name)

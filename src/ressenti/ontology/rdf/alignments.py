"""Alignments to other vocabularies as SKOS mappings, and Plutchik's emotions as the small scheme that some of them point at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from ressenti.ontology import mappings
from ressenti.ontology.plutchik import IRI, PlutchikEmotion
from ressenti.ontology.rdf.names import node, text


def plutchik_triples(emotions: Mapping[str, PlutchikEmotion]) -> Iterator[Triple]:
    """Plutchik's emotions as SKOS concepts.

    Their scheme is not typed as one: pyLODE would take it for the ontology that the file is about.
    """
    scheme = NamedNode(IRI.rstrip("#"))
    yield Triple(scheme, node("rdf:type"), node("owl:NamedIndividual"))
    yield Triple(scheme, node("rdfs:label"), text("Plutchik’s emotions", "en"))
    yield Triple(scheme, node("rdfs:label"), text("Les émotions de Plutchik", "fr"))
    for emotion in emotions.values():
        subject = NamedNode(IRI + emotion.name)
        yield Triple(subject, node("rdf:type"), node("owl:NamedIndividual"))
        yield Triple(subject, node("rdf:type"), node("skos:Concept"))
        yield Triple(subject, node("skos:inScheme"), scheme)
        for language, label in emotion.labels.items():
            yield Triple(subject, node("rdfs:label"), text(label, language))
        # A degree has one part, the emotion that it is a degree of; a dyad has two
        relation = node("skos:broader" if len(emotion.parts) == 1 else "dcterms:hasPart")
        yield from (Triple(subject, relation, NamedNode(IRI + emotions[part].name)) for part in emotion.parts)
        yield Triple(subject, node("dcterms:source"), Literal(emotion.source))


def mapping_triples(alignments: Iterable[mappings.Mapping]) -> Iterator[Triple]:
    """Each alignment as a plain SKOS mapping; its confidence, its author and whether its target was seen stay in the SSSOM table."""
    for mapping in alignments:
        yield Triple(NamedNode(mapping.subject), NamedNode(mapping.predicate), NamedNode(mapping.object))

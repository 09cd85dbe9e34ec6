"""Names: which IRI a thing of the tables has, and how IRIs are shortened.

Only a new version of the format may change what stands here: other people's data names these IRIs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pyoxigraph import Literal, NamedNode

from ressenti.ontology.emotions import NAMED_AS_PRIMARY, Emotions

TONE = "https://w3id.org/ressenti/tone"
LEXICON = "https://w3id.org/ressenti/lexicon-fr"
INFERRED = "https://w3id.org/ressenti/tone/inferred"
PREFIXES: Mapping[str, str] = {
    "tone": f"{TONE}#",
    "dep": f"{TONE}/dependency/",
    "lex": f"{LEXICON}#",
    "plutchik": "https://w3id.org/ressenti/plutchik#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "vann": "http://purl.org/vocab/vann/",
    "prov": "http://www.w3.org/ns/prov#",
    "ontolex": "http://www.w3.org/ns/lemon/ontolex#",
    "lime": "http://www.w3.org/ns/lemon/lime#",
    "lexinfo": "http://www.lexinfo.net/ontology/3.0/lexinfo#",
    "onyx": "http://www.gsi.dit.upm.es/ontologies/onyx/ns#",
    "owlr": "http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#",
}


@cache
def node(curie: str) -> NamedNode:
    """The node that a shortened IRI names.

    Args:
        curie: ``prefix:local`` with a prefix of `PREFIXES`.

    Raises:
        ValueError: The prefix is not known.
    """
    prefix, colon, local = curie.partition(":")
    if not colon or prefix not in PREFIXES:
        raise ValueError(f"{curie!r} has no known prefix; known are {', '.join(PREFIXES)}")
    return NamedNode(PREFIXES[prefix] + local)


def split(iri: str) -> tuple[str, str]:
    """Namespace and local name of an IRI, cut after its last # or /."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return iri[:cut], iri[cut:]


def short(iri: str, prefixes: Mapping[str, str] = PREFIXES) -> str:
    """An IRI as ``prefix:local`` where a prefix is known, else as it is."""
    for prefix, start in prefixes.items():
        if iri.startswith(start) and len(iri) > len(start):
            return f"{prefix}:{iri[len(start) :]}"
    return iri


def local_name(key: str) -> str:
    """Local name of a key: ``Fear`` for ``fear``, ``AntonymWordnet`` for ``antonym-wordnet``."""
    return "".join(part.capitalize() for part in key.split("-"))


def emotion_node(key: str) -> NamedNode:
    """The node of an emotion: ``tone:Fear`` for ``fear``."""
    return node(f"tone:{local_name(key)}")


def group_node(key: str) -> NamedNode:
    """The node of a secondary group; two groups bear their primary's name and have one of their own: ``tone:SadnessGroup``."""
    return node(f"tone:{local_name(key)}Group") if key in NAMED_AS_PRIMARY else emotion_node(key)


def parent_node(key: str, emotions: Emotions) -> NamedNode:
    """The class right above an emotion."""
    emotion = emotions[key]
    if emotion.parent is None:
        return node("tone:Emotion")
    return group_node(emotion.parent) if emotion.tier == "tertiary" else emotion_node(emotion.parent)


def text(value: str, language: str) -> Literal:
    """A text in a language."""
    return Literal(value, language=language)


def typed(value: str, datatype: str) -> Literal:
    """A value of a datatype of XML Schema: ``typed("0.81", "decimal")``."""
    return Literal(value, datatype=node(f"xsd:{datatype}"))


def decimal(value: float) -> Literal:
    """A number as ``xsd:decimal``, to four places: as ``0.5``, ``20.0``, never ``20``.

    rdflib and owlready2 write it so whatever they read, and owlready2 writes what is below 0.0001 with an exponent, which no decimal
    may have.
    """
    whole, _, places = f"{round(value, 4) + 0.0:.4f}".partition(".")
    return typed(f"{whole}.{places.rstrip('0') or '0'}", "decimal")

"""The prefixes that every query may use without declaring them, and IRIs shortened by them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ressenti.ontology.rdf.names import PREFIXES as OWN
from ressenti.ontology.rdf.names import split

PREFIXES: Mapping[str, str] = {
    **OWN,
    "nar": "https://w3id.org/ressenti/narrative#",
    "rule": "https://w3id.org/ressenti/rule/",
    "sh": "http://www.w3.org/ns/shacl#",
    "synsem": "http://www.w3.org/ns/lemon/synsem#",
    "oa": "http://www.w3.org/ns/oa#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "itsrdf": "http://www.w3.org/2005/11/its/rdf#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "http://schema.org/",
    "dbr": "http://dbpedia.org/resource/",
    "obo": "http://purl.obolibrary.org/obo/",
    "emoml": "http://www.gsi.dit.upm.es/ontologies/onyx/vocabularies/emotionml/ns#",
}
"""Prefix to namespace; each namespace ends with # or /."""

_LOCAL = re.compile(r"[\w\-]+(?:\.[\w\-]+)*")


def shorten(iri: str, by_namespace: Mapping[str, str]) -> str:
    """``tone:Fear`` for an IRI in a known namespace, else ``<…>``.

    Args:
        iri: The whole IRI.
        by_namespace: Namespace to prefix.
    """
    space, local = split(iri)
    prefix = by_namespace.get(space)
    return f"<{iri}>" if prefix is None or not _LOCAL.fullmatch(local) else f"{prefix}:{local}"

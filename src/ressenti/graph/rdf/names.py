"""Names of things in the RDF of narratives: short names, and the IRIs that they stand for.

A short name is ``prefix:local`` with a prefix of `PREFIXES` (or ``reviewer:``, which hangs on the base), ``#local`` for a thing of the
narrative at hand, or empty for the narrative itself. Local parts are percent-encoded, so that they are the end of an IRI as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode, Quad

from ressenti.errors import RessentiError
from ressenti.ontology.emotions import NAMED_AS_PRIMARY, load_emotions
from ressenti.ontology.rdf.names import PREFIXES as TONE_PREFIXES
from ressenti.ontology.rdf.names import group_node, local_name

BASE = "https://w3id.org/ressenti/narrative/"
VOCABULARY = "https://w3id.org/ressenti/narrative"
_OF_TONE = ("tone", "lex", "rdf", "rdfs", "xsd", "dcterms", "prov", "onyx")
PREFIXES: Mapping[str, str] = {
    "nar": f"{VOCABULARY}#",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    **{prefix: TONE_PREFIXES[prefix] for prefix in _OF_TONE},
    "ressenti": "https://w3id.org/ressenti/",
    "rule": "https://w3id.org/ressenti/rule/",
    "model": "https://w3id.org/ressenti/model/",
    "software": "https://w3id.org/ressenti/software/",
}
NARRATIVE = f"{VOCABULARY}#Narrative"
TYPE = f"{PREFIXES['rdf']}type"
SHARED = "https://w3id.org/ressenti/store#sources"
"""Graph of rules, models, programs and reviewers, which several narratives name."""
SOURCES = {"rule": "nar:Rule", "model": "nar:Model"}
"""Prefix of a source in the format, which is also that of its short name, to its class; a third is ``review``, a person."""
GIVEN = "given"


def is_start(quad: Quad) -> bool:
    """Whether a statement says that something with an IRI is a narrative."""
    if not isinstance(quad.subject, NamedNode) or quad.predicate.value != TYPE:
        return False
    return isinstance(quad.object, NamedNode) and quad.object.value == NARRATIVE


class Iris:
    """The IRIs of one export.

    Args:
        base: What the IRI of every narrative begins with; ends with ``/``.

    Raises:
        RessentiError: The base is no absolute IRI that ends with ``/``.
    """

    def __init__(self, base: str = BASE) -> None:
        try:
            NamedNode(base)
            fit = base.endswith("/") and not set("#?") & set(base)
        except ValueError:
            fit = False
        if not fit:
            raise RessentiError(f"the base {base!r} is no absolute IRI that ends with /; write one such as https://example.org/recits/")
        self.base = base
        self.prefixes = {**PREFIXES, "reviewer": f"{base}reviewer/"}
        self.full = lru_cache(1 << 16)(self._full)

    def narrative(self, id: str) -> str:
        """The IRI of a narrative."""
        return self.base + encoded(id)

    def _full(self, short: str) -> str:
        prefix, _, local = short.partition(":")
        return self.prefixes[prefix] + local


def encoded(name: str) -> str:
    """A name as the end of an IRI: all but letters, digits and ``-._~`` of ASCII percent-encoded.

    Dots alone, which stand for folders in a path, are encoded too.
    """
    return name.replace(".", "%2E") if name in (".", "..") else quote(name, safe="")


@lru_cache(1 << 12)
def source_name(source: str) -> str:
    """The short name of what found something: ``rule:act``, ``reviewer:Anne``, ``nar:Given``; empty for none."""
    kind, colon, name = source.partition(":")
    if source == GIVEN:
        return "nar:Given"
    if colon and kind in SOURCES:
        return f"{kind}:{encoded(name)}"
    return f"reviewer:{encoded(name)}" if colon and kind == "review" else ""


def source_of(iri: str) -> str:
    """The source in the format, from its IRI."""
    if iri == PREFIXES["nar"] + "Given":
        return GIVEN
    for prefix in SOURCES:
        if iri.startswith(PREFIXES[prefix]):
            return f"{prefix}:{unquote(iri.removeprefix(PREFIXES[prefix]))}"
    return f"review:{unquote(iri.rpartition('/')[2])}"


@cache
def emotion_name(key: str) -> str:
    """``tone:Fear`` for ``fear``."""
    return f"tone:{local_name(key)}"


@cache
def secondary_name(key: str) -> str:
    """The short name of a secondary group; two have the name of their primary in the format: ``tone:SadnessGroup``."""
    return f"tone:{local_name(key)}Group" if key in NAMED_AS_PRIMARY else emotion_name(key)


@cache
def emotion_keys() -> dict[str, str]:
    """IRI of an emotion, or of a secondary group, to its key."""
    keys = {PREFIXES["tone"] + local_name(key): key for key in load_emotions()}
    return keys | {group_node(key).value: key for key in NAMED_AS_PRIMARY}


@cache
def concept_name(value: str) -> str:
    """The short name of a value of a closed list, such as a mode or a status: ``tone:Labelled`` for ``labelled``."""
    return f"tone:{value.capitalize()}"

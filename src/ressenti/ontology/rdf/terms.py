"""The terms of TONE besides the emotions: classes, properties and named individuals, from ``terms.tsv``."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ressenti.errors import DataError
from ressenti.ontology.emotions import DATA, LANGUAGES, check_languages
from ressenti.ontology.rdf.header import KINDS
from ressenti.ontology.rdf.names import TONE, node, text, typed
from ressenti.ontology.tables import read_table

COLUMNS = (
    "name", "kind", "parent", "domain", "range", "traits", "label_fr", "label_en", "definition_fr", "definition_en", "source",
)  # fmt: skip
FLAGS = {
    "functional": "owl:FunctionalProperty", "symmetric": "owl:SymmetricProperty", "irreflexive": "owl:IrreflexiveProperty",
    "asymmetric": "owl:AsymmetricProperty",
}  # fmt: skip
_TRAIT = re.compile(r"inverse (?P<inverse>\S+)|rank (?P<rank>\d)|valence (?P<sign>[<>]) 0|(?P<owlready>owlready relation)")


@dataclass(frozen=True, slots=True)
class Term:
    """One row of ``terms.tsv``.

    Attributes:
        name: Local name in the namespace ``tone:``.
        kind: ``class``, ``object``, ``data``, ``annotation``, ``individual``, or ``emotion`` (a group without a key of its own).
        parent: The class or property above, or the class of an individual, as ``prefix:local``; empty for none.
        domain, range: Likewise, of a property.
        traits: Of a property ``symmetric``, ``asymmetric``, ``irreflexive``, ``functional``, ``inverse tone:X``,
            ``owlready relation``; of a class ``valence > 0``; of an individual ``rank N``.
        labels, definitions: Language tag to text.
        source: The paper or standard it is taken from.
        line: In the table.
    """

    name: str
    kind: str
    parent: str
    domain: str
    range: str
    traits: tuple[str, ...]
    labels: dict[str, str]
    definitions: dict[str, str]
    source: str
    line: int


def load_terms(path: Path | None = None) -> tuple[Term, ...]:
    """Read and check ``terms.tsv``; without ``path`` the one shipped with Ressenti.

    Raises:
        DataError: File, line and reason: an unknown kind, prefix, trait or language, a missing label, a name given twice.
    """
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> tuple[Term, ...]:
    return _read(DATA / "terms.tsv")


def _read(path: Path) -> tuple[Term, ...]:
    terms: dict[str, Term] = {}
    for line, row in read_table(path, COLUMNS):
        check_languages(path, row)
        try:
            term = _term(row, line)
        except ValueError as error:
            raise DataError(path, line, str(error)) from None
        if term.name in terms:
            raise DataError(path, line, f"repeats the name {term.name!r} of line {terms[term.name].line}; give each once")
        terms[term.name] = term
    return tuple(terms.values())


def _term(row: dict[str, str], line: int) -> Term:
    name, kind = row["name"], row["kind"]
    if kind not in (*KINDS, "individual", "emotion"):
        raise ValueError(f"{name!r} has the kind {kind!r}; write one of {', '.join(KINDS)}, individual, emotion")
    if not re.fullmatch(r"[A-Za-z]+", name):
        raise ValueError(f"{name!r} is no name; write letters only")
    for column in (f"{what}_{language}" for what in ("label", "definition") for language in LANGUAGES):
        if not row[column]:
            raise ValueError(f"{name!r} has no {column}; labels and definitions are needed in French and in English")
    if kind in ("individual", "emotion") and not row["parent"]:
        raise ValueError(f"the {kind} {name!r} has no parent; name its class")
    traits = tuple(trait.strip() for trait in row["traits"].split(",") if trait.strip())
    for trait in traits:
        if trait not in FLAGS and not _TRAIT.fullmatch(trait):
            raise ValueError(f"{name!r} has the unknown trait {trait!r}")
    for column in ("parent", "domain", "range"):
        if row[column]:
            node(row[column])
    return Term(
        name, kind, row["parent"], row["domain"], row["range"], traits,
        {language: row[f"label_{language}"] for language in LANGUAGES},
        {language: row[f"definition_{language}"] for language in LANGUAGES}, row["source"], line,
    )  # fmt: skip


def described(subject: NamedNode, labels: dict[str, str], definitions: dict[str, str], source: str) -> Iterator[Triple]:
    """Labels, definitions and source of a term, and the ontology that defines it."""
    for language in LANGUAGES:
        yield Triple(subject, node("rdfs:label"), text(labels[language], language))
    for language in LANGUAGES:
        yield Triple(subject, node("skos:definition"), text(definitions[language], language))
    if source:
        yield Triple(subject, node("dcterms:source"), Literal(source))
    yield Triple(subject, node("rdfs:isDefinedBy"), NamedNode(TONE))


def term_triples(terms: Iterable[Term]) -> Iterator[Triple]:
    """The triples of the terms, in the order of the table."""
    individuals: dict[str, list[NamedNode]] = defaultdict(list)
    for term in terms:
        subject = node(f"tone:{term.name}")
        if term.kind == "individual":
            individuals[term.parent].append(subject)
        yield from _typed(term, subject)
        yield from described(subject, term.labels, term.definitions, term.source)
        for trait in term.traits:
            yield from _trait(subject, trait)
    # The unique name assumption is not OWL's: that the four modes are four must be said.
    for members in individuals.values():
        for one, other in combinations(members, 2):
            yield Triple(one, node("owl:differentFrom"), other)


def _typed(term: Term, subject: NamedNode) -> Iterator[Triple]:
    is_a = node("rdf:type")
    if term.kind == "individual":
        yield Triple(subject, is_a, node("owl:NamedIndividual"))
        yield Triple(subject, is_a, node(term.parent))
        return
    if term.kind == "emotion":
        yield from (Triple(subject, is_a, node(kind)) for kind in ("owl:Class", "owl:NamedIndividual", "tone:SecondaryEmotion"))
    else:
        yield Triple(subject, is_a, node(KINDS[term.kind]))
    if term.parent:
        above = "rdfs:subClassOf" if term.kind in ("class", "emotion") else "rdfs:subPropertyOf"
        yield Triple(subject, node(above), node(term.parent))
    for column in ("domain", "range"):
        if value := getattr(term, column):
            yield Triple(subject, node(f"rdfs:{column}"), node(value))


def _trait(subject: NamedNode, trait: str) -> Iterator[Triple]:
    if trait in FLAGS:
        yield Triple(subject, node("rdf:type"), node(FLAGS[trait]))
        return
    found = _TRAIT.fullmatch(trait)
    assert found  # the loader has checked it
    if found["inverse"]:
        yield Triple(subject, node("owl:inverseOf"), node(found["inverse"]))
    elif found["rank"]:
        yield Triple(subject, node("tone:rank"), typed(found["rank"], "integer"))
    elif found["owlready"]:
        # With it owlready2 answers `onto.Joy.isOppositeOf`, though Joy is a class to it
        yield Triple(subject, node("owlr:class_property_type"), Literal("relation"))
    else:
        yield from _of_valence(subject, "xsd:minExclusive" if found["sign"] == ">" else "xsd:maxExclusive")


def _of_valence(subject: NamedNode, facet: str) -> Iterator[Triple]:
    """The class is all that has a valence above, or below, zero."""
    name = subject.value.rpartition("#")[2]
    restriction, datatype, facets, limit = (BlankNode(f"{name}-{part}") for part in ("restriction", "datatype", "facets", "limit"))
    yield Triple(subject, node("owl:equivalentClass"), restriction)
    yield Triple(restriction, node("rdf:type"), node("owl:Restriction"))
    yield Triple(restriction, node("owl:onProperty"), node("tone:valence"))
    yield Triple(restriction, node("owl:someValuesFrom"), datatype)
    yield Triple(datatype, node("rdf:type"), node("rdfs:Datatype"))
    yield Triple(datatype, node("owl:onDatatype"), node("xsd:decimal"))
    yield Triple(datatype, node("owl:withRestrictions"), facets)
    yield Triple(facets, node("rdf:first"), limit)
    yield Triple(facets, node("rdf:rest"), node("rdf:nil"))
    yield Triple(limit, node(facet), typed("0.0", "decimal"))

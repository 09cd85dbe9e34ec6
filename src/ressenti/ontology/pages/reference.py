"""The terms beside the emotions: classes, properties and named individuals as the page lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ressenti.ontology.rdf.terms import Term

KINDS = {"classes": "class", "object_properties": "object", "data_properties": "data", "annotation_properties": "annotation"}
"""Heading, a key of ``words.tsv``, to the kind of term below it."""
METHOD = "tone:Method"


@dataclass(frozen=True, slots=True)
class Reference:
    """The terms by what they are.

    Attributes:
        kinds: Heading to terms, classes first.
        individuals: Class to its individuals; the methods have a place of their own.
        methods: Individuals that stand for methods of evidence, by local name.
    """

    kinds: Mapping[str, Sequence[Term]]
    individuals: Mapping[str, Sequence[Term]]
    methods: Mapping[str, Term]

    def all(self) -> list[Term]:
        """All terms with a section of their own here."""
        members = [term for terms in self.individuals.values() for term in terms]
        return [*(term for terms in self.kinds.values() for term in terms), *members, *self.methods.values()]


def reference(terms: Iterable[Term]) -> Reference:
    """Sort the terms, each kind in the order of the table."""
    terms = list(terms)
    individuals: dict[str, list[Term]] = {}
    for term in terms:
        if term.kind == "individual" and term.parent != METHOD:
            individuals.setdefault(term.parent, []).append(term)
    return Reference(
        {heading: [term for term in terms if term.kind == kind] for heading, kind in KINDS.items()},
        individuals,
        {term.name: term for term in terms if term.kind == "individual" and term.parent == METHOD},
    )

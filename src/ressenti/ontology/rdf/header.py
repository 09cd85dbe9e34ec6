"""What an ontology says of itself: title, creators, licence, version … from ``ontology.tsv``; and the terms of others that it uses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from ressenti.errors import DataError
from ressenti.ontology.emotions import LANGUAGES
from ressenti.ontology.rdf.names import LEXICON, TONE, node, typed
from ressenti.ontology.tables import read_table

IRIS = {"tone": TONE, "lexicon": LEXICON}
KINDS = {
    "class": "owl:Class", "object": "owl:ObjectProperty", "data": "owl:DatatypeProperty", "annotation": "owl:AnnotationProperty",
}  # fmt: skip


def header(ontology: str, table: Path) -> Iterator[Triple]:
    """The triples about an ontology as a whole.

    Args:
        ontology: ``tone`` or ``lexicon``.
        table: ``ontology.tsv``; the column ``form`` says what a value is: a language (``fr``, ``en``), ``iri``, ``literal`` or ``date``.

    Raises:
        DataError: File, line and reason: an unknown ontology, property prefix or form.
    """
    yield Triple(NamedNode(IRIS[ontology]), node("rdf:type"), node("owl:Ontology"))
    for line, row in read_table(table, ("ontology", "property", "value", "form")):
        if row["ontology"] not in IRIS:
            raise DataError(table, line, f"unknown ontology {row['ontology']!r}; write one of {', '.join(IRIS)}")
        try:
            triple = Triple(NamedNode(IRIS[row["ontology"]]), node(row["property"]), _value(row["value"], row["form"]))
        except ValueError as error:
            raise DataError(table, line, str(error)) from None
        if row["ontology"] == ontology:
            yield triple


def external_terms(ontology: str, table: Path) -> Iterator[Triple]:
    """Declarations of the terms of other vocabularies that an ontology uses: OWL 2 DL wants each declared in the file itself.

    Raises:
        DataError: File, line and reason.
    """
    for line, row in read_table(table, ("term", "kind", "ontology")):
        if row["kind"] not in KINDS:
            raise DataError(table, line, f"unknown kind {row['kind']!r}; write one of {', '.join(KINDS)}")
        try:
            triple = Triple(node(row["term"]), node("rdf:type"), node(KINDS[row["kind"]]))
        except ValueError as error:
            raise DataError(table, line, str(error)) from None
        if row["ontology"] == ontology:
            yield triple


def _value(value: str, form: str) -> NamedNode | Literal:
    if form == "iri":
        return NamedNode(value)
    if form == "literal":
        return Literal(value)
    if form == "date":
        return typed(value, "date")
    if form in LANGUAGES:
        return Literal(value, language=form)
    raise ValueError(f"unknown language tag or form {form!r}; write {', '.join(LANGUAGES)}, iri, literal or date")

"""RDF to bytes: Turtle, RDF/XML, JSON-LD and N-Triples, the same triples always giving the same bytes.

Everything about a thing stands together, in the order in which the tables first speak of it, which is the order a reader wants.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from ressenti.ontology.rdf.names import PREFIXES, node, split

FORMATS: Mapping[str, RdfFormat | None] = {
    "ttl": RdfFormat.TURTLE, "owl": RdfFormat.RDF_XML, "nt": RdfFormat.N_TRIPLES, "jsonld": None,
}  # fmt: skip
"""File ending to format; JSON-LD is ours, because pyoxigraph's has no context and full IRIs everywhere."""

_STRING = node("xsd:string")


def grouped(triples: Iterable[Triple]) -> list[Triple]:
    """The triples without repetitions, all of a subject together, subjects and their triples in order of appearance."""
    by_subject: dict[Any, dict[Triple, None]] = {}
    for triple in triples:
        by_subject.setdefault(triple.subject, {})[triple] = None
    return [triple for about in by_subject.values() for triple in about]


def to_bytes(triples: Iterable[Triple], form: str) -> bytes:
    """Write triples down.

    Args:
        triples: In the order wanted; they are grouped by subject.
        form: A key of `FORMATS`.
    """
    return next(each_form(triples, (form,)))[1]


def each_form(triples: Iterable[Triple], forms: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The same in several formats, each when it is asked for: what all need is done once.

    Yields:
        Each of ``forms`` and the bytes.
    """
    triples = grouped(triples)
    prefixes = used_prefixes(triples)
    for form in forms:
        yield form, _written(triples, prefixes, form)


def _written(triples: list[Triple], prefixes: dict[str, str], form: str) -> bytes:
    if (format := FORMATS[form]) is None:
        return _json_ld(triples, prefixes)
    written = serialize(triples, format=format, prefixes=prefixes)
    assert written is not None  # no output was named
    if format == RdfFormat.TURTLE:
        return _tidy_turtle(written)
    return _tidy_xml(written) if format == RdfFormat.RDF_XML else written


# pyoxigraph writes the prefixes in an order that changes from run to run; the same triples are to give the same bytes.


def _tidy_turtle(written: bytes) -> bytes:
    """Prefixes in alphabetical order, and an empty line after each thing."""
    lines = written.splitlines(keepends=True)
    count = sum(line.startswith(b"@prefix ") for line in lines)
    body = b"".join(lines[count:]).replace(b" .\n", b" .\n\n")  # in a literal a line end is written \\n
    return b"".join(sorted(lines[:count])) + b"\n" + body.rstrip(b"\n") + b"\n"


def _tidy_xml(written: bytes) -> bytes:
    """Prefixes in alphabetical order."""
    start, end = written.index(b"<rdf:RDF ") + len(b"<rdf:RDF "), written.index(b">", written.index(b"<rdf:RDF "))
    return written[:start] + b" ".join(sorted(written[start:end].split())) + written[end:]


def used_prefixes(triples: Iterable[Triple]) -> dict[str, str]:
    """The prefixes that shorten an IRI of the triples. ``owl`` always: owlready2 tells RDF/XML from OWL/XML by it."""
    used = {"owl"}
    by_iri = {iri: prefix for prefix, iri in PREFIXES.items()}
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object, getattr(triple.object, "datatype", None)):
            if isinstance(term, NamedNode):
                used.add(by_iri.get(split(term.value)[0], ""))
    return {prefix: iri for prefix, iri in PREFIXES.items() if prefix in used}


def _json_ld(triples: list[Triple], prefixes: Mapping[str, str]) -> bytes:
    """JSON-LD 1.1 with a context of prefixes and language maps, one object a thing."""
    by_iri = {iri: prefix for prefix, iri in prefixes.items()}

    def short(term: object) -> str:
        if not isinstance(term, NamedNode):
            return str(term)  # a blank node: _:x
        space, local = split(term.value)
        return f"{by_iri[space]}:{local}" if space in by_iri else term.value

    texts = {short(t.predicate) for t in triples if isinstance(t.object, Literal) and t.object.language}
    plain = {short(t.predicate) for t in triples if not (isinstance(t.object, Literal) and t.object.language)}
    context: dict[str, Any] = dict(prefixes)
    context |= {name: {"@id": name, "@container": "@language"} for name in sorted(texts - plain)}
    things: dict[str, dict[str, Any]] = {}
    for triple in triples:
        thing = things.setdefault(short(triple.subject), {"@id": short(triple.subject)})
        name, value = short(triple.predicate), triple.object
        if name == "rdf:type":
            _add(thing, "@type", short(value))
        elif name in context and isinstance(value, Literal):
            _add(thing.setdefault(name, {}), str(value.language), value.value)
        else:
            _add(thing, name, _json_value(value, short))
    document = {"@context": context, "@graph": list(things.values())}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _json_value(value: Any, short: Any) -> Any:
    if not isinstance(value, Literal):
        return {"@id": short(value)}
    if value.language:
        return {"@value": value.value, "@language": value.language}
    return value.value if value.datatype == _STRING else {"@value": value.value, "@type": short(value.datatype)}


def _add(thing: dict[str, Any], name: str, value: Any) -> None:
    """One value stands alone, several in a list."""
    if name not in thing:
        thing[name] = value
    elif isinstance(thing[name], list):
        thing[name].append(value)
    else:
        thing[name] = [thing[name], value]

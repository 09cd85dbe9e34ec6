"""Holding the ontology and the vocabulary against their SHACL shapes, with pySHACL.

Source: Shapes Constraint Language (W3C, 2017), its Core only. The shapes are files; ``--shapes`` names others.
"""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, Literal, NamedNode

from ressenti.errors import DataError, RessentiError
from ressenti.ontology.checks.data import Data
from ressenti.ontology.rdf.names import PREFIXES, short
from ressenti.ontology.sparql.errors import QueryError, visible
from ressenti.ontology.sparql.guard import check as check_query
from ressenti.ontology.tables import read_text

if TYPE_CHECKING:
    from rdflib import Graph

SHAPES = (Path(__file__).parent / "tone.ttl", Path(__file__).parent / "lexicon.ttl")
FORMATS = ("table", "ttl", "json")
MISSING = "SHACL shapes need pyshacl and rdflib, which are not installed; install them with: pip install 'ressenti[ontology]'"
_SH = "http://www.w3.org/ns/shacl#"
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_STRING = "http://www.w3.org/2001/XMLSchema#string"


@dataclass(frozen=True, slots=True)
class Violation:
    """Something that does not fit its shape.

    Attributes:
        focus: IRI of the thing.
        path: IRI of the property, or empty where the thing as a whole is meant.
        value: The value that does not fit, or empty.
        shape: IRI of the shape, or empty where it has none.
        severity: ``Violation``, ``Warning`` or ``Info``.
        messages: Language to message, under the empty string where the message has no language.
    """

    focus: str
    path: str
    value: str
    shape: str
    severity: str
    messages: dict[str, str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a validation found.

    Attributes:
        conforms: Whether all fits.
        violations: What does not fit, sorted by thing.
        graph: The report that SHACL defines, as Turtle.
        checked: How many things some shape speaks of.
    """

    conforms: bool
    violations: tuple[Violation, ...]
    graph: str
    checked: int


def validate(data: Data, shapes: Sequence[Path] = SHAPES) -> Outcome:
    """Hold data against shapes.

    Args:
        data: The triples.
        shapes: Files of shapes, in Turtle; all of them apply.

    Raises:
        DataError: A file of shapes cannot be read, or is no SHACL.
        RessentiError: The extra ``ontology`` is not installed.
    """
    try:
        import pyshacl
        from pyshacl.errors import ReportableRuntimeError
        from rdflib import RDF, Graph, URIRef
    except ImportError:
        raise RessentiError(MISSING) from None
    triples = Graph(bind_namespaces="none")
    convert = _converter()
    for triple in data.triples():
        triples.add((convert(triple.subject), convert(triple.predicate), convert(triple.object)))
    wanted = Graph(bind_namespaces="none")
    for path in shapes:
        own = _read(path)
        _check_queries(own, path)
        if not any((None, RDF.type, URIRef(_SH + kind)) in own for kind in ("NodeShape", "PropertyShape")):
            raise DataError(path, None, "holds no shape")
        wanted += _flat(own)
    try:
        with _silent():
            # The triples are ours alone, so pySHACL need not copy them; nothing is inferred, and no shape runs a script
            _, results, _ = pyshacl.validate(triples, shacl_graph=wanted, inplace=True, inference="none", advanced=False, js=False)
        if isinstance(results, ReportableRuntimeError):
            raise results
    except ReportableRuntimeError as error:
        reason = str(getattr(error, "message", error)).partition("\n")[0]
        raise DataError(shapes[0] if len(shapes) == 1 else "the shapes", None, f"cannot be used as SHACL ({reason})") from None
    return _outcome(results, data.lent, _spoken_of(triples, wanted, data.lent))


def _spoken_of(data: Graph, shapes: Graph, lent: frozenset[str]) -> int:
    """How many things of the data some shape speaks of; where there is none, that all conforms says nothing."""
    from rdflib import RDF, URIRef

    things: set[Any] = set()
    for kind in shapes.objects(None, URIRef(_SH + "targetClass")):
        things.update(data.subjects(RDF.type, kind))
    for prop in shapes.objects(None, URIRef(_SH + "targetSubjectsOf")):
        things.update(data.subjects(prop, None))
    for prop in shapes.objects(None, URIRef(_SH + "targetObjectsOf")):
        things.update(data.objects(None, prop))
    things.update(shapes.objects(None, URIRef(_SH + "targetNode")))
    return sum(str(thing) not in lent for thing in things)


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """Keep pySHACL from writing to standard error what is raised as an error besides; its warnings are heard."""
    log = logging.getLogger("pyshacl-validate")

    def told(record: logging.LogRecord) -> bool:
        return record.levelno < logging.ERROR

    log.addFilter(told)
    try:
        yield
    finally:
        log.removeFilter(told)


def _read(path: Path) -> Graph:
    from rdflib import Graph
    from rdflib.plugins.parsers.notation3 import BadSyntax

    try:
        return Graph(bind_namespaces="none").parse(data=read_text(path), format="turtle")
    except BadSyntax as error:
        raise DataError(path, error.lines + 1, f"is not Turtle ({error._why})") from None


def _check_queries(shapes: Graph, path: Path) -> None:
    """Shapes of a user's own may hold queries; none of them may reach the network."""
    from rdflib import URIRef

    for kind in ("select", "ask", "construct"):
        for query in shapes.objects(None, URIRef(_SH + kind)):
            try:
                check_query(str(query), str(path))
            except QueryError as error:
                raise DataError(path, None, f"has a query that cannot be used ({error.reason})") from None


def _flat(shapes: Graph) -> Graph:
    """Shapes that say the same, and that pySHACL holds against all things at once.

    It goes through the properties of a shape for one thing after the other, but takes a property shape with a target of its own for all
    things in one go: on the vocabulary that is a third of the time. So properties get the targets of the shape that they stand in.
    """
    from rdflib import BNode, Literal, URIRef
    from rdflib.collection import Collection

    targets = [URIRef(_SH + name) for name in _TARGETS]
    has_property, path, closed, ignored = (URIRef(_SH + name) for name in ("property", "path", "closed", "ignoredProperties"))
    for shape in sorted({shape for shape in shapes.subjects(has_property, None) if not list(shapes.subjects(None, shape))}, key=str):
        aims = [(target, value) for target in targets for value in shapes.objects(shape, target)]
        if not aims or (shape, URIRef(_SH + "deactivated"), Literal(True)) in shapes:
            continue
        properties = list(shapes.objects(shape, has_property))
        if (shape, closed, Literal(True)) in shapes:
            old = shapes.value(shape, ignored)
            allowed = [*(Collection(shapes, old) if old is not None else ()), *(shapes.value(each, path) for each in properties)]
            listed = BNode()
            Collection(shapes, listed, [one for one in allowed if isinstance(one, URIRef)])
            shapes.set((shape, ignored, listed))
        for each in properties:
            shapes.remove((shape, has_property, each))
            for target, value in aims:
                shapes.add((each, target, value))
    return shapes


def _converter() -> Callable[[Any], Any]:
    """From pyoxigraph's terms to rdflib's, each made once."""
    import rdflib

    @cache
    def convert(term: Any) -> Any:
        if isinstance(term, NamedNode):
            return rdflib.URIRef(term.value)
        if isinstance(term, BlankNode):
            return rdflib.BNode(term.value)
        assert isinstance(term, Literal)
        if term.language or term.datatype.value == _STRING:
            return rdflib.Literal(term.value, lang=term.language)
        return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))

    return convert


def _outcome(results: Any, lent: frozenset[str], checked: int) -> Outcome:
    from rdflib import RDF, Literal, URIRef

    found = []
    for result in list(results.subjects(RDF.type, URIRef(f"{_SH}ValidationResult"))):
        about = {str(p).removeprefix(_SH): o for p, o in results.predicate_objects(result)}
        if str(about["focusNode"]) in lent:
            continue
        messages = {m.language or "": str(m) for m in results.objects(result, URIRef(f"{_SH}resultMessage")) if isinstance(m, Literal)}
        found.append(
            Violation(
                focus=_text(about["focusNode"]),
                path=_text(about.get("resultPath")),
                value=_text(about.get("value")),
                shape=_text(about.get("sourceShape"), named=True),
                severity=str(about["resultSeverity"]).removeprefix(_SH),
                messages=dict(sorted(messages.items())),
            )
        )
    found.sort(key=lambda v: (v.focus, v.path, v.value, v.shape))
    for prefix, iri in {**PREFIXES, "sh": _SH}.items():
        results.bind(prefix, iri)
    return Outcome(not found, tuple(found), str(results.serialize(format="turtle")), checked)


def _text(term: Any, named: bool = False) -> str:
    """A term for reading; the name of a blank node, which changes from run to run, says nothing."""
    from rdflib import BNode, Literal

    if term is None or (named and isinstance(term, BNode)):
        return ""
    if isinstance(term, BNode):
        return "[blank]"
    return f"{term}@{term.language}" if isinstance(term, Literal) and term.language else str(term)


def write(outcome: Outcome, form: str, limit: int = 0) -> str:
    """The outcome as text.

    Args:
        outcome: As from `validate`.
        form: One of `FORMATS`: a list for reading, the SHACL report as Turtle, or JSON.
        limit: Show so many in the list; 0 for all.
    """
    if form == "ttl":
        return outcome.graph
    if form == "json":
        violations = [asdict(violation) for violation in outcome.violations]
        found = {"conforms": outcome.conforms, "checked": outcome.checked, "violations": violations}
        return json.dumps(found, ensure_ascii=False, indent=1) + "\n"
    if outcome.conforms:
        if not outcome.checked:
            return "nothing was checked: the shapes speak of no thing in the data\n"
        return f"conforms: {outcome.checked:,} thing{'s' if outcome.checked > 1 else ''} checked\n"
    shown = outcome.violations[:limit] if limit else outcome.violations
    lines = [_line(violation) for violation in shown]
    if len(shown) < len(outcome.violations):
        lines.append(f"… and {len(outcome.violations) - len(shown)} more")
    count = len(outcome.violations)
    return "\n".join((*lines, "", f"does not conform: {count} result{'s' if count > 1 else ''}")) + "\n"


def _line(violation: Violation) -> str:
    messages = violation.messages
    message = messages.get("en") or messages.get("") or next(iter(messages.values()), "")
    cells = [short(violation.focus), short(violation.path), short(violation.value)]
    return visible("  ".join(cell for cell in cells if cell)) + f"\n    {visible(message)}"

"""The dependencies between emotions: plain statements for what a person confirmed, and each with its evidence.

A confirmed dependency is a plain triple (``tone:Joy tone:isOppositeOf tone:Sadness``) that anybody can query. Confirmed or only proposed,
it is also an individual of its own, which says who decided and what each method found: a statement cannot carry that itself, a thing can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Triple

from ressenti.ontology.dependencies import Dependency, Evidence, supports
from ressenti.ontology.rdf.names import decimal, emotion_node, local_name, node, text, typed

CLASSES = {"opposite": "Opposition", "composition": "Composition", "transition": "Transition", "combination": "Combination"}
SMALLEST_P = 0.0001
"""A smaller probability is given as this one: to four places it would be zero, which it is not. The table keeps it whole."""
_SIGN = {"opposite": " ↔ ", "transition": " → "}


def dependency_triples(dependencies: Iterable[Dependency], labels: dict[str, dict[str, str]]) -> Iterator[Triple]:
    """The triples of the dependencies, in their order.

    Args:
        dependencies: What the tables say; refused ones are not among them.
        labels: Language tag to emotion key to label.
    """
    for dependency in dependencies:
        subject = node(f"dep:{'-'.join((dependency.relation, *dependency.emotions))}")
        if dependency.status == "confirmed":
            yield from _plain(dependency, subject)
        yield from _reified(dependency, subject, labels)
        for evidence in dependency.evidence:
            yield from _evidence(evidence, subject, NamedNode(f"{subject.value}-{evidence.method}"))


def _plain(dependency: Dependency, subject: NamedNode) -> Iterator[Triple]:
    first, *others = map(emotion_node, dependency.emotions)
    if dependency.relation == "opposite":
        yield Triple(first, node("tone:isOppositeOf"), others[0])
    elif dependency.relation == "composition":
        yield from (Triple(first, node("tone:isComposedOf"), part) for part in others)
    elif dependency.relation == "transition":
        yield Triple(first, node("tone:leadsTo"), others[0])
    else:
        yield Triple(subject, node("tone:leadsTo"), others[1])


def _reified(dependency: Dependency, subject: NamedNode, labels: dict[str, dict[str, str]]) -> Iterator[Triple]:
    emotions = [emotion_node(key) for key in dependency.emotions]
    yield Triple(subject, node("rdf:type"), node("owl:NamedIndividual"))
    yield Triple(subject, node("rdf:type"), node(f"tone:{CLASSES[dependency.relation]}"))
    for language, names in labels.items():
        yield Triple(subject, node("rdfs:label"), text(_label(dependency, names), language))
    if dependency.relation == "combination":
        yield from (Triple(subject, node("tone:combines"), emotion) for emotion in emotions[:2])
        yield Triple(subject, node("tone:dependencyObject"), emotions[2])
    else:
        yield Triple(subject, node("tone:dependencySubject"), emotions[0])
        yield from (Triple(subject, node("tone:dependencyObject"), emotion) for emotion in emotions[1:])
    yield Triple(subject, node("tone:reviewStatus"), Literal(dependency.status))
    if decision := dependency.decision:
        yield Triple(subject, node("tone:reviewer"), Literal(decision.reviewer))
        yield Triple(subject, node("dcterms:date"), typed(decision.date, "date"))
        if decision.reason:
            yield Triple(subject, node("skos:note"), text(decision.reason, "en"))


def _label(dependency: Dependency, names: dict[str, str]) -> str:
    shown = [names[key] for key in dependency.emotions]
    if dependency.relation == "composition":
        return f"{shown[0]} = {' + '.join(shown[1:])}"
    if dependency.relation == "combination":
        return f"{shown[0]} + {shown[1]} → {shown[2]}"
    return _SIGN[dependency.relation].join(shown)


def _evidence(evidence: Evidence, dependency: NamedNode, subject: NamedNode) -> Iterator[Triple]:
    yield Triple(dependency, node("tone:hasEvidence"), subject)
    yield Triple(subject, node("rdf:type"), node("owl:NamedIndividual"))
    yield Triple(subject, node("rdf:type"), node("tone:Evidence"))
    yield Triple(subject, node("tone:foundBy"), node(f"tone:{local_name(evidence.method)}"))
    yield Triple(subject, node("tone:supports"), typed(str(supports(evidence)).lower(), "boolean"))
    yield Triple(subject, node("tone:support"), typed(str(evidence.support), "integer"))
    for name, value, least in (
        ("expected", evidence.expected, 0.0), ("score", evidence.score, -1.0), ("pValue", evidence.p_value, SMALLEST_P),
        ("qValue", evidence.q_value, SMALLEST_P),
    ):  # fmt: skip
        if value is not None:
            yield Triple(subject, node(f"tone:{name}"), decimal(max(value, least)))
    yield Triple(subject, node("tone:corpus"), Literal(evidence.corpus))
    if evidence.detail:
        yield Triple(subject, node("tone:detail"), Literal(evidence.detail))

"""Try both ways in which TONE could hold its emotions, and print what works: the table of docs/reasoning.md.

    python benchmarks/punning.py

One IRI for the class and the individual (punning, what is shipped), or two: a class ``tone:Joy`` whose instances are felt emotions, and an
individual ``tone:JoyConcept`` that bears the tier, the values and the dependencies, tied to its class by an annotation.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import owlready2
from pyoxigraph import NamedNode, Quad, Store, Triple

from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.rdf.build import tone
from ressenti.ontology.rdf.names import PREFIXES, emotion_node, node
from ressenti.ontology.rdf.serialise import to_bytes
from ressenti.ontology.reasoner import reason

OF_THE_CLASS = {"rdfs:subClassOf", "owl:disjointWith", "rdfs:isDefinedBy"}
OF_BOTH = {"rdfs:label", "skos:definition", "dcterms:source"}
LINK = node("tone:concept")
FELT = [Triple(NamedNode("http://example.org/felt"), node("rdf:type"), emotion_node("joy"))]
ASKED = {
    "opposites of joy": "SELECT ?x { tone:Joy tone:isOppositeOf|^tone:isOppositeOf ?x }",
    "opposites of what somebody felt": "SELECT ?x { ?felt a ?emotion . ?emotion tone:isOppositeOf|^tone:isOppositeOf ?x }",
    "shades of joy’s opposites": "SELECT ?x { tone:Joy tone:isOppositeOf|^tone:isOppositeOf ?y . ?x rdfs:subClassOf+ ?y }",
}
"""What somebody would ask who knows one IRI an emotion."""


def main() -> None:
    punned = list(tone())
    ways = {"punning": punned, "concept individuals": list(separated(punned))}
    print("| | " + " | ".join(ways) + " |\n| --- |" + " --- |" * len(ways))
    results = [found(triples) for triples in ways.values()]
    for what in results[0]:
        print(f"| {what} | " + " | ".join(str(result[what]) for result in results) + " |")


def separated(triples: Iterable[Triple]) -> Iterable[Triple]:
    """The same ontology with an individual beside each emotion's class."""
    emotions = {emotion_node(key) for key in load_emotions()} | {node("tone:SadnessGroup"), node("tone:SurpriseGroup")}
    concept = {emotion: NamedNode(f"{emotion.value}Concept") for emotion in emotions}
    yield Triple(LINK, node("rdf:type"), node("owl:AnnotationProperty"))
    for triple in triples:
        subject, predicate, value = triple.subject, triple.predicate, triple.object
        if subject not in emotions:
            yield Triple(subject, predicate, concept.get(value, value))
        elif predicate == node("rdf:type") and value == node("owl:Class"):
            yield triple
            yield Triple(subject, LINK, concept[subject])
        elif predicate in {node(name) for name in OF_THE_CLASS}:
            yield triple
        else:
            if predicate in {node(name) for name in OF_BOTH}:
                yield triple
            yield Triple(concept[subject], predicate, concept.get(value, value))


def found(triples: list[Triple]) -> dict[str, Any]:
    store = Store()
    store.extend(Quad(t.subject, t.predicate, t.object) for t in [*triples, *FELT])
    result = reason([*triples, *FELT])
    table: dict[str, Any] = {"triples": len(set(triples)), "IRIs to remember for an emotion": 1 if node_is_punned(triples) else 2}
    table["HermiT"] = f"{'consistent' if result.consistent else 'inconsistent'}, {len(result.inferred)} inferred, {result.seconds:.1f} s"
    joys = {t.object for t in (*triples, *result.inferred) if t.subject == emotion_node("joy") and t.predicate == node("rdf:type")}
    table["HermiT takes `tone:Joy` for a felt emotion"] = "yes" if node("tone:Emotion") in joys else "no"
    for what, query in ASKED.items():
        answers = {row["x"].value.rpartition("#")[2] for row in store.query(query, prefixes=dict(PREFIXES))}
        table[f"SPARQL: {what}"] = f"{len(answers)} found" if answers else "none without the link between the two"
    return table | _owlready(triples)


def node_is_punned(triples: list[Triple]) -> bool:
    return Triple(emotion_node("joy"), node("rdf:type"), node("tone:PrimaryEmotion")) in triples


def _owlready(triples: list[Triple]) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.owl"
        path.write_bytes(to_bytes(triples, "owl"))
        world = owlready2.World()
        onto = world.get_ontology(path.as_uri()).load()
        opposites = onto.Joy.isOppositeOf
        felt = onto.Bliss("felt")
        table = {
            "owlready2: `onto.Joy.isOppositeOf`": "works, with `class_property_type` “relation”" if opposites else "empty",
            "owlready2: `onto.JoyConcept.isOppositeOf`": "works" if onto.JoyConcept and onto.JoyConcept.isOppositeOf else "–",
            "owlready2: a felt emotion is `onto.Bliss()`": "works" if isinstance(felt, onto.Joy) else "does not work",
            "owlready2: valence": "`onto.valence[onto.Joy]`" if opposites else "`onto.JoyConcept.valence`",
        }
        with contextlib.redirect_stderr(io.StringIO()):
            owlready2.sync_reasoner(world, debug=0)
        mixed = onto.PrimaryEmotion in onto.Joy.is_a or onto.Joy in onto.Emotion.instances()
        table["owlready2: after its `sync_reasoner()`"] = "class and individual are mixed" if mixed else "right"
        table["owlready2: `sync_reasoner()` a second time"] = "consistent" if _again(world) else "INCONSISTENT"
        world.close()
    return table


def _again(world: Any) -> bool:
    try:
        owlready2.sync_reasoner(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    return not list(world.inconsistent_classes())


if __name__ == "__main__":
    main()

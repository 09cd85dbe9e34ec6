"""The emotions: each a class of the tree, and an individual typed by its tier.

An emotion is needed in both ways. As a class its instances are the joys and fears that people felt; as an individual it is the notion of
which one says that it is opposite to another. OWL 2 DL allows one IRI for both (punning); docs/ontology.md says what was tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from pyoxigraph import Literal, Triple

from ressenti.ontology.emotions import Emotion, Emotions
from ressenti.ontology.rdf.names import decimal, emotion_node, group_node, local_name, node, parent_node, text, typed
from ressenti.ontology.rdf.terms import described


def emotion_triples(emotions: Emotions) -> Iterator[Triple]:
    """The triples of the tree, in the order of the table."""
    for emotion in emotions.values():
        yield from _one(emotion, emotions)
    primaries = [emotion_node(key) for key, emotion in emotions.items() if emotion.tier == "primary"]
    for one, other in combinations(primaries, 2):
        yield Triple(one, node("owl:disjointWith"), other)


def _one(emotion: Emotion, emotions: Emotions) -> Iterator[Triple]:
    subject, is_a = emotion_node(emotion.key), node("rdf:type")
    yield Triple(subject, is_a, node("owl:Class"))
    yield Triple(subject, is_a, node("owl:NamedIndividual"))
    yield Triple(subject, is_a, node(f"tone:{local_name(emotion.tier)}Emotion"))
    yield Triple(subject, node("rdfs:subClassOf"), parent_node(emotion.key, emotions))
    yield from described(subject, dict(emotion.labels), dict(emotion.definitions), emotion.source)
    yield Triple(subject, node("tone:key"), Literal(emotion.key))
    if emotion.vad is not None:
        for name, value in zip(("valence", "arousal", "dominance"), emotion.vad, strict=True):
            yield Triple(subject, node(f"tone:{name}"), decimal(value))
        yield Triple(subject, node("tone:valuesInherited"), typed(str(emotion.vad_inherited).lower(), "boolean"))
    for group in emotion.also_under:
        yield Triple(subject, node("tone:repeatedUnder"), group_node(group))
        fr, en = emotions[group].labels["fr"], emotions[group].labels["en"]
        note = text(f"La table de Parrott répète ce mot, au troisième rang, sous «\u00a0{fr}\u00a0».", "fr")
        yield Triple(subject, node("skos:note"), note)
        yield Triple(subject, node("skos:note"), text(f"Parrott’s table repeats this word, on the third tier, under “{en}”.", "en"))

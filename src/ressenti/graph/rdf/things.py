"""What is said of a narrative in RDF: the things in it and what is true of each, before any syntax.

Sources: NIF 2.0 for text and offsets (Hellmann et al. 2013), RFC 5147 for the names of spans, Onyx for emotions (Sánchez-Rada and Iglesias
2016), PROV-O (W3C 2013). docs/linked-data.md shows the whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from ressenti.errors import RessentiError
from ressenti.graph.rdf.names import SOURCES, concept_name, emotion_name, encoded, secondary_name, source_name
from ressenti.schema import FLAGS, INTENSITIES, TIMES, Component, Entity, Mention, Narrative, Role, Span

_OPTIONAL = ("entry", "reported", "time", *FLAGS, "ambivalent_with")


class Literal(NamedTuple):
    """A value.

    Attributes:
        value: As RDF writes it.
        datatype: Its short name; empty for a string.
    """

    value: str
    datatype: str = ""


Term = str | Literal
"""A short name (see `names`) or a value."""
About = list[tuple[str, Term]]
"""Properties, by short name, and their values, in order; those of one property stand together."""
Thing = tuple[str, About]
"""Short name of a thing, and what is true of it."""

_RANKS = {name: round(rank / len(INTENSITIES), 2) for rank, name in enumerate(INTENSITIES, 1)}
_STRING = [("rdf:type", "nif:String"), ("rdf:type", "nif:RFC5147String"), ("nif:referenceContext", "")]
_ENTRY = re.compile(r"[\w-]+")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_LISTS = ("ontology", "rules", "parser", "model")


def things(narrative: Narrative, words: bool = True) -> Iterator[Thing]:
    """All that RDF says of a narrative, itself first.

    Args:
        narrative: With marks in order, as the readers give it.
        words: Whether its words go out: text, quotations, labels.

    Raises:
        RessentiError: Two mentions or two entities have the same id, so that they would become one.
    """
    for name, ids in (("mentions", [m.id for m in narrative.mentions]), ("entities", [e.id for e in narrative.entities])):
        if len(set(ids)) < len(ids):
            raise RessentiError(f"narrative {narrative.id!r}: two {name} have the same id; give each one of its own")
    text = narrative.text
    spans: dict[Span, None] = {}
    roles = _roles(narrative, spans)
    yield "", _narrative(narrative, words)
    yield from _annotation(narrative)
    of_mention = _short_roles(narrative.roles)
    for place, mention in enumerate(narrative.mentions, 1):
        yield from _mention(mention, place, of_mention.get(mention.id, ()), spans)
    yield from roles
    for place, entity in enumerate(narrative.entities, 1):
        yield _entity(entity, place, spans, words)
    for place, component in enumerate(narrative.components, 1):
        yield _component(component, place, spans)
    for start, end in spans:
        about: About = [*_STRING, ("nif:beginIndex", _index(start)), ("nif:endIndex", _index(end))]
        if words:
            about.append(("nif:anchorOf", Literal(text[start:end])))
        yield f"#char={start},{end}", about
    yield from _sources(narrative)


def _narrative(narrative: Narrative, words: bool) -> About:
    about: About = [("rdf:type", "nar:Narrative"), ("rdf:type", "nif:Context"), ("rdf:type", "nif:String")]
    about.append(("dcterms:identifier", Literal(narrative.id)))
    if words:
        about.append(("nif:isString", Literal(narrative.text)))
    about += [("nif:beginIndex", _index(0)), ("nif:endIndex", _index(len(narrative.text)))]
    if narrative.mentions:
        about.append(("onyx:hasEmotionSet", "#emotions"))
    if narrative.extra:
        about.append(("nar:metadata", _json(dict(narrative.extra))))
    return about


def _annotation(narrative: Narrative) -> Iterator[Thing]:
    provenance = narrative.provenance
    about: About = [
        ("rdf:type", "prov:Activity"),
        ("rdf:type", "onyx:EmotionAnalysis"),
        ("onyx:usesEmotionModel", "ressenti:tone"),
        ("prov:used", ""),
    ]
    about += [("prov:used", _software(name, provenance[name])) for name in _LISTS if isinstance(provenance.get(name), str)]
    if isinstance(provenance.get("ressenti"), str):
        about.append(("prov:wasAssociatedWith", _software("ressenti", provenance["ressenti"])))
    about.append(("nar:provenance", _json(dict(provenance))))
    yield "#annotation", about
    if narrative.mentions:
        about = [("rdf:type", "onyx:EmotionSet"), ("prov:wasGeneratedBy", "#annotation")]
        yield "#emotions", about + [("onyx:hasEmotion", f"#mention-{mention.id}") for mention in narrative.mentions]


def _mention(mention: Mention, place: int, roles: Sequence[tuple[str, str]], spans: dict[Span, None]) -> Iterator[Thing]:
    emotion, source = emotion_name(mention.emotion), mention.source
    subject = f"#mention-{mention.id}"
    about: About = [("rdf:type", "tone:Mention"), ("rdf:type", "onyx:Emotion"), ("dcterms:isPartOf", ""), ("nar:position", integer(place))]
    _add_spans(about, "nar:cue", mention.cue, spans)
    about += [("tone:hasEmotion", emotion), ("onyx:hasEmotionCategory", emotion), ("nar:primary", emotion_name(mention.primary))]
    if mention.secondary is not None:
        about.append(("nar:secondary", secondary_name(mention.secondary)))
    about += [
        ("tone:hasMode", concept_name(mention.mode)), ("tone:hasStatus", concept_name(mention.status)),
        ("tone:hasIntensity", concept_name(mention.intensity)), ("onyx:hasEmotionIntensity", decimal(_RANKS[mention.intensity])),
        ("tone:confidence", decimal(mention.confidence)),
    ]  # fmt: skip
    _found(about, source)
    about.append(("prov:wasAttributedTo", source_name(source)) if source.startswith("review:") else ("prov:wasGeneratedBy", "#annotation"))
    about += roles
    review = mention.extra.get("review")
    if mention.extra:
        about += _optional(mention.extra)
    yield subject, about
    if isinstance(review, dict):
        yield f"#review-{mention.id}", _review(review, subject)


def _optional(extra: Mapping[str, Any]) -> About:
    """The optional keys of the format that hold what it says they hold; whatever else there is goes out as JSON."""
    about: About = []
    more: dict[str, Any] = {}
    for key in sorted(extra, key=_place):  # the same whatever order they came in
        value = extra[key]
        if key == "entry" and isinstance(value, str) and _ENTRY.fullmatch(value):
            about.append(("prov:wasDerivedFrom", f"lex:{value}"))
        elif key == "time" and value in TIMES:
            about.append(("nar:time", f"nar:{value.capitalize()}"))
        elif key == "reported" and isinstance(value, str):
            about.append(("nar:reported", Literal(value)))
        elif key in FLAGS and isinstance(value, bool):
            about.append((f"nar:{key}", Literal("true" if value else "false", "xsd:boolean")))
        elif key == "ambivalent_with" and _ascending(value):
            about += [("nar:ambivalentWith", f"#mention-{number}") for number in value]
        elif not (key == "review" and isinstance(value, dict)):
            more[key] = value
    if more:
        about.append(("nar:more", _json(more)))
    return about


def _place(key: str) -> tuple[int, str]:
    return (_OPTIONAL.index(key), "") if key in _OPTIONAL else (len(_OPTIONAL), key)


def _ascending(value: Any) -> bool:
    """Whether a list of numbers comes back from a set of them."""
    whole = isinstance(value, list) and all(isinstance(item, int) and not isinstance(item, bool) for item in value)
    return whole and bool(value) and sorted(set(value)) == value


def _review(review: Mapping[str, Any], mention: str) -> About:
    about: About = [("rdf:type", "nar:Review"), ("rdf:type", "prov:Activity"), ("nar:reviews", mention)]
    for key in ("decision", "version"):
        if isinstance(review.get(key), str):
            about.append((f"nar:{key}", Literal(review[key])))
    if isinstance(review.get("reviewer"), str):
        about.append(("prov:wasAssociatedWith", f"reviewer:{encoded(review['reviewer'])}"))
    if isinstance(time := review.get("time"), str) and _is_time(time):
        about.append(("prov:endedAtTime", Literal(time, "xsd:dateTime")))
    return [*about, ("nar:record", _json(dict(review)))]


def _is_time(value: str) -> bool:
    """Whether it is an ``xsd:dateTime``, which is less than what ISO 8601 allows."""
    if not _TIME.fullmatch(value):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _short_roles(roles: Sequence[Role]) -> dict[int, list[tuple[str, str]]]:
    """For each mention who or what has a role in it, each once: the entity, or the words where there is none."""
    found: dict[int, dict[tuple[str, str], None]] = {}
    for role in roles:
        who = f"#char={role.span[0]},{role.span[1]}" if role.entity is None else f"#entity-{_encoded(role.entity)}"
        found.setdefault(role.mention, {})[f"tone:has{role.role.capitalize()}", who] = None
    return {mention: sorted(pairs) for mention, pairs in found.items()}


def _roles(narrative: Narrative, spans: dict[Span, None]) -> Iterator[Thing]:
    for place, role in enumerate(narrative.roles, 1):
        about: About = [("rdf:type", "nar:Role"), ("dcterms:isPartOf", ""), ("nar:position", integer(place))]
        about += [("nar:mention", f"#mention-{role.mention}"), ("nar:role", concept_name(role.role))]
        _add_spans(about, "nar:span", (role.span,), spans)
        if role.entity is not None:
            about.append(("nar:entity", f"#entity-{_encoded(role.entity)}"))
        if role.confidence is not None:
            about.append(("tone:confidence", decimal(role.confidence)))
        _found(about, role.source)
        if role.source.startswith("review:"):
            about.append(("prov:wasAttributedTo", source_name(role.source)))
        yield f"#role-{place}", about
        if isinstance(role.review, dict):
            yield f"#review-role-{place}", _review(role.review, f"#role-{place}")


def _entity(entity: Entity, place: int, spans: dict[Span, None], words: bool) -> Thing:
    about: About = [("rdf:type", "nar:Entity")]
    if entity.id == "NARRATOR":
        about.append(("rdf:type", "nar:Narrator"))
    about += [("dcterms:isPartOf", ""), ("nar:position", integer(place)), ("dcterms:identifier", Literal(entity.id))]
    if words:
        about.append(("rdfs:label", Literal(entity.label)))
    _add_spans(about, "nar:namedBy", entity.mentions, spans)
    return f"#entity-{_encoded(entity.id)}", about


def _component(component: Component, place: int, spans: dict[Span, None]) -> Thing:
    about: About = [("rdf:type", "nar:Passage"), ("dcterms:isPartOf", ""), ("nar:position", integer(place))]
    about.append(("tone:hasComponent", concept_name(component.component)))
    _add_spans(about, "nar:span", (component.span,), spans)
    _found(about, component.source)
    return f"#component-{place}", about


def _add_spans(about: About, name: str, pieces: Sequence[Span], spans: dict[Span, None]) -> None:
    for piece in pieces:
        spans[piece] = None
    about += [(name, f"#char={start},{end}") for start, end in dict.fromkeys(pieces)]
    if len(pieces) > 1 and sorted(set(pieces)) != list(pieces):
        about.append(("nar:pieces", Literal(" ".join(f"{start},{end}" for start, end in pieces))))


def _found(about: About, source: str) -> None:
    """What found it; a source of a form that the format does not know is kept as a word."""
    if name := source_name(source):
        about.append(("nar:foundBy", name))
    elif source:
        about.append(("nar:source", Literal(source)))


def _sources(narrative: Narrative) -> Iterator[Thing]:
    """The rules, models, persons and programs that the narrative names."""
    marks: tuple[Mention | Role | Component, ...] = (*narrative.mentions, *narrative.roles, *narrative.components)
    for source in dict.fromkeys(mark.source for mark in marks):
        kind, _, label = source.partition(":")
        if kind in SOURCES and label:
            yield source_name(source), [("rdf:type", SOURCES[kind]), ("rdfs:label", Literal(label))]
    for person in dict.fromkeys(_persons(narrative)):
        yield f"reviewer:{encoded(person)}", [("rdf:type", "prov:Agent"), ("rdfs:label", Literal(person))]
    for name in ("ressenti", *_LISTS):
        if isinstance(version := narrative.provenance.get(name), str):
            about: About = [("rdf:type", "prov:Entity" if name in ("ontology", "rules") else "prov:SoftwareAgent")]
            yield _software(name, version), [*about, ("rdfs:label", Literal(_version(name, version)))]


def _persons(narrative: Narrative) -> Iterator[str]:
    sources = [mention.source for mention in narrative.mentions] + [role.source for role in narrative.roles]
    yield from (source.removeprefix("review:") for source in sources if source.startswith("review:"))
    for review in (*(mention.extra.get("review") for mention in narrative.mentions), *(role.review for role in narrative.roles)):
        if isinstance(review, dict) and isinstance(review.get("reviewer"), str):
            yield review["reviewer"]


_encoded = lru_cache(1 << 12)(encoded)


@lru_cache(1 << 12)
def _software(name: str, version: str) -> str:
    return f"software:{encoded(_version(name, version))}"


def _version(name: str, version: str) -> str:
    """A parser or a model gives its own name with its version."""
    return version if name in ("parser", "model") else f"{name} {version}"


@lru_cache(1 << 14)
def integer(value: int) -> Literal:
    """A whole number."""
    return Literal(str(value), "xsd:integer")


@lru_cache(1 << 16)
def _index(value: int) -> Literal:
    return Literal(str(value), "xsd:nonNegativeInteger")


@lru_cache(1 << 12)
def decimal(value: float) -> Literal:
    """A number without an exponent, which a decimal may not have, but with all its digits."""
    written = format(Decimal(repr(float(value))), "f")
    return Literal(written if "." in written else f"{written}.0", "xsd:decimal")


def _json(value: Any) -> Literal:
    return Literal(json.dumps(value, ensure_ascii=False, separators=(",", ":")), "rdf:JSON")

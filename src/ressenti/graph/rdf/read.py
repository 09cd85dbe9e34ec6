"""RDF back to narratives, from any of the formats that ``write`` knows, whoever wrote the statements down and in whatever order."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ressenti.errors import InputError
from ressenti.graph.privacy.words import FILLER
from ressenti.graph.rdf.names import PREFIXES, emotion_keys, is_start, source_of
from ressenti.ontology.sparql.files import open_file
from ressenti.schema import Component, Entity, Mention, Narrative, Role, Span

FORMATS = {"ttl": RdfFormat.TURTLE, "nq": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML}
SUFFIXES = {".ttl": "ttl", ".nq": "nq", ".nt": "nq", ".jsonld": "jsonld", ".rdf": "rdfxml", ".owl": "rdfxml"}

About = dict[str, list[str]]
"""Properties, by short name, to IRIs and values."""
Things = dict[str, About]
"""The things of a narrative by the end of their IRI: ``#mention-1``, or empty for the narrative itself."""

_SHORT = {iri: prefix for prefix, iri in PREFIXES.items()}
_ESCAPED = PREFIXES["nar"] + "escaped"
_OWN = {PREFIXES["dcterms"] + "identifier", PREFIXES["nif"] + "isString", PREFIXES["nif"] + "endIndex", PREFIXES["nar"] + "metadata"}


def read(path: Path, form: str | None = None) -> Iterator[Narrative]:
    """The narratives of a file.

    A file in which each narrative stands together, as ours do, is read with one narrative in memory at a time; any other as a whole.

    Args:
        path: The file; it is read twice, so no pipe.
        form: A key of `FORMATS`; None to go by the file's ending. A name that ends in ``.gz`` is that of a packed file.

    Yields:
        Narratives in the order of the file. Where the words were left out, the text is as long as it was, of `FILLER`.

    Raises:
        InputError: The file cannot be read, is no RDF, or a narrative lacks what it must have.
    """
    form = form or SUFFIXES.get(Path(path.name.lower().removesuffix(".gz")).suffix)
    if form is None:
        known = ", ".join(SUFFIXES)
        raise InputError(path, None, f"not known as RDF by its ending; known are {known}")
    format = FORMATS[form]
    if form == "jsonld":  # what is in the order that streaming needs, as ours is, takes a tenth of the memory
        try:
            together = _together(path, form, RdfFormat.STREAMING_JSON_LD)
            format = RdfFormat.STREAMING_JSON_LD
        except InputError:
            together = _together(path, form, format)
    else:
        together = _together(path, form, format)
    groups = _streamed(path, form, format) if together else _gathered(path, form, format)
    for iri, things in groups:
        try:
            yield _narrative(things)
        except (KeyError, ValueError, IndexError) as error:
            reason = f"lacks {error.args[0]}" if isinstance(error, KeyError) else "has a value that does not fit its property"
            raise InputError(path, None, f"narrative <{iri}> {reason}; was it changed since it was exported?") from None


def _quads(path: Path, form: str, format: RdfFormat) -> Iterator[Quad]:
    try:
        with open_file(path) as stream:
            yield from parse(stream, format)
    except SyntaxError as error:
        raise InputError(path, error.lineno, f"not {form}: the syntax is wrong there") from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise InputError(path, None, "is no whole gzip file; pack it again") from None
    except (OSError, ValueError) as error:
        raise InputError(path, None, f"cannot be read ({getattr(error, 'strerror', None) or type(error).__name__})") from None


def _together(path: Path, form: str, format: RdfFormat) -> bool:
    """Whether the statements of each narrative stand together, that it is one coming first."""
    current, past = "", set()
    for quad in _quads(path, form, format):
        if not isinstance(quad.subject, NamedNode):
            continue
        iri, mark, _ = quad.subject.value.partition("#")
        if is_start(quad):
            if iri in past:
                return False
            past.add(iri)
            current = iri
        elif iri != current and (mark or quad.predicate.value in _OWN):
            return False
    return True


def _streamed(path: Path, form: str, format: RdfFormat) -> Iterator[tuple[str, Things]]:
    current, things = "", _new()
    for quad in _quads(path, form, format):
        if is_start(quad):
            if current:
                yield current, things
            current, things = str(quad.subject)[1:-1], _new()
        _add(things, quad, current)
    if current:
        yield current, things


def _gathered(path: Path, form: str, format: RdfFormat) -> Iterator[tuple[str, Things]]:
    found: dict[str, Things] = defaultdict(_new)
    wanted: dict[str, None] = {}
    for quad in _quads(path, form, format):
        if not isinstance(quad.subject, NamedNode):
            continue
        iri = quad.subject.value.partition("#")[0]
        if is_start(quad):
            wanted[iri] = None
        _add(found[iri], quad, iri)
    for iri in wanted:
        yield iri, found.pop(iri)


def _new() -> Things:
    return defaultdict(lambda: defaultdict(list))


def _add(things: Things, quad: Quad, narrative: str) -> None:
    if not isinstance(quad.subject, NamedNode):
        return
    iri, mark, local = quad.subject.value.partition("#")
    if iri != narrative:
        return
    value = quad.object
    if isinstance(value, Literal):
        text = json.loads(f'"{value.value}"') if value.datatype.value == _ESCAPED else value.value
    elif isinstance(value, NamedNode):
        text = value.value
    else:
        return
    things[mark + local][_short(quad.predicate.value)].append(text)


def _short(iri: str) -> str:
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    return f"{_SHORT.get(iri[:cut], '')}:{iri[cut:]}"


def _narrative(things: Things) -> Narrative:
    """Build a narrative.

    Raises:
        KeyError: Something that every narrative has is not there.
        ValueError: A value is not of the form that its property has.
    """
    own = things[""]
    id_, length = _one(own, "dcterms:identifier"), int(_one(own, "nif:endIndex"))
    reviews = {_local(one["nar:reviews"][0]): one for name, one in things.items() if name.startswith("#review-")}
    return Narrative(
        id_,
        own["nif:isString"][0] if own.get("nif:isString") else FILLER * length,
        [_component(about) for _, about in _named(things, "#component-")],
        [_mention(about, name, reviews) for name, about in _named(things, "#mention-")],
        [_role(about, name, things, reviews) for name, about in _named(things, "#role-")],
        [_entity(about, name) for name, about in _named(things, "#entity-")],
        _json(things["#annotation"], "nar:provenance"),
        _json(own, "nar:metadata"),
    )


def _named(things: Things, start: str) -> list[tuple[str, About]]:
    found = [(name, about) for name, about in things.items() if name.startswith(start)]
    return sorted(found, key=lambda item: int(_one(item[1], "nar:position")))


def _mention(about: About, name: str, reviews: Things) -> Mention:
    keys = emotion_keys()
    secondary = about.get("nar:secondary")
    extra: dict[str, Any] = {}
    for iri in about.get("prov:wasDerivedFrom", ()):
        if iri.startswith(PREFIXES["lex"]):
            extra["entry"] = iri.removeprefix(PREFIXES["lex"])
    if about.get("nar:reported"):
        extra["reported"] = about["nar:reported"][0]
    if about.get("nar:time"):
        extra["time"] = _concept(about, "nar:time")
    extra |= {key: about[f"nar:{key}"][0] == "true" for key in ("question", "wish") if about.get(f"nar:{key}")}
    if about.get("nar:ambivalentWith"):
        extra["ambivalent_with"] = sorted(_number(iri) for iri in about["nar:ambivalentWith"])
    if name in reviews:
        extra["review"] = _json(reviews[name], "nar:record")
    return Mention(
        _number(name), _pieces(about, "nar:cue"), keys[_one(about, "tone:hasEmotion")], keys[secondary[0]] if secondary else None,
        keys[_one(about, "nar:primary")], _concept(about, "tone:hasMode"), _concept(about, "tone:hasStatus"),
        _concept(about, "tone:hasIntensity"), float(_one(about, "tone:confidence")), _source(about), extra | _json(about, "nar:more"),
    )  # fmt: skip


def _role(about: About, name: str, things: Things, reviews: Things) -> Role:
    entity = [_local(iri) for iri in about.get("nar:entity", ())]
    confidence = about.get("tone:confidence")
    return Role(
        _number(_one(about, "nar:mention")), _concept(about, "nar:role"), _pieces(about, "nar:span")[0],
        _id(entity[0], things.get(entity[0])) if entity else None, _source(about), float(confidence[0]) if confidence else None,
        _json(reviews[name], "nar:record") if name in reviews else None,
    )  # fmt: skip


def _id(name: str, about: About | None) -> str:
    """The id of an entity: as it says itself, or from its name where a role alone speaks of it."""
    return about["dcterms:identifier"][0] if about and about.get("dcterms:identifier") else unquote(name.removeprefix("#entity-"))


def _entity(about: About, name: str) -> Entity:
    id_ = _id(name, about)
    label = about.get("rdfs:label")
    return Entity(id_, label[0] if label else id_, _pieces(about, "nar:namedBy"))


def _component(about: About) -> Component:
    return Component(_concept(about, "tone:hasComponent"), _pieces(about, "nar:span")[0], _source(about))


def _one(about: About, name: str) -> str:
    if not about.get(name):
        raise KeyError(name)
    return about[name][0]


def _concept(about: About, name: str) -> str:
    return _one(about, name).rpartition("#")[2].lower()


def _source(about: About) -> str:
    if about.get("nar:foundBy"):
        return source_of(about["nar:foundBy"][0])
    return about["nar:source"][0] if about.get("nar:source") else ""


def _pieces(about: About, name: str) -> tuple[Span, ...]:
    if about.get("nar:pieces"):
        return tuple(_span(piece) for piece in about["nar:pieces"][0].split())
    return tuple(sorted({_span(iri.rpartition("#char=")[2]) for iri in about.get(name, ())}))


def _span(written: str) -> Span:
    start, _, end = written.partition(",")
    return int(start), int(end)


def _number(iri: str) -> int:
    return int(iri.rpartition("-")[2])


def _local(iri: str) -> str:
    return "#" + iri.partition("#")[2]


def _json(about: About, name: str) -> dict[str, Any]:
    written = about.get(name)
    found = json.loads(written[0]) if written else {}
    return found if isinstance(found, dict) else {}

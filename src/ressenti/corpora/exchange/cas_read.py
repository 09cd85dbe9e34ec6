"""Reading CAS again: ours, and what people made of it in INCEpTION."""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ressenti.corpora.exchange.cas import cassis, type_system, unescape
from ressenti.corpora.exchange.layers import ARGUMENT, COMPONENT, ENTITY, MENTION, NARRATIVE, layers, left_out
from ressenti.corpora.exchange.marks import (
    OPTIONAL,
    QUALITIES,
    MarkedComponent,
    MarkedEntity,
    MarkedMention,
    MarkedNarrative,
    MarkedRole,
    loaded,
)
from ressenti.corpora.folder import reason, shown
from ressenti.corpora.markup import LARGEST, TAGS, tags
from ressenti.errors import InputError
from ressenti.regular import content
from ressenti.schema import Span

if TYPE_CHECKING:
    from cassis import Cas


def read_cas(path: Path, name: str) -> tuple[MarkedNarrative, list[InputError]]:
    """One document.

    Args:
        path: An ``.xmi`` file, with its ``TypeSystem.xml`` beside it where it has other layers than ours, or a ``.json`` file.
        name: Id of the narrative where no record says another.

    Returns:
        What it holds, and what could not be used.

    Raises:
        InputError: The file cannot be read.
        RessentiError: dkpro-cassis is not installed.
    """
    try:
        return _read(_load(path), path, name)
    except ValueError as error:
        raise InputError(shown(path), None, f"{error}; correct it where it was made") from None


def _read(cas: Cas, path: Path, name: str) -> tuple[MarkedNarrative, list[InputError]]:
    text = cas.sofa_string
    if not isinstance(text, str):
        raise InputError(shown(path), None, "the CAS has no text")
    kept = next((_record(fs) for fs in _all(cas, NARRATIVE)), {})
    marked = MarkedNarrative(shown(path), name, _with_signs(text, kept.get("signs")), record=kept)
    problems: list[InputError] = []
    linked: set[int] = set()
    for number, fs in enumerate(_all(cas, MENTION)):
        key = str(number)
        pieces = [_span(fs), *(_span(target) for _, target in _links(fs, "pieces"))]
        values = {name: _value(fs, name) for name in (*QUALITIES, *OPTIONAL)}
        marked.mentions.append(
            MarkedMention(pieces, _record(fs), None, _where(fs, "Mention"), key, _text(fs, "emotion") or "", values, _text(fs, "note"))
        )
        for role, target in _links(fs, "roles"):
            linked.add(id(target))
            record = _record(target)
            entity = _text(target, "entity")
            marked.roles.append(MarkedRole([_span(target)], record, None, _where(target, "Argument"), key, role, entity))
    for fs in _all(cas, ARGUMENT):
        if id(fs) not in linked and not _record(fs):  # of ours, somebody took the role away
            problems.append(InputError(shown(path), None, f"{_where(fs, 'Argument')}: no emotion has this as a role; left out"))
    for fs in _all(cas, ENTITY):
        marked.entities.append(MarkedEntity([_span(fs)], {}, None, _where(fs, "Entity"), _text(fs, "entity"), _text(fs, "label")))
    for fs in _all(cas, COMPONENT):
        record = _record(fs)
        marked.components.append(MarkedComponent([_span(fs)], record, None, _where(fs, "Component"), _text(fs, "component") or ""))
    problems += _others(cas, path)
    return marked, problems


def _load(path: Path) -> Cas:
    library = cassis()
    try:
        with warnings.catch_warnings():  # of layers that are not ours, which we tell ourselves
            warnings.simplefilter("ignore")
            if path.suffix.lower() == ".json":
                return library.load_cas_from_json(io.BytesIO(content(path, LARGEST)), lenient=True)
            beside = path.with_name("TypeSystem.xml")
            types = library.load_typesystem(_plain_xml(beside)) if beside.is_file() else type_system()
            return library.load_cas_from_xmi(_plain_xml(path), typesystem=types, lenient=True)
    except InputError:
        raise
    except OSError as error:
        raise InputError(shown(path), None, reason(error)) from None
    except Exception as error:  # noqa: BLE001 - the library lets through whatever it stumbles over
        line = getattr(error, "lineno", None)
        raise InputError(
            shown(path), line, f"not a CAS that can be read ({type(error).__name__}); was it written by another tool?"
        ) from None


def _plain_xml(path: Path) -> io.BytesIO:
    """A file of XML for a parser that would put in what a document type declares, other files among it."""
    from lxml import etree

    data = content(path, LARGEST)
    if tags(data) > TAGS:
        raise InputError(shown(path), None, f"has more than {TAGS >> 20} million tags; one narrative has fewer")
    first = next(iter(etree.iterparse(io.BytesIO(data), events=("start",), resolve_entities=False, no_network=True)))[1]
    if first.getroottree().docinfo.doctype:
        raise InputError(shown(path), None, "declares an XML document type, which no CAS does; it is not read")
    return io.BytesIO(data)


def _all(cas: Cas, name: str) -> Iterator[Any]:
    if cas.typesystem.contains_type(name):
        yield from cas.select(name)


def _others(cas: Cas, path: Path) -> Iterator[InputError]:
    """Layers of people that we do not know, and features that they gave to ours."""
    ours = _features()
    counts: Counter[str] = Counter()
    features: Counter[tuple[str, str]] = Counter()
    for fs in cas.select_all_annotations():
        name = fs.type.name
        if name in ours:
            own = (feature.name for feature in fs.type.features)
            features.update((name, feature) for feature in own if feature not in ours[name] and getattr(fs, feature, None) is not None)
        elif name != "uima.tcas.DocumentAnnotation" and not name.startswith("de.tudarmstadt.ukp.dkpro.core.api."):
            counts[name] += 1
    for name, count in counts.items():
        yield InputError(shown(path), None, f"{count} annotations of the layer {name} left out: it is none of ours")
    for (name, feature), count in features.items():
        yield left_out(shown(path), name, feature, count)


@cache
def _features() -> Mapping[str, frozenset[str]]:
    """The features that we write, by layer."""
    types = type_system()
    return {layer.name: frozenset(feature.name for feature in types.get_type(layer.name).features) for layer in layers()}


def _links(fs: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The annotations that a mention links to, each with the role that the link names.

    Raises:
        ValueError: It links to what is no annotation.
    """
    links = getattr(fs, name, None)
    links = getattr(links, "elements", links) or []
    if not isinstance(links, list):
        raise ValueError(f"{_where(fs, 'Mention')}: {name} is no list of links")
    for link in links:
        target = getattr(link, "target", None)
        if target is not None:
            yield _text(link, "role") or "", target


def _span(fs: Any) -> Span:
    span = getattr(fs, "begin", None), getattr(fs, "end", None)
    if not all(isinstance(offset, int) for offset in span):
        raise ValueError(f"{fs.type.name} is used as a stretch of text, but stands nowhere in it")
    return span  # type: ignore[return-value]


def _where(fs: Any, what: str) -> str:
    return f"{what} at {fs.begin}"


def _value(fs: Any, name: str) -> Any:
    value = getattr(fs, name, None)
    return unescape(value) if isinstance(value, str) else value or None


def _text(fs: Any, name: str) -> str | None:
    value = getattr(fs, name, None)
    return unescape(value) if isinstance(value, str) and value else None


def _record(fs: Any) -> Mapping[str, Any]:
    value = getattr(fs, "record", None)
    return loaded(value if isinstance(value, str) else None)


def _with_signs(text: str, signs: Any) -> str:
    """The text with the characters that XML cannot hold."""
    if not isinstance(signs, list):
        return text
    chars = list(text)
    for sign in signs:
        match sign:
            case [int(at), int(code)] if 0 <= at < len(chars) and chars[at] == "\ufffd" and 0 < code < 0x110000:
                chars[at] = chr(code)
    return "".join(chars)

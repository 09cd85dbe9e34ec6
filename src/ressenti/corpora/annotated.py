"""Marked narratives from files: what a gold file and a system's output have in common.

Each object holds ``id``, ``text``, ``mentions`` and, where there are any, ``roles``, ``entities``, ``components`` and ``provenance``, in
the form of the gold files and of what ``ressenti annotate`` writes. Everything that whoever reads them relies on is checked here, and what
``narrative.schema.json`` asks: known emotions, spans within the text, values of the format, roles of mentions that are there.
Marks that a person made may leave out source, confidence, entities and versions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set
from typing import Any

from ressenti.corpora.account import Account
from ressenti.corpora.reading import read
from ressenti.errors import InputError
from ressenti.ontology.emotions import Emotions, load_emotions
from ressenti.schema import (
    COMPONENTS,
    FLAGS,
    INTENSITIES,
    MODES,
    ROLES,
    STATUSES,
    TIMES,
    VERSIONS,
    Component,
    Entity,
    Mention,
    Narrative,
    Role,
    Span,
)  # fmt: skip

_QUALITIES = {"mode": MODES, "status": STATUSES, "intensity": INTENSITIES}
BESIDE: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "entry": (lambda value: isinstance(value, str), "a string"),
    "reported": (lambda value: isinstance(value, str | None), "a string"),
    "time": (lambda value: value in TIMES, f"one of {', '.join(TIMES)}"),
    **dict.fromkeys(FLAGS, (lambda value: isinstance(value, bool), "true or false")),
    "ambivalent_with": (lambda value: isinstance(value, list) and all(map(_is_whole, value)), "a list of ids"),
    "review": (lambda value: isinstance(value, dict), "an object"),
}
"""What may stand in a mention beside what all have: how its value is known to be right, and what it should be."""
SOURCE = re.compile("(?:rule|model|review):.", re.DOTALL)
"""How what found a mark is named."""
_NO_MARKS = "is no JSON Lines (UTF-8), as ressenti annotate and import write them: no marks can be read from it"


def read_annotations(paths: Sequence[str], say: Callable[[str], None] = lambda _: None) -> Iterator[Narrative | InputError]:
    """The marked narratives of files, in order; what cannot be read stands in its place as an error.

    Args:
        paths: JSON Lines or JSON, folders of them, or ``-`` for standard input.
        say: Called with what should be known of a narrative although it was read, and of the files of a folder that are not.

    Yields:
        Narratives whose marks are in order.
    """
    for item in read(paths, stdin_format="jsonl", say=say):
        if isinstance(item, InputError):
            # A table or a text holds no marks whatever its column or encoding, and who reads marks has no such options
            unmarked = any(option in item.reason for option in ("--text-column", "--id-column", "--encoding"))
            yield InputError(item.path, item.line, _NO_MARKS) if unmarked else item
            continue
        for notice in item.notices:
            say(f"note: {item.place}: {notice}")
        yield read_account(item)


def readable(path: str, say: Callable[[str], None]) -> tuple[list[Narrative], int]:
    """The narratives of a file that can be used, and how many cannot.

    Args:
        path: As in :func:`read_annotations`.
        say: Called with what is wrong with each of the others, and with what should be known of these.
    """
    found, failed = [], 0
    for item in read_annotations([path], say):
        if isinstance(item, InputError):
            failed += 1
            say(str(item))
        else:
            found.append(item)
    return found, failed


def read_account(account: Account) -> Narrative | InputError:
    """The marked narrative of one object that was read, or what is wrong with its marks."""
    try:
        return _narrative(account, load_emotions())
    except ValueError as error:
        return InputError(account.source, account.line, f"narrative {account.id!r}: {error}")


def _narrative(account: Account, emotions: Emotions) -> Narrative:
    """Check and take over the marks.

    Raises:
        ValueError: What is wrong, where in the object, and what would be right.
    """
    if "mentions" not in account.marks:
        raise ValueError("has no marks: an object needs 'mentions' (an empty list where there are none) and may have 'roles'")
    mentions: list[Mention] = []
    for number, item in enumerate(_objects(account.marks["mentions"], "mentions")):
        mentions.append(_mention(item, f"mentions[{number}]", len(account.text), emotions))
    known = _distinct([m.id for m in mentions], "mentions")
    length, marks = len(account.text), account.marks
    entities = [_entity(item, f"entities[{n}]", length) for n, item in enumerate(_objects(marks.get("entities", []), "entities"))]
    _distinct([entity.id for entity in entities], "entities")
    roles = [_role(item, f"roles[{n}]", length, known) for n, item in enumerate(_objects(marks.get("roles", []), "roles"))]
    components = [
        _component(item, f"components[{n}]", length) for n, item in enumerate(_objects(marks.get("components", []), "components"))
    ]
    provenance = _provenance(marks.get("provenance", {}))
    extra = dict(account.extra) | ({"review": marks["review"]} if "review" in marks else {})
    return Narrative(account.id, account.text, components, mentions, roles, entities, provenance, extra)


def _distinct(ids: Sequence[Hashable], what: str) -> Set[Any]:
    if len(known := set(ids)) < len(ids):
        raise ValueError(f"two {what} have the id {_shown(Counter(ids).most_common(1)[0][0])}; roles could not be told apart")
    return known


def _provenance(value: Any) -> Mapping[str, Any]:
    """The versions, null for those that nothing is said of."""
    if not isinstance(value, dict):
        raise ValueError("'provenance' is not an object")
    for name in VERSIONS:
        if not isinstance(value.get(name), str | None):
            raise ValueError(f"provenance.{name} is not a string")
    return dict.fromkeys(VERSIONS) | value


def _entity(item: Mapping[str, Any], where: str, length: int) -> Entity:
    id_, label, spans = item.get("id"), item.get("label"), item.get("mentions", [])
    if not isinstance(id_, str) or not id_:
        raise ValueError(f"{where}.id is not a string")
    if not isinstance(label, str):
        raise ValueError(f"{where}.label is not a string")
    if not isinstance(spans, list):
        raise ValueError(f"{where}.mentions is not a list of spans, [[start, end], …]")
    return Entity(id_, label, tuple(_span(span, f"{where}.mentions[{number}]", length) for number, span in enumerate(spans)))


def _component(item: Mapping[str, Any], where: str, length: int) -> Component:
    name, source = item.get("component"), item.get("source", "")
    if name not in COMPONENTS:
        raise ValueError(f"{where}.component is {_shown(name)}; known: {', '.join(COMPONENTS)}")
    if not isinstance(source, str):
        raise ValueError(f"{where}.source is not a string")
    return Component(name, _span(item.get("span"), f"{where}.span", length), source)


def _mention(item: Mapping[str, Any], where: str, length: int, emotions: Emotions) -> Mention:
    id_ = item.get("id")
    if not isinstance(id_, int) or isinstance(id_, bool) or id_ < 1:
        raise ValueError(f"{where}.id is not a whole number from 1")
    emotion = item.get("emotion")
    if not isinstance(emotion, str) or emotion not in emotions:
        raise ValueError(f"{where}.emotion is not a key of the ontology: {_shown(emotion)}")
    pieces = item.get("cue")
    if not isinstance(pieces, list) or not pieces:
        raise ValueError(f"{where}.cue is not a list of spans, [[start, end], …]")
    cue = tuple(_span(piece, f"{where}.cue[{number}]", length) for number, piece in enumerate(pieces))
    for name, known in _QUALITIES.items():
        if item.get(name) not in known:
            raise ValueError(f"{where}.{name} is {_shown(item.get(name))}; known: {', '.join(known)}")
    confidence, source = item.get("confidence", 1.0), _source(item, where)
    if not is_share(confidence):
        raise ValueError(f"{where}.confidence is not a number from 0 to 1")
    secondary, primary = emotions.secondary(emotion), emotions.primary(emotion)
    extra = {name: value for name, value in item.items() if name in BESIDE and (value is not None or name == "reported")}
    for name, value in extra.items():
        is_right, right = BESIDE[name]
        if not is_right(value):
            raise ValueError(f"{where}.{name} is not {right}")
    return Mention(id_, cue, emotion, secondary, primary, item["mode"], item["status"], item["intensity"], float(confidence), source, extra)


def _role(item: Mapping[str, Any], where: str, length: int, mentions: Set[int]) -> Role:
    mention = item.get("mention")
    if not isinstance(mention, (int, float)) or isinstance(mention, bool) or mention not in mentions:
        raise ValueError(f"{where}.mention is {_shown(mention)}, which no mention has as its id")
    if item.get("role") not in ROLES:
        raise ValueError(f"{where}.role is {_shown(item.get('role'))}; known: {', '.join(ROLES)}")
    entity, source, confidence = item.get("entity"), _source(item, where), item.get("confidence")
    if entity is not None and not isinstance(entity, str):
        raise ValueError(f"{where}.entity is not a string")
    if confidence is not None and not is_share(confidence):
        raise ValueError(f"{where}.confidence is not a number from 0 to 1")
    review = item.get("review")
    if not isinstance(review, dict | None):
        raise ValueError(f"{where}.review is not an object")
    return Role(int(mention), item["role"], _span(item.get("span"), f"{where}.span", length), entity, source, confidence, review)


def _source(item: Mapping[str, Any], where: str) -> str:
    """What found a mark; empty where it is not said, as for the marks of a gold file."""
    source = item.get("source")
    if source is None or source == "":  # exports of gold files had it so
        return ""
    if not isinstance(source, str):
        raise ValueError(f"{where}.source is not a string")
    if not SOURCE.match(source):
        raise ValueError(f"{where}.source is {_shown(source)}; known: rule:…, model:… and review:…; it may be left out")
    return source


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def is_share(value: Any) -> bool:
    """Whether a value is a confidence."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1


def _objects(value: Any, where: str) -> list[Mapping[str, Any]]:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise ValueError(f"{where!r} is not a list of objects")
    return value


def _span(value: Any, where: str, length: int) -> Span:
    match value:
        case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
            if not 0 <= start < end:
                raise ValueError(f"{where} is [{start}, {end}]: a span begins at 0 or later and ends after it begins")
            if end > length:
                raise ValueError(f"{where} ends at {end}, but the text has {length} characters")
            return (start, end)
    raise ValueError(f"{where} is not a span, [start, end]")


def _shown(value: Any) -> str:
    """A value that should have been a key; a long one may be a stretch of the account and is not shown."""
    if value is None:
        return "missing"
    return repr(value) if isinstance(value, int) or (isinstance(value, str) and len(value) <= 24 and value.isascii()) else "something else"

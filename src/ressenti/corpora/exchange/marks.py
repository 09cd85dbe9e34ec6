"""Annotations as another tool has them, and the way back to a narrative.

Whatever a tool shows of a mention, a role, an entity or a component can be changed there. Each of them carries, beside what is shown, a
record of how it was when it was written: what is unchanged comes back as it was, to the last offset and key; what a person changed or
added is taken from the tool, and its source is that person.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from ressenti.schema import FLAGS, INTENSITIES, MODES, STATUSES, TIMES, Component, Entity, Mention, Narrative, Role, Span

QUALITIES = {"mode": "labelled", "status": "affirmed", "intensity": "medium"}
"""What every mention has, and what it is taken for where nobody said."""
OPTIONAL = ("time", *FLAGS, "reported")
"""What some mentions have."""
VALUES: Mapping[str, Sequence[str]] = {"mode": MODES, "status": STATUSES, "intensity": INTENSITIES, "time": TIMES}
"""The values that there are, of those that have a choice."""
NARRATIVE = ("id", "provenance", "extra", "entities")
"""What the record of a narrative holds."""

# Valid in JSON, but they end a line for some readers, or are no characters of XML.
_ODD = re.compile("[\x7f-\x9f\u2028\u2029\ufffe\uffff]")


@dataclass(slots=True)
class Marked:
    """What all annotations of a tool have.

    Attributes:
        pieces: Where it stands, in code points.
        record: How it was when it was written (`record`), empty for what was made in the tool.
        line: Line of the file, None where lines mean nothing.
        what: How to call it in a message (``T3``); never words of the account.
    """

    pieces: Sequence[Span]
    record: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None
    what: str = ""


@dataclass(slots=True)
class MarkedMention(Marked):
    """A mention.

    Attributes:
        key: Names it among the annotations of the file; roles point to it.
        emotion: Key, label or IRI of an emotion.
        values: Those of `QUALITIES` and `OPTIONAL` that the tool shows; None where it shows nothing.
        note: What a person wrote beside it.
    """

    key: str = ""
    emotion: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    note: str | None = None


@dataclass(slots=True)
class MarkedRole(Marked):
    """A role; ``mention`` is the ``key`` of a `MarkedMention`."""

    mention: str = ""
    role: str = ""
    entity: str | None = None


@dataclass(slots=True)
class MarkedEntity(Marked):
    """One place that names an entity; without an ``id`` it is an entity of its own."""

    id: str | None = None
    label: str | None = None


@dataclass(slots=True)
class MarkedComponent(Marked):
    """A part that tells a component."""

    component: str = ""


@dataclass(slots=True)
class MarkedNarrative:
    """All that a file says of one narrative.

    Attributes:
        path: The file, for messages.
        id: Its stem; the id that the record holds wins.
        text: The account.
        record: What `narrative_record` wrote, or empty.
    """

    path: str
    id: str
    text: str
    mentions: list[MarkedMention] = field(default_factory=list)
    roles: list[MarkedRole] = field(default_factory=list)
    entities: list[MarkedEntity] = field(default_factory=list)
    components: list[MarkedComponent] = field(default_factory=list)
    record: Mapping[str, Any] = field(default_factory=dict)


Item = TypeVar("Item", Mention, Role, Component)


def records(items: Iterable[Item]) -> Iterable[tuple[Item, str]]:
    """Each item with its record, a line of JSON."""
    for place, item in enumerate(items):
        yield item, dumped({"at": place, "was": item.to_dict()})


def narrative_record(narrative: Narrative) -> str:
    """What no annotation of a narrative holds: its id, provenance, metadata and entities, as a line of JSON."""
    entities = [entity.to_dict() for entity in narrative.entities]
    return dumped({"id": narrative.id, "provenance": dict(narrative.provenance), "extra": dict(narrative.extra), "entities": entities})


def dumped(value: Any) -> str:
    """JSON on one line, whatever ends a line for somebody."""
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def loaded(text: str | None) -> Mapping[str, Any]:
    """A record read back; empty where it is none, since people can write in the same place."""
    try:
        value = json.loads(text or "")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def shown_values(mention: Mention | Mapping[str, Any]) -> dict[str, Any]:
    """What a tool shows of a mention: every quality, None for an optional one that is not there or false."""
    data = mention.to_dict() if isinstance(mention, Mention) else mention
    return {name: data.get(name) or None for name in (*QUALITIES, *OPTIONAL)}


def by_place(entities: Sequence[Entity]) -> list[tuple[Entity, Span]]:
    """Each place that names an entity, in reading order."""
    return sorted(((entity, span) for entity in entities for span in entity.mentions), key=lambda item: item[1])


def visible(text: str, pieces: Iterable[Span]) -> frozenset[int]:
    """Offsets of what can be seen of some pieces: tools cut at line ends and leave out blanks at the edges."""
    return frozenset(at for start, end in pieces for at in range(start, min(end, len(text))) if not text[at].isspace())

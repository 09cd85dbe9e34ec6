"""What flows between the rooms: one narrative, with what was found in it.

Every span is a pair of Unicode code point offsets into :attr:`Narrative.text`, end exclusive. ``to_dict`` gives the JSON object of the
file format (``narrative.schema.json`` beside this file describes it), ``from_dict`` reads it back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Self

Span = tuple[int, int]

COMPONENTS = ("behavior", "feeling", "thinking", "territory")
MODES = ("labelled", "behavioural", "displayed", "suggested")
STATUSES = ("affirmed", "negated", "hypothetical")
INTENSITIES = ("low", "medium", "high")
TIMES = ("past", "present", "future", "habitual")
FLAGS = ("question", "wish")
"""Optional keys of a mention that are true where they are there."""
ROLES = ("experiencer", "cause", "target", "consequence")
VERSIONS = ("ressenti", "ontology", "rules", "parser", "model")
"""What the provenance names, each as a string or null."""
WRITTEN = ("id", "text", "components", "mentions", "roles", "entities", "provenance")
"""Keys that an annotation writes; whatever an input holds under them is replaced."""


@dataclass(slots=True)
class Component:
    """A part of the narrative that tells one component of the Component Process Model (arXiv 2305.10446).

    Attributes:
        component: One of :data:`COMPONENTS`.
        span: Where it stands.
        source: ``given`` (the writer answered that question) or the rule that found it.
    """

    component: str
    span: Span
    source: str

    def to_dict(self) -> dict[str, Any]:
        return {"component": self.component, "span": list(self.span), "source": self.source}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["component"], _span(data["span"]), data["source"])


@dataclass(slots=True)
class Mention:
    """One place where the text says or shows an emotion.

    Attributes:
        id: Number from 1, in reading order.
        cue: The pieces of the shortest string that carries the emotion, in reading order, at least one.
        emotion: Key of ``emotions.tsv``, of any tier.
        secondary: Key of the secondary group, None where ``emotion`` is a primary.
        primary: Key of the primary.
        mode: One of :data:`MODES` (Étienne, Battistelli and Lecorvé, arXiv 2405.14385).
        status: One of :data:`STATUSES`.
        intensity: One of :data:`INTENSITIES`.
        confidence: From 0 to 1.
        source: ``rule:ID``, ``model:NAME`` or ``review:NAME``; empty, and then not written, for what a gold file says of no one.
        extra: Optional keys of the format (``reported``, ``time``, ``question``, ``wish``, ``ambivalent_with``, ``review``).
    """

    id: int
    cue: tuple[Span, ...]
    emotion: str
    secondary: str | None
    primary: str
    mode: str
    status: str
    intensity: str
    confidence: float
    source: str
    extra: dict[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        data = {name: getattr(self, name) for name in _MENTION}
        data["cue"] = [list(piece) for piece in self.cue]
        if not self.source:
            del data["source"]
        return data | self.extra

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        known = {name: data[name] if name != "source" else data.get(name, "") for name in _MENTION}
        known["cue"] = tuple(_span(piece) for piece in data["cue"])
        return cls(**known, extra={k: v for k, v in data.items() if k not in known})


@dataclass(slots=True)
class Role:
    """Who feels, why, towards whom, with what consequence.

    Attributes:
        mention: Id of the mention.
        role: One of :data:`ROLES`.
        span: Where it is said.
        entity: Id of the entity that it names, or None.
        source: ``rule:ID``, ``model:NAME`` or ``review:NAME``; empty, and then not written, for what a gold file says of no one.
        confidence: From 0 to 1, or None when not estimated.
        review: What a reviewer decided on it, or None.
    """

    mention: int
    role: str
    span: Span
    entity: str | None
    source: str
    confidence: float | None = None
    review: dict[str, Any] | None = None

    def to_dict(self) -> dict[str, Any]:
        data: dict[str, Any] = {"mention": self.mention, "role": self.role, "span": list(self.span)}
        data |= {"entity": self.entity} | ({"source": self.source} if self.source else {})
        optional = {"confidence": self.confidence, "review": self.review}
        return data | {name: value for name, value in optional.items() if value is not None}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        span = _span(data["span"])
        return cls(
            data["mention"], data["role"], span, data.get("entity"), data.get("source", ""), data.get("confidence"), data.get("review")
        )


@dataclass(slots=True)
class Entity:
    """Somebody or something of the narrative.

    Attributes:
        id: ``NARRATOR``, or ``E1``, ``E2``, … in order of appearance.
        label: How the text first names it (``narrateur`` for the narrator).
        mentions: Where the text speaks of it, in reading order.
    """

    id: str
    label: str
    mentions: tuple[Span, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"id": self.id, "label": self.label, "mentions": [list(span) for span in self.mentions]}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return cls(data["id"], data["label"], tuple(_span(span) for span in data["mentions"]))


@dataclass(slots=True)
class Narrative:
    """An account and what was found in it.

    Attributes:
        id: Names it among the others of a run.
        text: What the reader decoded or extracted; never changed afterwards.
        components: Parts that tell a component of the event.
        mentions: Emotion mentions in reading order.
        roles: Semantic roles of the mentions.
        entities: Who and what the narrative speaks of.
        provenance: Versions of what made the annotation.
        extra: Other fields of the input, carried through.
    """

    id: str
    text: str
    components: Sequence[Component] = ()
    mentions: Sequence[Mention] = ()
    roles: Sequence[Role] = ()
    entities: Sequence[Entity] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        lists = ("components", "mentions", "roles", "entities")
        data: dict[str, Any] = {"id": self.id, "text": self.text}
        data |= {name: [item.to_dict() for item in getattr(self, name)] for name in lists}
        data["provenance"] = dict(self.provenance)
        return data | {key: value for key, value in self.extra.items() if key not in WRITTEN}

    def to_json(self) -> str:
        """One line of JSON, without its line end."""
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def roles_by_mention(self) -> dict[int, list[Role]]:
        """The roles by the id of their mention, in order."""
        roles: dict[int, list[Role]] = {}
        for role in self.roles:
            roles.setdefault(role.mention, []).append(role)
        return roles

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read the JSON object back.

        Raises:
            KeyError: A required key is missing.
        """
        return cls(
            data["id"],
            data["text"],
            [Component.from_dict(item) for item in data["components"]],
            [Mention.from_dict(item) for item in data["mentions"]],
            [Role.from_dict(item) for item in data["roles"]],
            [Entity.from_dict(item) for item in data["entities"]],
            data["provenance"],
            {key: value for key, value in data.items() if key not in WRITTEN},
        )


_MENTION = tuple(name for name in Mention.__slots__ if name != "extra")


def storable(text: str) -> bool:
    """Whether text can be written as UTF-8, that is has no lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _span(value: Sequence[int]) -> Span:
    return (value[0], value[1])


@cache
def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one narrative."""
    data: dict[str, Any] = json.loads(files("ressenti").joinpath("narrative.schema.json").read_text(encoding="utf-8"))
    return data

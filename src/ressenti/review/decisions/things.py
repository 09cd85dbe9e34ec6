"""Decisions by what they are about: the last on a thing counts, whoever made it and in whichever file.

A mention is known by its cue and its emotion, a role by its mention, what it is and its span, a component by its name and span: by those it
had when it was found and by those that it was given since, so that a decision finds its thing under either.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ressenti.review.decisions.model import Decision, Values
from ressenti.schema import FLAGS, Span

MENTION = ("cue", "emotion", "mode", "status", "intensity", "time", *FLAGS)
"""What may be decided of a mention."""
EXTRA = ("time", *FLAGS)
"""What of it is an optional key of the format."""
UNSAID: Mapping[str, bool] = dict.fromkeys(FLAGS, False)
"""What holds of a mention that does not have these keys."""
ROLE = ("role", "span")
COMPONENT = ("component", "span")

ACCEPTED, REJECTED, CHANGED, ADDED, COMMENTED = "accepted", "rejected", "changed", "added", "commented"
"""What a ``review`` record calls a decision."""


@dataclass(slots=True, eq=False)
class Thing:
    """A mention, a role or a component that somebody decided on, or that a decision names.

    Attributes:
        about: ``mention``, ``role`` or ``component``.
        was: As it was found; None where a reviewer added it.
        values: As it shall be.
        changes: What was said that it shall be otherwise.
        by: Who last changed what of it.
        stated: What of it somebody said, or saw and accepted; the rest of ``values`` is as it was found.
        keys: What it is known by, that of today last.
        decision: One of the words above; empty where nothing was decided on it itself.
        last: The decision that counts.
        author: Who last said what it shall be.
        comments: Of all decisions on it.
        mentions: Of a role: the mention that it belongs to, last, and those that it belonged to before.
        entity: Of a role: the decision that last said whom it names.
        moves: Of a role: the decisions by which its span became another one, and which, in order of time.
    """

    about: str
    was: dict[str, Any] | None
    values: dict[str, Any]
    keys: list[Hashable]
    changes: dict[str, Any] = field(default_factory=dict)
    by: dict[str, str] = field(default_factory=dict)
    stated: set[str] = field(default_factory=set)
    decision: str = ""
    last: Decision | None = None
    author: str = ""
    comments: list[str] = field(default_factory=list)
    mentions: list[Thing] = field(default_factory=list)
    entity: Decision | None = None
    moves: list[tuple[Decision, Span]] = field(default_factory=list)

    @property
    def is_there(self) -> bool:
        """Whether somebody said that it holds, as it was or otherwise."""
        return self.decision in (ACCEPTED, CHANGED, ADDED)

    def signed(self) -> dict[str, Any]:
        """Who made the decision that counts, and all comments, as a ``review`` record has them."""
        assert self.last is not None
        return self.last.signed() | ({"comment": "\n".join(self.comments)} if self.comments else {})


class Things:
    """What decisions are about.

    Args:
        decisions: In order of time.

    Attributes:
        mentions: In the order in which they come up; so too the others.
        roles: The same.
        components: The same.
        entities: Decisions on entities, in order of time.
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self.mentions: list[Thing] = []
        self.roles: list[Thing] = []
        self.components: list[Thing] = []
        self.entities: list[Decision] = []
        self._known: dict[tuple[str, Hashable], list[Thing]] = {}
        self._numbers: dict[Thing, set[tuple[int, int]]] = {}
        for decision in decisions:
            if decision.about == "entity":
                self.entities.append(decision)
            else:
                getattr(self, f"_{decision.about}")(decision)
        self._unite()

    def _unite(self) -> None:
        """What one added and what another changed into the same is one thing, and the later decision on it counts."""
        became: dict[Thing, Thing] = {}
        for things in (self.mentions, self.roles, self.components):
            for thing in things if things is self.roles else ():
                thing.mentions = [became.get(mention, mention) for mention in thing.mentions]
                thing.keys = [(became.get(key[0], key[0]), *key[1:]) for key in thing.keys if isinstance(key, tuple)]
            same: dict[Hashable, list[Thing]] = {}
            for thing in things:
                if thing.is_there:
                    same.setdefault(thing.keys[-1], []).append(thing)
            for several in same.values():
                kept = next((thing for thing in several if thing.was is not None), several[0])
                for other in several:
                    if other is not kept and other.was is None:
                        _merge(kept, other)
                        became[other] = kept
            things[:] = [thing for thing in things if thing not in became]

    def _mention(self, decision: Decision) -> None:
        named = decision.was or decision.value
        thing = self._mention_of(named, decision, decision.action == "add")
        self._decide(thing, decision, MENTION)
        self._know(thing, mention_key(thing.values))

    def _role(self, decision: Decision) -> None:
        named = decision.was or decision.value
        mention = self._mention_of(named, decision, False)
        key = (mention, named["role"], named["span"])
        thing = self._find("role", key)
        if thing is None:
            was = None if decision.action == "add" else _only(named, (*ROLE, "entity", "source"))
            thing = Thing("role", was, _only(named, (*ROLE, "entity")), [], mentions=[mention])
            self._new(self.roles, thing, key)
        value = decision.value
        if "cue" in value and (moved := self._mention_of(value, decision, False)) is not thing.mentions[-1]:
            thing.mentions.append(moved)
        if "entity" in value and (decision.action == "change" or (decision.action == "add" and value["entity"] is not None)):
            thing.entity = decision
        elif decision.action == "accept" and _other(thing.entity, named, decision.by.reviewer):
            thing.entity = None  # who accepts it has seen it so, not as somebody else has changed it meanwhile
        stood = thing.values["span"]
        self._decide(thing, decision, (*ROLE, "entity"))
        if thing.values["span"] != stood:
            thing.moves.append((decision, thing.values["span"]))
        self._know(thing, (thing.mentions[-1], thing.values["role"], thing.values["span"]))

    def _component(self, decision: Decision) -> None:
        named = decision.was or decision.value
        key = (named["component"], named["span"])
        thing = self._find("component", key)
        if thing is None:
            values = _only(named, COMPONENT)
            thing = self._new(self.components, Thing("component", None if decision.action == "add" else values, dict(values), []), key)
        self._decide(thing, decision, COMPONENT)
        self._know(thing, (thing.values["component"], thing.values["span"]))

    def _mention_of(self, named: Values, decision: Decision, added: bool) -> Thing:
        """The mention that a decision names; a new one where none is known yet."""
        number = (id(decision.by), named["mention"]) if "mention" in named else None
        thing = self._find("mention", mention_key(named), number)
        if thing is None:
            was = None if added else _only(named, (*MENTION, "source", "confidence"))
            thing = self._new(self.mentions, Thing("mention", was, _only(named, MENTION), []), mention_key(named))
        elif thing.last is None and thing.was is not None and not added:  # a role named it so far, by its cue and emotion alone
            thing.was |= _only(named, (*MENTION, "source", "confidence"))
            thing.values = {**_only(named, MENTION), **thing.values}
        if number is not None:
            self._numbers.setdefault(thing, set()).add(number)
        return thing

    def _decide(self, thing: Thing, decision: Decision, names: Iterable[str]) -> None:
        if decision.comment and decision.comment not in thing.comments:
            thing.comments.append(decision.comment)
        before, thing.last = thing.last, decision
        if decision.action == "comment":
            if thing.decision:
                thing.last = before
            else:
                thing.decision = COMMENTED
            return
        if decision.action == "reject":
            thing.decision = REJECTED
            return
        who = decision.by.reviewer
        if decision.action == "accept":
            seen = {
                name: value
                for name, value in _only(decision.was, names).items()
                if thing.by.get(name) != who and (name not in thing.values or thing.values[name] != value)
            }
            if seen:
                thing.values |= seen  # who accepts it has seen it so, not as somebody else has changed it meanwhile
                thing.changes |= {name: value for name, value in seen.items() if name in thing.changes}
                thing.author = who
        thing.by |= dict.fromkeys(_only(decision.value, names), who)
        thing.values |= _only(decision.value, names)
        thing.changes |= _only(decision.value, names)
        thing.stated |= set(_only(decision.was if decision.action == "accept" else decision.value, names))
        if decision.action != "accept" or not thing.author:
            thing.author = who
        if thing.was is None:
            thing.decision = ADDED
        else:
            stood = {**UNSAID, **thing.was}
            same = all(name in stood and stood[name] == value for name, value in thing.changes.items())
            thing.decision = ACCEPTED if same and len(thing.mentions) < 2 else CHANGED

    def _new(self, things: list[Thing], thing: Thing, key: Hashable) -> Thing:
        things.append(thing)
        self._know(thing, key)
        return thing

    def _know(self, thing: Thing, key: Hashable) -> None:
        thing.keys = [*(other for other in thing.keys if other != key), key]
        same = self._known.setdefault((thing.about, key), [])
        if thing not in same:
            same.append(thing)

    def _find(self, about: str, key: Hashable, number: tuple[int, int] | None = None) -> Thing | None:
        """Of several known by a key the one with the number in the file, else the one that has the key now, else the last."""
        found = self._known.get((about, key), [])
        by_number = [thing for thing in found if number is not None and number in self._numbers.get(thing, ())]
        now = [thing for thing in found if thing.keys[-1] == key]
        return next((things[-1] for things in (by_number, now, found) if things), None)


def _merge(kept: Thing, other: Thing) -> None:
    assert kept.last is not None
    assert other.last is not None
    if other.last.time >= kept.last.time:
        kept.values, kept.last, kept.author = {**kept.values, **other.values}, other.last, other.author
        kept.entity = other.entity or kept.entity
    else:
        kept.values, kept.entity = {**other.values, **kept.values}, kept.entity or other.entity
    kept.stated |= other.stated
    kept.comments += [comment for comment in other.comments if comment not in kept.comments]
    kept.keys = [*(key for key in other.keys if key not in kept.keys), *kept.keys]
    if kept.was is not None:
        kept.changes |= {name: value for name, value in kept.values.items() if name in kept.was and kept.was[name] != value}
        kept.decision = CHANGED if kept.changes or len(kept.mentions) > 1 else ACCEPTED


def mention_key(values: Mapping[str, Any]) -> Hashable:
    """What a mention is known by."""
    return (tuple(values["cue"]), values["emotion"])


def _only(values: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: values[name] for name in names if name in values}


def _other(entity: Decision | None, seen: Mapping[str, Any], reviewer: str) -> bool:
    """Whether a decision of another reviewer names somebody else than who was seen."""
    return entity is not None and entity.by.reviewer != reviewer and "entity" in seen and entity.value["entity"] != seen["entity"]

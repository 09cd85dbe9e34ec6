"""From annotations as a tool has them to a narrative that is in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, TypeVar

from ressenti.corpora.account import Account
from ressenti.corpora.annotated import BESIDE, SOURCE, is_share, read_account
from ressenti.corpora.exchange.marks import (
    OPTIONAL,
    QUALITIES,
    VALUES,
    Marked,
    MarkedComponent,
    MarkedEntity,
    MarkedMention,
    MarkedNarrative,
    MarkedRole,
    shown_values,
    visible,
)
from ressenti.errors import InputError
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import COMPONENTS, ROLES, VERSIONS, Component, Entity, Mention, Narrative, Role, Span

_PROVENANCE = dict.fromkeys(VERSIONS)
_ENTITY = re.compile(r"E(\d{1,9})")
Made = TypeVar("Made", Mention, Role, Component)
Given = TypeVar("Given", bound=Marked)


def assemble(marked: MarkedNarrative, reviewer: str) -> tuple[Narrative | InputError, list[InputError]]:
    """The narrative of what a file says.

    Args:
        marked: What was read.
        reviewer: Who made what is new or changed: its source becomes ``review:`` and this.

    Returns:
        The narrative, or why it cannot be used; and each annotation that cannot be, with line and reason.
    """
    return _Assembly(marked, f"review:{reviewer}").run()


def emotion_key(name: str) -> str | None:
    """The emotion that a key, a label in French or English, or an IRI of TONE names; None where there is none."""
    local = re.split(r"[#/]|tone:", name.strip())[-1]
    return _names().get(local.casefold()) or _names().get(re.sub(r"[\s_-]+", "", local.casefold()))


@cache
def _names() -> Mapping[str, str]:
    emotions = load_emotions()
    names = {emotion.key: emotion.key for emotion in emotions.values()}
    for language in ("en", "fr"):
        for emotion in emotions.values():
            names.setdefault(emotion.labels.get(language, "").casefold(), emotion.key)
    for name, key in [*names.items()]:  # SelfPity, self_pity
        names.setdefault(re.sub(r"[\s_-]+", "", name), key)
    return names


class _Assembly:
    def __init__(self, marked: MarkedNarrative, source: str) -> None:
        self.marked, self.source, self.text = marked, source, marked.text
        self.problems: list[InputError] = []
        self.ids: dict[str, int] = {}

    def run(self) -> tuple[Narrative | InputError, list[InputError]]:
        marked, record = self.marked, self.marked.record
        given = [item for item in marked.mentions if self._mention_fits(item)]
        self.ids = self._numbers(given)
        mentions = self._in_order(given, self._mention, lambda m: m.cue[0])
        kept = {mention.id for mention in mentions}
        for mention in mentions:
            self._check_ambivalence(mention, kept)
        entities = self._entities([item for item in marked.entities if self._fits(item)])
        roles = self._in_order([item for item in marked.roles if self._role_fits(item)], self._role, lambda r: r.span)
        self._name_entities(roles, entities)
        parts = [item for item in marked.components if self._component_fits(item)]
        components = self._in_order(parts, self._component, lambda c: c.span)
        provenance = record.get("provenance")
        extra = record.get("extra")
        id_ = record.get("id")
        narrative = Narrative(
            id_ if isinstance(id_, str) else marked.id, self.text, components, mentions, roles, list(entities.values()),
            _PROVENANCE | provenance if isinstance(provenance, dict) else _PROVENANCE, extra if isinstance(extra, dict) else {},
        )  # fmt: skip
        return self._checked(narrative), self.problems

    def _checked(self, narrative: Narrative) -> Narrative | InputError:
        """The narrative after the checks that all annotated narratives go through: a record may have been changed by hand."""
        data = narrative.to_dict()
        names = ("components", "mentions", "roles", "entities", "provenance")
        account = Account(narrative.id, narrative.text, extra=narrative.extra, source=self.marked.path, marks={n: data[n] for n in names})
        return read_account(account)

    def _tell(self, item: Marked, reason: str) -> None:
        what = f"{item.what}: " if item.what else ""
        self.problems.append(InputError(self.marked.path, item.line, f"{what}{reason}"))

    def _fits(self, item: Marked) -> bool:
        for start, end in item.pieces:
            if not 0 <= start < end <= len(self.text):
                self._tell(item, f"left out: [{start}, {end}] is not a part of the text, which has {len(self.text)} characters")
                return False
        if not item.pieces:
            self._tell(item, "left out: it stands nowhere in the text")
        return bool(item.pieces)

    def _mention_fits(self, item: MarkedMention) -> bool:
        if emotion_key(item.emotion) is None:
            self._tell(item, f"left out: {item.emotion[:40]!r} is not an emotion of TONE (a key, or a French or English label)")
            return False
        return self._fits(item)

    def _role_fits(self, item: MarkedRole) -> bool:
        if item.role.casefold() not in ROLES:
            self._tell(item, f"left out: {item.role[:40]!r} is not a role; known: {', '.join(ROLES)}")
            return False
        if item.mention not in self.ids:
            self._tell(item, "left out: what it is a role of is not an emotion that could be read")
            return False
        return self._fits(item)

    def _component_fits(self, item: MarkedComponent) -> bool:
        if item.component.casefold() not in COMPONENTS:
            self._tell(item, f"left out: {item.component[:40]!r} is not a component; known: {', '.join(COMPONENTS)}")
            return False
        return self._fits(item)

    def _numbers(self, mentions: Sequence[MarkedMention]) -> dict[str, int]:
        """An id for each mention: its own where it has one, else the next that none has."""
        found: dict[str, int] = {}
        for item in mentions:
            id_ = _was(item).get("id")
            if isinstance(id_, int) and not isinstance(id_, bool) and id_ > 0 and id_ not in found.values():
                found[item.key] = id_
        free = max(found.values(), default=0)
        for item in sorted(mentions, key=lambda item: min(item.pieces)):
            if item.key not in found:
                free += 1
                found[item.key] = free
        return found

    def _in_order(self, items: Sequence[Given], make: Callable[[Given], Made], start: Callable[[Made], Span]) -> list[Made]:
        """What was there before in its order, what is new where it stands in the text."""
        before = sorted((item for item in items if isinstance(item.record.get("at"), int)), key=lambda item: item.record["at"])
        made = [make(item) for item in before]
        known = {id(item) for item in before}
        for new in sorted((make(item) for item in items if id(item) not in known), key=start):
            place = next((n for n, other in enumerate(made) if start(other) > start(new)), len(made))
            made.insert(place, new)
        return made

    def _mention(self, item: MarkedMention) -> Mention:
        emotions = load_emotions()
        was, key = _was(item), str(emotion_key(item.emotion))
        shown = shown_values(was)
        changed = not was or was.get("emotion") != key
        cue = tuple(_joined(self.text, item.pieces))
        if was:
            before = [(piece[0], piece[1]) for piece in _listed(was.get("cue")) if _is_span(piece)]
            if visible(self.text, before) == visible(self.text, cue) and before:
                cue = tuple(before)
            else:
                changed = True
        values: dict[str, Any] = {}
        extra = {name: was[name] for name, (is_right, _) in BESIDE.items() if name in was and is_right(was[name])}
        if was.get("emotion") != key:
            extra.pop("entry", None)  # the line of the vocabulary that found it says another emotion
        for name, default in QUALITIES.items():
            now = item.values[name] if name in item.values else shown.get(name)
            if now is not None and now not in VALUES[name]:
                self._tell(item, f"{name} {str(now)[:40]!r} is not known ({', '.join(VALUES[name])}); taken for {default}")
                now = None
            changed |= was.get(name) != now
            values[name] = now or default
        for name in OPTIONAL:
            if name not in item.values or (now := item.values[name] or None) == shown.get(name):
                continue
            if now is not None and name in VALUES and now not in VALUES[name]:
                self._tell(item, f"{name} {str(now)[:40]!r} is not known ({', '.join(VALUES[name])}); left out")
                continue
            changed = True
            if now is None:
                extra.pop(name, None)
            else:
                extra[name] = now
        if item.note:
            review = extra.get("review")
            extra["review"] = (dict(review) if isinstance(review, dict) else {}) | {"note": item.note}
        secondary, primary = emotions.secondary(key), emotions.primary(key)
        if not changed:
            secondary, primary = was.get("secondary"), was.get("primary", primary)
        confidence = was["confidence"] if not changed and is_share(was.get("confidence")) else 1.0
        source = self.source if changed else self._source(was)
        return Mention(self.ids[item.key], cue, key, secondary, primary, **values, confidence=confidence, source=source, extra=extra)

    def _source(self, was: Mapping[str, Any]) -> str:
        source = was.get("source")
        return source if isinstance(source, str) and SOURCE.match(source) else self.source

    def _check_ambivalence(self, mention: Mention, kept: set[int]) -> None:
        others = mention.extra.get("ambivalent_with", ())
        if not kept.issuperset(others):
            rest = {name: value for name, value in mention.extra.items() if name != "ambivalent_with"}
            still = [other for other in others if other in kept]
            mention.extra = rest | ({"ambivalent_with": still} if still else {})

    def _role(self, item: MarkedRole) -> Role:
        was = _was(item)
        span, stayed = self._span(item, was)
        name, entity, number = item.role.casefold(), item.entity or None, self.ids[item.mention]
        if not stayed or (was.get("mention"), was.get("role"), was.get("entity")) != (number, name, entity):
            return Role(number, name, span, entity, self.source)
        confidence = was["confidence"] if is_share(was.get("confidence")) else None
        review = was.get("review")
        return Role(number, name, span, entity, self._source(was), confidence, review if isinstance(review, dict) else None)

    def _component(self, item: MarkedComponent) -> Component:
        was, name = _was(item), item.component.casefold()
        span, stayed = self._span(item, was)
        source = was.get("source") if stayed and was.get("component") == name else None
        return Component(name, span, source if isinstance(source, str) else self.source)

    def _span(self, item: Marked, was: Mapping[str, Any]) -> tuple[Span, bool]:
        """Where it stands, to the last blank as before where that stayed; and whether it did."""
        span, before = _hull(item.pieces), was.get("span")
        if before is None or not _is_span(before) or visible(self.text, [before]) != visible(self.text, [span]):
            return span, False
        return (before[0], before[1]), True

    def _entities(self, places: Sequence[MarkedEntity]) -> dict[str, Entity]:
        """The entities of the record, with the places that they have now, and new ones after them."""
        listed = self.marked.record.get("entities")
        found = {e["id"]: e for e in _listed(listed) if isinstance(e, dict) and isinstance(e.get("id"), str)}
        now: dict[str, list[MarkedEntity]] = {}
        numbers = [int(match[1]) for name in (*found, *(p.id or "" for p in places)) if (match := _ENTITY.fullmatch(str(name)))]
        number = max(numbers, default=0)
        for place in sorted(places, key=lambda place: _hull(place.pieces)):
            name = place.id
            if not name:
                number += 1
                name = f"E{number}"
            now.setdefault(name, []).append(place)
        made: dict[str, Entity] = {}
        for name in (*found, *sorted((name for name in now if name not in found), key=lambda name: name != "NARRATOR")):
            here = now.get(name, [])
            spans = tuple(dict.fromkeys(_hull(place.pieces) for place in here))
            before = [(s[0], s[1]) for s in _listed(found[name].get("mentions")) if _is_span(s)] if name in found else []
            if before and sorted(map(sorted, (visible(self.text, [s]) for s in before))) == sorted(
                map(sorted, (visible(self.text, place.pieces) for place in here))
            ):
                spans = tuple(before)
            label = found[name].get("label") if name in found else next((p.label for p in here if p.label), None)
            made[name] = Entity(name, label if isinstance(label, str) else self.text[slice(*spans[0])] if spans else name, spans)
        return made

    def _name_entities(self, roles: Sequence[Role], entities: dict[str, Entity]) -> None:
        """An entity that only a role of a person names is one too."""
        for role in roles:
            if role.entity is not None and role.entity not in entities and role.source == self.source:
                entities[role.entity] = Entity(role.entity, self.text[slice(*role.span)], (role.span,))


def _was(item: Marked) -> Mapping[str, Any]:
    was = item.record.get("was")
    return was if isinstance(was, dict) else {}


def _listed(value: Any) -> list[Any]:
    """A list of a record; people can get at a record, and put anything there."""
    return value if isinstance(value, list) else []


def _is_span(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(n, int) for n in value) and 0 <= value[0] <= value[1]


def _hull(pieces: Sequence[Span]) -> Span:
    return min(start for start, _ in pieces), max(end for _, end in pieces)


def _joined(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Pieces in reading order; what only a line end parts is one."""
    joined: list[Span] = []
    for start, end in sorted(pieces):
        if joined and (start <= joined[-1][1] or not text[joined[-1][1] : start].strip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined

"""Where two reviewers differ on a narrative, and the decisions by which a third takes the side of the one or of the other.

A mention or a role is the same for both where both began from the same that was found; what they added, or what is left over, is paired
where the spans are alike. The decisions are meant to follow those of the two: what both agree on is in these.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from ressenti.evaluation.matching import evenly, match
from ressenti.review.agreement.characters import ONE, OTHER, Common, People
from ressenti.review.agreement.choices import Choice, Data, Difference, decision, plain
from ressenti.review.agreement.components import component_differences
from ressenti.review.agreement.pairs import Both, alike, rows
from ressenti.review.decisions.placing import before, record_of
from ressenti.review.decisions.things import ADDED, EXTRA
from ressenti.schema import Entity, Mention, Narrative, Role, Span

VALUES = ("emotion", "mode", "status", "intensity")
"""What is compared of a mention besides its cue."""


@dataclass(frozen=True, slots=True, eq=False)
class _Subject:
    """What decisions on a mark name it by.

    Attributes:
        key: The same for both reviewers where they began from the same.
        was: As it was found, or as it was added.
        is_found: Whether it was found.
    """

    key: Hashable
    was: Data
    is_found: bool


@dataclass(frozen=True, slots=True)
class Differing:
    """Where two reviewers differ on a narrative.

    Attributes:
        all: Each difference: who is who first, the others in reading order.
        entities: The characters that the decisions name, by the ids that they use.
    """

    all: Sequence[Difference]
    entities: Sequence[Entity]


def differences(both: Both) -> Differing:
    """All differences of two reviewers on a narrative."""
    work = _Work(both)
    found = [*work.people.differences, *sorted(work.all(), key=_place)]
    return Differing(found, work.people.known())


def _place(difference: Difference) -> tuple[Sequence[int], str]:
    """A mention stands at its cue, and its roles after it; what a stretch of the account is of comes before what is in it."""
    return min(difference.of["cue"] if difference.of else plain(difference.spans)), difference.about


class _Work:
    def __init__(self, both: Both) -> None:
        self._both = both
        self._found = {(m.cue, m.emotion): m for m in both.found.mentions}
        self._sides = both.one, both.other
        one, other = both.one.mentions, both.other.mentions
        self._mentions = list(rows(one, other, lambda mention: self._subject(mention).key, partial(match, ties=evenly)))
        self._role_rows = [(a, b, self._rows_of_roles(a, b)) for a, b in self._mentions if self._same(a, b)]
        self.people = People(both, list(self._common()))

    def all(self) -> Iterator[Difference]:
        """All but who is who."""
        yield from component_differences(self._both)
        for a, b in self._mentions:
            if a is None or b is None or not self._same(a, b):
                yield self._whole(a, b)
            elif _values(a) != _values(b):
                yield self._mention(a, b)
        for a, _, those in self._role_rows:
            if a is not None:
                yield from self._roles(a, those)

    def _same(self, a: Mention | None, b: Mention | None) -> bool:
        return a is not None and b is not None and self._subject(a).key == self._subject(b).key

    # ── mentions ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _subject(self, mention: Mention) -> _Subject:
        was = before(mention)
        found = self._found.get((was.get("cue", mention.cue), was.get("emotion", mention.emotion)))
        if found is None or record_of(mention).get("decision") == ADDED:
            return _Subject(("added", mention.cue, mention.emotion), _named(mention), False)
        return _Subject(("found", found.id), _named(found), True)

    def _mention(self, a: Mention, b: Mention) -> Difference:
        return Difference("mention", _spans(a, b), self._choice(a, (a, b)), self._choice(b, (a, b)), self._choice(None, (a, b)))

    def _whole(self, a: Mention | None, b: Mention | None) -> Difference:
        """A mention with its roles: one of the two has none, or began from another."""
        sides = [mention for mention in (a, b) if mention is not None]
        one, other = (self._choice(side, sides, with_roles=True) for side in (a, b))
        neither = self._choice(None, sides) if len(sides) == 2 else None
        return Difference("mention", _spans(*sides), one, other, neither)

    def _choice(self, chosen: Mention | None, sides: Sequence[Mention], with_roles: bool = False) -> Choice:
        own = None if chosen is None else self._subject(chosen)
        decisions: list[Data] = []
        roles: list[Data] = []
        if chosen is not None and own is not None:
            values = _values(chosen)
            decisions.append(decision("mention", "change", own.was, values) if own.is_found else decision("mention", "add", None, values))
            if with_roles:
                narrative = next(n for n in (self._both.one, self._both.other) if any(m is chosen for m in n.mentions))
                there = _roles(narrative, chosen)
                decisions += self._all_roles(own, there, ONE if narrative is self._both.one else OTHER)
                roles = [{"role": role.role, "span": list(role.span)} for role in there]
        others = {subject.key: subject for subject in map(self._subject, sides) if own is None or subject.key != own.key}
        decisions += [decision("mention", "reject", subject.was) for subject in others.values()]
        return Choice(None if chosen is None else _values(chosen), roles, decisions)

    def _all_roles(self, mention: _Subject, there: Sequence[Role], side: int) -> Iterator[Data]:
        """That these roles hold of a mention and of those that were found no others."""
        subjects = [self._role_subject(mention, role) for role in there]
        for role, subject in zip(there, subjects, strict=True):
            yield self._set_role(mention, role, subject, side)
        kept = {subject.key for subject in subjects}
        for role in self._found_roles(mention):
            if (role.role, role.span) not in kept:
                yield decision("role", "reject", _named_role(mention, role))

    # ── roles ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _found_roles(self, mention: _Subject) -> list[Role]:
        found = next((m for m in self._both.found.mentions if ("found", m.id) == mention.key), None)
        return [] if found is None else _roles(self._both.found, found)

    def _role_subject(self, mention: _Subject, role: Role) -> _Subject:
        was = before(role)
        found = was.get("role", role.role), was.get("span", role.span)
        there = next((r for r in self._found_roles(mention) if (r.role, r.span) == found), None)
        if there is None or record_of(role).get("decision") == ADDED:
            return _Subject(("added", role.role, role.span), _named_role(mention, role), False)
        return _Subject((there.role, there.span), _named_role(mention, there), True)

    def _set_role(self, mention: _Subject, role: Role, subject: _Subject, side: int) -> Data:
        entity = {"entity": self.people.id_of(side, role.entity)}
        if subject.is_found:
            return decision("role", "change", subject.was, {"role": role.role, "span": list(role.span), **entity})
        return decision("role", "add", None, {**_named_role(mention, role), **entity})

    def _rows_of_roles(self, a: Mention | None, b: Mention | None) -> list[tuple[Role | None, Role | None]]:
        """The roles of a mention that both have."""
        if a is None or b is None:
            return []
        mention = self._subject(a)
        ours, theirs = _roles(self._both.one, a), _roles(self._both.other, b)
        return list(rows(ours, theirs, lambda role: self._role_subject(mention, role).key, alike))

    def _common(self) -> Iterator[Common]:
        """The roles in which the two differ in nothing but, it may be, whom they name."""
        merged = self._both.merged
        there = {(self._subject(m).key, r.role, r.span): r for m in merged.mentions for r in _roles(merged, m)}
        for a, _, those in self._role_rows:
            for x, y in those:
                if a is not None and x is not None and y is not None and (x.role, x.span) == (y.role, y.span):
                    yield self._in_common(a, x, y, there.get((self._subject(a).key, x.role, x.span)))

    def _in_common(self, a: Mention, x: Role, y: Role, merged: Role | None = None) -> Common:
        mention = self._subject(a)
        return Common(self._role_subject(mention, x).was, dict(mention.was), (x, y, merged))

    def _roles(self, a: Mention, of: Sequence[tuple[Role | None, Role | None]]) -> Iterator[Difference]:
        mention = self._subject(a)
        for x, y in of:
            sides = [role for role in (x, y) if role is not None]
            same = x is not None and y is not None and (x.role, x.span) == (y.role, y.span)
            if same and x is not None and y is not None and not self.people.apart(self._in_common(a, x, y)):
                continue
            one, other = (self._role_choice(mention, role, sides, side, same) for side, role in enumerate((x, y)))
            neither = self._role_choice(mention, None, sides, ONE) if len(sides) == 2 and not same else None
            yield Difference("role", [*a.cue, *(role.span for role in sides)], one, other, neither, dict(mention.was))

    def _role_choice(self, mention: _Subject, chosen: Role | None, sides: Sequence[Role], side: int, named: bool = False) -> Choice:
        own = None if chosen is None else self._role_subject(mention, chosen)
        decisions = [] if chosen is None or own is None else [self._set_role(mention, chosen, own, side)]
        others = {s.key: s for s in (self._role_subject(mention, role) for role in sides) if own is None or s.key != own.key}
        decisions += [decision("role", "reject", subject.was) for subject in others.values()]
        if chosen is None:
            return Choice(None, [], decisions)
        entity = {"entity": self.people.label(side, chosen.entity)} if named else {}
        return Choice(None, [{"role": chosen.role, "span": list(chosen.span), **entity}], decisions)


def _values(mention: Mention) -> Data:
    extra = {name: mention.extra[name] for name in EXTRA if name in mention.extra}
    return {"cue": plain(mention.cue), **{name: getattr(mention, name) for name in VALUES}, **extra}


def _named(mention: Mention) -> Data:
    return {"cue": plain(mention.cue), "emotion": mention.emotion}


def _named_role(mention: _Subject, role: Role) -> Data:
    return {**mention.was, "role": role.role, "span": list(role.span)}


def _roles(narrative: Narrative, mention: Mention) -> list[Role]:
    return [role for role in narrative.roles if role.mention == mention.id]


def _spans(*mentions: Mention) -> list[Span]:
    return sorted({piece for mention in mentions for piece in mention.cue})

"""Where two reviewers differ on a narrative, and the decisions by which a third takes the side of the one or of the other.

A mention or a role is the same for both where both began from the same that was found; what they added, or what is left over, is paired
where the spans are alike. The decisions are meant to follow those of the two: what both agree on is in these.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from ressenti.evaluation.matching import evenly, match
from ressenti.review.agreement.pairs import Both, alike
from ressenti.review.decisions.placing import before, record_of
from ressenti.review.decisions.things import ADDED, EXTRA
from ressenti.schema import Mention, Narrative, Role, Span

VALUES = ("emotion", "mode", "status", "intensity")
"""What is compared of a mention besides its cue."""

Mark = TypeVar("Mark", Mention, Role)
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be decided on a difference.

    Attributes:
        mention: What holds then: cue, emotion, mode, status, intensity; None where no mention does.
        roles: What holds then of roles, each kind and span.
        decisions: That bring it about, as in a file of decisions, without their times.
    """

    mention: Data | None
    roles: Sequence[Data]
    decisions: Sequence[Data]

    def to_dict(self) -> Data:
        return {"mention": self.mention, "roles": list(self.roles), "decisions": list(self.decisions)}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which two reviewers differ.

    Attributes:
        about: ``mention`` or ``role``.
        spans: Where the text has it.
        one: What the one chose.
        other: What the other chose.
        neither: That nothing is there; None where one of the two says so.
        of: Of a role: what of its mention is known, cue and emotion as it was found or added.
    """

    about: str
    spans: Sequence[Span]
    one: Choice
    other: Choice
    neither: Choice | None
    of: Data | None = None

    def to_dict(self) -> Data:
        return {
            "about": self.about, "spans": _plain(self.spans), "one": self.one.to_dict(), "other": self.other.to_dict(),
            "neither": None if self.neither is None else self.neither.to_dict(), "of": self.of,
        }  # fmt: skip


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


def differences(both: Both) -> list[Difference]:
    """All differences of two reviewers on a narrative, in reading order; characters and components are not compared."""
    work = _Work(both)
    return sorted(work.all(), key=_place)


def _place(difference: Difference) -> tuple[Sequence[int], str]:
    """A mention stands at its cue, and its roles after it."""
    return min(difference.of["cue"] if difference.of else _plain(difference.spans)), difference.about


class _Work:
    def __init__(self, both: Both) -> None:
        self._both = both
        self._found = {(m.cue, m.emotion): m for m in both.found.mentions}
        self._known = {entity.id for entity in both.found.entities}

    def all(self) -> Iterator[Difference]:
        one, other = self._both.one, self._both.other

        for a, b in _rows(one.mentions, other.mentions, lambda mention: self._subject(mention).key, partial(match, ties=evenly)):
            if a is None or b is None or self._subject(a).key != self._subject(b).key:
                yield self._whole(a, b)
                continue
            if _values(a) != _values(b):
                yield self._mention(a, b)
            yield from self._roles(a, b)

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
            decisions.append(_decision("mention", "change", own.was, values) if own.is_found else _decision("mention", "add", None, values))
            if with_roles:
                narrative = next(n for n in (self._both.one, self._both.other) if any(m is chosen for m in n.mentions))
                there = _roles(narrative, chosen)
                decisions += self._all_roles(own, there)
                roles = [{"role": role.role, "span": list(role.span)} for role in there]
        others = {subject.key: subject for subject in map(self._subject, sides) if own is None or subject.key != own.key}
        decisions += [_decision("mention", "reject", subject.was) for subject in others.values()]
        return Choice(None if chosen is None else _values(chosen), roles, decisions)

    def _all_roles(self, mention: _Subject, there: Sequence[Role]) -> Iterator[Data]:
        """That these roles hold of a mention and of those that were found no others."""
        subjects = [self._role_subject(mention, role) for role in there]
        for role, subject in zip(there, subjects, strict=True):
            yield self._set_role(mention, role, subject)
        kept = {subject.key for subject in subjects}
        for role in self._found_roles(mention):
            if (role.role, role.span) not in kept:
                yield _decision("role", "reject", _named_role(mention, role))

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

    def _set_role(self, mention: _Subject, role: Role, subject: _Subject) -> Data:
        if subject.is_found:
            return _decision("role", "change", subject.was, {"role": role.role, "span": list(role.span)})
        entity = role.entity if role.entity in self._known else None
        return _decision("role", "add", None, {**_named_role(mention, role), "entity": entity})

    def _roles(self, a: Mention, b: Mention) -> Iterator[Difference]:
        """The roles of a mention that both have."""
        mention = self._subject(a)
        ours, theirs = _roles(self._both.one, a), _roles(self._both.other, b)
        for x, y in _rows(ours, theirs, lambda role: self._role_subject(mention, role).key, alike):
            if x is not None and y is not None and (x.role, x.span) == (y.role, y.span):
                continue
            sides = [role for role in (x, y) if role is not None]
            one, other = (self._role_choice(mention, side, sides) for side in (x, y))
            neither = self._role_choice(mention, None, sides) if len(sides) == 2 else None
            yield Difference("role", [*a.cue, *(role.span for role in sides)], one, other, neither, dict(mention.was))

    def _role_choice(self, mention: _Subject, chosen: Role | None, sides: Sequence[Role]) -> Choice:
        own = None if chosen is None else self._role_subject(mention, chosen)
        decisions = [] if chosen is None or own is None else [self._set_role(mention, chosen, own)]
        others = {s.key: s for s in (self._role_subject(mention, side) for side in sides) if own is None or s.key != own.key}
        decisions += [_decision("role", "reject", subject.was) for subject in others.values()]
        return Choice(None, [] if chosen is None else [{"role": chosen.role, "span": list(chosen.span)}], decisions)


def _rows(
    ours: Sequence[Mark], theirs: Sequence[Mark], key: Callable[[Mark], Hashable],
    likely: Callable[[Sequence[Mark], Sequence[Mark]], Sequence[tuple[int, int]]],
) -> Iterator[tuple[Mark | None, Mark | None]]:  # fmt: skip
    """Marks that belong together: those of one key, then those that are alike, then each by itself."""
    by_key = {key(mark): mark for mark in theirs}
    taken = []
    left = []
    for mark in ours:
        other = by_key.pop(key(mark), None)
        if other is None:
            left.append(mark)
        else:
            taken.append(other)
            yield mark, other
    free = [mark for mark in theirs if not any(mark is other for other in taken)]
    pairs = likely(left, free)
    yield from ((left[i], free[j]) for i, j in pairs)
    ones, others = {i for i, _ in pairs}, {j for _, j in pairs}
    yield from ((mark, None) for i, mark in enumerate(left) if i not in ones)
    yield from ((None, mark) for j, mark in enumerate(free) if j not in others)


def _values(mention: Mention) -> Data:
    extra = {name: mention.extra[name] for name in EXTRA if name in mention.extra}
    return {"cue": _plain(mention.cue), **{name: getattr(mention, name) for name in VALUES}, **extra}


def _named(mention: Mention) -> Data:
    return {"cue": _plain(mention.cue), "emotion": mention.emotion}


def _named_role(mention: _Subject, role: Role) -> Data:
    return {**mention.was, "role": role.role, "span": list(role.span)}


def _roles(narrative: Narrative, mention: Mention) -> list[Role]:
    return [role for role in narrative.roles if role.mention == mention.id]


def _spans(*mentions: Mention) -> list[Span]:
    return sorted({piece for mention in mentions for piece in mention.cue})


def _plain(spans: Sequence[Span]) -> list[list[int]]:
    return [list(span) for span in spans]


def _decision(about: str, action: str, was: Data | None, value: Data | None = None) -> Data:
    return {"about": about, "action": action, **({"was": was} if was else {}), **({"value": value} if value else {})}

"""The entities of an account: one walk over its words, in reading order, that gives each the one it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ressenti.rules.account import Account
from ressenti.rules.entities.chains import NARRATOR, Known
from ressenti.rules.entities.stream import Place, place
from ressenti.rules.entities.walk import Walk
from ressenti.rules.found import FoundRole
from ressenti.schema import Entity, Span

HAVE_ONE = ("experiencer", "target")
"""Roles whose entity is told, be it a person or a thing."""


@dataclass(frozen=True, slots=True)
class Entities:
    """Who is spoken of, and which word stands for whom.

    Attributes:
        known: In order of appearance, with spans in the text as given: the narrator, and whoever is spoken of twice or has a role.
        of: Entity id of a word, by its :func:`place`; absent where it cannot be told.
        persons: Ids of those that are somebody.
    """

    known: Sequence[Entity]
    of: dict[Place, str]
    persons: frozenset[str]

    def of_role(self, role: FoundRole) -> str | None:
        """Entity of a role: of who feels, of whom or what it is directed at, and of somebody who causes it (« ma sœur m’énerve »)."""
        id_ = self.of.get(place(role.sentence, role.head))
        return id_ if role.role in HAVE_ONE or (role.role == "cause" and self._causes(role, id_)) else None

    def _causes(self, role: FoundRole, id_: str | None) -> bool:
        """Whether somebody alone is the cause; the narrator only in words of the first person: « son père » may be another's."""
        s = role.sentence
        alone = "et" not in s.forms[role.first : role.last + 1]
        return id_ in self.persons and alone and (id_ != NARRATOR or s.is_a(role.head, "first_person"))


def resolve(account: Account) -> Entities:
    """Find the entities of an account whose mentions are found."""
    all_roles = [r for found in account.found for f in found for r in f.roles]
    roles = {place(r.sentence, r.head): r for r in all_roles if r.role in HAVE_ONE}
    causes = {place(r.sentence, r.head) for r in all_roles if r.role == "cause"}
    walk = Walk(account, roles)
    walk.run()
    narrator = walk.chains.narrator
    in_role = {id(known) for where, known in walk.of.items() if where in roles or (where in causes and known.animate)}
    kept = [k for k in walk.chains.all if k.spans and (k is narrator or id(k) in in_role or (k.animate and len(k.spans) > 1))]
    kept.sort(key=lambda k: min(k.spans))
    ids: dict[int, str] = {}
    for known in kept:
        ids[id(known)] = NARRATOR if known is narrator else f"E{len(ids) + 1 - (id(narrator) in ids)}"
    return Entities(
        [_entity(account, known, ids[id(known)]) for known in kept],
        {p: ids[id(k)] for p, k in walk.of.items() if id(k) in ids},
        frozenset(ids[id(known)] for known in kept if known.animate),
    )


def narrator(account: Account) -> Entities:
    """The narrator alone, where characters are not asked for: « je », « me », « mon » in the roles of an account."""
    of: dict[Place, str] = {}
    spans: dict[Span, None] = {}
    for found in account.found:
        for f in found:
            for r in f.roles:
                if r.role in (*HAVE_ONE, "cause") and r.sentence.is_a(r.head, "first_person"):
                    of[place(r.sentence, r.head)] = NARRATOR
                    spans[account.original(r.sentence, r.head, r.head)] = None
    return Entities([Entity(NARRATOR, "narrateur", tuple(sorted(spans)))] if spans else [], of, frozenset((NARRATOR,)))


def _entity(account: Account, known: Known, id_: str) -> Entity:
    original, text = account.reading.original, account.reading.text
    spans = sorted(known.spans)
    return Entity(id_, known.label or text[slice(*spans[0])], tuple(original(*span) for span in spans))

"""The entities of an account, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ressenti.rules.account import Account
from ressenti.rules.engine import FoundRole
from ressenti.rules.entities.chains import Chains
from ressenti.rules.sentence import Sentence
from ressenti.rules.syntax.basics import is_person
from ressenti.schema import Entity


@dataclass(frozen=True, slots=True)
class Entities:
    """Who is spoken of, and which word stands for whom.

    Attributes:
        known: In order of appearance, with spans in the text as given.
        of: Entity id of a word, by the start of its sentence in the reading and its token index; absent where it cannot be told.
    """

    known: Sequence[Entity]
    of: dict[tuple[int, int], str]

    def of_role(self, role: FoundRole) -> str | None:
        """Entity of a role: only those who feel and those at whom an emotion is directed have one."""
        return self.of.get((role.sentence.start, role.head)) if role.role in ("experiencer", "target") else None


def resolve(account: Account) -> Entities:
    """Find the entities of an account whose mentions are found."""
    chains, of, depth = Chains(), {}, 0
    for s, parsed, found in zip(account.sentences, account.parsed, account.found, strict=True):
        quoted, depth = _quoted(s, depth)
        heads = {r.head: r for f in found for r in f.roles if r.sentence is s}
        for i in range(len(s)):
            if i in heads:
                span = s.span(heads[i].first, heads[i].last)
                if entity := chains.resolve(s, i, span, quoted[i]):
                    of[s.start, i] = entity
            elif (parsed and s.pos(i) in ("NOUN", "PROPN") and is_person(s, i)) or s.forms[i] in chains.known:
                chains.see(s, i, s.span(i, i))
            elif s.is_a(i, "first_person"):
                chains.resolve(s, i, s.span(i, i), quoted[i])
    original, text = account.reading.original, account.reading.text
    known = [
        Entity(e.id, e.label or text[slice(*next(iter(e.spans)))], tuple(original(*span) for span in e.spans))
        for e in chains.known.values()
    ]
    return Entities(known, of)


def _quoted(s: Sentence, depth: int) -> tuple[list[bool], int]:
    """For each token whether it stands inside « », and the depth at the sentence's end."""
    inside = []
    for form in s.forms:
        if "«" in form:
            depth = 1
        inside.append(depth > 0)
        if "»" in form:
            depth = 0
    return inside, depth

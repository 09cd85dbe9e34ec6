"""Decisions on who is who: characters joined, split, added, renamed or taken out, with all their roles.

An entity's number is another one with other rules: it is known again by the spans that name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ressenti.evaluation.matching import overlap
from ressenti.review.decisions.model import Decision, Review
from ressenti.schema import Entity, Role, Span

NARRATOR = "NARRATOR"
Standing = tuple[Role, Span]
"""A role, and where it stood when a decision was made: a later one may have moved its span."""


@dataclass(slots=True, eq=False)
class Character:
    """An entity that is being worked on."""

    id: str
    label: str
    spans: list[Span] = field(default_factory=list)


class Characters:
    """The entities of one narrative.

    Args:
        text: Of the narrative.
        entities: As they stand.
    """

    def __init__(self, text: str, entities: Iterable[Entity]) -> None:
        self._text = text
        self._all = [Character(entity.id, entity.label, list(entity.mentions)) for entity in entities]
        self._named: dict[tuple[Review, str], Character | None] = {}
        self._taken_out: list[list[Span]] = []
        self._number = max((int(c.id[1:]) for c in self._all if c.id[:1] == "E" and c.id[1:].isdecimal()), default=0)

    def entities(self) -> list[Entity]:
        """As they stand now."""
        return [Entity(c.id, c.label, tuple(c.spans)) for c in self._all]

    def words(self, spans: Sequence[Span]) -> str:
        """What the account calls whoever it names at these places; empty where it does not."""
        return self._text[slice(*min(spans))] if spans else ""

    def whom(self, decision: Decision, id: str, spans: Sequence[Span] = ()) -> Character | None:
        """The character whom a decision calls by a number of the version reviewed.

        Args:
            decision: The decision.
            id: The number.
            spans: Where the decision says that the text names the character; else what its file says.

        Returns:
            Whoever is named at most of these places; somebody new where nobody is; None where no place is known either, or where somebody
            was who has been taken out.
        """
        by = decision.by
        if (by, id) in self._named and not spans:
            return self._named[by, id]
        places = list(spans or by.entities.get(id, ()))
        found = self._at(places)
        if found is not None and any(_share(places, gone) > _share(places, found.spans) for gone in self._taken_out):
            return None
        if found is None or (id == NARRATOR and any(c.id == NARRATOR for c in self._all)):
            found = next((c for c in self._all if c.id == id and (id == NARRATOR or not places)), None)
        if found is None and places:
            found = self._new(places, label="narrateur" if id == NARRATOR else "", id=id if id == NARRATOR else "")
        self._named.setdefault((by, id), found)
        return found

    def recall(self, decision: Decision, id: str) -> None:
        """Take note that a decision was done before, and whom it was about is called so."""
        character = next((c for c in self._all if c.id == id), None)
        for values in (decision.value, decision.was) if decision.action != "split" else (decision.value,):
            if "entity" in values:
                self._named[decision.by, values["entity"]] = character

    def now_called(self, decision: Decision) -> str:
        """The number of the character whom a decision was about; for ``join`` and ``split`` whom it made; empty where there is none."""
        character = self._named.get((decision.by, (decision.value if "entity" in decision.value else decision.was)["entity"]))
        return "" if character is None else character.id

    def decide(self, decision: Decision, roles: Sequence[Standing]) -> str:
        """Do what a decision says; done before, it changes nothing.

        Args:
            decision: On an entity.
            roles: All of the narrative; those of characters that are joined, split or taken out follow, by where they stood then.

        Returns:
            Why it cannot be done; empty where it was.
        """
        if decision.action == "comment":
            if found := self._at(decision.was["mentions"]):
                self._named.setdefault((decision.by, decision.was["entity"]), found)
            return ""
        if decision.action == "add":
            return self._add(decision)
        was, value = decision.was, decision.value
        if decision.action == "reject":
            return self._reject(decision, roles)
        character = self._same(value["mentions"]) if decision.action == "change" and value.get("mentions") else None
        character = character or self.whom(decision, was["entity"], was["mentions"])
        if character is None:
            return f"no character is called {was['entity']!r} now, and no span says where the text names it"
        self._named[decision.by, was["entity"]] = character
        if decision.action == "change":
            character.spans = list(value.get("mentions", character.spans))
            character.label = value.get("label", character.label) or self.words(character.spans)
        elif decision.action == "join":
            return self._join(decision, character, roles)
        elif decision.action == "split":
            return self._split(decision, character, roles)
        return ""

    def _add(self, decision: Decision) -> str:
        value = decision.value
        if not value["mentions"]:
            return "no span says where the text names the new character"
        found = self._same(value["mentions"]) or self._new(value["mentions"], value.get("label", ""))
        found.label = value.get("label", found.label)
        self._named[decision.by, value["entity"]] = found
        return ""

    def _reject(self, decision: Decision, roles: Sequence[Standing]) -> str:
        id, spans = decision.was["entity"], decision.was["mentions"]
        character = self._at(spans) if spans else self.whom(decision, id)
        if character is None:
            return ""
        if spans and 2 * len(set(spans) & set(character.spans)) < len(set(spans) | set(character.spans)):
            # done before, it may leave somebody who is named by longer words around these
            return "" if set(spans).isdisjoint(character.spans) else "the character is named at other places now"
        for role, _ in roles:
            if role.entity == character.id:
                role.entity = None
        self._all.remove(character)
        self._taken_out.append(character.spans)
        self._forward(character, None)
        self._named[decision.by, id] = None
        return ""

    def _join(self, decision: Decision, character: Character, roles: Sequence[Standing]) -> str:
        value = decision.value
        into = self.whom(decision, value["entity"], value["mentions"])
        if into is None:
            return f"no character is called {value['entity']!r} now, and no span says where the text names it"
        if into is not character:
            if character.id == NARRATOR:  # whoever tells the story keeps this name
                character, into = into, character
            into.spans = sorted({*into.spans, *character.spans})
            for role, _ in roles:
                if role.entity == character.id:
                    role.entity = into.id
            self._all.remove(character)
            self._forward(character, into)
        into.label = value.get("label", into.label)
        self._named[decision.by, decision.was["entity"]] = self._named[decision.by, value["entity"]] = into
        return ""

    def _split(self, decision: Decision, character: Character, roles: Sequence[Standing]) -> str:
        was, value = decision.was, decision.value
        leaving, staying = set(value["mentions"]), set(was["mentions"]) - set(value["mentions"])
        if not leaving:
            return "no span says which mentions leave"
        # done before: somebody is named where they left, and not where others stayed
        found = next((c for c in self._all if leaving <= set(c.spans) and staying.isdisjoint(c.spans)), None)
        if found is None:
            character.spans = [span for span in character.spans if span not in leaving]
            found = self._new(sorted(leaving), value.get("label", ""))
        elif found is character:
            character = self._at(sorted(staying)) or character
        found.label = value.get("label", found.label)
        for role, span in roles:
            if role.entity == character.id and overlap([span], sorted(leaving)) and not overlap([span], character.spans):
                role.entity = found.id
        self._named[decision.by, value["entity"]] = found
        self._named[decision.by, was["entity"]] = character
        return ""

    def _at(self, spans: Sequence[Span]) -> Character | None:
        """Who is named at most of some places: the share of them that are the character's, then of the characters they share."""
        best: tuple[float, Character] | None = None
        for character in self._all:
            how = _share(spans, character.spans) + overlap(spans, character.spans) * 1e-9
            if how > 0 and (best is None or how > best[0]):
                best = (how, character)
        return best[1] if best else None

    def _same(self, spans: Sequence[Span]) -> Character | None:
        """Who is named at these places and at no other."""
        return next((c for c in self._all if set(c.spans) == set(spans)), None)

    def _new(self, spans: Sequence[Span], label: str, id: str = "") -> Character:
        if not id:
            self._number += 1
            id = f"E{self._number}"
        character = Character(id, label or self.words(spans) or id, sorted(set(spans)))
        self._all.append(character)
        return character

    def _forward(self, old: Character, new: Character | None) -> None:
        self._named = {key: new if character is old else character for key, character in self._named.items()}


def _share(spans: Sequence[Span], others: Sequence[Span]) -> float:
    """Of all the places the share that both have."""
    union = len(set(spans) | set(others))
    return len(set(spans) & set(others)) / union if union else 0.0

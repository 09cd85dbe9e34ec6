"""Who is who for two reviewers: the characters that the one has and the other has not, and how to come from what both did to either.

Characters hang together where they share a place that names them, or a role that the one gives to the one and the other to the other. Such
a group is one difference: whoever settles it takes the characters of one side, with their names and their roles. What comes of the
decisions is tried with :class:`ressenti.review.decisions.entities.Characters`, by which they will be done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from ressenti.review.agreement.choices import Choice, Data, Difference, decision, plain
from ressenti.review.agreement.pairs import Both
from ressenti.review.decisions.entities import NARRATOR, Characters
from ressenti.review.decisions.model import Decision, Review
from ressenti.schema import Entity, Narrative, Role, Span

ONE, OTHER, MERGED = 0, 1, 2
Node = tuple[int, str]
"""A character of one of the three narratives."""


@dataclass(frozen=True, slots=True)
class Common:
    """A role that both reviewers have.

    Attributes:
        was: What decisions name it by.
        of: What of its mention is known.
        roles: As the one has it, as the other has it, and as it is after the decisions of both; None where it is not there then.
    """

    was: Data
    of: Data
    roles: tuple[Role, Role, Role | None]


@dataclass(slots=True)
class _Group:
    nodes: list[Node] = field(default_factory=list)
    common: list[Common] = field(default_factory=list)
    differs: bool = False


class People:
    """The characters of a narrative that two have reviewed.

    Args:
        both: The narrative.
        common: The roles that both have.
    """

    def __init__(self, both: Both, common: Sequence[Common]) -> None:
        self._narratives = both.one, both.other, both.merged
        self._entities: dict[Node, Entity] = {(k, e.id): e for k, narrative in enumerate(self._narratives) for e in narrative.entities}
        self._number = max((int(id[1:]) for _, id in self._entities if id[:1] == "E" and id[1:].isdecimal()), default=0)
        self._groups = self._hang_together(common)
        self._of = {node: group for group in self._groups for node in group.nodes}
        self._ids: dict[Node, str] = {}
        """What the decisions call the characters of the one and of the other."""
        self._new: list[Entity] = []
        self.differences = [self._difference(group) for group in self._groups if group.differs]

    def known(self) -> list[Entity]:
        """Characters by the ids that the decisions use, with the places that name them."""
        return [*self._narratives[MERGED].entities, *self._new]

    def id_of(self, side: int, id: str | None) -> str | None:
        """What decisions call a character.

        Args:
            side: 0 for a character of the one, 1 for one of the other.
            id: Its id there.
        """
        if id is None or (side, id) not in self._entities:
            return None
        if (side, id) not in self._ids:
            spans = set(self._entities[side, id].mentions)
            by_likeness = [(len(spans & set(e.mentions)), e.id == id, e.id) for e in self._narratives[MERGED].entities]
            self._ids[side, id] = max((found for found in by_likeness if found[0]), default=(0, False, id))[2]
        return self._ids[side, id]

    def label(self, side: int, id: str | None) -> str | None:
        """What a character is called; None for nobody."""
        found = None if id is None else self._entities.get((side, id))
        return found.label if found else None

    def apart(self, common: Common) -> bool:
        """Whether the two give a role to different characters, on whom they agree otherwise."""
        nodes = self._nodes(common)
        return not self._same(common) and not any(self._of[node].differs for node in nodes)

    # ── what hangs together ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _nodes(self, common: Common, sides: Sequence[int] = (ONE, OTHER)) -> list[Node]:
        """Whom they give a role to."""
        given = ((k, role.entity) for k in sides if (role := common.roles[k]) is not None and role.entity is not None)
        return [node for node in given if node in self._entities]

    def _same(self, common: Common) -> bool:
        nodes = self._nodes(common)
        return not nodes or (len(nodes) == 2 and self._looks(nodes[0])[:2] == self._looks(nodes[1])[:2])

    def _looks(self, node: Node) -> tuple[frozenset[Span], bool, str]:
        entity = self._entities[node]
        return frozenset(entity.mentions), entity.id == NARRATOR, entity.label

    def _hang_together(self, common: Sequence[Common]) -> list[_Group]:
        above: dict[object, object] = {}

        def top(of: object) -> object:
            while (up := above.setdefault(of, of)) != of:
                above[of] = of = above[up]
            return of

        for node, entity in self._entities.items():
            for place in (*entity.mentions, *([NARRATOR] if entity.id == NARRATOR else [])):
                above[top(node)] = top(place)
        for role in common:
            nodes = self._nodes(role, (ONE, OTHER, MERGED))
            for node in nodes[1:]:
                above[top(node)] = top(nodes[0])
        groups: dict[object, _Group] = {}
        for node in self._entities:
            groups.setdefault(top(node), _Group()).nodes.append(node)
        for role in common:
            if nodes := self._nodes(role, (ONE, OTHER, MERGED)):
                groups[top(nodes[0])].common.append(role)
        for group in groups.values():
            nameless = any(not self._entities[node].mentions and node[1] != NARRATOR for node in group.nodes)  # no place tells who is meant
            one, other, merged = ({self._looks(node) for node in group.nodes if node[0] == side} for side in (ONE, OTHER, MERGED))
            group.differs = not nameless and not (one == other == merged)  # what both did alike may come to more when it is done twice
        return list(groups.values())

    # ── a difference ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _difference(self, group: _Group) -> Difference:
        looks = [{self._looks(node) for node in group.nodes if node[0] == side} for side in (ONE, OTHER)]
        spans = {span for found, _, _ in looks[ONE] ^ looks[OTHER] or looks[ONE] for span in found}
        straight = [self._path(group, MERGED, side) for side in (ONE, OTHER)]
        choices = [
            Choice(
                None, self._roles(group, side), straight[side], characters=self._shown(group, side),
                instead=self._path(group, OTHER if side == ONE else ONE, side),
            )
            for side in (ONE, OTHER)
        ]  # fmt: skip
        return Difference("entity", sorted(spans), choices[ONE], choices[OTHER], None)

    def _shown(self, group: _Group, side: int) -> list[Data]:
        entities = [self._entities[node] for node in group.nodes if node[0] == side]
        return [{"label": e.label, "narrator": e.id == NARRATOR, "mentions": plain(e.mentions)} for e in entities]

    def _roles(self, group: _Group, side: int) -> list[Data]:
        """Roles that the two give to characters who have no place in common."""
        found = []
        for common in group.common:
            nodes = self._nodes(common)
            places = [set(self._entities[node].mentions) for node in nodes]
            if len(nodes) < 2 or (places[0].isdisjoint(places[1]) and any(places)):
                role = common.roles[side]
                assert role is not None
                found.append({"role": role.role, "span": list(role.span), "entity": self.label(side, role.entity)})
        return found

    def _path(self, group: _Group, start: int, side: int) -> list[Data]:
        """Decisions that lead from the characters of one narrative to those of a reviewer."""
        members = {node[1] for node in group.nodes if node[0] == start}
        names = {id: id if start == MERGED else self._ids.get((start, id), id) for id in members}
        targets = [self._entities[node] for node in group.nodes if node[0] == side]
        wanted = {t.id: name for t in targets if (name := self._ids.get((side, t.id)))}
        path = _Path(self._narratives[start], names)
        found = path.reach(targets, wanted, self._name)
        if not path.is_at(targets, found):  # places that several have in common, or characters that leave one by one
            path = _Path(self._narratives[start], names)
            found = path.anew(targets, wanted, self._name)
        made = [*path.made, *self._given(group, path, start, side, found)]
        for target in targets:
            name = self._ids.setdefault((side, target.id), found.get(target.id, target.id))
            if target.id in found and (name != found[target.id] or not made):  # it says who that is from now on
                made.append(decision("entity", "accept", {"entity": name, "mentions": plain(target.mentions)}))
        if not made:
            gone = next(entity for node, entity in self._entities.items() if node in group.nodes and node[0] != side)
            made.append(decision("entity", "reject", {"entity": gone.id, "mentions": plain(gone.mentions)}))
        return made

    def _name(self, entity: Entity) -> str:
        self._number += 1
        self._new.append(replace(entity, id=f"E{self._number}"))
        return f"E{self._number}"

    def _given(self, group: _Group, path: _Path, start: int, side: int, found: Mapping[str, str]) -> Iterator[Data]:
        """Decisions on roles that do not go with their characters."""
        for common in group.common:
            now, then = common.roles[start], common.roles[side]
            assert then is not None
            name = None if then.entity is None else found.get(then.entity) or self.id_of(side, then.entity)
            if now is not None and path.whose(now) != name:
                yield decision("role", "change", common.was, {"entity": name})


class _Path:
    """Decisions on characters, one after the other, done as they are made.

    Args:
        narrative: Where they begin.
        names: What the decisions call its characters; others are let alone.
    """

    def __init__(self, narrative: Narrative, names: Mapping[str, str]) -> None:
        self.made: list[Data] = []
        self._people = Characters(narrative.text, narrative.entities)
        self._roles = {id(role): replace(role) for role in narrative.roles}
        self._names = dict(names)
        self._sure = True
        self._review = Review("", "", "", "", 0, False, "", {}, "", None, {})

    def whose(self, role: Role) -> str | None:
        """What the decisions call the character whose a role of the beginning is by now."""
        entity = self._roles[id(role)].entity
        return None if entity is None else self._names.get(entity, entity)

    def reach(self, targets: Sequence[Entity], wanted: Mapping[str, str], name: Callable[[Entity], str]) -> dict[str, str]:
        """Make the characters into others.

        Args:
            targets: These.
            wanted: What decisions call some of them.
            name: Gives a name to one that is new.

        Returns:
            What decisions call each.
        """

        def called(target: Entity, for_good: bool = True) -> str:
            """What is new: as it is wanted, unless another is called so for now."""
            own = wanted.get(target.id, "") if for_good else ""
            return own if own and own not in self._names.values() else name(target)

        reached = self._nearest(targets, wanted)
        for target in targets:
            for own in list(self._names):
                into = reached.get(target.id)
                leaving = [span for span in self._spans(own) if span in target.mentions]
                others = [other for other in self._names if other != own and set(leaving) <= set(self._spans(other))]
                stays = any(to == own and set(leaving) <= set(t.mentions) for t, to in _each(targets, reached))
                if not leaving or into == own or stays or others:  # what two have in common is no place by which to tell who leaves
                    continue
                if leaving == self._spans(own):
                    if into and own not in reached.values() and own != NARRATOR:
                        self._do("join", own, self._was(into))
                    continue  # who has no place left cannot be told from others
                new = self._do("split", own, {"entity": called(target, into is None), "mentions": plain(leaving)})
                if into is None:
                    reached[target.id] = new
                else:
                    self._do("join", new, self._was(into))
        for own in list(self._names):
            if own not in reached.values() and self._spans(own):
                self._do("reject", own)
        for target in sorted(targets, key=lambda target: target.id not in reached):
            if target.id not in reached and target.mentions:
                reached[target.id] = self._do("add", None, {"entity": called(target), "mentions": plain(target.mentions)})
            self._dress(target, reached.get(target.id, ""))
        return {id: self._names.get(own, "") for id, own in reached.items()}

    def anew(self, targets: Sequence[Entity], wanted: Mapping[str, str], name: Callable[[Entity], str]) -> dict[str, str]:
        """The same, and every character but the narrator is another one then."""
        there = any(target.id == NARRATOR for target in targets)
        for own in list(self._names):
            if own in self._names and (own != NARRATOR or not there):
                self._do("reject", own)
        reached = {}
        for target in sorted(targets, key=lambda target: target.id != NARRATOR):
            if target.id != NARRATOR:
                value = {"entity": wanted.get(target.id) or name(target), "mentions": plain(target.mentions)}
                reached[target.id] = self._do("add", None, value)
            elif NARRATOR not in self._names:
                self._names[NARRATOR] = NARRATOR
                self.made.append(decision("entity", "accept", {"entity": NARRATOR, "mentions": plain(target.mentions)}))
                self._decide(self.made[-1])
            reached.setdefault(target.id, NARRATOR)
            self._dress(target, reached[target.id])
        return {id: self._names.get(own, "") for id, own in reached.items()}

    def is_at(self, targets: Sequence[Entity], found: Mapping[str, str]) -> bool:
        """Whether the characters are those now, and the decisions call them so."""
        now = {e.id: (e.id == NARRATOR, set(e.mentions), e.label) for e in self._people.entities() if e.id in self._names}
        own = {name: id for id, name in self._names.items()}
        there = (now.get(own.get(found.get(target.id, ""), "")) for target in targets)
        as_wanted = [(target.id == NARRATOR, set(target.mentions), target.label) for target in targets]
        return self._sure and list(there) == as_wanted and len(now) == len(targets)

    def _dress(self, target: Entity, own: str) -> None:
        """Give a character the places and the name of another."""
        now = next((entity for entity in self._people.entities() if entity.id == own), None)
        if now is not None:
            spans = {} if set(now.mentions) == set(target.mentions) else {"mentions": plain(target.mentions)}
            own_words = target.label == self._people.words(target.mentions)  # a file of decisions holds no word of an account
            label = {} if now.label == target.label else {"label": "" if own_words else target.label}
            if spans or label:
                self._do("change", own, {**spans, **label})

    def _nearest(self, targets: Sequence[Entity], wanted: Mapping[str, str]) -> dict[str, str]:
        """Who becomes whom: the narrator the narrator; then who has the same places, who is called so already, who has most in common."""
        ranked = []
        for target in targets:
            for own, name in self._names.items():
                spans, places = set(self._spans(own)), set(target.mentions)
                same = len(spans & places)
                if (target.id == NARRATOR) == (own == NARRATOR) and (same or own == NARRATOR):
                    ranked.append((spans != places, wanted.get(target.id, target.id) != name, -same, target.id, own))
        reached: dict[str, str] = {}
        for *_, target_id, own in sorted(ranked):
            if target_id not in reached and own not in reached.values():
                reached[target_id] = own
        return reached

    def _do(self, action: str, own: str | None, value: Data | None = None) -> str:
        """Make a decision, and do it; gives whom it made or was about."""
        alike = [e for e in self._people.entities() if own is not None and set(e.mentions) == set(self._spans(own))]
        self._sure &= len(alike) < 2  # nothing but their places tells characters apart
        self.made.append(decision("entity", action, None if own is None else self._was(own), value))
        now = self._decide(self.made[-1])
        there = {entity.id for entity in self._people.entities()}
        if action in ("split", "add") and value is not None:
            self._names[now] = value["entity"]
        self._names = {id: name for id, name in self._names.items() if id in there}
        return now

    def _decide(self, made: Data) -> str:
        parts = [made.get("was", {}), made.get("value", {})]
        was, value = ({**part, "mentions": _tuples(part["mentions"])} if "mentions" in part else part for part in parts)
        done = Decision(datetime.now(UTC), "entity", made["action"], was, value, "", "", self._review)
        self._people.decide(done, [(role, role.span) for role in self._roles.values()])
        return self._people.now_called(done)

    def _was(self, own: str) -> Data:
        return {"entity": self._names[own], "mentions": plain(self._spans(own))}

    def _spans(self, own: str) -> list[Span]:
        return next((list(entity.mentions) for entity in self._people.entities() if entity.id == own), [])


def _each(targets: Iterable[Entity], reached: Mapping[str, str]) -> Iterator[tuple[Entity, str]]:
    return ((target, reached[target.id]) for target in targets if target.id in reached)


def _tuples(spans: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in spans)

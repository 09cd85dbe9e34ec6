"""Decisions into a narrative.

What a reviewer accepted, changed or added stands, whatever the annotation says: it is a statement on the text, and the text is the same.
What was rejected leaves. Done again, nothing changes; a decision older than one that is there already changes nothing either.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ressenti.review.decisions import outcome as told
from ressenti.review.decisions.entities import Characters
from ressenti.review.decisions.marking import (
    added_up,
    attribute,
    bare,
    change_mention,
    how,
    made,
    new_mention,
    record_comment,
    record_stands,
    said,
)
from ressenti.review.decisions.model import Decision, Review, in_order
from ressenti.review.decisions.outcome import DONE, GONE, MISFIT, MOVED, RESTORED, SUPERSEDED, Outcome
from ressenti.review.decisions.placing import (
    EXACT,
    KIND,
    Level,
    Marked,
    before,
    mention_level,
    near,
    pairs,
    record_of,
    span_level,
    tail,
    was_component,
)
from ressenti.review.decisions.record import Record
from ressenti.review.decisions.things import ADDED, COMMENTED, REJECTED, Thing, Things
from ressenti.schema import Component, Mention, Narrative, Role, Span

_STANDING = {"same": (DONE, ""), "later": (SUPERSEDED, "a later decision is there already")}
_OTHERWISE = {"status": "affirmed", "intensity": "medium"}


@dataclass(frozen=True, slots=True)
class Applied:
    """A narrative with the decisions on it.

    Attributes:
        narrative: With them.
        outcomes: What became of each thing that was decided on.
    """

    narrative: Narrative
    outcomes: Sequence[Outcome]


def apply(narrative: Narrative, reviews: Sequence[Review], keep_rejected: bool = False) -> Applied:
    """Put decisions into a narrative.

    Args:
        narrative: As annotated, or as an earlier call left it.
        reviews: Of this text; of several reviewers the later decision on a thing counts.
        keep_rejected: Whether what was rejected stays, whole, in the narrative's ``review`` record; else only where it stood.
    """
    return _Work(narrative, reviews, keep_rejected).done()


class _Work:
    def __init__(self, narrative: Narrative, reviews: Sequence[Review], keep: bool) -> None:
        self._narrative, self._keep = narrative, keep
        self._outcomes: list[Outcome] = []
        length = len(narrative.text)
        fit = [review for review in reviews if review.length == length]
        self._record = Record(narrative.extra.get("review"), fit)
        for review in reviews:
            if review.length != length:
                reason = f"the file says that the narrative has {review.length} characters, it has {length}"
                self._outcomes += [told.of(decision, MISFIT, reason, narrative.id) for decision in review.decisions]
        self._decisions = in_order(fit)
        self._things = Things(self._decisions)
        self._mentions = [Marked(replace(m, extra=dict(m.extra)), before(m)) for m in narrative.mentions]
        by_id = {marked.mark.id: marked for marked in self._mentions}
        for role in narrative.roles:
            if of := by_id.get(role.mention):
                of.roles.append(Marked(replace(role), before(role), of))
        self._components = [Marked(component, was_component(self._record.component_of(component))) for component in narrative.components]
        self._began = {role: role.mark.span for mention in self._mentions for role in mention.roles}
        self._characters = Characters(narrative.text, narrative.entities)
        self._where: dict[Thing, Marked[Mention]] = {}
        self._wanted: set[Marked[Mention]] = set()
        self._role_of: dict[Thing, Marked[Role]] = {}

    def done(self) -> Applied:
        found = self._matched(self._things.mentions, self._mentions, self._level)
        for thing, marked in sorted(found, key=lambda pair: pair[0].decision == REJECTED):  # what is wanted first
            self._mention(thing, marked)
        self._unite()
        self._roles()
        self._entities()
        for thing, component in self._matched(self._things.components, self._components, self._component_level):
            self._component(thing, component)
        return Applied(self._result(), self._outcomes)

    def _matched(
        self, things: Sequence[Thing], marks: list[Marked[Any]], level: Callable[[Thing, Marked[Any]], Level]
    ) -> list[tuple[Thing, Marked[Any] | None]]:
        found = pairs(things, marks, level)
        return [(thing, found.get(thing)) for thing in things]

    def _level(self, thing: Thing, marked: Marked[Mention]) -> Level:
        """How far a mention is the one decided on; who added one of its primary emotion has not said that it is the same."""
        how = self._beside(thing, mention_level(thing, marked), record_of(marked.mark))
        return how if thing.was is not None or how[0] > KIND else (0, 0.0)

    def _beside(self, thing: Thing, how: Level, record: Mapping[str, Any]) -> Level:
        """What somebody added beside a mark that was there, or that was decided on, is another one."""
        if how[0] == EXACT or thing.was is not None or thing.last is None:
            return how
        reviewed, provenance = thing.last.by.reviewed, self._narrative.provenance
        was_there = bool(reviewed) and all(provenance.get(name) == version for name, version in reviewed.items())
        return (0, 0.0) if was_there or "decision" in record else how

    def _tell(self, thing: Thing, outcome: str, reason: str = "") -> None:
        if thing.last is not None:
            self._outcomes.append(told.of(thing.last, outcome, reason, self._narrative.id))

    def _found(self, thing: Thing, marked: Marked[Mention]) -> None:
        self._where[thing] = marked
        self._wanted.add(marked)

    # ── mentions ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _mention(self, thing: Thing, marked: Marked[Mention] | None) -> None:
        if standing := self._record.standing(record_of(marked.mark) if marked is not None else None, thing):
            self._tell(thing, *_STANDING[standing])
            if marked is not None and thing.decision != REJECTED:
                self._found(thing, marked)
        elif thing.decision == REJECTED:
            self._reject_mention(thing, marked)
        elif thing.decision in ("", COMMENTED):
            if marked is not None:
                self._found(thing, marked)
                if thing.decision:
                    record_comment(marked.mark, thing)
                    self._tell(thing, DONE)
            elif thing.decision:
                self._tell(thing, MISFIT, "what the comment is about is no longer found")
        else:
            self._set_mention(thing, marked)

    def _reject_mention(self, thing: Thing, marked: Marked[Mention] | None) -> None:
        if marked is not None:
            self._mentions.remove(marked)
            kept = {"mention": bare(marked.mark), "roles": [bare(role.mark) for role in marked.roles]} if self._keep else {}
            comment = said(thing, record_of(marked.mark)).get("comment")
            self._record.reject(thing, marked.mark.source, kept | ({"comment": comment} if comment else {}))
            self._tell(thing, DONE if thing.keys[-1] == (marked.mark.cue, marked.mark.emotion) else MOVED)
        elif thing.was is not None and (other := near(thing, (m for m in self._mentions if m not in self._wanted))):
            self._tell(thing, MISFIT, f"{other.mark.emotion} is found there now; decide on it")
        else:
            self._tell(thing, GONE)

    def _set_mention(self, thing: Thing, marked: Marked[Mention] | None) -> None:
        wanted = thing.values
        if marked is None:
            wanted = {**_OTHERWISE, **wanted}
            if "mode" not in wanted:
                self._tell(thing, MISFIT, "it is no longer found, and the file does not say its mode")
                return
            rejected = self._record.kept(thing) if thing.was is not None else {}
            marked = self._as_rejected(rejected) or Marked(new_mention(wanted, thing), {})
            self._mentions.append(marked)
            outcome, reason = (DONE, "") if thing.was is None else (RESTORED, "it is no longer found")
            if marked.mark.id:
                outcome, reason = change_mention(marked, thing)
            elif rejected:
                reason = "it was rejected before, its roles are gone; give the files together, or --keep-rejected from the first on"
        else:
            outcome, reason = change_mention(marked, thing)
        self._record.accept(thing)
        record_stands(marked.mark, thing, restored=outcome == RESTORED)
        self._found(thing, marked)
        self._tell(thing, outcome, reason)

    def _unite(self) -> None:
        """What was added by an earlier call, and what is changed into the same now, is one mention, as it is where they come together."""
        same: dict[tuple[object, str], list[Marked[Mention]]] = {}
        for marked in self._mentions:
            same.setdefault((marked.mark.cue, marked.mark.emotion), []).append(marked)
        for several in same.values():
            kept = next((marked for marked in several if record_of(marked.mark).get("decision") != ADDED), several[0])
            for other in several:
                if other is kept or record_of(other.mark).get("decision") != ADDED:
                    continue
                there = {(role.mark.role, role.mark.span) for role in kept.roles}
                for role in other.roles:
                    if (role.mark.role, role.mark.span) not in there:
                        role.of = kept
                        kept.roles.append(role)
                self._mentions.remove(other)
                self._where = {thing: kept if marked is other else marked for thing, marked in self._where.items()}

    def _as_rejected(self, note: Mapping[str, Any]) -> Marked[Mention] | None:
        """What was rejected earlier, with its roles, where it was kept whole."""
        if not isinstance(note.get("mention"), dict):
            return None
        try:
            mention = Mention.from_dict({**note["mention"], "id": 1 + max((m.mark.id for m in self._mentions), default=0)})
            roles = [Role.from_dict({**role, "mention": mention.id}) for role in note.get("roles") or ()]
        except (KeyError, TypeError, ValueError):  # somebody else's record
            return None
        marked = Marked(mention, {})
        marked.roles += [Marked(role, {}, marked) for role in roles]
        return marked

    # ── roles ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _roles(self) -> None:
        marks = [role for mention in self._mentions for role in mention.roles]

        def level(thing: Thing, role: Marked[Role]) -> tuple[int, float]:
            own = any(self._where.get(mention) is role.of for mention in thing.mentions)
            return self._beside(thing, span_level("role", thing, role), record_of(role.mark)) if own else (0, 0.0)

        for thing, marked in self._matched(self._things.roles, marks, level):
            self._role(thing, marked)
        for thing, marked in list(self._role_of.items()):
            self._unite_roles(thing, marked)

    def _unite_roles(self, thing: Thing, kept: Marked[Role]) -> None:
        """A role that an earlier call added, where another one was moved now, is that one, and names whom it named."""
        beside = kept.of.roles if kept.of is not None and record_of(kept.mark).get("decision") != ADDED else []
        for other in [role for role in beside if role is not kept and (role.mark.role, role.mark.span) == (kept.mark.role, kept.mark.span)]:
            record = record_of(other.mark)
            if record.get("decision") != ADDED:
                continue
            beside.remove(other)
            if "entity" in (record.get("was") or {}):
                found = {"entity": kept.found.get("entity", kept.mark.entity)}
                kept.mark.entity = other.mark.entity
                attribute(kept, {"entity": kept.mark.entity}, found, thing)

    def _role(self, thing: Thing, marked: Marked[Role] | None) -> None:
        mention = self._where.get(thing.mentions[-1])
        if standing := self._record.standing(record_of(marked.mark) if marked is not None else None, thing):
            self._tell(thing, *_STANDING[standing])
        elif thing.decision == REJECTED:
            if marked is not None and marked.of is not None:
                marked.of.roles.remove(marked)
                self._record.reject(thing, marked.mark.source, {"roles": [bare(marked.mark)]} if self._keep else {})
                self._tell(thing, DONE if tail(thing.keys[-1]) == (marked.mark.role, marked.mark.span) else MOVED)
            else:
                self._tell(thing, GONE)
        elif mention is None:
            rejected = thing.mentions[-1].decision == REJECTED
            reason = "its mention was rejected" if rejected else "its mention is no longer found; accept or add that first"
            self._tell(thing, SUPERSEDED if rejected else MISFIT, reason)
        elif thing.decision == COMMENTED:
            if marked is not None:
                record_comment(marked.mark, thing)
            self._tell(thing, DONE if marked is not None else MISFIT, "" if marked is not None else "what it is about is no longer found")
        else:
            self._set_role(thing, marked, mention)

    def _set_role(self, thing: Thing, marked: Marked[Role] | None, mention: Marked[Mention]) -> None:
        wanted = thing.values
        outcome, reason = DONE, ""
        if marked is None:
            role = Role(mention.mark.id, wanted["role"], wanted["span"], None, f"review:{thing.author}")
            marked = Marked(role, {}, mention)
            mention.roles.append(marked)
            if thing.was is not None:
                outcome, reason = RESTORED, "it is no longer found"
                if thing.entity is None and thing.last is not None and (id := wanted.get("entity")):
                    character = self._characters.whom(thing.last, id)
                    role.entity = None if character is None else character.id
        else:
            wanted = added_up(marked, thing, {"role": marked.mark.role, "span": marked.mark.span})
            found = {name: marked.found.get(name, getattr(marked.mark, name)) for name in ("role", "span")}
            differing = {name: wanted[name] for name in found if wanted[name] != found[name]}
            outcome, reason = how(thing, found, differing)
            if marked.of is not mention and marked.of is not None:
                marked.of.roles.remove(marked)
                mention.roles.append(marked)
                differing["mention"] = marked.of = mention
            marked.mark.role, marked.mark.span = wanted["role"], wanted["span"]
            if thing.entity is None and "entity" in marked.found:
                self._named_earlier(thing, marked, differing, found)
            signed = marked.mark.source
            attribute(marked, differing, found, thing)
            if thing.entity is None and [*differing] == ["entity"] and signed.startswith("review:"):
                marked.mark.source = signed  # whom it names was said by an earlier call alone, and is confirmed
        self._record.accept(thing)
        record_stands(marked.mark, thing, restored=outcome == RESTORED)
        self._role_of[thing] = marked
        self._tell(thing, outcome, reason)

    def _named_earlier(self, thing: Thing, marked: Marked[Role], differing: dict[str, Any], found: dict[str, Any]) -> None:
        """Whom an earlier call has a role name stays, unless somebody accepted it as it was before that."""
        before = found["entity"] = marked.found["entity"]
        if thing.last is not None and thing.last.action == "accept" and "entity" in thing.values and thing.values["entity"] == before:
            character = None if before is None else self._characters.whom(thing.last, before)
            marked.mark.entity = None if character is None else character.id
        else:
            differing["entity"] = marked.mark.entity

    # ── entities and components ───────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _entities(self) -> None:
        """In order of time: a role that was given to somebody follows when that one is joined or split afterwards."""
        given = [(thing.entity, thing) for thing in self._things.roles if thing.entity is not None and thing in self._role_of]
        events: list[tuple[Decision, Thing | None]] = [*given, *((decision, None) for decision in self._things.entities)]
        order = {decision: place for place, decision in enumerate(self._decisions)}
        roles = [role for mention in self._mentions for role in mention.roles]
        moves = {role: thing.moves for thing, role in self._role_of.items()}
        for decision, thing in sorted(events, key=lambda event: order[event[0]]):
            if thing is not None:
                self._name(thing, decision)
                continue
            reason = ""
            if note := self._record.entity_done(decision):
                reason = str(note.get("misfit", ""))
                if not reason:
                    self._characters.recall(decision, str(note.get("entity", "")))
            else:
                stood = [
                    (role.mark, self._stood(role, [span for by, span in moves.get(role, ()) if order[by] < order[decision]]))
                    for role in roles
                ]
                reason = self._characters.decide(decision, stood)
                self._record.entity(decision, "" if reason else self._characters.now_called(decision), reason)
            self._outcomes.append(told.of(decision, MISFIT if reason else DONE, reason, self._narrative.id))

    def _stood(self, role: Marked[Role], moves: Sequence[Span]) -> Span:
        """Where a role stood after some of the moves of its span: at the time of a decision between them."""
        return moves[-1] if moves else self._began.get(role, role.mark.span)

    def _name(self, thing: Thing, decision: Decision) -> None:
        marked, id = self._role_of[thing], decision.value["entity"]
        character = None if id is None else self._characters.whom(decision, id)
        if id is not None and character is None:
            reason = f"no character is called {id!r} now, and the file does not say where the text names it"
            self._outcomes.append(told.of(decision, MISFIT, reason, self._narrative.id))
            return
        now = None if character is None else character.id
        found = {"entity": marked.found.get("entity", marked.mark.entity)}
        if now != found["entity"]:
            attribute(marked, {"entity": now}, found, thing)
        marked.mark.entity = now

    def _component_level(self, thing: Thing, marked: Marked[Component]) -> Level:
        return self._beside(thing, span_level("component", thing, marked), self._record.component_of(marked.mark))

    def _component(self, thing: Thing, marked: Marked[Component] | None) -> None:
        note = self._record.component_of(thing if marked is None else marked.mark) or self._record.component_of(thing)
        if standing := self._record.standing(note, thing):
            self._tell(thing, *_STANDING[standing])
            return
        before = None if marked is None else marked.mark
        was = {"was": note["was"]} if note.get("was") else {}
        if thing.decision == REJECTED:
            if marked is not None:
                self._components.remove(marked)
                self._record.reject(thing, marked.mark.source, {})  # the note has all of it
            self._tell(thing, DONE if marked is not None else GONE)
            return
        if thing.decision != COMMENTED:
            wanted, source = thing.values, f"review:{thing.author}"
            if marked is None:
                self._components.append(Marked(Component(wanted["component"], wanted["span"], source), {}))
            else:
                found = Component(**{name: marked.found.get(name, getattr(marked.mark, name)) for name in ("component", "span", "source")})
                same = (found.component, found.span) == (wanted["component"], wanted["span"])
                added = thing.was is None and found.source.startswith("review:")
                marked.mark = found if same and not added else Component(wanted["component"], wanted["span"], source)
                was = {} if same else {"was": found.to_dict()}
            self._record.accept(thing)
        self._record.component(thing, {**made(thing), **was}, before)
        self._tell(thing, RESTORED if marked is None and thing.was is not None else DONE)

    # ── the result ────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _result(self) -> Narrative:
        """Mentions in reading order, numbered anew, with their roles."""
        self._mentions.sort(key=lambda marked: marked.mark.cue[0])
        numbers = {marked.mark.id: number for number, marked in enumerate(self._mentions, 1) if marked.mark.id}
        mentions, roles = [], []
        for number, marked in enumerate(self._mentions, 1):
            extra = marked.mark.extra
            if isinstance(others := extra.get("ambivalent_with"), list):
                still = sorted(numbers[other] for other in others if other in numbers)
                extra = {k: v for k, v in extra.items() if k != "ambivalent_with"} | ({"ambivalent_with": still} if still else {})
            mentions.append(replace(marked.mark, id=number, extra=extra))
            roles += [replace(role.mark, mention=number) for role in marked.roles]
        components = sorted((marked.mark for marked in self._components), key=lambda component: component.span)
        extra = dict(self._narrative.extra)
        if record := self._record.to_dict():
            extra["review"] = record
        return replace(
            self._narrative, components=components, mentions=mentions, roles=roles, entities=self._characters.entities(), extra=extra
        )

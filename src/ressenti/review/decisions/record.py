"""The ``review`` record of a narrative: who reviewed it, what was rejected where, and what was decided on its characters and components.

It holds offsets and labels and the reviewers' comments. By it a decision that was applied is known again, and an older one does not undo a
later one.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from ressenti.review.decisions.checking import moment
from ressenti.review.decisions.model import Decision, Review
from ressenti.review.decisions.things import Thing
from ressenti.schema import Component

_LISTS = ("reviews", "rejected", "entities", "components")


class Record:
    """The record while decisions are applied.

    Args:
        existing: What the narrative has; what is no record of ours is kept beside it.
        reviews: Those that are being applied.
    """

    def __init__(self, existing: Any, reviews: Sequence[Review]) -> None:
        kept = dict(existing) if isinstance(existing, Mapping) else {} if existing is None else {"given": existing}
        self._other = {name: value for name, value in kept.items() if name not in _LISTS}
        self._lists = {name: [dict(item) for item in kept.get(name) or () if isinstance(item, Mapping)] for name in _LISTS}
        self._rejected = {_key(item): item for item in self._lists.pop("rejected")}
        for review in reviews:
            self._review(review)

    def to_dict(self) -> dict[str, Any]:
        """As an object of JSON; empty lists are left out."""
        lists = {**self._lists, "rejected": list(self._rejected.values())}
        return {**self._other, **{name: lists[name] for name in _LISTS if lists[name]}}

    def standing(self, record: Mapping[str, Any] | None, thing: Thing) -> str:
        """Whether what a mark's record says is ``later`` than the decision on it, the ``same``, or neither (empty)."""
        rejected = next((self._rejected[key] for key in _keys(thing) if key in self._rejected), None)
        found = [_standing(item, thing.last) for item in (record, rejected) if item and thing.last is not None]
        return "later" if "later" in found else "same" if "same" in found else ""

    def reject(self, thing: Thing, source: str, kept: Mapping[str, Any]) -> None:
        """Note where something was taken out.

        Args:
            thing: What.
            source: What had found it.
            kept: More that is to stay of it.
        """
        self.accept(thing)
        item = {"about": thing.about, **_named(thing), "source": source, **thing.signed(), **kept}
        self._rejected[_key(item)] = item

    def accept(self, thing: Thing) -> None:
        """Forget that it was rejected."""
        for key in _keys(thing):
            self._rejected.pop(key, None)

    def entity(self, decision: Decision, id: str, misfit: str = "") -> None:
        """Note a decision on a character.

        Args:
            decision: The decision.
            id: What the character is called now.
            misfit: Why it could not be done, where it could not: what others did since must not make it fit when it is tried again.
        """
        value = {"mentions": plain(decision.value["mentions"])} if "mentions" in decision.value else {}
        made = {"decision": decision.action, **decision.signed()}
        self._lists["entities"].append({"entity": id, **value, **made, **({"comment": decision.comment} if decision.comment else {})})
        if misfit:
            self._lists["entities"][-1]["misfit"] = misfit

    def entity_done(self, decision: Decision) -> Mapping[str, Any] | None:
        """The note of a decision on a character that was applied before."""
        spans = plain(decision.value["mentions"]) if "mentions" in decision.value else None
        for item in self._lists["entities"]:
            if item.get("decision") == decision.action and _standing(item, decision) == "same" and item.get("mentions") == spans:
                return item
        return None

    def component(self, thing: Thing, record: Mapping[str, Any], before: Component | None) -> None:
        """Note a decision on a component, in the place of an earlier one.

        Args:
            thing: What was decided on.
            record: The decision.
            before: As the component was before it.
        """
        named = _named(thing)
        gone = [named] + ([] if before is None else [{"component": before.component, "span": plain(before.span)}])
        self._lists["components"] = [item for item in self._lists["components"] if not any(old.items() <= item.items() for old in gone)]
        self._lists["components"].append({**named, **record})

    def component_of(self, thing: Thing | Component) -> Mapping[str, Any]:
        """The note of the decision on a component; empty where there is none."""
        keys = {("component", thing.component, thing.span)} if isinstance(thing, Component) else set(_keys(thing))
        return next((item for item in self._lists["components"] if _key({**item, "about": "component"}) in keys), {})

    def kept(self, thing: Thing) -> Mapping[str, Any]:
        """The note on where it was rejected, which may hold it whole; empty where it was not."""
        return next((self._rejected[key] for key in _keys(thing) if key in self._rejected), {})

    def _review(self, review: Review) -> None:
        time = review.time
        item: dict[str, Any] = {"reviewer": review.reviewer, **({"time": time.isoformat()} if time else {}), "version": review.version}
        item |= {"reviewed": dict(review.reviewed)} if review.reviewed else {}
        item |= {"done": review.done, "decisions": len(review.decisions)} | ({"comment": review.comment} if review.comment else {})
        for place, other in enumerate(self._lists["reviews"]):
            if other.get("reviewer") == review.reviewer:
                if time is None or (other_time := _time(other)) is None or other_time <= time:
                    self._lists["reviews"][place] = item
                return
        self._lists["reviews"].append(item)


def _standing(record: Mapping[str, Any], decision: Decision | None) -> str:
    time = _time(record)
    if time is None or decision is None or (record.get("decision") == "commented" and decision.action != "comment"):
        return ""  # a comment decides nothing
    reviewer = str(record.get("reviewer", ""))
    if (time, reviewer) == (decision.time, decision.by.reviewer):
        return "same"
    return "later" if (time, reviewer) > (decision.time, decision.by.reviewer) else ""


def _time(record: Mapping[str, Any]) -> Any:
    time = record.get("time")
    return moment(time) if isinstance(time, str) else None


def _key(item: Mapping[str, Any]) -> Hashable:
    """What a note is about."""
    spans = _tuples(item.get("span"))
    if item.get("about") == "component":
        return ("component", item.get("component"), spans)
    mention = (_tuples(item.get("cue")), item.get("emotion"))
    return ("mention", mention) if item.get("about") == "mention" else ("role", mention, item.get("role"), spans)


def _keys(thing: Thing) -> Iterator[Hashable]:
    """What a note about a thing may be about: all that the thing is known by."""
    for key in thing.keys:
        assert isinstance(key, tuple)
        if thing.about == "component":
            yield ("component", *key)
        elif thing.about == "mention":
            yield ("mention", key)
        else:
            yield from (("role", mention, *key[1:]) for of in thing.mentions for mention in of.keys)


def _named(thing: Thing) -> dict[str, Any]:
    """What a thing is known by, for a note."""
    if thing.about == "component":
        return {"component": thing.values["component"], "span": plain(thing.values["span"])}
    mention = thing if thing.about == "mention" else thing.mentions[-1]
    found = {"cue": plain(mention.values["cue"]), "emotion": mention.values["emotion"]}
    return found if thing is mention else {**found, "role": thing.values["role"], "span": plain(thing.values["span"])}


def plain(value: Any) -> Any:
    """Spans as JSON has them: lists in the place of tuples."""
    return [plain(item) for item in value] if isinstance(value, tuple) else value


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value

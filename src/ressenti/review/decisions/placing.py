"""Which mark of a narrative a decision is about, though newer rules may have marked it otherwise.

What is known by the same key is the same. After that marks of the same kind (primary emotion, role, component) match where the intersection
of their spans is at least half of their union, the best first, each once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ressenti.evaluation.matching import likeness
from ressenti.ontology.emotions import load_emotions
from ressenti.review.decisions.things import REJECTED, Thing
from ressenti.schema import Component, Mention, Role, Span

LEAST = 1 / 2
"""The least intersection over union at which a span that moved is the same."""
EXACT, LABEL, KIND = 3, 2, 1

Mark = TypeVar("Mark", Mention, Role, Component)
Level = tuple[int, float]
"""How sure it is that two are the same: by the same key, label or kind, in this order, or not at all, 0; and likeness."""


@dataclass(slots=True, eq=False)
class Marked(Generic[Mark]):
    """A mark of the narrative at hand.

    Attributes:
        mark: As it stands now.
        found: What it was before a reviewer changed it, over what it is now; from its ``review`` record.
        of: Of a role: its mention.
    """

    mark: Mark
    found: dict[str, Any]
    of: Marked[Mention] | None = None
    roles: list[Marked[Role]] = field(default_factory=list)


def pairs(
    things: Sequence[Thing], marks: Sequence[Marked[Mark]], level: Callable[[Thing, Marked[Mark]], Level]
) -> dict[Thing, Marked[Mark]]:
    """Which mark each thing is; things that none is like are left out.

    Marks known by the same key come first, then what was accepted, changed or added, and what was rejected last: it must not take away a
    mark that somebody wants.
    """
    ranked = []
    around: dict[int, list[int]] = defaultdict(list)  # marks by the stretches of text in which they stand
    for j, mark in enumerate(marks):
        for stretch in _stretches(_hull(mark)):
            around[stretch].append(j)
    for i, thing in enumerate(things):
        for j in dict.fromkeys(j for stretch in _stretches(_extent(thing)) for j in around.get(stretch, ())):
            if (how := level(thing, marks[j]))[0]:
                exact = how[0] == EXACT
                ranked.append((not exact, not exact and thing.decision == REJECTED, -how[0], -how[1], i, j))
    found: dict[Thing, Marked[Mark]] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(ranked):
        if things[i] not in found and j not in taken:
            found[things[i]] = marks[j]
            taken.add(j)
    return found


def mention_level(thing: Thing, marked: Marked[Mention]) -> Level:
    """How far a mention is the one that was decided on."""
    emotions = load_emotions()
    own = [(mark_cue, emotion) for mark_cue, emotion in _both(marked, "cue", "emotion")]
    if exact := sum(key in thing.keys for key in own):
        return EXACT, exact  # as found and as it is now: surer than one of the two
    best: Level = (0, 0.0)
    for cue, emotion in _keys(thing):
        for other, felt in own:
            how = likeness(cue, other)
            if how >= LEAST and emotions.primary(emotion) == emotions.primary(felt):
                best = max(best, (LABEL if emotion == felt else KIND, how))
    return best


def span_level(name: str, thing: Thing, marked: Marked[Any]) -> Level:
    """How far a role or a component is the one that was decided on.

    Args:
        name: The key that says what it is: ``role`` or ``component``.
        thing: What was decided on.
        marked: The mark.
    """
    best: Level = (0, 0.0)
    tails = [tail(key) for key in thing.keys]
    if exact := sum(own in tails for own in _both(marked, name, "span")):
        return EXACT, exact
    for what, span in tails:
        for other, where in _both(marked, name, "span"):
            if what == other and (how := likeness([span], [where])) >= LEAST:
                best = max(best, (LABEL, how))
    return best


def near(thing: Thing, marks: Iterable[Marked[Mention]]) -> Marked[Mention] | None:
    """The mention with another emotion that stands where one was decided on."""
    for marked in marks:
        if any(likeness(cue, marked.mark.cue) >= LEAST for cue, _ in _keys(thing)):
            return marked
    return None


def record_of(mark: Mention | Role) -> dict[str, Any]:
    """The ``review`` record of a mark; empty where it has none, or somebody else's."""
    record = mark.review if isinstance(mark, Role) else mark.extra.get("review")
    return record if isinstance(record, dict) else {}


def before(mark: Mention | Role) -> dict[str, Any]:
    """What a mark was before it was changed, by its ``review`` record."""
    was = record_of(mark).get("was")
    if not isinstance(was, dict):
        return {}
    found = dict(was)
    try:
        if "cue" in found:
            found["cue"] = tuple((int(start), int(end)) for start, end in found["cue"])
        if "span" in found:
            start, end = found["span"]
            found["span"] = (int(start), int(end))
    except (TypeError, ValueError):  # somebody else's record
        return {}
    return found if found.get("emotion", "fear") in load_emotions() else {}


def was_component(note: Mapping[str, Any]) -> dict[str, Any]:
    """What a component was before it was changed, by the note on it."""
    was = note.get("was")
    try:
        start, end = was["span"]  # type: ignore[index]
        return {"component": str(was["component"]), "span": (int(start), int(end)), "source": str(was["source"])}  # type: ignore[index]
    except (KeyError, TypeError, ValueError):  # there is none, or somebody else's record
        return {}


def _stretches(span: Span) -> range:
    return range(span[0] // 64, (span[1] - 1) // 64 + 1)


def _hull(marked: Marked[Any]) -> Span:
    spans = [span for values in (_spans(marked.mark), _spans(marked.found)) for span in values]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _spans(mark: Any) -> Sequence[Span]:
    values = mark if isinstance(mark, dict) else {name: getattr(mark, name) for name in ("cue", "span") if hasattr(mark, name)}
    return (*values.get("cue", ()), *([values["span"]] if "span" in values else ()))


def _extent(thing: Thing) -> Span:
    spans = [span for key in thing.keys if isinstance(key, tuple) for span in (key[0] if thing.about == "mention" else (key[-1],))]
    return min(start for start, _ in spans), max(end for _, end in spans)


def _both(marked: Marked[Any], *names: str) -> list[tuple[Any, ...]]:
    """The values as they are and as they were found."""
    now = tuple(getattr(marked.mark, name) for name in names)
    found = tuple(marked.found.get(name, value) for name, value in zip(names, now, strict=True))
    return [now] if now == found else [now, found]


def _keys(thing: Thing) -> list[tuple[tuple[Span, ...], str]]:
    return [key for key in thing.keys if isinstance(key, tuple) and len(key) == 2]


def tail(key: Hashable) -> tuple[str, Span]:
    """What of a role's or a component's key is its own: what it is, and its span."""
    assert isinstance(key, tuple)
    return key[-2], key[-1]

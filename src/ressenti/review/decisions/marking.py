"""A mark of the narrative with a decision on it: its values, whose it is then, and its ``review`` record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ressenti.ontology.emotions import load_emotions
from ressenti.review.decisions.outcome import DONE, KEPT, MOVED
from ressenti.review.decisions.placing import Marked, record_of
from ressenti.review.decisions.record import plain
from ressenti.review.decisions.things import COMMENTED, EXTRA, MENTION, UNSAID, Thing
from ressenti.schema import Mention, Role


def new_mention(wanted: Mapping[str, Any], thing: Thing) -> Mention:
    """The mention that a reviewer wants and that is not there; its number comes later."""
    emotions, key = load_emotions(), wanted["emotion"]
    extra = {name: wanted[name] for name in EXTRA if wanted.get(name)}
    return Mention(
        0, wanted["cue"], key, emotions.secondary(key), emotions.primary(key), wanted["mode"], wanted["status"], wanted["intensity"], 1.0,
        f"review:{thing.author}", extra,
    )  # fmt: skip


def change_mention(marked: Marked[Mention], thing: Thing) -> tuple[str, str]:
    """Make a mention what a reviewer wants.

    Returns:
        The outcome, and its reason.
    """
    mention, emotions = marked.mark, load_emotions()
    now = {**{name: getattr(mention, name) for name in MENTION if name not in EXTRA}, **mention.extra}
    wanted = added_up(marked, thing, now)
    stands = {name: mention.extra.get(name, UNSAID.get(name)) if name in EXTRA else getattr(mention, name) for name in MENTION}
    found = {name: marked.found.get(name, stands[name]) for name in MENTION}
    differing = {name: value for name, value in wanted.items() if value != found[name]}
    for name in MENTION:
        value = wanted.get(name, found[name])
        if name not in EXTRA:
            setattr(mention, name, value)
        elif value:
            mention.extra[name] = value
        else:
            mention.extra.pop(name, None)
    mention.secondary, mention.primary = emotions.secondary(mention.emotion), emotions.primary(mention.emotion)
    attribute(marked, differing, found, thing)
    return how(thing, found, differing)


def added_up(marked: Marked[Any], thing: Thing, now: Mapping[str, Any]) -> dict[str, Any]:
    """What a mark shall be: what nobody said of it this time stays as a reviewer has changed it before.

    Args:
        marked: The mark.
        thing: What was decided on it.
        now: Its values as they stand.
    """
    stays = {name: now.get(name) for name in thing.values if name in marked.found and name not in thing.stated}
    return {**thing.values, **stays}


def attribute(marked: Marked[Any], differing: Mapping[str, Any], found: Mapping[str, Any], thing: Thing) -> None:
    """Say whose a mark is: the reviewer's where it is not as it was found, which the record then keeps; else whose it was."""
    mark, record = marked.mark, dict(record_of(marked.mark))
    source, confidence = marked.found.get("source", mark.source), marked.found.get("confidence", mark.confidence)
    was = record.pop("was", None) or {}
    if differing:
        # of a role it is said at another time whom it names
        earlier = {name: was[name] for name in ("role", "span", "entity") if name in was}
        values = {name: plain(found[name]) for name in differing if name in found}
        record["was"] = {**earlier, **values, "source": source, "confidence": confidence}
        mark.source, mark.confidence = f"review:{thing.author}", 1.0
    else:
        added = thing.was is None and source.startswith("review:")  # two have added it: it is the later one's
        mark.source, mark.confidence = f"review:{thing.author}" if added else source, confidence
    _set_record(mark, record)


def how(thing: Thing, found: Mapping[str, Any], differing: Mapping[str, Any]) -> tuple[str, str]:
    """Whether the annotation says what it said when the decision was made: the outcome, and its reason."""
    if thing.was is None or not differing:
        return DONE, ""
    # what differs from what the reviewer saw, not what the reviewer changed
    changed = [name for name in found if name in thing.was and thing.was[name] != found[name]]
    if not changed:
        return DONE, ""
    moved = "cue" in changed or "span" in changed
    others = [name for name in changed if name not in ("cue", "span")]
    return (KEPT, f"found now with another {' and '.join(others)}") if others else (MOVED if moved else DONE, "found now at another span")


def record_stands(mark: Mention | Role, thing: Thing, restored: bool) -> None:
    """Note in the record of a mark that it was accepted, changed or added.

    Args:
        mark: As it shall be; what it was stays in its record.
        thing: What was decided on.
        restored: Whether it was put in again; it stays so until the annotation finds it.
    """
    earlier = record_of(mark)
    was = {"was": earlier["was"]} if earlier.get("was") else {}
    again = {"restored": True} if restored or (earlier.get("restored") and not was) else {}
    _set_record(mark, {**said(thing, earlier), **was, **again})


def record_comment(mark: Mention | Role, thing: Thing) -> None:
    """Note in the record of a mark a comment that decides nothing."""
    earlier = record_of(mark)
    _set_record(mark, _joined(earlier, thing.comments) if "decision" in earlier else {**earlier, **made(thing)})


def made(thing: Thing) -> dict[str, Any]:
    """The ``review`` record of a decision."""
    return {"decision": thing.decision, **thing.signed()}


def said(thing: Thing, earlier: Mapping[str, Any]) -> dict[str, Any]:
    """The record of a decision, with what somebody said before it without deciding."""
    return _joined(made(thing), [str(earlier.get("comment", ""))], before=True) if earlier.get("decision") == COMMENTED else made(thing)


def bare(mark: Mention | Role) -> dict[str, Any]:
    """A mark as an object of JSON, without its record."""
    return {name: value for name, value in mark.to_dict().items() if name != "review"}


def _set_record(mark: Mention | Role, record: dict[str, Any]) -> None:
    if isinstance(mark, Role):
        mark.review = record
    else:
        mark.extra["review"] = record


def _joined(record: Mapping[str, Any], comments: Sequence[str], before: bool = False) -> dict[str, Any]:
    """A record with further comments, each once."""
    there = str(record.get("comment", "")).split("\n")
    new = [comment for comment in comments if comment not in there]
    lines = [line for line in ([*new, *there] if before else [*there, *new]) if line]
    return {**record, **({"comment": "\n".join(lines)} if lines else {})}

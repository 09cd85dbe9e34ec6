"""Files of decisions and many narratives: which belongs to which, and what becomes of all of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ressenti.review.decisions import outcome as told
from ressenti.review.decisions.apply import Applied, apply
from ressenti.review.decisions.blanks import alike, settle
from ressenti.review.decisions.checking import moment
from ressenti.review.decisions.model import Review, in_order, text_sha256
from ressenti.review.decisions.outcome import MISFIT, UNSEEN, Outcome
from ressenti.review.decisions.things import COMMENTED, Things
from ressenti.schema import Mention, Narrative, Role

LEFT_OUT = (MISFIT, UNSEEN)
"""Outcomes of what is not in the result."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Reviews by the narratives that they are of.

    Attributes:
        narratives: In order, each with its reviews.
        lost: What became of the decisions on narratives that are not there.
    """

    narratives: Sequence[tuple[Narrative, Sequence[Review]]]
    lost: Sequence[Outcome]


def pair(narratives: Sequence[Narrative], reviews: Sequence[Review]) -> Paired:
    """Find the narrative of each review: the one with its text and, of several, its id.

    Where none has its text, one whose text is it but for blank space around it; the review becomes one of that.
    """
    by_text: dict[str, list[int]] = {}
    for number, narrative in enumerate(narratives):
        by_text.setdefault(text_sha256(narrative.text), []).append(number)
    ids = {narrative.id for narrative in narratives}
    found: list[list[Review]] = [[] for _ in narratives]
    lost: list[Outcome] = []
    nearly = _nearly(narratives) if any(review.text_sha256 not in by_text for review in reviews) else {}
    for review in reviews:
        if same := by_text.get(review.text_sha256) or nearly.get(review.text_sha256):
            number = next((n for n in same if narratives[n].id == review.id), same[0])
            if review.text_sha256 not in by_text:
                settle(review, narratives[number].text)
            found[number].append(review)
            continue
        reason = "the text was changed since: offsets mean nothing in it" if review.id in ids else "no narrative has its text"
        lost += [told.of(decision, MISFIT, reason) for decision in review.decisions]
        if not review.decisions and (review.done or review.comment):
            lost.append(Outcome(MISFIT, review, review.id, "narrative", "done" if review.done else "comment", "", "", reason))
    return Paired(list(zip(narratives, found, strict=True)), lost)


def _nearly(narratives: Sequence[Narrative]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, narrative in enumerate(narratives):
        for hash_ in alike(narrative.text):
            found.setdefault(hash_, []).append(number)
    return found


def by_reviewer(paired: Paired) -> Iterator[tuple[Narrative, dict[str, Things]]]:
    """What each reviewer decided on each narrative, over all files; reviews whose text had another length are left out."""
    for narrative, reviews in paired.narratives:
        found: dict[str, list[Review]] = {}
        for review in reviews:
            if review.length == len(narrative.text):
                found.setdefault(review.reviewer, []).append(review)
        yield narrative, {reviewer: Things(in_order(own)) for reviewer, own in found.items()}


def applied(paired: Paired, keep_rejected: bool = False, gold: bool = False) -> Iterator[tuple[Narrative | None, Sequence[Outcome]]]:
    """Narratives with the decisions on them.

    Args:
        paired: As `pair` gives them.
        keep_rejected: As in `apply`.
        gold: Only narratives that a reviewer has gone through, without what nobody has seen; None stands for the others.

    Yields:
        In order, each with what became of the decisions on it.
    """
    for narrative, reviews in paired.narratives:
        result = apply(narrative, reviews, keep_rejected) if reviews else Applied(narrative, ())
        if not gold:
            yield result.narrative, result.outcomes
            continue
        done = _done(result.narrative)
        if not done:
            yield None, result.outcomes
            continue
        kept, unseen = _seen(result.narrative, done)
        yield kept, [*result.outcomes, *unseen]


def out_of_turn(paired: Paired) -> list[str]:
    """Ids of narratives that hold later decisions already than some of those that come now.

    The last decision counts all the same, but who is who, and what was rejected with all its roles, may come out otherwise than from the
    files together. Files that were put in before do not count.
    """
    found = []
    for narrative, reviews in paired.narratives:
        record = narrative.extra.get("review")
        there = record.get("reviews") if isinstance(record, Mapping) else None
        times = {str(item.get("reviewer")): moment(str(item.get("time"))) for item in there or () if isinstance(item, Mapping)}
        for review in reviews:
            last = max((time for reviewer, time in times.items() if time and reviewer != review.reviewer), default=None)
            known = times.get(review.reviewer)
            if last and review.decisions and review.decisions[0].time < last and not (known and review.time and known >= review.time):
                found.append(narrative.id)
                break
    return found


def _done(narrative: Narrative) -> Sequence[Mapping[str, Any]]:
    """The records of reviewers who have gone through all of it."""
    record = narrative.extra.get("review")
    reviews = record.get("reviews") if isinstance(record, Mapping) else None
    return [item for item in reviews or () if isinstance(item, Mapping) and item.get("done") is True] if isinstance(reviews, list) else []


def _seen(narrative: Narrative, done: Sequence[Mapping[str, Any]]) -> tuple[Narrative, list[Outcome]]:
    """Without what other rules than those that were reviewed have found and nobody has decided on."""
    if any(_same_version(item.get("reviewed"), narrative.provenance) for item in done):
        return narrative, []
    mentions = [mention for mention in narrative.mentions if _is_decided(mention.extra.get("review"))]
    ids = {mention.id for mention in mentions}
    roles = [role for role in narrative.roles if role.mention in ids and _is_decided(role.review)]
    outcomes = [_unseen(narrative, mark) for mark in narrative.mentions if mark.id not in ids]
    outcomes += [_unseen(narrative, role) for role in narrative.roles if role.mention in ids and role not in roles]
    numbers = {mention.id: number for number, mention in enumerate(mentions, 1)}
    roles = [replace(role, mention=numbers[role.mention]) for role in roles]
    return replace(narrative, mentions=[_renumbered(mention, numbers) for mention in mentions], roles=roles), outcomes


def _renumbered(mention: Mention, numbers: Mapping[int, int]) -> Mention:
    extra = dict(mention.extra)
    if isinstance(others := extra.pop("ambivalent_with", None), list) and (still := [numbers[n] for n in others if n in numbers]):
        extra["ambivalent_with"] = still
    return replace(mention, id=numbers[mention.id], extra=extra)


def _unseen(narrative: Narrative, mark: Mention | Role) -> Outcome:
    about, label, values = (
        ("mention", mark.emotion, {"cue": mark.cue}) if isinstance(mark, Mention) else ("role", mark.role, {"span": mark.span})
    )
    return Outcome(UNSEEN, None, narrative.id, about, "", told.spans(values), label, "other rules than those reviewed have found it")


def _same_version(reviewed: Any, provenance: Mapping[str, Any]) -> bool:
    """Whether a narrative was annotated by what was reviewed; where the file does not say by what it was, it is taken to be so."""
    return not isinstance(reviewed, Mapping) or all(provenance.get(name) == version for name, version in reviewed.items())


def _is_decided(record: Any) -> bool:
    return isinstance(record, Mapping) and record.get("decision") not in (None, COMMENTED)

"""Decisions as votes: for each place and each emotion, on each tier, whether a reviewer says that it is there."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass

from ressenti.corpora.harmless import cell
from ressenti.ontology.emotions import load_emotions
from ressenti.review.decisions.outcome import spans
from ressenti.review.decisions.several import Paired, by_reviewer
from ressenti.review.decisions.things import REJECTED, Thing
from ressenti.schema import Span

COLUMNS = ("narrative", "span", "label", "tier", "vote", "reviewer")
TIERS = ("tertiary", "secondary", "primary")


@dataclass(frozen=True, slots=True)
class Vote:
    """What a reviewer says of an emotion at a place.

    Attributes:
        narrative: Id of the narrative.
        span: Offsets of the cue, such as ``5-9+12-15``.
        label: Key of an emotion.
        tier: Which of its tiers: ``tertiary``, ``secondary`` or ``primary``.
        vote: 1 for yes, -1 for no.
        reviewer: Who.
    """

    narrative: str
    span: str
    label: str
    tier: str
    vote: int
    reviewer: str


def votes(paired: Paired) -> Iterator[Vote]:
    """The votes in reviews, each reviewer's last word on each mention.

    Whoever rejects a mention says no to its emotion on each tier; whoever changes it says no to those tiers that became others. Comments,
    and decisions on roles, characters and components, are no votes.
    """
    for narrative, reviewers in by_reviewer(paired):
        for reviewer, things in reviewers.items():
            for thing in things.mentions:
                for cue, label, tier, vote in _of(thing):
                    yield Vote(narrative.id, spans({"cue": cue}), label, tier, vote, reviewer)


def _of(thing: Thing) -> Iterator[tuple[Sequence[Span], str, str, int]]:
    wanted = _tiers(thing.values["emotion"])
    if thing.decision == REJECTED:
        if thing.was is not None:
            yield from ((thing.was["cue"], label, tier, -1) for tier, label in _tiers(thing.was["emotion"]).items())
        return
    if not thing.is_there:
        return
    if thing.was is not None:
        yield from (
            (thing.values["cue"], label, tier, -1) for tier, label in _tiers(thing.was["emotion"]).items() if wanted.get(tier) != label
        )
    yield from ((thing.values["cue"], label, tier, 1) for tier, label in wanted.items())


def _tiers(emotion: str) -> dict[str, str]:
    """The emotion on each of its tiers."""
    emotions = load_emotions()
    found = {"primary": emotions.primary(emotion)}
    if (group := emotions.secondary(emotion)) is not None:
        found["secondary"] = group
    if emotion not in found.values():
        found["tertiary"] = emotion
    return {tier: found[tier] for tier in TIERS if tier in found}


def table(found: Iterable[Vote]) -> str:
    """Votes as a table, tab-separated, with a header."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for vote in found:
        writer.writerow([cell(value) if isinstance(value, str) else value for value in astuple(vote)])
    return buffer.getvalue()

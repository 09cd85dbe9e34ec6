"""What became of each decision, as a table that a spreadsheet opens: offsets and labels, never an account's words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ressenti.corpora.harmless import cell
from ressenti.review.decisions.model import Decision, Review

DONE, MOVED, KEPT, RESTORED, GONE, SUPERSEDED = "done", "moved", "kept", "restored", "gone", "superseded"
MISFIT, UNSEEN = "does not fit", "unseen"
"""Outcomes: as decided; as decided, on a span that the annotation has moved; as decided, against what the annotation says now; put in
again, for it is no longer found; rejected, and no longer found; a later decision is there already; not in the result; found since, seen by
nobody."""

COLUMNS = ("file", "narrative", "about", "action", "span", "label", "outcome", "reason", "reviewer", "time", "place")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one thing that was decided on.

    Attributes:
        outcome: One of the words above.
        review: Whose; None for what nobody has seen.
        narrative: Id of the narrative.
        about: As in the file; so too the action.
        action: The same.
        span: Offsets, such as ``5-9+12-15``.
        label: The emotion, role, component or entity.
        reason: In a few words; empty where all is as decided.
        time: ISO 8601.
        place: JSON path in the file.
    """

    outcome: str
    review: Review | None
    narrative: str
    about: str
    action: str
    span: str
    label: str
    reason: str = ""
    time: str = ""
    place: str = ""

    def row(self) -> tuple[str, ...]:
        """The cells of `COLUMNS`."""
        file, reviewer = (self.review.file, self.review.reviewer) if self.review else ("", "")
        return (
            file, self.narrative, self.about, self.action, self.span, self.label, self.outcome, self.reason, reviewer, self.time,
            self.place,
        )  # fmt: skip

    def __str__(self) -> str:
        where = f"{self.review.file}: {self.place}: " if self.review else ""
        what = " ".join(part for part in (self.action, self.about, self.label, self.span and f"at {self.span}") if part)
        return f"{where}narrative {self.narrative!r}, {what}: {self.outcome}{self.reason and f': {self.reason}'}"


def of(decision: Decision, outcome: str, reason: str = "", narrative: str = "") -> Outcome:
    """The outcome of a decision.

    Args:
        decision: The decision that counts.
        outcome: One of the words above.
        reason: Why.
        narrative: Id of the narrative; by default as its file says.
    """
    named = decision.was or decision.value
    label = next((named[name] for name in ("role", "component", "entity", "emotion") if named.get(name)), "")
    return Outcome(
        outcome, decision.by, narrative or decision.by.id, decision.about, decision.action, spans(named), label, reason,
        decision.time.isoformat(), decision.place,
    )  # fmt: skip


def spans(values: Mapping[str, Any]) -> str:
    """The offsets of what is decided on, in a word."""
    pieces = [values["span"]] if "span" in values else values.get("cue", values.get("mentions", ()))
    return "+".join(f"{start}-{end}" for start, end in pieces)


def table(outcomes: Iterable[Outcome]) -> str:
    """All outcomes, tab-separated, with a header; no cell is taken for a formula."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    for outcome in outcomes:
        writer.writerow(map(cell, outcome.row()))
    return buffer.getvalue()

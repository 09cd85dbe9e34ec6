"""What a file of decisions holds, read and checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ressenti.schema import Span

Values = Mapping[str, Any]
"""``was`` or ``value`` of a decision, with spans as pairs."""


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """One decision of a reviewer.

    Attributes:
        time: When it was made; in one file never before those that stand before it.
        about: ``mention``, ``role``, ``entity`` or ``component``.
        action: ``accept``, ``reject``, ``change``, ``add``, ``join``, ``split`` or ``comment``.
        was: What was there; empty for what is added.
        value: What it becomes; empty where nothing changes.
        comment: The reviewer's own words.
        place: JSON path in the file.
        by: The review of the narrative that it belongs to.
    """

    time: datetime
    about: str
    action: str
    was: Values
    value: Values
    comment: str
    place: str
    by: Review

    def signed(self) -> dict[str, Any]:
        """Who made it, when and on which version, as a ``review`` record has it."""
        return {"reviewer": self.by.reviewer, "time": self.time.isoformat(), "version": self.by.version}


@dataclass(slots=True, eq=False)
class Review:
    """What one reviewer, in one file, decided on one narrative.

    Attributes:
        file: The file.
        reviewer: Who.
        id: Of the narrative.
        text_sha256: Of its text in UTF-8.
        length: Of its text, in Unicode code points.
        done: Whether the reviewer has gone through all of it.
        comment: On the whole narrative.
        reviewed: Provenance of the version reviewed.
        ressenti: Version of Ressenti that made the page.
        saved: When the file was written, or the time of its last decision.
        entities: The spans of the entities of the version reviewed that decisions name.
        decisions: In the order in which they were made.
    """

    file: str
    reviewer: str
    id: str
    text_sha256: str
    length: int
    done: bool
    comment: str
    reviewed: Mapping[str, Any]
    ressenti: str
    saved: datetime | None
    entities: Mapping[str, Sequence[Span]]
    decisions: list[Decision] = field(default_factory=list)

    @property
    def version(self) -> str:
        """The version reviewed, in a word: that of the rules, where it is known."""
        known = (self.reviewed.get("rules"), self.reviewed.get("ressenti"))
        return next((version for version in known if isinstance(version, str) and version), self.ressenti)

    @property
    def time(self) -> datetime | None:
        """When the review was last saved or added to."""
        return max((t for t in (self.saved, *(d.time for d in self.decisions[-1:])) if t is not None), default=None)


def in_order(reviews: Iterable[Review]) -> list[Decision]:
    """The decisions of several reviews in order of time; of the same time those of one reviewer after those of another, always the same."""
    return sorted((decision for review in reviews for decision in review.decisions), key=lambda d: (d.time, d.by.reviewer))


def text_sha256(text: str) -> str:
    """The hash by which a narrative's text is known again, whatever its id."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

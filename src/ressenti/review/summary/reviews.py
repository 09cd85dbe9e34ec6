"""Who reviewed an account, and which of its marks, from the records that ``ressenti review apply`` leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from ressenti.review.summary.level import NAME
from ressenti.review.summary.quoting import plain, shortened
from ressenti.review.summary.wording import SummaryTexts
from ressenti.schema import Narrative


class Reviewed:
    """Says of a mention whether somebody has reviewed it.

    Args:
        narrative: The account.
    """

    def __init__(self, narrative: Narrative) -> None:
        self._reviews = [*_reviews(narrative)]
        self._done = any(review.get("done") is True for review in self._reviews)
        self._records = {mention.id: mention.extra.get("review") for mention in narrative.mentions}
        self._made = {mention.id for mention in narrative.mentions if mention.source.startswith("review:")}

    def __call__(self, mention: int) -> bool:
        return self._done or mention in self._made or _decided(self._records[mention])

    @cached_property
    def partly(self) -> bool:
        """Whether somebody began to review, and nobody says that all is done."""
        return not self._done and (bool(self._reviews) or any(map(self, self._records)))

    @property
    def none(self) -> bool:
        """Whether nobody reviewed anything."""
        return not self._done and not self.partly

    def said(self, texts: SummaryTexts) -> str:
        """Who reviewed it and when, or that nobody did."""
        if self.none:
            return texts("unreviewed")
        records = [review for review in self._reviews if review.get("done") is True] if self._done else self._reviews
        records = records or [record for record in self._records.values() if isinstance(record, Mapping)]
        names = list(dict.fromkeys(shortened(plain(str(record.get("reviewer") or "")), NAME) for record in records))[:3]
        who = ", ".join(name or texts("somebody_reviewed") for name in names) or texts("somebody_reviewed")
        if not self._done:
            return texts("partly", who=who)
        days = [day for record in records if (day := _day(record.get("time")))]
        return texts("reviewed_on", who=who, when=texts.day(max(days))) if days else texts("reviewed", who=who)


def _reviews(narrative: Narrative) -> Iterator[Mapping[str, Any]]:
    record = narrative.extra.get("review")
    found = record.get("reviews") if isinstance(record, Mapping) else None
    for review in found if isinstance(found, list) else ():
        if isinstance(review, Mapping):
            yield review


def _decided(record: Any) -> bool:
    """Whether a mark's record holds a decision; a comment is none."""
    return isinstance(record, Mapping) and bool(record.get("decision"))


def _day(time: Any) -> dt.datetime | None:
    """As the reviewer's clock showed it; several are compared by day alone, so that clocks with and without a zone can stand together."""
    try:
        found = dt.datetime.fromisoformat(time) if isinstance(time, str) else None
    except ValueError:
        return None
    return found.replace(tzinfo=None) if found else None

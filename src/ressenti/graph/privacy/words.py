"""Narratives without their words: what is marked stays, what is said goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ressenti.schema import VERSIONS, Narrative

FILLER = "█"
"""Stands for each character that is left out, so that offsets hold."""
KEPT = ("decision", "reviewer", "time", "version")
"""Keys of a review that are no words about the narrative."""


def without_words(narrative: Narrative) -> Narrative:
    """The narrative with `FILLER` for its text; ids, spans, emotions, roles and versions stay.

    Left out: the text, the labels of entities (each is called by its id), who reports an emotion (that somebody does
    stays), metadata, the comments of reviews, and keys that the format does not know.
    """
    return replace(
        narrative,
        text=FILLER * len(narrative.text),
        mentions=[replace(mention, extra=_extra(mention.extra)) for mention in narrative.mentions],
        roles=[replace(role, review=role.review and _review(role.review)) for role in narrative.roles],
        entities=[replace(entity, label=entity.id) for entity in narrative.entities],
        provenance={key: narrative.provenance.get(key) for key in VERSIONS} if narrative.provenance else {},
        extra={},
    )


def _extra(extra: Mapping[str, Any]) -> dict[str, Any]:
    kept = {key: extra[key] for key in ("time", "question", "wish", "ambivalent_with") if key in extra}
    if "reported" in extra:
        kept["reported"] = None
    if isinstance(review := extra.get("review"), Mapping):
        kept["review"] = _review(review)
    return kept


def _review(review: Mapping[str, Any]) -> dict[str, Any]:
    return {key: review[key] for key in KEPT if isinstance(review.get(key), str)}

"""The copy of a narrative that the application opens again as it was left.

Its marks are what came of the decisions, for every other command; in its ``review`` record stand, under ``copy``, the marks as they were
found and the decisions as a file of them has them. Whoever changes the marks afterwards has the last word: the copy is then a narrative
like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ressenti.corpora.account import Account
from ressenti.corpora.annotated import read_account
from ressenti.review.decisions.read import problems, reviews_of
from ressenti.review.decisions.several import applied, pair
from ressenti.schema import Narrative

_FOUND = ("components", "mentions", "roles", "entities", "review")
Decisions = Mapping[str, Any]
"""The content of a file of decisions."""


def reviewed(narratives: Sequence[Narrative], decisions: Decisions) -> list[Narrative]:
    """Narratives with decisions in them, and with what they were before.

    Args:
        narratives: As found.
        decisions: In which nothing is wrong.
    """
    reviews = reviews_of(decisions, "")
    items = {id(review): item for review, item in zip(reviews, decisions["narratives"], strict=True)}
    paired = pair(narratives, reviews)
    result = []
    for (found, own), (narrative, _) in zip(paired.narratives, applied(paired), strict=True):
        assert narrative is not None  # only gold leaves narratives out
        if own:
            marks = {name: value for name, value in found.to_dict().items() if name in _FOUND}
            copy = {"found": marks, "decisions": {**decisions, "narratives": [items[id(review)] for review in own]}}
            narrative = _with_review(narrative, {**narrative.extra["review"], "copy": copy})
        result.append(narrative)
    return result


def opened(narratives: Sequence[Narrative]) -> tuple[list[Narrative], Decisions | None]:
    """Copies as they were found, and the decisions on them; what is no copy, or no longer what came of its decisions, as it is.

    Of copies of several reviewers those of the first are taken apart: a file of decisions has one reviewer.
    """
    result: list[Narrative] = []
    taken: list[Decisions] = []
    for narrative in narratives:
        found, decisions = _apart(narrative)
        if decisions is not None and (not taken or taken[0]["reviewer"] == decisions["reviewer"]):
            taken.append(decisions)
            result.append(found)
        else:
            result.append(_without_copy(narrative))
    items = [item for decisions in taken for item in decisions["narratives"]]
    return result, {**taken[0], "narratives": items} if taken else None


def _apart(narrative: Narrative) -> tuple[Narrative, Decisions | None]:
    review = narrative.extra.get("review")
    match review.get("copy") if isinstance(review, dict) else None:
        case {"found": dict(found), "decisions": decisions} if next(problems(decisions), None) is None:
            extra = {name: value for name, value in narrative.extra.items() if name != "review"}
            marks = {**found, "provenance": narrative.provenance}
            before = read_account(Account(narrative.id, narrative.text, marks=marks, extra=extra))
            if isinstance(before, Narrative) and next(_applied(before, decisions)).to_json() == _without_copy(narrative).to_json():
                return before, decisions
    return narrative, None


def _applied(narrative: Narrative, decisions: Decisions) -> Iterator[Narrative]:
    for result, _ in applied(pair([narrative], reviews_of(decisions, ""))):
        assert result is not None
        yield result


def _without_copy(narrative: Narrative) -> Narrative:
    review = narrative.extra.get("review")
    if not isinstance(review, dict) or "copy" not in review:
        return narrative
    return _with_review(narrative, {name: value for name, value in review.items() if name != "copy"})


def _with_review(narrative: Narrative, review: Mapping[str, Any]) -> Narrative:
    return replace(narrative, extra={**narrative.extra, "review": review})

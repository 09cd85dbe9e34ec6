"""Proposals as JSON Lines: what assignment hands to the person who decides. The file may quote a corpus: for its owner alone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ressenti.errors import DataError
from ressenti.ontology.emotions import Emotions, load_emotions
from ressenti.vocab_builder.candidate import from_record, json_line, json_lines, to_record
from ressenti.vocab_builder.proposal import Near, Proposal

DIGITS = 4
"""Decimals that are kept of a score: what differs beyond them differs from machine to machine."""


def write_proposals(proposals: Iterable[Proposal]) -> str:
    """Proposals as JSON Lines, one a line, in their order."""
    return "".join(json_line(_record(proposal)) for proposal in proposals)


def read_proposals(path: Path, emotions: Emotions | None = None) -> list[Proposal]:
    """Read what `write_proposals` wrote.

    Raises:
        DataError: File, line and reason of the first line that is no proposal, or repeats a term.
    """
    emotions = load_emotions() if emotions is None else emotions
    lines: dict[tuple[str, str], int] = {}
    found = []
    for number, record in json_lines(path):
        try:
            proposal = _proposal(record, emotions)
        except ValueError as error:
            raise DataError(path, number, str(error)) from None
        key = proposal.candidate.key
        if key in lines:
            raise DataError(path, number, f"proposes {key[0]!r} ({key[1]}) again, which is on line {lines[key]}; keep one")
        lines[key] = number
        found.append(proposal)
    return found


def _record(proposal: Proposal) -> dict[str, object]:
    record = to_record(proposal.candidate) | {
        "emotion": proposal.emotion,
        "similarity": _rounded(proposal.similarity),
        "margin": _rounded(proposal.margin),
        "nearest": [[near.emotion, _rounded(near.similarity)] for near in proposal.nearest],
    }
    if proposal.reason:
        record["reason"] = proposal.reason
    if proposal.examples:
        record["examples"] = list(proposal.examples)
    return record


def _rounded(value: float) -> float:
    return round(float(value), DIGITS) + 0.0  # no -0.0


def _proposal(record: Any, emotions: Emotions) -> Proposal:
    candidate = from_record(record)
    try:
        emotion, examples = record["emotion"], record.get("examples", [])
        nearest = tuple(Near(near[0], _number(near[1], -1)) for near in record["nearest"])
        similarity, margin = _number(record["similarity"], -1), _number(record["margin"], 0)
        unknown = [key for key in (*filter(None, [emotion]), *(near.emotion for near in nearest)) if key not in emotions]
        if not isinstance(emotion, str) or not isinstance(examples, list):
            raise TypeError
    except (KeyError, TypeError, IndexError):
        raise ValueError("is no proposal; make the file with: ressenti vocab propose") from None
    if unknown:
        raise ValueError(f"names the emotion {unknown[0]!r}, which the ontology does not have; propose again")
    return Proposal(candidate, emotion, similarity, margin, nearest, str(record.get("reason", "")), tuple(map(str, examples)))


def _number(value: object, least: int) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or not least - 0.001 <= value <= 1.001:
        raise ValueError(f"has {value!r} where a number from {least} to 1 belongs")
    return float(value)

"""Decisions of coaches as votes: the table of votes that reviews come to, read by passage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ressenti.errors import DataError
from ressenti.fallback.labels import shipped_labels
from ressenti.fallback.passages import Context
from ressenti.fallback.votes import NO, YES, LabelVote
from ressenti.ontology.tables import read_table
from ressenti.schema import Span

COLUMNS = ("narrative", "span", "label", "vote")


def read_reviews(path: Path, contexts: Iterable[Context]) -> dict[tuple[str, Span], tuple[LabelVote, ...]]:
    """Read a table of votes (`ressenti.review.votes.table`), each sorted to the passage in which its cue begins.

    Reviewers who disagree on a label of a passage outvote each other; as many for as against say nothing. A mention that is rejected says
    no to its emotion there, unless another mention of the passage says yes to it.

    Args:
        path: Tab-separated, with at least the columns ``narrative``, ``span`` (offsets of the cue), ``label`` and ``vote`` (1 or -1).
        contexts: The passages; votes on others are left out.

    Raises:
        DataError: An unknown label, or a span or vote that is none; with its line.
    """
    spans: dict[str, list[Span]] = {}
    for _, passage, _ in contexts:
        spans.setdefault(passage.narrative, []).append(passage.span)
    cues: dict[tuple[str, Span, str, str], int] = Counter()
    for line, row in read_table(path, COLUMNS):
        try:
            start, vote = int(row["span"].partition("-")[0]), int(row["vote"])
        except ValueError:
            raise DataError(path, line, "a span must be offsets such as 5-9, and a vote 1 or -1") from None
        if row["label"] not in shipped_labels().index:
            raise DataError(path, line, f"unknown label {row['label']!r}")
        for span in spans.get(row["narrative"], ()):
            if span[0] <= start < span[1]:
                cues[row["narrative"], span, row["span"], row["label"]] += 1 if vote > 0 else -1
    best: dict[tuple[str, Span], dict[str, int]] = {}
    for (narrative, span, _, label), sum_ in cues.items():
        told = best.setdefault((narrative, span), {})
        told[label] = max(told.get(label, sum_), sum_)
    return {key: tuple((label, YES if sum_ > 0 else NO) for label, sum_ in told.items() if sum_) for key, told in best.items()}

"""Which sentences a person should look at first: where rules and model disagree, and where the model is least sure.

Source: B. Settles, “Active learning literature survey” (2009), uncertainty sampling and query by disagreement.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ressenti.corpora.harmless import cell
from ressenti.corpora.writing import json_line
from ressenti.fallback.labels import EMOTION, shipped_labels
from ressenti.fallback.model.bags import Floats
from ressenti.fallback.model.speaking import Fallback
from ressenti.fallback.passages import Context, Passage
from ressenti.schema import Narrative

OTHER, UNSEEN, UNFOUND, UNSURE = "other", "unseen", "unfound", "unsure"
REASONS = {
    OTHER: "the rules say one emotion, the model, which does not see the cue, another",
    UNSEEN: "the rules say an emotion where the model, which does not see the cue, would say none",
    UNFOUND: "the model says an emotion where the rules are silent",
    UNSURE: "the rules are silent, and the model is not sure",
}


@dataclass(frozen=True, slots=True)
class Queued:
    """A sentence to look at.

    Attributes:
        passage: The sentence.
        reason: One of `REASONS`.
        score: From 0 to 1, how much there is to learn.
        rules: The primaries that the rules say.
        model: The primary that the model finds most probable.
        probability: How probable.
    """

    passage: Passage
    reason: str
    score: float
    rules: tuple[str, ...]
    model: str
    probability: float


def queue(fallback: Fallback, contexts: Sequence[Context]) -> list[Queued]:
    """The sentences, those to look at first first; those on which rules and model agree are left out."""
    found = [*_queued(fallback, contexts)]
    return sorted(found, key=lambda item: (-item.score, item.passage.narrative, item.passage.span))


def as_tsv(found: Sequence[Queued], *, text: bool = False) -> Iterator[str]:
    """A row a sentence, below a head: its place, why it is there, what the rules and the model say, and its words where asked for."""
    yield _row(["narrative", "start", "end", "reason", "score", "rules", "model", "probability", *(["text"] if text else [])])
    for item in found:
        passage = item.passage
        told = [cell(passage.narrative), *passage.span, item.reason, f"{item.score:.3f}", " ".join(item.rules), item.model]
        yield _row([*told, f"{item.probability:.3f}", *([cell(passage.text)] if text else [])])


def as_jsonl(fallback: Fallback, narratives: Iterable[Narrative], found: Sequence[Queued]) -> Iterator[str]:
    """The narratives that hold the sentences, in the order of the queue, with what the model says where the rules are silent."""
    by_id = {narrative.id: narrative for narrative in narratives}
    for name in dict.fromkeys(item.passage.narrative for item in found):
        yield json_line(fallback(by_id[name]))


def _row(cells: Sequence[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter="\t", lineterminator="\n").writerow(cells)
    return buffer.getvalue()


def _queued(fallback: Fallback, contexts: Sequence[Context]) -> Iterator[Queued]:
    names = fallback.model.labels
    primaries = [k for k, name in enumerate(names) if name in shipped_labels().children(EMOTION)]
    if not primaries:
        return
    # Of a sentence in which the rules found something the model is asked without that: else it would repeat them
    for (_, passage, _), row in zip(contexts, fallback.probabilities(contexts, masked=True), strict=True):
        best = max(primaries, key=lambda k: row[k])
        probability, any_ = float(row[best]), _any(names, row)
        said = tuple(dict.fromkeys(mention.primary for mention in passage.mentions))
        if said:
            of_rules = max((float(row[names.index(name)]) for name in said if name in names), default=0.0)
            reason, score = (OTHER, probability - of_rules) if names[best] not in said and any_ >= 0.5 else (UNSEEN, 1 - any_)
            if reason == UNSEEN and any_ >= 0.5:
                continue
        elif row[best] >= fallback.model.thresholds[best]:
            reason, score = UNFOUND, probability
        else:
            reason, score = UNSURE, float(_entropy(any_))
        yield Queued(passage, reason, max(score, 0.0), said, names[best], probability)


def _any(names: Sequence[str], row: Floats) -> float:
    return float(row[names.index(EMOTION)]) if EMOTION in names else float(row.max())


def _entropy(p: float) -> float:
    """In bits: 1 where a yes is as probable as a no."""
    q = min(max(p, 1e-9), 1 - 1e-9)
    return float(-(q * np.log2(q) + (1 - q) * np.log2(1 - q)))

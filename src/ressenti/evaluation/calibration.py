"""Confidence: estimated from narratives marked by hand, and how far it can be believed.

The share of right ones of a key is drawn towards that of the next wider key, the more the fewer there are (an m-estimate:
``(right + m · wider) / (n + m)``), the widest towards one half.

Sources: B. Cestnik, “Estimating probabilities: a crucial task in machine learning”, ECAI 1990; for the expected calibration error
M. P. Naeini, G. F. Cooper and M. Hauskrecht, “Obtaining well calibrated probabilities using Bayesian binning”, AAAI 2015.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import log, prod
from statistics import fmean

from ressenti.evaluation.matching import compare
from ressenti.rules.annotator import Annotator
from ressenti.rules.confidence import ANY, CLASSES, Confidence, Key, mention_key
from ressenti.schema import Narrative

DRAW = 20.0
"""m: as so many cases weighs the share of the wider key."""
BINS = 10
_BOUNDS = 0.02, 0.99

Table = dict[Key, tuple[float, float, float]]
"""Key to how many there were, how many were right (both weighted), and the share drawn towards the wider key."""


@dataclass(frozen=True, slots=True)
class Case:
    """One mention or role that the rules found in a narrative marked by hand.

    Attributes:
        group: Which set the narrative is of.
        narrative: Its id.
        key: What its confidence depends on.
        right: Whether it is right: a mention that matches with its primary, a role that agrees.
        weight: How much it counts in the estimate.
        mention: Of a role, the case of its mention; None for a mention.
        doubts: Of a mention, what takes its confidence down.
    """

    group: str
    narrative: str
    key: Key
    right: bool
    weight: float = 1.0
    mention: Case | None = None
    doubts: tuple[tuple[str, float], ...] = ()


def collect(annotator: Annotator, gold: Iterable[Narrative], group: str, weight: float = 1.0) -> Iterator[Case]:
    """Annotate the texts of narratives marked by hand and say of each mention and role whether it is right.

    Args:
        annotator: What finds them.
        gold: The narratives as they should be.
        group: Name of the set.
        weight: How much its cases count.
    """
    confidence = annotator.confidence
    for narrative in gold:
        account, system = annotator.examine(narrative.text, narrative.id)
        comparison = compare(narrative, system)
        agreed = {id(role) for _, role in comparison.roles}
        mentions, roles = iter(system.mentions), iter(system.roles)
        for sentence, found in zip(account.sentences, account.found, strict=True):
            for f in found:
                right = next(mentions).id in comparison.right
                mention = Case(group, narrative.id, mention_key(f), right, weight, None, tuple(f.doubts.items()))
                yield mention
                for r in f.roles:
                    yield Case(group, narrative.id, confidence.role_key(sentence, f, r), id(next(roles)) in agreed, weight, mention)


def estimate(cases: Iterable[Case], draw: float = DRAW) -> Table:
    """The share of right ones of each key that occurs, and of every class.

    Roles are counted among the mentions that are right: the rest is the mention's confidence. Mentions that are doubted are left out: what
    is doubted about them is a factor of its own.
    """
    counts: dict[Key, list[float]] = {Key(kind, name): [0.0, 0.0] for kind, names in CLASSES.items() for name in names}
    for case in cases:
        if case.doubts or (case.mention is not None and not case.mention.right):
            continue
        for key in case.key.wider():
            of = counts.setdefault(key, [0.0, 0.0])
            of[0] += case.weight
            of[1] += case.weight * case.right
    table: Table = {}
    for key in sorted(counts, key=lambda key: len(list(key.wider()))):  # the wider ones first
        n, right = counts[key]
        wider = next((table[w][2] for w in key.wider() if w != key), 0.5)
        weight = draw if key.trait != ANY else 2.0
        table[key] = n, right, min(_BOUNDS[1], max(_BOUNDS[0], (right + weight * wider) / (n + weight)))
    return table


def predict(table: Table, case: Case) -> float:
    """The confidence that a table gives a case, as the annotator would."""
    confidence = Confidence((), {key: share for key, (_, _, share) in table.items()})
    own = case if case.mention is None else case.mention
    value = confidence.share(own.key) * prod(factor for _, factor in own.doubts)
    return value if case.mention is None else value * confidence.share(case.key)


def crossed(
    cases: Sequence[Case], by: Callable[[Case], str], parts: int | None = 10, draw: float = DRAW, seed: int = 0
) -> list[tuple[Case, float]]:
    """Each case with the confidence that the others' narratives give it.

    Args:
        cases: Mentions and roles.
        by: What is kept together: the narrative, or the set.
        parts: Into how many parts these are dealt; None: each is a part of its own.
        draw: See :data:`DRAW`.
        seed: Of the dealing.
    """
    names = sorted({by(case) for case in cases})
    random.Random(seed).shuffle(names)  # noqa: S311 - no secrets
    part = {name: k if parts is None else k % parts for k, name in enumerate(names)}
    found = []
    for k in sorted(set(part.values())):
        table = estimate((case for case in cases if part[by(case)] != k), draw)
        found += [(case, predict(table, case)) for case in cases if part[by(case)] == k]
    return found


@dataclass(frozen=True, slots=True)
class Bin:
    """The cases whose confidence is within bounds.

    Attributes:
        low: From, included.
        high: To, excluded but for 1.
        n: How many.
        mean: Their mean confidence.
        right: The share of right ones.
    """

    low: float
    high: float
    n: int
    mean: float
    right: float


def reliability(predicted: Iterable[tuple[float, bool]], bins: int = BINS) -> list[Bin]:
    """How often cases of about the same confidence are right; empty bins are left out."""
    of: dict[int, list[tuple[float, bool]]] = {}
    for value, right in predicted:
        of.setdefault(min(bins - 1, int(value * bins + 1e-9)), []).append((value, right))
    return [
        Bin(k / bins, (k + 1) / bins, len(found), fmean(value for value, _ in found), fmean(right for _, right in found))
        for k, found in sorted(of.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: mean distance of confidence and share of right ones, bins weighted by their cases."""
    total = sum(b.n for b in bins)
    return sum(b.n * abs(b.mean - b.right) for b in bins) / total if total else 0.0


def brier(predicted: Sequence[tuple[float, bool]]) -> float:
    """Mean squared distance of confidence and outcome: 0 is best, .25 is what one half everywhere gives."""
    return fmean((value - right) ** 2 for value, right in predicted) if predicted else 0.0


def log_loss(predicted: Sequence[tuple[float, bool]]) -> float:
    """Mean surprise, in nats."""
    return -fmean(log(value if right else 1 - value) for value, right in predicted) if predicted else 0.0


def weighted(cases: Iterable[Case], weights: Callable[[Case], float]) -> list[Case]:
    """The same cases with other weights."""
    return [replace(case, weight=weights(case)) for case in cases]

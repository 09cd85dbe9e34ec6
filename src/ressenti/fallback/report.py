"""How labelling functions do: how much each covers, where it meets others, where it contradicts them, and how often it is right."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ressenti.fallback.functions.function import Function
from ressenti.fallback.label_model.weak import WeakLabels, thresholds
from ressenti.fallback.labels import EMOTION
from ressenti.fallback.votes import NO, YES, Votes

TIERS = (EMOTION, "primary", "secondary", "tertiary", "mode", "component")


@dataclass(frozen=True, slots=True)
class Right:
    """How often votes were right, where gold says so.

    Attributes:
        votes: How many could be compared.
        share: The share that was right.
    """

    votes: int
    share: float


@dataclass(frozen=True, slots=True)
class Row:
    """What is told of a function.

    Attributes:
        name: Its name.
        about: What it looks at.
        votes: How many votes it cast.
        coverage: Share of the passages of which it said anything.
        overlap: Share of the passages where another function speaks of the same label.
        conflict: Share of the passages where another function says the opposite of the same label.
        yes: By tier, how often its yes was right; empty without gold.
        no: The same of its no.
    """

    name: str
    about: str
    votes: int
    coverage: float
    overlap: float
    conflict: float
    yes: dict[str, Right]
    no: dict[str, Right]


def rows(votes: Votes, functions: Sequence[Function], gold: Votes | None = None) -> list[Row]:
    """A row for each function.

    Args:
        votes: What they said.
        functions: The functions, in the order of the votes.
        gold: What the one function of the gold labels says of the same passages.
    """
    shape = votes.passages, len(functions)
    spoke, met, opposed = (np.zeros(shape, bool) for _ in range(3))
    right = np.zeros((len(functions), len(TIERS), 2, 2), np.int64)  # of a tier, yes and no: right, compared
    said = votes.said()
    for number, label in enumerate(votes.labels):
        cast = votes.of(label) if said[number] or label == EMOTION else None
        if cast is None:
            continue
        told = cast != 0
        spoke |= told
        met |= told & (told.sum(1) > 1)[:, None]
        yes, no = (cast == YES).any(1), (cast == NO).any(1)
        opposed |= ((cast == YES) & no[:, None]) | ((cast == NO) & yes[:, None])
        if gold is not None:
            truth = gold.of(label)[:, :1]
            tier = TIERS.index(votes.labels.tier(label))
            for place, vote in enumerate((YES, NO)):
                known = (cast == vote) & (truth != 0)
                right[:, tier, place] += np.stack([(known & (truth == vote)).sum(0), known.sum(0)], 1)
    count = votes.count()
    covers, meets, conflicts = (table.mean(0) if votes.passages else np.zeros(len(functions)) for table in (spoke, met, opposed))
    return [
        Row(f.name, f.about, int(count[n]), float(covers[n]), float(meets[n]), float(conflicts[n]),
            _rights(right[n, :, 0]), _rights(right[n, :, 1]))
        for n, f in enumerate(functions)
    ]  # fmt: skip


def _rights(counts: npt.NDArray[np.int64]) -> dict[str, Right]:
    return {tier: Right(int(n), int(hit) / int(n)) for tier, (hit, n) in zip(TIERS, counts, strict=True) if n}


@dataclass(frozen=True, slots=True)
class Compared:
    """How well a way to combine the votes does, over the labels of a tier that gold knows.

    Attributes:
        method: ``tree`` or ``majority``.
        tier: The tier.
        labels: How many labels.
        half: Macro F1 where a probability of a half is a yes.
        chosen: Macro F1 with the thresholds that :func:`thresholds` chooses without gold.
        precision: Mean precision, with the latter.
        recall: Mean recall, with the latter.
    """

    method: str
    tier: str
    labels: int
    half: float
    chosen: float
    precision: float
    recall: float


def compare(several: dict[str, WeakLabels], gold: Votes) -> Iterator[Compared]:
    """Each way to combine the votes against gold, tier by tier; of ``emotion`` both yes and no are classes."""
    for tier in TIERS:
        truths = {label: gold.of(label)[:, 0] for label in gold.labels if gold.labels.tier(label) == tier}
        truths = {label: truth for label, truth in truths.items() if (truth == YES).any()}
        for method, found in several.items():
            if truths:
                cut = thresholds(found)
                half = [_scores(found.of(label), truth, 0.5, tier) for label, truth in truths.items()]
                chosen = [_scores(found.of(label), truth, cut[label], tier) for label, truth in truths.items()]
                means = np.mean(chosen, axis=0)
                yield Compared(method, tier, len(truths), float(np.mean(half, axis=0)[0]), *(float(mean) for mean in means))


def _scores(probability: npt.NDArray[np.float32], truth: npt.NDArray[np.int8], cut: float, tier: str) -> tuple[float, float, float]:
    known = truth != 0
    found, wanted = probability[known] >= cut, truth[known] == YES
    scores = f1(found, wanted)
    return ((scores[0] + f1(~found, ~wanted)[0]) / 2, *scores[1:]) if tier == EMOTION else scores


def f1(found: npt.NDArray[np.bool_], wanted: npt.NDArray[np.bool_]) -> tuple[float, float, float]:
    """F1, precision and recall of what was found."""
    both = int((found & wanted).sum())
    return 2 * both / max(1, int(found.sum() + wanted.sum())), both / max(1, int(found.sum())), both / max(1, int(wanted.sum()))


COLUMNS = ("function", "votes", "coverage", "overlap", "conflict")


def as_tsv(found: Sequence[Row], compared: Sequence[Compared]) -> str:
    """Tab-separated: a line a function, with two columns for each tier that gold knows; then, after an empty line, the comparison."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter="\t", lineterminator="\n")
    tiers = tiers_told(found)
    writer.writerow([*COLUMNS, *(f"{kind} {tier}" for tier in tiers for kind in ("yes right", "yes n", "no right", "no n"))])
    for row in found:
        figures = [f"{value:.4f}" for value in (row.coverage, row.overlap, row.conflict)]
        rights = [value for tier in tiers for told in (row.yes, row.no) for value in _pair(told.get(tier))]
        writer.writerow([row.name, row.votes, *figures, *rights])
    if compared:
        writer.writerow([])
        writer.writerow(["method", "tier", "labels", "F1 at .5", "F1", "precision", "recall"])
        writer.writerows([c.method, c.tier, c.labels, *(f"{v:.4f}" for v in (c.half, c.chosen, c.precision, c.recall))] for c in compared)
    return buffer.getvalue()


def _pair(right: Right | None) -> tuple[str, str]:
    return ("", "") if right is None else (f"{right.share:.4f}", str(right.votes))


def tiers_told(found: Sequence[Row]) -> list[str]:
    """The tiers of which gold says something."""
    return [tier for tier in TIERS if any(tier in row.yes or tier in row.no for row in found)]


def as_json(passages: int, found: Sequence[Row], compared: Sequence[Compared]) -> str:
    """One JSON object."""
    data: dict[str, Any] = {"passages": passages, "functions": [asdict(row) for row in found]}
    if compared:
        data["label_model"] = [asdict(one) for one in compared]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def as_text(passages: int, found: Sequence[Row], compared: Sequence[Compared], width: int) -> str:
    """Tables to read."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    buffer = io.StringIO()
    console = Console(file=buffer, width=width, markup=False, emoji=False, highlight=False, color_system=None)
    tiers = [tier for tier in tiers_told(found) if tier in (EMOTION, "primary", "mode")]
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("function", no_wrap=True)
    for column in ("votes", "covers", "meets", "opposes", *(f"{tier} {kind}" for tier in tiers for kind in "+-")):
        table.add_column(column, justify="right")
    for row in found:
        rights = [f"{told[tier].share:.2f}" if tier in told else "" for tier in tiers for told in (row.yes, row.no)]
        if row.votes:
            table.add_row(row.name, str(row.votes), *(f"{100 * v:.1f} %" for v in (row.coverage, row.overlap, row.conflict)), *rights)
    console.print(f"{len(found)} labelling functions on {passages} passages")
    console.print(table)
    if silent := [row.name for row in found if not row.votes]:
        console.print("Said nothing: " + ", ".join(silent))
    if compared:
        second = Table("votes combined by", "tier", box=box.SIMPLE_HEAD, pad_edge=False)
        for column in ("labels", "F1 at .5", "F1", "precision", "recall"):
            second.add_column(column, justify="right")
        for c in compared:
            figures = (f"{value:.3f}" for value in (c.half, c.chosen, c.precision, c.recall))
            second.add_row(c.method, c.tier, str(c.labels), *figures)
        console.print(second)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"

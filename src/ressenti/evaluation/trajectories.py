"""Trajectories against a gold series of valence and arousal, sentence by sentence.

Measures as in Christ et al., arXiv 2406.02251 (CCC over all sentences), with intervals from resampled narratives.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ressenti.errors import DataError
from ressenti.evaluation.concordance import Moments, total
from ressenti.evaluation.intervals import Interval, intervals
from ressenti.graph.trajectory.series import Point, Series
from ressenti.graph.trajectory.values import Affect
from ressenti.ontology.tables import read_text
from ressenti.schema import Span

AXES = ("valence", "arousal")
MEASURES = ("ccc", "pearson", "rmse")


@dataclass(frozen=True, slots=True)
class GoldPoint:
    """A sentence of a gold series, on the scale from -1 to 1.

    Attributes:
        sentence: Its number, from 1.
        span: Where it stands, None where the file does not say.
        affect: Its values.
    """

    sentence: int
    span: Span | None
    affect: Affect


@dataclass(slots=True)
class Compared:
    """The figures.

    Attributes:
        moments: Axis to narrative id to moments, system first.
        covered: Sentences for which the system had values; for the others it is taken to say the neutral point.
        lacking: Narratives of the gold for which there was no series.
        unaligned: Narratives whose sentences could not be paired, and why.
        bounds: Intervals of the figures over all sentences, by ``valence ccc`` and so on; empty where none were asked for.
    """

    moments: dict[str, dict[str, Moments]] = field(default_factory=lambda: {axis: {} for axis in AXES})
    covered: int = 0
    lacking: list[str] = field(default_factory=list)
    unaligned: dict[str, str] = field(default_factory=dict)
    bounds: Mapping[str, Interval] = field(default_factory=dict)

    def overall(self) -> dict[str, Moments]:
        """All sentences together, by axis."""
        return {axis: total(self.moments[axis].values()) for axis in AXES}


def read_gold(path: Path, scale: tuple[float, float] | None = None) -> dict[str, list[GoldPoint]]:
    """Read a gold series: a row a sentence, with ``id``, ``sentence`` (from 1) or ``index`` (from 0), ``valence`` and ``arousal``.

    Where ``start`` and ``end`` stand too (code points into the text, end exclusive), sentences are paired by place.

    Args:
        path: Comma-, semicolon- or tab-separated, with a header.
        scale: Least and greatest value of its numbers; without it -1 to 1 where any is negative, else 0 to 1.

    Raises:
        DataError: It cannot be used: what, in which line, and what would be right.
    """
    text = read_text(path)
    head = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=head.count))
    columns = rows.fieldnames or []
    counted = next((name for name in ("sentence", "index") if name in columns), None)
    if lacking := [name for name in ("id", "sentence" if counted is None else counted, *AXES) if name not in columns]:
        raise DataError(path, 1, f"lacks the column {lacking[0]!r}; a gold series has id, sentence (or index), valence and arousal")
    counted = str(counted)
    raw: list[tuple[int, str, int, Span | None, float, float]] = []
    seen: set[tuple[str, int]] = set()
    for row in rows:
        line = rows.line_num
        try:
            number = int(row[counted]) + (counted == "index")
            span = (int(row["start"]), int(row["end"])) if row.get("start") and row.get("end") else None
            valence, arousal = (float(str(row[axis]).replace(",", ".")) for axis in AXES)
        except (TypeError, ValueError):
            raise DataError(path, line, "holds something else where numbers belong") from None
        if not row["id"]:
            raise DataError(path, line, "names no narrative")
        if (row["id"], number) in seen:
            raise DataError(path, line, f"gives sentence {row[counted]} of {row['id']!r} a second time")
        seen.add((row["id"], number))
        raw.append((line, row["id"], number, span, valence, arousal))
    low, high = scale or ((-1.0, 1.0) if any(min(item[4:]) < 0 for item in raw) else (0.0, 1.0))
    gold: dict[str, list[GoldPoint]] = {}
    for line, id_, number, span, *numbers in raw:
        if not all(low <= value <= high for value in numbers):
            raise DataError(path, line, f"has a number beyond {low:g} and {high:g}; say which scale it is on (--gold-scale)")
        valence, arousal = (2 * (value - low) / (high - low) - 1 for value in numbers)
        gold.setdefault(id_, []).append(GoldPoint(number, span, Affect(valence, arousal)))
    return {id_: sorted(points, key=lambda point: point.sentence) for id_, points in gold.items()}


def compare(several: Iterable[Series], gold: Mapping[str, Sequence[GoldPoint]], neutral: Affect, times: int = 1000) -> Compared:
    """Compare series with gold ones.

    Args:
        several: What the system says, a narrative each; those that the gold lacks are left out.
        gold: By narrative id.
        neutral: What a sentence without values is taken to say.
        times: How many resamples of the narratives the 95 % intervals are from; 0 for none.
    """
    found = Compared()
    for series in several:
        if series.id not in gold or series.id in found.moments["valence"]:
            continue
        pairs = _pairs(series, gold[series.id])
        if isinstance(pairs, str):
            found.unaligned[series.id] = pairs
            continue
        found.covered += sum(ours is not None for ours, _ in pairs)
        for number, axis in enumerate(AXES):
            ours = [(one or neutral)[number] for one, _ in pairs]
            found.moments[axis][series.id] = Moments.of(ours, [other[number] for _, other in pairs])
    found.lacking = [id_ for id_ in gold if id_ not in found.moments["valence"] and id_ not in found.unaligned]
    ids = list(found.moments["valence"])
    if times and ids:
        found.bounds = intervals(ids, times, lambda drawn: _named({axis: total(found.moments[axis][i] for i in drawn) for axis in AXES}))
    return found


def _named(moments: Mapping[str, Moments]) -> dict[str, float | None]:
    return {f"{axis} {measure}": getattr(moments[axis], measure) for axis in AXES for measure in MEASURES}


def _pairs(series: Series, gold: Sequence[GoldPoint]) -> list[tuple[Affect | None, Affect]] | str:
    """What both say of each sentence of the gold, or why that cannot be told."""
    points = series.points
    if not points:
        return "it has no sentences"
    if all(point.span is not None for point in gold):
        starts = [point.span[0] for point in points]
        return [(_at(points, starts, point.span).line, point.affect) for point in gold if point.span is not None]
    if [point.sentence for point in gold] != [point.sentence for point in points]:
        return (
            f"the gold has {len(gold)} sentences, the last numbered {gold[-1].sentence}, and Ressenti cuts {len(points)}; "
            "with the columns start and end they are paired by place"
        )
    return [(ours.line, theirs.affect) for ours, theirs in zip(points, gold, strict=True)]


def _at(points: Sequence[Point], starts: Sequence[int], span: Span) -> Point:
    """The sentence that has most of a span."""
    first = max(0, bisect_right(starts, span[0]) - 1)
    last = max(first + 1, bisect_left(starts, span[1]))
    return max(points[first:last], key=lambda point: min(point.span[1], span[1]) - max(point.span[0], span[0]))

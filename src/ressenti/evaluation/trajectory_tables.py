"""What is known of trajectories from a gold series: on the terminal, as rows, as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

from ressenti.corpora.harmless import one_line
from ressenti.evaluation.concordance import Moments
from ressenti.evaluation.trajectories import AXES, MEASURES, Compared

COLUMNS = ("id", "sentences", *(f"{axis}_{measure}" for axis in AXES for measure in MEASURES))
ALL = "(all)"
_NAMES = {"ccc": "CCC", "pearson": "Pearson", "rmse": "RMSE"}


def rows(found: Compared) -> Iterator[tuple[object, ...]]:
    """A row a narrative and one of all sentences, under `COLUMNS`; an empty cell where a figure is not defined."""
    for id_ in found.moments["valence"]:
        yield _row(id_, {axis: found.moments[axis][id_] for axis in AXES})
    yield _row(ALL, found.overall())


def as_json(found: Compared) -> str:
    """All figures as one JSON object; ``bounds`` are 95 % intervals."""
    overall = found.overall()
    figures = {
        axis: {
            measure: {"value": _rounded(getattr(overall[axis], measure)), "bounds": _bounds(found, axis, measure)} for measure in MEASURES
        }
        for axis in AXES
    }
    narratives = {
        id_: {axis: {measure: _rounded(getattr(found.moments[axis][id_], measure)) for measure in MEASURES} for axis in AXES}
        for id_ in found.moments["valence"]
    }
    data = {
        "sentences": overall["valence"].n, "covered": found.covered, "figures": figures, "narratives": narratives, "lacking": found.lacking,
        "unaligned": found.unaligned,
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def render(found: Compared) -> str:
    """The figures as a table to read."""
    from rich.console import Console
    from rich.table import Table

    buffer, overall = io.StringIO(), found.overall()
    console = Console(file=buffer, width=100, markup=False, emoji=False, highlight=False, color_system=None)
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    table.add_column("")
    for axis in AXES:
        for measure in MEASURES:
            table.add_column(f"{axis}\n{_NAMES[measure]}", justify="right")
    for id_, sentences, *figures in rows(found):
        table.add_row(f"{one_line(str(id_))} ({sentences})", *(_shown(figure) for figure in figures))
    if found.bounds:
        table.add_row("  95 % from", *(_shown(_bound(found, axis, measure, 0)) for axis in AXES for measure in MEASURES))
        table.add_row("  to", *(_shown(_bound(found, axis, measure, 1)) for axis in AXES for measure in MEASURES))
    console.print(table)
    number = overall["valence"].n
    console.print(
        f"\n{found.covered} of {number} sentences have values; the others are taken as neutral. RMSE is on the scale from -1 to 1."
    )
    return "\n".join(line.rstrip() for line in buffer.getvalue().split("\n"))


def _row(id_: str, moments: dict[str, Moments]) -> tuple[object, ...]:
    figures = [_rounded(getattr(moments[axis], measure)) for axis in AXES for measure in MEASURES]
    return (id_, moments["valence"].n, *("" if figure is None else figure for figure in figures))


def _bounds(found: Compared, axis: str, measure: str) -> list[float] | None:
    bounds = found.bounds.get(f"{axis} {measure}")
    return None if bounds is None else [round(bound, 4) for bound in bounds]


def _bound(found: Compared, axis: str, measure: str, which: int) -> float | str:
    bounds = found.bounds.get(f"{axis} {measure}")
    return "" if bounds is None else bounds[which]


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _shown(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else "–" if value == "" else str(value)

"""An evaluation on the terminal and as JSON."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from ressenti.corpora.harmless import one_line
from ressenti.evaluation.agreement import Measure
from ressenti.evaluation.errors import KINDS, Error, counts, differences, errors, precisions
from ressenti.evaluation.evaluate import Evaluation, Pairing
from ressenti.evaluation.scores import LEVELS, MARKED, QUALITIES, Figure
from ressenti.schema import MODES, ROLES

if TYPE_CHECKING:
    from rich.table import Table

NAMES = (
    "mention", *(f"mention+{level}" for level in LEVELS), *(f"recall:{mode}" for mode in MODES),
    *(f"accuracy:{quality}" for quality in QUALITIES), *(f"status:{status}" for status in MARKED), "model+primary",
    *(f"{kind}:{role}" for kind in ("role", "matched") for role in (*ROLES, "all")),
)  # fmt: skip
"""All figures there are."""

WIDTH, CONTEXT = 20, 40
"""Cells of a bar; code points of the account shown before and after an error."""


def unmatched(patterns: Iterable[str]) -> str | None:
    """The first pattern that no figure's name fits."""
    return next((pattern for pattern in patterns if not any(fnmatchcase(name, pattern) for name in NAMES)), None)


def as_json(evaluation: Evaluation, pairing: Pairing, measures: Sequence[Measure]) -> str:
    """Everything as one JSON object; it holds labels and offsets, no account."""
    found = errors(evaluation.comparisons)
    data = {
        "narratives": len(evaluation.comparisons),
        "lacking": pairing.lacking,
        "further": pairing.further,
        "differing": [id_ for id_, _ in pairing.differing],
        "bootstrap": evaluation.bootstrap,
        "figures": {name: figure.to_dict() for name, figure in evaluation.figures.items()},
        "agreement": [measure.to_dict() for measure in measures],
        "errors": {"counts": counts(found), "list": [error.to_dict() for error in found]},
        "rules": [precision.to_dict() for precision in precisions(evaluation.comparisons)],
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def render(
    evaluation: Evaluation, measures: Sequence[Measure], *, names: tuple[str, str], patterns: Sequence[str], by_rule: bool, errors: int
) -> str:
    """The tables as text.

    Args:
        evaluation: What was found out.
        measures: Agreement of two annotators; where there is any it stands in the place of the figures.
        names: Of the gold file and of the system's.
        patterns: Names of the figures to show, with wildcards; all if there are none.
        by_rule: Whether to show the rules.
        errors: How many errors of each kind to show.
    """
    from rich.console import Console

    buffer = io.StringIO()
    width = shutil.get_terminal_size().columns if sys.stdout is not None and sys.stdout.isatty() else 120
    console = Console(file=buffer, width=max(80, width), markup=False, emoji=False, highlight=False, color_system=None)
    number = len(evaluation.comparisons)
    gold, system = file_names(names)
    console.print(f"{system} against {gold}: {number} narrative{'s' if number > 1 else ''}\n")
    if measures:
        console.print(_agreement(measures))
    else:
        shown = [f for f in evaluation.figures.values() if not patterns or any(fnmatchcase(f.name, pattern) for pattern in patterns)]
        console.print(_figures(shown))
    if by_rule:
        console.print(_rules(evaluation))
    if errors or not patterns:
        kinds = differences(gold, system) if measures else {kind: (kind, what) for kind, what in KINDS.items()}
        _errors(console.print, evaluation, errors, "differences" if measures else "errors", kinds)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def file_names(paths: tuple[str, str]) -> tuple[str, str]:
    """The two files by their names, or by their paths where the names are the same."""
    one, other = (Path(one_line(path)).name or one_line(path) for path in paths)
    return (one, other) if one != other else (one_line(paths[0]), one_line(paths[1]))


def _table(*columns: str, left: Sequence[int] = (0,)) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for k, column in enumerate(columns):
        table.add_column(column, justify="left" if k in left else "right", no_wrap=True)
    return table


def _figures(figures: Sequence[Figure]) -> Table:
    table = _table("figure", "", "value", "95 %", "", "P", "R", "gold", "system", left=(0, 1, 4))
    for figure in figures:
        v = figure.values
        p, r = (_value(v[key]) if key in v else "" for key in ("P", "R"))
        gold = v.get("gold", v.get("of", v.get("gold left over")))
        table.add_row(
            figure.name, figure.key, _value(figure.headline), _interval(figure.interval), bar(figure.headline, figure.interval), p, r,
            f"{gold or 0:.0f}", f"{v['system']:.0f}" if "system" in v else "",
        )  # fmt: skip
    return table


def _agreement(measures: Sequence[Measure]) -> Table:
    table = _table("agreement", "value", "95 %", "", "units", left=(0, 3))
    for m in measures:
        table.add_row(m.name, _value(m.value), _interval(m.interval), bar(m.value, m.interval), str(m.units))
    return table


def _rules(evaluation: Evaluation) -> Table:
    table = _table("rule", "gives", "right", "of", "precision", "made", left=(0, 1))
    for p in precisions(evaluation.comparisons):
        share = "–" if p.share is None else f"{p.share:.2f}"
        table.add_row(one_line(p.rule), p.kind, str(p.right), str(p.judged), share, str(p.made))
    return table


def _errors(put: Callable[..., None], evaluation: Evaluation, shown: int, title: str, kinds: Mapping[str, tuple[str, str]]) -> None:
    found = errors(evaluation.comparisons)
    table = _table(title, "", "", left=(0, 2))
    for kind, number in counts(found).items():
        name, what = kinds[kind]
        table.add_row(name, str(number), what)
    put(table)
    texts = {c.gold.id: c.gold.text for c in evaluation.comparisons}
    for kind, (name, _) in kinds.items() if shown else ():
        of_kind = [error for error in found if error.kind == kind]
        if not of_kind:
            continue
        put(f"{name}: {len(of_kind)}" + (f", the first {shown}" if len(of_kind) > shown else ""))
        for error in of_kind[:shown]:
            said = " → ".join(dict.fromkeys(value for value in (error.gold, error.system) if value))
            put(
                f"  {one_line(error.narrative)}: {said}  [{one_line(error.rule)}]\n    {excerpt(texts[error.narrative], error)}",
                soft_wrap=True,
            )
        put("")


def excerpt(text: str, error: Error) -> str:
    """The words of an error in their context: those of the gold in « », else those of the system."""
    spans = error.gold_spans or error.system_spans
    first, last = spans[0][0], spans[-1][1]
    before, after = max(0, first - CONTEXT), min(len(text), last + CONTEXT)
    start, end = "…" if before else "", "…" if after < len(text) else ""
    words = one_line(text[first:last])
    return f"{start}{one_line(text[before:first])} «\N{NO-BREAK SPACE}{words}\N{NO-BREAK SPACE}» {one_line(text[last:after])}{end}"


def _value(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _interval(interval: tuple[float, float] | None) -> str:
    return "" if interval is None else f"{interval[0]:.2f}–{interval[1]:.2f}"


def bar(value: float | None, interval: tuple[float, float] | None) -> str:
    """A bar from 0 to 1; where there is an interval, its uncertain part is lighter. Empty where there is no value."""
    solid, light = (round(max(0.0, min(1.0, x)) * WIDTH) for x in interval or (value or 0.0, value or 0.0))
    return ("█" * solid + "░" * (light - solid)).ljust(WIDTH, "·")

"""The agreement of two reviewers as tables on the terminal and as JSON; no word of an account."""

from __future__ import annotations

import io
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ressenti.corpora.harmless import one_line
from ressenti.evaluation.agreement import Measure
from ressenti.evaluation.tables import bar
from ressenti.ontology.emotions import load_emotions
from ressenti.review.agreement.pairs import Reviewed

if TYPE_CHECKING:
    from rich.table import Table

KINDS = ("F1", "IoU", "alpha", "kappa", "u-alpha", "same")
"""What the names of measures begin with."""
NOTE = (
    "Both began from the same annotation: what neither of them touched counts as agreed. The lines of verdict say how far they judged alike"
    " what was found."
)


def as_json(measures: Sequence[Measure], found: Reviewed, reviewers: tuple[str, str], tier: str, bootstrap: int) -> str:
    """Everything as one JSON object.

    Args:
        measures: What was measured.
        found: Of which narratives.
        reviewers: Their names.
        tier: Of the labels.
        bootstrap: How many resamples the intervals are from, where there are any.
    """
    data = {
        "reviewers": list(reviewers), "narratives": [item.found.id for item in found.both], "single": found.single, "undone": found.undone,
        "applied": found.applied, "misfits": len(found.misfits), "tier": tier, "bootstrap": bootstrap,
        "agreement": [measure.to_dict() for measure in measures],
    }  # fmt: skip
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def render(measures: Sequence[Measure], found: Reviewed, reviewers: tuple[str, str]) -> str:
    """The same as text: a table of what is measured over all, and one of the labels."""
    from rich.console import Console

    width = shutil.get_terminal_size().columns if sys.stdout is not None and sys.stdout.isatty() else 120
    buffer = io.StringIO()
    console = Console(file=buffer, width=max(80, width), markup=False, emoji=False, highlight=False, color_system=None)
    number = len(found.both)
    one, other = map(one_line, reviewers)
    console.print(f"{one} and {other}: {number} narrative{'s' if number > 1 else ''} that both reviewed\n")
    labels: dict[str, dict[str, Measure]] = {}
    table = _table("agreement", "value", "95 %", "", "units", left=(0, 3))
    for m in measures:
        kind, name = next((kind, m.name[len(kind) + 1 :]) for kind in KINDS if m.name.startswith(f"{kind} "))
        if name in load_emotions():
            labels.setdefault(name, {})[kind] = m
        else:
            table.add_row(m.name, _figure(m), _interval(m), bar(m.value, m.interval), str(m.units))
    console.print(table)
    console.print(_labels(labels))
    console.print(NOTE)
    return "\n".join(line.rstrip() for line in buffer.getvalue().splitlines()) + "\n"


def _labels(labels: Mapping[str, Mapping[str, Measure]]) -> Table:
    table = _table("emotion", "marks", "F1", "95 %", "alpha", "95 %", "kappa", "u-alpha", "95 %")
    for label, of in labels.items():
        f1, alpha, kappa, units = (of[kind] for kind in ("F1", "alpha", "kappa", "u-alpha"))
        table.add_row(
            label, str(f1.units), _figure(f1), _interval(f1), _figure(alpha), _interval(alpha), _figure(kappa), _figure(units),
            _interval(units),
        )  # fmt: skip
    return table


def _table(*columns: str, left: Sequence[int] = (0,)) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
    for k, column in enumerate(columns):
        table.add_column(column, justify="left" if k in left else "right", no_wrap=True)
    return table


def _figure(m: Measure) -> str:
    return "–" if m.value is None else f"{m.value:.3f}"


def _interval(m: Measure) -> str:
    return "" if m.interval is None else f"{m.interval[0]:.2f}–{m.interval[1]:.2f}"

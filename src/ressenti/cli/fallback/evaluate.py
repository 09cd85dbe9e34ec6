"""``ressenti fallback evaluate``: a model against what people said."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ressenti._console import Exit, guarded, say
from ressenti.cli.fallback.taught import MAPPING, MODEL, ROWS, read_gold_tables, read_passages
from ressenti.cli.inputs import account_options, check_output, open_run, status

if TYPE_CHECKING:
    from ressenti.fallback.model.figures import Figures

EPILOG = """\b
Exit status:
  0    the model was measured
  1    some inputs failed; the figures are over the others
  2    the command was called wrongly
  3    nothing could be read or measured, or the model cannot be used
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted

\b
The figures are explained in docs/fallback.md. None quotes an account."""


@click.command(epilog=EPILOG, short_help="Measure a model against labels given by hand.")
@click.argument("model", type=MODEL)
@click.option("--gold", required=True, metavar="FILE", help="JSON Lines of marked narratives, or of a corpus' rows.")
@MAPPING
@ROWS
@click.option("--cut", type=click.Choice(("f1", "model")), default="f1", show_default=True,
              help="From which probability on a label is said: best for F1 if probabilities are right, or the model's own.")  # fmt: skip
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True, help="A table, or JSON.")
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only, replaced as a whole.")
@account_options
def evaluate(model: Path, files: tuple[str, ...], **options: Any) -> None:
    """Measure MODEL on the sentences of accounts, beside the rules, with them, and where they are silent."""
    with guarded():
        _evaluate(model, files, **options)


def _evaluate(
    model: Path,
    files: tuple[str, ...],
    *,
    gold: str,
    mapping: str | None,
    rows: bool,
    cut: str,
    form: str,
    output: str | None,
    **reading: Any,
) -> None:
    import numpy as np

    from ressenti.corpora.writing import Output
    from ressenti.fallback.label_model import weak_labels
    from ressenti.fallback.lessons import FEWEST
    from ressenti.fallback.model.figures import best_cuts, measure, said_by_rules, truth
    from ressenti.fallback.model.opening import open_model
    from ressenti.fallback.model.speaking import Fallback

    output = None if output == "-" else output
    check_output(output, (str(model), gold))
    fallback = Fallback(open_model(model))
    run = open_run(files, output, keep=True, **reading)
    passages = read_passages(run, output, rows)
    table = read_gold_tables((gold,), mapping, passages) or {}
    names = fallback.model.labels
    right = truth(passages, table, names)
    if not right.any():
        say("nothing to measure: the gold says nothing of these sentences")
        sys.exit(Exit.NOTHING)
    probabilities = fallback.probabilities(passages)
    cuts = best_cuts(names, probabilities) if cut == "f1" else fallback.model.thresholds
    ours, of_rules = probabilities >= cuts, said_by_rules(passages, names)
    silent = np.array([not passage.mentions for _, passage, _ in passages], bool)
    parts = {
        "rules": measure(names, of_rules.astype(np.float32), of_rules, right),
        "both": measure(names, probabilities, of_rules | (ours & silent[:, None]), right),
        "model": measure(names, probabilities, ours, right),
        "silent": measure(names, probabilities[silent], ours[silent], right[silent]),
    }
    if len(passages) >= FEWEST:
        functions = weak_labels(passages)
        mean = (probabilities + np.stack([functions.of(name) for name in names], axis=1)) / np.float32(2)
        parts["mean"] = measure(names, mean, mean >= best_cuts(names, mean), right)
    with Output(output) as out:
        if form == "json":
            out.write(json.dumps({name: asdict(figures) for name, figures in parts.items()}, indent=1) + "\n")
        else:
            out.write("\n".join(_text(name, figures) for name, figures in parts.items()))
        out.keep()
    sys.exit(status(run))


_HEADS = {
    "rules": "The rules alone", "both": "The rules, and the model where they are silent", "model": "The model alone",
    "silent": "The model, where the rules are silent",
    "mean": "The mean of the model and the labelling functions",
}  # fmt: skip


def _text(name: str, figures: Figures) -> str:
    head = _HEADS[name]
    lines = [f"{head} ({figures.passages:,})", f"{'':<22}{'gold':>7}{'P':>7}{'R':>7}{'F1':>7}{'ECE':>7}"]
    lines += [
        f"{row.label:<22}{row.gold:>7,}{row.precision:>7.2f}{row.recall:>7.2f}{row.f1:>7.2f}{row.error:>7.3f}" for row in figures.rows
    ]
    for what, value in (
        ("presence, macro F1", figures.presence), ("primaries, macro F1", figures.primaries), ("modes, macro F1", figures.modes),
        ("components, macro F1", figures.components), ("primaries, ECE", figures.error),
    ):  # fmt: skip
        if value is not None:
            lines.append(f"{what:<43}{value:>7.3f}")
    return "\n".join(lines) + "\n"

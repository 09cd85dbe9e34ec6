"""``ressenti fallback evaluate``: a model against what people said."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from ressenti._console import guarded
from ressenti.cli.fallback.taught import MAPPING, MODEL, ROWS, open_fallback, read_gold_tables, read_passages
from ressenti.cli.inputs import account_options, check_output, open_run, status

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
    cut: Any,
    form: str,
    output: str | None,
    **reading: Any,
) -> None:
    from ressenti.corpora.writing import Output
    from ressenti.fallback.comparison import as_text, compare

    output = None if output == "-" else output
    check_output(output, (str(model), gold))
    fallback = open_fallback(model)
    run = open_run(files, output, keep=True, **reading)
    passages = read_passages(run, output, rows)
    found = compare(fallback, passages, read_gold_tables((gold,), mapping, passages) or {}, cut)
    with Output(output) as out:
        out.write(
            json.dumps({name: asdict(figures) for name, figures in found.items()}, indent=1) + "\n" if form == "json" else as_text(found)
        )
        out.keep()
    sys.exit(status(run))

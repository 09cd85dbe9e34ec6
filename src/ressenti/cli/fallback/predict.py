"""``ressenti fallback predict``: what a model thinks of each sentence."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from ressenti._console import guarded
from ressenti.cli.fallback.taught import MODEL, ROWS, STATUSES, open_fallback, read_passages
from ressenti.cli.inputs import account_options, check_output, open_run, status

EPILOG = f"""{STATUSES}
\b
JSON Lines, one object a sentence: narrative, span, whether the rules are
silent there, what the model says, and the probability of each label. Words
of the accounts stand there only with --text."""


@click.command(epilog=EPILOG, short_help="Tell what a model thinks of each sentence.")
@click.argument("model", type=MODEL)
@click.option("--masked", is_flag=True, help="Without the cues and without what the rules found in the sentence.")
@click.option("--text", is_flag=True, help="With the sentence.")
@ROWS
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only, replaced as a whole.")
@account_options
def predict(model: Path, files: tuple[str, ...], **options: Any) -> None:
    """Tell what MODEL thinks of each sentence of accounts."""
    with guarded():
        _predict(model, files, **options)


def _predict(model: Path, files: tuple[str, ...], *, masked: bool, text: bool, rows: bool, output: str | None, **reading: Any) -> None:
    from ressenti.corpora.writing import Output
    from ressenti.fallback.predictions import predictions

    output = None if output == "-" else output
    check_output(output, (str(model),))
    fallback = open_fallback(model)
    run = open_run(files, output, keep=True, **reading)
    passages = read_passages(run, output, rows)
    with Output(output) as out:
        for told in predictions(fallback, passages, masked=masked, text=text):
            out.write(json.dumps(told, ensure_ascii=False) + "\n")
        out.keep()
    sys.exit(status(run))

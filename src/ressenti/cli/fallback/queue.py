"""``ressenti fallback queue``: what a person should look at first."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ressenti._console import guarded, progress
from ressenti.cli.endings import form_of
from ressenti.cli.fallback.taught import MODEL, STATUSES, open_fallback
from ressenti.cli.inputs import account_options, check_output, check_run, counted, open_run, status

OF_SUFFIX = {".tsv": "tsv", ".jsonl": "jsonl"}
EPILOG = f"""{STATUSES}
\b
tsv: a row a sentence, without its words unless --text is given. jsonl: the
narratives that hold these sentences, with what the model says added, for
`ressenti review page`; most to learn from first."""


@click.command(epilog=EPILOG, short_help="List what a person should look at first.")
@click.argument("model", type=MODEL)
@click.option("-n", "--most", type=click.IntRange(min=1), default=100, show_default=True, help="How many sentences.")
@click.option("--text", is_flag=True, help="With the sentence (tsv).")
@click.option("--format", "form", type=click.Choice(("tsv", "jsonl")), help="By default as -o ends, else tsv.")
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only, replaced as a whole.")
@account_options
def queue(model: Path, files: tuple[str, ...], **options: Any) -> None:
    """List the sentences where rules and MODEL disagree, or where it is least sure: decisions on these teach most."""
    with guarded():
        _queue(model, files, **options)


def _queue(model: Path, files: tuple[str, ...], *, most: int, text: bool, form: str | None, output: str | None, **reading: Any) -> None:
    from ressenti.corpora.writing import Output
    from ressenti.fallback.passages import contexts
    from ressenti.fallback.queue import as_jsonl, as_tsv
    from ressenti.fallback.queue import queue as queued

    output = None if output == "-" else output
    form = form or form_of(output, OF_SUFFIX, "tsv")
    check_output(output, (str(model),))
    fallback = open_fallback(model)
    run = open_run(files, output, keep=True, **reading)
    with progress(output is not None or not sys.stdout.isatty()) as advance:
        narratives = list(counted(run, advance))
    check_run(run)
    found = queued(fallback, list(contexts(narratives)))[:most]
    with Output(output) as out:
        for part in as_jsonl(fallback, narratives, found) if form == "jsonl" else as_tsv(found, text=text):
            out.write(part)
        out.keep()
    sys.exit(status(run))

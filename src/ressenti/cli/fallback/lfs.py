"""``ressenti fallback lfs``: the labelling functions, how they do, and what their votes come to."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import click

from ressenti._console import guarded, say
from ressenti.cli.endings import form_of
from ressenti.cli.fallback.taught import MAPPING, ROWS, read_passages
from ressenti.cli.inputs import account_options, check_output, open_run, status

FORMATS = ("text", "json", "tsv")
OF_SUFFIX = {".txt": "text", ".json": "json", ".tsv": "tsv"}
EPILOG = """\b
Exit status:
  0    every account was read
  1    some inputs failed; the figures are over the others
  2    the command was called wrongly
  3    nothing could be read or measured, or the gold labels, the
       reviews, a vocabulary, a rule or the parser cannot be used
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted
  141  the reader of the output left

\b
The functions, their figures and the label model are explained in
docs/weak-labels.md. No format holds the accounts' words."""


@click.command(epilog=EPILOG, short_help="Tell how the labelling functions do.")
@click.option("--gold", metavar="FILE",
              help="Labels given by hand, to measure with: JSON Lines of marked narratives, or of a corpus' rows.")  # fmt: skip
@MAPPING
@click.option("--reviews", metavar="FILE", help="A table of coaches' votes, as one more function (docs/weak-labels.md).")
@ROWS
@click.option("--format", "form", type=click.Choice(FORMATS), help="Tables to read, JSON or TSV. By default as -o ends, else text.")
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only, replaced as a whole.")
@account_options
def lfs(files: tuple[str, ...], **options: Any) -> None:
    """Tell how the labelling functions do on the sentences of French accounts: coverage, overlap, conflict; with gold, how often right.

    Takes what ``ressenti annotate`` writes as it is; accounts that are not annotated yet are annotated on the way.
    """
    with guarded():
        _lfs(files, **options)


def _lfs(
    files: tuple[str, ...], *, gold: str | None, mapping: str | None, reviews: str | None, rows: bool, form: str | None,
    output: str | None, **reading: Any,
) -> None:  # fmt: skip
    from ressenti.corpora.writing import Output
    from ressenti.errors import RessentiError
    from ressenti.fallback import report
    from ressenti.fallback.functions import cast, shipped_functions
    from ressenti.fallback.functions.gold import gold_votes, load_mapping, read_gold
    from ressenti.fallback.functions.reviews import read_reviews
    from ressenti.fallback.label_model import METHODS, combine, with_tables
    from ressenti.fallback.labels import shipped_labels
    from ressenti.fallback.votes import Votes

    output = None if output == "-" else output
    if mapping and not gold:
        raise click.UsageError("--mapping says what the labels of --gold are; name its file")
    form = form or form_of(output, OF_SUFFIX, "text")
    for other in (gold, mapping, reviews):
        check_output(output, () if other is None else (other,))
    truth = gold_votes(read_gold(Path(gold), say), load_mapping(Path(mapping)) if mapping else None) if gold else None
    run = open_run(files, output, keep=True, **reading)
    with Output(output) as out:
        read = read_passages(run, output, rows)
        if not read:
            raise RessentiError("nothing to measure: there is no sentence in the input")
        functions = with_tables(shipped_functions(), None, read_reviews(Path(reviews), read) if reviews else None)
        votes = cast(read, functions)
        table = [() if truth is None else truth.get((here.narrative, here.span), ()) for _, here, _ in read]
        if truth is not None and not any(table):
            say("note: the gold labels and the accounts have no sentence in common; they are paired by id and place")
        labels = shipped_labels()
        known = Votes.by_hand(labels, table) if truth is not None and any(table) else None
        found = report.rows(votes, functions, known)
        compared = [] if known is None else list(report.compare({name: combine(votes, functions, name) for name in METHODS}, known))
        if form == "text":
            tty = output is None and sys.stdout is not None and sys.stdout.isatty()
            width = shutil.get_terminal_size().columns if tty else 120
            out.write(report.as_text(votes.passages, found, compared, max(80, width)))
        else:
            out.write(report.as_json(votes.passages, found, compared) if form == "json" else report.as_tsv(found, compared))
        out.keep()
    sys.exit(status(run))

"""``ressenti review summary``: one page to print for the meeting with the person."""

from __future__ import annotations

import sys
from typing import Any

import click

from ressenti._console import guarded, progress
from ressenti.cli.inputs import account_options, check_run, counted, open_run, status

EPILOG = """\b
Exit status:
  0    every account has its page
  1    some inputs failed, the others have their pages
  2    the command was called wrongly
  3    nothing was written: all inputs failed, or a vocabulary, a rule or the
       parser cannot be used
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted
  141  the reader of the output left

\b
Open the file in a browser and print it, or save it as PDF from there. It
quotes the accounts: keep it as you keep them."""


@click.command(epilog=EPILOG, short_help="Make one page an account to print for the meeting with the person.")
@click.option("-o", "--output", required=True, metavar="FILE", help="One HTML file; readable by you only, replaced as a whole.")
@click.option("--lang", "language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Language of the page.")
@account_options
def summary(files: tuple[str, ...], **options: Any) -> None:
    """Make one page an account to print for the meeting with the person.

    It holds the scene, the emotions in their order with their causes, signs of the body, thoughts, territory, contrary emotions, open
    questions, and room for notes.

    Takes what ``ressenti annotate`` and ``ressenti review apply`` write as it is; accounts that are not annotated yet are annotated on the
    way. What nobody has reviewed is marked so.
    """
    with guarded():
        _summary(files, **options)


def _summary(files: tuple[str, ...], *, output: str, language: Any, **reading: Any) -> None:
    from ressenti.corpora.writing import Output
    from ressenti.review.summary.page import page

    run = open_run(files, output, keep=True, **reading)
    with Output(None if output == "-" else output) as out:
        with progress(output != "-") as advance:
            for piece in page(counted(run, advance), language):
                out.write(piece)
        check_run(run)
        out.keep()
    sys.exit(status(run))

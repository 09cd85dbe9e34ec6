"""``ressenti review page``: a page on which a coach reads what was found, corrects it and decides."""

from __future__ import annotations

import sys
from typing import Any

import click

from ressenti._console import Exit, guarded, progress
from ressenti.cli.identifying import identifying_option, looked_through
from ressenti.cli.inputs import account_options, check_run, counted, open_run, status

EPILOG = """\b
Exit status:
  0    every account is in the page
  1    some inputs failed, the others are in the page
  2    the command was called wrongly
  3    there is no page: no account could be read, or a vocabulary, a
       rule or the parser cannot be used
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted
  141  the reader of the output left

\b
The page holds the accounts: keep it as you keep them. It asks nothing of the
network (docs/page-du-coach.md)."""


@click.command(epilog=EPILOG, short_help="Make a page on which a coach reads, corrects and decides.")
@click.option("-o", "--output", required=True, metavar="FILE", help="The page, one HTML file; readable by you only, replaced as a whole.")
@click.option("--lang", "language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Language of the page.")
@click.option("--reviewer", default="", metavar="NAME", help="Who will review; can be said in the page, too.")
@click.option("--pictures/--no-pictures", default=True, help="Whether graphs and trajectories are drawn.")
@identifying_option("none")
@account_options
def page(files: tuple[str, ...], **options: Any) -> None:
    """Make a page on which a coach reads what was found in accounts, corrects it and decides.

    Takes what ``ressenti annotate`` writes as it is; accounts that are not annotated yet are annotated on the way. What the coach decides
    is saved by the page as one JSON file, for ``ressenti review apply``.
    """
    with guarded():
        _page(files, **options)


def _page(
    files: tuple[str, ...], *, output: str, language: Any, reviewer: str, pictures: bool, identifying: str | None, **reading: Any
) -> None:
    from ressenti.corpora.writing import Output
    from ressenti.review.page.build import page as pieces

    run = open_run(files, output, keep=True, **reading)
    with looked_through(identifying, files, output) as look, Output(None if output == "-" else output) as out:
        with progress(output != "-") as advance:
            for piece in pieces(map(look, counted(run, advance)), language, reviewer=reviewer, pictures=pictures):
                out.write(piece)
        check_run(run)
        if not run.done:
            sys.exit(Exit.NOTHING)
        out.keep()
    sys.exit(status(run))

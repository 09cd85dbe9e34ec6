"""``ressenti annotate``: who feels what, why and towards whom."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ressenti._console import guarded, progress
from ressenti.cli.inputs import account_options, check_output, check_run, open_run, status

if TYPE_CHECKING:
    from ressenti.schema import Narrative

FORMATS = ("jsonl", "text", "table")
EPILOG = """\b
Exit status:
  0    every account was annotated
  1    some inputs failed, the others were annotated
  2    the command was called wrongly
  3    nothing could be annotated: all inputs failed, or a vocabulary,
       a rule or the parser cannot be used
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted
  141  the reader of the output left (as in: ressenti annotate … | head)

\b
Standard output carries the annotations, standard error the messages.
Environment: NO_COLOR (no colours), RESSENTI_DEBUG=1 (traceback of an
internal error; it may quote the account)."""


@click.command(epilog=EPILOG)
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True,
              help="JSON Lines, the account with its marks for reading, or a tab-separated table with a row a mention.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only, replaced as a whole.")
@click.option("--lang", type=click.Choice(["fr"]), help="Say that the accounts are French: no warning where they do not look so.")
@click.option("--color", "--colour", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
              help="Colours of the text format; auto: on a terminal, unless NO_COLOR is set.")  # fmt: skip
@click.option("--fallback", metavar="never|auto|MODEL", default="never", show_default=True,
              help="Let a model speak where the rules are silent: the one that comes along (auto), or your own.")  # fmt: skip
@account_options
def annotate(files: tuple[str, ...], lang: str | None, **options: Any) -> None:
    """Say who feels what, why and towards whom in French accounts.

    Reads .txt, .md, .docx, .odt, .pdf, .srt, .vtt, .jsonl, .json, .csv, .tsv and TEI .xml, whole folders of them, and standard
    input (-).
    """
    with guarded():
        _annotate(files, french=lang == "fr", **options)


def _annotate(files: tuple[str, ...], *, french: bool, form: str, output: str | None, color: str, fallback: str, **reading: Any) -> None:
    from ressenti.corpora.writing import Output

    output = None if output == "-" else output
    add = _fallback(fallback, output)
    run = open_run(files, output, keep=False, french=french, **reading)
    with Output(output) as out:
        write = _formatter(form, color, output)
        with progress(output is not None or not sys.stdout.isatty()) as advance:
            for narrative in map(add, run) if add else run:
                out.write(write(narrative))
                advance()
        check_run(run)
        out.keep()
    sys.exit(status(run))


def _fallback(wanted: str, output: str | None) -> Callable[[Narrative], Narrative] | None:
    """What adds to the narratives what a model finds; None for nothing."""
    if wanted == "never":
        return None
    from ressenti.errors import RessentiError
    from ressenti.fallback.model.opening import open_model, shipped_model
    from ressenti.fallback.model.speaking import Fallback

    if wanted == "auto":
        if (model := shipped_model()) is None:
            raise RessentiError("no model comes with this installation; train one (ressenti fallback train) and name it with --fallback")
        return Fallback(model)
    check_output(output, (wanted,))
    return Fallback(open_model(wanted))


def _formatter(form: str, color: str, output: str | None) -> Any:
    if form == "text":
        from ressenti.corpora.terminal import colours_wanted, render, width

        colour, columns = colours_wanted(color, None if output else sys.stdout), width()
        return lambda narrative: render(narrative, colour=colour, width=columns)
    from ressenti.corpora.writing import json_line, table

    return table() if form == "table" else json_line

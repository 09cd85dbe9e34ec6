"""``ressenti annotate``: who feels what, why and towards whom."""

from __future__ import annotations

import sys
from typing import Any

import click

from ressenti._console import Exit, guarded, progress, say

FORMATS = ("jsonl", "text", "table")
STDIN_FORMATS = ("txt", "md", "jsonl", "json", "csv", "tsv", "docx", "xml")
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
@click.argument("files", nargs=-1, metavar="[FILE|FOLDER|-]...")
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True,
              help="JSON Lines, the account with its marks for reading, or a tab-separated table with a row a mention.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only, replaced as a whole.")
@click.option("--text-column", metavar="NAME", help="Column of a table, or key of JSON, that holds the account.")
@click.option("--id-column", metavar="NAME", help="Column of a table, or key of JSON, that names the account.")
@click.option("--encoding", metavar="NAME", help="Encoding of text and tables; found out by default.")
@click.option("--stdin-format", type=click.Choice(STDIN_FORMATS), help="Format of standard input; txt or jsonl by default, as it begins.")
@click.option("--lang", type=click.Choice(["fr"]), help="Say that the accounts are French: no warning where they do not look so.")
@click.option("--vocabulary", multiple=True, metavar="FILE", help="A table of further words (docs/vocabulary.md); may be repeated.")
@click.option("--rules", multiple=True, metavar="PATH", help="A file or folder of further rules, tried first; may be repeated.")
@click.option("--color", "--colour", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True,
              help="Colours of the text format; auto: on a terminal, unless NO_COLOR is set.")  # fmt: skip
def annotate(files: tuple[str, ...], lang: str | None, **options: Any) -> None:
    """Say who feels what, why and towards whom in French accounts.

    Reads .txt, .md, .jsonl, .json, .csv, .tsv, .docx and TEI .xml, whole folders of them, and standard input (-).
    """
    files = files or _piped()
    with guarded():
        _annotate(files, french=lang == "fr", **options)


def _annotate(
    files: tuple[str, ...], *, french: bool, form: str, output: str | None, color: str, vocabulary: tuple[str, ...],
    rules: tuple[str, ...], **reading: str | None,
) -> None:  # fmt: skip
    from ressenti.corpora.run import Run
    from ressenti.corpora.writing import Output, is_input
    from ressenti.errors import InputError

    if "-" in files and sys.stdin is None:
        raise click.UsageError("standard input is closed")
    output = None if output == "-" else output
    if output is not None and is_input(output, files):
        raise click.BadParameter("it is also an input; write to another place", param_hint="'-o' / '--output'")
    with Output(output) as out:
        try:
            run = Run(files, say=say, french=french, vocabulary=vocabulary, rules=rules, **reading)
        except InputError as error:
            raise click.BadParameter(error.reason, param_hint="'--encoding'") from None
        write = _formatter(form, color, output)
        with progress(output is not None or not sys.stdout.isatty()) as advance:
            for narrative in run:
                out.write(write(narrative))
                advance()
        if run.failed and run.failed + run.done > 1:
            say(f"{run.failed} of {run.failed + run.done} inputs failed")
        if run.failed and not run.done:
            sys.exit(Exit.NOTHING)
        out.keep()
    sys.exit(Exit.SOME_FAILED if run.failed else Exit.DONE)


def _formatter(form: str, color: str, output: str | None) -> Any:
    if form == "text":
        from ressenti.corpora.terminal import colours_wanted, render, width

        colour, columns = colours_wanted(color, None if output else sys.stdout), width()
        return lambda narrative: render(narrative, colour=colour, width=columns)
    from ressenti.corpora.writing import json_line, table

    return table() if form == "table" else json_line


def _piped() -> tuple[str, ...]:
    """Standard input, unless somebody sits at it and would wait for an answer that never comes."""
    if sys.stdin is None or sys.stdin.isatty():
        raise click.UsageError("nothing to read: name a file or a folder, or pipe an account in (see: ressenti annotate --help)")
    return ("-",)

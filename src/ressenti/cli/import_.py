"""``ressenti import``: what people annotated in other tools comes back as narratives."""

from __future__ import annotations

import sys
from functools import partial

import click

from ressenti._console import Exit, guarded, progress, say
from ressenti.cli.export import RDF
from ressenti.cli.inputs import check_output, check_run, status

TOOLS = ("brat", "xmi", "cas-json", "webanno")
EPILOG = """\b
Exit status:
  0    every file was read
  1    some files failed, the others were read; or annotations
       were left out, which is told with file, line and reason
  2    the command was called wrongly
  3    nothing could be read
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted
  141  the reader of the output left (as in: ressenti import … | head)

\b
What comes back from which tool is in docs/exchange.md."""


@click.command(name="import", epilog=EPILOG)
@click.option("--format", "form", type=click.Choice((*TOOLS, *RDF)), help="Format of the files; by default as they end and begin.")
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only, replaced as a whole.")
@click.option("--reviewer", metavar="NAME", help="Who made what is new or changed there; stands in its source, as review:NAME.")
@click.argument("files", nargs=-1, required=True, metavar="FILE|FOLDER...")
def import_(files: tuple[str, ...], form: str | None, output: str | None, reviewer: str | None) -> None:
    """Read annotations of brat, INCEpTION (CAS, WebAnno TSV) and RDF, and write them as JSON Lines.

    What is unchanged since ``ressenti export`` wrote it comes back as it was; what people added or changed is theirs.
    """
    with guarded():
        _import(files, form, None if output == "-" else output, reviewer)


def _import(files: tuple[str, ...], form: str | None, output: str | None, reviewer: str | None) -> None:
    from ressenti.corpora.exchange.reading import Imports
    from ressenti.corpora.writing import Output, json_line
    from ressenti.graph.rdf.read import FORMATS, SUFFIXES, read

    check_output(output, files)
    others = {suffix: partial(read, form=known) for suffix, known in (*SUFFIXES.items(), *zip(FORMATS, FORMATS, strict=True))}
    run = Imports(files, say=say, form=form, reviewer=reviewer, others=others)
    with Output(output) as out:
        with progress(output is not None or not sys.stdout.isatty()) as advance:
            for narrative in run:
                out.write(json_line(narrative))
                advance()
        check_run(run)
        out.keep()
    sys.exit(Exit.SOME_FAILED if run.left_out else status(run))

"""``ressenti graph``: narratives as graphs, for other tools and for the eye."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ressenti._console import Exit, guarded, progress
from ressenti.cli.endings import form_of, keep_off_terminal
from ressenti.cli.identifying import identifying_option, looked_through
from ressenti.cli.inputs import account_options, check_run, open_run, status

if TYPE_CHECKING:
    from ressenti.corpora.run import Run
    from ressenti.schema import Narrative

NAMES = ("graphml", "gexf", "dot", "svg", "png", "json", "cytoscape", "csv")
OF_SUFFIX = {f".{name}": name for name in NAMES if name != "cytoscape"} | {".gv": "dot", ".cyjs": "cytoscape", ".zip": "csv"}
EPILOG = """\b
Formats (docs/graph.md):
  graphml    networkx, igraph, Gephi, yEd, Cytoscape
  gexf       Gephi (GEXF 1.3)
  dot        Graphviz
  svg, png   a picture
  json       networkx (node-link)
  cytoscape  cytoscape.js, Cytoscape
  csv        tables of nodes and of edges: an archive where -o ends in .zip,
             else two files in the folder -o

\b
Exit status:
  0    every account is in a graph
  1    some inputs failed, the others are
  2    the command was called wrongly
  3    there is no graph: all inputs failed, or a vocabulary, a rule,
       the parser or the renderer of PNG cannot be used
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted
  141  the reader of the output left"""


@click.command(epilog=EPILOG)
@click.option("--format", "form", type=click.Choice(NAMES), help="By default as -o ends; svg where it has no ending.")
@click.option(
    "-o", "--output", metavar="PATH", help="Write here instead of standard output; readable by you only. A folder with --separate."
)
@click.option("--lang", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Language of labels.")
@click.option("--merge/--separate", default=None,
              help="One graph of all narratives, the default where there are several, or a file for each in the folder -o.")  # fmt: skip
@click.option("--events/--no-events", default=True, help="Whether causes, targets and consequences that are no characters are nodes.")
@click.option("--components/--no-components", default=True, help="Whether components are nodes; pictures never show them.")
@click.option(
    "--ontology/--no-ontology", default=True, help="In a graph of several: whether the ontology's tree and dependencies are edges."
)
@click.option("--status", "which", type=click.Choice(["all", "affirmed"]), default="all", show_default=True,
              help="affirmed leaves out emotions that are denied or only imagined.")  # fmt: skip
@click.option(
    "--min-confidence", type=click.FloatRange(0, 1), default=0.0, metavar="NUMBER", help="Leave out what is less sure, from 0 to 1."
)
@identifying_option("none")
@account_options
def graph(files: tuple[str, ...], **options: Any) -> None:
    """Make graphs of accounts: who feels what, towards whom, and why.

    Reads what `ressenti annotate` reads, and takes what it wrote (JSON Lines with marks) as it is.
    """
    with guarded():
        _graph(files, **options)


def _graph(
    files: tuple[str, ...], *, form: str | None, output: str | None, lang: str, merge: bool | None, events: bool, components: bool,
    ontology: bool, which: str, min_confidence: float, identifying: str | None, **reading: Any,
) -> None:  # fmt: skip
    from ressenti.graph.formats.writers import FORMATS, Folder, write
    from ressenti.graph.merge import corpus_graph
    from ressenti.graph.model import narrative_graph
    from ressenti.graph.selection import selected, without_events

    output = None if output == "-" else output
    if form is None and merge is False:  # a folder, whose name may hold any dot
        form = OF_SUFFIX.get(Path(output or "").suffix.lower(), "svg")
    if form is None:
        whole = {ending: name for ending, name in OF_SUFFIX.items() if ending != ".csv"}  # two tables in no one file
        form = "csv" if str(output).lower().endswith(".csv") else form_of(output, whole, "svg")
    _check(form, output, merge)
    FORMATS[form].prepare()
    run = open_run(files, output, keep=True, **reading)

    def one(narrative: Narrative) -> Any:
        found = narrative_graph(narrative)
        return FORMATS[form].write(found if events else without_events(found), lang)  # type: ignore[arg-type]

    with looked_through(identifying, files, output) as look, progress(output is not None) as advance:
        narratives = (
            selected(look(narrative), affirmed=which == "affirmed", confidence=min_confidence, components=components)
            for narrative in _told(run, advance)
        )
        if merge is False:
            folder = Folder(str(output), FORMATS[form].suffix, files)
            for narrative in narratives:
                folder.write(narrative.id, one(narrative))
        elif len(first := list(islice(narratives, 2))) == 1 and not merge:
            content = one(first[0])
        else:
            content = FORMATS[form].write(corpus_graph(chain(first, narratives), events=events, ontology=ontology), lang)  # type: ignore[arg-type]
    if run.done and merge is not False:
        write(content, output, files)
    _end(run)


def _told(run: Run, advance: Any) -> Iterator[Narrative]:
    for narrative in run:
        advance()
        yield narrative


def _check(form: str, output: str | None, merge: bool | None) -> None:
    if merge is False and output is None:
        raise click.UsageError("--separate writes a file for each narrative: name a folder with -o")
    if form == "csv" and output is None:
        raise click.UsageError("csv is two tables: name a folder, or a file that ends in .zip, with -o")
    if form == "csv" and merge is not False and str(output).lower().endswith(".csv"):
        raise click.UsageError(f"csv is two tables, which {output} cannot hold: let -o end in .zip, or name a folder with --format csv")
    keep_off_terminal(form, output)


def _end(run: Run) -> None:
    check_run(run)
    sys.exit(status(run) if run.done else Exit.NOTHING)

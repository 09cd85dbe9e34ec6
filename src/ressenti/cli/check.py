"""``ressenti ontology report`` and ``validate``: what is amiss in the ontology and the vocabulary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ressenti._console import Exit, guarded

if TYPE_CHECKING:
    from ressenti.ontology.checks.data import Data

SHOWN = 10
_EPILOG = """\b
Exit status:
  0    {done}
  1    {failed}
  2    the command was called wrongly
  3    a file, a table, {other} cannot be used
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted
  141  the reader of the output left (as in: … | head)

\b
Without FILE the shipped ontology and vocabulary are checked. Files that
hold no emotions of their own are checked with the ontology beside them.
{more}"""
_REPORT = _EPILOG.format(done="nothing as bad as --fail-on was found", failed="something was", other="or a check", more="")
_VALIDATE = _EPILOG.format(
    done="the data conforms", failed="it does not", other="or a shape", more="Needs pip install 'ressenti[ontology]'."
)


@click.command(epilog=_REPORT, short_help="List what is amiss: labels, cycles, dangling links …")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "tsv", "json"]), default="table", show_default=True,
              help="For reading, tab-separated, or JSON.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(["error", "warn", "info", "none"]), default="error", show_default=True,
              help="Exit status 1 where something so bad, or worse, is found.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), default=SHOWN, show_default=True,
              help="Findings of a check that the table shows, 0 for all; TSV and JSON have them all.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output.")
@click.option("--tables", metavar="FOLDER", help="Check what these tables make: they stand in for the shipped ones of the same name.")
@click.option("--checks", metavar="FOLDER", help="Checks of your own (*.rq, see docs/checks.md) instead of the shipped ones.")
def report(
    files: tuple[Path, ...], form: str, fail_on: str, limit: int, output: str | None, tables: str | None, checks: str | None
) -> None:
    """Check the ontology and the vocabulary, or FILEs of RDF, and report what is amiss.

    Each check is a SPARQL query with a level (ERROR, WARN, INFO), the reason why its findings are amiss, and how to mend them. Reads
    .ttl, .owl, .rdf, .nt, .nq, .trig and .jsonld, packed by gzip too.
    """
    with guarded():
        from ressenti.ontology.checks import report as reports

        asked = reports.load_checks(Path(checks) if checks else None)
        found = reports.run(_data(files, tables), asked)
        _put(reports.write(found, form, limit), output, private=bool(files))
    sys.exit(Exit.SOME_FAILED if found.fails(fail_on) else Exit.DONE)


@click.command(epilog=_VALIDATE, short_help="Hold the data against SHACL shapes.")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@click.option("--shapes", multiple=True, metavar="FILE", help="Shapes of your own (Turtle) instead of the shipped ones; may be repeated.")
@click.option("--format", "form", type=click.Choice(["table", "ttl", "json"]), default="table", show_default=True,
              help="For reading, the SHACL report as Turtle, or JSON.")  # fmt: skip
@click.option("--limit", type=click.IntRange(min=0), default=0, show_default=True, help="Results that the table shows; 0 for all.")
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output.")
@click.option("--tables", metavar="FOLDER", help="Validate what these tables make: they stand in for the shipped ones of the same name.")
def validate(files: tuple[Path, ...], shapes: tuple[str, ...], form: str, limit: int, output: str | None, tables: str | None) -> None:
    """Hold the ontology and the vocabulary, or FILEs of RDF, against their SHACL shapes.

    Says of each thing that does not fit which property and value it is, and why. The whole vocabulary takes some ten seconds.
    """
    with guarded():
        from ressenti.ontology.shapes import validate as shacl

        outcome = shacl.validate(_data(files, tables), [Path(shape) for shape in shapes] or shacl.SHAPES)
        _put(shacl.write(outcome, form, limit), output, private=bool(files))
    sys.exit(Exit.DONE if outcome.conforms else Exit.SOME_FAILED)


def _data(files: tuple[Path, ...], tables: str | None) -> Data:
    from ressenti.ontology.checks import data
    from ressenti.ontology.rdf.build import Tables

    if files and tables:
        raise click.UsageError("give FILEs or --tables, not both")
    if files:
        return data.from_files(files)
    return data.from_tables(Tables(Path(tables))) if tables else data.shipped()


def _put(text: str, output: str | None, *, private: bool) -> None:
    """Write a report; one of FILEs, which may hold accounts, for its owner alone."""
    from ressenti.ontology.files import write_whole

    if output and output != "-":
        write_whole(Path(output), text.encode(), private=private)
    else:
        click.echo(text, nl=False)

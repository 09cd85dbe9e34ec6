"""``ressenti ontology``: build, check, reason over and document TONE."""

from __future__ import annotations

from pathlib import Path

import click

from ressenti._console import guarded
from ressenti.cli.check import report, validate
from ressenti.cli.dependencies import dependencies
from ressenti.cli.pages import docs
from ressenti.cli.reason import reason

FORMATS = ("ttl", "owl", "jsonld", "nt")


@click.group()
def ontology() -> None:
    """Build, check, reason over and document TONE, the ontology of emotions."""


@ontology.command(short_help="Write the ontology and the vocabulary as RDF.")
@click.option("-o", "--output", metavar="FOLDER", default="tone", show_default=True, help="Where the files go; made where there is none.")
@click.option("--format", "forms", type=click.Choice(FORMATS), multiple=True, default=("ttl", "owl", "jsonld"), show_default=True,
              help="Turtle, RDF/XML, JSON-LD or N-Triples; may be repeated.")  # fmt: skip
@click.option("--tables", metavar="FOLDER", help="Tables of your own: those in it stand in for the shipped ones of the same name.")
def build(output: str, forms: tuple[str, ...], tables: str | None) -> None:
    """Make the ontology and the French vocabulary as RDF, from the tables alone.

    Writes tone (the ontology), tone-inferred (what follows from it) and lexicon-fr (the vocabulary), each in each format. The same
    tables give the same bytes.
    """
    with guarded():
        from ressenti.ontology.rdf.build import Tables, build

        for path in build(Path(output), forms, Tables(Path(tables) if tables else None)):
            click.echo(path)


for command in (report, validate, reason, docs, dependencies):
    ontology.add_command(command)

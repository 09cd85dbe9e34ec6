"""``ressenti ontology reason``: is the ontology consistent, and what follows from it."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ressenti._console import Exit, guarded

EPILOG = """\b
Exit status:
  0    consistent, and every class can have instances
  1    inconsistent, or some class can have no instance
  2    the command was called wrongly
  3    nothing was reasoned over: a file or a table cannot be used,
       Java or owlready2 is missing, or HermiT gave up
  70   an internal error, a fault of Ressenti
  130  interrupted

\b
Nothing is fetched: owl:imports are not followed; name what is imported
as a further FILE. Needs Java, and pip install 'ressenti[ontology]'."""


@click.command(epilog=EPILOG, short_help="Say whether it is consistent, and what follows (HermiT).")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
              help="For reading, or JSON with whole IRIs.")  # fmt: skip
@click.option("--tables", metavar="FOLDER", help="Reason over TONE made from tables of your own (see: ressenti ontology build --help).")
@click.option("--timeout", type=click.FloatRange(min=0), default=600, show_default=True, metavar="SECONDS",
              help="Stop the reasoner after so long; 0 for no limit.")  # fmt: skip
def reason(files: tuple[str, ...], form: str, tables: str | None, timeout: float) -> None:
    """Say whether an ontology is consistent, and what follows from it.

    Reasons by HermiT over FILEs of RDF taken together (.ttl, .owl, .rdf, .nt, .jsonld …), with TONE beside them where they hold no emotion
    of their own; without FILE over TONE itself. Says which classes can have no instance, and what was inferred that nobody stated.
    """
    if files and tables:
        raise click.UsageError("give FILEs or --tables, not both")
    with guarded():
        from ressenti.ontology import reasoner

        limit = timeout or None
        if files:
            result = reasoner.reason_over_files([Path(file) for file in files], limit)
        else:
            result = reasoner.reason_over_tables(Path(tables) if tables else None, limit)
        click.echo((reasoner.as_json if form == "json" else reasoner.as_text)(result), nl=False)
    sys.exit(Exit.DONE if result.sound else Exit.SOME_FAILED)

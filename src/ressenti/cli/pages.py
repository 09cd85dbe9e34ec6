"""``ressenti ontology docs``: the ontology as pages to read."""

from __future__ import annotations

from pathlib import Path

import click

from ressenti._console import guarded


@click.command(short_help="Make pages to read, in French and English.")
@click.option("-o", "--output", metavar="FOLDER", default="tone", show_default=True,
              help="Where the pages go, beside the files of `ressenti ontology build`; made where there is none.")  # fmt: skip
@click.option("--lang", type=click.Choice(["fr", "en", "both"]), default="both", show_default=True, help="Language of the pages.")
@click.option("--tables", metavar="FOLDER", help="Tables of your own: those in it stand in for the shipped ones of the same name.")
def docs(output: str, lang: str, tables: str | None) -> None:
    """Make pages that document the ontology, in French and in English, with a drawing of its tree.

    Writes index.fr.html and index.en.html, which need neither network nor script, and the drawing by itself as tone-tree.fr.svg and
    tone-tree.en.svg. The same tables give the same bytes.
    """
    with guarded():
        from ressenti.ontology.emotions import LANGUAGES
        from ressenti.ontology.pages import write_pages
        from ressenti.ontology.rdf.build import Tables

        for path in write_pages(Path(output), LANGUAGES if lang == "both" else (lang,), Tables(Path(tables) if tables else None)):
            click.echo(path)

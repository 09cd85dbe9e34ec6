"""``ressenti vocab probe``: how well an encoder places terms whose emotion nobody disputes."""

from __future__ import annotations

from pathlib import Path

import click

from ressenti._console import guarded, say

PLACE = click.Path(path_type=Path)


@click.command(short_help="Measure how well an encoder places known terms.")
@click.option("--backend", metavar="SPEC", multiple=True,
              help="light, thesaurus, sentence:MODEL, or several with +; may be repeated; by default what propose would take.")  # fmt: skip
@click.option("--thesaurus", metavar="FILE", type=PLACE, help="A thesaurus in MyThes form; by default that of LibreOffice or Debian.")
@click.option("--glosses", metavar="FILE", type=PLACE, help="A dictionary: a term, a tab and its glosses a line; plain or .gz.")
@click.option(
    "--probe", metavar="FILE", type=PLACE, help="A table of terms with their emotions (term, pos, emotion); by default the shipped one."
)
@click.option("--vocabulary", metavar="FILE", type=PLACE, help="The vocabulary to learn from; by default the shipped one.")
@click.option("--allow-network", is_flag=True, help="Fetch a sentence model that is not on this machine.")
@click.option("--cache", metavar="FOLDER", type=PLACE, help="Where vectors are kept; by default the user's cache.")
@click.option("--wrong", is_flag=True, help="Also list the terms that are placed under another primary.")
def probe(
    backend: tuple[str, ...], thesaurus: Path | None, glosses: Path | None, probe: Path | None, vocabulary: Path | None,
    allow_network: bool, cache: Path | None, wrong: bool
) -> None:  # fmt: skip
    """Place each term of a probe as if it were new, and print the share that lands under the right primary.

    Columns: TONE's rule; the nearest mean of the other probe terms; our rule with the term hidden; our rule with its whole family hidden.
    """
    with guarded():
        from ressenti.vocab_builder.assignment.probe import PROBE, load_probe, measure
        from ressenti.vocab_builder.assignment.proposing import default_backend, read_dictionary
        from ressenti.vocab_builder.embedding import open_encoder
        from ressenti.vocab_builder.embedding.kept import cache_folder, unkept

        dictionary, terms = read_dictionary(glosses), load_probe(probe or PROBE)
        cache, specs = cache or cache_folder(), backend or (default_backend(thesaurus),)
        if reason := unkept(cache):
            say(f"note: {reason}")
        # One that cannot be used is told before the table, not in it
        encoders = [open_encoder(spec, thesaurus=thesaurus, allow_network=allow_network, cache=cache) for spec in specs]
        for number, (spec, encoder) in enumerate(zip(specs, encoders, strict=True)):
            figures = measure(encoder, terms, dictionary, vocabulary=vocabulary)
            if not number:
                click.echo("encoder\ttone\tprobe\talone\tfamily\tgroup\tword")
            click.echo("\t".join([spec, *figures.cells()]))
            if wrong:
                for term, emotion, primary in figures.alone.wrong:
                    click.echo(f"\t{term}\t{emotion}\t→ {primary}")

"""``ressenti ontology dependencies``: propose opposites, compositions and what leads to what, with their evidence."""

from __future__ import annotations

from pathlib import Path

import click

from ressenti._console import guarded, say

WORDNET = "/usr/share/wordnet"


@click.command(short_help="Propose opposites, blends, and what leads to what.")
@click.option("--narratives", multiple=True, metavar="FILE",
              help="Annotated narratives: JSON Lines of ressenti annotate, or gold narratives; may be repeated.")  # fmt: skip
@click.option("--wordnet", metavar="FOLDER",
              help=f"Data files of WordNet 3.0; by default {WORDNET}, where there is one.")  # fmt: skip
@click.option("--decisions", metavar="FILE", help="What was accepted and refused before; by default the shipped table.")
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; replaced as a whole.")
def dependencies(narratives: tuple[str, ...], wordnet: str | None, decisions: str | None, output: str | None) -> None:
    """Propose dependencies between emotions: opposites, compositions, and what leads to what.

    Writes the table of evidence (docs/dependencies.md) and says which proposals wait for a decision. What was refused is not proposed
    again. A method whose input is not given finds nothing: without narratives no counts, without WordNet no English antonyms. The same
    input gives the same bytes.
    """
    with guarded():
        from ressenti.corpora.writing import is_input
        from ressenti.ontology.dependencies import load_decisions
        from ressenti.ontology.dependencies.proposals import propose, waiting
        from ressenti.ontology.dependencies.records import write_evidence
        from ressenti.ontology.dependencies.stories import read_stories
        from ressenti.ontology.emotions import load_emotions
        from ressenti.ontology.files import write_whole

        output = None if output == "-" else output
        if output is not None and is_input(output, [*narratives, *filter(None, [decisions])]):
            raise click.BadParameter("it is also an input; write to another place", param_hint="'-o' / '--output'")
        emotions = load_emotions()
        decided = load_decisions(Path(decisions) if decisions else None, emotions)
        if wordnet is None and Path(WORDNET).is_dir():
            wordnet = WORDNET
        if wordnet is None:
            say(f"note: no WordNet at {WORDNET}, so no English antonyms; name its folder with --wordnet (Debian: wordnet-base)")
        if not narratives:
            say("note: no narratives, so nothing is counted; name annotated ones with --narratives")
        stories = [(Path(name).stem, read_stories(Path(name), emotions)) for name in narratives]
        evidence = propose(emotions, decided, narratives=stories, wordnet=Path(wordnet) if wordnet else None)
        table = write_evidence(evidence)
        if output is None:
            click.echo(table, nl=False)
        else:
            write_whole(Path(output), table.encode())
        for line in waiting(evidence, decided):
            say(line)

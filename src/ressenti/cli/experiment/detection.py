"""``ressenti experiment detection``: emotion detection with and without the ontology's vocabulary."""

from __future__ import annotations

import sys

import click

from ressenti._console import Exit, guarded, say
from ressenti.cli.experiment.output import EPILOG, figure, options, rounded, show


@click.command(epilog=EPILOG, short_help="Detection with and without the vocabulary.")
@click.argument("gold", metavar="GOLD.jsonl…", nargs=-1, required=True)
@options
def detection(gold: tuple[str, ...], bootstrap: int, as_json: bool) -> None:
    """Tell which sentences of marked narratives hold which primary, by one classifier with and without the ontology's vocabulary.

    Cross-validation over narratives. Columns: mean of the F1 of the primaries, F1 of presence (mean of yes and no), F1 of each primary.
    """
    with guarded():
        from ressenti.corpora.annotated import readable
        from ressenti.evaluation.experiments.detection import read_corpus, table
        from ressenti.ontology.vocabulary import load_vocabulary
        from ressenti.rules.parser import load_parser
        from ressenti.rules.triggers import Matcher

        marked = [narrative for path in gold for narrative in readable(path, say)[0]]
        nlp = load_parser()
        corpus = read_corpus(marked, Matcher(nlp, load_vocabulary()), nlp.make_doc)
        if not corpus.primaries:
            say("too few marked sentences: no primary is in 20 of them")
            sys.exit(Exit.NOTHING)
        rows, data = [["way", "primaries", "presence", *corpus.primaries]], []
        for line in table(corpus, bootstrap):
            means = {"macro": line.macro, "presence": line.presence}
            rows.append(
                [line.way, *(figure(value, line.intervals.get(name)) for name, value in means.items()),
                 *(figure(line.f1[name], None) for name in corpus.primaries)]
            )  # fmt: skip
            data.append({"way": line.way} | rounded(means) | {"f1": rounded(line.f1), "intervals": line.intervals})
        if not as_json:
            click.echo(f"{len(marked)} narratives, {len(corpus.texts)} sentences, {int(corpus.gold.any(axis=1).sum())} with an emotion")
        show(rows, data, as_json=as_json)

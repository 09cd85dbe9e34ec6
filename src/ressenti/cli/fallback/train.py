"""``ressenti fallback train``: a model from weak labels and from what people said."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from ressenti._console import Exit, guarded, progress, say
from ressenti.cli.fallback.taught import GOLD, MAPPING, ROWS, read_gold_tables, read_passages
from ressenti.cli.inputs import account_options, check_output, open_run, status

EPILOG = """\b
Exit status:
  0    the model is written
  1    some inputs failed; it was trained on the others
  2    the command was called wrongly
  3    nothing could be read or learnt, or the gold labels, the reviews,
       a vocabulary, a rule or the parser cannot be used
  4    the model cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted; nothing was written

\b
Readable by you only: a model may give back words of the accounts that it was
trained on. Nothing in it is run when it is loaded. docs/fallback.md."""


@click.command(epilog=EPILOG, short_help="Train a model on what the rules are sure of.")
@click.option("-o", "--output", required=True, metavar="MODEL", help="The model: one file, replaced as a whole.")
@click.option("--name", metavar="NAME", help="What its mentions are signed with.  [default: the file's name without its ending]")
@GOLD
@MAPPING
@click.option("--reviews", metavar="FILE", help="A table of coaches' votes, as `ressenti review apply --votes` writes it.")
@ROWS
@click.option("--masked", type=click.FloatRange(0, 1), default=0.5, show_default=True,
              help="Share of the sentences with cues that are seen without them: more than words for emotions is learnt.")  # fmt: skip
@click.option("--precision", type=click.FloatRange(0, 1), default=0.5, show_default=True,
              help="How often right a label must be, where the rules are silent, to be said.")  # fmt: skip
@click.option("--encoder", metavar="PATH|NAME",
              help="Fine-tune this encoder (extra [neural]) beside the linear model; -o is a folder then.")  # fmt: skip
@click.option("--epochs", type=click.IntRange(min=1), default=3, show_default=True, help="With --encoder: how often all is seen.")
@click.option("--batch", type=click.IntRange(min=1), default=32, show_default=True,
              help="With --encoder: sentences a step; a GPU likes more, such as 256, a small memory fewer.")  # fmt: skip
@click.option("--resume", is_flag=True, help="With --encoder: go on with a training that was interrupted.")
@click.option("--allow-network", is_flag=True, help="With --encoder: fetch one by its name on the hub.")
@account_options
def train(files: tuple[str, ...], **options: Any) -> None:
    """Train a model that speaks where the rules are silent, on accounts that the rules annotate.

    What the rules, the vocabulary and small heuristics say of each sentence is weighed into weak labels (`ressenti fallback lfs` shows
    how); gold labels and coaches' votes count more. The same input gives the same model.
    """
    with guarded():
        _train(files, **options)


def _train(
    files: tuple[str, ...], *, output: str, name: str | None, gold: tuple[str, ...], mapping: str | None, reviews: str | None, rows: bool,
    masked: float, precision: float, encoder: str | None, epochs: int, batch: int, resume: bool, allow_network: bool, **reading: Any,
) -> None:  # fmt: skip
    from ressenti.fallback.functions.reviews import read_reviews
    from ressenti.fallback.lessons import FEWEST, lesson
    from ressenti.fallback.model.file import Model as Linear
    from ressenti.fallback.model.file import save
    from ressenti.fallback.model.speaking import Model
    from ressenti.fallback.model.teaching import Settings, teach

    if encoder is None and (resume or allow_network):
        raise click.UsageError("--resume and --allow-network are for --encoder: the linear model is trained in one go, from here")
    if encoder is None and output.endswith(("/", os.sep)):
        raise click.UsageError(f"-o {output}: the linear model is one file; a folder is written with --encoder")
    if mapping and not gold:
        raise click.UsageError("--mapping says what the labels of --gold are; name its file")
    check_output(output, (*gold, *filter(None, (mapping, reviews))))
    run = open_run(files, output, keep=True, **reading)
    passages = read_passages(run, output, rows)
    if len(passages) < FEWEST:
        say(f"note: {len(passages)} sentences are few; below some thousands a model learns little")
    table = read_gold_tables(gold, mapping, passages)
    taught = lesson(passages, gold=table, reviews=read_reviews(Path(reviews), passages) if reviews else None)
    name = name or Path(output).stem
    with progress(True) as advance:
        if encoder is None:
            model: Model = teach(taught, name, Settings(masked=masked, precision=precision), lambda _: advance())
        else:
            from ressenti.fallback.model.neural import NeuralSettings, teach_neural

            model = teach_neural(
                taught, name, encoder, NeuralSettings(masked=masked, precision=precision, epochs=epochs, batch=batch), folder=Path(output),
                tell=say, allow_network=allow_network, resume=resume,
            )  # fmt: skip
    if not model.labels:
        say("nothing could be learnt: no label has enough sentences that bear it and enough that do not; give more accounts")
        sys.exit(Exit.NOTHING)
    if isinstance(model, Linear):
        save(model, output)
    said = [label for label, least in zip(model.labels, model.thresholds, strict=True) if least <= 1]
    say(
        f"{output}: learnt {len(model.labels)} labels from {len(passages):,} sentences; sure enough to be said: {', '.join(said) or 'none'}"
    )
    sys.exit(status(run))

"""What the commands that train and measure models have in common: passages of what the user named, and what people said of them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ressenti._console import progress, say
from ressenti.cli.inputs import check_run, counted

if TYPE_CHECKING:
    from ressenti.corpora.run import Run
    from ressenti.fallback.functions.function import Table
    from ressenti.fallback.model.speaking import Fallback
    from ressenti.fallback.passages import Context
    from ressenti.fallback.votes import LabelVote
    from ressenti.schema import Span

MODEL = click.Path(path_type=Path)
STATUSES = """\b
Exit status:
  0    every account was read
  1    some inputs failed, the others are there
  2    the command was called wrongly
  3    nothing could be read, or the model cannot be used
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted
"""
"""Of a command that tells what a model thinks of accounts."""
ROWS = click.option("--rows", is_flag=True, help="Each account is a sentence of a running text: those beside it are its neighbours.")
GOLD = click.option("--gold", metavar="FILE", multiple=True,
                    help="Labels given by hand: JSON Lines of marked narratives, or of a corpus' rows; again for more.")  # fmt: skip
MAPPING = click.option("--mapping", metavar="FILE",
                       help="From the labels of the corpus to ours, instead of that of EmoTextToKids (docs/weak-labels.md).")  # fmt: skip


def open_fallback(model: Path) -> Fallback:
    """What the user named: a trained model, or ``auto``, the one that comes along."""
    from ressenti.fallback.model.opening import named_model
    from ressenti.fallback.model.speaking import Fallback

    return Fallback(named_model(str(model)))


def read_passages(run: Run, output: str | None, rows: bool) -> list[Context]:
    """The passages of a run; ends where there is none."""
    from ressenti.fallback.passages import contexts, row_contexts

    with progress(output is not None or not sys.stdout.isatty()) as advance:
        found = list((row_contexts if rows else contexts)(counted(run, advance)))
    check_run(run)
    return found


def read_gold_tables(gold: Sequence[str], mapping: str | None, passages: Sequence[Context]) -> Table | None:
    """What people said of the passages; None where no file is named."""
    from ressenti.fallback.functions.gold import gold_votes, load_mapping, read_gold

    if not gold:
        return None
    scheme = load_mapping(Path(mapping)) if mapping else None
    found: dict[tuple[str, Span], Sequence[LabelVote]] = {}
    for path in gold:
        found |= gold_votes(read_gold(Path(path), say), scheme)
    if not any((passage.narrative, passage.span) in found for _, passage, _ in passages):
        say("note: the gold labels and the accounts have no sentence in common; they are paired by id and place")
    return found

"""``ressenti vocab diff``: what a change of the vocabulary does to annotations."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ressenti._console import Exit, guarded, say
from ressenti.cli.inputs import check_output

if TYPE_CHECKING:
    from ressenti.ontology.vocabulary import Entry
    from ressenti.schema import Narrative
    from ressenti.vocab_builder.promotion.diff import Diff
    from ressenti.vocab_builder.promotion.diff_report import Scores

SHIPPED = "shipped"
FIGURES = ("mention", "mention+primary", "mention+emotion")
EPILOG = """\b
Exit status:
  0    the two vocabularies were compared on every account
  1    some inputs failed, the figures are of the others
  2    the command was called wrongly
  3    all inputs failed, or a vocabulary cannot be used
  4    the output cannot be written

\b
Examples quote accounts: they go to a terminal, or with -o to a file that
only you can read."""


@click.command(epilog=EPILOG, short_help="Show what a change of the vocabulary does to annotations.")
@click.argument("old")
@click.argument("new")
@click.argument("corpus", nargs=-1, metavar="[CORPUS]...")
@click.option("--whole", is_flag=True, help="OLD and NEW are whole vocabularies; by default each comes on top of the shipped one.")
@click.option("--gold", metavar="FILE", help="Marked narratives, to score both vocabularies on.")
@click.option("--examples", type=click.IntRange(min=0), default=0, show_default=True, metavar="N", help="Sentences to show for each term.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Tables, or one JSON object."
)
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only, replaced as a whole.")
def diff(old: str, new: str, corpus: tuple[str, ...], whole: bool, gold: str | None, examples: int, form: str, output: str | None) -> None:
    """Compare two vocabularies: their entries, and what CORPUS is annotated with by each.

    OLD and NEW are tables in the form of docs/vocabulary.md, or the word "shipped". CORPUS is read as `ressenti annotate` reads it. An
    account in which no changed term stands is not parsed; the others are parsed once.
    """
    output = None if output == "-" else output
    if examples and output is None and not sys.stdout.isatty():
        raise click.UsageError("examples quote accounts: name a file with -o, which only you can read")
    with guarded():
        from ressenti.corpora.terminal import colours_wanted, width
        from ressenti.corpora.writing import Output
        from ressenti.rules.parser import load_parser
        from ressenti.vocab_builder.promotion.diff import Diff
        from ressenti.vocab_builder.promotion.diff_report import as_json, render

        check_output(output, (*corpus, *filter(None, (gold,)), *(v for v in (old, new) if v != SHIPPED)))
        before, after = _vocabulary(old, whole), _vocabulary(new, whole)
        with Output(output) as out:
            compared = Diff(load_parser(), before, after)
            accounts = _Accounts(corpus)
            effect = compared.effect(accounts, examples)
            scores, unread = _scores(compared, gold) if gold else ({}, 0)
            failed = accounts.failed + unread
            shown = None if output else sys.stdout
            page = render(effect, scores, width=width() if shown else 120, colour=colours_wanted("auto", shown))
            out.write(as_json(effect, scores) if form == "json" else page)
            out.keep()
    if failed and not effect.accounts and not scores:
        sys.exit(Exit.NOTHING)
    sys.exit(Exit.SOME_FAILED if failed else Exit.DONE)


def _vocabulary(name: str, whole: bool) -> list[Entry]:
    from ressenti.ontology.vocabulary import load_vocabulary

    if name == SHIPPED:
        return [*load_vocabulary()]
    return [*(() if whole else load_vocabulary()), *load_vocabulary(Path(name))]


class _Accounts:
    """The accounts of a corpus; what cannot be read is told and counted."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        self.failed = 0
        self._paths = paths

    def __iter__(self) -> Iterator[Narrative]:
        from ressenti.corpora.reading import read
        from ressenti.errors import InputError
        from ressenti.schema import Component, Narrative

        for item in read(self._paths, say=say):
            if isinstance(item, InputError):
                self.failed += 1
                say(str(item))
            else:
                yield Narrative(item.id, item.text, [Component(key, (start, end), "given") for key, start, end in item.components])


def _scores(compared: Diff, gold: str) -> tuple[Scores, int]:
    """The main figures before and after, with those of the others that differ; and how many narratives could not be read."""
    from ressenti.corpora.annotated import readable
    from ressenti.evaluation.evaluate import evaluate

    marked, failed = readable(gold, say)
    pairs = [*compared.pairs(marked)]
    old, new = (
        evaluate(zip(marked, side, strict=True)).figures for side in ([before for before, _ in pairs], [after for _, after in pairs])
    )
    wanted = [name for name in new if name in FIGURES or (name in old and old[name].headline != new[name].headline)]
    return {name: (old[name].headline, new[name].headline) for name in wanted}, failed

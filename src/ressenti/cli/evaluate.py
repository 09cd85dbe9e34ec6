"""``ressenti evaluate``: a system against a gold file, or two annotators against each other."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

import click

from ressenti._console import Exit, guarded, say

if TYPE_CHECKING:
    from ressenti.evaluation.evaluate import Pairing

EPILOG = """\b
Exit status:
  0    every narrative of the gold was compared
  1    some narratives could not be read or compared, the figures are of
       the others
  2    the command was called wrongly
  3    nothing could be compared
  4    the report cannot be written
  70   an internal error, a fault of Ressenti

\b
The figures are defined in docs/evaluate.md. --json quotes no account, --errors
and --html do."""


@click.command(epilog=EPILOG, short_help="Score a system against a gold file, or compare two annotators.")
@click.argument("gold")
@click.argument("system")
@click.option("--bootstrap", type=click.IntRange(min=0), default=300, show_default=True, metavar="N",
              help="Resamples of the narratives for the 95 % intervals; 0 for none.")  # fmt: skip
@click.option("--figures", multiple=True, metavar="PATTERN", help="Figures to show, as mention+primary or 'matched:*'; may be repeated.")
@click.option("--agreement", is_flag=True, help="Take SYSTEM for a second annotator: chance-corrected agreement instead of scores.")
@click.option("--by-rule", is_flag=True, help="Show how often each rule is right.")
@click.option("--errors", type=click.IntRange(min=0), default=0, show_default=True, metavar="N",
              help="Show so many errors of each kind, in their context.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="All figures, errors and rules as JSON.")
@click.option("--html", metavar="FILE", help="Write a report to read in a browser: figures, rules, errors, both markings side by side.")
def evaluate(gold: str, system: str, **options: Any) -> None:
    """Compare SYSTEM, what was found, with GOLD, what should be.

    Both are JSON Lines of marked narratives: a gold file, or what `ressenti annotate` writes; one of them may be standard input (-).
    Narratives are paired by their ids.
    """
    if gold == system == "-":
        raise click.UsageError("only one of GOLD and SYSTEM can be standard input")
    with guarded():
        _evaluate(gold, system, **options)


def _evaluate(
    gold: str, system: str, *, bootstrap: int, figures: tuple[str, ...], agreement: bool, by_rule: bool, errors: int, as_json: bool,
    html: str | None,
) -> None:  # fmt: skip
    from ressenti.corpora.writing import Output, is_input
    from ressenti.evaluation import evaluate as room
    from ressenti.evaluation import tables
    from ressenti.evaluation.agreement import agreement as agree

    if html is not None and is_input(html, [path for path in (gold, system) if path != "-"]):
        raise click.BadParameter("it is also an input; write to another place", param_hint="'--html'")
    if unknown := tables.unmatched(figures):
        raise click.BadParameter(f"no figure is called {unknown!r}; see docs/evaluate.md", param_hint="'--figures'")
    with Output(html) if html is not None else contextlib.nullcontext() as page:
        found, failed = _pair(gold, system, both=agreement)
        evaluation = room.evaluate(found, 0 if agreement and not (as_json or html) else bootstrap)
        measures = agree(found.pairs, bootstrap) if agreement else []
        if as_json:
            click.echo(tables.as_json(evaluation, found, measures))
        else:
            names = (gold, system)
            click.echo(tables.render(evaluation, measures, names=names, patterns=figures, by_rule=by_rule, errors=errors), nl=False)
        if page is not None:
            from ressenti.evaluation.report import report

            page.write(report(evaluation, measures, gold=gold, system=system, lacking=len(found.lacking)))
            page.keep()
            say(f"note: {html}: holds the accounts; readable by you only")
    sys.exit(Exit.SOME_FAILED if failed else Exit.DONE)


def _pair(gold: str, system: str, *, both: bool) -> tuple[Pairing, bool]:
    """The narratives of both files, paired, and whether some were lost on the way; all of it is told.

    ``both``: those that the second file lacks are not compared; its annotator has not seen them.
    """
    from ressenti.corpora.annotated import readable
    from ressenti.evaluation.evaluate import pair

    (marked, broken), (found, lost) = readable(gold, say), readable(system, say)
    pairing = pair(marked, found)
    for id_, place in pairing.differing:
        say(f"{id_!r}: the texts differ from character {place} on; offsets into one mean nothing in the other, it is left out")
    if pairing.further:
        say(f"note: {_several(len(pairing.further), 'narrative')} of {system} not in {gold}, left out")
    if len(pairing.pairs) == len(pairing.lacking):
        why = "" if not pairing.lacking else "; narratives are paired by their ids"
        say(f"nothing to compare: {gold} and {system} have no narrative in common{why}")
        sys.exit(Exit.NOTHING)
    if pairing.lacking:
        what = "they are left out" if both else "all their marks count as missed"
        say(f"note: {system} lacks {len(pairing.lacking)} of the {len(marked)} narratives of {gold}; {what}")
    if both:
        lacking = set(pairing.lacking)
        pairing.pairs = [pair for pair in pairing.pairs if pair[0].id not in lacking]
    return pairing, bool(broken or lost or pairing.differing)


def _several(number: int, noun: str) -> str:
    return f"{number} {noun}{'s are' if number > 1 else ' is'}"

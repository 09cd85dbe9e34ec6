"""``ressenti trajectory``: valence and arousal over the text, and which emotion follows which."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ressenti._console import Exit, guarded, progress, say
from ressenti.cli.endings import form_of, keep_off_terminal
from ressenti.cli.inputs import account_options, check_run, open_run, status

if TYPE_CHECKING:
    from ressenti.corpora.run import Run
    from ressenti.corpora.writing import Output
    from ressenti.graph.trajectory.series import Method, Series

FORMATS = ("csv", "json", "svg", "png")
OF_SUFFIX = {".csv": "csv", ".json": "json", ".jsonl": "json", ".svg": "svg", ".png": "png"}
TIERS = ("primary", "secondary", "tertiary")
NARRATOR, ALL = "NARRATOR", "all"
PICTURES = 40
"""The most trajectories in one picture: nobody looks at more, and they are held in memory."""
EPILOG = """\b
Exit status:
  0    every account has its trajectory
  1    some inputs failed, or some narratives of the gold could not be
       compared; the others are there
  2    the command was called wrongly
  3    nothing could be read or compared, or a vocabulary, a rule, the
       parser, a table of values or a gold series cannot be used
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted
  141  the reader of the output left

\b
The values, the line and the figures are explained in docs/trajectory.md. No
format holds the narratives' words."""


@click.command(epilog=EPILOG, short_help="Show how feeling runs through an account, sentence by sentence.")
@click.option("--format", "form", type=click.Choice(FORMATS),
              help="CSV, a row a sentence; JSON Lines, a narrative each; or a picture. By default as -o ends, else csv.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only, replaced as a whole.")
@click.option("--of", default="NARRATOR", show_default=True, metavar="NARRATOR|E1|all",
              help="Whose feelings: the narrator's, those of an entity by its id, or everybody's.")  # fmt: skip
@click.option("--window", type=click.FloatRange(min=0, max=1000), metavar="N",
              help="Smooth over so many sentences, 0 for no smoothing; above 100 sentences 5 is calmer.  [default: 1]")  # fmt: skip
@click.option("--values", "table", metavar="FILE",
              help="A table with the valence and arousal of emotions, instead of ours (docs/trajectory.md).")  # fmt: skip
@click.option("--transitions", is_flag=True, help="Which emotion follows which, as a matrix, instead of trajectories.")
@click.option("--tier", type=click.Choice(TIERS), default="primary", show_default=True, help="How fine the emotions of the matrix are.")
@click.option("--each", is_flag=True, help="A matrix for each narrative too (csv, json).")
@click.option("--gold", metavar="FILE",
              help="Compare with a gold series: CSV with id, sentence, valence, arousal. Figures instead of trajectories.")  # fmt: skip
@click.option("--gold-scale", type=(float, float), metavar="LOW HIGH",
              help="Scale of the gold.  [default: -1 1 where a number is negative, else 0 1]")  # fmt: skip
@click.option("--bootstrap", type=click.IntRange(min=0), default=1000, show_default=True, metavar="N",
              help="Resamples of the narratives for the 95 % intervals of the figures; 0 for none.")  # fmt: skip
@click.option(
    "--lang", "language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Language of pictures and labels."
)
@account_options
def trajectory(files: tuple[str, ...], **options: Any) -> None:
    """Show how feeling runs through French accounts: valence and arousal, sentence by sentence.

    Takes what ``ressenti annotate`` writes as it is; accounts that are not annotated yet are annotated on the way.
    """
    with guarded():
        _trajectory(files, **options)


def _trajectory(
    files: tuple[str, ...], *, form: str | None, output: str | None, of: str, window: float | None, table: str | None, transitions: bool,
    tier: str, each: bool, gold: str | None, gold_scale: tuple[float, float] | None, bootstrap: int, language: Any, **reading: Any,
) -> None:  # fmt: skip
    from ressenti.corpora.writing import Output
    from ressenti.evaluation.trajectories import read_gold
    from ressenti.graph.trajectory.series import Method
    from ressenti.graph.trajectory.values import load_values

    output = None if output == "-" else output
    if form is None and (gold is None or Path(output or "").suffix.lower() not in ("", ".txt")):  # figures are a table to read, too
        form = form_of(output, OF_SUFFIX, "" if gold else "csv") or None
    if gold is not None and (transitions or form in ("svg", "png")):
        raise click.UsageError("--gold gives figures, as a table to read, csv or json; it goes with no picture and not with --transitions")
    if each and (not transitions or form in ("svg", "png")):
        raise click.UsageError("--each goes with --transitions as csv or json")
    if gold_scale is not None and gold_scale[0] >= gold_scale[1]:
        raise click.BadParameter("the first number is the least, the second the greatest", param_hint="'--gold-scale'")
    keep_off_terminal(form, output)
    if form == "png":
        from ressenti.graph.drawing.png import renderer

        renderer()  # before anything is read
    how: dict[str, Any] = {} if window is None else {"window": window}
    method = Method(**how, values=load_values(Path(table) if table else None))
    marked = read_gold(Path(gold), gold_scale) if gold else None
    run = open_run(files, output, keep=True, **reading)
    failed = False
    with Output(output) as out:
        with progress(output is not None or not sys.stdout.isatty()) as advance:
            narratives = _each(run, advance, of)
            if transitions:
                _transitions(narratives, run, out, form or "csv", of, tier, each, language)
            elif marked is not None:
                failed = _figures((_series(n, of, method) for n in narratives), marked, method, bootstrap, form, out)
            else:
                _trajectories((_series(n, of, method) for n in narratives), run, out, form or "csv", method, language)
        check_run(run)
        out.keep()
    sys.exit(Exit.SOME_FAILED if failed else status(run))


def _each(run: Run, advance: Any, of: str) -> Iterable[Any]:
    known = of in (NARRATOR, ALL)
    for narrative in run:
        known = known or _has(narrative, of)
        yield narrative
        advance()
    if not known and run.done:
        say(f"note: no account has an entity {of}; the ids of its entities are in what ressenti annotate writes")


def _has(narrative: Any, of: str) -> bool:
    return of in {entity.id for entity in narrative.entities} | {role.entity for role in narrative.roles}


def _series(narrative: Any, of: str, method: Method) -> Series:
    from ressenti.graph.trajectory.series import series

    found = series(narrative, of, method)
    if not found.told:
        if of in (NARRATOR, ALL) or _has(narrative, of):
            whose = {NARRATOR: " of the narrator", ALL: ""}.get(of, f" of {of}")
            say(f"note: {narrative.id!r}: no emotion{whose} was found")
        else:
            say(f"note: {narrative.id!r}: has no entity {of}")
    return found


def _trajectories(several: Iterable[Series], run: Run, out: Output, form: str, method: Method, language: Any) -> None:
    from ressenti.graph.trajectory import tables

    if form in ("csv", "json"):
        if form == "csv":
            out.write(tables.csv_lines([tables.COLUMNS]))
        for one in several:
            out.write(tables.csv_lines(tables.series_rows(one)) if form == "csv" else tables.series_json(one, method))
        return
    from ressenti.graph.trajectory.chart import trajectories_svg

    drawn = []
    for one in several:
        drawn.append(one)
        if len(drawn) > PICTURES:
            raise click.UsageError(f"more than {PICTURES} narratives are no picture; draw them one by one, or take csv or json")
    check_run(run)
    if not drawn:
        sys.exit(Exit.NOTHING)
    _draw(trajectories_svg(drawn, language), form, out)


def _transitions(narratives: Iterable[Any], run: Run, out: Output, form: str, of: str, tier: str, each: bool, language: Any) -> None:
    from ressenti.graph.trajectory import tables
    from ressenti.graph.trajectory.transitions import Transitions

    def write(transitions: Transitions, id_: str | None) -> None:
        out.write(
            tables.csv_lines(tables.step_rows(transitions, "(all)" if id_ is None else id_, language))
            if form == "csv"
            else tables.steps_json(transitions, id_, of)
        )

    if form == "csv":
        out.write(tables.csv_lines([tables.STEP_COLUMNS]))
    together = Transitions(tier)
    for narrative in narratives:
        together.add(narrative, of)
        if each:
            alone = Transitions(tier)
            alone.add(narrative, of)
            write(alone, narrative.id)
    if form in ("csv", "json"):
        write(together, None)
        return
    from ressenti.graph.trajectory.matrix import transitions_svg

    check_run(run)
    _draw(transitions_svg(together, of, language), form, out)


def _draw(svg: str, form: str, out: Output) -> None:
    if form == "svg":
        out.write(svg)
        return
    from ressenti.graph.drawing.png import png

    out.write_bytes(png(svg))


def _figures(several: Iterable[Series], gold: Any, method: Method, bootstrap: int, form: str | None, out: Output) -> bool:
    """Write how well the trajectories agree with the gold; True where some narratives could not be compared."""
    from ressenti.evaluation import trajectory_tables as shown
    from ressenti.evaluation.trajectories import compare
    from ressenti.graph.trajectory.tables import csv_lines

    found = compare(several, gold, method.neutral, bootstrap)
    for id_, reason in found.unaligned.items():
        say(f"{id_!r}: {reason}; left out")
    if found.lacking:
        say(f"note: {len(found.lacking)} of the {len(gold)} narratives of the gold are not among the accounts")
    if not found.moments["valence"]:
        say("nothing to compare: the gold and the accounts have no narrative in common; they are paired by their ids")
        sys.exit(Exit.NOTHING)
    if form is None:
        out.write(shown.render(found))
    else:
        out.write(csv_lines([shown.COLUMNS, *shown.rows(found)]) if form == "csv" else shown.as_json(found))
    return bool(found.unaligned)

"""``ressenti review apply``: what reviewers decided goes into the narratives."""

from __future__ import annotations

import contextlib
import sys
from collections import Counter
from typing import TYPE_CHECKING

import click

from ressenti._console import Exit, guarded, say
from ressenti.cli.review.reading import check_outputs, read_paired

if TYPE_CHECKING:
    from ressenti.corpora.writing import Output
    from ressenti.review.decisions.outcome import Outcome

TOLD = 20
"""Decisions that do not fit which are told one by one."""
EPILOG = """\b
Exit status:
  0    every decision is in the result
  1    some decisions do not fit, or some narratives could not be read;
       each is told, and the others are in the result
  2    the command was called wrongly
  3    a file of decisions is damaged, or no narrative could be read:
       nothing was written
  4    the output cannot be written
  70   an internal error, a fault of Ressenti

\b
How decisions find their place, and what is told of each, is in
docs/review-decisions.md. No message quotes an account."""


@click.command(epilog=EPILOG, short_help="Put reviewers' decisions into narratives.")
@click.argument("decisions", nargs=-1, required=True, metavar="DECISIONS...")
@click.argument("narratives", metavar="NARRATIVES")
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only.")
@click.option("--gold", is_flag=True, help="Only narratives that a reviewer has gone through, to compare with (ressenti evaluate).")
@click.option("--keep-rejected", is_flag=True, help="Keep what was rejected, whole, in the narrative's review record.")
@click.option("--report", metavar="FILE", help="Write what became of each decision, as a table (TSV).")
@click.option("--votes", metavar="FILE", help="Write the decisions as votes on emotions, as a table (TSV).")
def apply(
    decisions: tuple[str, ...], narratives: str, output: str | None, gold: bool, keep_rejected: bool, report: str | None, votes: str | None
) -> None:
    """Put the decisions of DECISIONS, files that the page saves, into NARRATIVES, what ressenti annotate wrote.

    Where reviewers decided on the same, the later decision counts. NARRATIVES may be annotated anew since: decisions are found by the text,
    the offsets and the kind, and what no longer fits is told.
    """
    with guarded():
        _apply(decisions, narratives, None if output == "-" else output, gold, keep_rejected, report, votes)


def _apply(
    decisions: tuple[str, ...], narratives: str, output: str | None, gold: bool, keep: bool, report: str | None, votes: str | None
) -> None:
    from ressenti.corpora.writing import Output, json_line
    from ressenti.review.decisions.outcome import table
    from ressenti.review.decisions.several import LEFT_OUT, applied, out_of_turn
    from ressenti.review.votes import table as vote_table
    from ressenti.review.votes import votes as cast

    check_outputs({"'-o' / '--output'": output, "'--report'": report, "'--votes'": votes}, decisions, narratives)
    paired, failed = read_paired(decisions, narratives, "; nothing was written")
    if late := out_of_turn(paired):
        some = ", ".join(map(repr, late[:5])) + (", …" if len(late) > 5 else "")
        say(f"note: {some}: later decisions are there already; give all files together, for who is who hangs on the order")
    outcomes = list(paired.lost)
    written = 0
    with contextlib.ExitStack() as stack:
        outputs = [stack.enter_context(Output(path)) if path is not None else None for path in (report, votes)]
        out = stack.enter_context(Output(output))
        for narrative, told in applied(paired, keep, gold):
            outcomes += told
            if narrative is not None:
                out.write(json_line(narrative))
                written += 1
        _write(outputs[0], table(outcomes) if report is not None else "")
        _write(outputs[1], vote_table(cast(paired)) if votes is not None else "")
        out.keep()
    misfits = [outcome for outcome in outcomes if outcome.outcome in LEFT_OUT]
    _tell(outcomes, misfits, gold, written, len(paired.narratives), report)
    sys.exit(Exit.SOME_FAILED if misfits or failed else Exit.DONE)


def _write(output: Output | None, content: str) -> None:
    if output is not None:
        output.write(content)
        output.keep()


def _tell(outcomes: list[Outcome], misfits: list[Outcome], gold: bool, written: int, read: int, report: str | None) -> None:
    for outcome in misfits[:TOLD]:
        say(str(outcome))
    if len(misfits) > TOLD:
        say(f"and {len(misfits) - TOLD} more" + ("" if report else "; --report FILE lists all"))
    counts = Counter(outcome.outcome for outcome in outcomes)
    say(", ".join(f"{number} {name}" for name, number in counts.most_common()) if counts else "no decisions")
    if gold:
        say(f"{written} of {read} narratives are done")

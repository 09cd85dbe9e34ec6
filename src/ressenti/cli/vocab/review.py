"""``ressenti vocab review``: a person decides on the proposals, on a screen or in a spreadsheet."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ressenti._console import Exit, guarded, say
from ressenti.cli.vocab.sheets import branch_of, delimiter_of, tell_of

if TYPE_CHECKING:
    from ressenti.vocab_builder.proposal import Proposal
    from ressenti.vocab_builder.review.session import Selection

EPILOG = """\b
Exit status:
  0    done; of a screen: ended by q or because nothing was left
  1    some rows of a sheet have errors, the others were recorded
       (--partial)
  2    the command was called wrongly
  3    nothing was recorded: the proposals, the record or the sheet have
       errors, each with file, line and reason
  4    a file cannot be written
  130  interrupted; every decision made before is in the record"""


@click.command(short_help="Decide on proposals: a screen, a spreadsheet, in bulk; agreement.", epilog=EPILOG)
@click.argument("proposals", required=False, metavar="[PROPOSALS]")
@click.option("--decisions", multiple=True, required=True, metavar="FILE",
              help="The record of decisions, which only grows; made where there is none. With --agreement it may be repeated.")  # fmt: skip
@click.option("--reviewer", metavar="NAME", help="Who decides: a name or a pseudonym; asked for on a terminal.")
@click.option(
    "--only", metavar="EMOTION", help="Only what is proposed at or below this emotion (key or French label), or left open near it."
)
@click.option("--open-only", is_flag=True, help="Only the terms that assignment left open.")
@click.option("--independent", is_flag=True, help="Also what others have decided, without showing how: for the agreement of two.")
@click.option("--to-sheet", metavar="FILE", help="Write what is to be decided to a .csv or .tsv for a spreadsheet; readable by you only.")
@click.option("--from-sheet", metavar="FILE", help="Record the decisions of a sheet that was filled in.")
@click.option("--partial", is_flag=True, help="With --from-sheet: record the rows without errors although others have some.")
@click.option("--accept-above", type=click.FloatRange(-1, 1), metavar="SIMILARITY",
              help="Show what would be accepted at or above this similarity; with --yes accept it, marked as bulk.")  # fmt: skip
@click.option("--yes", is_flag=True, help="With --accept-above: do it.")
@click.option("--agreement", is_flag=True, help="Tell how far the reviewers agree where two or more decided (Krippendorff's alpha).")
def review(
    proposals: str | None, decisions: tuple[str, ...], reviewer: str | None, only: str | None, open_only: bool, independent: bool,
    to_sheet: str | None, from_sheet: str | None, partial: bool, accept_above: float | None, yes: bool, agreement: bool,
) -> None:  # fmt: skip
    """Decide on proposals: one by one on a screen, in a spreadsheet, or in bulk; every decision is recorded with who, when and how.

    PROPOSALS is what ressenti vocab propose wrote. What is decided is not asked again; you can stop at any time and go on later.
    """
    ways = [way for way in (to_sheet, from_sheet, accept_above, agreement or None) if way is not None]
    if len(ways) > 1:
        raise click.UsageError("--to-sheet, --from-sheet, --accept-above and --agreement go one at a time")
    if len(decisions) > 1 and not agreement:
        raise click.UsageError("only --agreement reads several records; name one with --decisions")
    with guarded():
        if agreement:
            _agreement([Path(name) for name in decisions])
            return
        if proposals is None:
            raise click.UsageError("name the proposals that ressenti vocab propose wrote")
        from ressenti.vocab_builder.proposals_file import read_proposals

        chosen = _selection(only, open_only, independent)
        found, record = read_proposals(Path(proposals)), Path(decisions[0])
        if to_sheet is not None:
            _to_sheet(found, record, chosen, reviewer, Path(to_sheet))
        elif from_sheet is not None:
            _from_sheet(found, record, _who(reviewer), Path(from_sheet), partial)
        elif accept_above is not None:
            _accept(found, record, chosen, reviewer, accept_above, yes)
        else:
            _screen(found, record, chosen, reviewer)


def _selection(only: str | None, open_only: bool, independent: bool) -> Selection:
    from ressenti.vocab_builder.review.session import Selection

    return Selection(branch_of(only), open_only, independent)


def _who(reviewer: str | None) -> str:
    """The reviewer's name, asked for where somebody can answer: a decision without one says nothing to who comes later."""
    if reviewer is None and sys.stdin is not None and sys.stdin.isatty():
        try:
            name = getpass.getuser()
        except (OSError, KeyError, ImportError):
            name = ""
        reviewer = click.prompt("Reviewer, a name or a pseudonym", default=name or None, err=True)
    reviewer = " ".join((reviewer or "").split())
    if not reviewer:
        raise click.UsageError("say who decides with --reviewer, a name or a pseudonym")
    return reviewer


def _screen(found: Sequence[Proposal], record: Path, chosen: Selection, reviewer: str | None) -> None:
    from ressenti.vocab_builder.review.screen import Screen, summary
    from ressenti.vocab_builder.review.session import Session
    from ressenti.vocab_builder.review.tty import Terminal

    if not Terminal.there():
        raise click.UsageError("the screen needs a terminal; for a spreadsheet: --to-sheet FILE, and later --from-sheet FILE")
    session = Session(found, record, _who(reviewer), chosen)
    if session.current is None:
        say(f"nothing is left to decide of {len(session.asked)} proposals")
        return
    screen = Screen(session, Terminal())
    try:
        screen.run()
    finally:
        click.echo()
        say(f"{summary(screen, session)}; recorded in {record}")


def _to_sheet(found: Sequence[Proposal], record: Path, chosen: Selection, reviewer: str | None, sheet: Path) -> None:
    from ressenti.corpora.writing import Output
    from ressenti.vocab_builder.review.session import Session
    from ressenti.vocab_builder.review.sheet import write_sheet

    if chosen.independent:
        reviewer = _who(reviewer)
    delimiter = delimiter_of(sheet)
    session = Session(found, record, reviewer or "", chosen)
    rows = session.open()
    with Output(str(sheet)) as out:
        out.write(write_sheet(rows, session.emotions, delimiter=delimiter))
        out.keep()
    say(f"{len(rows)} of {len(session.asked)} terms to decide are in {sheet}; record them with: --from-sheet {sheet}")


def _from_sheet(found: Sequence[Proposal], record: Path, reviewer: str, sheet: Path, partial: bool) -> None:
    from ressenti.ontology.emotions import load_emotions
    from ressenti.vocab_builder.review.decisions import append, read_decisions
    from ressenti.vocab_builder.review.many import news
    from ressenti.vocab_builder.review.session import now
    from ressenti.vocab_builder.review.sheet import read_sheet

    emotions = load_emotions()
    recorded = read_decisions(record, emotions)
    filled = read_sheet(sheet, found, emotions, reviewer, now())
    tell_of(sheet, filled)
    new = news(filled.decisions, recorded)
    if filled.errors and not partial:
        say(f"nothing was recorded: {_have_errors(len(filled.errors))}, {len(new.decisions)} could be recorded with --partial")
        sys.exit(Exit.NOTHING)
    if new.decisions:
        append(record, new.decisions)
    known = f", {new.known} were there before" if new.known else ""
    differing = f"; {new.differing} differ from another reviewer's, see --agreement" if new.differing else ""
    say(f"{len(new.decisions)} decisions recorded in {record}{known}, {filled.open} rows are still open{differing}")
    if filled.errors:
        say(f"{_have_errors(len(filled.errors))} and were left out")
        sys.exit(Exit.SOME_FAILED)


def _accept(found: Sequence[Proposal], record: Path, chosen: Selection, reviewer: str | None, threshold: float, yes: bool) -> None:
    from ressenti.corpora.harmless import one_line
    from ressenti.ontology.emotions import load_emotions
    from ressenti.vocab_builder.review.decisions import append, read_decisions
    from ressenti.vocab_builder.review.many import above, accept
    from ressenti.vocab_builder.review.names import path_of
    from ressenti.vocab_builder.review.session import now

    emotions = load_emotions()
    accepted = above(chosen(found, emotions), threshold, read_decisions(record, emotions))
    if yes:
        if made := accept(accepted, _who(reviewer), now()):
            append(record, made)
            say(f"{_terms(len(made))} accepted in bulk, recorded in {record}")
        else:
            say(f"no term is at or above {threshold:g}; nothing was recorded")
        return
    for proposal in accepted:
        place = path_of(proposal.emotion, emotions)
        click.echo(f"{one_line(proposal.candidate.term)}\t{proposal.candidate.pos}\t{place}\t{proposal.similarity:.3f}")
    if not accepted:
        say(f"no term is at or above {threshold:g}; nothing was recorded")
        return
    say(f"{_terms(len(accepted))} would be accepted; nothing was recorded: look at them, then add --yes")


def _have_errors(rows: int) -> str:
    return "1 row has errors" if rows == 1 else f"{rows:,} rows have errors"


def _terms(count: int) -> str:
    return "1 term" if count == 1 else f"{count} terms"


def _agreement(records: Sequence[Path]) -> None:
    from ressenti.errors import DataError
    from ressenti.ontology.emotions import load_emotions
    from ressenti.vocab_builder.review.agreement import agreement, table
    from ressenti.vocab_builder.review.decisions import read_decisions

    if missing := [path for path in records if not path.exists()]:
        raise DataError(missing[0], None, "is not there; name a record of decisions")
    emotions = load_emotions()
    click.echo(table(agreement([d for path in records for d in read_decisions(path, emotions)], emotions)), nl=False)

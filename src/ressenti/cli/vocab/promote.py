"""``ressenti vocab promote``: accepted terms become lines of a vocabulary."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ressenti._console import Exit, guarded, say

if TYPE_CHECKING:
    from ressenti.ontology.emotions import Emotions
    from ressenti.vocab_builder.promotion.promote import Promotion

EPILOG = """\b
Exit status:
  0    what was accepted is in the vocabulary
  1    some terms were left out: reviewers differ on them, or they stand
       under another primary already
  2    the command was called wrongly
  3    a record of decisions or a vocabulary cannot be used
  4    the vocabulary cannot be written

\b
Standard output carries the table, standard error the messages."""


@click.command(epilog=EPILOG, short_help="Write accepted terms into a vocabulary.")
@click.argument("decisions", nargs=-1, required=True)
@click.option("--vocabulary", metavar="FILE",
              help="The table that grows, in place unless -o names another; by default a new one, on top of the shipped.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", help="Write here; replaced as a whole. Without it and --vocabulary: to standard output.")
@click.option("--reviewer", metavar="NAME", default="", help="Whose decision stands where reviewers differ.")
@click.option("--force", is_flag=True, help="Take a term although it stands under another primary without a condition.")
def promote(decisions: tuple[str, ...], vocabulary: str | None, output: str | None, reviewer: str, force: bool) -> None:
    """Write what the records DECISIONS accepted as lines of a vocabulary, with their provenance.

    Construction, mode and intensity that no reviewer gave are those of the accepted entries most like the term. A term on which reviewers
    differ is left out and named, unless --reviewer says whose word counts. The table is loaded and inflected before it replaces another;
    the same records give the same bytes.
    """
    with guarded():
        from ressenti.corpora.writing import is_input
        from ressenti.errors import DataError
        from ressenti.ontology.emotions import load_emotions
        from ressenti.ontology.files import write_whole
        from ressenti.ontology.vocabulary import load_vocabulary
        from ressenti.vocab_builder.promotion.promote import check_table, grown
        from ressenti.vocab_builder.promotion.promote import promote as make_lines
        from ressenti.vocab_builder.review.decisions import read_decisions

        output = None if output == "-" else output
        if output is not None and is_input(output, decisions):
            raise click.BadParameter("it is a record of decisions; write to another place", param_hint="'-o' / '--output'")
        if missing := [name for name in decisions if not Path(name).is_file()]:
            raise DataError(missing[0], None, "is no file; name a record that ressenti vocab review wrote")
        emotions = load_emotions()
        made = [d for name in decisions for d in read_decisions(Path(name), emotions)]
        if reviewer and reviewer not in {d.reviewer for d in made}:
            names = ", ".join(sorted({d.reviewer for d in made if d.reviewer})) or "nobody"
            raise click.BadParameter(f"{reviewer!r} decided nothing; there are decisions by {names}", param_hint="'--reviewer'")
        base = None if vocabulary is None else Path(vocabulary)
        known = [*load_vocabulary(), *(load_vocabulary(base, emotions) if base else ())]
        promotion = make_lines(made, known, emotions, reviewer=reviewer, force=force)
        _report(promotion, emotions)
        target = output if output is not None else vocabulary
        if promotion.rows or output is not None or base is None:
            table = grown(promotion.rows, base)
            check_table(table, Path(target or "<stdout>"), emotions)
            if target is None:
                click.echo(table, nl=False)
            else:
                write_whole(Path(target), table.encode())
                say(f"{target}: written; use it with: ressenti annotate --vocabulary {target}")
    sys.exit(Exit.SOME_FAILED if promotion.disputed or not all(c.taken for c in promotion.conflicts) else Exit.DONE)


def _report(promotion: Promotion, emotions: Emotions) -> None:
    """Say what goes in and what does not; the terms are no account's words."""
    for several in promotion.disputed:
        said = "; ".join(f"{d.reviewer or '?'}: {d.emotion or d.decision}" for d in several)
        say(f"left out, reviewers differ: {several[0].term} ({several[0].pos}) – {said}")
    for conflict in promotion.conflicts:
        d, entry = conflict.decision, conflict.entry
        said = f"{d.term} ({d.pos}) was decided to say {d.emotion}, but says {entry.emotion} ({entry.path}:{entry.line})"
        if conflict.taken:
            say(f"note: {said}; both stand now")
        elif conflict.alike:
            say(f"left out: {said} in the same construction; give the decision a condition or another construction")
        else:
            say(f"left out: {said}; give one of the two a condition, or take both with --force")
    for d, entry in promotion.there:
        if d.emotion != entry.emotion and emotions.primary(d.emotion) == emotions.primary(entry.emotion):
            say(f"note: {d.term} ({d.pos}) was decided to say {d.emotion} and stays under {entry.emotion} ({entry.path}:{entry.line})")
    if not promotion.decided:
        say("note: no decision in the record")
    say(
        f"{len(promotion.rows)} new, {promotion.guessed} of them with a construction taken from entries like them; "
        f"{len(promotion.there)} there already, {len(promotion.conflicts)} under another primary, {len(promotion.disputed)} disputed, "
        f"{promotion.refused} not emotional, {promotion.unsure} unsure"
    )

"""``ressenti review learn``: what reviewers keep adding and rejecting, for the vocabulary and the rules."""

from __future__ import annotations

import json
import sys

import click

from ressenti._console import Exit, guarded, say
from ressenti.cli.review.reading import check_outputs, read_paired

EPILOG = """\b
Exit status:
  0    done
  1    some narratives could not be read, or decisions are on none of them
  2    the command was called wrongly
  3    a file of decisions is damaged, or no narrative could be read
  4    the output cannot be written
  70   an internal error, a fault of Ressenti

\b
What is counted is in docs/review-decisions.md. Terms of the accounts come
out, and with --examples their sentences."""


@click.command(epilog=EPILOG, short_help="Tell what reviewers keep adding and rejecting.")
@click.argument("decisions", nargs=-1, required=True, metavar="DECISIONS...")
@click.argument("narratives", metavar="NARRATIVES")
@click.option("-o", "--output", metavar="FILE", help="Write the report here instead of standard output; readable by you only.")
@click.option("--candidates", metavar="FILE", help="Write the terms to add as JSON Lines, for ressenti vocab propose.")
@click.option("--least", type=click.IntRange(min=1), default=2, show_default=True, metavar="N",
              help="Places in the accounts that make a lesson.")  # fmt: skip
@click.option("--examples", is_flag=True, help="Quote sentences of the accounts.")
@click.option("--json", "as_json", is_flag=True, help="All counts as JSON.")
def learn(
    decisions: tuple[str, ...], narratives: str, output: str | None, candidates: str | None, least: int, examples: bool, as_json: bool
) -> None:
    """Tell which terms and constructions the reviewers of DECISIONS keep adding, rejecting and changing in NARRATIVES.

    What is added is proposed for the vocabulary; of each rule it is told how often its finds were rejected or changed, and where.
    """
    with guarded():
        _learn(decisions, narratives, None if output == "-" else output, candidates, least, examples, as_json)


def _learn(
    decisions: tuple[str, ...], narratives: str, output: str | None, candidates: str | None, least: int, examples: bool, as_json: bool
) -> None:
    from ressenti.corpora.writing import Output
    from ressenti.ontology.vocabulary import load_vocabulary
    from ressenti.review.cues import Cues
    from ressenti.review.learn import learn as count
    from ressenti.review.learn import report
    from ressenti.rules.parser import load_parser
    from ressenti.vocab_builder.candidate import write_candidates
    from ressenti.vocab_builder.seeds import Known

    check_outputs({"'-o' / '--output'": output, "'--candidates'": candidates}, decisions, narratives)
    paired, failed = read_paired(decisions, narratives)
    if paired.lost:
        say(f"{len(paired.lost)} decisions are on narratives that {narratives} does not hold, or whose text was changed; they are left out")
    entries = load_vocabulary()
    known = Known(entries)
    lessons = count(paired, Cues(load_parser(), frozenset(entry.term for entry in entries)), examples)
    proposed = lessons.candidates(known, least)
    with Output(output) as out:
        if as_json:
            words = [{"term": t, "pos": p, "emotion": e, **tally.to_dict()} for (t, p, e), tally in sorted(lessons.words.items())]
            rules = [{"rule": rule, "about": about, **tally.to_dict()} for (rule, about), tally in sorted(lessons.rules.items())]
            out.write(json.dumps({"words": words, "rules": rules}, ensure_ascii=False, indent=1) + "\n")
        else:
            out.write("".join(f"{line}\n" for line in report(lessons, known, least)))
        if candidates is not None:
            with Output(candidates) as place:
                place.write(write_candidates(proposed))
                place.keep()
        out.keep()
    if lessons.unnamed:
        say(f"note: {lessons.unnamed} cues hold a name, or no word; they are in no list of terms")
    sys.exit(Exit.SOME_FAILED if failed or paired.lost else Exit.DONE)

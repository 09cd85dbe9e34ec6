"""``ressenti vocab audit``: look again at what a vocabulary has, entry by entry, beside the evidence of today."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from ressenti._console import Exit, guarded, say
from ressenti.cli.inputs import check_output
from ressenti.cli.vocab.sheets import branch_of, delimiter_of, tell_of

PLACE = click.Path(path_type=Path)
EPILOG = """\b
Exit status:
  0    the sheet is written, or all its rows were taken into the table
  1    something of a corpus cannot be read; the sheet is of the rest
  2    the command was called wrongly
  3    nothing was written: the sheet, a source or the vocabulary has an error,
       told with file, line and reason
  4    the output cannot be written
  130  interrupted"""


@click.command(short_help="Look again at what the vocabulary has, beside the evidence.", epilog=EPILOG)
@click.option("--to-sheet", metavar="SHEET", type=PLACE, help="Write a sheet (.csv or .tsv): a row an entry, with its evidence.")
@click.option("--from-sheet", metavar="SHEET", type=PLACE, help="Take the decisions of a sheet that was filled in into the table.")
@click.option("--vocabulary", metavar="FILE", type=PLACE, help="The table; by default the shipped one, which is read only.")
@click.option("--thesaurus", metavar="FILE", type=PLACE, help="A thesaurus in MyThes form; by default that of LibreOffice or Debian.")
@click.option("--glosses", metavar="FILE", type=PLACE, help="A dictionary, as for ressenti vocab candidates.")
@click.option("--corpus", multiple=True, metavar="PATH", help="Accounts, novels …, a file or a folder; may be repeated.")
@click.option("--backend", metavar="SPEC", help="An encoder, as for ressenti vocab propose.")
@click.option("--only", metavar="EMOTION", help="Only entries of this emotion and below it.")
@click.option("--differing", is_flag=True, help="Only entries that would be placed under another primary, or that nothing places.")
@click.option("--reviewer", metavar="NAME", help="Who decided; with --from-sheet.")
@click.option("--decisions", metavar="FILE", type=PLACE, help="Add to this record what goes or moves, so that it is not proposed again.")
@click.option("-o", "--output", metavar="FILE", type=PLACE, help="With --from-sheet: the table as it is now; may be the one that was read.")
def audit(
    to_sheet: Path | None, from_sheet: Path | None, vocabulary: Path | None, thesaurus: Path | None, glosses: Path | None,
    corpus: tuple[str, ...], backend: str | None, only: str | None, differing: bool, reviewer: str | None, decisions: Path | None,
    output: Path | None,
) -> None:  # fmt: skip
    """Look again at what a vocabulary has: each entry beside what the sources say of it, and the place that it would get today.

    --to-sheet writes a row for each entry, those first that the evidence contradicts; a term and its word family are hidden when it is
    placed. Fill in decision (keep, change, remove, unsure) and, for change, the cells « new … »; --from-sheet takes that into the table:
    what is kept gets the sources that speak for it, the reviewer and the date. Entries without a decision stay as they are.
    """
    if (to_sheet is None) == (from_sheet is None):
        raise click.UsageError("name a sheet with --to-sheet or with --from-sheet")
    with guarded():
        if from_sheet is not None:
            reviewer = " ".join((reviewer or "").split())
            if output is None or not reviewer:
                raise click.UsageError("--from-sheet needs --reviewer NAME, and -o FILE for the table")
            _take(from_sheet, vocabulary, output, reviewer, decisions)
            return
        assert to_sheet is not None
        unread = _write(to_sheet, vocabulary, thesaurus, glosses, corpus, backend, only, differing)
    sys.exit(Exit.SOME_FAILED if unread else Exit.DONE)


def _write(
    sheet: Path, vocabulary: Path | None, thesaurus: Path | None, glosses: Path | None, corpus: tuple[str, ...], backend: str | None,
    only: str | None, differing: bool,
) -> bool:  # fmt: skip
    from ressenti.corpora.writing import Output
    from ressenti.errors import RessentiError
    from ressenti.ontology.emotions import load_emotions
    from ressenti.ontology.vocabulary import load_vocabulary
    from ressenti.vocab_builder.assignment.proposing import default_backend, learn, read_dictionary
    from ressenti.vocab_builder.audit.looked import VERDICTS, look
    from ressenti.vocab_builder.audit.sheet import write_sheet
    from ressenti.vocab_builder.embedding import open_encoder
    from ressenti.vocab_builder.embedding.kept import cache_folder
    from ressenti.vocab_builder.sources.gathering import Inputs, gather_known
    from ressenti.vocab_builder.sources.mythes import find_thesaurus

    delimiter, branch = delimiter_of(sheet), branch_of(only)
    emotions, unread = load_emotions(), list[str]()
    if thesaurus is None:
        try:
            thesaurus = find_thesaurus()
            say(f"note: the thesaurus is {thesaurus}")
        except RessentiError as error:
            say(f"note: {error}")

    def tell(message: str) -> None:
        unread.append(message)
        say(message)

    with Output(str(sheet)) as out:
        inputs = Inputs(thesaurus=thesaurus, glosses=glosses, corpus=corpus, vocabulary=vocabulary)
        said, parts = gather_known(inputs, tell, sheet)
        spec = backend or default_backend(thesaurus)
        encoder = open_encoder(spec, thesaurus=thesaurus, cache=cache_folder())
        assigner = learn(encoder, read_dictionary(glosses), vocabulary=vocabulary).assigner()
        found = look(load_vocabulary(vocabulary, emotions), said, assigner, emotions)
        shown = [
            looked for looked in found
            if (not branch or branch in emotions.lineage(looked.entry.emotion)) and (not differing or looked.verdict in ("other", "open"))
        ]  # fmt: skip
        out.write(write_sheet(shown, emotions, delimiter=delimiter))
        out.keep()
    parts.drop()
    counts = Counter(looked.verdict for looked in shown)
    say(f"{len(shown):,} entries in {sheet}: " + ", ".join(f"{counts[verdict]:,} {verdict}" for verdict in VERDICTS))
    return bool(unread)


def _take(sheet: Path, vocabulary: Path | None, output: Path, reviewer: str, decisions: Path | None) -> None:
    from ressenti.ontology.emotions import load_emotions
    from ressenti.ontology.files import write_whole
    from ressenti.ontology.vocabulary import VOCABULARY, load_vocabulary
    from ressenti.vocab_builder.audit.apply import apply
    from ressenti.vocab_builder.audit.sheet import read_sheet
    from ressenti.vocab_builder.promotion.promote import check_table
    from ressenti.vocab_builder.review.decisions import append, read_decisions
    from ressenti.vocab_builder.review.session import now

    check_output(str(output), (*map(str, filter(None, (sheet, decisions))),))
    emotions = load_emotions()
    entries = load_vocabulary(vocabulary, emotions)
    filled = read_sheet(sheet, entries, emotions)
    tell_of(sheet, filled)
    if filled.errors:
        say("nothing was written; mend these rows first")
        sys.exit(Exit.NOTHING)
    if decisions is not None:
        read_decisions(decisions, emotions)  # a record that cannot be added to is told before the table is written
    audited = apply(vocabulary or VOCABULARY, entries, dict(filled.decisions), emotions, reviewer=reviewer, date=now())
    check_table(audited.table, output, emotions)
    write_whole(output, audited.table.encode())
    if decisions is not None and audited.decisions:
        append(decisions, audited.decisions)
    count = audited.counts
    say(
        f"{output}: written; {count['keep']:,} kept, {count['change']:,} changed, {count['remove']:,} removed, {count['unsure']:,} unsure, "
        f"{count['open']:,} not decided on"
    )

"""``ressenti vocab candidates``: terms that may belong into the vocabulary, with everything that speaks for them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ressenti._console import Exit, guarded, say
from ressenti.cli.inputs import check_output

PLACE = click.Path(path_type=Path)
EPILOG = """\b
Exit status:
  0    the candidates of all sources are written
  1    something of a corpus cannot be read, the candidates are of the rest
  2    the command was called wrongly
  3    nothing was written: a source has an error, told with file, line and
       reason, or is not there
  4    the output cannot be written
  130  interrupted"""


@click.command(short_help="Look for terms that may say an emotion.", epilog=EPILOG)
@click.option(
    "--thesaurus",
    metavar="FILE",
    type=PLACE,
    help="A thesaurus in MyThes form; by default that of LibreOffice or Debian, where there is one.",
)
@click.option("--no-thesaurus", is_flag=True, help="Use no thesaurus.")
@click.option(
    "--glosses", metavar="FILE", type=PLACE, help="A dictionary: a term, a tab and its glosses a line, joined by ' | '; plain or .gz."
)
@click.option(
    "--corpus", multiple=True, metavar="PATH", help="Accounts, novels …, a file or a folder, in any format that is read; may be repeated."
)
@click.option(
    "--least",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Times that a term of a corpus must stand in a construction of emotion.",
)
@click.option(
    "--wordnet", metavar="LANG", help="Language of the Open Multilingual Wordnet, as fra, which is WOLF; needs NLTK and its data."
)
@click.option("--nltk-data", metavar="FOLDER", type=PLACE, help="Where NLTK's data are; by default where NLTK looks (NLTK_DATA).")
@click.option("--neighbours", metavar="BACKEND",
              help="An encoder, as light: also what is near accepted terms, among the words of the thesaurus or dictionary.")  # fmt: skip
@click.option("--index", metavar="FILE", type=PLACE,
              help="Keep the index of --neighbours here (.faiss, .json) and use it again; refused where it does not fit.")  # fmt: skip
@click.option("--vocabulary", metavar="FILE", type=PLACE, help="The vocabulary to grow; by default the shipped one.")
@click.option("--decisions", metavar="FILE", type=PLACE, help="What was decided before; by default the shipped record.")
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only, replaced as a whole.")
def candidates(
    thesaurus: Path | None, no_thesaurus: bool, glosses: Path | None, corpus: tuple[str, ...], least: int, wordnet: str | None,
    nltk_data: Path | None, neighbours: str | None, index: Path | None, vocabulary: Path | None, decisions: Path | None,
    output: str | None,
) -> None:  # fmt: skip
    """Look for terms that may say an emotion: synonyms of accepted terms, what is defined by them, what stands where an emotion does.

    Writes JSON Lines for ressenti vocab propose. What the vocabulary has, and what was decided to be not emotional, is left out. The same
    input gives the same bytes. Who is interrupted while a corpus is read goes on from there with the same command and -o.
    """
    if thesaurus is not None and no_thesaurus:
        raise click.UsageError("--thesaurus and --no-thesaurus exclude each other")
    if index is not None and neighbours is None:
        raise click.UsageError("--index needs --neighbours BACKEND")
    if nltk_data is not None and wordnet is None:
        raise click.UsageError("--nltk-data needs --wordnet LANG")
    with guarded():
        from ressenti.corpora.writing import Output
        from ressenti.errors import RessentiError
        from ressenti.vocab_builder.candidate import write_candidates
        from ressenti.vocab_builder.sources.gathering import Inputs, gather
        from ressenti.vocab_builder.sources.mythes import find_thesaurus

        output = None if output == "-" else output
        check_output(output, (*map(str, filter(None, (thesaurus, glosses, vocabulary, decisions))), *corpus))
        if thesaurus is None and not no_thesaurus:
            try:
                thesaurus = find_thesaurus()
                say(f"note: the thesaurus is {thesaurus}")
            except RessentiError as error:
                if not (glosses or corpus or wordnet):
                    raise
                say(f"note: {error}")
        if thesaurus is None and not (glosses or corpus or wordnet):
            raise click.UsageError("no source is left: name --glosses, --corpus or --wordnet")
        if neighbours is not None and thesaurus is None and glosses is None:
            raise click.UsageError("--neighbours looks among the words of a thesaurus or a dictionary; name one")
        inputs = Inputs(
            thesaurus=thesaurus,
            glosses=glosses,
            corpus=corpus,
            least=least,
            wordnet=wordnet,
            nltk_data=nltk_data,
            neighbours=neighbours,
            index=index,
            vocabulary=vocabulary,
            decisions=decisions,
        )
        unread: list[str] = []

        def tell(message: str) -> None:
            unread.append(message)
            say(message)

        with Output(output) as out:
            gathered, parts = gather(inputs, tell, Path(output) if output else None)
            if unread and not (gathered.candidates or gathered.known or gathered.refused):
                say("nothing was written: the corpus could not be read, and no other source proposes anything")
                sys.exit(Exit.NOTHING)
            out.write(write_candidates(gathered.candidates))
            out.keep()
        parts.drop()
        for line in gathered.report():
            say(line)
    sys.exit(Exit.SOME_FAILED if unread else Exit.DONE)

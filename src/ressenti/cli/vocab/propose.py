"""``ressenti vocab propose``: a place in the tree for each candidate, or none, with its distances."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ressenti._console import Exit, guarded, say
from ressenti.cli.inputs import check_output

PLACE = click.Path(path_type=Path)
EPILOG = """\b
Exit status:
  0    the proposals are written
  1    they are, but something of the corpus cannot be read, so examples may
       be missing
  2    the command was called wrongly
  3    nothing was written: the candidates or a file to learn from have an
       error, told with file, line and reason, or are not there
  4    the output cannot be written
  130  interrupted; the vectors made before are kept"""


@click.command(short_help="Propose a place in the tree for each candidate.", epilog=EPILOG)
@click.argument("candidates", metavar="CANDIDATES")
@click.option("-o", "--output", metavar="FILE", help="Write here instead of standard output; readable by you only, replaced as a whole.")
@click.option("--backend", metavar="SPEC",
              help="light, thesaurus, sentence:MODEL, several with +; thesaurus+light by default, light without a thesaurus.")  # fmt: skip
@click.option("--rule", type=click.Choice(["ridge", "tone"]), default="ridge", show_default=True,
              help="ridge: what accepted terms that are like it say; tone: the emotion whose own vector is nearest.")  # fmt: skip
@click.option("--thesaurus", metavar="FILE", type=PLACE, help="A thesaurus in MyThes form; by default that of LibreOffice or Debian.")
@click.option("--glosses", metavar="FILE", type=PLACE, help="The dictionary that the candidates came from, for the accepted terms too.")
@click.option("--corpus", multiple=True, metavar="PATH", help="Files or folders to take examples from; may be repeated.")
@click.option("--vocabulary", metavar="FILE", type=PLACE, help="The vocabulary to learn from; by default the shipped one.")
@click.option("--decisions", metavar="FILE", type=PLACE, help="What was decided before, to learn from as well.")
@click.option("--allow-network", is_flag=True, help="Fetch a sentence model that is not on this machine.")
@click.option("--cache", metavar="FOLDER", type=PLACE, help="Where vectors are kept; by default the user's cache.")
def propose(
    candidates: str, output: str | None, backend: str | None, rule: str, thesaurus: Path | None, glosses: Path | None,
    corpus: tuple[str, ...], vocabulary: Path | None, decisions: Path | None, allow_network: bool, cache: Path | None
) -> None:  # fmt: skip
    """Propose a place in the tree for each of CANDIDATES, the JSON Lines of ressenti vocab candidates.

    A term near two primaries or near none is left open, with its distances; one that two words or groups of a primary are near to stays
    above them. Vectors are kept, so that who is interrupted goes on from there. The same input gives the same bytes.
    """
    with guarded():
        from ressenti.corpora.writing import Output
        from ressenti.vocab_builder.assignment.proposing import proposals, with_examples
        from ressenti.vocab_builder.candidate import read_candidates
        from ressenti.vocab_builder.embedding.kept import cache_folder, unkept
        from ressenti.vocab_builder.proposals_file import write_proposals
        from ressenti.vocab_builder.review.decisions import read_decisions

        output = None if output == "-" else output
        check_output(output, (candidates, *corpus, *map(str, filter(None, (thesaurus, glosses, vocabulary, decisions)))))
        cache = cache or cache_folder()
        unread: list[str] = []

        def tell(message: str) -> None:
            unread.append(message)
            say(message)

        if reason := unkept(cache):
            say(f"note: {reason}")
        with Output(output) as out:  # a place that cannot be written to is told before the work, not after it
            found = proposals(
                read_candidates(Path(candidates)), backend=backend, rule=rule, thesaurus=thesaurus, glosses=glosses,
                vocabulary=vocabulary, decisions=read_decisions(decisions) if decisions else (), allow_network=allow_network,
                cache=cache, say=lambda message: say(f"note: {message}"),
            )  # fmt: skip
            if corpus:
                found = with_examples(found, corpus, tell)
            out.write(write_proposals(found))
            out.keep()
        left = sum(not proposal.emotion for proposal in found)
        say(f"{len(found):,} proposals, {left:,} of them left open")
    sys.exit(Exit.SOME_FAILED if unread else Exit.DONE)

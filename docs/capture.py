"""Make the pictures of what commands show on a terminal: docs/NAME.svg.

python docs/capture.py [annotate|explain|vocab-review|patterns|sparql|store] [OUTPUT]
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
import textwrap
from collections.abc import Iterable
from pathlib import Path

from click.testing import CliRunner
from rich.console import Console
from rich.text import Text

import ressenti
from ressenti.cli import cli
from ressenti.corpora.explanation import explanation
from ressenti.corpora.terminal import lines
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.rules.explain import explain
from ressenti.vocab_builder.candidate import Candidate, Evidence
from ressenti.vocab_builder.proposal import Near, Proposal
from ressenti.vocab_builder.review.family import Families
from ressenti.vocab_builder.review.page import View, page

WIDTH = 92
ROOT = Path(__file__).parent.parent
STEM = "orage"
SENTENCE = "Je n'étais plus en colère, mais son silence me rendait très triste."

# What these say is said as it is, in one colour, long lines broken
COMMANDS = {
    "patterns": f"patterns examples/{STEM}.txt",
    "sparql": "sparql --question blends",
    "store": "store query STORE anger-at-whom",
}


def svg(which: str = "annotate") -> str:
    """The capture; the same annotation gives the same bytes."""
    if which == "annotate":
        text = (ROOT / "examples" / f"{STEM}.txt").read_text(encoding="utf-8")
        shown = lines(ressenti.annotate(text, STEM), colour=True, width=WIDTH)
        return _drawn(f"ressenti annotate --format text examples/{STEM}.txt", shown)
    if which == "vocab-review":
        return _drawn("ressenti vocab review proposals.jsonl --decisions decisions.tsv --reviewer Anne", review())
    if which in COMMANDS:
        return _drawn(f"ressenti {COMMANDS[which]}", said(COMMANDS[which]))
    return _drawn(f'ressenti explain "{SENTENCE}"', (Text(), *explanation(explain(ressenti.load(), SENTENCE), WIDTH)))


def said(command: str) -> list[Text]:
    """What a command says, run in the root of the repository; STORE is a store of the examples."""
    with tempfile.TemporaryDirectory() as folder:
        store = str(Path(folder) / "store")
        runner = CliRunner()
        if "STORE" in command:
            runner.invoke(cli, ["store", "load", store, str(ROOT / "examples" / "narratives.jsonl")], catch_exceptions=False)
        words = [store if word == "STORE" else str(ROOT / word) if word.startswith("examples/") else word for word in command.split()]
        shown = runner.invoke(cli, words, catch_exceptions=False).stdout
    broken = (textwrap.wrap(line, WIDTH, subsequent_indent="    ", drop_whitespace=True) or [""] for line in shown.rstrip().splitlines())
    return [Text(part) for parts in broken for part in parts]


def review() -> list[Text]:
    """A page of the review screen, of a proposal made up for the purpose."""
    evidence = (
        Evidence("thesaurus", "synonyme de « terriblement » (Adverbe, sens 1)", "fear"),
        Evidence("gloss", "its gloss names « effroyable »", "terror"),
        Evidence("corpus", "« effroyablement X », 3 times"),
    )
    candidate = Candidate("effroyablement", "ADV", evidence, "D’une manière qui inspire l’effroi.")
    nearest = (Near("fright", 0.61), Near("panic", 0.55), Near("horror", 0.51), Near("grief", 0.43), Near("shock", 0.4))
    examples = (
        "La maison, ce soir-là, était effroyablement silencieuse.",
        "Elle fut effroyablement déçue, et ne le montra à personne.",
        "Tout devint effroyablement clair quand la voisine posa la lettre et demanda, sans nous regarder, qui l’avait ouverte.",
    )
    family = Families(load_vocabulary())("effroyablement")
    proposal = Proposal(candidate, "fright", 0.61, 0.18, nearest, "", examples)
    told = "épouvantablement → peur › horreur › terreur (other); u takes it back"
    return page(View(proposal, load_emotions(), "Anne", 41, 310, 3, 2, family, message=told), WIDTH, 24)


def _drawn(command: str, shown: Iterable[Text]) -> str:
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text("\n").join([Text.assemble(("$ ", "bold green"), command), *shown]), soft_wrap=True)
    drawn = console.export_svg(title="ressenti", unique_id="ressenti")
    # No font is fetched from elsewhere: the reader's own monospaced font serves.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


if __name__ == "__main__":
    chosen = sys.argv[1:2] or ["annotate", "explain", "vocab-review", *COMMANDS]
    for name in chosen:
        target = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / f"{name}.svg"
        target.write_text(svg(name), encoding="utf-8")

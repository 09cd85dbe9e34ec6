"""How many names of the sentences in gold/names*.txt pseudonymisation finds, and what else it takes for one.

``python benchmarks/names.py [--errors]`` shows where it errs.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import ressenti
from ressenti.graph.privacy.names import find_names, load_recogniser
from ressenti.graph.privacy.rewriting import WORD
from ressenti.schema import Narrative

GOLD = Path(__file__).parent / "gold"


def measure(file: Path, errors: bool) -> None:
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    nlp = load_recogniser()
    hit = missed = wrong = 0
    for narrative, line in zip(ressenti.load().pipe(Narrative("x", re.sub(r"[\[\]]", "", line)) for line in lines), lines, strict=True):
        gold, at = set(), 0
        for piece in re.split(r"(\[.*?\])", line):
            if piece.startswith("["):
                # A small word inside a name, as in « Ben » or « les », counts as a word of it
                gold |= {at + match.start() for match in WORD.finditer(piece[1:-1]) if match[0][0].isupper()}
                at += len(piece) - 2
            else:
                at += len(piece)
        found = {match.start() for name in find_names(narrative, nlp, {}) for match in WORD.finditer(narrative.text, name.start, name.end)}
        hit, missed, wrong = hit + len(gold & found), missed + len(gold - found), wrong + len(found - gold)
        if errors and gold != found:
            print(line, "|", *(narrative.text[start:].split()[0] for start in sorted(gold ^ found)))
    recall, precision = hit / (hit + missed), hit / (hit + wrong)
    print(f"{file.name}: {len(lines)} sentences, {hit + missed} words of names: recall {recall:.3f}, precision {precision:.3f}")


if __name__ == "__main__":
    for file in sorted(GOLD.glob("names*.txt")):
        measure(file, "--errors" in sys.argv)

"""Measure encoders and rules on the probe: which share of undisputed terms lands under the right primary, each as if it were new.

    python benchmarks/vocab_probe.py --thesaurus thes_fr.dat --glosses glosses.txt.gz --write    # the tables of docs/vocab-builder.md
    python benchmarks/vocab_probe.py --thesaurus thes_fr.dat --glosses glosses.txt.gz --sentence FOLDER
    python benchmarks/vocab_probe.py --thesaurus thes_fr.dat --glosses glosses.txt.gz --weights  # how views.WEIGHTS were found: minutes
    python benchmarks/vocab_probe.py --thesaurus thes_fr.dat --glosses glosses.txt.gz --time     # every head of the thesaurus proposed

``--weights`` looks at accepted terms that are of no family of the probe, half of them, each hidden alone and with its family.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.morphology import fold
from ressenti.vocab_builder.assignment.anchors import Kin
from ressenti.vocab_builder.assignment.assigner import RIDGE, Assigner, Tree
from ressenti.vocab_builder.assignment.probe import Figures, load_probe, measure
from ressenti.vocab_builder.assignment.proposing import learn, proposals, read_dictionary
from ressenti.vocab_builder.assignment.views import WEIGHTS, Views
from ressenti.vocab_builder.candidate import Candidate, Evidence
from ressenti.vocab_builder.embedding import open_encoder
from ressenti.vocab_builder.embedding.kept import cache_folder
from ressenti.vocab_builder.sources.mythes import read_mythes

PAGE = Path(__file__).parent.parent / "docs" / "vocab-builder.md"
GAIN = 0.01
"""What both shares together must rise by; their standard error is .02."""
BEGIN, END = "<!-- probe -->", "<!-- end of probe -->"
HEAD = (
    "| encoder | glosses | TONE's rule | nearest mean | ours, term hidden | ours, family hidden | group | word |\n"
    "|---|---|---|---|---|---|---|---|\n"
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--thesaurus", type=Path, required=True)
    parser.add_argument("--glosses", type=Path, required=True)
    parser.add_argument("--sentence", metavar="MODEL", help="also a sentence-transformers model")
    parser.add_argument("--weights", action="store_true")
    parser.add_argument("--time", action="store_true")
    parser.add_argument("--write", action="store_true", help="put the table into docs/vocab-builder.md")
    options = parser.parse_args()
    glosses = read_dictionary(options.glosses)
    if options.weights:
        search(options.thesaurus, glosses)
    elif options.time:
        whole(options.thesaurus, options.glosses)
    else:
        made = table(options, glosses)
        print(made)
        if options.write:
            page = PAGE.read_text(encoding="utf-8")
            before, rest = page.split(BEGIN)
            PAGE.write_text(f"{before}{BEGIN}\n{made}{END}{rest.split(END)[1]}", encoding="utf-8")


def table(options: argparse.Namespace, glosses: Mapping[str, str]) -> str:
    probe = load_probe()
    specs = ["light", "thesaurus", "thesaurus+light"]
    if options.sentence:
        specs += [f"sentence:{options.sentence}", f"thesaurus+sentence:{options.sentence}"]
    lines = []
    for spec in specs:
        encoder = open_encoder(spec, thesaurus=options.thesaurus, cache=cache_folder())
        for dictionary in ({}, glosses):
            figures: Figures = measure(encoder, probe, dictionary)
            cells = " | ".join(cell.removeprefix("0") for cell in figures.cells())
            lines.append(f"| `{spec}` | {'yes' if dictionary else 'no'} | {cells} |\n")
            print(lines[-1], end="", flush=True)
    return HEAD + "".join(lines)


def search(thesaurus: Path, glosses: Mapping[str, str]) -> None:
    """Halve and double each weight in turn and keep what places clearly more of the accepted terms right."""
    probe, emotions = load_probe(), load_emotions()
    encoder = open_encoder("thesaurus+light", thesaurus=thesaurus, cache=cache_folder())
    learnt = learn(encoder, glosses, without={fold(p.term) for p in probe})
    near_probe = Kin(learnt.known)
    near = set().union(*(near_probe(p.term) | {fold(p.term)} for p in probe))
    known = {term: said for term, said in learnt.known.items() if term not in near}
    tested = [term for term, said in known.items() if said and zlib.crc32(term.encode()) % 2 == 0]
    in_known = Kin(known)
    kin = {term: sorted(in_known(term) | {term}) for term in tested}
    views, tree = Views(encoder, glosses, list(known)), Tree(emotions)
    primaries = tree.rows(known.values()) @ tree.to_primary

    def right(weights: Mapping[str, float], ridge: float) -> float:
        WEIGHTS.update(weights)  # type: ignore[attr-defined]
        assigner = Assigner(views, known, emotions, ridge)
        at = {term: n for n, term in enumerate(assigner.terms)}
        shares = [0.0, 0.0]
        for term in tested:
            for n, hidden in enumerate(([term], kin[term])):
                scores = assigner.without(at[term], [at[other] for other in hidden]) @ tree.to_primary
                shares[n] += primaries[at[term], int(scores.argmax())] / len(tested)
        print(dict(weights), ridge, np.round(shares, 4), flush=True)
        return sum(shares)

    best = dict(WEIGHTS)
    score = right(best, RIDGE)
    for side in [side for side in best if side != "sentence"]:
        for factor in (0.5, 2.0):
            tried = {**best, side: best[side] * factor}
            if (found := right(tried, RIDGE)) > score + GAIN:
                best, score = tried, found
    for ridge in (RIDGE / 2, RIDGE * 2):
        right(best, ridge)
    print("best:", best)


def whole(thesaurus: Path, glosses: Path) -> None:
    """Every head of the thesaurus as a candidate, with nothing kept from before."""
    heads = sorted({sense.head for sense in read_mythes(thesaurus)})
    candidates = [Candidate(head, "NOUN", (Evidence("thesaurus", "head"),)) for head in heads]
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        found = proposals(candidates, backend="thesaurus+light", thesaurus=thesaurus, glosses=glosses, cache=Path(folder))
        print(f"{len(found):,} proposals in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()

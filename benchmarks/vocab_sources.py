"""How many accepted words the sources of candidates would find again, and under which primary: every fifth is hidden, its family is not.

Run: ``python benchmarks/vocab_sources.py --thesaurus thes_fr.dat [--glosses glosses.txt.gz]``.
The figures of docs/vocab-builder.md come from here.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from ressenti.ontology.emotions import Emotions, load_emotions
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.vocab_builder.candidate import Candidate, merge
from ressenti.vocab_builder.seeds import seeds
from ressenti.vocab_builder.sources.glosses import Reader, definitions
from ressenti.vocab_builder.sources.mythes import read_mythes
from ressenti.vocab_builder.sources.thesaurus import Graph, synonyms

SEED = 7


def row(name: str, found: Sequence[Candidate], hidden: Mapping[tuple[str, str], set[str]], emotions: Emotions, seconds: float) -> str:
    """A line of the table: the share found again, and the share of those whose evidence speaks most often for a right primary."""
    again = [candidate for candidate in found if candidate.key in hidden]
    right = 0
    for candidate in again:
        votes = Counter(emotions.primary(evidence.emotion) for evidence in candidate.evidence)
        right += votes.most_common(1)[0][0] in hidden[candidate.key]
    return f"{name:12} {len(found):8,} {len(again) / len(hidden):8.1%} {right / max(1, len(again)):8.1%} {seconds:8.1f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--thesaurus", type=Path, required=True)
    parser.add_argument("--glosses", type=Path)
    options = parser.parse_args()
    emotions = load_emotions()
    accepted = seeds(load_vocabulary(), emotions)
    words = sorted({seed.term for seed in accepted if " " not in seed.term and seed.pos in ("NOUN", "ADJ", "VERB")})
    out = set(random.Random(SEED).sample(words, len(words) // 5))  # noqa: S311
    hidden: dict[tuple[str, str], set[str]] = defaultdict(set)
    for seed in accepted:
        if seed.term in out:
            hidden[seed.term, seed.pos].add(emotions.primary(seed.emotion))
    rest = [seed for seed in accepted if seed.term not in out]
    print(f"{len(hidden)} of {len(accepted)} accepted terms hidden")
    print(f"{'source':12} {'proposed':>8} {'found':>8} {'right':>8} {'CPU s':>8}")
    start = time.process_time()
    found = synonyms(Graph(read_mythes(options.thesaurus)), rest, emotions)
    print(row("thesaurus", found, hidden, emotions, time.process_time() - start))
    if options.glosses:
        start = time.process_time()
        defined = definitions(options.glosses, Reader(rest))
        print(row("glosses", defined, hidden, emotions, time.process_time() - start))
        print(row("both", merge([*found, *defined]), hidden, emotions, 0.0))


if __name__ == "__main__":
    main()

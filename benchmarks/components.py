"""Which component an answer of a guided narrative tells, from its text alone: the rules against the gold.

python benchmarks/components.py                 # guided-dev
python benchmarks/components.py FILE.jsonl …    # other guided narratives
python benchmarks/components.py --errors 20     # what went wrong
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from ressenti.rules.components import component_of, evidence_in
from ressenti.rules.parser import load_parser
from ressenti.rules.sentence import Sentence
from ressenti.rules.text import read, sentences
from ressenti.schema import COMPONENTS

GOLD = Path(__file__).parent / "gold" / "guided-dev.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[GOLD])
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    nlp = load_parser()
    for file in options.files:
        counts: Counter[tuple[str, str]] = Counter()
        left = options.errors
        for line in file.read_text(encoding="utf-8").splitlines():
            narrative = json.loads(line)
            for gold in COMPONENTS:
                reading = read(narrative[gold])
                parts = [Sentence([*nlp.make_doc(reading.text[a:b])], a) for a, b in sentences(reading.text)]
                system = component_of(parts) or "none"
                counts[gold, system] += 1
                if system != gold and left > 0:
                    left -= 1
                    held = {c: [e.id for s in parts for e in evidence_in(s) if e.component == c] for c in COMPONENTS}
                    print(f"{gold} → {system}: {narrative[gold]}\n    {held}")
        print(f"\n{file.stem}: macro F1 {sum(f1(counts, c) for c in COMPONENTS) / len(COMPONENTS):.3f}")
        print("            " + "".join(f"{c:>11}" for c in (*COMPONENTS, "none")))
        for gold in COMPONENTS:
            row = "".join(f"{counts[gold, c]:>11}" for c in (*COMPONENTS, "none"))
            print(f"{gold:<12}{row}   F1 {f1(counts, gold):.3f}")


def f1(counts: Counter[tuple[str, str]], component: str) -> float:
    right = counts[component, component]
    gold = sum(n for (g, _), n in counts.items() if g == component)
    system = sum(n for (_, s), n in counts.items() if s == component)
    return 2 * right / (gold + system) if gold + system else 0.0


if __name__ == "__main__":
    main()

"""Put slips into the development narratives as people make them, and score the annotator on them beside the careful originals.

    python benchmarks/typed.py                      # clean against typed (a slip in 8 words), heavy (in 4) and bare
    python benchmarks/typed.py --show extra-b-04    # one narrative with its slips
    python benchmarks/typed.py --alarms             # corrections made in the careful sets, each a false alarm unless the slip is real
    python benchmarks/typed.py --alarms FILE …      # the same in texts, TEI or what else `annotate` reads

The slips come from a seeded script (``benchmarks/slips.py``); offsets of the gold marks are carried along. Half of the slips are lost or
wrong accents; the others apostrophes, message spellings, endings that sound alike, letters, capitals and punctuation.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from ressenti.rules.annotator import Annotator
from ressenti.rules.parser import load_parser
from ressenti.rules.text import read
from ressenti.schema import Narrative
from role_rules import GOLD, SETS, scorer
from slips import bare, typed

RATES = {"typed": 1 / 8, "heavy": 1 / 4}
FIGURES = (("mention", "F1"), ("mention+primary", "F1"), ("matched:experiencer", "F1"), ("matched:cause", "F1"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", metavar="ID", help="print one narrative with its slips")
    parser.add_argument("--alarms", nargs="*", type=Path, metavar="FILE", help="count the corrections in careful texts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", action="store_true", help="score without the corrector, too")
    options = parser.parse_args()
    sets = gold_sets()
    if options.show:
        narrative = next(d for narratives in sets.values() for d in narratives if d["id"] == options.show)
        for rate in RATES.values():
            print(typed(narrative, rate, options.seed)["text"], end="\n\n")
    elif options.alarms is not None:
        alarms(sets, options.alarms)
    else:
        compare(sets, options.seed, options.without)


def gold_sets() -> dict[str, list[dict[str, Any]]]:
    """The development sets by name; free-dev in its two halves."""
    found: dict[str, list[dict[str, Any]]] = {}
    for name in SETS:
        for line in (GOLD / name).read_text(encoding="utf-8").splitlines():
            d = json.loads(line)
            half = ("1" if int(d["id"][-3:]) <= 100 else "2") if name.startswith("free") else ""
            found.setdefault(name.removesuffix(".jsonl") + half, []).append(d)
    return found


def compare(sets: dict[str, list[dict[str, Any]]], seed: int, without: bool) -> None:
    """Print the figures of each set, clean, typed and heavily typed."""
    score = scorer()
    nlp = load_parser()
    systems = {"": Annotator(nlp)} | ({"uncorrected": Annotator(nlp, spelling=False)} if without else {})
    print(f"{'set':<12}{'text':<10}{'':<13}" + "".join(f"{name.removeprefix('matched:'):>17}" for name, _ in FIGURES))
    for name, narratives in sets.items():
        versions = {"clean": narratives} | {kind: [typed(d, rate, seed) for d in narratives] for kind, rate in RATES.items()}
        versions["bare"] = [bare(d) for d in narratives]
        for kind, gold in versions.items():
            for system, annotator in systems.items():
                found = [n.to_dict() for n in annotator.pipe([Narrative(d["id"], d["text"]) for d in gold])]
                figures, _ = score.score(gold, found, 0)
                print(f"{name:<12}{kind:<10}{system:<13}" + "".join(f"{figures[f][part]:>17.3f}" for f, part in FIGURES))


def alarms(sets: dict[str, list[dict[str, Any]]], files: list[Path]) -> None:
    """Print every correction made in careful texts, and how many there are to so many words."""
    annotator = Annotator(load_parser())
    assert annotator.corrector is not None
    texts = [(d["id"], d["text"]) for narratives in sets.values() for d in narratives]
    if files:
        from ressenti.corpora import Account
        from ressenti.corpora import read as read_files

        texts = [(a.id, a.text) for a in read_files(files) if isinstance(a, Account)]
    words, made = 0, Counter[str]()
    for name, text in texts:
        reading = read(text)
        edits = annotator.corrector.edits(reading.text)
        words += len(text.split())
        for edit in edits:
            made[edit.kind] += 1
            context = reading.text[max(edit.start - 30, 0) : edit.end + 20].replace("\n", " ")
            print(f"{name}\t{edit.kind}\t{edit.sure:.2f}\t{reading.text[edit.start : edit.end]} -> {edit.words}\t… {context} …")
    total = sum(made.values())
    print(f"{words} words, {total} corrections, one in {words // max(total, 1)}: {dict(made.most_common())}")


if __name__ == "__main__":
    main()

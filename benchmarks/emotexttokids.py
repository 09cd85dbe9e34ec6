"""Named emotions in other people's sentences: the rules on EmoTextToKids (arXiv 2405.14385; CC BY-SA 4.0, not part of this repository).

    python benchmarks/emotexttokids.py ../shared/data/emotexttokids            # the figure
    python benchmarks/emotexttokids.py ../shared/data/emotexttokids --errors 50

Sentences whose only mode is *labelled* (désignée) against all that are not emotional, train and validation together. A sentence counts for
a primary where its labels name one of its categories, and the rules say it where they find a labelled mention of that primary, whatever
its status: the corpus labels every mention of an emotion. Nothing is learnt from the corpus; only errors of its first half were read.
Two more figures follow: one in which mentions of every mode count, situations and gestures too, which this corpus does not label in
these sentences; and one without hope and eagerness, which Parrott counts among the joys and the corpus does not.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path

import ressenti
from ressenti.schema import Narrative

PRIMARY = {
    "colère": "anger", "dégoût": "anger", "jalousie": "anger", "joie": "joy", "fierté": "joy", "peur": "fear", "surprise": "surprise",
    "tristesse": "sadness", "embarras": "sadness", "culpabilité": "sadness",
}  # fmt: skip
HOPES = {"hope", "eagerness"}
PRIMARIES = ("anger", "fear", "joy", "sadness", "surprise")
Counts = Counter[tuple[str, str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    rows = [row for name in ("train", "validation") for row in read(options.folder / f"{name}.jsonl")]
    annotator = ressenti.load()
    halves, all_modes, without_hope = ((Counter(), Counter()) for _ in range(3))
    wrong = []
    for k, (row, narrative) in enumerate(zip(rows, annotator.pipe(Narrative(row["id"], row["text"]) for row in rows), strict=True)):
        gold = {PRIMARY[category] for category in row["categories"] if category in PRIMARY}
        labelled = [m for m in narrative.mentions if m.mode == "labelled"]
        system = {m.primary for m in labelled}
        second = k >= len(rows) // 2
        every = {m.primary for m in narrative.mentions}
        narrower = {m.primary for m in labelled if m.emotion not in HOPES}
        for counts, found in ((halves, system), (all_modes, every), (without_hope, narrower)):
            for primary in PRIMARIES:
                counts[second][primary, f"{primary in gold:d}{primary in found:d}"] += 1
        for primary in PRIMARIES:
            if (primary in gold) != (primary in system) and not second:
                cues = [f"{narrative.text[slice(*m.cue[0])]} ({m.emotion}, {m.source})" for m in labelled if m.primary == primary]
                wrong.append(f"{'missed' if primary in gold else 'spurious'} {primary} {row['categories']} {cues} {row['text']}")
    named = sum(row["emotional"] for row in rows)
    print(f"{named} sentences with labelled emotions alone, {len(rows) - named} without emotion")
    show("labelled mentions", halves)
    show("mentions of every mode", all_modes)
    show("labelled mentions without hope and eagerness", without_hope)
    random.Random(0).shuffle(wrong)  # noqa: S311 (a sample to read)
    print(*wrong[: options.errors], sep="\n")


def show(title: str, halves: tuple[Counts, Counts]) -> None:
    both = halves[0] + halves[1]
    print(f"\n{title}")
    for primary in PRIMARIES:
        right, missed, spurious = (both[primary, key] for key in ("11", "10", "01"))
        print(f"{primary:<9} P {right / max(1, right + spurious):.3f}  R {right / max(1, right + missed):.3f}  F1 {f1(both, primary):.3f}")
    print(f"macro F1  {macro(both):.3f} (first half {macro(halves[0]):.3f}, second half {macro(halves[1]):.3f})")


def macro(counts: Counts) -> float:
    return sum(f1(counts, primary) for primary in PRIMARIES) / len(PRIMARIES)


def read(path: Path) -> list[dict]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if row["modes"] == ["labelled"] or not row["emotional"]]


def f1(counts: Counts, primary: str) -> float:
    both, missed, spurious = (counts[primary, k] for k in ("11", "10", "01"))
    return 2 * both / max(1, 2 * both + missed + spurious)


if __name__ == "__main__":
    main()

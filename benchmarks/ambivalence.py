"""Score ambivalence on benchmarks/gold/ambivalence.jsonl: pairs of feelings, by precision and recall.

    python benchmarks/ambivalence.py [--part develop] [--errors]
    python benchmarks/ambivalence.py --make          # ambivalence.jsonl from the marked text

A pair is right where both of its cues overlap those of a gold pair. The marks are explained in docs/ambivalence.md.
"""

from __future__ import annotations

import argparse
import itertools
import json

import ressenti
from entities import GOLD, blocks, unmarked
from ressenti.schema import Narrative


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--make", action="store_true", help="write ambivalence.jsonl from ambivalence.xml.txt")
    parser.add_argument("--part", choices=("develop", "held"), help="only this part")
    parser.add_argument("--errors", action="store_true", help="show pairs that are missed or wrong")
    options = parser.parse_args()
    if options.make:
        make()
        return
    texts = [json.loads(line) for line in (GOLD / "ambivalence.jsonl").read_text(encoding="utf-8").splitlines()]
    annotator = ressenti.load()
    print(f"{'':10}{'gold':>6}{'found':>6}{'right':>6}{'P':>7}{'R':>7}")
    shown = []
    for part in ("develop", "held"):
        if options.part not in (None, part):
            continue
        gold = found = right = 0
        for text in (t for t in texts if t["part"] == part):
            narrative = next(annotator.pipe([Narrative(text["id"], text["text"])]))
            pairs, wanted = system_pairs(narrative), text["pairs"]
            hits = [pair for pair in pairs if any(same(pair, g) for g in wanted)]
            missed = [g for g in wanted if not any(same(pair, g) for pair in pairs)]
            gold, found, right = gold + len(wanted), found + len(pairs), right + len(wanted) - len(missed)
            for kind, several in (("missed", missed), ("wrong", [p for p in pairs if p not in hits])):
                shown += [f"{text['id']} {kind}: " + " / ".join(text["text"][a:b] for a, b in pair) for pair in several]
        print(f"{part:10}{gold:6}{found:6}{right:6}{right / found if found else 0:7.3f}{right / gold if gold else 0:7.3f}")
    if options.errors:
        print(*shown, sep="\n")


def system_pairs(narrative: Narrative) -> list[list[tuple[int, int]]]:
    """The pairs of ambivalent mentions, each by the stretch of its two cues."""
    cue = {m.id: (m.cue[0][0], m.cue[-1][1]) for m in narrative.mentions}
    return [[cue[m.id], cue[other]] for m in narrative.mentions for other in m.extra.get("ambivalent_with", ()) if m.id < other]


def same(pair: list, gold: list) -> bool:
    return all(a[0] < b[1] and b[0] < a[1] for a, b in zip(sorted(pair), sorted(gold), strict=True))


def make() -> None:
    """Write ambivalence.jsonl beside its marked source."""
    lines = []
    for name, part, marked in blocks(GOLD / "ambivalence.xml.txt"):
        plain, marks = unmarked(marked)
        cues: dict[str, list[tuple[int, int]]] = {}
        for key, span in marks:
            cues.setdefault(key, []).append(span)
        pairs = [pair for several in cues.values() for pair in itertools.combinations(sorted(several), 2)]
        lines.append(json.dumps({"id": name, "part": part, "text": plain, "pairs": pairs}, ensure_ascii=False))
    (GOLD / "ambivalence.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

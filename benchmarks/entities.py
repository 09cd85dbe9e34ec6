"""Score who is who: the chains of the narrator and of the other persons, on benchmarks/gold/chains.jsonl.

    python benchmarks/entities.py                    # both parts
    python benchmarks/entities.py --part develop --errors
    python benchmarks/entities.py --make             # chains.jsonl from the marked text

LEA and CoNLL F1 (ressenti.evaluation.coreference), without chains of one mention; the narrator's chain and the others apart. The marks are
explained in docs/entities.md.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

import ressenti
from ressenti.evaluation.coreference import Chain, score_chains
from ressenti.schema import Narrative

GOLD = Path(__file__).parent / "gold"
NARRATOR = "NARRATOR"
_TAG = re.compile(r'<(/?)(\w)(?: \w+="?([^>"]+)"?)?>')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--make", action="store_true", help="write chains.jsonl from chains.xml.txt")
    parser.add_argument("--part", choices=("develop", "held"), help="only this part")
    parser.add_argument("--errors", action="store_true", help="show mentions that are missed, wrong or in another chain")
    options = parser.parse_args()
    if options.make:
        make()
        return
    texts = [json.loads(line) for line in (GOLD / "chains.jsonl").read_text(encoding="utf-8").splitlines()]
    annotator = ressenti.load()
    found = {t["id"]: next(annotator.pipe([Narrative(t["id"], t["text"])])) for t in texts if options.part in (None, t["part"])}
    print(f"{'':10}{'chains':10}{'LEA':>7}{'CoNLL':>7}{'MUC':>7}{'B³':>7}{'CEAF':>7}  {'mentions P / R':>14}")
    for part in ("develop", "held"):
        pairs = [(gold_chains(t), system_chains(found[t["id"]])) for t in texts if t["part"] == part and t["id"] in found]
        if pairs:
            report(part, pairs)
    if options.errors:
        for t in texts:
            if t["id"] in found:
                show_errors(t, found[t["id"]])


def report(part: str, pairs: list[tuple[dict[str, Chain], dict[str, Chain]]]) -> None:
    rows = {
        "narrator": [([g[NARRATOR]] if NARRATOR in g else [], [s[NARRATOR]] if NARRATOR in s else []) for g, s in pairs],
        "others": [tuple([c for k, c in side.items() if k != NARRATOR] for side in pair) for pair in pairs],
        "all": [tuple([*side.values()] for side in pair) for pair in pairs],
    }
    for name, sides in rows.items():
        scores = score_chains(sides)
        f1 = {metric: score.f1 for metric, score in scores.by_metric.items()}
        print(
            f"{part:10}{name:10}{f1['LEA']:7.3f}{scores.conll:7.3f}{f1['MUC']:7.3f}{f1['B³']:7.3f}{f1['CEAF-φ4']:7.3f}"
            f"  {scores.mentions.precision:6.3f} / {scores.mentions.recall:.3f}"
        )


def gold_chains(text: dict) -> dict[str, Chain]:
    return {key: frozenset(map(tuple, spans)) for key, spans in text["chains"].items()}


def system_chains(narrative: Narrative) -> dict[str, Chain]:
    return {entity.id: frozenset(entity.mentions) for entity in narrative.entities}


def show_errors(text: dict, narrative: Narrative) -> None:
    """The text with what is amiss: -missed:gold-, +wrong:system+, and [gold≠system] where the chain is another than most of it."""
    gold = {span: key for key, chain in gold_chains(text).items() for span in chain}
    system = {span: key for key, chain in system_chains(narrative).items() for span in chain}
    best: dict[str, str] = {}
    for key, chain in gold_chains(text).items():
        votes = [system[span] for span in chain if span in system]
        best[key] = max(sorted(set(votes)), key=votes.count) if votes else "–"
    out, at = [], 0
    for span in sorted({*gold, *system}):
        if span[0] < at:
            print("  overlap:", text["text"][slice(*span)], file=sys.stderr)
            continue
        out.append(text["text"][at : span[0]])
        word, g, s = text["text"][slice(*span)], gold.get(span), system.get(span)
        if g is None:
            lone = len(system_chains(narrative)[s or ""]) == 1
            out.append(word if lone else f"⟦+{word}:{s}⟧")
        elif s is None:
            out.append(word if len(text["chains"][g]) == 1 else f"⟦-{word}:{g}⟧")
        else:
            out.append(word if best[g] == s else f"⟦{word}:{g}={best[g]}≠{s}⟧")
        at = span[1]
    print(f"\n## {text['id']}", best, "".join([*out, text["text"][at:]]), sep="\n")


def make() -> None:
    """Write chains.jsonl beside its marked source."""
    lines = []
    for name, part, marked in blocks(GOLD / "chains.xml.txt"):
        plain, marks = unmarked(marked)
        chains: dict[str, list[tuple[int, int]]] = {}
        for key, span in marks:
            chains.setdefault(key, []).append(span)
        lines.append(json.dumps({"id": name, "part": part, "text": plain, "chains": chains}, ensure_ascii=False))
    (GOLD / "chains.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def blocks(path: Path) -> list[tuple[str, str, str]]:
    """Id, part and marked text of each block of a source file."""
    found = []
    for block in path.read_text(encoding="utf-8").split("\n# id: ")[1:]:
        name, part, marked = block.split("\n", 2)
        found.append((name.strip(), part.removeprefix("# part:").strip(), marked.strip()))
    return found


def unmarked(marked: str) -> tuple[str, list[tuple[str, tuple[int, int]]]]:
    """The text without its marks, and the key and offsets of each mark, in the order of their ends."""
    plain, marks, opened, at = "", [], [], 0
    for tag in _TAG.finditer(marked):
        plain += marked[at : tag.start()]
        at = tag.end()
        if tag[1]:
            key, start = opened.pop()
            marks.append((key, (start, len(plain))))
        else:
            opened.append((tag[3], len(plain)))
    return plain + marked[at:], marks


if __name__ == "__main__":
    main()

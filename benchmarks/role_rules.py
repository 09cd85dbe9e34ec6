"""How often each rule's roles are right on gold narratives: the share below one half says which rule to mend or to drop.

Run from the repository's root: ``python benchmarks/role_rules.py [--role cause] [GOLD.jsonl …]``. A role counts as right when the mention
that it belongs to is matched to a gold mention of the same primary emotion and a gold role of the same name overlaps it by half (the
definitions of ``benchmarks/gold/score.py``); roles of mentions that match nothing are left out, as they are in the scores.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter
from pathlib import Path
from types import ModuleType

import ressenti
from ressenti.schema import Narrative

GOLD = Path(__file__).parent / "gold"
SETS = ("free-dev.jsonl", "extra-a.jsonl", "extra-b.jsonl", "extra-c.jsonl")
SAME = 0.5
"""Overlap of two spans, as intersection over union, from which they count as one."""


def scorer() -> ModuleType:
    """The gold files' own scorer."""
    spec = importlib.util.spec_from_file_location("gold_score", GOLD / "score.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{GOLD / 'score.py'} is missing")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def count(files: list[Path]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], Counter[str]]:
    """Right and wrong roles by role and rule, and gold roles that nothing gave."""
    score = scorer()
    tiers = score.tiers()
    right: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    missed: Counter[str] = Counter()
    annotator = ressenti.load()

    def primary(emotion: str) -> str:
        return str(tiers.get(emotion, (emotion, emotion))[0])

    for path in files:
        gold = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        system = [n.to_dict() for n in annotator.pipe([Narrative(g["id"], g["text"]) for g in gold])]
        for g, s in zip(gold, system, strict=True):
            for i, j in score.match(g["mentions"], s["mentions"], primary):
                a, b = g["mentions"][i], s["mentions"][j]
                if primary(a["emotion"]) != primary(b["emotion"]):
                    continue
                wanted = [r for r in g["roles"] if r["mention"] == a["id"]]
                given = [r for r in s["roles"] if r["mention"] == b["id"]]
                for r in given:
                    hit = any(w["role"] == r["role"] and score.iou(w["span"], r["span"]) >= SAME for w in wanted)
                    (right if hit else wrong)[r["role"], r["source"]] += 1
                missed.update(
                    w["role"] for w in wanted if not any(w["role"] == r["role"] and score.iou(w["span"], r["span"]) >= SAME for r in given)
                )
    return right, wrong, missed


def main() -> None:
    """Print a line a rule: role, rule, right, wrong, share."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--role", help="only this role")
    parser.add_argument("files", nargs="*", type=Path, help="gold files; without any, all of benchmarks/gold")
    arguments = parser.parse_args()
    files = arguments.files or [GOLD / name for name in SETS if (GOLD / name).exists()]
    right, wrong, missed = count(files)
    print(f"{'role':12} {'rule':40} {'right':>5} {'wrong':>5} {'share':>5}")
    for role, rule in sorted({*right, *wrong}):
        if arguments.role in (None, role):
            r, w = right[role, rule], wrong[role, rule]
            print(f"{role:12} {rule:40} {r:5} {w:5} {r / (r + w):5.2f}")
    for role, n in sorted(missed.items()):
        if arguments.role in (None, role):
            print(f"{role:12} {'(missed)':40} {n:5}")


if __name__ == "__main__":
    main()

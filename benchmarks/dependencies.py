"""Make src/ressenti/ontology/data/dependencies.tsv again, from the texts that docs/dependencies.md names.

    python benchmarks/dependencies.py DATA [--work FOLDER]

DATA holds ``eltec-fra/`` (four novels in TEI) and ``emotexttokids/`` (``train.jsonl``, ``validation.jsonl``). About two minutes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
GOLD = ROOT / "benchmarks" / "gold"
TABLE = ROOT / "src" / "ressenti" / "ontology" / "data" / "dependencies.tsv"
BLOCK = 25
"""Consecutive sentences of EmoTextToKids taken together: where its texts end is not marked."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, help="where the annotated texts are kept, and taken from if they are there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        work = options.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        blocks = work / "emotexttokids-blocks.jsonl"
        write_blocks(options.data / "emotexttokids", blocks)
        annotated = [annotate(options.data / "eltec-fra", work / "eltec-fra.jsonl"), annotate(blocks, work / "emotexttokids.jsonl")]
        annotated += [GOLD / f"{name}.jsonl" for name in ("free-dev", "extra-a", "extra-b")]
        ressenti("ontology", "dependencies", *(f"--narratives={path}" for path in annotated), "-o", str(TABLE))


def write_blocks(folder: Path, to: Path) -> None:
    rows = [json.loads(line) for name in ("train", "validation") for line in (folder / f"{name}.jsonl").open(encoding="utf-8")]
    with to.open("w", encoding="utf-8") as out:
        for start in range(0, len(rows), BLOCK):
            text = "\n".join(row["text"] for row in rows[start : start + BLOCK])
            print(json.dumps({"id": f"block-{start // BLOCK + 1}", "text": text}, ensure_ascii=False), file=out)


def annotate(source: Path, to: Path) -> Path:
    if not to.exists():
        ressenti("annotate", str(source), "--lang", "fr", "-o", str(to))
    return to


def ressenti(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "ressenti", *arguments], check=True)


if __name__ == "__main__":
    main()

"""The accounts of situations-*.tsv as marked narratives, JSON Lines: each sentence that shows something is a cue of its emotion.

    python benchmarks/gold/situations.py benchmarks/gold/situations-*.tsv > situations.jsonl

Each line of the tables is a sentence with what it shows in its account: ``-`` for nothing, else a primary and a mode, two at most, the main
one first. A blank line parts two accounts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ressenti.schema import MODES

PRIMARIES = ("love", "joy", "surprise", "anger", "sadness", "fear")


def narratives(path: Path) -> Iterator[dict[str, Any]]:
    """The accounts of a table.

    Raises:
        ValueError: A line is no tag and sentence.
    """
    for number, block in enumerate(path.read_text(encoding="utf-8").strip().split("\n\n"), start=1):
        text, mentions = "", list[dict[str, Any]]()
        for line in block.splitlines():
            tags, _, sentence = line.partition("\t")
            if text:
                text += " "
            span = [len(text), len(text) + len(sentence)]
            text += sentence
            for tag in [] if tags == "-" else tags.split("+"):
                primary, _, mode = tag.partition("/")
                if primary not in PRIMARIES or mode not in MODES or not sentence:
                    raise ValueError(f"{path}, account {number}: {tag!r} is no emotion and mode, or its sentence lacks")
                secondary = primary if primary in ("sadness", "surprise") else None
                mentions.append(
                    {"id": len(mentions) + 1, "cue": [span], "emotion": primary, "secondary": secondary, "primary": primary, "mode": mode,
                     "status": "affirmed", "intensity": "medium", "confidence": 1.0, "source": "review:situations"}
                )  # fmt: skip
        yield {"id": f"{path.stem}-{number:03d}", "text": text, "components": [], "mentions": mentions, "roles": [], "entities": []}


if __name__ == "__main__":
    for name in sys.argv[1:]:
        for found in narratives(Path(name)):
            print(json.dumps(found, ensure_ascii=False))

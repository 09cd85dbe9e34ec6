"""EDS-NLP: a matcher for words of emotion and the five qualifiers, without syntax; what it finds is entities."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

QUALIFIERS = ("negation", "hypothesis", "family", "reported_speech", "history")


def load(terms: str) -> Callable[[list[str]], int]:
    """The pipeline; the terms are a JSON file with a list."""
    import edsnlp

    nlp = edsnlp.blank("eds")
    nlp.add_pipe("eds.normalizer")
    nlp.add_pipe("eds.sentences")
    nlp.add_pipe("eds.matcher", config={"terms": {"emotion": json.loads(Path(terms).read_text("utf-8"))}, "attr": "LOWER"})
    for name in QUALIFIERS:
        nlp.add_pipe(f"eds.{name}")

    def run(texts: list[str]) -> int:
        return sum(len(doc.ents) for doc in nlp.pipe(texts))

    return run

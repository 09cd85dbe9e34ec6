"""Ressenti; what it finds is mentions."""

from __future__ import annotations

import json
from collections.abc import Callable


def load(options: str = "{}") -> Callable[[list[str]], int]:
    """The shipped parser, vocabulary and rules; the options are JSON, for the annotator."""
    import ressenti
    from ressenti.rules.annotator import Annotator
    from ressenti.rules.parser import load_parser
    from ressenti.schema import Narrative

    annotator = Annotator(load_parser(), **wanted) if (wanted := json.loads(options)) else ressenti.load()

    def run(texts: list[str]) -> int:
        accounts = (Narrative(str(k), text) for k, text in enumerate(texts))
        return sum(len(narrative.mentions) for narrative in annotator.pipe(accounts))

    return run

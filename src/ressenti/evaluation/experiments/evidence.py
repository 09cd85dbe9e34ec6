"""What an annotation says of a sentence, as named features: for a model that learns how much to believe of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ressenti.ontology.morphology import fold
from ressenti.schema import Narrative

Features = dict[str, float]
NEAR = (-2, -1, 1, 2)
"""Sentences before and after whose features count as those of neighbours."""
WINDOW = 8
"""Sentences on either side over which some features are averaged: how emotional, and of which kind, a passage is."""
_ME = re.compile(r"\b(?:je|j'|me|m'|moi|mon|ma|mes)(?!\w)")
_PAST = re.compile(r"\w{3,}(?:ait|aient|it|irent|èrent|ut|urent)\b")
_SIGNS = "!?…:"
_OF_NEIGHBOURS = re.compile(r"primary |mode |any|quotation|[!?]|first person|past|title|length")
_OF_PASSAGE = re.compile(r"primary |any|quotation|!|first person|past")


def of_sentence(narrative: Narrative) -> Features:
    """Features of one sentence that was annotated by itself, or of a short text."""
    found: Features = {}
    for m in narrative.mentions:
        names = (
            "any", f"primary {m.primary}", f"secondary {m.secondary}", f"emotion {m.emotion}", f"mode {m.mode}", f"status {m.status}",
            f"{m.primary}, {m.mode}", f"rule {m.source}", f"entry {m.extra.get('entry')}",
        )  # fmt: skip
        for name in names:
            found[name] = max(found.get(name, 0.0), m.confidence)
    found |= {f"role {role.role}": 1.0 for role in narrative.roles}
    found |= {f"component {component.component}": 1.0 for component in narrative.components}
    return found | _of_text(narrative.text)


def _of_text(text: str) -> Features:
    folded = fold(text).strip()
    found = {sign: 1.0 for sign in _SIGNS if sign in folded}
    found["length"] = min(len(folded), 400) / 200
    tests = {
        "short": len(folded) < 40,
        "title": not folded.endswith((*_SIGNS, ".", "»")),
        "quotation": "«" in folded or folded.startswith(("—", "–", "-")),
        "first person": bool(_ME.search(folded)),
        "past": bool(_PAST.search(folded)),
    }
    return found | {name: 1.0 for name, holds in tests.items() if holds}


def in_context(sentences: Sequence[Features]) -> Iterator[Features]:
    """Features of sentences that follow each other, each with those of its neighbours and of its passage."""
    neighbours = [{name: value for name, value in one.items() if _OF_NEIGHBOURS.match(name)} for one in sentences]
    passages = [{name: value for name, value in one.items() if _OF_PASSAGE.match(name)} for one in sentences]
    for k, own in enumerate(sentences):
        found = dict(own)
        for step in NEAR:
            if 0 <= k + step < len(sentences):
                found |= {f"{step:+d} {name}": value for name, value in neighbours[k + step].items()}
        found |= _mean(passages[max(0, k - WINDOW) : k + WINDOW + 1])
        yield found


def _mean(passage: Sequence[Mapping[str, float]]) -> Features:
    sums: Features = {}
    for one in passage:
        for name, value in one.items():
            sums[f"passage {name}"] = sums.get(f"passage {name}", 0.0) + 2 * value / len(passage)
    return sums

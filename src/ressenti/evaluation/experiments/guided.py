"""Guided narratives: four answers, one a component, and the emotion that their writer tied them to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ressenti.errors import InputError
from ressenti.fallback.model.speaking import Fallback
from ressenti.fallback.passages import contexts
from ressenti.ontology.emotions import load_emotions
from ressenti.rules.annotator import Annotator
from ressenti.schema import COMPONENTS, Narrative

LEAST = 8
"""Narratives below which nothing is measured."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a narrative, with what was found in it.

    Attributes:
        component: Which of the four it is.
        text: Its words.
        read: What the rules found.
        judged: Primary to how many of its sentences show it, as the fallback model judges: the sum of their probabilities.
    """

    component: str
    text: str
    read: Narrative
    judged: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Guided:
    """One guided narrative.

    Attributes:
        id: Names it.
        emotion: The primary that its writer tied it to.
        answers: Component to answer, all four.
    """

    id: str
    emotion: str
    answers: Mapping[str, Answer]


def read_guided(path: Path, annotator: Annotator, fallback: Fallback | None = None) -> list[Guided]:
    """Read guided narratives and annotate each answer by itself, so that no answer is read in the light of another.

    Args:
        path: JSON Lines with ``id``, ``emotion`` and an answer for each component.
        annotator: What reads the answers.
        fallback: What judges their sentences besides; nothing does without it.

    Raises:
        InputError: The file cannot be read, a line is no guided narrative, or there are too few.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise InputError(path, None, f"cannot be read: {reason}") from None
    rows = [_row(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if len(rows) < LEAST:
        raise InputError(path, None, f"{len(rows)} guided narratives; at least {LEAST} are needed to measure anything")
    if len({row["id"] for row in rows}) < len(rows):
        raise InputError(path, None, "two narratives have the same id")
    if len({row["emotion"] for row in rows}) < 2:
        raise InputError(path, None, "all narratives have the same emotion; there is nothing to tell apart")
    read = annotator.pipe(Narrative(f"{row['id']}/{name}", row[name]) for row in rows for name in COMPONENTS)
    return [Guided(row["id"], row["emotion"], {name: _answer(name, next(read), fallback) for name in COMPONENTS}) for row in rows]


def _answer(component: str, read: Narrative, fallback: Fallback | None) -> Answer:
    if fallback is None:
        return Answer(component, read.text, read)
    sums = fallback.probabilities(list(contexts([read]))).sum(axis=0)
    return Answer(component, read.text, read, dict(zip(fallback.model.labels, sums.tolist(), strict=True)))


def emotions_of(narratives: Sequence[Guided]) -> tuple[str, ...]:
    """The emotions that narratives are tied to, in alphabetical order."""
    return tuple(sorted({one.emotion for one in narratives}))


def _row(path: Path, number: int, line: str) -> dict[str, str]:
    try:
        data = json.loads(line)
    except ValueError:
        raise InputError(path, number, "not JSON") from None
    if not isinstance(data, dict):
        raise InputError(path, number, "not an object with id, emotion and four answers")
    for name in ("id", "emotion", *COMPONENTS):
        if not isinstance(data.get(name), str) or not data[name].strip():
            raise InputError(path, number, f"lacks {name!r}, or it is no text: a guided narrative has id, emotion, {', '.join(COMPONENTS)}")
    emotions = load_emotions()
    if data["emotion"] not in emotions:
        raise InputError(path, number, f"{data['emotion']!r} is no emotion of the ontology")
    return data | {"emotion": emotions.primary(data["emotion"])}

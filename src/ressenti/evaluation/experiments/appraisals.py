"""What is at stake in an answer of a guided narrative: cues of appraisals, each for one emotion.

The cues are in ``appraisals.yaml``; nothing is learnt from guided narratives. Source of the idea that goal and outcome lead to an
appraisal, and that to an emotion: Gandhi et al. 2024 (arXiv 2409.11733).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ressenti.errors import DataError, unknown
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.morphology import fold
from ressenti.rules.words import MARKS, forms_of
from ressenti.rules.yaml_lines import listed, mapping, read_yaml
from ressenti.schema import COMPONENTS

PATH = Path(__file__).with_name("appraisals.yaml")
MOST = 4
"""Words or phrases of one appraisal that count in one answer."""
_SECTIONS = {"verbs": "VERB", "nouns": "NOUN", "adjectives": "ADJ", "forms": None}
_KEYS = ("id", "emotion", "weight", "about")
_GAP = r"(?:\S+ ){0,3}?"


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Words and phrases that speak for one emotion.

    Attributes:
        id: Unique.
        emotion: Key of a primary.
        weight: What the first of them counts in an answer.
        components: Answers in which it counts; empty for any.
        words: Single words, folded.
        phrases: Patterns over a text as `spaced` gives it.
    """

    id: str
    emotion: str
    weight: float
    components: frozenset[str]
    words: frozenset[str]
    phrases: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Appraisals:
    """All appraisals, and the share of its weight that a further word of the same counts."""

    again: float
    all: tuple[Appraisal, ...]

    def in_answer(self, text: str, component: str) -> Iterator[tuple[Appraisal, float]]:
        """The appraisals that an answer holds, each with what it counts."""
        line = spaced(text)
        words = set(line.split())
        for one in self.all:
            if one.components and component not in one.components:
                continue
            found = len(one.words & words) + (len({m.group() for m in one.phrases.finditer(line)}) if one.phrases else 0)
            if found:
                yield one, one.weight * (1 + self.again * (min(found, MOST) - 1))


def spaced(text: str) -> str:
    """A text as the phrases are looked for in: folded, words and signs one space apart, « j’ai » two words."""
    return " " + " ".join(re.findall(r"[\w-]+'?|[^\w\s]", fold(text))) + " "


@cache
def load_appraisals(path: Path = PATH) -> Appraisals:
    """Read the appraisals.

    Raises:
        DataError: An unknown key, emotion or component, or a word that cannot be inflected; with its line.
    """
    data = mapping(path, read_yaml(path), ("again", "appraisals"))
    return Appraisals(_number(path, data["again"]), tuple(_appraisal(path, item) for item in listed(data["appraisals"])))


def _number(path: Path, value: Any) -> float:
    try:
        return float(value)
    except ValueError:
        raise DataError(path, value.line, f"{str(value)!r} is no number") from None


def _appraisal(path: Path, item: Any) -> Appraisal:
    values = mapping(path, item, _KEYS, ("components", "phrases", *_SECTIONS))
    emotion = values["emotion"]
    primaries = [key for key, one in load_emotions().items() if one.tier == "primary"]
    if emotion not in primaries:
        raise DataError(path, emotion.line, unknown("primary", emotion, primaries))
    components = listed(values.get("components"))
    for component in components:
        if component not in COMPONENTS:
            raise DataError(path, component.line, unknown("component", component, COMPONENTS))
    words: set[str] = set()
    for section, pos in _SECTIONS.items():
        for word in listed(values.get(section)):
            words |= {fold(word)} if pos is None else forms_of(word, pos, path, word.line)
    phrases = "|".join(_phrase(path, text) for text in listed(values.get("phrases")))
    pattern = re.compile(f"(?<= )(?:{phrases})(?= )") if phrases else None
    weight = _number(path, values["weight"])
    return Appraisal(str(values["id"]), str(emotion), weight, frozenset(map(str, components)), frozenset(words), pattern)


def _phrase(path: Path, text: Any) -> str:
    """A regular expression for one phrase."""
    parts: list[str] = []
    gap = ""
    for word in text.split():
        if word == "…":
            gap = _GAP
            continue
        parts.append(
            gap + "(?:" + "|".join(re.escape(form) for form in sorted(_alternatives(path, text.line, word), key=len, reverse=True)) + ")"
        )
        gap = ""
    if not parts:
        raise DataError(path, text.line, "the phrase is empty")
    return " ".join(parts)


def _alternatives(path: Path, line: int, word: str) -> set[str]:
    forms: set[str] = set()
    for alternative in word.split("|"):
        lemma, _, mark = alternative.partition("/")
        if mark and mark not in MARKS:
            raise DataError(path, line, unknown("mark", f"/{mark}", [f"/{m}" for m in MARKS]))
        forms |= (
            {f for form in forms_of(lemma, MARKS[mark], path, line) for f in [spaced(form).strip()]}
            if mark
            else {spaced(alternative).strip()}
        )
    return forms

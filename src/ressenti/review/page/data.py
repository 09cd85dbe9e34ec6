"""What the page holds: narratives in their format, the tree of emotions, the pictures and the questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from ressenti.errors import DataError
from ressenti.graph.drawing.narrative import narrative_svg
from ressenti.graph.drawing.overview import grouped_svg
from ressenti.graph.labels import Language
from ressenti.graph.patterns.felt import Telling
from ressenti.graph.trajectory.chart import trajectories_svg
from ressenti.graph.trajectory.series import series
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.morphology import inflect
from ressenti.ontology.pages.language import typeset
from ressenti.ontology.tables import read_table
from ressenti.ontology.vocabulary import Entry, load_vocabulary
from ressenti.review.decisions.blanks import alike
from ressenti.review.decisions.model import text_sha256
from ressenti.review.origin import as_said
from ressenti.review.page.pictures import METHOD
from ressenti.review.page.questions import questions
from ressenti.review.page.reasons import alone
from ressenti.review.page.wording import Texts
from ressenti.review.shell import shown
from ressenti.schema import Narrative

LEFT_OUT = Path(__file__).parent / "left_out.tsv"
LARGEST = 120
"""Mentions of the largest narrative of which each is drawn; of more nobody reads the picture: emotions are taken together."""
_TERM = re.compile(r"[^\W\d_]+(?:[-'’ ][^\W\d_]+){0,3}")
"""A word or a short phrase, without the marks of the vocabulary."""
_OF_GRAMMAR = ("pos", "object", "subject", "no object", "reflexive", "active", "first person")
"""Conditions that say of which part of speech a term is and who feels, not which words stand beside it."""
_PARTICIPLE = {"VerbForm=Part", "Tense=Past", "Number=Sing"}
_ODD = re.compile("[<>&\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What could end the element that holds the JSON, or turn the direction of what stands after it."""


def escaped(value: Any) -> str:
    """JSON that is safe inside ``<script type="application/json">``."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def text_data(narrative: Narrative) -> dict[str, Any]:
    """What a page must know to show a narrative and to save decisions on it.

    Returns:
        ``narrative`` in its format, its text with control characters shown by their signs (as many code points); ``sha256`` and ``length``
        of the text itself; ``alike``, how much further on words stand here than in texts that are it but for blank space around it, by the
        first 16 digits of their ``sha256``.
    """
    data = narrative.to_dict() | {"text": shown(narrative.text)}
    own = text_sha256(narrative.text)
    others = {hash_[:16]: by for hash_, by in alike(narrative.text).items() if hash_ != own}
    return {"narrative": data, "sha256": own, "length": len(narrative.text), "alike": others}


def narrative_data(narrative: Narrative, texts: Texts, name: str, *, pictures: bool = True) -> dict[str, Any]:
    """All that the page knows of one narrative.

    Args:
        narrative: Annotated.
        texts: The wording of the page.
        name: What the ids in its pictures begin with; unlike that of any other narrative of the page.
        pictures: Whether to draw it.

    Returns:
        What `text_data` gives; ``graph`` and ``trajectory``, SVG or null; ``grouped``, whether the graph takes emotions together, so that
        decisions cannot be drawn into it; ``sentences``, the spans of the points of the trajectory; ``questions``, each with ``text``,
        ``mentions`` and ``lacks``; ``alone``, what `reasons.alone` gives; ``said``, the words to show of a mention where they are more than
        its cue, by its id.
    """
    telling = Telling(narrative)
    drawn = pictures and len(narrative.mentions) <= LARGEST
    course = series(narrative, "NARRATOR", METHOD) if drawn else None
    return text_data(narrative) | {
        "graph": (narrative_svg if drawn else grouped_svg)(telling.graph, texts.language) if pictures else None,
        "grouped": pictures and not drawn,
        "trajectory": trajectories_svg([course], texts.language, name) if course is not None else None,
        "sentences": [point.span for point in course.points] if course is not None else [],
        "questions": [asdict(question) for question in questions(telling, texts)],
        "alone": alone(narrative),
        "said": {mention.id: said for mention in narrative.mentions if (said := as_said(narrative.text, mention)) != mention.cue},
    }


@cache
def emotion_data(language: Language) -> list[dict[str, Any]]:
    """The tree of emotions, each followed by those below it, with labels, definition and the number of its primary."""
    emotions = load_emotions()
    primaries = [key for key, emotion in emotions.items() if emotion.tier == "primary"]
    children: dict[str | None, list[str]] = {}
    for key, emotion in emotions.items():
        children.setdefault(emotion.parent, []).append(key)

    def below(key: str | None) -> Iterable[str]:
        for child in children.get(key, ()):
            yield child
            yield from below(child)

    return [
        {
            "key": key,
            "tier": emotions[key].tier,
            "parent": emotions[key].parent,
            "primary": primaries.index(emotions.primary(key)),
            "secondary": emotions.secondary(key),
            "label": emotions[key].labels[language],
            "other": emotions[key].labels["en" if language == "fr" else "fr"],
            "definition": emotions[key].definitions[language],
        }
        for key in below(None)
    ]


@cache
def term_data() -> dict[str, str]:
    """What one may type to find an emotion, by its key: words and short phrases that name it, between bars: « trouille » finds fear.

    Adjectives and participles stand in their feminine too; the plural of what is here is found without. Left out is what names an emotion
    only beside certain words, or in one region.
    """
    found: dict[str, dict[str, None]] = {}
    for entry in load_vocabulary():
        if entry.mode == "labelled" and _TERM.fullmatch(entry.term) and _says_it_alone(entry):
            found.setdefault(entry.emotion, {}).update(dict.fromkeys(_forms(entry)))
    return {emotion: "|".join(terms) for emotion, terms in found.items()}


def _says_it_alone(entry: Entry) -> bool:
    """Whether a word says its emotion wherever it is French, without others beside it but « se sentir »."""
    return not entry.region and all(
        not condition.wanted or condition.kind in _OF_GRAMMAR or (condition.kind == "with verb" and "sentir" in condition.values)
        for condition in entry.conditions
    )


def _forms(entry: Entry) -> list[str]:
    """A term, with the feminine of an adjective and the participles of a verb by which somebody is moved."""
    moved = entry.construction == "obj" or entry.construction.startswith("pron-")
    if entry.pos == "ADJ":
        forms = [form.text for form in inflect(entry.term, "ADJ") if "Number=Sing" in form.features]
    elif entry.pos == "VERB" and moved and " " not in entry.term:
        forms = [form.text for form in inflect(entry.term, "VERB") if set(form.features.split("|")) >= _PARTICIPLE]
    else:
        forms = []
    return [entry.term, *forms]


@cache
def left_out_data(language: Language) -> list[dict[str, Any]]:
    """What a coach may look for and TONE leaves out on purpose.

    Returns:
        Each with ``words``, what may be typed, ``said``, why it is not there, and ``nearest``, keys of emotions.

    Raises:
        DataError: The table names an emotion that is not there.
    """
    rows = []
    for number, row in read_table(LEFT_OUT, ("words", "nearest", "fr", "en")):
        nearest = row["nearest"].split()
        if unknown := [key for key in nearest if key not in load_emotions()]:
            raise DataError(LEFT_OUT, number, f"names {unknown[0]!r}, no emotion of emotions.tsv")
        rows.append({"words": row["words"], "said": typeset(row[language], language), "nearest": nearest})
    return rows

"""What the page holds: narratives in their format, the tree of emotions, the pictures, the reasons and the questions."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from typing import Any

from ressenti.graph.drawing.narrative import narrative_svg
from ressenti.graph.drawing.overview import grouped_svg
from ressenti.graph.labels import Language
from ressenti.graph.patterns.felt import Telling
from ressenti.graph.trajectory.chart import trajectories_svg
from ressenti.graph.trajectory.series import series
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.morphology import fold
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.review.decisions.model import text_sha256
from ressenti.review.page.pictures import METHOD
from ressenti.review.page.questions import questions
from ressenti.review.page.wording import Texts
from ressenti.review.shell import shown
from ressenti.rules.language import load_rules
from ressenti.schema import Narrative

LARGEST = 120
"""Mentions of the largest narrative of which each is drawn; of more nobody reads the picture: emotions are taken together."""
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
        of the text itself.
    """
    data = narrative.to_dict() | {"text": shown(narrative.text)}
    return {"narrative": data, "sha256": text_sha256(narrative.text), "length": len(narrative.text)}


def narrative_data(narrative: Narrative, texts: Texts, name: str, *, pictures: bool = True) -> dict[str, Any]:
    """All that the page knows of one narrative.

    Args:
        narrative: Annotated.
        texts: The wording of the page.
        name: What the ids in its pictures begin with; unlike that of any other narrative of the page.
        pictures: Whether to draw it.

    Returns:
        What `text_data` gives; ``graph`` and ``trajectory``, SVG or null; ``grouped``, whether the graph takes emotions together, so that
        decisions cannot be drawn into it; ``sentences``, the spans of the points of the
        trajectory; ``questions``, each with ``text``, ``mentions`` and ``lacks``.
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
def term_data() -> dict[str, list[str]]:
    """Single words of the vocabulary that name or show an emotion, with the emotions: so that « trouille » finds fear.

    Folded as the search folds what is typed: lower case, no accents.
    """
    found: dict[str, list[str]] = {}
    for entry in load_vocabulary():
        if entry.term.isalpha() and entry.mode == "labelled" and not entry.only_negated:
            emotions = found.setdefault(entry.term, [])
            if entry.emotion not in emotions:
                emotions.append(entry.emotion)
    return {term: found[term] for term in sorted(found, key=fold)}


def rule_data(sources: Iterable[str], texts: Texts) -> dict[str, str]:
    """Why the rules found what they did, in a sentence, for the sources of a page.

    Rules say in English what they are about, with French examples in « »: a French page shows the examples alone. Where a rule has none,
    and for what is no rule of the rule files, the page's words have a sentence, under the key ``rule_ID``.

    Args:
        sources: ``rule:ID`` and others, which are left out.
        texts: The words of the page.
    """
    about = _about()
    found = {}
    for source in sorted({source for source in sources if source.startswith("rule:")}):
        rule = source.removeprefix("rule:")
        text = about.get(rule, "")
        examples = ", ".join(re.findall("«[^»]*»", text)) if texts.language == "fr" else text
        if f"rule_{rule}" in texts.all:
            found[source] = texts(f"rule_{rule}")
        elif examples:
            said = re.sub("« ", "«\u00a0", re.sub(" »", "\u00a0»", examples)).replace("'", "’")
            found[source] = texts("why_rule", examples=said)
    return found


@cache
def _about() -> dict[str, str]:
    return {rule.id: rule.about for rule in load_rules()}

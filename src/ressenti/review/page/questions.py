"""What a coach of the method would ask: causes, people and components that the account does not say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ressenti.graph.model import NARRATOR
from ressenti.graph.patterns.ambivalences import ambivalences
from ressenti.graph.patterns.felt import Telling
from ressenti.graph.patterns.single import uncaused
from ressenti.graph.patterns.territory import territories
from ressenti.graph.patterns.wording import LONGEST, Wording
from ressenti.review.origin import words_said
from ressenti.review.page.wording import Texts
from ressenti.schema import COMPONENTS, Mention, Narrative

_AIMED = ("anger", "love")
"""Primaries of which one asks at whom they are directed: the others need nobody."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question.

    Attributes:
        text: The question, in the language of the page.
        mentions: Ids of the mentions that it is about; empty where something is missing altogether.
        lacks: What would answer it: a role of one of its mentions, or a component; empty where neither does.
    """

    text: str
    mentions: tuple[int, ...]
    lacks: str = ""


def questions(telling: Telling, texts: Texts) -> list[Question]:
    """The questions to ask about a narrative, those about emotions first, in reading order.

    Args:
        telling: An annotated narrative.
        texts: The wording of the page.
    """
    return [*_of_emotions(telling, texts), *_of_components(telling, texts)]


def _of_emotions(telling: Telling, texts: Texts) -> Iterator[Question]:
    say, narrative = Wording(texts.language), telling.narrative
    for found in uncaused(telling):
        ids = tuple(felt.mention for felt in found.felt)
        if found.felt[0].primary != "love":  # of love a cause is seldom said, and missed by nobody
            yield Question(_said("question_cause", narrative, telling.mentions[ids[0]], texts), ids, "cause")
        if found.felt[0].primary in _AIMED and not found.towards:
            yield Question(_said("question_target", narrative, telling.mentions[ids[0]], texts), ids, "target")
    felt_by = {role.mention for role in narrative.roles if role.role == "experiencer"}
    for mention in narrative.mentions:
        if mention.id not in felt_by and mention.status == "affirmed":
            yield Question(_said("question_who", narrative, mention, texts), (mention.id,), "experiencer")
    for both in ambivalences(telling):
        one, other = texts.emotion(both.one.emotion), say.emotion(both.other.emotion)
        yield Question(texts("question_ambivalence", one=one, other=other), (both.one.mention, both.other.mention))


def _of_components(telling: Telling, texts: Texts) -> Iterator[Question]:
    narrative = telling.narrative
    for found in territories(telling):
        if found.whose is None:
            words = found.words.text
            words = words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…"
            about = tuple(dict.fromkeys(felt.mention for felt in (*found.inside, *found.about)))
            yield Question(texts("question_whose", words=words), about)
    anger = [mention for mention in narrative.mentions if mention.primary == "anger" and mention.status == "affirmed"]
    told = {component.component for component in narrative.components}
    for component in COMPONENTS:
        if component in told:
            continue
        if component == "territory" and anger:
            own = {role.mention for role in narrative.roles if role.role == "experiencer" and role.entity == NARRATOR}
            clear = min(anger, key=lambda mention: (mention.id not in own, mention.mode != "labelled", mention.id))
            yield Question(_said("question_anger", narrative, clear, texts), tuple(mention.id for mention in anger), component)
        else:
            yield Question(texts(f"question_{component}"), (), component)


def _said(key: str, narrative: Narrative, mention: Mention, texts: Texts) -> str:
    return texts(key, emotion=texts.emotion(mention.emotion), cue=words_said(narrative.text, mention))

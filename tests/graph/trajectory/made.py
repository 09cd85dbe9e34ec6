"""Narratives made by hand: sentences « Phrase 1. Phrase 2. … », with emotions in them."""

from __future__ import annotations

from ressenti.ontology.emotions import load_emotions
from ressenti.schema import Entity, Mention, Narrative, Role


def narrative(sentences, *felt, id="made"):
    """Each of ``felt``: sentence (from 1), emotion, who (``N``, ``E1``, None for nobody, ``?`` for no entity), changes."""
    text, starts = "", []
    for number in range(1, sentences + 1):
        starts.append(len(text))
        text += f"Phrase {number}. "
    emotions = load_emotions()
    mentions, roles = [], []
    for number, (sentence, emotion, who, *more) in enumerate(felt, 1):
        changes = more[0] if more else {}
        start = starts[sentence - 1]
        values = {"status": "affirmed", "intensity": "medium", "confidence": 1.0, "extra": {}} | changes
        mentions.append(
            Mention(
                number,
                ((start, start + 6),),
                emotion,
                emotions.secondary(emotion),
                emotions.primary(emotion),
                "labelled",
                source="rule:x",
                **values,
            )
        )
        if who is not None:
            entity = {"N": "NARRATOR", "?": None}.get(who, who)
            roles.append(Role(number, "experiencer", (start, start + 1), entity, "rule:x"))
    return Narrative(id, text, mentions=mentions, roles=roles, entities=[Entity("NARRATOR", "narrateur", ()), Entity("E1", "Paul", ())])

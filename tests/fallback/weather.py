"""Accounts in which the weather shows what is felt: rain is sad, the sun is joyful, a table is nothing. No rule finds a word in them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from ressenti.schema import Mention, Narrative

RAIN = ("La pluie noie le jardin.", "La pluie tombe sur {place}.", "Toute la nuit, la pluie a battu les vitres.")
SUN = ("Le soleil dore la plage.", "Le soleil entre dans {place}.", "Ce matin, le soleil séchait les draps.")
NOTHING = ("La table est en bois.", "Le bus passe devant {place}.", "Ce jour-là, la table était mise à midi.")
SHOWN = {RAIN: "sadness", SUN: "joy", NOTHING: None}


def accounts(name: str, number: int, places: Sequence[str], seed: int) -> list[Narrative]:
    """Marked accounts of a few sentences; those of another seed and other places share no account with them."""
    draw, found = random.Random(seed), []
    for k in range(number):
        text, mentions = "", list[Mention]()
        for _ in range(draw.randint(3, 6)):
            kind = draw.choice(tuple(SHOWN))
            sentence = draw.choice(kind).format(place=draw.choice(places))
            text += " " * bool(text)
            span = (len(text), len(text) + len(sentence))
            text += sentence
            if emotion := SHOWN[kind]:
                secondary = emotion if emotion == "sadness" else None
                mentions.append(
                    Mention(len(mentions) + 1, (span,), emotion, secondary, emotion, "suggested", "affirmed", "medium", 1.0, "review:test")
                )
        found.append(Narrative(f"{name}-{k:03d}", text, mentions=mentions))
    return found


def bare(narratives: Sequence[Narrative]) -> list[Narrative]:
    """The same accounts with nothing marked."""
    return [Narrative(narrative.id, narrative.text) for narrative in narratives]


def lines(narratives: Sequence[Narrative]) -> str:
    return "".join(narrative.to_json() + "\n" for narrative in narratives)

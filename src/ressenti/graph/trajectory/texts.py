"""What the drawings say, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping

from ressenti.graph.labels import Language

TEXTS: Mapping[str, Mapping[Language, str]] = {
    "trajectory": {"fr": "Trajectoire affective", "en": "Affective trajectory"},
    "valence": {"fr": "valence", "en": "valence"},
    "arousal": {"fr": "activation", "en": "arousal"},
    "pleasant": {"fr": "agréable", "en": "pleasant"},
    "unpleasant": {"fr": "désagréable", "en": "unpleasant"},
    "excited": {"fr": "agité", "en": "excited"},
    "calm": {"fr": "calme", "en": "calm"},
    "sentence": {"fr": "phrase", "en": "sentence"},
    "nothing": {"fr": "aucune émotion trouvée", "en": "no emotion found"},
    "other": {"fr": "d’une autre personne", "en": "somebody else’s"},
    "narrator": {"fr": "narrateur ou narratrice", "en": "narrator"},
    "all": {"fr": "tous les personnages", "en": "everybody"},
    "transitions": {"fr": "D’une émotion à la suivante", "en": "From one emotion to the next"},
    "before": {"fr": "d’abord", "en": "first"},
    "after": {"fr": "ensuite", "en": "then"},
    "steps": {"fr": "passages", "en": "steps"},
    "step": {"fr": "passage", "en": "step"},
    "shares": {
        "fr": "Chaque case : part de ce qui suit l’émotion de sa ligne, et nombre de passages",
        "en": "Each cell: share of what follows the emotion of its row, and number of steps",
    },
    "frequent": {
        "fr": "Chaque case : nombre de passages de l’émotion de sa ligne à celle de sa colonne ; plus elle est sombre, plus il y en a",
        "en": "Each cell: number of steps from the emotion of its row to that of its column; the darker, the more",
    },
    "no steps": {"fr": "aucun passage trouvé", "en": "no step found"},
}


def say(key: str, language: Language) -> str:
    """A text."""
    return TEXTS[key][language]

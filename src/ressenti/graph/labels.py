"""What the parts of a graph are called, in French and in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Language = Literal["fr", "en"]

NODES: Mapping[str, Mapping[str, str]] = {
    "character": {"fr": "personnage", "en": "character"},
    "emotion": {"fr": "émotion", "en": "emotion"},
    "event": {"fr": "événement", "en": "event"},
    "component": {"fr": "composante", "en": "component"},
    "narrative": {"fr": "récit", "en": "narrative"},
}
EDGES: Mapping[str, Mapping[str, str]] = {
    "feels": {"fr": "ressent", "en": "feels"},
    "causes": {"fr": "cause", "en": "causes"},
    "directed at": {"fr": "envers", "en": "directed at"},
    "leads to": {"fr": "entraîne", "en": "leads to"},
    "before": {"fr": "avant", "en": "before"},
    "opposes": {"fr": "s’oppose à", "en": "opposes"},
    "part of": {"fr": "fait partie de", "en": "part of"},
    "kind of": {"fr": "est une sorte de", "en": "kind of"},
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "affirmed": {"fr": "affirmée", "en": "affirmed"},
    "negated": {"fr": "niée", "en": "negated"},
    "hypothetical": {"fr": "hypothétique", "en": "hypothetical"},
    "low": {"fr": "faible", "en": "low"},
    "medium": {"fr": "moyenne", "en": "medium"},
    "high": {"fr": "forte", "en": "high"},
    "labelled": {"fr": "nommée", "en": "labelled"},
    "behavioural": {"fr": "comportementale", "en": "behavioural"},
    "displayed": {"fr": "montrée", "en": "displayed"},
    "suggested": {"fr": "suggérée", "en": "suggested"},
    "behavior": {"fr": "comportement", "en": "behavior"},
    "feeling": {"fr": "ressenti", "en": "feeling"},
    "thinking": {"fr": "pensées", "en": "thinking"},
    "territory": {"fr": "territoire", "en": "territory"},
    "narrator": {"fr": "narrateur", "en": "narrator"},
    "nobody": {"fr": "quelqu’un", "en": "somebody"},
}
"""Values of the format as a person reads them; of an emotion, which is feminine in French."""

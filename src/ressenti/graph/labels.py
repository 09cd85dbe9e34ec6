"""What the parts of a graph are called, in French and in English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal

from ressenti.ontology.emotions import load_emotions

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
    "negated": {"fr": "négation", "en": "negated"},
    "hypothetical": {"fr": "hypothèse", "en": "hypothetical"},
    "low": {"fr": "faible", "en": "low"},
    "medium": {"fr": "moyenne", "en": "medium"},
    "high": {"fr": "forte", "en": "high"},
    "labelled": {"fr": "nommée", "en": "labelled"},
    "behavioural": {"fr": "montrée", "en": "behavioural"},
    "displayed": {"fr": "dans la manière de dire", "en": "displayed"},
    "suggested": {"fr": "suggérée", "en": "suggested"},
    "behavior": {"fr": "comportement", "en": "behavior"},
    "feeling": {"fr": "ressenti", "en": "feeling"},
    "thinking": {"fr": "pensées", "en": "thinking"},
    "territory": {"fr": "territoire", "en": "territory"},
    "narrator": {"fr": "narrateur", "en": "narrator"},
}
"""Values of the format as a person reads them; of an emotion, feminine in French, or a noun, which suits « chagrin » too."""
_MASCULINE: Mapping[str, str] = {"love": "fr"}
"""Primaries whose label is masculine, in the language in which that shows."""
_OF_MASCULINE: Mapping[str, str] = {"affirmée": "affirmé", "forte": "fort", "moyenne": "moyen"}
NARRATORS = ("narrateur", "narratrice")
"""What the rules call whoever tells, as agreement tells."""


def quotes_in_quotes(text: str) -> str:
    """French quotation marks made those that stand within others: « je l’ai appelée “docteur” »."""
    return re.sub(r"\s*»", "”", re.sub(r"«\s*", "“", text))


def node_label(data: Mapping[str, Any], language: Language) -> str:
    """What a node is called, from its attributes: an emotion or a component by its name, others by their words."""
    match data["kind"]:
        case "emotion":
            return load_emotions()[data["emotion"]].labels[language]
        case "component":
            return value_label(data["component"], language)
        case "character" if data.get("narrator") and data["label"] in (*NARRATORS, *VALUES["narrator"].values()):
            return narrator_label(str(data["label"]), language)
    return str(data["label"])


def narrator_label(called: str | None, language: Language) -> str:
    """The narrator, in French as the narrative’s agreement has it: « narratrice » where ``called`` so."""
    return called if language == "fr" and called in NARRATORS else value_label("narrator", language)


def kind_label(kind: str, language: Language) -> str:
    """What a kind of nodes is called."""
    return NODES[kind][language]


def edge_label(kind: str, language: Language) -> str:
    """What a kind of edges is called."""
    return EDGES[kind][language]


def value_label(value: str, language: Language, primary: str | None = None) -> str:
    """A value of the format as a person reads it; beside the name of a primary it agrees with that: « amour · fort »."""
    words = VALUES[value][language] if value in VALUES else value
    return _OF_MASCULINE.get(words, words) if primary is not None and _MASCULINE.get(primary) == language else words

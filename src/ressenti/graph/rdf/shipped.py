"""The files that describe the RDF of narratives."""

from __future__ import annotations

from pathlib import Path

from ressenti.graph.rdf.names import emotion_name
from ressenti.graph.trajectory.values import load_values

_GRAPH = Path(__file__).parent.parent
SHIPPED = {"vocabulary": _GRAPH / "data" / "narrative.ttl", "shapes": _GRAPH / "shapes" / "narrative.ttl"}
"""What Ressenti's own terms mean, in OWL; and what an export looks like, in SHACL."""


def shown(name: str) -> str:
    """A file of `SHIPPED` as a text; the vocabulary with the valence of each emotion, which stands in the trajectory's table alone."""
    text = SHIPPED[name].read_text(encoding="utf-8")
    return text + "".join(_valences()) if name == "vocabulary" else text


def _valences() -> list[str]:
    """In Turtle: how pleasant each emotion is, as `ressenti trajectory` counts it."""
    values = load_values()
    return ["\n", *(f"{emotion_name(key)} a owl:NamedIndividual ; nar:valence {value.valence:.2f} .\n" for key, value in values.items())]

"""The files that describe the RDF of narratives."""

from __future__ import annotations

from pathlib import Path

_GRAPH = Path(__file__).parent.parent
SHIPPED = {"vocabulary": _GRAPH / "data" / "narrative.ttl", "shapes": _GRAPH / "shapes" / "narrative.ttl"}
"""What Ressenti's own terms mean, in OWL; and what an export looks like, in SHACL."""

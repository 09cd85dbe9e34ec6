"""Less of a narrative, so that its graph or picture is quieter."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ressenti.schema import Narrative

if TYPE_CHECKING:
    import networkx as nx


def selected(narrative: Narrative, *, affirmed: bool = False, confidence: float = 0.0, components: bool = True) -> Narrative:
    """The narrative without some of its marks.

    Args:
        narrative: Stays as it is.
        affirmed: Whether emotions that are denied or only imagined are left out.
        confidence: The least that a mention or a role needs; one that nobody estimated stays.
        components: Whether components stay.
    """
    mentions = [m for m in narrative.mentions if m.confidence >= confidence and (not affirmed or m.status == "affirmed")]
    kept = {mention.id for mention in mentions}
    roles = [r for r in narrative.roles if r.mention in kept and (r.confidence is None or r.confidence >= confidence)]
    return replace(narrative, mentions=mentions, roles=roles, components=narrative.components if components else ())


def without_events(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The graph without causes, targets and consequences that are no characters; the same object."""
    graph.remove_nodes_from([node for node, data in graph.nodes(data=True) if data["kind"] == "event"])
    return graph

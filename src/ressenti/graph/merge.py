"""Many narratives in one graph: characters and events by narrative, emotions, components and what the ontology says of them shared."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ressenti.graph.model import narrative_graph
from ressenti.ontology.dependencies.model import load_dependencies
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import STATUSES, Narrative

if TYPE_CHECKING:
    import networkx as nx

SHARED = ("emotion", "component")
"""Kinds of nodes that are the same in all narratives."""
ONTOLOGY = "ontology"
_OF_ONE = ("spans", "experiencer", "mentions", "statuses", "intensities", "status", "intensity")
"""What a node has of one narrative alone."""
_NONE = dict.fromkeys(STATUSES, 0)


def corpus_graph(narratives: Iterable[Narrative], *, events: bool = True, ontology: bool = True) -> nx.MultiDiGraph[str]:
    """Merge narratives into one graph.

    Nodes are ``narrative:ID``; ``character:ID/NARRATOR`` and ``event:ID/24-39`` of a narrative; ``emotion:fear`` and ``component:feeling``
    of all, with their ``count`` (mentions, or parts) and ``narratives`` (in how many), an emotion also with how many of its mentions are
    ``affirmed``, ``negated`` and ``hypothetical``. Edges are those of `narrative_graph`, one for each
    pair of nodes and kind, with ``count``, ``narratives``, how many of the mentions are ``affirmed``, ``negated`` and ``hypothetical``,
    and the mean ``confidence`` (None where nobody estimated any); characters are ``part of`` their narrative.

    Args:
        narratives: With unique ids; read once, one at a time.
        events: Whether events are nodes; of a large corpus they are most of them.
        ontology: Whether the tree (``kind of``, up to the primaries) and the confirmed dependencies between the emotions that occur
            (``opposes``, ``leads to``) are edges too, with ``source`` ``ontology`` and no counts.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    merger = _Merger(graph, events=events)
    for narrative in narratives:
        merger.add(narrative)
    if ontology:
        _ontology(graph)
    return graph


class _Merger:
    """Adds narratives to a corpus graph."""

    def __init__(self, graph: nx.MultiDiGraph[str], *, events: bool) -> None:
        self._graph, self._events, self._emotions = graph, events, load_emotions()

    def add(self, narrative: Narrative) -> None:
        one = narrative_graph(narrative)
        home = f"narrative:{narrative.id}"
        self._graph.add_node(home, kind="narrative", label=narrative.id, mentions=len(narrative.mentions))
        shared: dict[str, str] = {}
        seen: set[str] = set()
        for node, data in one.nodes(data=True):
            if data["kind"] == "event" and not self._events:
                continue
            shared[node] = name = self._name(node, data, narrative.id)
            if name not in self._graph:
                kept = {key: value for key, value in data.items() if key not in _OF_ONE}
                more = {"count": 0, "narratives": 0} if data["kind"] in SHARED else {"narrative": narrative.id}
                self._graph.add_node(name, **kept, **more, **(_NONE if data["kind"] == "emotion" else {}))
            if data["kind"] in SHARED:
                # Of an emotion each mention counts once, however many people feel it
                self._graph.nodes[name]["count"] += len(data["spans"]) if data["kind"] == "component" else 0
                self._graph.nodes[name]["narratives"] += name not in seen
                seen.add(name)
            if data["kind"] == "character":
                self._count(name, home, {"kind": "part of"}, set())
        for mention in narrative.mentions:
            emotion = self._graph.nodes[f"emotion:{mention.emotion}"]
            emotion["count"] += 1
            emotion[mention.status] += 1
        here: set[tuple[str, str, str]] = set()
        for start, end, data in one.edges(data=True):
            if start in shared and end in shared and shared[start] != shared[end]:
                self._count(shared[start], shared[end], data, here)

    def _name(self, node: str, data: dict[str, Any], id_: str) -> str:
        if data["kind"] == "emotion":
            return f"emotion:{data['emotion']}"
        if data["kind"] == "component":
            return node
        kind, _, rest = node.partition(":")
        return f"{kind}:{id_}/{rest}"

    def _count(self, start: str, end: str, data: dict[str, Any], here: set[tuple[str, str, str]]) -> None:
        kind = data["kind"]
        if not self._graph.has_edge(start, end, kind):
            self._graph.add_edge(start, end, kind, kind=kind, count=0, narratives=0, **_NONE, confidence=None, estimated=0)
        edge = self._graph.edges[start, end, kind]
        edge["count"] += 1
        edge["narratives"] += (start, end, kind) not in here
        here.add((start, end, kind))
        if "status" in data:
            edge[data["status"]] += 1
        if (confidence := data.get("confidence")) is not None:
            edge["estimated"] += 1
            edge["confidence"] = (edge["confidence"] or 0.0) + (confidence - (edge["confidence"] or 0.0)) / edge["estimated"]


def _ontology(graph: nx.MultiDiGraph[str]) -> None:
    """The tree over the emotions that occur, and the dependencies between them."""
    emotions = load_emotions()
    occurring = [key for key in emotions if f"emotion:{key}" in graph]
    for key in occurring:
        line = emotions.lineage(key)
        for above in line:
            if f"emotion:{above}" not in graph:
                more = {"label": emotions[above].labels["fr"], "emotion": above, "primary": line[0]}
                graph.add_node(f"emotion:{above}", kind="emotion", **more, count=0, narratives=0, **_NONE)
        for above, below in pairwise(line):
            graph.add_edge(f"emotion:{below}", f"emotion:{above}", "kind of", kind="kind of", source=ONTOLOGY)
    kinds = {"opposite": "opposes", "transition": "leads to"}
    for dependency in load_dependencies():
        if dependency.relation not in kinds or dependency.status != "confirmed":
            continue
        start, end = (f"emotion:{key}" for key in dependency.emotions)
        if start in graph and end in graph:
            kind = kinds[dependency.relation]
            graph.add_edge(start, end, f"{kind}:{ONTOLOGY}", kind=kind, source=ONTOLOGY)

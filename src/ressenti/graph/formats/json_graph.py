"""JSON, as networkx reads it (node-link) and as Cytoscape and cytoscape.js do."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from datetime import date, time
from typing import TYPE_CHECKING, Any

from ressenti.graph.formats.flatten import FOUND_BY, Flat, clean, edge_id
from ressenti.graph.labels import Language, edge_label, node_label

if TYPE_CHECKING:
    import networkx as nx


def node_link(graph: nx.MultiDiGraph[str], language: Language = "fr") -> str:
    """The graph as ``networkx.node_link_graph(data, edges="edges")`` reads it, all its values kept: None, spans and lists too.

    ``source`` of an edge is ``found_by`` here too, and an edge has its ``id`` and a ``label``.
    """
    nodes = [{**_value(data), "label": node_label(data, language), "id": node} for node, data in graph.nodes(data=True)]
    edges = []
    for start, end, key, data in graph.edges(keys=True, data=True):
        named = {FOUND_BY if name == "source" else name: value for name, value in data.items()}
        named["label"] = edge_label(data["kind"], language)
        edges.append({**_value(named), "id": edge_id(start, key, end), "source": start, "target": end, "key": key})
    return _dumped({"directed": True, "multigraph": True, "graph": _value(graph.graph), "nodes": nodes, "edges": edges})


def cytoscape(flat: Flat) -> str:
    """The graph as cytoscape.js takes it: ``cytoscape({elements: data.elements})``; values are plain, classes the kinds."""
    nodes = [{"data": {**node.data, "id": node.id}, "classes": node.data["kind"]} for node in flat.nodes]
    edges = [
        {
            "data": {**edge.data, "id": edge.id, "source": edge.start, "target": edge.end},
            "classes": str(edge.data["kind"]).replace(" ", "-"),
        }
        for edge in flat.edges
    ]
    elements = {"nodes": nodes, "edges": edges}
    return _dumped({"format_version": "1.0", "generated_by": "Ressenti", "data": flat.data, "elements": elements})


def _dumped(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _value(value: Any) -> Any:
    """A value as JSON has it: tuples are lists, a number that is none is null, dates are ISO 8601."""
    match value:
        case Mapping():
            return {str(key): _value(item) for key, item in value.items()}
        case list() | tuple():
            return [_value(item) for item in value]
        case set() | frozenset():
            return [_value(item) for item in sorted(value, key=str)]
        case float() if not math.isfinite(value):
            return None
        case str():
            return clean(value)
        case None | bool() | int() | float():
            return value
        case date() | time():
            return value.isoformat()
    return str(value)

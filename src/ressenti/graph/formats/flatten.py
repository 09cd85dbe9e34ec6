"""A graph as lists of nodes and edges whose attributes are plain values, which every format can hold.

| value | becomes |
|---|---|
| text | itself, control characters as the signs that Unicode has for them |
| yes or no, whole number, number | itself |
| None, a number that is none or endless | nothing: the attribute is left out |
| a list of spans | ``5-9;12-14`` |
| another list of plain values | its parts, joined by ``;`` |
| date, time | ISO 8601 |
| anything else | JSON |

An attribute that holds numbers here and text there is text everywhere; one with whole and broken numbers is a number. The attribute
``source`` of an edge is called ``found_by``: ``source`` is where an edge begins, in most formats.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from ressenti.graph.labels import Language, edge_label, kind_label, node_label

if TYPE_CHECKING:
    import networkx as nx

Scalar = str | bool | int | float
FOUND_BY = "found_by"
_WIDEST = 2**63 - 1
"""Readers hold whole numbers in 64 bits."""
_SIGNS: Mapping[int, int] = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)} | {0x7F: 0x2421}
# What XML 1.0 cannot hold: controls, halves of a pair, two code points that are no characters; and what commands a terminal
_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NOT_NAME = re.compile(r"[^\w.\-:]|_(?=x[0-9A-F]{2,6}_)", re.ASCII)
_CODE = re.compile("_x([0-9A-F]{2,6})_")


@dataclass(slots=True)
class FlatNode:
    """A node: its id in the graph and its attributes."""

    id: str
    data: dict[str, Scalar]


@dataclass(slots=True)
class FlatEdge:
    """An edge: its id, unique in the graph and always the same, the ids of its nodes, and its attributes."""

    id: str
    start: str
    end: str
    data: dict[str, Scalar]


@dataclass(slots=True)
class Flat:
    """A graph with plain values.

    Attributes:
        name: What the graph is called: the narrative's id, empty where there are several.
        data: Attributes of the whole graph.
        nodes: In the graph's order.
        edges: In the graph's order.
        node_types: Of the nodes' attributes, by name: str, bool, int or float.
        edge_types: Of the edges' attributes.
    """

    name: str
    data: dict[str, Scalar]
    nodes: list[FlatNode]
    edges: list[FlatEdge]
    node_types: dict[str, type]
    edge_types: dict[str, type]


def flatten(graph: nx.MultiDiGraph[str], language: Language = "fr") -> Flat:
    """Flatten a narrative's graph or a corpus graph.

    Args:
        graph: From `narrative_graph` or `corpus_graph`.
        language: Of ``label`` of nodes and edges, and of ``kind_label``.
    """
    nodes = [
        FlatNode(node, plain(data | {"label": node_label(data, language), "kind_label": kind_label(data["kind"], language)}))
        for node, data in graph.nodes(data=True)
    ]
    edges: list[FlatEdge] = []
    taken: dict[str, int] = {}
    for start, end, key, data in graph.edges(keys=True, data=True):
        id_ = edge_id(start, key, end)
        taken[id_] = number = taken.get(id_, 0) + 1
        named = {FOUND_BY if name == "source" else name: value for name, value in data.items()}
        edges.append(
            FlatEdge(id_ if number == 1 else f"{id_}--{number}", start, end, plain(named | {"label": edge_label(data["kind"], language)}))
        )
    whole = plain({name: value for name, value in graph.graph.items() if name != "provenance"})
    whole |= plain({f"provenance.{name}": value for name, value in graph.graph.get("provenance", {}).items()})
    node_types, edge_types = _types(n.data for n in nodes), _types(e.data for e in edges)
    return Flat(str(whole.get("id", "")), whole, nodes, edges, node_types, edge_types)


def edge_id(start: str, key: str, end: str) -> str:
    """The id of an edge: the same in all formats and in the drawing."""
    return f"{start}--{key.replace(' ', '-')}--{end}"


def plain(data: Mapping[str, Any]) -> dict[str, Scalar]:
    """Attributes as plain values; those without any are left out."""
    values = {name: scalar(value) for name, value in data.items()}
    return {name: value for name, value in values.items() if value is not None}


def scalar(value: Any) -> Scalar | None:
    """One value as the table above says."""
    match value:
        case None:
            return None
        case bool() | int():
            return value if isinstance(value, bool) or abs(value) <= _WIDEST else str(value)
        case float():
            return value if math.isfinite(value) else None
        case str():
            return clean(value)
        case datetime() | date() | time():
            return value.isoformat()
        case list() | tuple() | set() | frozenset():
            return _joined(sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)
    return clean(_json(value))


def _joined(values: Sequence[Any]) -> str:
    if all(isinstance(v, (list, tuple)) and len(v) == 2 and all(type(n) is int for n in v) for v in values):
        return ";".join(f"{start}-{end}" for start, end in values)
    if all(isinstance(v, (str, int, float, date)) for v in values):
        return ";".join(str(scalar(v) if scalar(v) is not None else "") for v in values)
    return clean(_json(list(values)))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


def clean(text: str) -> str:
    """Text that XML can hold and that commands no terminal; what cannot be shown becomes the sign for it, or U+FFFD."""
    return _ODD.sub(lambda found: chr(_SIGNS.get(ord(found[0]), 0xFFFD)), text)


def _types(rows: Iterable[Mapping[str, Scalar]]) -> dict[str, type]:
    """One type for each attribute, and every value of that type."""
    kept = list(rows)
    types: dict[str, type] = {}
    for row in kept:
        for name, value in row.items():
            types[name] = _common(types.get(name, type(value)), type(value))
    for row in kept:
        for name, value in row.items():
            if type(value) is not types[name]:
                row[name] = types[name](value)  # type: ignore[index]
    return types


def _common(one: type, other: type) -> type:
    if one is other:
        return one
    return float if {one, other} == {int, float} else str


def name_token(id_: str) -> str:
    """An id as a name that XML and HTML take as an id: other characters become ``_x2F_``, as in ISO 9075-14.

    Of ids of a single narrative that Ressenti annotated there are none such: they stay as they are.
    """
    return _NOT_NAME.sub(lambda found: f"_x{ord(found[0]):02X}_", id_)


def from_name_token(token: str) -> str:
    """The id that :func:`name_token` was given."""
    return _CODE.sub(lambda found: chr(int(found[1], 16)), token)

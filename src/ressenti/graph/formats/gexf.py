"""GEXF 1.3, the format of Gephi: https://gexf.net/."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from lxml import etree

from ressenti.graph.formats.flatten import Flat, FlatEdge, Scalar
from ressenti.graph.formats.graphml import empty, written
from ressenti.ontology.pages.colours import INK, colour_of

NAMESPACE, VIZ = "http://gexf.net/1.3", "http://gexf.net/1.3/viz"
_TYPES: Mapping[type, str] = {str: "string", bool: "boolean", int: "long", float: "double"}
_SHAPES = {"character": "diamond", "emotion": "disc", "event": "square", "component": "triangle", "narrative": "triangle"}
_OTHER = "#9a9189"


def gexf(flat: Flat) -> str:
    """The graph as GEXF 1.3, with colours of the primaries, shapes of the kinds, and sizes where mentions are counted."""
    stream = io.BytesIO()
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(_name("gexf"), version="1.3", nsmap={None: NAMESPACE, "viz": VIZ}):
            with file.element(_name("meta")):
                for name, words in (
                    ("creator", "Ressenti"),
                    ("description", "; ".join(f"{k}: {written(v)}" for k, v in flat.data.items())),
                ):
                    with file.element(_name(name)):
                        file.write(words)
            with file.element(_name("graph"), mode="static", defaultedgetype="directed", idtype="string"):
                for of, types in (("node", flat.node_types), ("edge", flat.edge_types)):
                    _attributes(file, of, types)
                numbers = {name: str(n) for n, name in enumerate(_columns(flat.node_types))}
                with file.element(_name("nodes")):
                    for node in flat.nodes:
                        _node(file, node.id, node.data, numbers)
                        file.write("\n")
                numbers = {name: str(n) for n, name in enumerate(_columns(flat.edge_types))}
                with file.element(_name("edges")):
                    for edge in flat.edges:
                        _edge(file, edge, numbers)
                        file.write("\n")
    return stream.getvalue().decode() + "\n"


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _columns(types: Mapping[str, type]) -> list[str]:
    """Attributes that become columns; a label is an attribute of its own in GEXF."""
    return [name for name in types if name != "label"]


def _attributes(file: Any, of: str, types: Mapping[str, type]) -> None:
    with file.element(_name("attributes"), {"class": of, "mode": "static"}):
        for number, name in enumerate(_columns(types)):
            empty(file, _name("attribute"), {"id": str(number), "title": name, "type": _TYPES[types[name]]})


def _values(file: Any, data: Mapping[str, Scalar], numbers: Mapping[str, str]) -> None:
    with file.element(_name("attvalues")):
        for name, value in data.items():
            if name in numbers:
                empty(file, _name("attvalue"), {"for": numbers[name], "value": written(value)})


def _node(file: Any, id_: str, data: Mapping[str, Scalar], numbers: Mapping[str, str]) -> None:
    with file.element(_name("node"), id=id_, label=str(data.get("label", ""))):
        _values(file, data, numbers)
        colour = fill_of(data)
        empty(file, f"{{{VIZ}}}color", {c: str(int(colour[1 + 2 * n : 3 + 2 * n], 16)) for n, c in enumerate("rgb")})
        empty(file, f"{{{VIZ}}}size", {"value": f"{10 * max(float(data.get('count', 1)), 1.0) ** 0.5:.1f}"})
        empty(file, f"{{{VIZ}}}shape", {"value": _SHAPES[str(data["kind"])]})


def _edge(file: Any, edge: FlatEdge, numbers: Mapping[str, str]) -> None:
    data = edge.data
    ends = {"id": edge.id, "source": edge.start, "target": edge.end, "label": str(data["label"]), "kind": str(data["kind"])}
    with file.element(_name("edge"), ends | {"weight": written(float(data.get("count", 1)))}):
        _values(file, data, numbers)
        dashed = data.get("status") in ("negated", "hypothetical")
        empty(file, f"{{{VIZ}}}shape", {"value": "dashed" if dashed else "solid"})


def fill_of(data: Mapping[str, Scalar]) -> str:
    """The colour of a node's field: an emotion has its primary's."""
    if "primary" in data:
        return colour_of(str(data["primary"])).fill
    return INK if data["kind"] == "character" else _OTHER

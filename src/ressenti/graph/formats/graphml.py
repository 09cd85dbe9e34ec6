"""GraphML, for networkx, igraph, Gephi, yEd, Cytoscape: http://graphml.graphdrawing.org/."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from lxml import etree

from ressenti.graph.formats.flatten import Flat, Scalar, name_token

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
SCHEMA = f"{NAMESPACE} {NAMESPACE}/1.0/graphml.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_TYPES: Mapping[type, str] = {str: "string", bool: "boolean", int: "long", float: "double"}


def graphml(flat: Flat) -> str:
    """The graph as GraphML; ids are made to XML name tokens (see `name_token`)."""
    stream = io.BytesIO()
    with etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(_name("graphml"), {f"{{{_XSI}}}schemaLocation": SCHEMA}, nsmap={None: NAMESPACE, "xsi": _XSI}):
            groups = {"graph": {name: type(value) for name, value in flat.data.items()}, "node": flat.node_types, "edge": flat.edge_types}
            keys = {(of, name): f"{of[0]}{number}" for of, types in groups.items() for number, name in enumerate(types)}
            for (of, name), key in keys.items():
                empty(file, _name("key"), {"id": key, "for": of, "attr.name": name, "attr.type": _TYPES[groups[of][name]]})
            with file.element(_name("graph"), edgedefault="directed"):
                _data(file, {keys["graph", name]: value for name, value in flat.data.items()})
                for node in flat.nodes:
                    with file.element(_name("node"), id=name_token(node.id)):
                        _data(file, {keys["node", name]: value for name, value in node.data.items()})
                    file.write("\n")
                for edge in flat.edges:
                    ends = {"id": name_token(edge.id), "source": name_token(edge.start), "target": name_token(edge.end)}
                    with file.element(_name("edge"), ends):
                        _data(file, {keys["edge", name]: value for name, value in edge.data.items()})
                    file.write("\n")
    return stream.getvalue().decode() + "\n"


def _name(local: str) -> str:
    return f"{{{NAMESPACE}}}{local}"


def _data(file: Any, values: Mapping[str, Scalar]) -> None:
    for key, value in values.items():
        with file.element(_name("data"), key=key):
            file.write(written(value))


def empty(file: Any, name: str, attributes: Mapping[str, str]) -> None:
    """An element without content, in the namespaces of what it stands in: made as an element of its own, it would declare them anew."""
    with file.element(name, attributes):
        pass


def written(value: Scalar) -> str:
    """A value as XML has it."""
    return str(value).lower() if isinstance(value, bool) else repr(value) if isinstance(value, float) else str(value)

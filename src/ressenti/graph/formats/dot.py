"""The language of Graphviz: https://graphviz.org/doc/info/lang.html."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping

from ressenti.graph.formats.flatten import Flat, Scalar
from ressenti.ontology.pages.colours import INK, PAPER, colour_of

_SHAPES = {"character": "hexagon", "emotion": "ellipse", "event": "box", "component": "folder", "narrative": "note"}
_STYLES = {"negated": "dashed", "hypothetical": "dotted"}
_WIDTHS = {"low": "0.8", "medium": "1.4", "high": "2.6"}
_WIDE = 28
"""Characters after which a label goes on in the next line."""


def dot(flat: Flat) -> str:
    """The graph in dot; every attribute of ours whose name is none of Graphviz's is kept beside the drawing's."""
    lines = [f"digraph {_quoted(flat.name or 'corpus')} {{"]
    lines.append(f'  graph [rankdir=LR, bgcolor="{PAPER}", charset="UTF-8", splines=true, overlap=false];')
    lines.append(f'  node [fontname="sans-serif", fontsize=12, style=filled, fillcolor="{PAPER}", color="{INK}", fontcolor="{INK}"];')
    lines.append(f'  edge [fontname="sans-serif", fontsize=10, color="{INK}", fontcolor="{INK}"];')
    lines += [f"  {_quoted(node.id)} [{_list(_node(node.data))}];" for node in flat.nodes]
    lines += [f"  {_quoted(edge.start)} -> {_quoted(edge.end)} [{_list(_edge(edge.id, edge.data))}];" for edge in flat.edges]
    return "\n".join([*lines, "}"]) + "\n"


def _node(data: Mapping[str, Scalar]) -> dict[str, str]:
    look = {"label": _wrapped(str(data["label"])), "shape": _SHAPES[str(data["kind"])]}
    if "primary" in data:
        colour = colour_of(str(data["primary"]))
        look |= {"fillcolor": colour.fill, "fontcolor": colour.on}
        if style := _STYLES.get(str(data.get("status"))):  # hollow, as in the picture
            look |= {"style": f"filled,{style}", "fillcolor": PAPER, "color": colour.ink, "fontcolor": colour.ink}
    elif data["kind"] == "character":
        look |= {"fillcolor": INK, "fontcolor": PAPER}
    return _kept(data) | look


def _edge(id_: str, data: Mapping[str, Scalar]) -> dict[str, str]:
    look = {"id": id_, "label": str(data["label"])}
    if data.get("status") in _STYLES:
        look["style"] = _STYLES[str(data["status"])]
    if data.get("intensity") in _WIDTHS:
        look["penwidth"] = _WIDTHS[str(data["intensity"])]
    return _kept(data) | look


def _kept(data: Mapping[str, Scalar]) -> dict[str, str]:
    # Graphviz would read a component's name, say, as something of its own only where it knows the attribute; ours begin with r_
    return {f"r_{name}": str(value) for name, value in data.items() if name != "label"}


def _wrapped(label: str) -> str:
    lines = textwrap.wrap(label, _WIDE, break_long_words=True) or [label]
    return "\n".join(lines).replace("&", "&amp;")  # Graphviz reads entities in labels


def _list(attributes: Mapping[str, str]) -> str:
    return ", ".join(f"{name}={_quoted(value)}" for name, value in attributes.items())


def _quoted(text: str) -> str:
    """A quoted string: a backslash begins an escape in a label, so it is doubled; line ends are the escape for them."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

"""What is drawn of a narrative's graph: boxes with words, and lines between them, each pair and kind once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ressenti.graph.drawing.geometry import Rect
from ressenti.graph.drawing.words import width, wrap
from ressenti.graph.formats.flatten import edge_id
from ressenti.graph.labels import Language, edge_label, node_label, quotes_in_quotes, value_label
from ressenti.graph.model import AMBIVALENCE, together
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import Span

if TYPE_CHECKING:
    import networkx as nx

EMOTION, NOTE, EVENT, CHARACTER, NARRATOR, LABEL = 15.0, 11.0, 12.5, 13.5, 16.0, 11.0
"""Sizes of type, in pixels."""
ABOUT = ("causes", "directed at", "leads to")
"""Kinds of edges between an emotion and what it is about."""


@dataclass(slots=True)
class Box:
    """A node as it is drawn.

    Attributes:
        id: Of the node in the graph.
        kind: ``narrator``, ``character``, ``emotion`` or ``event``.
        lines: Its words.
        note: A smaller line below them: the primary, intensity and status of an emotion.
        rect: Where it stands.
        primary: Of an emotion.
        status: Of an emotion: affirmed where any mention is.
        mentions: Ids of the mentions that it is about.
        first: Where in the text it is first said.
    """

    id: str
    kind: str
    lines: Sequence[str]
    note: str
    rect: Rect
    primary: str | None = None
    status: str = "affirmed"
    mentions: list[int] = field(default_factory=list)
    first: int = 0


@dataclass(slots=True)
class Link:
    """An edge as it is drawn: all edges of one kind between two nodes.

    Attributes:
        ids: Of the edges in the graph.
        start: Node where it begins.
        end: Node where it ends.
        kind: Of the edges.
        label: Its words.
        status: Affirmed where any of the mentions is.
        intensity: The strongest of the mentions of this status.
        mentions: Ids of the mentions.
    """

    ids: list[str]
    start: str
    end: str
    kind: str
    label: str = ""
    status: str = "affirmed"
    intensity: str = "medium"
    mentions: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Scene:
    """Boxes by id, in the graph's order, and links."""

    boxes: dict[str, Box]
    links: list[Link]
    _at: Mapping[str, Sequence[Link]] = field(init=False)

    def __post_init__(self) -> None:
        self._at = _by_node(self.links)

    def at(self, node: str) -> Sequence[Link]:
        """The links that begin or end at a node, in order."""
        return self._at.get(node, ())

    def about(self, emotion: str) -> list[str]:
        """The nodes that an emotion is about, in the order of the links."""
        ends = [link.end if link.start == emotion else link.start for link in self.at(emotion) if link.kind in ABOUT]
        return list(dict.fromkeys(end for end in ends if end != emotion))


def scene(graph: nx.MultiDiGraph[str], language: Language) -> Scene:
    """What is drawn of a narrative's graph: not components, nor what the ontology alone opposes, which would be half of all lines.

    Args:
        graph: From `narrative_graph`.
        language: Of the labels.
    """
    links = _links(graph, language)
    touching = _by_node(links)
    boxes = {
        node: _box(node, data, touching.get(node, ()), language) for node, data in graph.nodes(data=True) if data["kind"] != "component"
    }
    return Scene(boxes, [link for link in links if link.start in boxes and link.end in boxes])


def _by_node(links: Iterable[Link]) -> dict[str, list[Link]]:
    """Each node with the links that begin or end there."""
    at: dict[str, list[Link]] = {}
    for link in links:
        for node in {link.start, link.end}:
            at.setdefault(node, []).append(link)
    return at


def _links(graph: nx.MultiDiGraph[str], language: Language) -> list[Link]:
    """Edges of one kind between two nodes as one link."""
    links: dict[tuple[str, str, str], Link] = {}
    told: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for start, end, name, data in graph.edges(keys=True, data=True):
        if data["kind"] == "opposes" and data["source"] != AMBIVALENCE:
            continue
        key = (start, end, data["kind"])
        link = links.setdefault(key, Link([], start, end, data["kind"], edge_label(data["kind"], language)))
        link.ids.append(edge_id(start, name, end))
        link.mentions += [id_ for id_ in (data["mention"], data.get("other")) if id_ is not None and id_ not in link.mentions]
        told.setdefault(key, []).append((data["status"], data["intensity"]))
    for key, link in links.items():
        link.status, link.intensity = together(told[key])
        if link.status != "affirmed" and link.kind == "feels":
            link.label += f" ({value_label(link.status, language)})"
        if link.kind == "feels" and len(link.ids) > 1:
            link.label += f" × {len(link.ids)}"
    return list(links.values())


def _box(node: str, data: Mapping[str, Any], touching: Sequence[Link], language: Language) -> Box:
    label = node_label(data, language)
    mentions = sorted({id_ for link in touching for id_ in link.mentions})
    spans: Sequence[Span] = data["spans"]
    first = min((start for start, _ in spans), default=0)
    match data["kind"]:
        case "emotion":
            return _emotion(node, data, label, language, first)
        case "event":
            *most, last = wrap(f"«\u00a0{_unquoted(label)}", EVENT, 172, 3)
            lines: Sequence[str] = [*most, f"{last}\u00a0»"]
            size = max(width(line, EVENT) for line in lines) + 18, 16.0 * len(lines) + 12
            return Box(node, "event", lines, "", Rect(0, 0, *size), mentions=mentions, first=first)
    kind, type_ = ("narrator", NARRATOR) if data["narrator"] else ("character", CHARACTER)
    lines = wrap(label, type_, 130, 2, bold=True)
    size = (
        max(width(line, type_, bold=True) for line in lines) + (58 if data["narrator"] else 44),
        18.0 * len(lines) + (30 if data["narrator"] else 20),
    )
    return Box(node, kind, lines, "", Rect(0, 0, *size), mentions=mentions, first=first)


def _unquoted(words: str) -> str:
    """Without the quotation marks around the whole; those within are made inner ones."""
    inner = quotes_in_quotes(words.strip())
    opening, closing = inner.count("“"), inner.count("”")
    around = inner.find("”") in (-1, len(inner) - 1) and inner.rfind("“") in (-1, 0)
    return inner.strip("“” \u00a0") if opening != closing or around else inner


def _emotion(node: str, data: Mapping[str, Any], label: str, language: Language, first: int) -> Box:
    emotions, status = load_emotions(), data["status"]
    notes = [emotions[data["primary"]].labels[language]] if data["primary"] != data["emotion"] else []
    usual = ("affirmed", "medium")
    notes += [value_label(value, language, data["primary"]) for value in (status, data["intensity"]) if value not in usual]
    lines, note = wrap(label, EMOTION, 150, 2, bold=True), " · ".join(notes)
    wide = max(*(width(line, EMOTION, bold=True) for line in lines), width(note, NOTE), 30.0) + 34
    box = Rect(0, 0, wide, 19.0 * len(lines) + (14 if note else 0) + 15)
    return Box(node, "emotion", lines, note, box, data["primary"], status, sorted(data["mentions"]), first)

"""The tree as the pages walk it: a node for each class, the two groups that bear their primary's name included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ressenti.ontology.emotions import Emotion, Emotions
from ressenti.ontology.pages.colours import PALETTE
from ressenti.ontology.rdf.names import group_node, local_name
from ressenti.ontology.rdf.terms import Term


@dataclass(eq=False, slots=True)
class Node:
    """One class of the tree.

    Attributes:
        name: Local name of its IRI, which is also its anchor on the page.
        tier: ``primary``, ``secondary`` or ``tertiary``.
        colour: Place of its primary's colour in `PALETTE`; a seventh primary would begin anew.
        short: Language to label in the drawing, where a group named as its primary needs no mark of being one.
        emotion: The row of ``emotions.tsv``; None for a group named as its primary.
        labels, definitions: Language to text.
    """

    name: str
    tier: str
    colour: int
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    source: str
    short: Mapping[str, str]
    emotion: Emotion | None = None
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    def lineage(self) -> list[Node]:
        """From the primary down to the one above this."""
        return [] if self.parent is None else [*self.parent.lineage(), self.parent]

    def walk(self) -> Iterator[Node]:
        """This and all below it, in the order of the tree."""
        yield self
        for child in self.children:
            yield from child.walk()


def tree(emotions: Emotions, terms: Iterable[Term]) -> list[Node]:
    """The primaries, each with what is below it, in the order of the table.

    A group named as its primary stands where the first of its words does.
    """
    groups = {term.name: term for term in terms if term.kind == "emotion"}
    nodes: dict[str, Node] = {}
    roots: list[Node] = []
    for tier in ("primary", "secondary", "tertiary"):
        for key, emotion in emotions.items():
            if emotion.tier != tier:
                continue
            above = _above(emotion, emotions, nodes, groups)
            colour = above.colour if above else len(roots) % len(PALETTE)
            node = Node(
                local_name(key), tier, colour, emotion.labels, emotion.definitions, emotion.source, emotion.labels, emotion, above
            )  # fmt: skip
            nodes[node.name] = node
            (above.children if above else roots).append(node)
    _sort(roots, emotions)
    return roots


def _above(emotion: Emotion, emotions: Emotions, nodes: dict[str, Node], groups: Mapping[str, Term]) -> Node | None:
    if emotion.parent is None:
        return None
    parent = nodes[local_name(emotion.parent)]
    if emotion.tier == "secondary":
        return parent
    name = group_name(emotion.parent)
    if name not in nodes:
        term, primary = groups.get(name), emotions[emotion.parent]
        nodes[name] = Node(
            name, "secondary", parent.colour, term.labels if term else primary.labels, term.definitions if term else primary.definitions,
            term.source if term else primary.source, primary.labels, None, parent,
        )  # fmt: skip
        parent.children.append(nodes[name])
    return nodes[name]


def _sort(nodes: list[Node], emotions: Emotions) -> None:
    """Children in the order of the table: they were met tier by tier."""
    rank = {local_name(key): number for number, key in enumerate(emotions)}
    for node in nodes:
        _sort(node.children, emotions)
        node.children.sort(key=lambda child: min(rank[below.name] for below in child.walk() if below.name in rank))


def group_name(key: str) -> str:
    """Local name, and anchor, of a secondary group."""
    return group_node(key).value.rpartition("#")[2]

"""A narrative as a directed multigraph: characters, emotions, events and components, and what holds between them.

| node | id | what |
|---|---|---|
| character | ``character:NARRATOR`` | somebody of the narrative; ``character:4-12`` where the words name no entity |
| emotion | ``emotion:fear:NARRATOR`` | an emotion as felt by one character; without who feels it ``emotion:fear:`` |
| event | ``event:24-39`` | a cause, target or consequence that is no character: where its words stand |
| component | ``component:feeling`` | a component of the Component Process Model that the narrative tells |

| edge | from → to |
|---|---|
| feels | character → emotion, one a mention |
| causes | event, character or emotion → emotion |
| directed at | emotion → character or event |
| leads to | emotion → event or emotion: its consequence |
| before | emotion → the emotion that the same character feels next |
| opposes | emotion → a contrary emotion of the same character |
| part of | emotion → component, one a mention |
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from ressenti.corpora.harmless import one_line
from ressenti.ontology.dependencies.model import load_dependencies
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import INTENSITIES, Mention, Narrative, Role, Span

if TYPE_CHECKING:
    import networkx as nx

NODES = ("character", "emotion", "event", "component")
EDGES = ("feels", "causes", "directed at", "leads to", "before", "opposes", "part of")
NARRATOR = "NARRATOR"
OF_ROLE = {"cause": "causes", "target": "directed at", "consequence": "leads to"}
AMBIVALENCE, READING_ORDER, INSIDE = "ambivalence", "reading order", "span in span"
"""Where an edge comes from that no rule made: see `Edge`."""


def narrative_graph(narrative: Narrative) -> nx.MultiDiGraph[str]:
    """The graph of one annotated narrative.

    Every node has ``kind``, ``label`` (its words, or a French label) and ``spans`` (of the text, may be empty); an emotion also
    ``emotion``, ``primary``, ``experiencer`` (the character's id, or None), ``mentions`` (their ids), ``statuses`` and ``intensities``
    (of these, in the same order), and ``status`` and ``intensity`` of them taken `together`; a character ``entity`` (None where the words
    are no entity of the narrative) and ``narrator``, a component ``component``. Every edge has ``kind``, ``mention`` (id of the mention
    that it is about), ``spans``, ``status``, ``intensity``, ``confidence`` (None where nobody estimated it) and ``source``: a rule,
    a model, or ``reading order``, ``ambivalence``, ``ontology``, ``span in span`` for what follows from the mentions taken together. Edges
    of kind ``feels`` have ``mode`` and, where they are known, ``time`` and ``reported``; those between two emotions ``other``, the id of
    the second mention.

    Returns:
        A MultiDiGraph with ``id`` and ``provenance`` as its attributes. The same narrative gives the same graph in the same order.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(id=narrative.id, provenance=dict(narrative.provenance))
    builder = _Builder(graph, narrative)
    builder.characters()
    for mention in narrative.mentions:
        builder.mention(mention)
    builder.components()
    builder.one_in_another()
    builder.sequence()
    builder.contraries()
    return graph


def together(told: Iterable[tuple[str, str]]) -> tuple[str, str]:
    """What several mentions say of one emotion, whoever may be said to feel it.

    Args:
        told: Status and intensity of each mention.

    Returns:
        Affirmed where any is, else hypothetical where any is, else negated; and the strongest intensity of those that say so: how strong
        what is denied would have been says nothing of what is felt. What is taken together can be taken together with more.
    """
    every = list(told)
    status = next(status for status in ("affirmed", "hypothetical", "negated") if any(status == one for one, _ in every))
    return status, max((intensity for one, intensity in every if one == status), key=INTENSITIES.index)


@cache
def opposites() -> frozenset[tuple[str, str]]:
    """Pairs of emotions that the ontology has as opposites, both ways round."""
    pairs = [d.emotions for d in load_dependencies() if d.relation == "opposite" and d.status == "confirmed"]
    return frozenset((pair[i], pair[1 - i]) for pair in pairs for i in (0, 1))


def opposed(one: str, other: str) -> bool:
    """Whether two emotions, or emotions above them, are opposites in the ontology and neither lies above the other."""
    emotions = load_emotions()
    above, beside = emotions.lineage(one), emotions.lineage(other)
    return one not in beside and other not in above and any((a, b) in opposites() for a in above for b in beside)


class _Builder:
    """Puts a narrative into a graph, step by step.

    Args:
        graph: The graph, empty.
        narrative: The narrative.
    """

    def __init__(self, graph: nx.MultiDiGraph[str], narrative: Narrative) -> None:
        self._graph, self._narrative, self._text = graph, narrative, narrative.text
        self._emotions = load_emotions()
        self._roles = narrative.roles_by_mention()
        self._entities = {entity.id: entity for entity in narrative.entities}
        self._at = {span: entity.id for entity in narrative.entities for span in entity.mentions}
        self._nodes: dict[int, list[str]] = {}
        self._in_order = sorted(narrative.mentions, key=lambda mention: mention.cue[0][0])
        self._starts = [mention.cue[0][0] for mention in self._in_order]

    def characters(self) -> None:
        """Whoever has a role; others of the narrative feel nothing and cause nothing that was found."""
        named = {self._who(role) for role in self._narrative.roles}
        for entity in self._narrative.entities:
            if entity.id in named:
                self._character(entity.id)
        for role in self._narrative.roles:
            if role.entity and role.entity not in self._entities:
                self._character(role.entity)

    def _who(self, role: Role) -> str | None:
        """Whom a role names: by its words too, where whoever marked them gave no entity."""
        return role.entity or self._at.get(role.span)

    def _character(self, id_: str) -> str:
        node = f"character:{id_}"
        if node not in self._graph:
            entity = self._entities.get(id_)
            label, spans = (one_line(entity.label), entity.mentions) if entity else (id_, ())
            self._graph.add_node(node, kind="character", label=label or id_, spans=spans, entity=id_, narrator=id_ == NARRATOR)
        return node

    def mention(self, mention: Mention) -> None:
        """The emotion of a mention, for each who feels it, and its roles."""
        roles = self._roles.get(mention.id, [])
        felt: list[str] = []
        for role in roles:
            if role.role != "experiencer":
                continue
            who = self._character(id_) if (id_ := self._who(role)) else self._unnamed(role.span)
            node = self._emotion(mention, who)
            if node not in felt:
                felt.append(node)
                more = {key: mention.extra[key] for key in ("time", "reported") if mention.extra.get(key) is not None}
                confidence = min(mention.confidence, 1.0 if role.confidence is None else role.confidence)
                self._edge(who, node, "feels", mention, mention.cue, confidence, mention.source, mode=mention.mode, **more)
        self._nodes[mention.id] = felt = felt or [self._emotion(mention, None)]
        for role in roles:
            if role.role in OF_ROLE:
                other = self._character(id_) if (id_ := self._who(role)) else self._event(role.span)
                for node in felt:
                    ends = (other, node) if role.role == "cause" else (node, other)
                    self._edge(*ends, OF_ROLE[role.role], mention, (role.span,), role.confidence, role.source)

    def _unnamed(self, span: Span) -> str:
        """Who feels, where the words name no entity (« les gens »)."""
        node = f"character:{span[0]}-{span[1]}"
        if node not in self._graph:
            self._graph.add_node(node, kind="character", label=self._words(span), spans=(span,), entity=None, narrator=False)
        return node

    def _emotion(self, mention: Mention, who: str | None) -> str:
        """The node of an emotion as felt by a character."""
        experiencer = who.removeprefix("character:") if who else None
        node = f"emotion:{mention.emotion}:{experiencer or ''}"
        if node not in self._graph:
            label, kind = self._emotions[mention.emotion].labels["fr"], mention.emotion
            several = dict.fromkeys(("spans", "mentions", "statuses", "intensities"), ())
            self._graph.add_node(
                node, kind="emotion", label=label, emotion=kind, primary=mention.primary, experiencer=experiencer, **several
            )
        data = self._graph.nodes[node]
        if mention.id not in data["mentions"]:  # who feels it may be said twice
            data["mentions"] += (mention.id,)
            data["spans"] += mention.cue
            data["statuses"] += (mention.status,)
            data["intensities"] += (mention.intensity,)
            before = [(data["status"], data["intensity"])] if "status" in data else []
            data["status"], data["intensity"] = together([*before, (mention.status, mention.intensity)])
        return node

    def _event(self, span: Span) -> str:
        node = f"event:{span[0]}-{span[1]}"
        if node not in self._graph:
            self._graph.add_node(node, kind="event", label=self._words(span), spans=(span,))
        return node

    def _words(self, span: Span) -> str:
        return one_line(self._text[slice(*span)])

    def _edge(
        self, start: str, end: str, kind: str, mention: Mention, spans: Sequence[Span], confidence: float | None, source: str, **more: Any
    ) -> None:
        key = f"{kind}:{mention.id}" + (f":{more['other']}" if "other" in more else "")
        if self._graph.has_edge(start, end, key):  # two roles of one kind that name the same character
            key += f":{self._graph.number_of_edges(start, end)}"
        self._graph.add_edge(
            start, end, key,
            kind=kind, mention=mention.id, spans=tuple(spans), status=mention.status, intensity=mention.intensity, confidence=confidence,
            source=source, **more,
        )  # fmt: skip

    def components(self) -> None:
        """Components, and the emotions whose cues stand in them."""
        for component in self._narrative.components:
            node = f"component:{component.component}"
            if node not in self._graph:
                self._graph.add_node(node, kind="component", label=component.component, spans=(), component=component.component)
            self._graph.nodes[node]["spans"] += (component.span,)
            for mention in self._within(component.span):
                for emotion in self._nodes[mention.id]:
                    self._edge(emotion, node, "part of", mention, mention.cue, None, component.source)

    def _within(self, span: Span) -> list[Mention]:
        """The mentions whose cue stands in a span, in reading order."""
        found = self._in_order[bisect_left(self._starts, span[0]) : bisect_left(self._starts, span[1])]
        return [mention for mention in found if all(_inside(piece, span) for piece in mention.cue)]

    def one_in_another(self) -> None:
        """« J’ai eu honte qu’il soit si furieux »: an emotion whose cue stands in the cause or consequence of another."""
        for mention in self._narrative.mentions:
            for role in self._roles.get(mention.id, ()):
                if role.role not in ("cause", "consequence"):
                    continue
                for other in self._within(role.span):
                    if other is mention:
                        continue
                    for here, there in _pairs(self._nodes[mention.id], self._nodes[other.id]):
                        ends = (there, here) if role.role == "cause" else (here, there)
                        self._edge(*ends, OF_ROLE[role.role], mention, (role.span,), role.confidence, INSIDE, other=other.id)

    def sequence(self) -> None:
        """What each character feels, in reading order; what is denied or only imagined is no step."""
        last: dict[str | None, tuple[Mention, str]] = {}
        for mention in self._narrative.mentions:
            if mention.status != "affirmed":
                continue
            for node in self._nodes[mention.id]:
                who = self._graph.nodes[node]["experiencer"]
                if who is None:
                    continue
                if who in last and last[who][1] != node:
                    before, at = last[who]
                    self._edge(at, node, "before", before, (*before.cue, *mention.cue), None, READING_ORDER, other=mention.id)
                last[who] = (mention, node)

    def contraries(self) -> None:
        """Contrary emotions of one character: those told as felt together, and those that the ontology opposes."""
        by_id = {mention.id: mention for mention in self._narrative.mentions}
        felt: dict[str, list[tuple[str, Mention]]] = {}
        for mention in self._narrative.mentions:
            for node in self._nodes[mention.id]:
                if (who := self._graph.nodes[node]["experiencer"]) is not None and mention.status == "affirmed":
                    felt.setdefault(who, []).append((node, mention))
            for id_ in mention.extra.get("ambivalent_with", ()):
                if id_ in by_id and id_ > mention.id:
                    for here, there in _pairs(self._nodes[mention.id], self._nodes[id_]):
                        spans = (*mention.cue, *by_id[id_].cue)
                        self._edge(here, there, "opposes", mention, spans, None, AMBIVALENCE, other=id_)
        for several in felt.values():
            self._against(several)

    def _against(self, felt: Sequence[tuple[str, Mention]]) -> None:
        """One edge for each pair of nodes that the ontology opposes, at their first mentions."""
        first: dict[str, Mention] = {}
        for node, mention in felt:
            first.setdefault(node, mention)
        nodes = list(first)
        for n, here in enumerate(nodes):
            for there in nodes[n + 1 :]:
                contrary = opposed(self._graph.nodes[here]["emotion"], self._graph.nodes[there]["emotion"])
                if contrary and not _joined(self._graph, here, there):
                    one, other = first[here], first[there]
                    self._edge(here, there, "opposes", one, (*one.cue, *other.cue), None, "ontology", other=other.id)


def _inside(piece: Span, span: Span) -> bool:
    return span[0] <= piece[0] and piece[1] <= span[1]


def _pairs(ours: Iterable[str], others: Collection[str]) -> Iterator[tuple[str, str]]:
    return ((here, there) for here in ours for there in others if here != there)


def _joined(graph: nx.MultiDiGraph[str], one: str, other: str) -> bool:
    """Whether two nodes are told to oppose each other already."""
    ends = ((one, other), (other, one))
    return any(data["kind"] == "opposes" for a, b in ends for data in (graph.get_edge_data(a, b) or {}).values())

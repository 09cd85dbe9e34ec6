"""What patterns are made of: who felt what, in which words, and the narrative that tells it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from ressenti.corpora.harmless import one_line
from ressenti.graph.model import NARRATOR, narrative_graph
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import Entity, Mention, Narrative, Role, Span

if TYPE_CHECKING:
    import networkx as nx

Made = TypeVar("Made")
Tier = Literal["emotion", "secondary", "primary"]
TIERS: tuple[Tier, ...] = ("emotion", "secondary", "primary")
"""How finely emotions are told apart: each by itself, or by the group or the primary that it belongs to."""


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of the narrative.

    Attributes:
        text: On one line, « … » where pieces are left out between.
        spans: Where its pieces stand, in Unicode code points, end exclusive.
    """

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the narrative.

    Attributes:
        id: The entity, or None where the words name none (« les gens »).
        label: How the narrative first names them; ``narrateur`` or ``narratrice``.
        narrator: Whether it is the one who tells.
    """

    id: str | None
    label: str
    narrator: bool


@dataclass(frozen=True, slots=True)
class Felt:
    """One mention of an emotion, as felt by one person.

    Attributes:
        mention: Its id.
        emotion: Key of the emotion.
        primary: Key of its primary.
        who: Who feels it; None where the text does not say.
        cue: The words that say it.
        status: ``affirmed``, ``negated`` or ``hypothetical``.
        intensity: ``low``, ``medium`` or ``high``.
        mode: ``labelled``, ``behavioural``, ``displayed`` or ``suggested``.
        confidence: From 0 to 1.
    """

    mention: int
    emotion: str
    primary: str
    who: Person | None
    cue: Words
    status: str
    intensity: str
    mode: str
    confidence: float


def at_tier(felt: Felt, tier: Tier) -> str:
    """The key under which an emotion counts on a tier; rage, a kind of Parrott’s group « rage » as anger in general is, counts as anger."""
    if tier == "primary":
        return felt.primary
    if tier == "emotion":
        return felt.emotion
    group = load_emotions().secondary(felt.emotion) or felt.emotion
    return _in_general().get(group, group)


@cache
def _in_general() -> dict[str, str]:
    """The groups in which Parrott repeats a primary, with that primary."""
    emotions = load_emotions()
    return {group: key for key, emotion in emotions.items() if emotion.parent is None for group in emotion.also_under}


class Telling:
    """A narrative with its graph, and quick ways to what patterns ask of them.

    Args:
        narrative: An annotated narrative.
        graph: Its graph, where there is one already.

    Attributes:
        narrative: The narrative.
        graph: Its graph.
        mentions: Its mentions by id.
        felt: Mention id to who feels it: one `Felt` for each, at least one.
    """

    def __init__(self, narrative: Narrative, graph: nx.MultiDiGraph[str] | None = None) -> None:
        self.narrative = narrative
        self.graph = narrative_graph(narrative) if graph is None else graph
        self._made: dict[str, Any] = {}
        self.mentions = {mention.id: mention for mention in narrative.mentions}
        self._of_node: dict[tuple[int, str], Felt] = {}
        feeling: dict[int, list[str]] = {mention.id: [] for mention in narrative.mentions}
        for who, node, data in self.graph.edges(data=True):
            if data["kind"] == "feels":
                feeling[data["mention"]].append(node)
                self._of_node[data["mention"], node] = self._felt(self.mentions[data["mention"]], self._person(who))
        for mention in narrative.mentions:
            if not feeling[mention.id]:
                node = f"emotion:{mention.emotion}:"
                feeling[mention.id] = [node]
                self._of_node[mention.id, node] = self._felt(mention, None)
        self.felt = {id_: tuple(self._of_node[id_, node] for node in dict.fromkeys(nodes)) for id_, nodes in feeling.items()}

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What several patterns need, made when the first of them asks for it."""
        if name not in self._made:
            self._made[name] = make()
        made: Made = self._made[name]
        return made

    def at_node(self, mention: int, node: str) -> Felt:
        """A mention as the emotion node of one person."""
        return self._of_node[mention, node]

    def _person(self, node: str) -> Person:
        data = self.graph.nodes[node]
        return Person(data["entity"], data["label"], data["narrator"])

    def _felt(self, mention: Mention, who: Person | None) -> Felt:
        cue = self.words(mention.cue)
        return Felt(
            mention.id, mention.emotion, mention.primary, who, cue, mention.status, mention.intensity, mention.mode, mention.confidence
        )

    def words(self, spans: Iterable[Span]) -> Words:
        """The words that stand at some spans."""
        spans = tuple(spans)
        return Words(" … ".join(one_line(self.narrative.text[slice(*span)]) for span in spans), spans)

    def person(self, id_: str) -> Person | None:
        """The person of an entity."""
        entity = self._entities.get(id_)
        return Person(id_, one_line(entity.label) or id_, id_ == NARRATOR) if entity else None

    def named_at(self, span: Span) -> Person | None:
        """Whom a word names, where it names an entity."""
        id_ = self._named.get(span)
        return self.person(id_) if id_ else None

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.narrative.entities}

    @cached_property
    def _named(self) -> dict[Span, str]:
        return {span: entity.id for entity in self.narrative.entities for span in entity.mentions}

    @cached_property
    def roles(self) -> dict[int, list[Role]]:
        """Mention id to its roles."""
        roles: dict[int, list[Role]] = {id_: [] for id_ in self.mentions}
        for role in self.narrative.roles:
            roles[role.mention].append(role)
        return roles

    def whom(self, role: Role) -> Person | None:
        """Whom a role names."""
        if role.entity is None:
            return self.named_at(role.span)
        return self.person(role.entity) or Person(role.entity, role.entity, role.entity == NARRATOR)

    @cached_property
    def _starts(self) -> Sequence[int]:
        from ressenti.rules.text import sentences

        return [start for start, _ in sentences(self.narrative.text)]

    def sentence(self, offset: int) -> int:
        """Number of the sentence in which an offset stands."""
        return bisect_right(self._starts, offset)


def inside(pieces: Iterable[Span], span: Span) -> bool:
    """Whether all pieces stand in a span."""
    return all(span[0] <= start and end <= span[1] for start, end in pieces)

"""What the picture of a long narrative shows: its emotions taken together, who feels them, and whom they are about.

Of hundreds of mentions a picture of each is a map to search in. Here an emotion stands once, with how often it is told, whoever feels it;
what is rarer than the `EMOTIONS` most frequent stands together, one item for each primary, and so do the rarer of `PEOPLE`: nothing is
left out of the counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ressenti.graph.formats.flatten import edge_id
from ressenti.graph.labels import Language, node_label
from ressenti.graph.model import OF_ROLE
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.pages.colours import by_primary
from ressenti.schema import STATUSES

if TYPE_CHECKING:
    import networkx as nx

EMOTIONS, PEOPLE = 30, 12
"""The most that stand by themselves."""
NOBODY = "nobody"
_RARER = {"fr": "{} autres émotions", "en": "{} other emotions"}
_OTHERS = {"fr": "{} autres personnages", "en": "{} other characters"}
_NOBODY = {"fr": "on ne dit pas qui", "en": "nobody is named"}


@dataclass(slots=True)
class Item:
    """What stands in a column.

    Attributes:
        id: Unique in its column: of the node, ``emotion:fear`` of an emotion.
        label: Its words.
        kind: ``emotion``, ``character``, ``narrator`` or ``nobody``.
        mentions: Ids of the mentions that it stands for.
        primary: Of an emotion.
        told: How many of the mentions of an emotion have each status.
        events: How many causes and the like of an emotion are no character, by kind of edge.
    """

    id: str
    label: str
    kind: str
    mentions: set[int] = field(default_factory=set)
    primary: str | None = None
    told: Counter[str] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Band:
    """Edges of one kind between two items: from whom to an emotion, or between an emotion and whom it is about."""

    person: str
    emotion: str
    kind: str
    ids: list[str] = field(default_factory=list)
    mentions: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Columns:
    """Who feels, what is felt, whom it is about; and what joins them."""

    who: dict[str, Item]
    what: dict[str, Item]
    whom: dict[str, Item]
    felt: list[Band]
    about: list[Band]


def columns(graph: nx.MultiDiGraph[str], language: Language) -> Columns:
    """Take a narrative's graph together.

    Args:
        graph: From `narrative_graph`.
        language: Of the labels.
    """
    nodes: Mapping[str, dict[str, Any]] = dict(graph.nodes.items())
    what = _emotions(nodes, language)
    named = _named(what, language)
    felt: dict[tuple[str, str, str], Band] = {}
    about: dict[tuple[str, str, str], Band] = {}
    for start, end, key, data in graph.edges(keys=True, data=True):
        kind, person, emotion = data["kind"], start, end
        if nodes[start]["kind"] == "emotion":
            person, emotion = end, start
        if kind not in ("feels", *OF_ROLE.values()) or nodes[emotion]["kind"] != "emotion" or nodes[person]["kind"] == "emotion":
            continue
        item = named[f"emotion:{nodes[emotion]['emotion']}"]
        if nodes[person]["kind"] == "event":
            item.events[kind] += 1
            continue
        bands = felt if kind == "feels" else about
        band = bands.setdefault((person, item.id, kind), Band(person, item.id, kind))
        band.ids.append(edge_id(start, key, end))
        band.mentions.add(data["mention"])
    who, joined = _people(felt.values(), nodes, language)
    whom, around = _people(about.values(), nodes, language)
    for data in nodes.values():
        if data["kind"] == "emotion" and data["experiencer"] is None:
            who.setdefault(NOBODY, Item(NOBODY, _NOBODY[language], "nobody")).mentions |= set(data["mentions"])
            emotion = named[f"emotion:{data['emotion']}"].id
            joined.setdefault((NOBODY, emotion, "feels"), Band(NOBODY, emotion, "feels")).mentions |= set(data["mentions"])
    return Columns(who, {item.id: item for item in named.values()}, whom, [*joined.values()], [*around.values()])


def _emotions(nodes: Mapping[str, Mapping[str, Any]], language: Language) -> list[Item]:
    """Each emotion once, whoever feels it; those of a primary together, the most frequent first."""
    found: dict[str, Item] = {}
    statuses: dict[str, dict[int, str]] = {}
    for data in nodes.values():
        if data["kind"] == "emotion":
            key = f"emotion:{data['emotion']}"
            item = found.setdefault(key, Item(key, node_label(data, language), "emotion", primary=data["primary"]))
            item.mentions |= set(data["mentions"])
            statuses.setdefault(key, {}).update(zip(data["mentions"], data["statuses"], strict=True))
    for key, item in found.items():
        item.told = Counter({status: n for status in STATUSES if (n := list(statuses[key].values()).count(status))})
    order = {key: n for n, key in enumerate(by_primary())}
    return sorted(found.values(), key=lambda item: (order.get(str(item.primary), len(order)), -len(item.mentions), item.id))


def _named(items: list[Item], language: Language) -> dict[str, Item]:
    """By emotion the item in which it stands: its own, or that of the rarer ones of its primary."""
    own = {item.id for item in sorted(items, key=lambda item: (-len(item.mentions), item.id))[:EMOTIONS]}
    rarer: dict[str, list[Item]] = {}
    for item in items:
        if item.id not in own:
            rarer.setdefault(str(item.primary), []).append(item)
    named = {}
    emotions = load_emotions()
    for item in items:
        several = rarer.get(str(item.primary), [])
        if item.id in own or len(several) == 1:
            named[item.id] = item
            continue
        label = f"{emotions[str(item.primary)].labels[language]}\u00a0: {_RARER[language].format(len(several))}"
        group = next(
            (named[one.id] for one in several if one.id in named), Item(f"rarer:{item.primary}", label, "emotion", primary=item.primary)
        )
        group.mentions |= item.mentions
        group.told += item.told
        named[item.id] = group
    return named


def _people(
    bands: Iterable[Band], nodes: Mapping[str, Mapping[str, Any]], language: Language
) -> tuple[dict[str, Item], dict[tuple[str, str, str], Band]]:
    """The characters of some bands, the most frequent by themselves; and the bands, those of the others put together."""
    every = list(bands)
    counts: Counter[str] = Counter()
    for band in every:
        counts[band.person] += len(band.mentions)
    order = sorted(counts, key=lambda person: (not nodes[person]["narrator"], -counts[person]))
    own, others = order[:PEOPLE], order[PEOPLE:]
    if len(others) == 1:
        own, others = order, []
    items = {id_: Item(id_, node_label(nodes[id_], language), "narrator" if nodes[id_]["narrator"] else "character") for id_ in own}
    if others:
        items["others"] = Item("others", _OTHERS[language].format(len(others)), "character")
    joined: dict[tuple[str, str, str], Band] = {}
    for band in every:
        person = band.person if band.person in own else "others"
        into = joined.setdefault((person, band.emotion, band.kind), Band(person, band.emotion, band.kind))
        into.ids += band.ids
        into.mentions |= band.mentions
        items[person].mentions |= band.mentions
    return items, joined

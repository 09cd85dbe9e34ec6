"""Which emotions are central in many narratives, in the only senses in which the data mean something.

Caused: in how many narratives something causes the emotion (in-degree over narratives). Causing: in how many it causes others. Between:
betweenness (Freeman 1977) in the graph of emotions that cause emotions, once there are enough of both. docs/patterns.md says why no
other centrality is offered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from ressenti.errors import InputError
from ressenti.graph.labels import Language
from ressenti.graph.patterns.causes import causal_links, causations
from ressenti.graph.patterns.felt import Telling, Tier, at_tier
from ressenti.graph.patterns.wording import Wording, headed
from ressenti.schema import Narrative

LEAST = 10
"""Narratives below which nothing is central: ``ressenti patterns count`` says all there is."""
LEAST_BETWEEN, LEAST_LINKS, LEAST_SHARED = 30, 20, 2
"""Narratives, and links from one emotion to another that so many narratives share, below which chance decides what lies between."""
COLUMNS = ("emotion", "caused_narratives", "caused", "causing_narratives", "causing", "betweenness")


@dataclass(frozen=True, slots=True)
class Central:
    """One emotion.

    Attributes:
        emotion: Its key.
        caused_narratives: In how many narratives something is said to cause it.
        caused: How many causes are told in all.
        causing_narratives: In how many it is said to cause another emotion, of the same person or of another.
        causing: How often.
        betweenness: Share of the shortest ways from one emotion to another that lead through it, from 0 to 1; None where it is not given.
    """

    emotion: str
    caused_narratives: int
    caused: int
    causing_narratives: int
    causing: int
    betweenness: float | None


@dataclass(frozen=True, slots=True)
class Centralities:
    """The emotions of a corpus.

    Attributes:
        narratives: How many were read.
        links: How many links from one emotion to another two of them or more have in common.
        emotions: Those that something causes or that cause another, most narratives first.
    """

    narratives: int
    links: int
    emotions: tuple[Central, ...]

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        return {"narratives": self.narratives, "links": self.links, "emotions": [asdict(one) for one in self.emotions]}

    def rows(self) -> Iterable[tuple[str, ...]]:
        """The rows of the table, in the order of `COLUMNS`."""
        for one in self.emotions:
            yield tuple(
                "" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value) for value in asdict(one).values()
            )

    def report(self, language: Language = "fr", most: int = 10) -> str:
        """The first emotions of each sense, to be read."""
        say = Wording(language)
        parts = [f"{headed(say('central', n=self.narratives))}{say('central_columns')}\n"]
        for name in ("caused", "causing"):
            counts = [(getattr(one, f"{name}_narratives"), getattr(one, name), one.emotion) for one in self.emotions]
            ranked = sorted((count for count in counts if count[0]), key=lambda count: (-count[0], -count[1], count[2]))[:most]
            lines = [f"  {narratives:>4} ({times})  {say.emotion(emotion)}" for narratives, times, emotion in ranked]
            parts.append("\n".join([say(f"central_{name}"), *lines]) + "\n")
        between = [(round(one.betweenness, 3), one.emotion) for one in self.emotions if one.betweenness]
        if any(one.betweenness is not None for one in self.emotions):
            lines = [
                f"  {value:.3f}  {say.emotion(emotion)}" for value, emotion in sorted(between, key=lambda pair: (-pair[0], pair[1]))[:most]
            ]
            parts.append("\n".join([say("central_between"), *lines]) + "\n")
        else:
            parts.append(say("no_between", narratives=LEAST_BETWEEN, links=LEAST_LINKS, n=self.narratives, m=self.links) + "\n")
        return "\n".join(parts)


def centralities(narratives: Iterable[Narrative], tier: Tier = "emotion") -> Centralities:
    """Count over many narratives; read once, one at a time.

    Args:
        narratives: Annotated.
        tier: Where two emotions count as the same.

    Raises:
        InputError: Fewer than ten narratives.
    """
    caused, causing, in_narratives, of_narratives = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    links: Counter[tuple[str, str]] = Counter()
    read = 0
    for narrative in narratives:
        read += 1
        telling = Telling(narrative)
        here = Counter(at_tier(c.felt, tier) for c in causations(telling) if c.felt.status == "affirmed")
        caused.update(here)
        in_narratives.update(here.keys())
        pairs = [(at_tier(link.start, tier), at_tier(link.end, tier)) for link in causal_links(telling)]
        causing.update(start for start, _ in pairs)
        of_narratives.update({start for start, _ in pairs})
        links.update({(start, end) for start, end in pairs if start != end})
    if read < LEAST:
        several = "narrative is" if read == 1 else "narratives are"
        raise InputError("centrality", None, f"{read} {several} too few for anything to be central; give {LEAST} or more")
    shared = [link for link, count in links.items() if count >= LEAST_SHARED]
    between = _betweenness(shared) if read >= LEAST_BETWEEN and len(shared) >= LEAST_LINKS else {}
    keys = sorted({*caused, *causing}, key=lambda key: (-in_narratives[key], -caused[key], -of_narratives[key], key))
    emotions = [
        Central(key, in_narratives[key], caused[key], of_narratives[key], causing[key], between.get(key, 0.0) if between else None)
        for key in keys
    ]
    return Centralities(read, len(shared), tuple(emotions))


def _betweenness(links: Iterable[tuple[str, str]]) -> dict[str, float]:
    import networkx as nx

    return dict(nx.betweenness_centrality(nx.DiGraph(sorted(links))))

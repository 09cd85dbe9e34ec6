"""How often each pattern is there in many narratives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ressenti.graph.labels import Language
from ressenti.graph.patterns.ambivalences import Ambivalence
from ressenti.graph.patterns.causes import Causation
from ressenti.graph.patterns.chains import Chain, Loop
from ressenti.graph.patterns.felt import Tier, at_tier
from ressenti.graph.patterns.find import Patterns
from ressenti.graph.patterns.rows import felts
from ressenti.graph.patterns.territory import Territory
from ressenti.graph.patterns.wording import Wording, headed

COLUMNS = ("pattern", "sort", "emotions", "count", "narratives", "of")
Signature = tuple[str, ...]
"""What makes two patterns of different narratives the same: a sort, then keys of emotions."""


@dataclass(slots=True)
class Counts:
    """Counts over narratives; give it each narrative’s patterns once.

    Attributes:
        tier: Where two emotions count as the same; by default each by itself, in loops their groups.
        narratives: How many were added.
        mentions: How many mentions these have.
        found: Kind to signature to number of patterns.
        within: Kind to signature to number of narratives.
        kinds: Kind to number of narratives that have any.
    """

    tier: Tier | None = None
    narratives: int = 0
    mentions: int = 0
    found: dict[str, Counter[Signature]] = field(default_factory=dict)
    within: dict[str, Counter[Signature]] = field(default_factory=dict)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, patterns: Patterns) -> None:
        """Count the patterns of one more narrative."""
        self.narratives += 1
        self.mentions += patterns.mentions
        for kind, several in patterns.found.items():
            tier = self.tier or ("secondary" if kind == "loops" else "emotion")
            here = Counter(signature for pattern in several for signature in signatures(pattern, tier))
            self.found.setdefault(kind, Counter()).update(here)
            self.within.setdefault(kind, Counter()).update(here.keys())
            self.kinds[kind] += bool(several)

    def ranked(self, kind: str) -> Iterator[tuple[Signature, int, int]]:
        """Signatures with their numbers of patterns and of narratives: what most narratives have first."""
        within = self.within[kind]
        for signature, count in sorted(self.found[kind].items(), key=lambda item: (-within[item[0]], -item[1], item[0])):
            yield signature, count, within[signature]

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        kinds = {
            kind: {
                "count": sum(found.values()),
                "narratives": self.kinds[kind],
                "patterns": [
                    {"sort": sort, "emotions": emotions, "count": count, "narratives": narratives}
                    for (sort, *emotions), count, narratives in self.ranked(kind)
                ],
            }
            for kind, found in self.found.items()
        }
        return {"narratives": self.narratives, "mentions": self.mentions, "kinds": kinds}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The rows of the table, in the order of `COLUMNS`."""
        for kind in self.found:
            for (sort, *emotions), count, narratives in self.ranked(kind):
                yield kind, sort, " ".join(emotions), str(count), str(narratives), str(self.narratives)

    def report(self, language: Language = "fr", most: int = 10) -> str:
        """The counts to be read.

        Args:
            language: ``fr`` or ``en``.
            most: Signatures of a kind, at most.
        """
        say = Wording(language)
        title = say("summary_one" if self.narratives == 1 else "summary", narratives=self.narratives, mentions=self.mentions)
        parts = [f"{headed(title)}{say('columns')}\n"]
        for kind, found in self.found.items():
            if not found:
                continue
            head = say("sum", kind=say(kind), count=sum(found.values()), narratives=self.kinds[kind])
            lines = [f"  {count:>4} ({narratives})  {read(kind, signature, say)}" for signature, count, narratives in self.ranked(kind)]
            if len(lines) > most:
                lines = [*lines[:most], f"        {say('more', n=len(lines) - most)}"]
            parts.append("\n".join([head, *lines]) + "\n")
        return "\n".join(parts)


def signatures(pattern: Any, tier: Tier) -> Iterator[Signature]:
    """What a pattern counts as; the course of a person counts as each of its transitions."""
    keys = tuple(at_tier(felt, tier) for felt in felts(pattern))
    match pattern:
        case Causation():
            if pattern.through:
                yield from (("emotion", at_tier(felt, tier), at_tier(pattern.felt, tier)) for felt in pattern.through)
            else:
                yield _by(pattern), at_tier(pattern.felt, tier)
        case Chain(kind="order"):
            yield from (("order", *pair) for pair in pairwise(keys))
        case Chain() | Loop():
            yield pattern.kind, *keys
        case Ambivalence():
            yield pattern.source, *sorted(keys)
        case Territory():
            yield "given" if pattern.given else "rule", *sorted(set(keys))
        case _:
            yield "", *keys[:1]


def _by(pattern: Causation) -> str:
    if pattern.by is None:
        return "event"
    return "self" if pattern.by == pattern.felt.who else "narrator" if pattern.by.narrator else "other"


def read(kind: str, signature: Signature, say: Wording) -> str:
    """A signature to be read."""
    sort, *keys = signature
    labels = [say.emotion(key) for key in keys]
    match kind:
        case "causes":
            return " → ".join(labels if sort == "emotion" else [say(f"by_{sort}"), *labels])
        case "chains":
            return " ⇒ ".join(labels)
        case "courses":
            return " → ".join(labels)
        case "loops":
            return say(f"loop_{sort}", back=labels[0], steps=(" → " if sort == "return" else " ⇒ ").join(labels))
        case "ambivalences":
            return f"{', '.join(labels)} ({say(f'source_{sort}')})"
        case "territory":
            return ", ".join(labels) or say("no_emotion")
    return ", ".join(labels)

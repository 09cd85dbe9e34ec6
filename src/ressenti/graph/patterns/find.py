"""All patterns of a narrative."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from ressenti.graph.patterns.ambivalences import Ambivalence, ambivalences
from ressenti.graph.patterns.causes import Causation, Link, causations
from ressenti.graph.patterns.chains import Chain, Loop, causal_chains, courses, loops
from ressenti.graph.patterns.felt import Telling, Tier
from ressenti.graph.patterns.single import Denied, OfOther, Unattributed, Uncaused, denied, of_others, unattributed, uncaused
from ressenti.graph.patterns.territory import Territory, territories
from ressenti.schema import Narrative

Pattern = Causation | Chain | Loop | Uncaused | Ambivalence | Territory | Denied | OfOther | Unattributed

_FINDERS: Mapping[str, Callable[[Telling, Tier | None, int | None], Iterable[Pattern]]] = {
    "causes": lambda telling, tier, length: causations(telling),
    "chains": lambda telling, tier, length: causal_chains(telling, tier or "emotion", length),
    "courses": lambda telling, tier, length: courses(telling, tier or "emotion", length),
    "loops": lambda telling, tier, length: loops(telling, tier or "secondary"),
    "uncaused": lambda telling, tier, length: uncaused(telling),
    "ambivalences": lambda telling, tier, length: ambivalences(telling),
    "territory": lambda telling, tier, length: territories(telling),
    "denied": lambda telling, tier, length: denied(telling),
    "others": lambda telling, tier, length: of_others(telling),
    "unattributed": lambda telling, tier, length: unattributed(telling),
}
KINDS = tuple(_FINDERS)
"""The kinds of patterns, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Patterns:
    """What was found in one narrative.

    Attributes:
        narrative: Its id.
        found: Kind to its patterns, in reading order as far as they have one; the kinds that were asked for, in the order of `KINDS`.
        mentions: How many mentions the narrative has.
    """

    narrative: str
    found: Mapping[str, tuple[Pattern, ...]]
    mentions: int

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        patterns = {kind: [_plain(pattern) for pattern in several] for kind, several in self.found.items()}
        return {"id": self.narrative, "mentions": self.mentions, "patterns": patterns}


def find_patterns(narrative: Narrative, kinds: Collection[str] = KINDS, *, tier: Tier | None = None, length: int | None = None) -> Patterns:
    """Find the patterns of an annotated narrative.

    Args:
        narrative: With its mentions and roles.
        kinds: Which of `KINDS`.
        tier: Where two emotions count as the same in chains, courses and loops; by default each emotion by itself, in loops its group.
        length: Emotions of a chain or course, 2 or more; by default as many as there are.

    Raises:
        ValueError: A kind that does not exist, or a length below 2.
    """
    if unknown := sorted(set(kinds) - set(KINDS)):
        raise ValueError(f"no kind of pattern is called {unknown[0]!r}; there are {', '.join(KINDS)}")
    if length is not None and length < 2:
        raise ValueError(f"a chain of {length} is none; the shortest has 2 emotions")
    telling = Telling(narrative)
    found = {kind: tuple(find(telling, tier, length)) for kind, find in _FINDERS.items() if kind in kinds}
    return Patterns(narrative.id, found, len(narrative.mentions))


def _plain(pattern: Any) -> Any:
    """A pattern as JSON; of a link only the ids of its mentions, for its steps stand beside it."""
    if isinstance(pattern, Link):
        return {"kind": pattern.kind, "from": pattern.start.mention, "to": pattern.end.mention, "words": _plain(pattern.words)}
    if is_dataclass(pattern):
        return {field.name: _plain(getattr(pattern, field.name)) for field in fields(pattern)}
    return [_plain(item) for item in pattern] if isinstance(pattern, tuple) else pattern

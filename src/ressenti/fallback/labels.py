"""What can be said of a passage: that something is felt, which emotions on which tier, how it is told, and which component it is.

A label is a string: ``emotion`` (something is felt), the key of an emotion of any tier, ``mode:`` with a mode, or ``component:`` with a
component. Several may hold of one passage. The emotions hang under ``emotion`` as in the ontology; modes and components stand alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from ressenti.ontology.emotions import TIERS, Emotions, load_emotions
from ressenti.schema import COMPONENTS, MODES

EMOTION = "emotion"
"""Something is felt: the root of the emotions."""
MODE, COMPONENT = "mode:", "component:"


class Labels:
    """All labels, parents before their children.

    Args:
        emotions: The emotions, with their tiers.

    Attributes:
        names: The labels, in an order that stays: ``emotion``, the primaries, the secondaries, the tertiaries, modes, components.
        index: Label to its place in ``names``.
    """

    def __init__(self, emotions: Emotions) -> None:
        by_tier = [key for tier in TIERS for key, emotion in emotions.items() if emotion.tier == tier]
        self.names: tuple[str, ...] = (EMOTION, *by_tier, *(MODE + mode for mode in MODES), *(COMPONENT + name for name in COMPONENTS))
        self.index: Mapping[str, int] = {name: number for number, name in enumerate(self.names)}
        self._parents = {EMOTION: None} | {key: emotions[key].parent or EMOTION for key in by_tier}
        self._tiers = {EMOTION: EMOTION} | {key: emotions[key].tier for key in by_tier}
        self._children: dict[str, list[str]] = {}
        for name, parent in self._parents.items():
            if parent is not None:
                self._children.setdefault(parent, []).append(name)

    def __len__(self) -> int:
        return len(self.names)

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def parent(self, label: str) -> str | None:
        """The label one tier above; None for ``emotion``, a mode and a component."""
        return self._parents.get(label)

    def children(self, label: str) -> tuple[str, ...]:
        """The labels one tier below."""
        return tuple(self._children.get(label, ()))

    def lineage(self, label: str) -> tuple[str, ...]:
        """The labels from the root down to ``label``, both included: what a yes to it says yes to."""
        path = [label]
        while (above := self.parent(path[-1])) is not None:
            path.append(above)
        return tuple(reversed(path))

    def branch(self, label: str) -> tuple[str, ...]:
        """``label`` and all that is under it: what a no to it says no to."""
        found = [label]
        for name in found:
            found.extend(self.children(name))
        return tuple(found)

    def tier(self, label: str) -> str:
        """``emotion``, ``primary``, ``secondary``, ``tertiary``, ``mode`` or ``component``: labels of one tier have much in common."""
        if label.startswith((MODE, COMPONENT)):
            return label.partition(":")[0]
        return self._tiers[label]


@cache
def shipped_labels() -> Labels:
    """The labels of the shipped ontology."""
    return Labels(load_emotions())

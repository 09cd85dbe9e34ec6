"""One thing on which two reviewers differ, and what may be decided on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ressenti.schema import Span

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """What may be decided on a difference.

    Attributes:
        mention: What holds then: cue, emotion, mode, status, intensity; None where no mention does.
        roles: What holds then of roles, each kind and span, and, where the two differ in it, ``entity``: what its character is called.
        decisions: That bring it about, as in a file of decisions, without their times.
        component: What holds then of a component: what it is, and its span; None where none does.
        characters: Who is who then: what each is called, with the places that name them.
        instead: What brings it about where the other side was taken before; None where ``decisions`` do.
    """

    mention: Data | None
    roles: Sequence[Data]
    decisions: Sequence[Data]
    component: Data | None = None
    characters: Sequence[Data] = ()
    instead: Sequence[Data] | None = None

    def to_dict(self) -> Data:
        return {
            "mention": self.mention, "roles": list(self.roles), "decisions": list(self.decisions), "component": self.component,
            "characters": list(self.characters), "instead": None if self.instead is None else list(self.instead),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing on which two reviewers differ.

    Attributes:
        about: ``mention``, ``role``, ``component`` or ``entity``, who is who.
        spans: Where the text has it; of characters the places at which one of the two has another than the other.
        one: What the one chose.
        other: What the other chose.
        neither: That nothing is there; None where one of the two says so, or where it cannot be.
        of: Of a role: what of its mention is known, cue and emotion as it was found or added.
    """

    about: str
    spans: Sequence[Span]
    one: Choice
    other: Choice
    neither: Choice | None
    of: Data | None = None

    def to_dict(self) -> Data:
        return {
            "about": self.about, "spans": plain(self.spans), "one": self.one.to_dict(), "other": self.other.to_dict(),
            "neither": None if self.neither is None else self.neither.to_dict(), "of": self.of,
        }  # fmt: skip


def plain(spans: Sequence[Span]) -> list[list[int]]:
    """Spans as JSON has them."""
    return [list(span) for span in spans]


def decision(about: str, action: str, was: Data | None, value: Data | None = None) -> Data:
    """A decision as a file has it, without its time."""
    return {"about": about, "action": action, **({"was": was} if was else {}), **({"value": value} if value else {})}

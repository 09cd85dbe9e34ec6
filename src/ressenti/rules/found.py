"""What the rules find in a sentence: mentions and their roles, by token indices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ressenti.rules.paths import Path
from ressenti.rules.qualifiers.reasons import Reason
from ressenti.rules.rule import Rule
from ressenti.rules.sentence import Sentence
from ressenti.rules.triggers import Hit


@dataclass(slots=True)
class FoundRole:
    """A role by token indices of its sentence, both included, and the head that the path led to.

    Its sentence is the mention's, but for roles across a sentence boundary.
    """

    role: str
    first: int
    last: int
    head: int
    rule: str
    sentence: Sentence
    path: Path | None = None
    """The path of the rule that led to it, or None when it was not a path that did."""


@dataclass(slots=True)
class Found:
    """A mention by token indices of its sentence."""

    hit: Hit
    emotion: str
    mode: str
    status: str
    intensity: str
    rule: str
    roles: list[FoundRole] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    """Optional keys of the format: ``time``, ``reported``, ``question``, ``wish`` …"""
    by: Rule | None = None
    """The rule that made it, or None when it was not a rule of the language."""
    reasons: list[Reason] = field(default_factory=list)
    """Which words decided status, intensity, time …"""
    fired: list[str] = field(default_factory=list)
    """Ids of the rules that made it or gave it something."""
    doubts: dict[str, float] = field(default_factory=dict)
    """Reason to a factor below 1 that its confidence is multiplied by."""

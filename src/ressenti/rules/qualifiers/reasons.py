"""What a qualifier answers with: a value, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Reason(NamedTuple):
    """Why a mention got a status, an intensity, a time …

    Attributes:
        what: ``status``, ``intensity``, ``time``, ``question``, ``wish`` or ``reported``.
        value: The value it got.
        tokens: Indices of the tokens that decided.
        why: The rule in a few English words.
    """

    what: str
    value: str
    tokens: tuple[int, ...]
    why: str


@dataclass(slots=True)
class Qualified:
    """How a mention stands in its sentence.

    Attributes:
        status: ``affirmed``, ``negated`` or ``hypothetical``.
        intensity: ``low``, ``medium`` or ``high``.
        extra: Optional keys of the format: ``question``, ``wish``, ``time``, ``reported``.
        reasons: What decided, for whoever asks; nothing stands here for what holds by default.
    """

    status: str
    intensity: str
    extra: dict[str, Any] = field(default_factory=dict)
    reasons: list[Reason] = field(default_factory=list)

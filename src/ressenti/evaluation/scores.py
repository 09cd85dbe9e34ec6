"""The figures: precision, recall and F1 of mentions and roles, and the accuracy of what is said of a mention.

========== =========================================================================================================================
mention    mentions that match (see :mod:`ressenti.evaluation.matching`); ``+primary``, ``+secondary``, ``+emotion``: that agree there too
recall     by mode: share of the gold mentions found, and found with the right primary
accuracy   of mode, status and intensity, among the mentions that match with their primary
status     negated and hypothetical mentions, end to end
model      mentions of the model, whose cue is a clause: right where they cover a gold mention of their primary that no other matched
role       roles of each kind, end to end: a role is right only where its mention is
matched    the same among the mentions that match with their primary: how good the roles are where the cue was found
========== =========================================================================================================================

The definitions are those of ``benchmarks/gold/score.py``; a test holds the two equal. Only where there is nothing to measure
does that say 0: here it is None, so that a kind of which a resample has none cannot pull the lower bound of its interval down.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ressenti.evaluation.matching import Comparison, overlap
from ressenti.schema import MODES, ROLES, Mention

QUALITIES = ("mode", "status", "intensity")
MARKED = ("negated", "hypothetical")
"""Statuses that have a figure of their own: nearly all mentions are affirmed, so that accuracy says little."""

LEVELS: Mapping[str, Callable[[Mention], str]] = {
    "primary": lambda m: m.primary,
    "secondary": lambda m: m.secondary or m.primary,
    "emotion": lambda m: m.emotion,
}
"""Tier of the tree to what a mention is on it."""

_HEADLINES = ("F1", "accuracy", "right primary", "P")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        name: ``mention``, ``recall:labelled``, ``matched:cause`` …
        values: Name of each value (``P``, ``R``, ``F1``, ``gold``, ``system``, ``accuracy``, ``of`` …) to the value, None where there is
            nothing to measure: ``P`` where the system marks nothing, ``R`` where the gold does, ``F1`` where neither does.
        interval: Bounds of the 95 % interval of the headline, None where it was not estimated.
    """

    name: str
    values: Mapping[str, float | None]
    interval: tuple[float, float] | None = field(default=None)

    @property
    def key(self) -> str:
        """Name of the value that stands for the whole line."""
        return next(key for key in _HEADLINES if key in self.values)

    @property
    def headline(self) -> float | None:
        """The value that stands for the whole line, None where there is nothing to measure."""
        return self.values[self.key]

    def within(self, interval: tuple[float, float]) -> Figure:
        """The same with an interval."""
        return replace(self, interval=interval)

    def to_dict(self) -> dict[str, object]:
        return {**self.values, **({} if self.interval is None else {"interval": list(self.interval)})}


def count(comparison: Comparison) -> Counter[str]:
    """What one narrative adds to the figures; counts of several narratives may be added up."""
    c, n = comparison, Counter[str]()
    gold = {m.id: m for m in c.gold.mentions}
    n["gold"], n["system"], n["mention"] = len(gold), len(c.found), len(c.pairs)
    for m in c.gold.mentions:
        n[f"gold:{m.mode}"] += 1
    for g, s in c.pairs:
        n[f"found:{g.mode}"] += 1
        for name, level in LEVELS.items():
            n[name] += level(g) == level(s)
        if g.primary == s.primary:
            n[f"right:{g.mode}"] += 1
            n["judged"] += 1
            for quality in QUALITIES:
                n[f"same:{quality}"] += getattr(g, quality) == getattr(s, quality)
    for value in MARKED:
        n[f"gold:{value}"] = sum(m.status == value for m in c.gold.mentions)
        n[f"system:{value}"] = sum(m.status == value for m in c.found)
        n[f"right:{value}"] = sum(g.status == value == s.status for g, s in c.pairs)
    _count_guesses(c, n)
    matched = set(c.right.values())
    for role in c.gold.roles:
        n[f"gold:{role.role}"] += 1
        n[f"matched gold:{role.role}"] += role.mention in matched
    for role in c.judged:
        n[f"system:{role.role}"] += 1
        n[f"matched system:{role.role}"] += role.mention in c.right
    for role, _ in c.roles:
        n[f"right:{role.role}"] += 1
    return n


def _count_guesses(c: Comparison, n: Counter[str]) -> None:
    def covers(m: Mention, x: Mention) -> bool:
        return m.primary == x.primary and overlap(m.cue, x.cue) > 0

    left = c.missed
    n["gold:model"], n["system:model"] = len(left), len(c.guessed)
    n["right:model"] = sum(any(covers(m, x) for x in left) for m in c.guessed)
    n["covered:model"] = sum(any(covers(m, x) for m in c.guessed) for x in left)


def rows(counts: Sequence[Counter[str]]) -> tuple[list[str], list[tuple[int, ...]]]:
    """The counts of narratives as the rows of a table, which add up much faster: names of the columns, and the rows."""
    names = sorted({name for counted in counts for name in counted})
    return names, [tuple(counted[name] for name in names) for counted in counts]


def total(names: Sequence[str], drawn: Iterable[tuple[int, ...]]) -> Counter[str]:
    """The sum of some rows of :func:`rows`."""
    return Counter(dict(zip(names, map(sum, zip(*drawn, strict=True)), strict=False)))


def figures(counts: Iterable[Counter[str]]) -> dict[str, Figure]:
    """All figures, by name, from the counts of the narratives; those of which there is nothing to say are left out."""
    n: Counter[str] = Counter()
    for more in counts:
        n.update(more)
    found = [Figure("mention", _prf(n["mention"], n["system"], n["gold"]))]
    found += [Figure(f"mention+{name}", _prf(n[name], n["system"], n["gold"])) for name in LEVELS]
    for mode in MODES:
        of = n[f"gold:{mode}"]
        shares = {"found": _share(n[f"found:{mode}"], of), "right primary": _share(n[f"right:{mode}"], of)}
        found.append(Figure(f"recall:{mode}", {**shares, "gold": of}))
    if judged := n["judged"]:
        found += [Figure(f"accuracy:{quality}", {"accuracy": n[f"same:{quality}"] / judged, "of": judged}) for quality in QUALITIES]
    found += [Figure(f"status:{value}", _prf(*(n[f"{part}:{value}"] for part in ("right", "system", "gold")))) for value in MARKED]
    if guesses := n["system:model"]:
        left = n["gold:model"]
        values = {"P": n["right:model"] / guesses, "R": _share(n["covered:model"], left), "gold left over": left, "system": guesses}
        found.append(Figure("model+primary", values))
    for kind, prefix in (("role", ""), ("matched", "matched ")):
        found += [Figure(f"{kind}:{role}", _prf(*_role_counts(n, prefix, (role,)))) for role in ROLES]
    found += [Figure(f"{kind}:all", _prf(*_role_counts(n, prefix, ROLES))) for kind, prefix in (("role", ""), ("matched", "matched "))]
    return {figure.name: figure for figure in found}


def _role_counts(n: Counter[str], prefix: str, roles: Iterable[str]) -> tuple[int, int, int]:
    roles = tuple(roles)
    right, system, gold = (sum(n[f"{part}:{role}"] for role in roles) for part in ("right", f"{prefix}system", f"{prefix}gold"))
    return right, system, gold


def _prf(right: int, system: int, gold: int) -> dict[str, float | None]:
    p, r = _share(right, system), _share(right, gold)
    nothing = None if p is None and r is None else 0.0
    return {"P": p, "R": r, "F1": 2 * p * r / (p + r) if p and r else nothing, "gold": gold, "system": system}


def _share(part: int, of: int) -> float | None:
    return part / of if of else None

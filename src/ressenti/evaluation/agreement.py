"""Agreement of two annotators, corrected for chance.

What both say of a mention: Krippendorff's alpha over the mentions that match, nominal for primary, emotion, status and mode, ordinal for
intensity. Where they mark: his alpha for unitizing, over the whole text, for cues and for the roles of each kind, so that spans which agree
in part count in part. How many marks they share: F1, the same whichever of the two comes first.

Sources: K. Krippendorff, *Content Analysis: An Introduction to Its Methodology*, 2nd edition (2004), sections 11.3 and 11.6;
“On the reliability of unitizing continuous data”, *Sociological Methodology* 25 (1995), pages 47 to 76.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from ressenti.evaluation.intervals import Interval, intervals
from ressenti.evaluation.matching import Comparison, compare, evenly
from ressenti.evaluation.scores import count, figures
from ressenti.schema import INTENSITIES, ROLES, Narrative, Role, Span

Values = Sequence[tuple[Hashable, Hashable]]
"""What each of two annotators says of each unit."""

NOMINAL = ("primary", "emotion", "mode", "status")
SHARED = ("mention", "mention+primary", "mention+emotion", *(f"matched:{role}" for role in ROLES))
"""Figures of :mod:`ressenti.evaluation.scores` of which F1 is told as agreement."""

FLOORS = (0.667, 0.8)
"""Krippendorff's floors for alpha (2004, section 11.4): below the first no conclusion, from the second on a safe one."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of the table of agreement.

    Attributes:
        name: ``F1 mention``, ``alpha primary``, ``u-alpha cue`` …
        value: 1 is perfect, for alpha 0 is chance; None where it is not defined: nothing to compare, or nothing that varies.
        units: Over how many units: mentions that match, or spans of both annotators.
        interval: 95 % by the bootstrap over narratives, None where it was not estimated.
    """

    name: str
    value: float | None
    units: int
    interval: Interval | None = None

    def to_dict(self) -> dict[str, object]:
        interval = {} if self.interval is None else {"interval": list(self.interval)}
        return {"name": self.name, "value": self.value, "units": self.units, **interval}


def agreement(pairs: Iterable[tuple[Narrative, Narrative]], bootstrap: int = 0) -> list[Measure]:
    """Measure how far two annotators agree.

    Args:
        pairs: Narratives of the same text each, as the one and as the other marked them.
        bootstrap: How many resamples of the narratives the 95 % intervals are from; 0 for none.

    Raises:
        ValueError: The texts of a pair differ.
    """
    both = [(compare(one, other, evenly), compare(other, one, evenly)) for one, other in pairs]
    found = _measure(both)
    if not bootstrap:
        return found
    bounds = intervals(both, bootstrap, lambda drawn: {measure.name: measure.value for measure in _measure(drawn)})
    return [Measure(m.name, m.value, m.units, bounds.get(m.name)) for m in found]


def _measure(both: Sequence[tuple[Comparison, Comparison]]) -> list[Measure]:
    ways = [figures(count(way[k]) for way in both) for k in (0, 1)]
    found = []
    for name in SHARED:
        one, other = (way[name] for way in ways)
        units = int(one.values["gold"] + one.values["system"])
        found.append(Measure(f"F1 {name}", (one.headline + other.headline) / 2 if units else None, units))
    matched = [pair for c, _ in both for pair in c.pairs]
    for name in NOMINAL:
        values = [(getattr(a, name), getattr(b, name)) for a, b in matched]
        found.append(Measure(f"alpha {name}", alpha(values), len(values)))
    ranks = [(INTENSITIES.index(a.intensity), INTENSITIES.index(b.intensity)) for a, b in matched]
    found.append(Measure("alpha intensity", alpha(ranks, ordinal), len(ranks)))
    texts = [(c.gold, c.system) for c, _ in both]
    found.append(_unitizing("cue", texts, lambda narrative: [piece for m in narrative.mentions for piece in m.cue]))
    for role in ROLES:
        found.append(_unitizing(role, texts, lambda narrative, role=role: _spans(narrative.roles, role)))  # type: ignore[misc]
    return found


def _spans(roles: Iterable[Role], name: str) -> list[Span]:
    return [role.span for role in roles if role.role == name]


# ── alpha for coding ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────


Metric = Callable[[Any, Any, Mapping[Any, int]], float]
"""Squared difference of two values, given how often each was said."""


def nominal(a: Hashable, b: Hashable, said: Mapping[Any, int]) -> float:
    """Values are the same or not."""
    return float(a != b)


def ordinal(a: int, b: int, said: Mapping[Any, int]) -> float:
    """Values are ranks: whole numbers, the further apart the more values lie between them."""
    low, high = sorted((a, b))
    between = sum(said[rank] for rank in range(low, high + 1))
    return (between - (said[low] + said[high]) / 2) ** 2 if low != high else 0.0


def alpha(values: Values, metric: Metric = nominal) -> float | None:
    """Krippendorff's alpha of two annotators, from their coincidences.

    ``alpha = 1 - D_o / D_e``; with n values in all, n_v of value v, and the units u ::

        D_o = 1/n · Σ_u (δ²(a_u, b_u) + δ²(b_u, a_u)),    D_e = 1/(n (n - 1)) · Σ_v Σ_w n_v n_w δ²(v, w)

    Args:
        values: What the one and the other say of each unit; units that only one of them has say nothing.
        metric: :func:`nominal` or :func:`ordinal`.

    Returns:
        1 for perfect agreement, 0 for that of chance, less for worse; None without two different values: then it is not defined.
    """
    said = Counter(value for pair in values for value in pair)
    n = sum(said.values())
    expected = sum(said[v] * said[w] * metric(v, w, said) for v in said for w in said)
    if not expected:
        return None
    observed = sum(2 * metric(a, b, said) for a, b in values)
    return 1 - (n - 1) * observed / expected


# ── alpha for unitizing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _unitizing(name: str, texts: Sequence[tuple[Narrative, Narrative]], spans: Callable[[Narrative], Sequence[Span]]) -> Measure:
    """The texts one after another are the continuum."""
    start, units = 0, ([], [])  # type: tuple[int, tuple[list[Span], list[Span]]]
    for pair in texts:
        for of, narrative in zip(units, pair, strict=True):
            of += [(start + first, start + end) for first, end in disjoint(spans(narrative))]
        start += len(pair[0].text)
    return Measure(f"u-alpha {name}", unitizing_alpha(*units, start), len(units[0]) + len(units[1]))


def disjoint(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap made one: units of one kind by one annotator never overlap. Those that touch stay two."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def unitizing_alpha(one: Sequence[Span], other: Sequence[Span], length: int) -> float | None:
    """Krippendorff's alpha for unitizing of two annotators and one category, ``1 - D_o / D_e``.

    Args:
        one: Units of the one annotator, in order, none overlapping another.
        other: Units of the other.
        length: Of the continuum, in the same measure as the units.

    Returns:
        1 where the units are the same, 0 for what chance does; None where there are none.
    """
    expected = expected_disagreement(one, other, length)
    return 1 - observed_disagreement(one, other, length) / expected if expected else None


def observed_disagreement(one: Sequence[Span], other: Sequence[Span], length: int) -> float:
    """D_o: units that intersect differ by the squares of how far their begins and their ends are apart, a unit in a gap by its square.

    ``D_o = 1/(m (m - 1) L²) · Σ δ²`` over the ordered pairs of the m = 2 annotators, L being the length of the continuum.
    """
    total = 0
    for units, others in ((one, other), (other, one)):
        ends = [end for _, end in others]
        for start, end in units:
            k = bisect_left(ends, start + 1)  # the first that ends within or after the unit
            if k == len(others) or others[k][0] >= end:
                total += 2 * (end - start) ** 2  # as (unit, gap) and as (gap, unit)
            while k < len(others) and others[k][0] < end:
                total += (start - others[k][0]) ** 2 + (end - others[k][1]) ** 2
                k += 1
    return total / (2 * length**2)


def expected_disagreement(one: Sequence[Span], other: Sequence[Span], length: int) -> float:
    """D_e: the mean over all ways in which the units and gaps of both could lie beside each other.

    With m = 2 annotators, N units of lengths l and the gaps of lengths g ::

        D_e = 2/L · Σ_units [ (N - 1)/3 · (2 l³ - 3 l² + l) + l² · Σ_(gaps, g ≥ l) (g - l + 1) ] / (m L (m L - 1) - Σ_units l (l - 1))
    """
    lengths = [end - start for start, end in (*one, *other)]
    if not lengths:
        return 0.0
    gaps = sorted(_gaps(one, length) + _gaps(other, length))
    longest = [0, *accumulate(reversed(gaps))]  # sums of the longest one, two, three … gaps
    total = 0.0
    for size in lengths:
        fit = len(gaps) - bisect_left(gaps, size)
        total += (len(lengths) - 1) / 3 * (2 * size**3 - 3 * size**2 + size) + size**2 * (longest[fit] - fit * (size - 1))
    return 2 / length * total / (2 * length * (2 * length - 1) - sum(size * (size - 1) for size in lengths))


def _gaps(units: Sequence[Span], length: int) -> list[int]:
    """Lengths of what lies between the units."""
    edges = [0, *(edge for unit in units for edge in unit), length]
    return [end - start for start, end in zip(edges[::2], edges[1::2], strict=True) if end > start]

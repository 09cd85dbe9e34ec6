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
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, permutations
from typing import Any

from ressenti.evaluation.intervals import Interval, intervals
from ressenti.evaluation.matching import Comparison, compare, evenly
from ressenti.evaluation.scores import count, figures, rows, total
from ressenti.schema import INTENSITIES, ROLES, Narrative, Span

Values = Sequence[tuple[Hashable, ...]]
"""What each of the annotators who say something of a unit says of it, two at least."""

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
    columns = [rows([count(ways[k]) for ways in both]) for k in (0, 1)]
    names = columns[0][0], columns[1][0]
    texts = [_Text(counted, _values(ways[0]), _units(ways[0])) for *counted, ways in zip(columns[0][1], columns[1][1], both, strict=True)]
    found = _measure(names, texts)
    if not bootstrap:
        return found
    bounds = intervals(texts, bootstrap, lambda drawn: {measure.name: measure.value for measure in _measure(names, drawn)})
    return [Measure(m.name, m.value, m.units, bounds.get(m.name)) for m in found]


@dataclass(frozen=True, slots=True)
class _Text:
    """What one narrative adds to the measures: its counts either way, the values of matched mentions, and the units of each kind."""

    counts: Sequence[tuple[int, ...]]
    values: Mapping[str, Values]
    units: Mapping[str, Units]


def _measure(names: tuple[Sequence[str], Sequence[str]], texts: Sequence[_Text]) -> list[Measure]:
    ways = [figures([total(names[k], (text.counts[k] for text in texts))]) for k in (0, 1)]
    found = []
    for name in SHARED:
        units = sum(int(ways[0][name].values[side] or 0) for side in ("gold", "system"))
        either = [way[name].headline for way in ways]
        found.append(Measure(f"F1 {name}", sum(f1 or 0.0 for f1 in either) / 2 if units else None, units))
    for name in (*NOMINAL, "intensity"):
        values = [pair for text in texts for pair in text.values[name]]
        found.append(Measure(f"alpha {name}", alpha(values, ordinal if name == "intensity" else nominal), len(values)))
    for name in ("cue", *ROLES):
        of = [text.units[name] for text in texts]
        found.append(Measure(f"u-alpha {name}", _unitizing_alpha(of), sum(len(u.sizes) for u in of)))
    return found


def _values(c: Comparison) -> dict[str, Values]:
    values: dict[str, Values] = {name: [(getattr(a, name), getattr(b, name)) for a, b in c.pairs] for name in NOMINAL}
    ranks = [(INTENSITIES.index(a.intensity), INTENSITIES.index(b.intensity)) for a, b in c.pairs]
    return {**values, "intensity": ranks}


def _units(c: Comparison) -> dict[str, Units]:
    sides = c.gold, c.system
    found = {"cue": [[piece for m in side.mentions for piece in m.cue] for side in sides]}
    found |= {name: [[role.span for role in side.roles if role.role == name] for side in sides] for name in ROLES}
    return {name: units(disjoint(one), disjoint(other), len(c.gold.text)) for name, (one, other) in found.items()}


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


def alpha(values: Values | Mapping[tuple[Hashable, ...], int], metric: Metric = nominal) -> float | None:
    """Krippendorff's alpha of two annotators or more, from their coincidences.

    ``alpha = 1 - D_o / D_e``; with n values in all, n_v of value v, and the units u of m_u values each ::

        D_o = 1/n · Σ_u 1/(m_u - 1) · Σ_(i ≠ j) δ²(u_i, u_j),    D_e = 1/(n (n - 1)) · Σ_v Σ_w n_v n_w δ²(v, w)

    Args:
        values: What each says of a unit, of those who say something; units of which only one does say nothing and are left out. Or of how
            many units each is said.
        metric: :func:`nominal` or :func:`ordinal`.

    Returns:
        1 for perfect agreement, 0 for that of chance, less for worse; None without two different values: then it is not defined.
    """
    counted = {unit: times for unit, times in Counter(values).items() if len(unit) > 1}
    said: Counter[Hashable] = Counter()
    for unit, times in counted.items():
        for value in unit:
            said[value] += times
    n = sum(said.values())
    expected = sum(said[v] * said[w] * metric(v, w, said) for v in said for w in said)
    if not expected:
        return None
    observed = sum(times * sum(metric(a, b, said) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit, times in counted.items())
    return 1 - (n - 1) * observed / expected


# ── alpha for unitizing ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def disjoint(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that overlap made one: units of one kind by one annotator never overlap. Those that touch stay two."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


@dataclass(frozen=True, slots=True)
class Units:
    """The units of one kind that two annotators see in one text.

    Attributes:
        length: Of the text.
        disagreement: Sum of the squared differences between the units of the one and of the other.
        sizes: Lengths of all units.
        gaps: Of each annotator, the lengths of what lies before, between and after the units; what is empty counts too.
    """

    length: int
    disagreement: int
    sizes: Sequence[int]
    gaps: tuple[Sequence[int], Sequence[int]]


def units(one: Sequence[Span], other: Sequence[Span], length: int) -> Units:
    """What the units of one kind in one text add to the agreement.

    Args:
        one: Units of the one annotator, in order, none overlapping another.
        other: Units of the other.
        length: Of the text.
    """
    sizes = [end - start for start, end in (*one, *other)]
    return Units(length, _disagreement(one, other) + _disagreement(other, one), sizes, (_gaps(one, length), _gaps(other, length)))


def _disagreement(units: Sequence[Span], others: Sequence[Span]) -> int:
    """Two units that intersect differ by the squares of how far their begins and their ends are apart, a unit in a gap by its square."""
    total, ends = 0, [end for _, end in others]
    for start, end in units:
        k = bisect_left(ends, start + 1)  # the first that ends within or after the unit
        if k == len(others) or others[k][0] >= end:
            total += 2 * (end - start) ** 2  # as (unit, gap) and as (gap, unit)
        while k < len(others) and others[k][0] < end:
            total += (start - others[k][0]) ** 2 + (end - others[k][1]) ** 2
            k += 1
    return total


def _gaps(units: Sequence[Span], length: int) -> list[int]:
    edges = [0, *(edge for unit in units for edge in unit), length]
    return [end - start for start, end in zip(edges[::2], edges[1::2], strict=True)]


def unitizing_alpha(one: Sequence[Span], other: Sequence[Span], length: int) -> float | None:
    """Krippendorff's alpha for unitizing of two annotators and one category, ``1 - D_o / D_e``.

    With m = 2 annotators, a continuum of length L, N units of lengths l and the gaps of lengths g ::

        D_o = 1/(m (m - 1) L²) · Σ δ²
        D_e = 2/L · Σ_units [ (N - 1)/3 · (2 l³ - 3 l² + l) + l² · Σ_(gaps, g ≥ l) (g - l + 1) ] / (m L (m L - 1) - Σ_units l (l - 1))

    Args:
        one: Units of the one annotator, in order, none overlapping another.
        other: Units of the other.
        length: Of the continuum, in the same measure as the units.

    Returns:
        1 where the units are the same, 0 for what chance does; None where there are none.
    """
    return _unitizing_alpha([units(one, other, length)])


def _unitizing_alpha(texts: Sequence[Units]) -> float | None:
    """The same for texts one after another."""
    if not any(text.sizes for text in texts):
        return None
    return 1 - observed_disagreement(texts) / expected_disagreement(texts)


def observed_disagreement(texts: Sequence[Units]) -> float:
    """D_o of :func:`unitizing_alpha`, of texts one after another."""
    return sum(text.disagreement for text in texts) / (2 * sum(text.length for text in texts) ** 2)


def expected_disagreement(texts: Sequence[Units]) -> float:
    """D_e of :func:`unitizing_alpha`: the mean over all ways in which the units and gaps of both could lie beside each other."""
    length = sum(text.length for text in texts)
    sizes = Counter(size for text in texts for size in text.sizes)
    number = sum(sizes.values())
    gaps = sorted(gap for side in (0, 1) for gap in _joined(text.gaps[side] for text in texts))
    longest = [0, *accumulate(reversed(gaps))]  # sums of the longest one, two, three … gaps
    total = 0.0
    for size, times in sizes.items():
        fit = len(gaps) - bisect_left(gaps, size)
        among_units = (number - 1) / 3 * (2 * size**3 - 3 * size**2 + size)
        total += times * (among_units + size**2 * (longest[fit] - fit * (size - 1)))
    return 2 / length * total / (2 * length * (2 * length - 1) - sum(times * size * (size - 1) for size, times in sizes.items()))


def _joined(texts: Iterable[Sequence[int]]) -> Iterator[int]:
    """The gaps of one annotator where the last of a text and the first of the next are one."""
    running = 0
    for gaps in texts:
        running += gaps[0]
        if len(gaps) > 1:
            yield from (running, *gaps[1:-1])
            running = gaps[-1]
    yield running

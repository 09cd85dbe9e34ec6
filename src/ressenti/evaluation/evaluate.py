"""Gold and system side by side: narratives paired by id, compared, and the figures with their intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ressenti.evaluation.intervals import intervals
from ressenti.evaluation.matching import Comparison, compare
from ressenti.evaluation.scores import Figure, count, figures, rows, total
from ressenti.schema import Narrative


@dataclass(slots=True)
class Pairing:
    """The narratives of two files by what belongs together.

    Attributes:
        pairs: Gold and system, in the order of the gold; a narrative that the system lacks is there without marks.
        lacking: Ids of the gold that the system lacks.
        further: Ids of the system that the gold lacks; nothing is said of them.
        differing: Ids whose texts differ, with the first code point that does; they are in no pair.
    """

    pairs: list[tuple[Narrative, Narrative]] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    further: list[str] = field(default_factory=list)
    differing: list[tuple[str, int]] = field(default_factory=list)


def pair(gold: Sequence[Narrative], system: Sequence[Narrative]) -> Pairing:
    """Pair narratives by their ids."""
    by_id = {narrative.id: narrative for narrative in system}
    found = Pairing()
    for narrative in gold:
        other = by_id.get(narrative.id)
        if other is None:
            found.lacking.append(narrative.id)
            found.pairs.append((narrative, Narrative(narrative.id, narrative.text)))
        elif other.text != narrative.text:
            found.differing.append((narrative.id, _first_difference(narrative.text, other.text)))
        else:
            found.pairs.append((narrative, other))
    known = {narrative.id for narrative in gold}
    found.further = [id_ for id_ in by_id if id_ not in known]
    return found


def _first_difference(one: str, other: str) -> int:
    return next((k for k, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@dataclass(slots=True)
class Evaluation:
    """What is known of a system from a gold file.

    Attributes:
        comparisons: One a narrative, in the order of the gold.
        figures: Every figure by name (:mod:`ressenti.evaluation.scores`).
        bootstrap: How many resamples the intervals are from; 0 where there are none.
    """

    comparisons: Sequence[Comparison]
    figures: dict[str, Figure]
    bootstrap: int


def evaluate(pairing: Pairing | Iterable[tuple[Narrative, Narrative]], bootstrap: int = 0) -> Evaluation:
    """Score a system.

    Args:
        pairing: Gold and system narratives, of the same text each.
        bootstrap: How many resamples of the narratives the 95 % intervals are from; 0 for none.

    Raises:
        ValueError: The texts of a pair differ.
    """
    pairs = pairing.pairs if isinstance(pairing, Pairing) else pairing
    comparisons = [compare(gold, system) for gold, system in pairs]
    counts = [count(comparison) for comparison in comparisons]
    found = figures(counts)
    if bootstrap:
        names, table = rows(counts)
        bounds = intervals(table, bootstrap, lambda drawn: {f.name: f.headline for f in figures([total(names, drawn)]).values()})
        found = {name: figure.within(bounds[name]) if name in bounds else figure for name, figure in found.items()}
    return Evaluation(comparisons, found, bootstrap)

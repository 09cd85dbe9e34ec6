"""Scores of coreference chains: MUC, B³, CEAF-φ4, their mean (CoNLL F1) and LEA.

A chain is the set of the places where a text speaks of one entity. The definitions are those of

- MUC: Vilain, Burger, Aberdeen, Connolly, Hirschman, *A model-theoretic coreference scoring scheme*, MUC-6, 1995;
- B³: Bagga and Baldwin, *Algorithms for scoring coreference chains*, LREC workshop 1998;
- CEAF-φ4: Luo, *On coreference resolution performance metrics*, EMNLP 2005;
- CoNLL F1: the mean of the three F1, Pradhan et al., CoNLL-2012 shared task;
- LEA: Moosavi and Strube, *Which coreference evaluation metric do you trust?*, ACL 2016.

Where a mention stands on one side only, it counts as missed or as wrong, as in Pradhan et al. 2014 (no mention is added to either side).
Counts of several texts are added up before they are divided.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

Chain = frozenset[Hashable]
"""The mentions of one entity; any hashable will do, offsets of a text as a rule."""


@dataclass(frozen=True, slots=True)
class Score:
    """Numerators and denominators of recall and precision, so that texts can be added up.

    Attributes:
        found: Numerator of recall.
        gold: Denominator of recall.
        right: Numerator of precision.
        given: Denominator of precision.
    """

    found: float = 0.0
    gold: float = 0.0
    right: float = 0.0
    given: float = 0.0

    def __add__(self, other: Score) -> Score:
        return Score(self.found + other.found, self.gold + other.gold, self.right + other.right, self.given + other.given)

    @property
    def recall(self) -> float:
        """Share of the gold that is found, 0 where there is none."""
        return self.found / self.gold if self.gold else 0.0

    @property
    def precision(self) -> float:
        """Share of what is given that is right, 0 where nothing is."""
        return self.right / self.given if self.given else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of recall and precision."""
        return 2 * self.recall * self.precision / (self.recall + self.precision) if self.recall + self.precision else 0.0


def muc(gold: Sequence[Chain], system: Sequence[Chain]) -> Score:
    """Links: how few joints of the other side's chains hold each chain together (Vilain et al. 1995)."""
    return Score(*_muc(gold, system), *_muc(system, gold))


def _muc(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float]:
    place = _places(response)
    kept = links = 0
    for chain in key:
        parts = len({place[m] for m in chain if m in place}) + sum(m not in place for m in chain)
        kept += len(chain) - parts
        links += len(chain) - 1
    return kept, links


def b_cubed(gold: Sequence[Chain], system: Sequence[Chain]) -> Score:
    """Mentions: for each, the share of its chain that its chain on the other side holds (Bagga and Baldwin 1998)."""
    return Score(*_b_cubed(gold, system), *_b_cubed(system, gold))


def _b_cubed(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float]:
    place = _places(response)
    shared = sum(n * n / len(chain) for chain in key for n in _overlaps(chain, place).values())
    return shared, sum(map(len, key))


def ceaf(gold: Sequence[Chain], system: Sequence[Chain]) -> Score:
    """Entities: the best one-to-one alignment of the chains by φ4, the Dice overlap of two chains (Luo 2005)."""
    place = _places(system)
    similarity = [[0.0] * len(system) for _ in gold]
    for i, chain in enumerate(gold):
        for j, n in _overlaps(chain, place).items():
            similarity[i][j] = 2 * n / (len(chain) + len(system[j]))
    best = _best_assignment(similarity)
    return Score(best, len(gold), best, len(system))


def lea(gold: Sequence[Chain], system: Sequence[Chain]) -> Score:
    """Links, each chain weighed by its size (Moosavi and Strube 2016); a chain of one mention has one link, to itself."""
    return Score(*_lea(gold, system), *_lea(system, gold))


def _lea(key: Sequence[Chain], response: Sequence[Chain]) -> tuple[float, float]:
    place = _places(response)
    resolved = 0.0
    for chain in key:
        overlaps = _overlaps(chain, place)
        if len(chain) == 1:
            resolved += sum(len(response[j]) == 1 for j in overlaps)
        else:
            resolved += len(chain) * sum(_pairs(n) for n in overlaps.values()) / _pairs(len(chain))
    return resolved, sum(map(len, key))


METRICS: Mapping[str, Callable[[Sequence[Chain], Sequence[Chain]], Score]] = {"MUC": muc, "B³": b_cubed, "CEAF-φ4": ceaf, "LEA": lea}
"""The metrics by name."""


@dataclass(frozen=True, slots=True)
class ChainScores:
    """Scores of the chains of a set of texts.

    Attributes:
        by_metric: Score of each metric of `METRICS`.
        mentions: How far the mentions themselves are the same, whatever their chains.
    """

    by_metric: Mapping[str, Score]
    mentions: Score

    @property
    def conll(self) -> float:
        """Mean F1 of MUC, B³ and CEAF-φ4."""
        return sum(self.by_metric[name].f1 for name in ("MUC", "B³", "CEAF-φ4")) / 3


def score_chains(texts: Iterable[tuple[Sequence[Chain], Sequence[Chain]]], *, singletons: bool = False) -> ChainScores:
    """Score the chains of several texts together.

    Args:
        texts: For each text its gold chains and the system's. On either side a mention belongs to one chain.
        singletons: Whether chains of one mention count; by default they are dropped on both sides, as in the CoNLL shared tasks.

    Raises:
        ValueError: A mention stands in two chains of one side.
    """
    totals = {name: Score() for name in METRICS}
    mentions = Score()
    for gold, system in texts:
        pair = [[chain for chain in side if len(chain) > (0 if singletons else 1)] for side in (gold, system)]
        for name, metric in METRICS.items():
            totals[name] += metric(*pair)
        ours, theirs = (frozenset[Hashable]().union(*side) for side in pair)
        common = len(ours & theirs)
        mentions += Score(common, len(ours), common, len(theirs))
    return ChainScores(totals, mentions)


def _places(chains: Sequence[Chain]) -> dict[Hashable, int]:
    """The chain, by its number, in which each mention stands."""
    place: dict[Hashable, int] = {}
    for number, chain in enumerate(chains):
        for mention in chain:
            if mention in place:
                raise ValueError(f"the mention {mention!r} stands in two chains of one side; put it in one")
            place[mention] = number
    return place


def _overlaps(chain: Chain, place: Mapping[Hashable, int]) -> dict[int, int]:
    """How many mentions of a chain stand in each chain of the other side."""
    counts: dict[int, int] = {}
    for mention in chain:
        if mention in place:
            counts[place[mention]] = counts.get(place[mention], 0) + 1
    return counts


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def _best_assignment(similarity: Sequence[Sequence[float]]) -> float:
    """Greatest sum of a one-to-one assignment of rows to columns.

    The Hungarian method with potentials (Kuhn 1955; Munkres 1957), in time rows² × columns.
    """
    rows = [list(row) for row in similarity]
    if not rows or not rows[0]:
        return 0.0
    if len(rows) > len(rows[0]):
        rows = [list(column) for column in zip(*rows, strict=True)]
    n, m = len(rows), len(rows[0])
    row_potential, column_potential = [0.0] * (n + 1), [0.0] * (m + 1)
    row_of = [0] * (m + 1)  # row assigned to each column, from 1; column 0 holds the row that looks for one
    for row in range(1, n + 1):
        row_of[0], column = row, 0
        least, came_from, done = [float("inf")] * (m + 1), [0] * (m + 1), [False] * (m + 1)
        while row_of[column]:
            done[column] = True
            at, step, following = row_of[column], float("inf"), 0
            for j in range(1, m + 1):
                if done[j]:
                    continue
                cost = -rows[at - 1][j - 1] - row_potential[at] - column_potential[j]
                if cost < least[j]:
                    least[j], came_from[j] = cost, column
                if least[j] < step:
                    step, following = least[j], j
            for j in range(m + 1):
                if done[j]:
                    row_potential[row_of[j]] += step
                    column_potential[j] -= step
                else:
                    least[j] -= step
            column = following
        while column:
            row_of[column] = row_of[came_from[column]]
            column = came_from[column]
    return sum(rows[row_of[j] - 1][j - 1] for j in range(1, m + 1) if row_of[j])

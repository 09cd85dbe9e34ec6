"""Trajectories against the marked series: variants of the method on the half from which the defaults follow, figures on the other.

``python benchmarks/trajectory.py`` annotates the twenty narratives of ``gold/trajectories.csv`` and prints, for each variant, CCC, Pearson
and RMSE of valence and arousal over all sentences of a half: from what the rules find, and from the gold's marked emotions, which is as
good as the method could be if the rules found everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import ressenti
from ressenti.corpora.annotated import readable
from ressenti.evaluation.trajectories import Compared, compare, read_gold
from ressenti.graph.trajectory.series import Method, series
from ressenti.graph.trajectory.values import Affect, anchors, load_values
from ressenti.schema import Narrative

GOLD = Path(__file__).parent / "gold"
FILES = ("free-dev", *(f"extra-{letter}" for letter in "abcde"))


def variants() -> Iterator[tuple[str, Method]]:
    """What is varied, one thing at a time."""
    usual = Method()
    yield "as it is", usual
    for window in (0, 0.5, 2, 3, 5):
        yield f"window {window}", replace(usual, window=window)
    for pull in (0, 0.3):
        yield f"neutral point weighs {pull}", replace(usual, pull=pull)
    yield "neutral point without arousal", replace(usual, neutral=Affect(0, 0))
    yield "neutral point as Christ et al.", replace(usual, neutral=Affect(-0.06, -0.63))
    yield "intensity plays no part", replace(usual, intensity=dict.fromkeys(usual.intensity, 1.0))
    yield "denied: left out", replace(usual, status={**usual.status, "negated": 0.0})
    yield "hypothetical: left out", replace(usual, status={**usual.status, "hypothetical": 0.0})
    yield "hypothetical: in full", replace(usual, status={**usual.status, "hypothetical": 1.0})
    yield "others' emotions: left out", replace(usual, others=0.0)
    yield "others' emotions: in full", replace(usual, others=1.0)
    yield "values of emotions.tsv alone", replace(usual, values=anchors())
    love = {key: value for key, value in load_values().items() if key not in anchors()}
    yield "the same, and ours for love", replace(usual, values={**anchors(), **love})


def main() -> None:
    gold = read_gold(GOLD / "trajectories.csv")
    marked = {n.id: n for name in FILES for n in readable(str(GOLD / f"{name}.jsonl"), print)[0] if n.id in gold}
    found = {n.id: n for n in ressenti.load().pipe(Narrative(id_, marked[id_].text) for id_ in gold)}
    # The gold says in whose words somebody feels, not who that is: the chains of persons say it
    marked = {id_: replace(narrative, entities=found[id_].entities) for id_, narrative in marked.items()}
    ids = list(gold)
    for half, of in (("to choose by", ids[0::2]), ("for the figures", ids[1::2])):
        print(f"\nHalf {half}: {len(of)} narratives, {sum(len(gold[i]) for i in of)} sentences")
        print(f"{'':32}{'what the rules find':^38}{'the marked emotions':^38}")
        print(f"{'':32}{'  CCC Pears.  RMSE' * 4}")
        for name, method in variants():
            print(f"{name:32}" + "".join(figures(source, of, gold, method) for source in (found, marked)))
        shown = result(found, of, gold, Method(), 1000)
        print("intervals:", {name: tuple(round(bound, 2) for bound in bounds) for name, bounds in shown.bounds.items()})


def result(narratives: Mapping[str, Narrative], of: Sequence[str], gold: Mapping, method: Method, times: int = 0) -> Compared:
    return compare((series(narratives[id_], method=method) for id_ in of), {i: gold[i] for i in of}, method.neutral, times)


def figures(narratives: Mapping[str, Narrative], of: Sequence[str], gold: Mapping, method: Method) -> str:
    both = result(narratives, of, gold, method).overall().values()
    return "".join(f"{axis.ccc or 0:6.3f}{axis.pearson or 0:6.3f}{axis.rmse or 0:6.3f}" for axis in both) + "  "


if __name__ == "__main__":
    main()

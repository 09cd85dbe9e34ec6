"""Estimate how sure each kind of mention and role is, and measure how far that can be believed.

    python benchmarks/calibration.py                   # reliability on the sets of benchmarks/gold, cross-validated
    python benchmarks/calibration.py --write           # write rules/fr/confidence.tsv and the tables of docs/confidence.md
    python benchmarks/calibration.py --check FILE      # reliability of the shipped table on a further set; its texts are not shown
    python benchmarks/calibration.py --choose          # the loss under other weights, for choosing them anew

To be run whenever rules or vocabulary have changed what is found; it takes half a minute.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import ressenti
from ressenti.corpora.annotated import read_annotations
from ressenti.errors import RessentiError
from ressenti.evaluation import calibration
from ressenti.evaluation.calibration import DRAW, Case, Table, brier, calibration_error, crossed, log_loss, reliability
from ressenti.evaluation.matching import compare
from ressenti.rules.annotator import Annotator
from ressenti.rules.confidence import COLUMNS, TABLE
from ressenti.schema import Narrative

HERE = Path(__file__).parent
GOLD = HERE / "gold"
PAGE = HERE.parent / "docs" / "confidence.md"
DENSE = 0.25
"""Weight of a case from a set written to be dense in emotions; of the others it is 1 (docs/confidence.md says why)."""
WRITTEN_DENSE = frozenset({"extra-aa", "extra-af", "extra-b", "extra-o", "extra-p", "extra-q", "extra-t", "extra-w"})
"""Beside half of free-dev: narratives dense in emotions, and sentences made to test a construction each."""

Predicted = list[tuple[float, bool]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the table and the page")
    parser.add_argument("--check", type=Path, metavar="FILE", help="a further gold file, for the shipped table")
    parser.add_argument("--choose", action="store_true", help="the loss under other weights")
    options = parser.parse_args()
    annotator = ressenti.load()
    if options.check:
        print(check(annotator, options.check))
        return
    cases = [case for name, (narratives, weight) in sets().items() for case in calibration.collect(annotator, narratives, name, weight)]
    if options.choose:
        print(choose(cases))
        return
    page = tables(cases)
    if options.write:
        write_table(calibration.estimate(cases))
        before, _, rest = PAGE.read_text(encoding="utf-8").partition("<!-- tables -->\n")
        PAGE.write_text(f"{before}<!-- tables -->\n{page}<!-- end -->{rest.partition('<!-- end -->')[2]}", encoding="utf-8")
    else:
        print(page)


def sets() -> dict[str, tuple[list[Narrative], float]]:
    """Name of each set to its narratives and the weight of its cases."""
    dev = read(GOLD / "free-dev.jsonl")
    dense = [d for d in dev if int(d.id[-3:]) <= 30]
    found = {"free-dev 001–030": (dense, DENSE), "free-dev 101–150": ([d for d in dev if d not in dense], 1.0)}
    return found | {path.stem: (read(path), DENSE if path.stem in WRITTEN_DENSE else 1.0) for path in sorted(GOLD.glob("extra-*.jsonl"))}


def read(path: Path) -> list[Narrative]:
    found = []
    for item in read_annotations([str(path)]):
        if isinstance(item, RessentiError):
            sys.exit(str(item))
        found.append(item)
    return found


def write_table(table: Table) -> None:
    """The table, one line a key, wider ones before narrower ones."""
    lines = ["\t".join(COLUMNS)]
    for key in sorted(table, key=lambda key: (key.kind, key.class_, key.trait != "*", key.trait, key.rule != "*", key.rule)):
        n, right, share = table[key]
        lines.append("\t".join((*key, f"{n:g}", f"{right:g}", f"{share:.3f}")))
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def tables(cases: Sequence[Case]) -> str:
    """The tables of the page, from predictions that no narrative made for itself."""
    by_narrative = crossed(cases, lambda case: f"{case.group} {case.narrative}")
    by_set = crossed(cases, lambda case: case.group, None)
    parts = ["### By set\n\n" + _by_set(by_narrative, by_set)]
    for kind in ("mention", "role"):
        natural = _pairs(by_narrative, lambda case, kind=kind: case.key.kind == kind and case.weight == 1)
        parts.append(f"### {kind.capitalize()}s of the natural sets\n\n{_reliability(natural)}")
    parts.append("### What is doubted\n\n" + _doubts(by_narrative))
    return "\n".join(parts)


def _pairs(predicted: Iterable[tuple[Case, float]], wanted: Callable[[Case], bool]) -> Predicted:
    return [(value, case.right) for case, value in predicted if wanted(case)]


def _by_set(by_narrative: Sequence[tuple[Case, float]], by_set: Sequence[tuple[Case, float]]) -> str:
    lines = [
        "| set | weight | mentions | right | confidence | error | set left out | roles | right | confidence | error | set left out |",
        "| --- |" + " --: |" * 11,
    ]
    for name in dict.fromkeys(case.group for case, _ in by_narrative):
        weight = next(case.weight for case, _ in by_narrative if case.group == name)
        cells = [name, f"{weight:g}"]
        for kind in ("mention", "role"):
            own, other = (
                _pairs(which, lambda case, name=name, kind=kind: case.group == name and case.key.kind == kind)
                for which in (by_narrative, by_set)
            )
            mean, right = (sum(pair[k] for pair in own) / max(1, len(own)) for k in (0, 1))
            cells += [str(len(own)), f"{right:.2f}", f"{mean:.2f}"]
            cells += [f"{calibration_error(reliability(which)):.3f}" for which in (own, other)]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _reliability(predicted: Predicted) -> str:
    bins = reliability(predicted)
    lines = ["| confidence | n | mean | right |", "| --- | --: | --: | --: |"]
    lines += [f"| {b.low:.1f}–{b.high:.1f} | {b.n} | {b.mean:.2f} | {b.right:.2f} |" for b in bins]
    share = sum(right for _, right in predicted) / max(1, len(predicted))
    own, flat = brier(predicted), brier([(share, right) for _, right in predicted])
    end = f"Expected calibration error {calibration_error(bins):.3f}; Brier score {own:.3f} (the same confidence for all: {flat:.3f})."
    return "\n".join(lines) + f"\n\n{end}\n"


def _doubts(predicted: Sequence[tuple[Case, float]]) -> str:
    names = sorted({name for case, _ in predicted for name, _ in case.doubts})
    if not names:
        return "No mention of the sets is doubted.\n"
    lines = ["| doubt | mentions | mean confidence | right |", "| --- | --: | --: | --: |"]
    for name in names:
        own = _pairs(predicted, lambda case, name=name: name in dict(case.doubts))
        mean, right = (sum(pair[k] for pair in own) / len(own) for k in (0, 1))
        lines.append(f"| {name} | {len(own)} | {mean:.2f} | {right:.2f} |")
    return "\n".join(lines) + "\n"


def check(annotator: Annotator, path: Path) -> str:
    """Reliability of the confidences that the annotator gives on a set that had no part in them; figures only."""
    found: dict[str, Predicted] = {"mention": [], "role": []}
    for gold in read(path):
        system = annotator(gold.text, gold.id)
        comparison = compare(gold, system)
        agreed = {id(role) for _, role in comparison.roles}
        found["mention"] += [(m.confidence, m.id in comparison.right) for m in system.mentions]
        found["role"] += [(r.confidence or 0.0, id(r) in agreed) for r in system.roles]
    return "\n".join(f"### {kind.capitalize()}s of {path.stem}\n\n{_reliability(predicted)}" for kind, predicted in found.items())


def choose(cases: Sequence[Case]) -> str:
    """Log loss on the natural sets, cross-validated, for other weights of the wider class and of the dense sets."""
    natural = {case.group for case in cases if case.weight == 1}
    dense = (0.0, 0.1, 0.25, 0.5, 1.0)
    lines = ["draw   " + "".join(f"  dense {weight:<8g}" for weight in dense)]
    for draw in (2.0, 5.0, 10.0, DRAW, 40.0, 80.0):
        cells = []
        for weight in dense:
            changed = calibration.weighted(cases, lambda case, weight=weight: 1.0 if case.group in natural else weight)
            predicted = crossed(changed, lambda case: f"{case.group} {case.narrative}", draw=draw)
            loss = (
                log_loss(_pairs(predicted, lambda case, k=k: case.group in natural and case.key.kind == k)) for k in ("mention", "role")
            )
            cells.append("  " + " / ".join(f"{value:.4f}" for value in loss))
        lines.append(f"{draw:<7g}" + "".join(cells))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()

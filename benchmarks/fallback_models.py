"""Which model becomes the default fallback: several on EmoTextToKids (arXiv 2405.14385; CC BY-SA 4.0, not part of this repository).

    python benchmarks/fallback_models.py ../shared/data/emotexttokids --cache FOLDER

Each is trained on the sentences of train, first with weak labels alone, then with the gold labels of train beside them, and compared on
validation; rows labelled only « autre », without a mode, are left out there. Presence is the mean of the F1 of emotional and of not
emotional sentences, cut at .5; the others are macro F1, cut where F1 would be best if the model's probabilities of validation were right,
so that no cut sees a gold label of validation. What was computed is kept under --cache, readable by its owner alone; a part is computed
anew where its file there is deleted. Costs are by processor time; set OMP_NUM_THREADS=1. docs/fallback-figures.md tells the figures.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from emotexttokids import PRIMARIES, PRIMARY
from fallback_candidates import (
    CATEGORIES,
    SPACY,
    Corpus,
    Floats,
    Guess,
    by_rules,
    costs,
    encoder,
    kept,
    label_model,
    lesson,
    linear,
    mean,
    part,
    read,
    spacy,
)
from fallback_with_rules import what_rules_say, with_rules
from ressenti.fallback.label_model.weak import WeakLabels, thresholds
from ressenti.fallback.labels import EMOTION
from ressenti.fallback.model import calibration
from ressenti.schema import MODES

RESAMPLED = 500
RULES, OURS = "rules alone", "linear model, half of the cues masked"
BOTH = "the rules, and where they are silent this linear model"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--leave-out", action="store_true", help="without spaCy and the light encoder where they were not computed before")
    options = parser.parse_args()
    options.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.umask(0o077)
    corpus = read(options.folder, options.cache)
    corpus.only_kept = options.leave_out
    print(f"{corpus.train.sum()} sentences to learn from, {corpus.compared.sum()} compared\n", flush=True)
    for gold in (False, True):
        guesses, title = dict(everyone(corpus, gold)), "with the gold labels of train" if gold else "weak labels alone"
        show(title, corpus, guesses, np.ones_like(corpus.compared), gold, costs=not gold)
        show(f"{title}, where the rules are silent", corpus, guesses, corpus.silent, gold)
    show_masks(corpus)


def everyone(corpus: Corpus, gold: bool) -> Iterable[tuple[str, Guess]]:
    """The rows of a table; each is computed once. With gold, half of the cues are masked and the encoder has the rules beside it."""
    targets, known = lesson(corpus, gold)
    if not gold:
        yield RULES, by_rules(corpus)
    weak = label_model(corpus, gold)
    yield "label model", weak
    ours = {}
    for masked in (0.5,) if gold else (0.5, 0.0):
        name = f"linear model, {'half of the cues masked' if masked else 'no cue masked'}"
        ours[masked] = kept(corpus, f"linear {masked} {gold}", lambda masked=masked: linear(corpus, targets, known, masked, gold))
        if not gold:
            cost = kept(corpus, "linear costs", lambda: costs(corpus, targets, known))
            ours[masked].seconds, ours[masked].size, ours[masked].speed = cost.seconds, cost.size, cost.speed
        yield name, ours[masked]
    if gold:
        yield "this linear model, and what the rules say", with_rules(ours[0.5], what_rules_say(corpus))
    for kind in SPACY:
        if corpus.only_kept and not part(corpus, f"{kind} {gold}").exists():
            continue
        yield f"spaCy textcat_multilabel, {kind}", kept(corpus, f"{kind} {gold}", lambda kind=kind: spacy(corpus, kind, targets, gold))
    yield "mean of label model and linear model", mean([weak, ours[0.5]])
    if corpus.only_kept and not part(corpus, f"light True {gold}").exists():
        return
    light = {}
    for evidence in (True,) if gold else (False, True):
        name = f"light encoder{' and what the rules found' if evidence else ''}, linear head"
        light[evidence] = kept(corpus, f"light {evidence} {gold}", lambda e=evidence: encoder(corpus, targets, known, e, gold))
        yield name, light[evidence]
    yield "mean of linear model and light encoder", mean([ours[0.5], light[True]])
    yield "mean of label model, linear model and light encoder", mean([weak, ours[0.5], light[True]])


class Gold:
    """Gold labels of rows of validation, and how well guesses do; with intervals over resampled rows."""

    def __init__(self, rows: Sequence[dict]) -> None:
        named = [{PRIMARY.get(category) for category in row["categories"]} for row in rows]
        self.of = {EMOTION: np.array([row["emotional"] for row in rows])}
        self.of |= {key: np.array([key in names for names in named]) for key in PRIMARIES}
        self.of |= {f"mode:{mode}": np.array([mode in row["modes"] for row in rows]) for mode in MODES}
        self.of |= {name: np.array([category in row["categories"] for row in rows]) for name, category in CATEGORIES.items()}
        draws = np.random.default_rng(0).multinomial(len(rows), np.full(len(rows), 1 / len(rows)), RESAMPLED)
        self._weights = np.vstack([np.ones(len(rows)), draws]).astype(np.float32)

    def f1(self, found: NDArray[np.bool_], wanted: NDArray[np.bool_]) -> Floats:
        """Of all rows, then of each resample."""
        both, said, held = (self._weights @ part.astype(np.float32) for part in (found & wanted, found, wanted))
        return 2 * both / np.maximum(said + held, 1)

    def figures(self, found: dict[str, NDArray[np.bool_]]) -> dict[str, Floats]:
        scores = {name: self.f1(found[name], self.of[name]) for name in found if name in self.of}
        presence = (scores[EMOTION] + self.f1(~found[EMOTION], ~self.of[EMOTION])) / 2
        out = {"presence": presence, "primaries": np.mean([scores[name] for name in PRIMARIES], axis=0)}
        out["modes"] = np.mean([scores[f"mode:{mode}"] for mode in MODES], axis=0)
        if all(category in scores for category in CATEGORIES):
            out["categories"] = np.mean([scores[category] for category in CATEGORIES], axis=0)
        return out


def told(value: Floats) -> str:
    low, high = np.percentile(value[1:], (2.5, 97.5))
    return f"{value[0]:.3f} ({low:.2f}–{high:.2f})"


def said(guess: Guess, among: NDArray[np.bool_], rules: bool = False) -> dict[str, NDArray[np.bool_]]:
    """By label, in which of some rows of validation it is said: of the rules, wherever they find it."""
    names = tuple(guess.probabilities)
    table = np.stack([guess.probabilities[name][among] for name in names], axis=1)
    cuts = thresholds(WeakLabels(names, table, np.ones(len(names), bool))) | {EMOTION: 0.5}
    return {name: table[:, k] >= (_SOME if rules else cuts[name]) for k, name in enumerate(names)}


_SOME = 1e-6


def truth(corpus: Corpus, among: NDArray[np.bool_]) -> Gold:
    """Gold labels of those of some rows of validation that are compared."""
    return Gold([row for row, take in zip(corpus.of(False), among & corpus.compared, strict=True) if take])


def show(title: str, corpus: Corpus, guesses: dict[str, Guess], among: NDArray[np.bool_], gold: bool, costs: bool = False) -> None:
    """A table as Markdown, of some rows of validation."""
    rows = corpus.compared[among]
    wanted = truth(corpus, among)
    shown = ("presence", "primaries", "modes", *(["categories"] if gold else []))
    columns = (*shown, "calibration error", *(("sentences/s", "file", "training") if costs else ()))
    print(f"\n{title}, {rows.sum()} sentences\n\n| model | {' | '.join(columns)} |\n|---|{'---:|' * len(columns)}")
    for name, guess in guesses.items():
        yes = said(guess, among, name == RULES)
        found = wanted.figures({label: which[rows] for label, which in yes.items()})
        error = calibration.calibration_error(
            np.concatenate([guess.probabilities[p][among][rows] for p in PRIMARIES]), np.concatenate([wanted.of[p] for p in PRIMARIES])
        )
        cells = [told(found[key]) if key in found else "–" for key in shown]
        cells.append(f"{error:.3f}")
        if costs:
            cells += [_or(guess.speed, "{:,.0f}"), _or(guess.size / 1e6, "{:.1f} MB"), _or(guess.seconds, "{:.0f} s")]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
        if name == OURS and among.all():
            by_rule = said(by_rules(corpus), among, rules=True)
            found = wanted.figures(
                {label: (by_rule[label] | which & corpus.silent)[rows] for label, which in yes.items() if label in by_rule}
            )
            cells = [told(found[key]) if key in found else "–" for key in shown]
            print(f"| {BOTH} | {' | '.join(cells)} |{' – |' * (len(columns) - len(shown))}", flush=True)


def _or(value: float, form: str) -> str:
    return form.format(value) if value == value and value else "–"


def show_masks(corpus: Corpus) -> None:
    """What masking changes, without gold: on all passages, where the rules are silent, and where cues are masked in validation too."""
    print("\nmasking\n\n| cues masked in training | seen | passages | presence | five primaries | modes |\n|---|---|---:|---:|---:|---:|")
    silent = corpus.silent
    everywhere = np.ones_like(silent)
    for masked in (0.0, 0.5):
        guess = kept(corpus, f"linear {masked} False", lambda: Guess({}))
        with np.load(corpus.cache / f"masked-{masked}.npz", allow_pickle=False) as found:
            blind = Guess(dict(zip(found["labels"].tolist(), found["probabilities"].T, strict=True)))
        parts = (
            ("all", guess, everywhere), ("where the rules are silent", guess, silent),
            ("all, cues masked", blind, everywhere), ("where the rules speak, cues masked", blind, ~silent),
        )  # fmt: skip
        for name, one, among in parts:
            rows = corpus.compared[among]
            scores = truth(corpus, among).figures({label: which[rows] for label, which in said(one, among).items()})
            cells = [told(scores[key]) for key in ("presence", "primaries", "modes")]
            print(f"| {'half' if masked else 'none'} | {name} | {rows.sum()} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()

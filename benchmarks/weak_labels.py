"""Weak labels on other people's sentences: EmoTextToKids (arXiv 2405.14385; CC BY-SA 4.0, not part of this repository).

    python benchmarks/weak_labels.py ../shared/data/emotexttokids                       # annotates 22,000 sentences first
    python benchmarks/weak_labels.py ../shared/data/emotexttokids --annotated FOLDER    # train.ann.jsonl and validation.ann.jsonl

No gold label is used to make them: the label model reads the votes on the sentences of train and validation, thresholds are chosen on
those of train from the probabilities alone, and the gold labels of validation are compared with. Rows labelled only « autre », without a
mode, are left out. Presence is the mean of the F1 of emotional and of not emotional sentences, the others are macro F1.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

import ressenti
from ressenti.fallback.functions import cast, shipped_functions
from ressenti.fallback.label_model import METHODS, WeakLabels, combine, thresholds
from ressenti.fallback.labels import EMOTION
from ressenti.fallback.passages import row_contexts
from ressenti.fallback.report import f1
from ressenti.schema import MODES, Narrative

PRIMARY = {
    "colère": "anger", "dégoût": "anger", "jalousie": "anger", "joie": "joy", "fierté": "joy", "peur": "fear", "surprise": "surprise",
    "tristesse": "sadness", "embarras": "sadness", "culpabilité": "sadness",
}  # fmt: skip
PRIMARIES = ("anger", "fear", "joy", "sadness", "surprise")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--annotated", type=Path)
    options = parser.parse_args()
    rows, contexts = [], []
    for name in ("train", "validation"):
        own = [json.loads(line) for line in (options.folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        kept = [row["categories"] != ["autre"] or bool(row["modes"]) for row in own]
        contexts += [c for c, keep in zip(row_contexts(annotated(own, name, options.annotated)), kept, strict=True) if keep]
        rows += [row | {"part": name} for row, keep in zip(own, kept, strict=True) if keep]
    train = np.array([row["part"] == "train" for row in rows])
    gold = [row for row in rows if row["part"] == "validation"]
    functions = shipped_functions()
    votes = cast(contexts, functions)
    print(f"{len(functions)} functions, {len(rows)} sentences, {len(votes)} votes; compared on {len(gold)}\n")
    print(f"{'':<28} presence  primaries  modes   each primary, each mode")
    show("rules alone", gold, {name: np.array(found)[~train] for name, found in by_rules(contexts).items()})
    for method in METHODS:
        labels = combine(votes, functions, method)
        show(f"{method}, from .5", gold, {name: labels.of(name)[~train] >= 0.5 for name in labels.names})
        cut = thresholds(WeakLabels(labels.names, labels.probabilities[train], labels.known)) | {EMOTION: 0.5}
        show(f"{method}, chosen thresholds", gold, {name: labels.of(name)[~train] >= cut[name] for name in labels.names})


def annotated(rows: Sequence[dict], name: str, folder: Path | None) -> Iterable[Narrative]:
    if folder is not None:
        return [Narrative.from_dict(json.loads(line)) for line in (folder / f"{name}.ann.jsonl").open(encoding="utf-8")]
    return ressenti.load().pipe(Narrative(row["id"], row["text"]) for row in rows)


def by_rules(contexts: Sequence) -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {EMOTION: [bool(here.mentions) for _, here, _ in contexts]}
    found |= {primary: [any(m.primary == primary for m in here.mentions) for _, here, _ in contexts] for primary in PRIMARIES}
    return found | {f"mode:{mode}": [any(m.mode == mode for m in here.mentions) for _, here, _ in contexts] for mode in MODES}


def show(title: str, gold: Sequence[dict], found: dict[str, np.ndarray]) -> None:
    emotional = np.array([row["emotional"] for row in gold])
    presence = (f1(found[EMOTION], emotional)[0] + f1(~found[EMOTION], ~emotional)[0]) / 2
    named = [{PRIMARY.get(category) for category in row["categories"]} for row in gold]
    primaries = [f1(found[key], np.array([key in names for names in named]))[0] for key in PRIMARIES]
    modes = [f1(found[f"mode:{mode}"], np.array([mode in row["modes"] for row in gold]))[0] for mode in MODES]
    each = "  ".join(" ".join(f"{score:.2f}" for score in scores) for scores in (primaries, modes))
    print(f"{title:<28}   {presence:.3f}      {np.mean(primaries):.3f}   {np.mean(modes):.3f}   {each}")


if __name__ == "__main__":
    main()

"""An encoder that is fine-tuned on the marked accounts alone: does it find in narratives what the rules and the default model leave over?

    OMP_NUM_THREADS=1 python benchmarks/neural_accounts.py GOLD.jsonl ENCODER --cache FOLDER

It learns from the sentences of benchmarks/gold in which something is felt and from --quiet of the others; an eighth of the accounts is kept
back for the curves. Scored on GOLD.jsonl, which nobody reads, by score.py's model+primary: beside the default model, in a mean with it, and
beside a linear model that learns the same, as `fallback train --encoder` makes it; each time with every primary said from a probability on.
What the rules find in the accounts and what the encoder says are kept in the cache, so that a training that ran on another machine can be
brought along.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

import ressenti
from default_model import HERE, marked
from ressenti.fallback.functions.gold import gold_votes
from ressenti.fallback.labels import EMOTION
from ressenti.fallback.lessons import lesson
from ressenti.fallback.model import calibration
from ressenti.fallback.model.bags import Floats
from ressenti.fallback.model.neural import beside
from ressenti.fallback.model.neural.checkpoint import State
from ressenti.fallback.model.neural.network import device_name, locate, open_network
from ressenti.fallback.model.neural.pieces import cut
from ressenti.fallback.model.neural.settings import NeuralSettings
from ressenti.fallback.model.neural.training import Training
from ressenti.fallback.model.opening import named_model
from ressenti.fallback.model.speaking import Fallback
from ressenti.fallback.model.teaching import Lesson, Plan, Settings, Words, judge, prepared
from ressenti.fallback.passages import Context, contexts
from ressenti.schema import Narrative

sys.path.insert(0, str(HERE / "gold"))
from score import score

FELT = 0.3
"""From which probability on something is felt, whatever it is."""
LIMITS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
PRECISION = 0.5


@dataclass(frozen=True)
class Guess:
    """What a model says of the passages asked: what `Fallback` wants of one.

    Attributes:
        labels: What the columns say.
        found: float32 [passages, labels], probabilities.
        thresholds: float32 [labels], from which on a label is said.
    """

    labels: tuple[str, ...]
    found: Floats
    thresholds: Floats
    name: str = "guess"
    about: dict[str, Any] = field(default_factory=dict)

    def said_from(self, limit: float) -> Guess:
        """The same with every label said from a probability on."""
        thresholds = np.full(len(self.labels), limit, np.float32)
        thresholds[self.labels.index(EMOTION)] = FELT
        return Guess(self.labels, self.found, thresholds)


class Speaking(Fallback):
    """A guess that speaks."""

    def __init__(self, guess: Guess, rows: dict[tuple[str, tuple[int, int]], int]) -> None:
        super().__init__(guess)  # type: ignore[arg-type]
        self._guess, self._rows = guess, rows

    def probabilities(self, found: Sequence[Context], masked: bool = False) -> Floats:
        """Of passages that were asked."""
        rows = [self._rows[passage.narrative, passage.span] for _, passage, _ in found]
        return self._tiers.cut(self._guess.found[rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("encoder", help="a folder of transformers")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--name", default="encoder", help="under which what it says is kept in the cache")
    parser.add_argument("--quiet", type=int, default=5000, help="so many sentences without emotion teach")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--longest", type=int, default=64)
    parser.add_argument("--most", type=int, help="learn from so many sentences, for a quick look")
    options = parser.parse_args()
    os.umask(0o077)
    settings = NeuralSettings(
        masked=0.5, kept_back=0.12, evidence=150, epochs=options.epochs, batch=options.batch, rate=options.rate, longest=options.longest
    )
    rows = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    found = list(ressenti.load().pipe(Narrative(row["id"], row["text"]) for row in rows))
    asked = list(contexts(found))
    taught, plan = planned(options.cache, settings)
    path = options.cache / f"neural-accounts-{options.name}.npz"
    if not path.exists():
        back, said = tuned(options.encoder, taught, plan, asked, options.quiet, options.most, settings)
        np.savez(path, back=back, asked=said)
    with np.load(path, allow_pickle=False) as kept:
        back, said = kept["back"], kept["asked"]
    places = {(passage.narrative, passage.span): k for k, (_, passage, _) in enumerate(asked)}
    print("| model | said from | precision | recall | said |\n| --- | ---: | ---: | ---: | ---: |")

    def show(name: str, guess: Guess, limit: str) -> None:
        speaks = Speaking(guess, places)
        figures = score(rows, [speaks(narrative).to_dict() for narrative in found])[0].get("model+primary")
        told = f"{figures['P']:.2f} | {figures['R']:.2f} | {figures['system']}" if figures else "– | .00 | 0"
        print(f"| {name} | {limit} | {told} |", flush=True)

    for name, guess in guesses(taught, plan, asked, back, said).items():
        show(name, guess, "by its own thresholds")
        for limit in LIMITS:
            show(name, guess.said_from(limit), f"{limit:.2f}")


def planned(cache: Path, settings: NeuralSettings) -> tuple[Lesson, Plan]:
    """The marked accounts as a lesson."""
    narratives, annotated = marked(cache)
    passages = list(contexts(annotated))
    taught = lesson(passages, gold=gold_votes(narratives))
    return taught, prepared(taught, masked=settings.masked, kept_back=settings.kept_back, evidence=settings.evidence)


def tuned(
    encoder: str, taught: Lesson, plan: Plan, asked: Sequence[Context], quiet: int, most: int | None, settings: NeuralSettings
) -> tuple[Floats, Floats]:
    """Logits of the passages kept back and of those asked, after an encoder has learnt."""
    felt = plan.targets[:, plan.labels.index(EMOTION)] > 0.5
    draw = np.random.default_rng(0)
    seen = np.sort(np.concatenate((np.flatnonzero(felt & ~plan.back), draw.permutation(np.flatnonzero(~felt & ~plan.back))[:quiet])))
    seen = seen[:most]
    place, revision = locate(encoder, False)
    network = open_network(place, encoder, revision, len(plan.labels), longest=settings.longest, device=settings.device, seed=settings.seed)
    # On a processor the rows of words cost most of a step
    network.encoder.get_input_embeddings().requires_grad_(network.device.type == "cuda")
    pieces = cut(network.tokenizer, taught.contexts, plan.masked, network.longest)
    start = time.perf_counter()
    training = Training(network, [pieces[k] for k in seen], plan.targets[seen], plan.known[seen], settings)
    training.run(State(), lambda state: None, lambda step, loss, speed: None)
    print(f"{len(seen)} sentences on {device_name(network.device)} in {time.perf_counter() - start:.0f} s", flush=True)
    held = network.logits([pieces[k] for k in np.flatnonzero(plan.back)])
    return held, network.logits(cut(network.tokenizer, asked, [False] * len(asked), network.longest))


def guesses(taught: Lesson, plan: Plan, asked: Sequence[Context], back: Floats, said: Floats) -> dict[str, Guess]:
    """What is compared, by name."""
    default = named_model("auto")
    ours = default.logits(asked)
    own = Guess(default.labels, calibration.apply(default.curves, ours), default.thresholds)
    alone = judged(plan, back, said)
    shared = [k for k, label in enumerate(alone.labels) if label in default.labels]
    columns = [default.labels.index(alone.labels[k]) for k in shared]
    curves = calibration.fit(back, plan.part.targets, plan.part.known)
    kept = [plan.labels.index(alone.labels[k]) for k in shared]
    middle = beside.mean(curves[kept], said[:, kept], default.curves[columns], ours[:, columns])
    labels = tuple(alone.labels[k] for k in shared)
    with_default = Guess(labels, (1 / (1 + np.exp(-middle))).astype(np.float32), default.thresholds[columns])
    words = Words(taught, plan, Settings(), lambda said: None)
    held, numbers = beside.compared(plan.part, back, words.of_kept_back(), PRECISION)
    linear = words.trained(plan, ~plan.back, "")
    pair = beside.beside(linear, numbers, np.ones(len(plan.labels), bool), "pair")
    return {
        "default model": own,
        "encoder": alone,
        "default model and encoder": with_default,
        "encoder and linear model of the same lesson": judged(plan, held, pair.with_words(said, asked, False)),
    }


def judged(plan: Plan, back: Floats, said: Floats) -> Guess:
    """A guess with the curves and thresholds that a training would give it."""
    found = judge(plan, back, PRECISION)
    labels = tuple(label for label, keep in zip(plan.labels, found.worth, strict=True) if keep)
    return Guess(labels, calibration.apply(found.curves, said[:, found.worth]), found.thresholds)


if __name__ == "__main__":
    main()

"""An encoder that is fine-tuned on the marked accounts alone: does it find in narratives what the rules and the default model leave over?

    OMP_NUM_THREADS=1 python benchmarks/neural_accounts.py GOLD.jsonl e5 --cache FOLDER

It learns from the sentences of benchmarks/gold in which something is felt and from --quiet of the others; an eighth of the accounts is kept
back for the curves. Scored on GOLD.jsonl, which nobody reads, by score.py's model+primary, beside the default model and in a mean with it,
every primary being said from a probability on. What the rules find in the accounts is kept in the cache, as default_model.py does.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import ressenti
from default_model import GOLD, HERE, annotated, situations
from ressenti.fallback.functions.gold import gold_votes, read_gold
from ressenti.fallback.labels import EMOTION
from ressenti.fallback.lessons import lesson
from ressenti.fallback.model import calibration
from ressenti.fallback.model.neural.checkpoint import State
from ressenti.fallback.model.neural.network import locate, open_network
from ressenti.fallback.model.neural.pieces import cut
from ressenti.fallback.model.neural.settings import NeuralSettings
from ressenti.fallback.model.neural.training import Training
from ressenti.fallback.model.opening import named_model
from ressenti.fallback.model.speaking import Fallback
from ressenti.fallback.model.teaching import prepared
from ressenti.fallback.passages import contexts
from ressenti.schema import Narrative

sys.path.insert(0, str(HERE / "gold"))
from score import score

FELT = 0.3
"""From which probability on something is felt, whatever it is."""
LIMITS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


class Mixed(Fallback):
    """The default model, with an encoder's word counting so much."""

    def __init__(self, model: Any, ask: Any, share: float) -> None:
        super().__init__(model)
        self._ask, self._share = ask, share

    def probabilities(self, found: Any, masked: bool = False) -> Any:
        """As the default model's, mixed."""
        ours = super().probabilities(found, masked)
        if not len(ours) or not self._share:
            return ours
        theirs = self._ask(found)
        columns = [theirs.get(label, ours[:, k]) for k, label in enumerate(self.model.labels)]
        return self._tiers.cut((1 - self._share) * ours + self._share * np.stack(columns, 1)).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("encoder", help="a folder of transformers")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--quiet", type=int, default=5000, help="so many sentences without emotion teach")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--most", type=int, help="learn from so many sentences, for a quick look")
    options = parser.parse_args()
    os.umask(0o077)
    settings = NeuralSettings(
        masked=0.5, kept_back=0.12, evidence=150, epochs=options.epochs, batch=options.batch, rate=options.rate, head_rate=2e-3, longest=64
    )
    ask = taught(options.encoder, options.cache, options.quiet, options.most, settings)
    rows = [json.loads(line) for line in options.gold.read_text(encoding="utf-8").splitlines()]
    found = list(ressenti.load().pipe(Narrative(row["id"], row["text"]) for row in rows))
    model = named_model("auto")
    print("| share of the encoder | said from | precision | recall | said |\n| ---: | ---: | ---: | ---: | ---: |")
    for share in (0.0, 0.5, 1.0):
        for limit in LIMITS:
            thresholds = np.full(len(model.labels), limit, np.float32)
            thresholds[model.labels.index(EMOTION)] = FELT
            speaks = Mixed(replace(model, thresholds=thresholds), ask, share)
            figures = score(rows, [speaks(narrative).to_dict() for narrative in found])[0].get("model+primary")
            said = f"{figures['P']:.2f} | {figures['R']:.2f} | {figures['system']}" if figures else "– | .00 | 0"
            print(f"| {share} | {limit} | {said} |", flush=True)


def taught(encoder: str, cache: Path, quiet: int, most: int | None, settings: NeuralSettings) -> Any:
    """What asks an encoder for probabilities by label, after it has learnt."""
    narratives = [narrative for name in GOLD for narrative in read_gold(HERE / "gold" / f"{name}.jsonl")] + list(situations())
    passages = list(contexts(annotated("gold", (Narrative(n.id, n.text) for n in narratives), cache)))
    plan = prepared(
        lesson(passages, gold=gold_votes(narratives)), masked=settings.masked, kept_back=settings.kept_back, evidence=settings.evidence
    )
    felt = plan.targets[:, plan.labels.index(EMOTION)] > 0.5
    draw = np.random.default_rng(0)
    seen = np.sort(np.concatenate((np.flatnonzero(felt & ~plan.back), draw.permutation(np.flatnonzero(~felt & ~plan.back))[:quiet])))
    seen = seen[:most]
    place, revision = locate(encoder, False)
    network = open_network(place, encoder, revision, len(plan.labels), longest=settings.longest, device=settings.device, seed=settings.seed)
    network.encoder.embeddings.word_embeddings.requires_grad_(network.device.type == "cuda")  # on a processor they cost most of a step
    pieces = cut(network.tokenizer, passages, plan.masked, network.longest)
    start = time.process_time()
    training = Training(network, [pieces[k] for k in seen], plan.targets[seen], plan.known[seen], settings)
    training.run(State(), lambda state: None, lambda step, loss, speed: None)
    print(f"{len(seen)} sentences in {time.process_time() - start:.0f} s of a processor", flush=True)
    back = np.flatnonzero(plan.back)[:most]
    curves = calibration.fit(network.logits([pieces[k] for k in back]), plan.targets[back], plan.known[back])

    def ask(found: Any) -> dict[str, Any]:
        logits = network.logits(cut(network.tokenizer, found, [False] * len(found), network.longest))
        return dict(zip(plan.labels, calibration.apply(curves, logits).T, strict=True))

    return ask


if __name__ == "__main__":
    main()

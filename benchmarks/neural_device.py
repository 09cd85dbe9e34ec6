"""How fast an encoder is fine-tuned and run on a device, and how near that comes to what the device can multiply.

    python benchmarks/neural_device.py e5 [--device cpu]

The sentences are those of the marked accounts in benchmarks/gold, with their neighbours; the labels to learn are drawn, for no speed
depends on them. Weights outside the embeddings cost two operations a word piece to read and six to learn; attention and padding are left
out, as in a model's own account of itself. The peak is what a large product of matrices reaches on the device in the same precision, in
this run. Each row takes some seconds, whatever the device.
"""

from __future__ import annotations

import argparse
import contextlib
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from ressenti.fallback.functions.gold import read_gold
from ressenti.fallback.model.neural.checkpoint import State
from ressenti.fallback.model.neural.network import Network, computing, device_name, locate, open_network
from ressenti.fallback.model.neural.pieces import Pieces, cut
from ressenti.fallback.model.neural.settings import NeuralSettings
from ressenti.fallback.model.neural.training import Training
from ressenti.fallback.passages import contexts

HERE = Path(__file__).parent
GOLD = ("free-dev", "extra-a", "extra-b", "extra-c", "extra-d", "extra-e")
LABELS = 40
WARM = 10
"""Steps before the clock starts."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("encoder", help="a folder of transformers")
    parser.add_argument("--device", help="as torch names it; without it a GPU where torch sees one")
    parser.add_argument("--longest", type=int, default=64, help="word pieces a sentence with its neighbours, at most")
    parser.add_argument("--batch", type=int, action="append", help="sentences a step of training (32, 128 and 512); more than once")
    parser.add_argument("--seconds", type=float, default=5, help="how long each row is measured, after as long again to warm up at most")
    options = parser.parse_args()
    import torch

    place, revision = locate(options.encoder, False)
    network = open_network(place, options.encoder, revision, LABELS, longest=options.longest, device=options.device)
    accounts = (account for name in GOLD for account in read_gold(HERE / "gold" / f"{name}.jsonl"))
    found = [*contexts(accounts)]
    pieces = cut(network.tokenizer, found, [False] * len(found), network.longest)
    weights = network.size
    mean = sum(len(one.ids) for one in pieces) / len(pieces)
    peak = most_products(network)
    print(
        f"{revision}, {weights / 1e6:.0f} million weights outside the embeddings\n{device_name(network.device)}, {network.dtype}, ", end=""
    )
    print(f"torch {version('torch')}, transformers {version('transformers')}; a product of matrices reaches {peak:.1f} TFLOP/s")
    print(f"{len(pieces):,} sentences of {mean:.0f} word pieces\n\n| what | batch | sentences/s | TFLOP/s | share of the peak |")
    print("| --- | ---: | ---: | ---: | ---: |")

    def show(what: str, batch: int, speed: float, operations: int) -> None:
        flops = operations * 1e-12 * weights * mean * speed
        print(f"| {what} | {batch} | {speed:,.0f} | {flops:.3g} | {flops / peak:.1%} |", flush=True)

    for batch in options.batch or (32, 128, 512):
        show("learning", batch, learning(network, pieces, batch, options.seconds), 6)
    network.batch = 1024 if network.device.type == "cuda" else 64
    show("reading", network.batch, reading(network, pieces, options.seconds), 2)
    if network.device.type == "cuda":
        print(f"\n{torch.cuda.max_memory_allocated(network.device) / 1e9:.1f} GB of the device's memory at most")


class Enough(Exception):
    """The time is over."""


def learning(network: Network, pieces: Sequence[Pieces], batch: int, most: float) -> float:
    """Sentences a second that are learnt from; the first steps, which wake the device, do not count."""
    targets = np.random.default_rng(0).random((len(pieces), LABELS), np.float32).round()
    settings = NeuralSettings(epochs=10**4, batch=batch, rate=1e-5, every=10**9, longest=network.longest)
    training = Training(network, pieces, targets, np.ones_like(targets), settings)
    marks: list[tuple[float, int]] = []

    def told(step: int, _loss: float, _speed: float) -> None:
        now = time.perf_counter()
        if not marks and (step >= WARM or now - start > most):
            marks.append((now, step))
        elif marks and now - marks[0][0] > most:
            marks.append((now, step))
            raise Enough

    start = time.perf_counter()
    with contextlib.suppress(Enough):
        training.run(State(), lambda state: None, told)
    (before, first), (after, last) = marks
    return (last - first) * batch / (after - before)


def reading(network: Network, pieces: Sequence[Pieces], most: float) -> float:
    """Sentences a second that are read."""
    part = [pieces[k % len(pieces)] for k in range(2 * network.batch)]
    network.logits(part)
    times = max(1, int(most / seconds(lambda: network.logits(part))))
    part = [pieces[k % len(pieces)] for k in range(2 * times * network.batch)]
    return len(part) / seconds(lambda: network.logits(part))


def most_products(network: Network) -> float:
    """TFLOP a second of a product of two large matrices, in the precision that the network computes in."""
    import torch

    device = network.device
    side, times = (8192, 30) if device.type == "cuda" else (2048, 3)
    drawn = torch.Generator(device).manual_seed(0)
    left, right = (torch.randn(side, side, device=device, generator=drawn) for _ in range(2))

    def multiply() -> Any:
        with torch.inference_mode(), computing(device):
            for _ in range(times):
                found = left @ right
        return found[0, 0].item()

    if network.dtype != "float32":
        left, right = (matrix.to(getattr(torch, network.dtype)) for matrix in (left, right))
    multiply()
    return 2e-12 * side**3 * times / seconds(multiply)


def seconds(what: Callable[[], Any]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

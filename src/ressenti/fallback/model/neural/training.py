"""Fine-tuning: soft labels some of which are not known, mixed precision on a GPU, and checkpoints that change nothing of what comes out.

All that is drawn in a step (order, dropout) follows from the seed and the number of the step, so a training that goes on from a checkpoint
draws what it would have drawn: on a CPU with as many threads it comes to the same bytes, on a GPU to the same up to the order of its sums.

Sources: I. Loshchilov and F. Hutter, “Decoupled weight decay regularization” (AdamW), ICLR 2019; P. Micikevicius et al., “Mixed precision
training”, ICLR 2018.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ressenti.errors import RessentiError
from ressenti.fallback.model.bags import Floats
from ressenti.fallback.model.neural.checkpoint import State
from ressenti.fallback.model.neural.network import Network, computing
from ressenti.fallback.model.neural.pieces import Pieces
from ressenti.fallback.model.neural.settings import NeuralSettings
from ressenti.pretrained import is_of_memory, reason

_HEAVIEST = 10.0
"""What is known of a label of few passages counts for more, but not for more than this."""
_ALIKE = 32
"""Batches that are sorted by length together, so that little is padded."""
_PLAIN = ("bias", "norm")
"""Parts of names of weights that are not drawn to 0."""


class Training:
    """One training of a network.

    Args:
        network: What is trained, in place.
        found: The passages.
        targets: float32 [passages, labels], how probable each label is.
        known: float32 [passages, labels], how much each target counts.
        settings: How.
    """

    def __init__(self, network: Network, found: Sequence[Pieces], targets: Floats, known: Floats, settings: NeuralSettings) -> None:
        import torch

        self.network, self.settings, self._found = network, settings, found
        heavier = np.minimum(1 / np.maximum(known.mean(axis=0), 1e-9), _HEAVIEST)
        self._targets, self._weigh = targets.astype(np.float32), (known * heavier).astype(np.float32)
        self.per_epoch = -(-len(found) // settings.batch)
        self.steps = settings.epochs * self.per_epoch
        groups = self._grouped(network.parameters())
        self._named = {name: parameter for _, named in groups for name, parameter in named.items()}
        mean = np.clip((targets * known).sum(axis=0) / np.maximum(known.sum(axis=0), 1e-9), 1e-3, 1 - 1e-3)
        network.head.bias.data.copy_(torch.from_numpy(np.log(mean / (1 - mean)).astype(np.float32)))
        # One group of many weights is one step of the device; a group a weight would be hundreds of small ones
        fused = network.device.type == "cuda" or None
        self._optimizer = torch.optim.AdamW([{**group, "params": [*named.values()]} for group, named in groups], fused=fused)
        self._scaler = torch.amp.GradScaler(network.device.type, enabled=network.dtype == "float16")
        self.speed, self.pieces_per_second = 0.0, 0.0

    def _grouped(self, named: Mapping[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
        """How far steps go and how strongly weights are drawn to 0, each time with the weights of which it is so, by name."""
        groups: dict[tuple[float, float], dict[str, Any]] = {}
        for name, parameter in named.items():
            most = self.settings.head_rate if name.startswith("head.") else self.settings.most
            plain = parameter.ndim < 2 or any(part in name.lower() for part in _PLAIN)
            groups.setdefault((most, 0.0 if plain else self.settings.decay), {})[name] = parameter
        return [({"lr": most, "most": most, "weight_decay": decay}, own) for (most, decay), own in groups.items()]

    def run(self, begin: State, keep: Callable[[State], None], tell: Callable[[int, float, float], None]) -> None:
        """Train from where ``begin`` stands to the end.

        Args:
            begin: Of this training.
            keep: Called with where it stands, every so many steps.
            tell: Called after each step with its number, the loss, and passages a second up to now.

        Raises:
            RessentiError: The device has no memory for a batch, the loss is no number, or the encoder fails.
        """
        import torch

        self._restore(begin)
        device = self.network.device
        self.network.encoder.train()
        started, seen, pieces = time.perf_counter(), 0, 0
        order = self._order(begin.step // self.per_epoch)
        with torch.random.fork_rng(devices=[device] if device.type == "cuda" else []):
            for step in range(begin.step, self.steps):
                if step % self.per_epoch == 0:
                    order = self._order(step // self.per_epoch)
                rows = order[step % self.per_epoch]
                torch.manual_seed(self.settings.seed * 1_000_003 + step)
                loss = self._step(step, rows)
                seen, pieces = seen + len(rows), pieces + sum(len(self._found[k].ids) for k in rows)
                if not np.isfinite(loss):
                    raise RessentiError(f"{self.network.spec}: the loss is no number at step {step + 1}; take a lower rate")
                passed = max(time.perf_counter() - started, 1e-9)
                self.speed, self.pieces_per_second = seen / passed, pieces / passed
                tell(step + 1, loss, self.speed)
                if (step + 1) % self.settings.every == 0 and step + 1 < self.steps:
                    keep(self._state(begin, step + 1))
        self.network.encoder.eval()

    def _step(self, step: int, rows: NDArray[np.int64]) -> float:
        """Learn from one batch; the loss before."""
        import torch
        from torch.nn.functional import binary_cross_entropy_with_logits

        network, device = self.network, self.network.device
        for group in self._optimizer.param_groups:
            group["lr"] = group["most"] * self._pace(step)
        self._optimizer.zero_grad(set_to_none=True)
        targets, weigh = (torch.from_numpy(array[rows]).to(device) for array in (self._targets, self._weigh))
        try:
            with computing(device):
                logits = network([self._found[k] for k in rows])
            loss = binary_cross_entropy_with_logits(logits.float(), targets, weigh, reduction="sum") / weigh.numel()
            scaled: Any = self._scaler.scale(loss)
            scaled.backward()
            self._scaler.unscale_(self._optimizer)
            torch.nn.utils.clip_grad_norm_(list(self._named.values()), self.settings.longest_gradient)
            self._scaler.step(self._optimizer)
            self._scaler.update()
            return float(loss.detach())
        except Exception as error:  # noqa: BLE001 -- pieces that it has no weights for, the device, its driver
            if is_of_memory(error):
                raise RessentiError(
                    f"{network.spec}: the device has no memory for {len(rows)} sentences a step; take fewer, or a smaller encoder"
                ) from None
            raise RessentiError(f"{network.spec}: cannot be trained ({reason(error)})") from None

    def _pace(self, step: int) -> float:
        """Share of the full rate: up in a line, then down to 0 in another."""
        rise = max(1, round(self.settings.warm_up * self.steps))
        return (step + 1) / rise if step < rise else max(self.steps - step, 0) / max(self.steps - rise, 1)

    def _order(self, epoch: int) -> list[NDArray[np.int64]]:
        """The batches of an epoch: drawn, those of like length together."""
        drawn = np.random.default_rng([self.settings.seed, epoch])
        order, size = drawn.permutation(len(self._found)), self.settings.batch
        lengths = np.array([len(pieces.ids) for pieces in self._found])
        near = [part[np.argsort(lengths[part], kind="stable")] for part in np.split(order, range(size * _ALIKE, len(order), size * _ALIKE))]
        batches = [part[at : at + size] for part in near for at in range(0, len(part), size)]
        return [batches[k] for k in drawn.permutation(len(batches))]

    def _state(self, begin: State, step: int) -> State:
        """Where it stands, on the CPU."""
        tensors = {f"weight/{name}": parameter for name, parameter in self._named.items()}
        for name, parameter in self._named.items():
            for kind, value in self._optimizer.state.get(parameter, {}).items():
                tensors[f"{kind}/{name}"] = value
        return State(begin.stage, step, tensors, {**begin.numbers, "scaler": self._scaler.state_dict()})

    def _restore(self, begin: State) -> None:
        import torch

        if not begin.tensors:
            return
        try:
            found: dict[str, dict[str, Any]] = {name: {} for name in self._named}
            for key, tensor in begin.tensors.items():
                kind, _, name = key.partition("/")
                found[name][kind] = tensor
            with torch.no_grad():
                for name, parameter in self._named.items():
                    parameter.copy_(found[name].pop("weight"))
        except (KeyError, RuntimeError) as error:
            raise RessentiError(f"{self.network.spec}: the checkpoint is of another encoder ({reason(error)}); name a new folder") from None
        groups = self._optimizer.state_dict()["param_groups"]
        moments = {number: value for number, value in enumerate(found[name] for name in self._named) if value}
        self._optimizer.load_state_dict({"state": moments, "param_groups": groups})
        if scaler := begin.numbers.get("scaler"):
            self._scaler.load_state_dict(scaler)

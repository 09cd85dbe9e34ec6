"""A neural model as a folder: weights as safetensors, the tokenizer's files, what was measured, and a card. Loading it runs nothing.

``model.json`` is written last and removed first: a folder without it is no model.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from ressenti.errors import DataError, OutputError, RessentiError
from ressenti.fallback.model.bags import Floats
from ressenti.fallback.model.file import save
from ressenti.fallback.model.neural.beside import NAME as BESIDE
from ressenti.fallback.model.neural.beside import Beside, load_beside
from ressenti.fallback.model.neural.checkpoint import write_tensors, write_text
from ressenti.fallback.model.neural.network import Network, open_network
from ressenti.fallback.model.neural.pieces import cut
from ressenti.fallback.passages import Context
from ressenti.pretrained import check_installed, reason, without_bars

FORMAT = 1
_ENCODER, _HEAD, _ABOUT, _CARD = "encoder", "head.safetensors", "model.json", "card.md"


@dataclass(frozen=True, slots=True)
class NeuralModel:
    """A trained neural model.

    Attributes:
        network: The encoder and the layer over it.
        labels: What the columns say.
        curves: float32 [labels, 2], what makes probabilities of its logits.
        thresholds: float32 [labels], from which probability on a label is said.
        name: What mentions that it finds are signed with.
        about: What it was trained on, how, on which device, how fast: JSON.
        card: The same for readers, as Markdown.
        beside: The linear model whose word counts as much as the encoder's; None where there is none.
    """

    network: Network
    labels: tuple[str, ...]
    curves: Floats
    thresholds: Floats
    name: str
    about: Mapping[str, Any] = field(default_factory=dict)
    card: str = ""
    beside: Beside | None = None

    @property
    def together(self) -> int:
        """Characters that a GPU judges best at once; 0 on a processor, where others in a batch move what is said by a last digit."""
        return 400_000 if self.network.fixed else 0

    def logits(self, found: Sequence[Context], masked: bool = False) -> Floats:
        """What the curves make probabilities of: float32 [passages, labels]; ``masked`` hides the words of the cues.

        Raises:
            RessentiError: The encoder fails on its device.
        """
        network = self.network
        logits = network.logits(cut(network.tokenizer, found, [masked] * len(found), network.longest))
        return self.beside.with_words(logits, found, masked) if self.beside else logits


def save_neural(model: NeuralModel, folder: Path | str) -> None:
    """Write a model, readable by its owner alone.

    Args:
        model: What to write.
        folder: Where; one that is not there is made, a model in it is replaced.

    Raises:
        OutputError: It cannot be written.
    """
    import torch

    folder = Path(folder)
    encoder = folder / _ENCODER
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / _ABOUT).unlink(missing_ok=True)
        (folder / BESIDE).unlink(missing_ok=True)
        encoder.mkdir(mode=0o700, exist_ok=True)
        encoder.chmod(0o700)
        for old in encoder.iterdir():
            old.unlink()
        with without_bars():
            model.network.encoder.save_pretrained(str(encoder))
            model.network.tokenizer.save_pretrained(str(encoder))
        for path in encoder.rglob("*"):
            path.chmod(0o600 if path.is_file() else 0o700)
    except Exception as error:  # noqa: BLE001 -- of the disk, told by three libraries each in its way
        raise OutputError(f"{folder}: cannot be written ({reason(error)})") from None
    tensors = {
        "weight": model.network.head.weight, "bias": model.network.head.bias,
        "curves": torch.from_numpy(model.curves), "thresholds": torch.from_numpy(model.thresholds),
    }  # fmt: skip
    if model.beside:
        tensors["beside"] = torch.from_numpy(model.beside.curves)
        save(model.beside.words, folder / BESIDE)
    write_tensors(folder / _HEAD, tensors)
    about = {
        "format": FORMAT, "kind": "neural", "name": model.name, "labels": model.labels, "encoder": model.network.revision,
        "longest": model.network.longest, **model.about,
    }  # fmt: skip
    write_text(folder / _CARD, model.card)
    write_text(folder / _ABOUT, json.dumps(about, ensure_ascii=False, indent=1) + "\n")


def load_neural(folder: Path | str, device: str | None = None) -> NeuralModel:
    """Read a model.

    Args:
        folder: As `save_neural` wrote it.
        device: As torch names it; None for a GPU where torch sees one.

    Raises:
        DataError: It cannot be read, or is none.
        RessentiError: What runs it is not installed.
    """
    folder = Path(folder)
    for part in (_ABOUT, _HEAD, _CARD):
        if not (folder / part).is_file():
            raise DataError(folder, None, f"is no model of Ressenti: it lacks {part}")
    check_installed(f"the model {folder}")
    from safetensors.torch import load_file

    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        if about.pop("kind") != "neural" or (found := about.pop("format")) != FORMAT:
            raise ValueError(f"its format is {found!r}, this version of Ressenti reads {FORMAT}; train it anew")
        labels, name = tuple(map(str, about.pop("labels"))), str(about.pop("name"))
        tensors = {key: tensor.float() for key, tensor in load_file(folder / _HEAD).items()}
        card = (folder / _CARD).read_text(encoding="utf-8")
        network = open_network(
            folder / _ENCODER, str(folder), str(about["encoder"]), len(labels), longest=int(about.pop("longest")), device=device
        )
        wide = network.head.in_features
        expected = {"weight": (len(labels), wide), "bias": (len(labels),), "curves": (len(labels), 2), "thresholds": (len(labels),)}
        if "beside" in tensors:
            expected["beside"] = (len(labels), 2)
        for key, shape in expected.items():
            if tuple(tensors[key].shape) != shape or not bool(tensors[key].isfinite().all()):
                raise ValueError(f"its {key} are not {shape} numbers")
    except OSError as error:
        raise DataError(folder, None, f"cannot be read ({error.strerror or error})") from None
    except RessentiError as error:
        raise DataError(folder, None, str(error)) from None
    except Exception as error:  # noqa: BLE001 -- JSON, keys, types, and the errors of safetensors
        raise DataError(folder, None, f"is no model of Ressenti, or is damaged ({reason(error)})") from None
    network.head.weight.data.copy_(tensors["weight"])
    network.head.bias.data.copy_(tensors["bias"])
    network.encoder.eval()
    curves, thresholds = (np.array(tensors[key].numpy(), np.float32) for key in ("curves", "thresholds"))
    beside = load_beside(folder, labels, np.array(tensors["beside"].numpy(), np.float32)) if "beside" in tensors else None
    return NeuralModel(network, labels, curves, thresholds, name, about, card, beside)

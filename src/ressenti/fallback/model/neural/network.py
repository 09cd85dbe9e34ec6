"""An encoder of transformers with one new layer over it: what of each passage goes in, and a logit a label comes out."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ressenti.errors import RessentiError
from ressenti.fallback.model.bags import Floats
from ressenti.fallback.model.neural.pieces import Pieces
from ressenti.pretrained import cannot_be_loaded, digest, is_no_name, is_of_memory, reason, snapshot, without_bars, without_pickles

BATCH = 256
"""Passages a batch where nothing is learnt; halved while the device runs out of memory."""
STEP = 16
"""Batches of a fixed shape have a multiple of so many word pieces."""


@dataclass(slots=True)
class Network:
    """What is trained.

    Attributes:
        encoder: Of transformers, float32.
        head: The new layer, from the mean over the pieces of a passage to a logit a label.
        tokenizer: Of the encoder.
        revision: Which encoder it was at first.
        spec: What the user called it, for messages.
        longest: Word pieces of a passage at most.
        batch: Passages a batch where nothing is learnt.
        fixed: Whether batches are filled up to one of few shapes where nothing is learnt. The order in which a product of matrices is added
            up hangs on their shape alone, so a passage gets the same logits, to the bit, whatever is judged with it. A GPU waits for its
            processor anyhow; on a processor what is filled up would be multiplied for nothing.
    """

    encoder: Any
    head: Any
    tokenizer: Any
    revision: str
    spec: str
    longest: int
    batch: int = BATCH
    fixed: bool = False

    @property
    def device(self) -> Any:
        """Where it is."""
        return self.head.weight.device

    @property
    def dtype(self) -> str:
        """What it computes in: half precision where the device has it, single elsewhere."""
        return half(self.device) or "float32"

    def parameters(self) -> dict[str, Any]:
        """All that is learnt, by name, in an order that stays."""
        parts = (("encoder", self.encoder), ("head", self.head))
        return {f"{part}.{name}": parameter for part, module in parts for name, parameter in module.named_parameters()}

    @property
    def size(self) -> int:
        """How many weights are multiplied with for each word piece: all but rows of tables."""
        import torch

        tables = {id(rows) for part in self.encoder.modules() if isinstance(part, torch.nn.Embedding) for rows in part.parameters()}
        return sum(parameter.numel() for parameter in self.parameters().values() if id(parameter) not in tables)

    def __call__(self, found: Sequence[Pieces], shape: tuple[int, int] | None = None) -> Any:
        """float32 [passages, labels]: logits, as a tensor on the device.

        Mixed precision is for the caller to open, see `computing`.

        Args:
            found: At least one.
            shape: Rows and word pieces to fill up to; None for what is needed. Rows that are filled up come last.
        """
        import torch

        rows, length = shape or (len(found), max(len(pieces.ids) for pieces in found))
        ids = np.full((rows, length), self.tokenizer.pad_token_id or 0, np.int64)
        types, there, own = np.zeros_like(ids), np.zeros_like(ids), np.zeros(ids.shape, np.float32)
        there[len(found) :, 0], own[len(found) :, 0] = 1, 1  # attention to nothing at all is no number
        for row, pieces in enumerate(found):
            size = len(pieces.ids)
            ids[row, :size], types[row, :size], there[row, :size], own[row, :size] = pieces.ids, pieces.types, 1, pieces.own
        given = {"input_ids": ids, "attention_mask": there}
        if int(getattr(self.encoder.config, "type_vocab_size", 0) or 0) > 1 and "token_type_ids" in self.tokenizer.model_input_names:
            given["token_type_ids"] = types
        states = self.encoder(**{name: torch.from_numpy(array).to(self.device) for name, array in given.items()}).last_hidden_state
        weigh = torch.from_numpy(own / own.sum(axis=1, keepdims=True)).to(self.device)
        return self.head((states.float() * weigh[:, :, None]).sum(dim=1))

    def keep(self, labels: NDArray[np.int64]) -> None:
        """Leave out all labels of the new layer but some, by their numbers."""
        import torch

        kept = torch.nn.utils.skip_init(torch.nn.Linear, self.head.in_features, len(labels), device=self.device)  # draws nothing
        kept.weight.data.copy_(self.head.weight.data[labels]), kept.bias.data.copy_(self.head.bias.data[labels])
        self.head = kept

    def logits(self, found: Sequence[Pieces]) -> Floats:
        """float32 [passages, labels], nothing learnt.

        Raises:
            RessentiError: The device has no memory for a single passage, or the encoder fails.
        """
        import torch

        out = np.empty((len(found), self.head.out_features), np.float32)
        order = np.argsort([-len(pieces.ids) for pieces in found], kind="stable")
        lengths = np.array([min(-(-len(found[k].ids) // STEP) * STEP, self.longest) for k in order])
        training, at = self.encoder.training, 0
        self.encoder.eval()
        try:
            while at < len(order):
                rows = order[at : at + self.batch]
                shape = None
                if self.fixed:
                    rows = rows[lengths[at : at + self.batch] == lengths[at]]
                    shape = self.batch, int(lengths[at])
                try:
                    with torch.inference_mode(), computing(self.device):
                        out[rows] = self([found[k] for k in rows], shape)[: len(rows)].float().cpu().numpy()
                except Exception as error:  # noqa: BLE001 -- pieces that it has no weights for, the device, its driver
                    if not is_of_memory(error):
                        raise RessentiError(f"{self.spec}: cannot be run ({reason(error)})") from None
                    if self.batch == 1:
                        raise RessentiError(
                            f"{self.spec}: the device has no memory for a single sentence; take a smaller encoder"
                        ) from None
                    self.batch //= 2
                    continue
                at += len(rows)
        finally:
            self.encoder.train(training)
        return out


def locate(encoder: str, allow_network: bool) -> tuple[Path, str]:
    """Folder and revision of an encoder.

    Args:
        encoder: A folder, or a name on the hub.
        allow_network: Whether it may be fetched.

    Raises:
        RessentiError: There is none.
    """
    folder = Path(encoder).expanduser()
    here = folder.is_dir()
    if not here:
        if is_no_name(encoder):
            raise RessentiError(f"{encoder}: there is no such folder; name the folder of an encoder of transformers")
        folder = snapshot(encoder, allow_network, f"the encoder {encoder}")
    if not (folder / "config.json").is_file():
        raise RessentiError(f"{encoder}: is no encoder of transformers ({folder} lacks config.json)")
    return folder, f"{folder.resolve().name if here else encoder} sha256 {digest(folder)}"


def open_network(folder: Path, spec: str, revision: str, labels: int, *, longest: int, device: str | None, seed: int = 0) -> Network:
    """An encoder from its folder, with a new layer whose weights are drawn.

    Args:
        folder: Of the encoder and its tokenizer.
        spec: What the user called it, for messages.
        revision: Which encoder it is.
        labels: How many labels the new layer has.
        longest: Word pieces of a passage at most; fewer where the encoder takes fewer.
        device: As torch names it; None for a GPU where torch sees one.
        seed: What the new layer is drawn with.

    Raises:
        RessentiError: It cannot be loaded, is no encoder, or its tokenizer is none of the fast ones.
    """
    import torch

    try:
        place = torch.device(device or _usual())
        with without_bars(), _without_warnings(), without_pickles(), torch.random.fork_rng(devices=[]):
            from transformers import AutoModel, AutoTokenizer

            torch.manual_seed(seed)
            tokenizer = AutoTokenizer.from_pretrained(str(folder), local_files_only=True, trust_remote_code=False)
            model, told = AutoModel.from_pretrained(
                str(folder), local_files_only=True, trust_remote_code=False, use_safetensors=True, output_loading_info=True
            )
            model = model.float()
            head = torch.nn.Linear(model.config.hidden_size, labels)
            head.weight.data.normal_(0, 0.02)
            model.to(place), head.to(place)
    except Exception as error:  # noqa: BLE001 -- what is wrong with a model shows anywhere in three libraries
        raise cannot_be_loaded(spec, folder, error) from None
    lacking = [name for name in told["missing_keys"] if "pooler" not in name]
    if lacking:
        raise RessentiError(f"{spec}: lacks {len(lacking)} of its weights, such as {sorted(lacking)[0]}")
    if model.config.is_encoder_decoder or not getattr(tokenizer, "is_fast", False):
        raise RessentiError(f"{spec}: is no encoder with a fast tokenizer; take one such as CamemBERT")
    # Some encoders count positions from 2 on
    most = min(longest, int(tokenizer.model_max_length), int(getattr(model.config, "max_position_embeddings", 0) or longest + 2) - 2)
    return Network(model, head, tokenizer, revision, spec, max(most, 4), fixed=place.type == "cuda")


def _usual() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"


def half(device: Any) -> str | None:
    """Which half precision a device computes in; None where it computes in whole.

    A processor has one where it multiplies matrices of bfloat16 (AMX); elsewhere half precision is slower than whole.
    """
    import torch

    if device.type == "cpu":
        able: Mapping[str, Any] = getattr(torch.cpu, "get_capabilities", dict)()  # not in older releases
        return "bfloat16" if able.get("amx_bf16") else None
    if device.type != "cuda":
        return None
    return "bfloat16" if torch.cuda.get_device_capability(device) >= (8, 0) else "float16"


@contextlib.contextmanager
def computing(device: Any) -> Iterator[None]:
    """Mixed precision where a device has it."""
    import torch

    kind = half(device)
    if kind is None:
        yield
        return
    with torch.autocast(device.type, dtype=getattr(torch, kind)):
        yield


def device_name(device: Any) -> str:
    """What a device is called by its maker."""
    import torch

    return str(torch.cuda.get_device_name(device)) if device.type == "cuda" else f"{device.type}, {torch.get_num_threads()} threads"


@contextlib.contextmanager
def _without_warnings() -> Iterator[None]:
    """Layers that are not used are drawn, and told of at length."""
    from transformers.utils import logging

    before = logging.get_verbosity()
    logging.set_verbosity_error()
    try:
        yield
    finally:
        logging.set_verbosity(before)

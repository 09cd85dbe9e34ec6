"""Fine-tune an encoder on what is known of passages: as for the linear model, with checkpoints in the folder that the model will be.

A linear model is trained beside it; what is kept and judged is what both say.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ressenti.errors import OutputError, RessentiError
from ressenti.fallback.model.card import card
from ressenti.fallback.model.neural.beside import beside, compared
from ressenti.fallback.model.neural.checkpoint import NAME, Checkpoints, State
from ressenti.fallback.model.neural.folder import NeuralModel, save_neural
from ressenti.fallback.model.neural.network import Network, device_name, locate, open_network
from ressenti.fallback.model.neural.pieces import Pieces, cut
from ressenti.fallback.model.neural.products import times_on
from ressenti.fallback.model.neural.settings import NeuralSettings
from ressenti.fallback.model.neural.training import Training
from ressenti.fallback.model.teaching import Judged, Lesson, Plan, Settings, Tell, Words, judge, prepared
from ressenti.pretrained import check_installed

_TOLD = 20
"""So often a training tells how far it is."""
_NEUTRAL = ("every", "device")
"""Settings that may change when a training goes on."""


def teach_neural(
    lesson: Lesson, name: str, encoder: str, settings: NeuralSettings | None = None, *, folder: Path | str,
    tell: Tell = lambda said: None, allow_network: bool = False, resume: bool = False,
) -> NeuralModel:  # fmt: skip
    """Fine-tune an encoder, and keep what comes of it as a folder.

    Args:
        lesson: What to learn from.
        name: What the model's mentions are signed with.
        encoder: A folder, or a name on the hub where the network is allowed or it is in the local cache.
        settings: How.
        folder: Where the model will be, and until then the checkpoints; a model in it is replaced when the new one is trained.
        tell: Called with what is being done.
        allow_network: Whether the encoder may be fetched.
        resume: Whether an interrupted training in the folder goes on; where there is none, one begins.

    Returns:
        The model, as it is kept.

    Raises:
        RessentiError: What trains it is not installed, the encoder cannot be used, nothing can be learnt, or the folder holds something
            else.
        OutputError: The folder cannot be written to.
    """
    settings, folder = settings or NeuralSettings(), Path(folder)
    check_installed("a neural model")
    _check(folder, resume)
    plan = prepared(lesson, masked=settings.masked, kept_back=settings.kept_back, evidence=settings.evidence)
    place, revision = locate(encoder, allow_network)

    def fresh() -> Network:
        return open_network(
            place, encoder, revision, len(plan.labels), longest=settings.longest, device=settings.device, seed=settings.seed
        )

    network = fresh()
    tell(f"{revision} on {device_name(network.device)}, {network.dtype}")
    found = cut(network.tokenizer, lesson.contexts, plan.masked, network.longest)
    checkpoints = Checkpoints(folder, _fingerprint(found, plan, settings, revision))
    _make(folder)
    state = (checkpoints.read() if resume else None) or State()
    if state.step or state.stage:
        tell(f"goes on after step {state.step} of {_stage(state.stage)}")
    about: dict[str, Any] = {
        **plan.about, "encoder": revision,
        "settings": {field.name: getattr(settings, field.name) for field in fields(settings)},
        "device": device_name(network.device), "dtype": network.dtype,
        "torch": version("torch"), "transformers": version("transformers"),
    }  # fmt: skip
    words = Words(lesson, plan, Settings(), lambda said: None, times_on(network.device)) if settings.words else None
    if state.stage == 0:
        about |= _trained(network, found, plan, ~plan.back, settings, state, checkpoints, tell)
        held = [pieces for pieces, take in zip(found, plan.back, strict=True) if take]
        logits, numbers = network.logits(held), {}
        if words:
            logits, numbers["beside"] = compared(plan.labels, plan.part, logits, words.of_kept_back(), settings.precision)
        state = State(1, 0, {}, numbers | _numbers(judge(plan, logits, settings.precision)))
        if settings.again:
            checkpoints.write(state)
            network = fresh()
    if settings.again:
        about |= _trained(network, found, plan, np.ones(len(found), bool), settings, state, checkpoints, tell)
    worth = np.array(state.numbers["worth"], bool)
    network.keep(np.flatnonzero(worth))
    curves, thresholds = (np.array(state.numbers[key], np.float32) for key in ("curves", "thresholds"))
    kept = plan.only(worth)
    other = None
    if words:
        rows = np.ones(len(found), bool) if settings.again else ~plan.back
        other = beside(words.trained(kept, rows, ""), state.numbers["beside"], worth, name)
    model = NeuralModel(network, kept.labels, curves, thresholds, name, about | state.numbers["about"], beside=other)
    model = replace(model, card=card(model))
    save_neural(model, folder)
    checkpoints.clear()
    return model


def _numbers(judged: Judged) -> dict[str, Any]:
    """Fit for JSON."""
    arrays = {"worth": judged.worth, "curves": judged.curves, "thresholds": judged.thresholds}
    return {"about": dict(judged.about), **{name: array.tolist() for name, array in arrays.items()}}


def _trained(
    network: Network, found: list[Pieces], plan: Plan, rows: NDArray[np.bool_], settings: NeuralSettings, state: State,
    checkpoints: Checkpoints, tell: Tell,
) -> dict[str, Any]:  # fmt: skip
    """Train on some passages; how fast it went."""
    chosen = [pieces for pieces, take in zip(found, rows, strict=True) if take]
    training = Training(network, chosen, plan.targets[rows], plan.known[rows], settings)
    often = max(1, training.steps // _TOLD)

    def told(step: int, loss: float, speed: float) -> None:
        if step % often == 0 or step == training.steps:
            tell(f"{_stage(state.stage)}: step {step} of {training.steps}, loss {loss:.4f}, {speed:,.0f} sentences a second")

    training.run(state, checkpoints.write, told)
    if not training.speed:
        return {}
    # A multiplication and an addition forward, twice that backward
    return {"sentences a second": round(training.speed, 1), "TFLOP/s": float(f"{6e-12 * network.size * training.pieces_per_second:.3g}")}


def _stage(number: int) -> str:
    return ("without the part that is kept back", "with all")[number]


def _check(folder: Path, resume: bool) -> None:
    """Whether a folder may become a model.

    Raises:
        RessentiError: It holds something else, or an interrupted training that was not asked for.
        OutputError: It is a file.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise OutputError(f"{folder}: is no folder; a neural model is one")
    if (folder / NAME).exists():
        if not resume:
            raise RessentiError(f"{folder}: holds an interrupted training; resume it, or remove the folder")
    elif any(folder.iterdir()) and not (folder / "model.json").exists():
        raise RessentiError(f"{folder}: holds something that is no model; name a new folder")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made ({error.strerror or error})") from None


def _fingerprint(found: list[Pieces], plan: Plan, settings: NeuralSettings, revision: str) -> str:
    """Of all that a training depends on."""
    made = hashlib.sha256(repr((revision, plan.labels)).encode())
    made.update(repr([(field.name, getattr(settings, field.name)) for field in fields(settings) if field.name not in _NEUTRAL]).encode())
    for pieces in found:
        made.update(len(pieces.ids).to_bytes(4, "little") + pieces.ids.tobytes() + pieces.types.tobytes() + pieces.own.tobytes())
    for array in (plan.targets, plan.known, plan.back):
        made.update(np.ascontiguousarray(array).tobytes())
    return made.hexdigest()

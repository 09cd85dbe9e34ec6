"""The card of a model, for readers: what it was trained on, what it says and how often that was right, and what it cannot do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ressenti._version import __version__
from ressenti.fallback.model.speaking import Model

_LINEAR = (
    "A linear model over hashed features of a sentence: beginnings of its words, its signs and length, what the rules of Ressenti found in "
    "it and in the two sentences beside it, and what labelling functions say of it."
)
_LIMITS = (
    "It knows French sentences like those that it was trained on, and nothing of irony.",
    "What it says is that a sentence of this kind often goes with an emotion: whose, why and towards whom it does not say.",
    "Its probabilities hold for texts that are as rich in emotions as those that it was trained on; elsewhere they are too high or low.",
)
_LINEAR_LIMIT = (
    "Features are hashed, so no sentence can be read in it, but whether a rare word was met can be guessed: keep a model that was trained "
    "on accounts as you keep the accounts."
)
_NEURAL_LIMIT = "A fine-tuned encoder can give back words of what it was trained on: keep it as you keep the accounts."
FEW = 30
"""Of a label that fewer sentences bear, figures say little."""


def card(model: Model, texts: str = "") -> str:
    """A model's card as Markdown, from what it knows of itself.

    Args:
        model: The trained model; where its ``about`` says nothing of a thing, neither does the card.
        texts: Where the texts come from and their licences, as Markdown.
    """
    about = model.about
    neural = "encoder" in about
    what = _LINEAR
    if neural:
        what = f"{about['encoder']}, fine-tuned, with one layer over it. The licence of that encoder holds for it too."
        if about["settings"].get("words"):  # not there in a model of before
            what += f" Its word counts as much as that of a second model: {_LINEAR[0].lower()}{_LINEAR[1:]}"
    parts = [f"# {model.name}", f"{what} Made by Ressenti {__version__}.", "## Trained on", _lesson(about), texts.strip()]
    if neural:
        told = [
            f"- {name}: {about[name]}"
            for name in ("device", "dtype", "sentences a second", "TFLOP/s", "torch", "transformers")
            if name in about
        ]
        parts.append("\n".join(told))
    limits = _limits(about, _NEURAL_LIMIT if neural else _LINEAR_LIMIT)
    parts += ["## What it says", _labels(model), _measured(about), "## Limits", limits]
    return "\n\n".join(part for part in parts if part) + "\n"


def rounded(found: Any) -> Any:
    """What was measured, with as many digits as mean something."""
    if isinstance(found, Mapping):
        return {key: rounded(value) for key, value in found.items()}
    if isinstance(found, Sequence) and not isinstance(found, str):
        return [rounded(value) for value in found]
    return round(found, 4) if isinstance(found, float) else found


def _lesson(about: Mapping[str, Any]) -> str:
    if "passages" not in about:
        return ""
    others = "labelled by labelling functions and a label model"
    if (by_hand := about.get("by hand", 0)) == about["passages"]:
        others = "labelled by people"
    elif by_hand:
        others = f"{by_hand:,} of them labelled by people, the others by labelling functions and a label model"
    return (
        f"{about['passages']:,} sentences of {about.get('narratives', 0):,} narratives, {others}. First without "
        f"{about.get('kept back', 0):,} sentences of whole narratives, which tell from which probability on a label is said and how often "
        "it is right; then with all."
    )


def _labels(model: Model) -> str:
    """A row a label, with what was measured where the rules are silent."""
    rows = {row["label"]: row for row in model.about.get("measured", {}).get("silent", {}).get("rows", ())}
    lines = ["| label | said from a probability of | borne by | P | R | F1 | ECE |", "| --- | --- | ---: | ---: | ---: | ---: | ---: |"]
    for label, least in zip(model.labels, model.thresholds.tolist(), strict=True):
        cells = ["–"] * 5
        if row := rows.get(label):
            sayable = least <= 1
            cells = [
                f"{row['gold']:,}",
                *(f"{row[key]:.2f}" if sayable else "–" for key in ("precision", "recall", "f1")),
                f"{row['error']:.3f}",
            ]
        lines.append(f"| {label} | {f'{least:.2f}' if least <= 1 else 'never'} | {' | '.join(cells)} |")
    left_out = model.about.get("left out", ())
    told = f"\n\nLeft out, for it would never be said, is borne by few, or is seldom right: {', '.join(left_out)}." if left_out else ""
    return "\n".join(lines) + told


def _measured(about: Mapping[str, Any]) -> str:
    found = about.get("measured")
    if not found:
        return ""
    silent = found["silent"]
    against = "labels that people gave"
    if not found["by_hand"]:
        against = (
            "weak labels cut at .5, people having labelled none of them: they tell how well these were learnt, not how often it is right"
        )
    lines = [
        f"Measured on {silent['passages']:,} sentences that were kept back, where the rules found nothing or what they found was hidden, "
        f"against {against}. Each half of them with the thresholds and curves of the other. *Borne by*: in how many of them a label holds.",
        "",
        f"- It says an emotion in {found['covered']:.0%} of them.",
    ]
    names = (
        ("presence", "whether anything is felt, mean F1 of yes and no"), ("primaries", "primaries, mean F1"), ("modes", "modes, mean F1"),
        ("components", "components, mean F1"), ("error", "expected calibration error of the primaries"),
    )  # fmt: skip
    for key, name in names:
        if silent.get(key) is not None:
            among = found["all"][key]
            lines.append(f"- {name[0].upper()}{name[1:]}: {silent[key]:.2f}; in all {found['all']['passages']:,} kept back, {among:.2f}.")
    return "\n".join(lines)


def _limits(about: Mapping[str, Any], last: str) -> str:
    said = [*_LIMITS]
    rows = about.get("measured", {}).get("silent", {}).get("rows", ())
    if few := [row["label"] for row in rows if row["gold"] < FEW]:
        said.append(f"Fewer than {FEW} of the sentences kept back bear {', '.join(few)}: those figures say little.")
    return "\n".join(f"- {line}" for line in (*said, last))

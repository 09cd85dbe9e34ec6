"""Colours of the primaries, told apart by colour-blind readers too, and dark or light enough for the text on and beside them.

Source of the hues: M. Okabe and K. Ito, *Color Universal Design* (2008); lightness changed until the contrast met WCAG 2.2, level AA.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ressenti.ontology.emotions import load_emotions

PAPER, INK = "#fcf9f4", "#2a241e"
DARK_PAPER, DARK_INK = "#1c1916", "#ece4d8"


@dataclass(frozen=True, slots=True)
class Colour:
    """The colours of one primary.

    Attributes:
        fill: Of its field in the drawing.
        on: Of text on that field.
        ink: Of text and rules on `PAPER`.
        dark_ink: Of text and rules on `DARK_PAPER`.
    """

    fill: str
    on: str
    ink: str
    dark_ink: str


PALETTE = (
    Colour("#c46a9c", "#000000", "#97396f", "#e79cc6"),
    Colour("#efbb2e", "#000000", "#735d00", "#efbf4a"),
    Colour("#7fcbf0", "#000000", "#0f7289", "#7fcbf0"),
    Colour("#bd4800", "#ffffff", "#b33a08", "#f7935a"),
    Colour("#0b5c9c", "#ffffff", "#1d4f9e", "#8cb0f2"),
    Colour("#0a8263", "#ffffff", "#00694e", "#52c9a4"),
)
"""In the order of the primaries in their table."""


@cache
def by_primary() -> Mapping[str, Colour]:
    """The colours by the key of the primary, in the order of the table."""
    return dict(zip((key for key, emotion in load_emotions().items() if emotion.tier == "primary"), PALETTE, strict=True))


def colour_of(emotion: str) -> Colour:
    """The colours of an emotion: those of its primary."""
    return by_primary()[load_emotions().primary(emotion)]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def css() -> str:
    """Custom properties for both colour schemes, and a class for each primary: ``.c0`` and so on."""
    light = "\n".join(f".c{n}{{--fill:{c.fill};--on:{c.on};--ink-of:{c.ink}}}" for n, c in enumerate(PALETTE))
    dark = "".join(f".c{n}{{--ink-of:{c.dark_ink}}}" for n, c in enumerate(PALETTE))
    return (
        f":root{{--paper:{PAPER};--ink:{INK}}}\n{light}\n"
        f"@media screen and (prefers-color-scheme:dark){{:root{{--paper:{DARK_PAPER};--ink:{DARK_INK}}}{dark}}}\n"
    )

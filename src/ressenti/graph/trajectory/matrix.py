"""Transitions as a picture: a row an emotion before, a column an emotion after, the darker the more often."""

from __future__ import annotations

from collections.abc import Iterator

from ressenti.graph.drawing.words import width
from ressenti.graph.labels import Language
from ressenti.graph.trajectory.chart import person
from ressenti.graph.trajectory.svg import HAIR, QUIET, label, picture, tag
from ressenti.graph.trajectory.texts import say
from ressenti.graph.trajectory.transitions import Transitions
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.pages.colours import colour_of, contrast

CELL = (62.0, 42.0)
SMALL = (30.0, 26.0)
"""Of a cell, and of one where there are many: only the number of steps is written into it."""
MANY = 12
SIZE = 12.5
_PALE, _DARK = (0xF3, 0xEC, 0xE1), (0x2A, 0x24, 0x1E)


def transitions_svg(transitions: Transitions, of: str, language: Language = "fr", name: str = "transitions") -> str:
    """A picture of the matrix.

    Args:
        transitions: What was counted.
        of: Whose, as in `steps`.
        language: Of the words.
        name: What the ids in it begin with.

    Returns:
        An SVG document that needs no other file.
    """
    emotions = load_emotions()
    keys = transitions.emotions
    total = sum(transitions.counts.values())
    named = {key: emotions[key].labels[language] for key in keys}
    broad, high = SMALL if len(keys) > MANY else CELL
    left = max([width(text, SIZE) for text in named.values()] + [60.0]) + 52
    slant = len(keys) > MANY or any(width(text, SIZE) > broad - 4 for text in named.values())
    top = 92.0 + (0.75 * max((width(text, SIZE) for text in named.values()), default=0.0) if slant else 16.0)
    title = f"{say('transitions', language)} — {person(of, language)} ({total} {say('steps' if total != 1 else 'step', language)})"
    rows = list(transitions.rows())
    told = "; ".join(f"{named[a]} → {named[b]}: {number} ({share:.0%})" for a, b, number, share in rows)
    said = f"{told.replace(';', ' ;').replace(':', ' :').replace('%', ' %')}." if language == "fr" else f"{told}."
    shapes = [label(20, 28, title, 15, font_weight="bold")]
    if not keys:
        shapes.append(label(20, 56, say("no steps", language), SIZE, QUIET))
        return picture(width(title, 15, bold=True) + 40, 80, name, title, say("no steps", language) + ".", *shapes)
    note = say("frequent" if len(keys) > MANY else "shares", language)
    shapes.append(label(20, 47, note, 12, QUIET))
    shapes += _axes(keys, named, (left, top), (broad, high), slant, language)
    most = max(transitions.counts.values())
    for one, other, number, share in rows:
        depth = number / most if len(keys) > MANY else share
        x, y = left + keys.index(other) * broad, top + keys.index(one) * high
        shapes.append(_cell((one, other), number, share, depth, (x, y), (broad, high), name, named, language))
    wide = max(left + len(keys) * broad + (70 if slant else 24), width(title, 15, bold=True) + 40, width(note, 12) + 40)
    return picture(wide, top + len(keys) * high + 24, name, title, said, *shapes)


def _axes(
    keys: list[str], named: dict[str, str], corner: tuple[float, float], cell: tuple[float, float], slant: bool, language: Language
) -> Iterator[str]:
    (left, top), (broad, high) = corner, cell
    right, bottom = left + len(keys) * broad, top + len(keys) * high
    yield label(left - 14, top - 12, say("before", language) + " ↓", 12, QUIET, text_anchor="end")
    yield label(left, 72, say("after", language) + " →", 12, QUIET)
    for number, key in enumerate(keys):
        x, y, colour = left + (number + 0.5) * broad, top + (number + 0.5) * high, colour_of(key)
        chip = {"fill": colour.fill, "stroke": colour.ink}
        yield tag("rect", x=left - 12, y=top + number * high + 3, width=6, height=high - 6, **chip)
        yield label(left - 20, y + 4.3, named[key], SIZE, text_anchor="end")
        yield tag("rect", x=left + number * broad + 3, y=top - 10, width=broad - 6, height=5, **chip)
        turned = {"transform": f"rotate(-42 {x:.1f} {top - 16:.1f})", "text_anchor": "start"} if slant else {"text_anchor": "middle"}
        yield label(x, top - 17, named[key], SIZE, **turned)
    lines = "".join(
        f"M{left:.1f} {top + n * high:.1f}H{right:.1f}M{left + n * broad:.1f} {top:.1f}V{bottom:.1f}" for n in range(len(keys) + 1)
    )
    yield tag("path", d=lines, stroke=HAIR, stroke_width=1)


def text_on(fill: str) -> str:
    """Black or white, whichever is read better on a colour: at least 4.5 to 1, whatever the colour."""
    return max(("#000000", "#ffffff"), key=lambda colour: contrast(colour, fill))


def _cell(
    pair: tuple[str, str], number: int, share: float, depth: float, at: tuple[float, float], size: tuple[float, float], name: str,
    named: dict[str, str], language: Language,
) -> str:  # fmt: skip
    (x, y), (broad, high), (one, other) = at, size, pair
    tint = depth**0.7  # shares are mostly small: the pale half of the scale is theirs
    fill = "#" + "".join(f"{round(a + (b - a) * tint):02x}" for a, b in zip(_PALE, _DARK, strict=True))
    ink = text_on(fill)
    percent = f"{share:.0%}" if language == "en" else f"{share * 100:.0f} %"
    middle = x + broad / 2
    if size == SMALL:
        written = [label(middle, y + high / 2 + 4, str(number), 11, ink, text_anchor="middle")]
    else:
        written = [
            label(middle, y + high / 2 - 1, percent, SIZE, ink, text_anchor="middle", font_weight="bold"),
            label(middle, y + high / 2 + 14, str(number), 11, ink, text_anchor="middle"),
        ]
    title = tag("title", f"{named[one]} → {named[other]} — {number}, {percent}")
    shape = tag("rect", x=x + 1, y=y + 1, width=broad - 2, height=high - 2, fill=fill)
    return tag("g", title, shape, *written, id=f"{name}-{one}-{other}")

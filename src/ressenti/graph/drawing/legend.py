"""The legend: the primaries that occur, the shapes of the kinds, and what lines mean."""

from __future__ import annotations

from collections.abc import Sequence

from ressenti.graph.drawing.geometry import Curve, Rect
from ressenti.graph.drawing.page import FAINT, arrow, field, hexagon, line, text
from ressenti.graph.drawing.words import width
from ressenti.graph.labels import EDGES, NODES, Language, value_label
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.pages.colours import INK, colour_of

SIZE, ROW = 11.5, 25.0
DASHES = {"negated": "7 4", "hypothetical": "2 4"}
WIDTHS = {"low": 1.0, "medium": 1.8, "high": 3.4}
_SWATCH = 30.0
INTENSITY = {"fr": "intensité {}", "en": "{} intensity"}


def legend(
    left: float, top: float, wide: float, primaries: Sequence[str], kinds: Sequence[str], lines: Sequence[str], language: Language
) -> tuple[list[str], float]:
    """The legend's elements and its height.

    Args:
        left: Where it begins.
        top: Where it begins.
        wide: How wide it may be; then comes a new row.
        primaries: Those that occur.
        kinds: Kinds of boxes that occur: ``character``, ``emotion``, ``event``.
        lines: What lines show: statuses, intensities, ``before``.
        language: Of the words.
    """
    emotions = load_emotions()
    entries = [(emotions[key].labels[language], ("primary", key)) for key in primaries]
    entries += [(NODES[kind][language], ("kind", kind)) for kind in kinds if kind != "emotion"]
    entries += [(_line_words(kind, language), ("line", kind)) for kind in lines]
    body, x, y = [], left, top + ROW / 2
    for words, (sort, what) in entries:
        takes = _SWATCH + 8 + width(words, SIZE) + 22
        if x + takes > left + wide and x > left:
            x, y = left, y + ROW
        body.append(_swatch(sort, what, x, y))
        body.append(text(x + _SWATCH + 7, y, [words], SIZE, INK, text_anchor="start"))
        x += takes
    return body, y + ROW / 2 - top


def _line_words(what: str, language: Language) -> str:
    if what in EDGES:
        return EDGES[what][language]
    value = value_label(what, language)
    return INTENSITY[language].format(value) if what in WIDTHS else value


def _swatch(sort: str, what: str, x: float, y: float) -> str:
    rect = Rect(x + _SWATCH / 2, y, _SWATCH, 15)
    match sort, what:
        case "primary", _:
            return field(rect, 7.5, fill=colour_of(what).fill)
        case "kind", "character":
            return hexagon(rect, fill=INK)
        case "kind", _:
            return field(rect, 2, fill="#ffffff", stroke=FAINT)
    curve = Curve((x, y), (x + _SWATCH / 2, y), (x + _SWATCH, y))
    if what == "before":
        return line(curve, stroke=FAINT, stroke_width=1.2) + arrow(curve, FAINT, 7)
    stroke = {"stroke": INK, "stroke_width": WIDTHS.get(what, 1.2 if what == "opposes" else 1.8), "stroke_dasharray": DASHES.get(what)}
    return line(curve, **stroke)

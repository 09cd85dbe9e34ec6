"""The picture of a long narrative, in three columns: who feels, what is felt, whom it is about. Lines are as broad as they are frequent."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ressenti.graph.drawing.columns import Band, Columns, Item, columns
from ressenti.graph.drawing.geometry import Rect
from ressenti.graph.drawing.legend import DASHES, legend
from ressenti.graph.drawing.page import FAINT, TITLES, attributes, field, hexagon, page, text, words
from ressenti.graph.drawing.words import width, wrap
from ressenti.graph.formats.flatten import name_token
from ressenti.graph.labels import Language, edge_label, value_label
from ressenti.graph.model import together
from ressenti.ontology.pages.colours import INK, PAPER, by_primary, colour_of
from ressenti.schema import INTENSITIES, STATUSES

if TYPE_CHECKING:
    import networkx as nx

MANY = 100
"""Boxes above which the picture of a narrative takes its emotions together."""
_NAME, _NOTE, _HEAD = 13.5, 11.0, 12.5
_WIDEST = 270.0
_GAP, _BETWEEN, _MARGIN = 9.0, 250.0, 26.0
_BROADEST = 13.0
"""Of a line, in pixels."""
_CAPTION = {
    "fr": "{} émotions, regroupées par leur nom\u00a0; plus un trait est large, plus il est fréquent. L’ordre du récit n’est pas montré.",
    "en": "{} mentions, taken together by emotion; the broader a line, the more frequent. The order of telling is not shown.",
}
_HEADS = {
    "fr": ("qui ressent", "ce qui est ressenti", "envers qui, à cause de qui"),
    "en": ("who feels", "what is felt", "towards whom, because of whom"),
}


@dataclass(slots=True)
class _Box:
    item: Item
    lines: Sequence[str]
    note: str
    rect: Rect


def grouped_svg(graph: nx.MultiDiGraph[str], language: Language = "fr") -> str:
    """The picture of a narrative's graph with its emotions taken together, as SVG.

    Groups have the classes and ``data-`` attributes of `narrative_svg`; the id of an emotion is that of a corpus graph, ``emotion:fear``.

    Args:
        graph: From `narrative_graph`.
        language: Of the labels.
    """
    found = columns(graph, language)
    what = _stacked(_boxes(found.what.values(), language, {}))
    who = _beside(_boxes(found.who.values(), language, {}), what, found.felt)
    whom = _beside(_boxes(found.whom.values(), language, _ways(found.about, language)), what, found.about)
    _place(who, what, whom)
    title = TITLES[language].format(graph.graph["id"])
    caption = _CAPTION[language].format(len({id_ for item in found.what.values() for id_ in item.mentions}))
    rects = [box.rect for boxes in (who, what, whom) for box in boxes.values()]
    left, right = min(rect.x - rect.w / 2 for rect in rects) - _MARGIN, max(rect.x + rect.w / 2 for rect in rects) + _MARGIN
    right = max(right, left + 2 * _MARGIN + max(width(title, 15, bold=True), width(caption, _NOTE)))
    top, bottom = min(rect.y - rect.h / 2 for rect in rects) - 106, max(rect.y + rect.h / 2 for rect in rects) + _MARGIN
    body = [text(left + _MARGIN, top + 28, [title], 15, INK, font_weight="bold", text_anchor="start")]
    body.append(text(left + _MARGIN, top + 50, [caption], _NOTE, INK, text_anchor="start"))
    for boxes, head in zip((who, what, whom), _HEADS[language], strict=True):
        if boxes:
            body.append(text(next(iter(boxes.values())).rect.x, top + 82, [head], _HEAD, FAINT, font_weight="bold"))
    body += _bands(found.felt, who, what, language) + _bands(found.about, whom, what, language)
    for column, boxes in (("who:", who), ("", what), ("whom:", whom)):
        body += [_drawn(box, column) for box in boxes.values()]
    told = {_status(item) for item in found.what.values()}
    primaries = [key for key in by_primary() if any(item.primary == key for item in found.what.values())]
    statuses = [status for status in STATUSES if status != "affirmed" and status in told]
    row, high = legend(left + _MARGIN, bottom, right - left - 2 * _MARGIN, primaries, ["character"], statuses, language)
    bounds = left, top, right - left, bottom - top + high + 14
    return page([*body, *row], bounds, title, f"{caption} {_said(found, language)}", language)


def _status(item: Item) -> str:
    return together((status, INTENSITIES[0]) for status in item.told)[0]


def _boxes(items: Iterable[Item], language: Language, notes: Mapping[str, str]) -> list[_Box]:
    boxes = []
    for item in items:
        called = item.label if item.id in notes else f"{item.label} ×\u00a0{len(item.mentions)}"
        lines = wrap(called, _NAME, _WIDEST, 2, bold=True)
        said = [f"{value_label(status, language, item.primary)} ×\u00a0{n}" for status, n in item.told.items() if status != "affirmed"]
        said += [f"{edge_label(kind, language)} ×\u00a0{n}" for kind, n in item.events.items()]
        note = wrap(notes.get(item.id, " · ".join(said)), _NOTE, 1.4 * _WIDEST, 1)[0]
        wide = max(*(width(line, _NAME, bold=True) for line in lines), width(note, _NOTE)) + 36
        boxes.append(_Box(item, lines, note, Rect(0, 0, wide, 17.0 * len(lines) + (14 if note else 0) + 11)))
    return boxes


def _ways(bands: Sequence[Band], language: Language) -> dict[str, str]:
    """How emotions are about each character, and how often."""
    ways: dict[str, Counter[str]] = {}
    for band in bands:
        ways.setdefault(band.person, Counter())[band.kind] += len(band.mentions)
    return {
        person: " · ".join(f"{edge_label(kind, language)} ×\u00a0{n}" for kind, n in counts.most_common())
        for person, counts in ways.items()
    }


def _stacked(boxes: Sequence[_Box]) -> dict[str, _Box]:
    """The emotions below each other, with a gap where another primary begins."""
    y, before = 0.0, None
    for box in boxes:
        y += 16 if before not in (None, box.item.primary) else 0
        box.rect.y = y + box.rect.h / 2
        y, before = y + box.rect.h + _GAP, box.item.primary
    return {box.item.id: box for box in boxes}


def _beside(boxes: Sequence[_Box], what: Mapping[str, _Box], bands: Sequence[Band]) -> dict[str, _Box]:
    """Characters as near as can be to the middle of their emotions, none on another."""
    pull: dict[str, list[tuple[float, int]]] = {}
    for band in bands:
        pull.setdefault(band.person, []).append((what[band.emotion].rect.y, len(band.mentions)))
    middle = {person: sum(y * n for y, n in all_) / sum(n for _, n in all_) for person, all_ in pull.items()}
    thick = _thick(bands)
    for box in boxes:  # so high that the lines that leave it can be told apart
        lines = sum(thick[id(band)] for band in bands if band.person == box.item.id)
        box.rect.h = max(box.rect.h, 0.6 * lines + 10)
    order = sorted(boxes, key=lambda box: middle[box.item.id])
    bottom = -math.inf
    for box in order:
        box.rect.y = max(middle[box.item.id], bottom + box.rect.h / 2 + 2 * _GAP)
        bottom = box.rect.y + box.rect.h / 2
    top = max((box.rect.y + box.rect.h / 2 for box in what.values()), default=0.0)
    for box in reversed(order):  # what was pushed below the emotions goes up again
        box.rect.y = min(box.rect.y, top - box.rect.h / 2)
        top = box.rect.y - box.rect.h / 2 - 2 * _GAP
    return {box.item.id: box for box in order}


def _place(*sides: Mapping[str, _Box]) -> None:
    """Columns from left to right, each as wide as its widest box."""
    x = 0.0
    for boxes in sides:
        wide = max((box.rect.w for box in boxes.values()), default=0.0)
        for box in boxes.values():
            box.rect.x = x + wide / 2
        x += wide + _BETWEEN


def _bands(bands: Sequence[Band], people: Mapping[str, _Box], what: Mapping[str, _Box], language: Language) -> list[str]:
    """Lines between characters and emotions: each leaves its boxes at a place of its own, so that they can be told apart."""
    thick = _thick(bands)
    at_person = _ports(bands, thick, lambda band: people[band.person], lambda band: what[band.emotion])
    at_emotion = _ports(bands, thick, lambda band: what[band.emotion], lambda band: people[band.person])
    made = []
    for band in sorted(bands, key=lambda band: -len(band.mentions)):
        person, emotion = people[band.person], what[band.emotion]
        inwards = 1 if person.rect.x < emotion.rect.x else -1
        start = person.rect.x + inwards * person.rect.w / 2, at_person[id(band)]
        end = emotion.rect.x - inwards * emotion.rect.w / 2, at_emotion[id(band)]
        half = (start[0] + end[0]) / 2
        path = f"M{start[0]:.1f} {start[1]:.1f}C{half:.1f} {start[1]:.1f} {half:.1f} {end[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
        count = len(band.mentions)
        said = f"{person.item.label} — {edge_label(band.kind, language)} ×\u00a0{count} — {emotion.item.label}"
        who = attributes(
            class_=f"edge {band.kind.replace(' ', '-')}", data_edge=" ".join(map(name_token, band.ids)), data_kind=band.kind,
            data_count=count, data_mention=_ids(band.mentions), role="graphics-symbol", aria_label=said,
        )  # fmt: skip
        colour = colour_of(str(emotion.item.primary))
        line = attributes(d=path, fill="none", stroke=colour.ink, stroke_width=thick[id(band)], stroke_opacity=0.5)
        made.append(f"<g{who}><title>{words(said)}</title><path{line}/></g>")
    return made


def _thick(bands: Sequence[Band]) -> dict[int, float]:
    """How broad each line is."""
    most = max((len(band.mentions) for band in bands), default=1)
    return {id(band): max(1.2, _BROADEST * math.sqrt(len(band.mentions) / most) - 1.2) for band in bands}


def _ports(
    bands: Sequence[Band], thick: Mapping[int, float], here: Callable[[Band], _Box], there: Callable[[Band], _Box]
) -> dict[int, float]:
    """Where upright each line meets its box here: side by side, in the order of the boxes there."""
    at: dict[int, float] = {}
    sides: dict[str, list[Band]] = {}
    for band in bands:
        sides.setdefault(here(band).item.id, []).append(band)
    for several in sides.values():
        rect = here(several[0]).rect
        total = sum(thick[id(band)] for band in several)
        share = min(1.0, (rect.h - 8) / total)
        y = rect.y - total * share / 2
        for band in sorted(several, key=lambda band: (there(band).rect.y, band.kind)):
            at[id(band)] = y + thick[id(band)] * share / 2
            y += thick[id(band)] * share
    return at


def _ids(mentions: Iterable[int]) -> str:
    return " ".join(map(str, sorted(mentions)))


def _drawn(box: _Box, column: str) -> str:
    item, rect = box.item, box.rect
    said = " ".join(box.lines) + (f" ({box.note})" if box.note else "")
    ink, status = INK, None
    match item.kind:
        case "emotion":
            colour, status = colour_of(str(item.primary)), _status(item)
            hollow = status != "affirmed"
            outline = {"stroke": colour.ink, "stroke_width": 2.0 if hollow else None, "stroke_dasharray": DASHES.get(status)}
            drawing = field(rect, min(rect.h / 2, 22), fill=PAPER if hollow else colour.fill, **outline)
            ink = colour.ink if hollow else colour.on
        case "nobody":
            drawing = field(rect, 3, fill=PAPER, stroke=FAINT, stroke_dasharray="3 3")
        case _:
            drawing, ink = hexagon(rect, fill=INK), PAPER
    y = rect.y - (17.0 * (len(box.lines) - 1) + (14 if box.note else 0)) / 2
    drawing += text(rect.x, y, box.lines, _NAME, ink, 17.0, font_weight="bold")
    drawing += text(rect.x, y + 17.0 * (len(box.lines) - 1) + 15, [box.note], _NOTE, ink) if box.note else ""
    who = attributes(
        class_=f"node {item.kind}", id=f"n-{column}{name_token(item.id)}", data_node=item.id, data_kind=item.kind,
        data_primary=item.primary, data_status=status, data_count=len(item.mentions), data_mention=_ids(item.mentions),
        role="graphics-symbol", aria_label=said,
    )  # fmt: skip
    return f"<g{who}><title>{words(said)}</title>{drawing}</g>"


def _said(found: Columns, language: Language) -> str:
    """The picture in words, for who does not see it: each emotion, who feels it, whom it is about."""
    parts = []
    for item in found.what.values():
        who = [f"{found.who[band.person].label} ×\u00a0{len(band.mentions)}" for band in found.felt if band.emotion == item.id]
        about = [
            f"{edge_label(band.kind, language)} {found.whom[band.person].label} ×\u00a0{len(band.mentions)}"
            for band in found.about
            if band.emotion == item.id
        ]
        parts.append(f"{item.label} ×\u00a0{len(item.mentions)} ({'; '.join([*who, *about])})")
    return ". ".join(parts) + "."

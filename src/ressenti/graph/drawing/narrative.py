"""The picture of one narrative."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ressenti.graph.drawing.geometry import Curve, Rect, edges, place, route
from ressenti.graph.drawing.layout import lay_out
from ressenti.graph.drawing.legend import DASHES, WIDTHS, legend
from ressenti.graph.drawing.page import FAINT, NOTHING, TITLES, arrow, attributes, field, hexagon, line, page, text, words
from ressenti.graph.drawing.scene import CHARACTER, EMOTION, EVENT, LABEL, NARRATOR, NOTE, Box, Link, Scene, scene
from ressenti.graph.drawing.words import width
from ressenti.graph.formats.flatten import name_token
from ressenti.graph.labels import EDGES, NODES, Language, value_label
from ressenti.ontology.pages.colours import INK, PAPER, by_primary, colour_of
from ressenti.schema import INTENSITIES, STATUSES

if TYPE_CHECKING:
    import networkx as nx

_MARGIN = 26.0
_FEW = 8
"""So many lines of « feels » have their word each; of more of them only those that say something else too."""
_SHEET = 620.0


def narrative_svg(graph: nx.MultiDiGraph[str], language: Language = "fr") -> str:
    """The picture of a narrative's graph, as SVG.

    Every node is a group with the class ``node``, an id (``n-`` and its id as a name token), ``data-node`` and ``data-mention``, the ids of
    the mentions that it is about, with blanks between; every line one with the class ``edge``, ``data-edge`` (ids of the edges that it
    stands for, as name tokens) and ``data-mention``. The same graph gives the same bytes.

    Args:
        graph: From `narrative_graph`.
        language: Of the labels, ``fr`` or ``en``.
    """
    drawn = scene(graph, language)
    lay_out(drawn)
    curves = _routes(drawn)
    labels = _labels(drawn, curves)
    boxes = [box.rect for box in drawn.boxes.values()]
    everything = [*boxes, *labels.values(), *(curve.around() for curve in curves)]
    title = TITLES[language].format(graph.graph["id"])
    left, top, right, bottom = edges(everything)
    left, top, right, bottom = left - _MARGIN, top - _MARGIN - 34, right + _MARGIN, bottom + _MARGIN
    short = max(_SHEET, width(title, 15, bold=True) + 2 * _MARGIN if len(title) < 90 else _SHEET) - (right - left)
    left, right = (left - short / 2, right + short / 2) if short > 0 else (left, right)
    body = [text(left + _MARGIN, top + 28, [title], 15, INK, text_anchor="start", font_weight="bold")]
    body += [_edge(link, curve, drawn) for link, curve in zip(drawn.links, curves, strict=True)]
    body += [_label(drawn.links[n], rect, drawn) for n, rect in labels.items()]  # above all lines
    body += [_node(box) for box in drawn.boxes.values()]
    body += [text((left + right) / 2, (top + bottom) / 2 + 14, [NOTHING[language]], 13, INK)] if not boxes else []
    row, high = legend(left + _MARGIN, bottom, right - left - 2 * _MARGIN, *_shown(drawn), language)
    return page([*body, *row], (left, top, right - left, bottom - top + high + 14), title, _said(drawn, language), language)


def _routes(drawn: Scene) -> list[Curve]:
    curves: dict[int, Curve] = {}
    order = sorted(range(len(drawn.links)), key=lambda n: (drawn.links[n].kind != "feels", drawn.links[n].kind == "before", n))
    for n in order:
        link = drawn.links[n]
        ends = drawn.boxes[link.start].rect, drawn.boxes[link.end].rect
        others = [box.rect for box in drawn.boxes.values() if box.id not in (link.start, link.end)]
        curves[n] = route(*ends, others, list(curves.values()), -0.14 if link.kind == "before" else 0.0)
    return [curves[n] for n in range(len(drawn.links))]


def _labels(drawn: Scene, curves: Sequence[Curve]) -> dict[int, Rect]:
    """Where the words of the lines stand, by number of the line; the legend says what lines without words are."""
    boxes = [box.rect for box in drawn.boxes.values()]
    many = sum(1 for link in drawn.links if link.kind == "feels") > _FEW
    placed: dict[int, Rect] = {}
    for n, (link, curve) in sorted(enumerate(zip(drawn.links, curves, strict=True)), key=lambda item: item[1][0].kind == "feels"):
        if link.kind == "before" or (link.kind == "feels" and many and link.status == "affirmed" and len(link.ids) == 1):
            continue
        rect = place(curve, width(link.label, LABEL) + 6, LABEL + 5, boxes, list(placed.values()), curves)
        if rect is not None:
            placed[n] = rect
    return placed


def _stroke(link: Link, drawn: Scene) -> tuple[str, float]:
    """Colour and width of a line: what somebody feels has the emotion's."""
    if link.kind == "before":
        return FAINT, 1.1
    primary = drawn.boxes[link.end].primary if link.kind == "feels" else None
    return (colour_of(primary).ink, WIDTHS[link.intensity]) if primary else (INK, 1.2)


def _label(link: Link, rect: Rect, drawn: Scene) -> str:
    words_ = text(rect.x, rect.y, [link.label], LABEL, _stroke(link, drawn)[0])
    who = attributes(class_="label", data_edge=" ".join(map(name_token, link.ids)), data_mention=_ids(link.mentions), aria_hidden="true")
    return f"<g{who}>{field(rect, 3, fill=PAPER, fill_opacity=0.88)}{words_}</g>"


def _ids(mentions: Sequence[int]) -> str:
    return " ".join(map(str, mentions))


def _edge(link: Link, curve: Curve, drawn: Scene) -> str:
    start, end = drawn.boxes[link.start], drawn.boxes[link.end]
    said = f"{' '.join(start.lines)} — {link.label} — {' '.join(end.lines)}"
    stroke, thick = _stroke(link, drawn)
    drawing = line(curve, stroke=stroke, stroke_width=thick, stroke_dasharray=DASHES.get(link.status), stroke_linecap="round")
    drawing += "" if link.kind == "opposes" else arrow(curve, stroke, 6 if link.kind == "before" else 8 + thick)
    who = attributes(
        class_=f"edge {link.kind.replace(' ', '-')}", id=f"e-{name_token(link.ids[0])}", data_edge=" ".join(map(name_token, link.ids)),
        data_kind=link.kind, data_status=link.status, data_mention=_ids(link.mentions),
        role="graphics-symbol", aria_label=said,
    )  # fmt: skip
    return f"<g{who}><title>{words(said)}</title>{drawing}</g>"


def _node(box: Box) -> str:
    match box.kind:
        case "emotion":
            colour = colour_of(str(box.primary))
            hollow = box.status != "affirmed"
            fill, dash = PAPER if hollow else colour.fill, DASHES.get(box.status)
            outline = {"fill": fill, "stroke": colour.ink, "stroke_width": 2.0 if hollow else None, "stroke_dasharray": dash}
            drawing = field(box.rect, min(box.rect.h / 2, 26), **outline)
            ink, size, leading = colour.ink if hollow else colour.on, EMOTION, 19.0
        case "event":
            drawing = field(box.rect, 3, fill="#ffffff", stroke=FAINT)
            ink, size, leading = INK, EVENT, 16.0
        case _:
            teller = box.kind == "narrator"
            around = Rect(box.rect.x, box.rect.y, box.rect.w + 10, box.rect.h + 8)
            drawing = hexagon(around, fill=PAPER, stroke=INK, stroke_width=1.5) if teller else ""
            drawing += hexagon(box.rect, fill=INK)
            ink, size, leading = PAPER, NARRATOR if teller else CHARACTER, 18.0
    high = leading * (len(box.lines) - 1) + (14 if box.note else 0)
    y = box.rect.y - high / 2
    look = {"font_style": "italic"} if box.kind == "event" else {"font_weight": "bold"}
    drawing += text(box.rect.x, y, box.lines, size, ink, leading, **look)
    if box.note:
        drawing += text(box.rect.x, y + leading * (len(box.lines) - 1) + 16, [box.note], NOTE, ink)
    said = " ".join(box.lines) + (f" ({box.note})" if box.note else "")
    who = attributes(
        class_=f"node {box.kind}", id=f"n-{name_token(box.id)}", data_node=box.id, data_kind=box.kind, data_primary=box.primary,
        data_status=box.status if box.kind == "emotion" else None, data_mention=_ids(box.mentions),
        role="graphics-symbol", aria_label=said,
    )  # fmt: skip
    return f"<g{who}><title>{words(said)}</title>{drawing}</g>"


def _shown(drawn: Scene) -> tuple[list[str], list[str], list[str]]:
    """What the legend explains: primaries, kinds of boxes, lines."""
    primaries = [key for key in by_primary() if any(box.primary == key for box in drawn.boxes.values())]
    kinds = ["character" if box.kind == "narrator" else box.kind for box in drawn.boxes.values()]
    told = {link.status for link in drawn.links} | {box.status for box in drawn.boxes.values()}
    lines = [status for status in STATUSES if status != "affirmed" and status in told]
    felt = {link.intensity for link in drawn.links if link.kind == "feels"}
    lines += [intensity for intensity in INTENSITIES if intensity in felt] if len(felt) > 1 else []
    lines += [kind for kind in ("opposes", "before") if any(link.kind == kind for link in drawn.links)]
    return primaries, [kind for kind in NODES if kind in kinds], lines


def _said(drawn: Scene, language: Language) -> str:
    """The picture in words, for who does not see it."""
    called = {id_: " ".join(box.lines) for id_, box in drawn.boxes.items()}
    before = EDGES["before"][language]

    def about(emotion: str) -> str:
        others = [link for link in drawn.at(emotion) if link.kind not in ("feels", "before")]
        said = [f"{link.label} {called[link.start if link.end == emotion else link.end]}" for link in others]
        return f" ({'; '.join(said)})" if said else ""

    felt = [link for link in drawn.links if link.kind == "feels"]
    parts = [f"{called[link.start]} {link.label} {called[link.end]}{about(link.end)}" for link in felt]
    for box in drawn.boxes.values():
        if box.kind == "emotion" and not any(link.kind == "feels" for link in drawn.at(box.id)):  # of nobody
            status = f" ({value_label(box.status, language)})" if box.status != "affirmed" else ""
            parts.append(f"{called[box.id]}{status}{about(box.id)}")
    steps = [f"{called[link.start]} {before} {called[link.end]}" for link in drawn.links if link.kind == "before"]
    return ". ".join([*parts, *steps]) + ("." if parts else NOTHING[language])

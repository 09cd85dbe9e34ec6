"""The picture of many narratives: their emotions grouped by primary, as large as they are frequent, and what comes before what."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ressenti.graph.drawing.geometry import Curve, Rect, edges, place, route, spread
from ressenti.graph.drawing.legend import DASHES, legend
from ressenti.graph.drawing.page import FAINT, NOTHING, arrow, attributes, field, line, page, text, words
from ressenti.graph.drawing.words import width, wrap
from ressenti.graph.formats.flatten import edge_id, name_token
from ressenti.graph.labels import Language, edge_label, value_label
from ressenti.graph.model import together
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.pages.colours import INK, PAPER, by_primary, colour_of
from ressenti.schema import INTENSITIES, STATUSES

if TYPE_CHECKING:
    import networkx as nx

EMOTIONS, LINES = 40, 30
"""The most that a picture shows of each."""
_LARGEST, _SMALLEST = 66.0, 15.0
_NAME, _SMALL, _HEAD = 13.0, 11.0, 15.0
_APART = 18.0
"""Between two emotions, so that a line can pass."""
_KINDS = ("before", "causes", "leads to")
_TITLE = {
    "fr": "Les émotions de {} récits, avec le nombre de leurs mentions",
    "en": "The emotions of {} narratives, with how often they are told",
}
_ONE = {
    "fr": "Les émotions d’un récit, avec le nombre de leurs mentions",
    "en": "The emotions of one narrative, with how often they are told",
}
_REST = {"fr": "et {} autres émotions, plus rares", "en": "and {} other emotions, less frequent"}


@dataclass(slots=True)
class _Disc:
    """An emotion: its circle, and the words in it or below it."""

    id: str
    key: str
    primary: str
    count: int
    narratives: int
    told: Mapping[str, int]
    """How many of the mentions have each status."""
    radius: float
    lines: Sequence[str]
    inside: bool
    rect: Rect
    """Around circle and words."""

    @property
    def status(self) -> str:
        """Affirmed where any mention is."""
        return together((status, INTENSITIES[0]) for status, count in self.told.items() if count)[0]

    def said(self, language: Language) -> str:
        """Its name, how often it is told, and how often not as felt."""
        others = [f"{value_label(status, language)} × {n}" for status, n in self.told.items() if n and status != "affirmed"]
        return f"{load_emotions()[self.key].labels[language]}: {self.count}" + (f" ({', '.join(others)})" if others else "")

    @property
    def circle(self) -> Rect:
        return Rect(self.rect.x, self.rect.y - self.rect.h / 2 + self.radius, 2 * self.radius, 2 * self.radius, round=True)

    @property
    def name(self) -> list[Rect]:
        """The words below the circle, if they are not in it."""
        high = self.rect.h - 2 * self.radius
        wide = max(width(item, _NAME, bold=True) for item in self.lines)
        return [] if self.inside else [Rect(self.rect.x, self.rect.y + self.rect.h / 2 - high / 2, wide, high - 4)]


def corpus_svg(graph: nx.MultiDiGraph[str], language: Language = "fr", least: int | None = None) -> str:
    """The picture of a corpus graph, as SVG.

    Circles are as large as the emotion has mentions. Lines stand for what is told in the narratives, not for what the ontology says;
    they are as broad as they are frequent. Of more than `EMOTIONS` emotions and `LINES` lines the most frequent are drawn.

    Args:
        graph: From `corpus_graph`.
        language: Of the labels.
        least: How often a line must be told to be drawn; by default as often as leaves no more than `LINES`.
    """
    told = sorted(
        ((data["count"], node) for node, data in graph.nodes(data=True) if data["kind"] == "emotion" and data["count"]),
        key=lambda i: (-i[0], i[1]),
    )
    discs = _discs(graph, [node for _, node in told[:EMOTIONS]], language)
    number = sum(1 for _, data in graph.nodes(data=True) if data["kind"] == "narrative")
    heads = _lay_out(discs, language)
    links = _links(graph, {disc.id for disc in discs}, least)
    by_id = {disc.id: disc for disc in discs}
    curves: list[Curve] = []
    for start, end, *_ in links:
        others = [disc.circle for disc in discs if disc.id not in (start, end)] + [rect for disc in discs for rect in disc.name]
        others += [rect for *_, rect in heads]
        curves.append(route(by_id[start].circle, by_id[end].circle, others, curves, 0.1))
    body = [_line(link, curve, max(n for *_, n in links), language, by_id) for link, curve in zip(links, curves, strict=True)]
    body += [_disc(disc, language) for disc in discs]
    body += _labels(links, curves, discs, heads, language)
    body += [text(rect.x, rect.y, [name], _HEAD, colour_of(key).ink, font_weight="bold") for key, name, rect in heads]
    around = [*(disc.rect for disc in discs), *(rect for *_, rect in heads), *(curve.around() for curve in curves)] or [Rect(0, 0, 300, 60)]
    left, top, right, bottom = edges(around)
    left, top, right, bottom = left - 26, top - 62, right + 26, bottom + 22
    if (short := 620 - (right - left)) > 0:
        left, right = left - short / 2, right + short / 2
    title = _ONE[language] if number == 1 else _TITLE[language].format(number)
    head = [text(left + 26, top + 28, [title], 15, INK, text_anchor="start", font_weight="bold")]
    rest = len(told) - len(discs)
    head += [text(right - 26, top + 28, [_REST[language].format(rest)], _SMALL, FAINT, text_anchor="end")] if rest else []
    head += [text((left + right) / 2, (top + bottom) / 2 + 14, [NOTHING[language]], _NAME, INK)] if not discs else []
    kinds = [status for status in STATUSES if status != "affirmed" and any(disc.status == status for disc in discs)]
    kinds += [kind for kind in ("before",) if any(link[2] == kind for link in links)]
    row, high = legend(
        left + 26, bottom, right - left - 52, [key for key in by_primary() if any(d.primary == key for d in discs)], [], kinds, language
    )
    said = "; ".join(disc.said(language) for disc in discs)
    said += "".join(
        f". {' '.join(by_id[a].lines)} {edge_label(kind, language)} {' '.join(by_id[b].lines)}: {count}" for a, b, kind, count in links
    )
    return page([*head, *body, *row], (left, top, right - left, bottom - top + high + 14), title, said, language)


def _discs(graph: nx.MultiDiGraph[str], nodes: Sequence[str], language: Language) -> list[_Disc]:
    emotions = load_emotions()
    most = max((graph.nodes[node]["count"] for node in nodes), default=1)
    discs = []
    for node in nodes:
        data = graph.nodes[node]
        radius = max(_SMALLEST, _LARGEST * math.sqrt(data["count"] / most))
        lines = wrap(emotions[data["emotion"]].labels[language], _NAME, 120, 2, bold=True)
        wide = max(width(item, _NAME, bold=True) for item in lines)
        inside = wide + 12 < 2 * radius and radius > 24
        rect = Rect(0, 0, max(2 * radius, 0 if inside else wide), 2 * radius + (0 if inside else 17 * len(lines) + 2))
        told = {status: data[status] for status in STATUSES}
        discs.append(_Disc(node, data["emotion"], data["primary"], data["count"], data["narratives"], told, radius, lines, inside, rect))
    return discs


def _lay_out(discs: Sequence[_Disc], language: Language) -> list[tuple[str, str, Rect]]:
    """Place the emotions of each primary together, the primaries around the middle; gives keys, names and places of their headings."""
    emotions = load_emotions()
    members = {key: [disc for disc in discs if disc.primary == key] for key in by_primary()}
    members = {key: several for key, several in members.items() if several}
    total = sum(math.sqrt(len(several)) for several in members.values())
    groups: list[tuple[str, list[_Disc], Rect]] = []
    places: list[Rect] = []
    turn = -0.3 * math.pi
    for key, several in members.items():
        share = math.sqrt(len(several)) / total * 2 * math.pi
        outwards = turn + share / 2
        turn += share
        _cluster(several, outwards)
        box = _around([disc.rect for disc in several])
        groups.append((key, several, box))
        middle = 0.0 if len(members) == 1 else 60.0 + 14 * total
        places.append(Rect(middle * 1.5 * math.sin(outwards), -middle * math.cos(outwards), box.w, box.h + 30))
    spread(places, [False] * len(places), 44)
    heads = []
    for (key, several, box), at in zip(groups, places, strict=True):
        for disc in several:
            disc.rect.x += at.x - box.x
            disc.rect.y += at.y + 15 - box.y
        name = emotions[key].labels[language].upper()
        heads.append((key, name, Rect(at.x, at.y - at.h / 2 + 8, width(name, _HEAD, bold=True), 20)))
    return heads


def _cluster(discs: Sequence[_Disc], outwards: float) -> None:
    """Put the emotions of a primary together like the seeds of a sunflower, the most frequent towards the middle of the picture."""
    turns = [n * math.pi * (3 - math.sqrt(5)) for n in range(len(discs))]
    seeds = [(78 * math.sqrt(n) * math.cos(turn), 62 * math.sqrt(n) * math.sin(turn)) for n, turn in enumerate(turns)]
    seeds.sort(key=lambda seed: seed[0] * math.sin(outwards) - seed[1] * math.cos(outwards))
    for disc, (x, y) in zip(discs, seeds, strict=True):
        disc.rect.x, disc.rect.y = x, y
    spread([disc.rect for disc in discs], [False] * len(discs), _APART)


def _around(rects: Sequence[Rect]) -> Rect:
    left, top, right, bottom = edges(rects)
    return Rect((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


def _links(graph: nx.MultiDiGraph[str], nodes: set[str], least: int | None) -> list[tuple[str, str, str, int]]:
    found = [
        (start, end, data["kind"], data["count"])
        for start, end, data in graph.edges(data=True)
        if start in nodes and end in nodes and data["kind"] in _KINDS and data.get("count", 0) >= (least or 1)
    ]
    if least is None and len(found) > LINES:  # none is drawn before others that are as frequent
        most = sorted((count for *_, count in found), reverse=True)[LINES]
        found = [link for link in found if link[3] > most]
    return sorted(found, key=lambda link: (-link[3], link[2], link[0], link[1]))[:LINES]


def _line(link: tuple[str, str, str, int], curve: Curve, most: int, language: Language, by_id: dict[str, _Disc]) -> str:
    start, end, kind, count = link
    stroke, thick = FAINT if kind == "before" else INK, 1.0 + 4.0 * count / max(most, 4)
    said = f"{' '.join(by_id[start].lines)} — {edge_label(kind, language)} — {' '.join(by_id[end].lines)}: {count}"
    id_ = name_token(edge_id(start, kind, end))
    who = attributes(class_=f"edge {kind.replace(' ', '-')}", id=f"e-{id_}", data_edge=id_, data_kind=kind, data_count=count,
                     role="graphics-symbol", aria_label=said)  # fmt: skip
    drawing = line(curve, stroke=stroke, stroke_width=thick, stroke_opacity=0.75) + arrow(curve, stroke, 7 + thick)
    return f"<g{who}><title>{words(said)}</title>{drawing}</g>"


def _labels(
    links: Sequence[tuple[str, str, str, int]],
    curves: Sequence[Curve],
    discs: Sequence[_Disc],
    heads: Sequence[tuple[str, str, Rect]],
    language: Language,
) -> list[str]:
    """How often, on each line, and of what is no « before » what it is."""
    boxes = [disc.rect for disc in discs] + [rect for *_, rect in heads]
    placed: list[Rect] = []
    made: list[str] = []
    for (_, _, kind, count), curve in zip(links, curves, strict=True):
        if kind == "before" and count == 1:
            continue
        label = str(count) if kind == "before" else edge_label(kind, language) + (f" × {count}" if count > 1 else "")
        rect = place(curve, width(label, _SMALL) + 6, _SMALL + 4, boxes, placed, curves)
        if rect is not None:
            placed.append(rect)
            made.append(
                field(rect, 3, fill=PAPER, fill_opacity=0.88) + text(rect.x, rect.y, [label], _SMALL, FAINT if kind == "before" else INK)
            )
    return [f'<g class="labels" aria-hidden="true">{"".join(made)}</g>'] if made else []


def _disc(disc: _Disc, language: Language) -> str:
    colour, circle = colour_of(disc.primary), disc.circle
    hollow = disc.status != "affirmed"
    outline = {"stroke": colour.ink, "stroke_width": 2.0 if hollow else None, "stroke_dasharray": DASHES.get(disc.status)}
    drawing = f"<circle{attributes(cx=circle.x, cy=circle.y, r=disc.radius, fill=PAPER if hollow else colour.fill, **outline)}/>"
    ink = colour.ink if hollow else colour.on
    if disc.inside:
        y = circle.y - 17.0 * (len(disc.lines) - 1) / 2 - 8
        drawing += text(circle.x, y, disc.lines, _NAME, ink, 17.0, font_weight="bold")
        drawing += text(circle.x, y + 17.0 * len(disc.lines), [str(disc.count)], _SMALL, ink)
    else:
        halo = {"stroke": PAPER, "stroke_width": 3.0, "stroke_linejoin": "round", "paint_order": "stroke"}  # lines pass below the words
        drawing += text(circle.x, circle.y, [str(disc.count)], _SMALL, ink)
        drawing += text(circle.x, circle.y + disc.radius + 10, disc.lines, _NAME, INK, 17.0, font_weight="bold", **halo)
    said = disc.said(language)
    who = attributes(
        class_="node emotion", id=f"n-{name_token(disc.id)}", data_node=disc.id, data_kind="emotion", data_primary=disc.primary,
        data_count=disc.count, data_narratives=disc.narratives, data_status=disc.status, role="graphics-symbol", aria_label=said,
    )  # fmt: skip
    return f"<g{who}><title>{words(said)}</title>{drawing}</g>"

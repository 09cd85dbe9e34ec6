"""A trajectory as a picture: valence above, arousal below it, the emotions as labelled points, told apart without colours too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ressenti.graph.drawing.geometry import Rect
from ressenti.graph.drawing.words import width
from ressenti.graph.labels import Language, narrator_label, value_label
from ressenti.graph.trajectory.series import ALL, NARRATOR, Felt, Point, Series
from ressenti.graph.trajectory.svg import HAIR, QUIET, label, picture, tag, words
from ressenti.graph.trajectory.texts import say
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.pages.colours import INK, PAPER, colour_of
from ressenti.ontology.pages.language import words as stops_of

LEFT, RIGHT, TOP = 100.0, 96.0, 54.0
VALENCE, AROUSAL, BETWEEN, FOOT = 230.0, 104.0, 34.0, 62.0
"""Heights of the strips, of what is between them, and of what is below."""
NARROWEST, WIDEST, STEP = 420.0, 1100.0, 62.0
"""Of the strips, and from one sentence to the next where there is room."""
SIZE = 12.5
RADIUS = {"low": 3.6, "medium": 5.0, "high": 6.6}
_ROUND = ((1, 0), (-1, 0), (0, -1), (0, 1))
"""Where a label may stand: right, left, above, below its point."""


@dataclass(slots=True)
class _Mark:
    """An emotion's point in the picture."""

    felt: Felt
    sentence: int
    x: float
    y: float
    low: float
    """Its height in the strip of arousal."""

    @property
    def radius(self) -> float:
        return RADIUS[self.felt.mention.intensity] if self.felt.own else 3.4


@dataclass(slots=True)
class _Panel:
    """One narrative's part of the picture; heights count from its top."""

    series: Series
    language: Language
    name: str
    across: float
    marks: list[_Mark] = field(default_factory=list)

    def __post_init__(self) -> None:
        for point in self.series.points:
            shown = [felt for felt in point.felt if felt.weight]
            apart = min(2 * RADIUS["high"] + 1, self.step / (len(shown) or 1))
            for number, felt in enumerate(shown):
                x = self.x(point.sentence) + (number - (len(shown) - 1) / 2) * apart
                self.marks.append(_Mark(felt, point.sentence, x, self.y(felt.affect.valence), self.low(felt.affect.arousal)))

    @property
    def step(self) -> float:
        return self.across / max(1, len(self.series.points))

    def x(self, sentence: int) -> float:
        return LEFT + (sentence - 0.5) * self.step

    def y(self, valence: float) -> float:
        return TOP + VALENCE / 2 * (1 - valence)

    def low(self, arousal: float) -> float:
        return TOP + VALENCE + BETWEEN + AROUSAL / 2 * (1 - arousal)

    @property
    def bottom(self) -> float:
        return TOP + VALENCE + BETWEEN + AROUSAL

    @property
    def height(self) -> float:
        return self.bottom + FOOT

    def title(self) -> str:
        return f"{say('trajectory', self.language)} — {self.series.id} ({person(self.series.of, self.language, self.series.narrator)})"

    def description(self) -> str:
        """The emotions by sentence, in words."""
        stops = stops_of(self.language)
        said = [f"{say('sentence', self.language)} {mark.sentence}{stops['colon']}{self.told(mark.felt)}" for mark in self.marks]
        return stops["semicolon"].join(said) or say("nothing", self.language)

    def told(self, felt: Felt) -> str:
        """An emotion in full: what, how strong, whether it is denied, whether it is somebody else's."""
        notes = [] if felt.own else [say("other", self.language)]
        notes += [value_label(v, self.language) for v in (felt.mention.intensity, felt.mention.status) if v not in ("medium", "affirmed")]
        return self.named(felt) + (f" ({', '.join(notes)})" if notes else "")

    def named(self, felt: Felt) -> str:
        return load_emotions()[felt.mention.emotion].labels[self.language]

    def draw(self, down: float) -> str:
        """The panel, moved down."""
        told = tag("g", *self.lines(), *self.points(), *self.labels(), *self.legend(), class_="told")
        return tag("g", *self.frame(), told, id=self.name, transform=f"translate(0 {down:g})")

    def frame(self) -> Iterator[str]:
        """Axes, what their ends mean, the numbers of the sentences."""
        right, said = LEFT + self.across, self.language
        yield label(LEFT, 24, self.series.id, 15, font_weight="bold")
        yield label(LEFT, 41, person(self.series.of, said, self.series.narrator), 12, QUIET)
        for at, up, down in ((self.y, "pleasant", "unpleasant"), (self.low, "excited", "calm")):
            top, middle, bottom = (at(value) for value in (1, 0, -1))
            yield tag("path", d=f"M{LEFT:g} {top:.1f}H{right:g}M{LEFT:g} {bottom:.1f}H{right:g}", stroke=HAIR, stroke_width=1)
            yield tag("path", d=f"M{LEFT:g} {middle:.1f}H{right:g}", stroke=HAIR, stroke_width=1.6)
            yield label(LEFT - 10, top + 9, say(up, said), 12, QUIET, text_anchor="end")
            yield label(LEFT - 10, bottom - 1, say(down, said), 12, QUIET, text_anchor="end")
            yield label(LEFT - 10, middle + 4, "0", 11, QUIET, text_anchor="end")
        every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10**6) if n * self.step >= 24)
        for point in self.series.points:
            if point.sentence == 1 or point.sentence % every == 0:
                x = self.x(point.sentence)
                yield tag("path", d=f"M{x:.1f} {self.bottom:g}v4", stroke=QUIET, stroke_width=1)
                yield label(x, self.bottom + 17, str(point.sentence), 11, QUIET, text_anchor="middle")
        yield label(LEFT - 10, self.bottom + 17, say("sentence", said), 12, QUIET, text_anchor="end")

    def lines(self) -> Iterator[str]:
        """Both lines, each named at its end; broken where nothing is known."""
        for number, (which, at) in enumerate((("valence", self.y), ("arousal", self.low))):
            runs = list(_runs(self.series.points))
            # A lone point has a line of no length, which round ends make a dot
            path = "".join(
                "M"
                + "L".join(f"{self.x(p.sentence):.1f} {at(p.line[number]):.1f}" for p in run if p.line is not None)
                + ("h0" if len(run) == 1 else "")
                for run in runs
            )
            if not path:
                yield label(LEFT + self.across / 2, at(0) - 8, say("nothing", self.language), 12, QUIET, text_anchor="middle")
                continue
            dash = None if which == "valence" else "7 4"
            yield tag(
                "path", d=path, fill="none", stroke=INK, stroke_width=2.4 if which == "valence" else 1.9, stroke_dasharray=dash,
                stroke_linejoin="round", stroke_linecap="round", id=f"{self.name}-{which}",
            )  # fmt: skip
            x, y = self.end(number)
            yield label(x, y + 4, say(which, self.language), SIZE, font_weight="bold")

    def end(self, number: int) -> tuple[float, float]:
        """Where the name of a line begins: beside its last point."""
        value = next((p.line[number] for p in reversed(self.series.points) if p.line is not None), 0.0)
        return LEFT + self.across + 8, (self.y, self.low)[number](value)

    def points(self) -> Iterator[str]:
        """The emotions: a disc, an open ring where only imagined, a crossed ring where denied, a lozenge where another's."""
        for mark in self.marks:
            mention, title = mark.felt.mention, tag("title", f"{mark.sentence} — {words(self.told(mark.felt))}")
            yield tag(
                "g", title, *_shape(mark, mark.y), tag("g", *_shape(mark, mark.low, 0.62), opacity=0.85),
                id=f"{self.name}-m{mention.id}", data_mention=mention.id,
            )  # fmt: skip

    def labels(self) -> Iterator[str]:
        """The person's own emotions by name, where there is room; on no point and no other label, and off the line if possible."""
        taken = _Columns([Rect(mark.x, mark.y, 2 * mark.radius, 2 * mark.radius) for mark in self.marks])
        name = width(say("valence", self.language), SIZE, bold=True)
        x, y = self.end(0)
        taken.add(Rect(x + name / 2, y, name, 15))
        line = _Columns([Rect(*place, 0, 0) for run in _runs(self.series.points) for place in self._along(run)])
        for mark, times in self._alike():
            text = self.named(mark.felt) + (f" ×{times}" if times > 1 else "")
            if mark.felt.mention.status != "affirmed":
                text += f" ({value_label(mark.felt.mention.status, self.language)})"
            box = self._room(mark, width(text, SIZE) * 0.92, taken, line)
            if box is None:
                continue
            taken.add(box)
            ink = colour_of(mark.felt.mention.emotion).ink
            if abs(box.y - mark.y) > 24:
                end = box.y + (7 if box.y < mark.y else -9)
                yield tag("path", d=f"M{mark.x:.1f} {mark.y:.1f}L{box.x:.1f} {end:.1f}", stroke=ink, stroke_width=0.8)
            halo = {"paint_order": "stroke", "stroke": PAPER, "stroke_width": 3, "stroke_linejoin": "round"}
            yield label(box.x, box.y + 4.2, text, SIZE, ink, text_anchor="middle", **halo)

    def _alike(self) -> Iterator[tuple[_Mark, int]]:
        """The person's own marks, one for those of a sentence that are called the same, and how many they are."""
        groups: dict[tuple[int, str, str], list[_Mark]] = {}
        for mark in self.marks:
            if mark.felt.own:
                groups.setdefault((mark.sentence, mark.felt.mention.emotion, mark.felt.mention.status), []).append(mark)
        yield from ((group[-1], len(group)) for group in groups.values())

    def _room(self, mark: _Mark, wide: float, taken: _Columns, line: _Columns) -> Rect | None:
        best, least = None, float("inf")
        for further in (0, 15, 30, 45):
            for number, (right, down) in enumerate(_ROUND):
                x = mark.x + right * (wide / 2 + mark.radius + 5)
                y = mark.y + down * (mark.radius + 10 + further)
                for aside in (0, -0.35, 0.35) if down else (0,):
                    box = Rect(x + aside * wide, y, wide, 14)
                    inside = box.x - wide / 2 >= LEFT and box.x + wide / 2 <= LEFT + self.across + RIGHT - 6
                    if not inside or not TOP - 8 <= box.y <= TOP + VALENCE + 8 or taken.any_near(box, 1.5):
                        continue
                    cost = 10 * line.count(box) + further + number + abs(aside) * 3
                    if cost < least:
                        best, least = box, cost
        return best

    def _along(self, run: Sequence[Point]) -> Iterator[tuple[float, float]]:
        places = [(self.x(p.sentence), self.y(p.line.valence)) for p in run if p.line is not None]
        for (x, y), (x2, y2) in pairwise(places):
            samples = max(1, min(8, round(self.step / 6)))
            yield from ((x + (x2 - x) * n / samples, y + (y2 - y) * n / samples) for n in range(samples))
        yield from places[-1:]

    def legend(self) -> Iterator[str]:
        """What the shapes mean, of those that occur beside the disc."""
        x, y = LEFT, self.bottom + 42
        kinds = [(mark, "other" if not mark.felt.own else mark.felt.mention.status) for mark in self.marks]
        for kind in ("affirmed", "hypothetical", "negated", "other"):
            sample = next((mark for mark, of in kinds if of == kind), None)
            if sample is None or {of for _, of in kinds} == {"affirmed"}:
                continue
            plain = _Mark(sample.felt, 0, x + 6, y - 4, 0)
            yield from _shape(plain, plain.y, 4.6 / plain.radius, INK)
            text = say("other", self.language) if kind == "other" else value_label(kind, self.language)
            yield label(x + 17, y, text, 11.5, QUIET)
            x += width(text, 11.5) + 42


class _Columns:
    """Rectangles by the columns of the picture that they touch, so that a long text's are not all compared with each other."""

    _BROAD = 64.0

    def __init__(self, rects: Iterable[Rect]) -> None:
        self._columns: dict[int, list[Rect]] = {}
        for rect in rects:
            self.add(rect)

    def add(self, rect: Rect) -> None:
        for column in self._touched(rect, 0):
            self._columns.setdefault(column, []).append(rect)

    def any_near(self, rect: Rect, gap: float) -> bool:
        """Whether any is nearer than ``gap``."""
        return any(self._near(rect, gap))

    def count(self, rect: Rect) -> int:
        """How many overlap; one that touches several columns may count more than once."""
        return sum(self._near(rect, 0.0))

    def _near(self, rect: Rect, gap: float) -> Iterator[bool]:
        return (rect.overlaps(other, gap) for column in self._touched(rect, gap) for other in self._columns.get(column, ()))

    def _touched(self, rect: Rect, gap: float) -> range:
        left, right = rect.x - rect.w / 2 - gap, rect.x + rect.w / 2 + gap
        return range(int(left // self._BROAD), int(right // self._BROAD) + 1)


def trajectories_svg(several: Sequence[Series], language: Language = "fr", name: str = "trajectory") -> str:
    """A picture of one narrative's trajectory, or of several below each other.

    Args:
        several: At least one.
        language: Of the words.
        name: What the ids in it begin with; give each picture of a page its own.

    Returns:
        An SVG document that needs no other file and holds no words of a narrative.
    """
    longest = max(len(one.points) for one in several)
    across = min(WIDEST, max(NARROWEST, longest * STEP))
    panels = [_Panel(one, language, f"{name}-{number}", across) for number, one in enumerate(several, 1)]
    title = panels[0].title() if len(panels) == 1 else say("trajectory", language)
    shapes, down = [], 0.0
    for panel in panels:
        shapes.append(panel.draw(down))
        down += panel.height
    told = [
        panel.description() if len(panels) == 1 else f"{panel.title()}{stops_of(language)['colon']}{panel.description()}"
        for panel in panels
    ]
    return picture(LEFT + across + RIGHT, down, name, title, ". ".join(told) + ".", *shapes)


def person(of: str, language: Language, narrator: str | None = None) -> str:
    """Whose series it is, in words; others than the narrator by their id: a name is of the narrative.

    Args:
        of: The id of an entity, or ``all``.
        language: Of the words.
        narrator: What the narrative’s agreement calls its narrator; None for the narrators of several, or where it is not known.
    """
    if of == NARRATOR:
        return narrator_label(narrator, language) if narrator else say("narrator", language)
    return say("all", language) if of == ALL else of


def _runs(points: Sequence[Point]) -> Iterator[list[Point]]:
    """Neighbouring points whose line is known."""
    run: list[Point] = []
    for point in points:
        if point.line is not None:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _shape(mark: _Mark, y: float, scale: float = 1.0, ink: str | None = None) -> list[str]:
    colour, radius = colour_of(mark.felt.mention.emotion), mark.radius * scale
    line = ink or colour.ink
    if not mark.felt.own:
        r = radius * 1.25
        return [tag("path", d=f"M{mark.x:.1f} {y - r:.1f}l{r:.1f} {r:.1f}l{-r:.1f} {r:.1f}l{-r:.1f} {-r:.1f}z", fill=PAPER, stroke=line)]
    filled = mark.felt.mention.status == "affirmed"
    disc = tag("circle", cx=mark.x, cy=y, r=radius, fill=(ink or colour.fill) if filled else PAPER, stroke=line, stroke_width=1.4)
    if mark.felt.mention.status != "negated":
        return [disc]
    r = radius * 0.7
    cross = f"M{mark.x - r:.1f} {y - r:.1f}l{2 * r:.1f} {2 * r:.1f}m0 {-2 * r:.1f}l{-2 * r:.1f} {2 * r:.1f}"
    return [disc, tag("path", d=cross, stroke=line, stroke_width=1.4)]

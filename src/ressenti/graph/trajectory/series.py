"""A narrative as a series: a point a sentence, what is felt there, and the line smoothed through the points.

The values of a sentence are the mean over its emotions, weighted by confidence, status and who feels them; each emotion lies as far from
the neutral point as its intensity says. The line is a kernel regression over the sentences (E. A. Nadaraya 1964; G. S. Watson 1964) with
a Gaussian kernel and the neutral point beside them, so that it bridges sentences without emotion and fades where little is told.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log, sqrt

from ressenti.graph.trajectory.values import Affect, load_values
from ressenti.rules.spelling.stops import cut
from ressenti.rules.text import read, sentences
from ressenti.schema import Mention, Narrative, Span

NEUTRAL = Affect(0.0, 0.1)
NARRATOR, ALL = "NARRATOR", "all"
_REACH = 6.0
"""Standard deviations beyond which the kernel is taken as zero."""


@dataclass(frozen=True, slots=True)
class Method:
    """How mentions become a line; docs/trajectory.md has the figures from which the defaults follow.

    Attributes:
        window: Width of the kernel at half its height, in sentences; 0 for no smoothing: then a sentence without emotion has no values.
        intensity: How far from the neutral point an emotion lies, as a factor on its distance.
        status: What an emotion weighs. One that is denied weighs as the neutral point: « je n'étais pas triste » is no joy.
        others: What an emotion of somebody else weighs for the narrator, whom it moves; for anybody else it weighs nothing.
        pull: What the neutral point weighs beside the sentences around.
        neutral: Where a sentence lies that tells of no emotion.
        values: Of the emotions, by key; an emotion that is not there is left out.
    """

    window: float = 1.0
    intensity: Mapping[str, float] = field(default_factory=lambda: {"low": 0.7, "medium": 1.0, "high": 1.3})
    status: Mapping[str, float] = field(default_factory=lambda: {"affirmed": 1.0, "hypothetical": 0.25, "negated": 0.5})
    others: float = 0.25
    pull: float = 0.1
    neutral: Affect = NEUTRAL
    values: Mapping[str, Affect] = field(default_factory=load_values)


@dataclass(frozen=True, slots=True)
class Felt:
    """An emotion in its sentence.

    Attributes:
        mention: The mention.
        own: Whether it is of the person whose series this is; else it is another's.
        affect: Its values, intensity and status taken in.
        weight: From 0 to 1.
    """

    mention: Mention
    own: bool
    affect: Affect
    weight: float


@dataclass(slots=True)
class Point:
    """One sentence.

    Attributes:
        sentence: Its number, from 1.
        span: Where it stands.
        felt: Its emotions, in reading order.
        affect: The mean of them; None where none weighs anything.
        weight: What the sentence weighs for the line, from 0 to 1.
        line: The smoothed values; None of a narrative without any, and without smoothing as `affect`.
    """

    sentence: int
    span: Span
    felt: list[Felt] = field(default_factory=list)
    affect: Affect | None = None
    weight: float = 0.0
    line: Affect | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The trajectory of a narrative.

    Attributes:
        id: Of the narrative.
        of: Whose it is: the id of an entity, or ``all``.
        points: One a sentence.
        narrator: What the narrative’s agreement calls the narrator, ``narrateur`` or ``narratrice``; None where it has no narrator.
    """

    id: str
    of: str
    points: Sequence[Point]
    narrator: str | None = None

    @property
    def told(self) -> bool:
        """Whether there is any emotion in it."""
        return any(point.affect is not None for point in self.points)


def sentence_spans(text: str) -> list[Span]:
    """The sentences of a text, cut as the rules cut it."""
    reading = read(text)
    return [reading.original(*piece) for span in sentences(reading.text) for piece in cut(reading.text, span)]


def series(narrative: Narrative, of: str = NARRATOR, method: Method | None = None) -> Series:
    """The trajectory of a narrative.

    Args:
        narrative: An annotated narrative.
        of: Whose feelings count in full: ``NARRATOR``, whose are also those that nobody is said to feel; the id of another entity; or
            ``all`` for everybody's alike.
        method: How mentions become a line.
    """
    method = method or Method()
    points = [Point(number, span) for number, span in enumerate(sentence_spans(narrative.text), 1)]
    starts = [point.span[0] for point in points]
    felt_by = experiencers(narrative)
    for mention in narrative.mentions:
        if points and mention.emotion in method.values:
            own = belongs(felt_by[mention.id], of)
            felt = _felt(mention, own, 1.0 if own else method.others if of == NARRATOR else 0.0, method)
            points[max(0, bisect_right(starts, mention.cue[0][0]) - 1)].felt.append(felt)
    for point in points:
        total = sum(felt.weight for felt in point.felt)
        if total:
            point.weight = min(1.0, total)
            point.affect = _mean([(felt.affect, felt.weight) for felt in point.felt])
    _draw_line(points, method)
    narrator = next((entity.label for entity in narrative.entities if entity.id == NARRATOR), None)
    return Series(narrative.id, of, points, narrator)


def experiencers(narrative: Narrative) -> dict[int, frozenset[str | None]]:
    """Who feels each mention: ids of entities, None among them for people that are no entity; empty where nobody is said to feel it."""
    at = {span: entity.id for entity in narrative.entities for span in entity.mentions}
    found: dict[int, set[str | None]] = {mention.id: set() for mention in narrative.mentions}
    for role in narrative.roles:
        if role.role == "experiencer":
            found[role.mention].add(role.entity or at.get(role.span))
    return {id_: frozenset(who) for id_, who in found.items()}


def belongs(felt_by: frozenset[str | None], of: str) -> bool:
    """Whether an emotion is of a person; what nobody is said to feel is the narrator's, who tells it."""
    return of == ALL or of in felt_by or (of == NARRATOR and not felt_by)


def _felt(mention: Mention, own: bool, share: float, method: Method) -> Felt:
    weight = mention.confidence * method.status[mention.status] * share
    if mention.status == "negated":
        return Felt(mention, own, method.neutral, weight)
    factor, value = method.intensity[mention.intensity], method.values[mention.emotion]
    moved = (zero + factor * (number - zero) for number, zero in zip(value, method.neutral, strict=True))
    return Felt(mention, own, Affect(*(max(-1.0, min(1.0, number)) for number in moved)), weight)


def _mean(items: Sequence[tuple[Affect, float]]) -> Affect:
    total = sum(weight for _, weight in items)
    return Affect(sum(a.valence * w for a, w in items) / total, sum(a.arousal * w for a, w in items) / total)


def _draw_line(points: Sequence[Point], method: Method) -> None:
    """Smooth; the time grows with the sentences, however long the text."""
    told = [point for point in points if point.affect is not None]
    if not method.window or not told:
        for point in points:
            point.line = point.affect
        return
    deviation = method.window / (2 * sqrt(2 * log(2)))
    numbers = [point.sentence for point in told]
    for point in points:
        place = bisect_left(numbers, point.sentence)
        near = min(abs(number - point.sentence) for number in numbers[max(0, place - 1) : place + 1])
        # Without the neutral point the nearest sentence, however far, sets the scale: else all weights would vanish
        scale = 0 if method.pull else near
        reach = scale + _REACH * deviation
        first, last = bisect_left(numbers, point.sentence - reach), bisect_right(numbers, point.sentence + reach)
        weighed = [(method.neutral, method.pull)] if method.pull else []
        for other in told[first:last]:
            distance = other.sentence - point.sentence
            weight = other.weight * exp((scale**2 - distance**2) / (2 * deviation**2))
            weighed.append((other.affect or method.neutral, weight))
        point.line = _mean(weighed)

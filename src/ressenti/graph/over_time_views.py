"""The comparison over time to be read: as text, as a table, and as a strip in SVG."""

from __future__ import annotations

from collections.abc import Iterator

from ressenti.corpora.harmless import one_line
from ressenti.graph.labels import Language
from ressenti.graph.over_time import EMOTION, KINDS, WORD, Moment, OverTime, Row
from ressenti.graph.patterns.wording import Wording, headed, named
from ressenti.graph.trajectory.svg import words
from ressenti.ontology.pages.colours import INK, PAPER, colour_of

COLUMNS = ("kind", "key", "label", "narrative", "date", "count", "course")
FEW = 10
"""Narratives below which the report says that they are few."""
_ABSENT = "·"
_CELL, _HIGH, _LEFT, _TOP, _MARGIN, _RIGHT = 46, 26, 230, 78, 14, 96


def text(found: OverTime, language: Language = "fr", least: int = 2) -> str:
    """The comparison as a report with a strip of numbers for each emotion, cause and character.

    Args:
        found: The comparison.
        language: ``fr`` or ``en``.
        least: Narratives in which a row must be, else it is only counted.
    """
    say = Wording(language)
    lines = [headed(_title(found, say))]
    lines += [f"{n:>4}  {_when(moment)}{one_line(moment.id)}" for n, moment in enumerate(found.moments, start=1)]
    cell = max([3, *(len(str(count)) + 2 for row in found.rows for count in row.counts)])
    columns = range(1, len(found.moments) + 1)
    left = max([24, *(len(label(row, say)) for row in found.rows if _wide(row, least))])
    lines += ["", f"  {'':{left}}{''.join(f'{n:>{cell}}' for n in columns)}"]
    lines += [f"  {say('over_mentions'):{left}}{''.join(f'{moment.mentions:>{cell}}' for moment in found.moments)}"]
    for kind in KINDS:
        rows = [row for row in found.rows if row.kind == kind]
        shown = [row for row in rows if _wide(row, least)]
        if not rows:
            continue
        lines += ["", say(f"over_{kind}")]
        for row in shown:
            counts = "".join(f"{count or _ABSENT:>{cell}}" for count in row.counts)
            lines.append(f"  {label(row, say):{left}}{counts}   {say(row.course)}")
        if len(rows) > len(shown):
            lines.append(f"  {say('rare', n=len(rows) - len(shown))}")
    few = len(found.moments) < FEW
    caution = say("caution" if few else "caution_many", n=len(found.moments))
    return "\n".join([*lines, "", say("legend"), say("legend_courses"), caution, ""])


def label(row: Row, say: Wording) -> str:
    """What a row is called in a report."""
    if row.kind == "emotion" or row.key.startswith(EMOTION):
        return say.emotion(row.key.removeprefix(EMOTION))
    name = one_line(row.label)
    if row.kind == "cause" and row.key.startswith(WORD):
        return say("word", word=say.quote(name))
    return named(name)


def rows(found: OverTime) -> Iterator[tuple[str, ...]]:
    """The rows of the table, in the order of `COLUMNS`: one for each row and narrative."""
    for row in found.rows:
        for moment, count in zip(found.moments, row.counts, strict=True):
            date = "" if moment.date is None else moment.date.isoformat()
            yield row.kind, row.key, row.label, moment.id, date, str(count), row.course


def svg(found: OverTime, language: Language = "fr", least: int = 2) -> str:
    """The strip as a picture: a column a narrative, a row an emotion, cause or character; every field holds its number."""
    say = Wording(language)
    shown = [row for row in found.rows if _wide(row, least)]
    parts: list[str] = []
    y = _TOP
    for kind in KINDS:
        several = [row for row in shown if row.kind == kind]
        if not several:
            continue
        parts.append(_text(_MARGIN, y + 17, say(f"over_{kind}"), weight="bold"))
        y += _HIGH
        for row in several:
            parts += _row(row, y, label(row, say), say(row.course))
            y += _HIGH
        y += 10
    width, height = _LEFT + _CELL * len(found.moments) + _RIGHT, y + _MARGIN
    title = _title(found, say)
    head = [_text(_MARGIN, 24, title, weight="bold", size=15)]
    for n, moment in enumerate(found.moments):
        middle = _LEFT + _CELL * n + _CELL / 2
        head.append(_text(middle, 48, str(n + 1), anchor="middle", weight="bold"))
        if moment.date is not None:
            head.append(_text(middle, 64, f"{moment.date.day}/{moment.date.month}/{moment.date.year % 100:02}", anchor="middle", size=10))
    description = "; ".join(f"{label(row, say)}: {' '.join(map(str, row.counts))}, {say(row.course)}" for row in shown)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'lang="{language}" font-family="system-ui, sans-serif">\n<title>{words(title)}</title>\n<desc>{words(description)}</desc>\n'
        f'<rect width="{width}" height="{height}" fill="{PAPER}"/>\n' + "\n".join(head + parts) + "\n</svg>\n"
    )


def _title(found: OverTime, say: Wording) -> str:
    return say("over_time", n=len(found.moments), order=say("as_given") if found.by is None else say("by_date", by=found.by))


def _row(row: Row, y: int, name: str, course: str) -> Iterator[str]:
    fill, ink = _colours(row)
    yield _text(_LEFT - 10, y + 17, name if len(name) <= 32 else name[:31] + "…", anchor="end")
    for n, count in enumerate(row.counts):
        x = _LEFT + _CELL * n
        if count:
            yield f'<rect x="{x + 2}" y="{y + 2}" width="{_CELL - 4}" height="{_HIGH - 4}" rx="4" fill="{fill}"/>'
            yield _text(x + _CELL / 2, y + 17, str(count), anchor="middle", fill=ink, weight="bold")
        else:
            yield _text(x + _CELL / 2, y + 17, _ABSENT, anchor="middle")
    yield _text(_LEFT + _CELL * len(row.counts) + 10, y + 17, course, size=12)


def _colours(row: Row) -> tuple[str, str]:
    """Field and number: an emotion has its primary’s colour, all else the colour of the text."""
    if row.kind != "emotion" and not row.key.startswith(EMOTION):
        return INK, PAPER
    colour = colour_of(row.key.removeprefix(EMOTION))
    return colour.fill, colour.on


def _text(x: float, y: float, said: str, *, anchor: str = "start", size: int = 13, weight: str = "normal", fill: str = INK) -> str:
    style = f'text-anchor="{anchor}" font-size="{size}" font-weight="{weight}" fill="{fill}"'
    return f'<text x="{x:g}" y="{y:g}" {style}>{words(said)}</text>'


def _wide(row: Row, least: int) -> bool:
    return sum(map(bool, row.counts)) >= least


def _when(moment: Moment) -> str:
    return "" if moment.date is None else f"{moment.date.isoformat()}  "

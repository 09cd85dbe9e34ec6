"""An account as people read it: in colour with its cues and roles, and what was found below it."""

from __future__ import annotations

import io
import os
import shutil
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TextIO

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.style import Style
from rich.text import Text

from ressenti.corpora.harmless import harmless, one_line
from ressenti.corpora.marks import NARRATOR, Mark, ends, marks, paragraphs, superscript
from ressenti.corpora.writing import cue
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import Mention, Narrative, Role, Span

NARROW, WIDE = 40, 100
"""The least and the greatest width: longer lines are hard to read."""

# Okabe and Ito's colours, told apart by colour-blind people, behind black letters: legible on dark and light terminals.
COLOURS = {
    "love": "#cc79a7",
    "joy": "#f0e442",
    "surprise": "#e69f00",
    "anger": "#d55e00",
    "sadness": "#56b4e9",
    "fear": "#009e73",
}
MODES = {"labelled": "nommée", "behavioural": "montrée", "displayed": "dans la manière de dire", "suggested": "suggérée"}
STATUSES = {"affirmed": "", "negated": "niée", "hypothetical": "hypothétique"}
INTENSITIES = {"low": "faible", "medium": "moyenne", "high": "forte"}
ROLES = {"experiencer": "qui", "cause": "cause", "target": "envers", "consequence": "conséquence"}

_SPACE = "\N{NO-BREAK SPACE}"
_LONGEST = 60
_MARGIN = 2
_ROLE = Style(underline=True)
_FAINT = Style(dim=True)
_STRONG = Style(bold=True)


def colours_wanted(choice: str, stream: TextIO | None) -> bool:
    """Whether to write in colour.

    Args:
        choice: ``always``, ``never``, or ``auto``: on a terminal, unless NO_COLOR is set (https://no-color.org).
        stream: The stream it goes to, None for a file.
    """
    if choice != "auto":
        return choice == "always"
    return stream is not None and stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """The terminal's width, within reason."""
    return min(max(shutil.get_terminal_size().columns, NARROW), WIDE)


def render(narrative: Narrative, *, colour: bool = False, width: int = 80) -> str:
    """The account with its marks and the list of its mentions, line ends included.

    Without colour a cue stands in ``[…]`` with the number of its mention and a role in ``{…}``.
    """
    return painted(lines(narrative, colour=colour, width=width), colour=colour, width=width)


def painted(page: Iterable[Text], *, colour: bool, width: int) -> str:
    """Lines as the terminal takes them, each with its end; colours as many as it can show."""
    buffer = io.StringIO()
    console = Console(
        file=buffer, width=width, force_terminal=colour, color_system=_system() if colour else None, no_color=not colour,
        legacy_windows=False, markup=False, emoji=False, highlight=False,
    )  # fmt: skip
    console.print(Text("\n").join(page), soft_wrap=True)
    return buffer.getvalue()


def lines(narrative: Narrative, *, colour: bool, width: int) -> Iterator[Text]:
    """The lines of :func:`render`, each at most ``width`` cells wide."""
    yield _header(narrative, width)
    yield Text()
    text = harmless(narrative.text)
    found = marks(narrative)
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    shown = [(start, end) for start, end in paragraphs(text) if first <= end and start < last]
    for line in _account(text, shown, found, colour) if shown else [Text().append("(vide)", _FAINT)]:
        for part in wrap(line, width - 2 * _MARGIN):
            yield Text(" " * _MARGIN).append_text(part) if part else part
    yield Text()
    if shown and not narrative.mentions:
        yield Text(" " * _MARGIN).append("aucune émotion trouvée", _FAINT)
        yield Text()
    if narrative.mentions:
        yield from _list(narrative, colour, width)
        yield Text()


def wrap(text: Text, width: int) -> list[Text]:
    """Break a line at its blanks; non-breaking spaces hold, and only a word longer than a line is cut."""
    plain, breaks, used, at = text.plain, [], 0, 0
    if cell_len(plain) <= width:
        return [text]
    for piece in plain.split(" "):
        size = cell_len(piece)
        if used and used + size > width:
            breaks.append(at)
            used = 0
        if size > width:  # an address, a row of dashes
            for offset, char in enumerate(piece):
                if used + cell_len(char) > width:
                    breaks.append(at + offset)
                    used = 0
                used += cell_len(char)
        else:
            used += size
        used += 1
        at += len(piece) + 1
    parts = list(text.divide(breaks))
    for part in parts:
        part.rstrip()
    return parts


def _system() -> Literal["truecolor", "256", "standard"]:
    """The colours that the terminal can show; where it does not say, those that nearly all can."""
    match Console(force_terminal=True).color_system:
        case "truecolor" | "windows":
            return "truecolor"
        case "standard":
            return "standard"
        case _:
            return "256"


def _header(narrative: Narrative, width: int) -> Text:
    count = len(narrative.mentions)
    right = f" {count} mention{'s' if count > 1 else ''} ──" if count else "──"
    name = one_line(narrative.id) or "—"
    room = width - cell_len(right) - 5
    if cell_len(name) > room:
        name = set_cell_size(name, room - 1).rstrip() + "…"
    rule = "─" * (width - cell_len(right) - cell_len(name) - 4)
    return Text.assemble(("── ", _FAINT), (name, _STRONG), (f" {rule}{right}", _FAINT))


def _account(text: str, shown: Sequence[Span], found: Sequence[Mark], colour: bool) -> Iterator[Text]:
    """Each line of the account with the marks that touch it."""
    closing = ends(found)
    starts, stops = [mark.start for mark in found], [mark.end for mark in closing]
    open_: list[Mark] = []
    for start, end in shown:
        new = found[bisect_left(starts, start) : bisect_left(starts, end + 1)]
        open_ = [mark for mark in open_ if mark.end > start] + list(new)
        closed = closing[bisect_left(stops, start + 1) : bisect_left(stops, end + 2)]
        yield _coloured(text, start, end, open_, closed) if colour else _bracketed(text, start, end, new, closed)


def _coloured(text: str, start: int, end: int, open_: Sequence[Mark], closed: Sequence[Mark]) -> Text:
    line = Text(text[start:end])
    # Roles first: a cue inside one is drawn over it.
    for mark in sorted(open_, key=lambda mark: (mark.mention is not None, mark.start - mark.end)):
        line.stylize(_style(mark), max(mark.start - start, 0), min(mark.end, end) - start)
    numbers: dict[int, Text] = {}
    for mark in closed:
        if mark.mention is not None:
            number = numbers.setdefault(min(mark.end, end) - start, Text())
            number.append("·" if number else "", _FAINT).append(superscript(mark.mention), _style(mark))
    parts = line.divide(numbers)
    for part, number in zip(parts, numbers.values(), strict=False):
        part.append_text(number)
    return Text().join(parts)


def _bracketed(text: str, start: int, end: int, new: Sequence[Mark], closed: Sequence[Mark]) -> Text:
    signs: dict[int, str] = {}
    for mark in closed:
        at = min(mark.end, end)
        signs[at] = signs.get(at, "") + ("}" if mark.mention is None else "]" + superscript(mark.mention))
    for mark in new:
        signs[mark.start] = signs.get(mark.start, "") + ("{" if mark.mention is None else "[")
    at, pieces = start, []
    for place in sorted(signs):
        pieces += [text[at:place], signs[place]]
        at = place
    return Text("".join((*pieces, text[at:end])))


def _style(mark: Mark) -> Style:
    return _ROLE if mark.mention is None else _chip(mark.primary, mark.status)


def _chip(primary: str, status: str) -> Style:
    """A cue on its emotion's colour: struck through when the emotion is denied, slanted when it is only thought of."""
    shape = Style(bold=True, strike=status == "negated" or None, italic=status == "hypothetical" or None)
    return shape + (Style(color="#000000", bgcolor=COLOURS[primary]) if primary in COLOURS else Style(reverse=True))


def _list(narrative: Narrative, colour: bool, width: int) -> Iterator[Text]:
    """A mention a line: number, cue, emotion and qualities; below it its roles."""
    text, roles = narrative.text, narrative.roles_by_mention()
    labels = {entity.id: entity.label for entity in narrative.entities}
    digits = len(str(narrative.mentions[-1].id))
    cues = [_shortened(cue(text, mention.cue), width // 3) for mention in narrative.mentions]
    column = max(map(cell_len, cues)) + 4
    indent = _MARGIN + digits + 2
    for mention, said in zip(narrative.mentions, cues, strict=True):
        quoted = Text.assemble(f"«{_SPACE}", (said, _chip(mention.primary, mention.status) if colour else ""), f"{_SPACE}»")
        line = Text().append(f"{mention.id:>{_MARGIN + digits}}  ", _FAINT).append_text(quoted)
        line.append(" " * (column - cell_len(quoted.plain) + 2))
        yield from _hanging(line, _qualities(mention), width, indent + 2)
        if mine := roles.get(mention.id):
            yield from _hanging(Text(" " * indent), _roles(mine, text, labels), width, indent + 2)


def _qualities(mention: Mention) -> Text:
    emotions = load_emotions()
    names = [emotions[key].labels["fr"] if key in emotions else key for key in (mention.emotion, mention.primary)]
    found = Text().append(names[0], _STRONG)
    if mention.emotion != mention.primary:
        found.append(f" ({names[1]})")
    status = STATUSES.get(mention.status, mention.status)
    qualities = [MODES.get(mention.mode, mention.mode), INTENSITIES.get(mention.intensity, mention.intensity)]
    found.append("".join(f" · {quality}" for quality in qualities), _FAINT)
    if status:
        found.append(" · ", _FAINT).append(status, Style(italic=True, bold=True))
    if mention.source.startswith("model:"):  # nobody is to take it for a rule's word
        sure = "" if mention.confidence is None else f", {mention.confidence * 100:.0f}{_SPACE}%"
        found.append(" · ", _FAINT).append(f"selon le modèle{sure}", Style(italic=True))
    return found


def _roles(roles: Sequence[Role], text: str, labels: dict[str, str]) -> Text:
    """« qui : je (narrateur) · cause : l’orage », in the order of the scheme."""
    found = Text()
    for kind, label in ROLES.items():
        fillers = [_filler(role, text, labels) for role in roles if role.role == kind]
        if fillers:
            found.append(" · " if found else "", _FAINT).append(f"{label}{_SPACE}: ", _FAINT)
            found.append_text(Text(", ").join(fillers))
    return found


def _filler(role: Role, text: str, labels: dict[str, str]) -> Text:
    said = one_line(text[slice(*role.span)])
    found = Text(_shortened(said, _LONGEST))
    named = one_line(labels.get(role.entity or "", ""))
    if named and (role.entity == NARRATOR or named.casefold() != said.casefold()):
        found.append(f" ({_shortened(named, _LONGEST // 2)})", _FAINT)
    return found


def _shortened(text: str, room: int) -> str:
    return text if cell_len(text) <= room else set_cell_size(text, room - 1).rstrip() + "…"


def _hanging(first: Text, rest: Text, width: int, indent: int) -> Iterator[Text]:
    """``rest`` after ``first``, and what has no room there below it, indented."""
    room = width - cell_len(first.plain)
    parts = wrap(rest, room) if room >= NARROW // 2 else []
    if not parts:
        first.rstrip()
        yield first
        first, parts = Text(" " * indent), wrap(rest, width - indent)
    yield first.append_text(parts[0])
    below = Text(" ").join(parts[1:])
    if below:
        for part in wrap(below, width - indent):
            yield Text(" " * indent).append_text(part)

"""What the reviewer sees of one term, as lines that fit the terminal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text

from ressenti.corpora.harmless import one_line
from ressenti.corpora.terminal import COLOURS, wrap
from ressenti.ontology.emotions import Emotions
from ressenti.ontology.vocabulary import Entry
from ressenti.rules.text import read
from ressenti.vocab_builder.proposal import Near, Proposal
from ressenti.vocab_builder.review.decisions import Decision
from ressenti.vocab_builder.review.examples import Finder
from ressenti.vocab_builder.review.names import ARROW

NARROW, WIDE, LOW = 40, 100, 12
"""Least and greatest width that is filled, and the least height."""
_LABEL = 10
_BAR = 10
_FAINT, _STRONG = Style(dim=True), Style(bold=True)
KEYS = (
    ("c", "correct"), ("b", "broader"), ("n", "narrower"), ("o", "other"), ("1–5", "that one"), ("x", "not emotional"),
    ("?", "unsure"), ("s", "skip"), ("u", "undo"), ("e", "edit"), ("h", "help"), ("q", "quit"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class View:
    """Everything that the page of one term shows.

    Attributes:
        proposal: The term and where it would go.
        emotions: For labels and definitions.
        reviewer: Who is asked.
        decided: How many of the proposals asked about are decided.
        total: How many there are.
        today: How many terms the reviewer has decided today.
        skipped: How many were passed over in this sitting.
        family: Entries of the vocabulary that belong to the same word family.
        earlier: What was said of the term before.
        details: What the reviewer has set for it, by column.
        message: What happened last, for the line above the keys.
    """

    proposal: Proposal
    emotions: Emotions
    reviewer: str
    decided: int
    total: int
    today: int
    skipped: int = 0
    family: Sequence[Entry] = ()
    earlier: Decision | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    message: str = ""

    @property
    def alternatives(self) -> Sequence[Near]:
        """What the digits stand for, at most five."""
        return self.proposal.alternatives[:5]


def page(view: View, width: int = 80, height: int = 24, *, colour: bool = True) -> list[Text]:
    """The lines of the page, at most ``height`` of them, each at most ``width`` cells wide; the keys are always the last."""
    width, height = min(max(width, NARROW), WIDE), max(height, LOW)
    gloss = _plain(view.proposal.candidate.gloss, width, 2, Style(italic=True))
    meaning = _labelled("meaning" if view.proposal.emotion else "reason", _definition(view), width, 3)
    others = _labelled("instead", _alternatives(view, colour), width, 5)
    sources = _labelled("sources", _sources(view), width, 3)
    family = _labelled("known", _family(view), width, 2)
    examples = _examples(view, width, colour)
    blanks = [[Text()], [Text()], [Text()]]
    blocks = [
        [_header(view, width)], blanks[0], [_term(view, colour)], gloss, blanks[1], _place(view, width, colour), meaning, others, sources,
        family, blanks[2], examples,
    ]  # fmt: skip
    foot = [_message(view, width), *_keys(width, colour)]
    room = height - len(foot)
    # What gives way first, and down to how many lines; the alternatives never do, for their digits can be pressed.
    steps = (
        (examples, 4), (sources, 2), (family, 1), (blanks[1], 0), (blanks[0], 0), (gloss, 1), (family, 0), (sources, 1), (blanks[2], 0),
        (meaning, 1), (examples, 2), (gloss, 0), (sources, 0), (examples, 0), (meaning, 0),
    )  # fmt: skip
    for block, least in steps:
        while len(block) > least and sum(map(len, blocks)) > room:
            block.pop()
            if block and block[-1].plain:
                _cut(block[-1])
    body = [line for block in blocks for line in block][:room]
    return [*body, *(Text() for _ in range(room - len(body))), *foot]


def _cut(line: Text) -> Text:
    """A line after which something was left out."""
    if line.plain.endswith(" …"):
        return line
    return line.append(" …", _FAINT)


def _header(view: View, width: int) -> Text:
    skipped = f" · {view.skipped} skipped" if view.skipped else ""
    right = f" {view.decided} of {view.total} decided · {view.today} today{skipped} ──"
    if width < cell_len(right) + 12:
        right = f" {view.decided}/{view.total} · {view.today} today ──"
    name = fit(view.reviewer)
    room = width - cell_len(right) - 6
    name = name if cell_len(name) <= room else set_cell_size(name, max(room - 1, 0)).rstrip() + "…"
    rule = "─" * max(width - cell_len(right) - cell_len(name) - 4, 0)
    return Text.assemble(("── ", _FAINT), (name, _STRONG), (f" {rule}{right}", _FAINT))


def _term(view: View, colour: bool) -> Text:
    candidate = view.proposal.candidate
    term = fit(candidate.term)
    line = Text("  ").append(f"  {term}  " if colour else term, Style(bold=True, reverse=True) if colour else _STRONG)
    line.append(f"   {candidate.pos}", _FAINT)
    if view.earlier is not None:
        said = f"{view.earlier.decision}, {view.earlier.reviewer}" + (f": {view.earlier.note}" if view.earlier.note else "")
        line.append(f"   ({fit(said)})", _FAINT)
    return line


def _place(view: View, width: int, colour: bool) -> list[Text]:
    """The path in the tree, and how sure it is; both on one line where there is room."""
    proposal = view.proposal
    path = _path(proposal.emotion, view, colour) if proposal.emotion else Text("left open", Style(bold=True, italic=True))
    bars = _BAR if width >= 70 else _BAR // 2
    figures = Text.assemble(*_bar("similarity", proposal.similarity, bars), "   ", *_bar("margin", proposal.margin, bars))
    space = width - _LABEL - 4 - cell_len(path.plain) - cell_len(figures.plain)
    if space >= 2:
        return _labelled("place", path + Text(" " * space) + figures, width, 1)
    return [*_labelled("place", path, width, 1), *_labelled("", figures, width, 2)]


def _path(key: str, view: View, colour: bool) -> Text:
    lineage = view.emotions.lineage(key)
    line = Text()
    for number, above in enumerate(lineage):
        label = view.emotions[above].labels["fr"]
        line.append(ARROW if number else "", _FAINT)
        chip = Style(color="#000000", bgcolor=COLOURS[lineage[0]], bold=True) if colour and lineage[0] in COLOURS else _STRONG
        line.append(f" {label} " if colour and number == 0 else label, chip if number == 0 else _STRONG if above == key else "")
    return line


def _bar(name: str, value: float, size: int) -> list[tuple[str, Style]]:
    full = round(min(max(value, 0), 1) * size)
    number = f"{value:.2f}".replace("0.", ".", 1) if abs(value) < 1 else f"{value:.1f}"
    return [(f"{name} ", _FAINT), ("█" * full, Style()), ("░" * (size - full), _FAINT), (f" {number}", Style())]


def _definition(view: View) -> Text:
    proposal, emotions = view.proposal, view.emotions
    if not proposal.emotion:
        return Text(fit(proposal.reason), Style(italic=True))
    said = Text(emotions[proposal.emotion].definitions["fr"])
    return said.append(f" ({fit(proposal.reason)})", _FAINT) if proposal.reason else said


def _alternatives(view: View, colour: bool) -> Text:
    line = Text()
    for number, near in enumerate(view.alternatives, start=1):
        primary = view.emotions.primary(near.emotion)
        line.append("\u00a0\u00a0 " if line else "").append(str(number), Style(bold=True, reverse=colour))
        # non-breaking spaces keep each together on a line
        said = view.emotions[near.emotion].labels["fr"] + (f" ({view.emotions[primary].labels['fr']})" if primary != near.emotion else "")
        line.append(f"\u00a0{said}\u00a0".replace(" ", "\u00a0")).append(f"{near.similarity:.2f}".replace("0.", ".", 1), _FAINT)
    return line


def _sources(view: View) -> Text:
    """Each source with what it says, first of all what speaks for the primary proposed, and how many things it says."""
    by_source: dict[str, dict[str, None]] = {}
    for evidence in sorted(view.proposal.candidate.evidence, key=lambda evidence: not _speaks_for(evidence.emotion, view)):
        by_source.setdefault(evidence.source, {})[fit(evidence.detail)] = None
    line = Text()
    for source in view.proposal.candidate.sources:
        details = list(filter(None, by_source[source]))
        line.append(" · " if line else "", _FAINT).append(source, _STRONG)
        line.append(f" {len(details)}" if len(details) > 1 else "", _FAINT).append(f" {'; '.join(details)}" if details else "")
    return line


def _speaks_for(emotion: str, view: View) -> bool:
    proposed, emotions = view.proposal.emotion, view.emotions
    return bool(proposed) and emotion in emotions and emotions.primary(emotion) == emotions.primary(proposed)


def _family(view: View) -> Text:
    said = [f"{fit(entry.term)} ({view.emotions[entry.emotion].labels['fr']})" for entry in view.family]
    return Text(", ".join(said))


def _examples(view: View, width: int, colour: bool) -> list[Text]:
    finder = Finder([view.proposal.candidate.key])
    lines: list[Text] = []
    for example in view.proposal.examples[:4]:
        sentence = fit(example)
        reading = read(sentence)
        spans = [reading.original(*span) for _, span in finder(reading.text)]
        shown = Text(sentence)
        for start, end in spans:
            shown.stylize(Style(bold=True, underline=True), start, end)
        if not colour:
            for start, end in sorted(set(spans), reverse=True):
                shown = Text.assemble(shown[:start], "[", shown[start:end], "]", shown[end:])
        parts = wrap(shown, width - 7)
        lines += [Text("   · " if number == 0 else "     ").append_text(part) for number, part in enumerate(parts)]
    return lines


def _message(view: View, width: int) -> Text:
    details = ", ".join(f"{name} = {value}" for name, value in view.details.items() if value)
    said = " · ".join(filter(None, (fit(view.message), fit(details))))
    said = said if cell_len(said) <= width - 2 else set_cell_size(said, width - 3).rstrip() + "…"
    return Text(" ").append(said, Style(italic=True))


def _keys(width: int, colour: bool) -> list[Text]:
    line = Text()
    for key, what in KEYS:
        line.append("\u00a0 " if line else "").append(key, Style(bold=True, reverse=colour))
        line.append(f"\u00a0{what}".replace(" ", "\u00a0"))
    return [Text("─" * width, _FAINT), *(Text(" ").append_text(part) for part in wrap(line, width - 1))]


def _labelled(label: str, content: Text, width: int, most: int) -> list[Text]:
    """Content beside its label, at most so many lines; nothing where there is none."""
    if not content:
        return []
    parts = wrap(content, width - _LABEL - 4)
    if len(parts) > most:
        del parts[most:]
        _cut(parts[-1])
    heads = (Text().append(f"  {label:<{_LABEL}}", _FAINT), *(Text(" " * (_LABEL + 2)) for _ in parts[1:]))
    return [head.append_text(part) for head, part in zip(heads, parts, strict=True)]


def _plain(text: str, width: int, most: int, style: Style) -> list[Text]:
    if not text:
        return []
    parts = wrap(Text(fit(text), style), width - 8)
    if len(parts) > most:
        del parts[most:]
        _cut(parts[-1])
    return [Text("    ").append_text(part) for part in parts]


def fit(text: str) -> str:
    """On one line, and with the blanks of French typography such that no line begins with a mark."""
    return re.sub(r"(?<=«) | (?=[»!?;:])", "\u00a0", one_line(text))

"""Why an account is annotated as it is, for people to read: the line with its cue and roles marked below it, then the reasons."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

from ressenti.corpora.harmless import harmless, one_line
from ressenti.corpora.marks import superscript
from ressenti.corpora.terminal import COLOURS, wrap
from ressenti.rules.reasons import EntryNamed, Explanation, MentionWhy, Outcome, PathTaken, RoleWhy, RuleNamed, WhyNot, Word, text_of
from ressenti.schema import Span

_FAINT, _STRONG, _RULE = Style(dim=True), Style(bold=True), Style(bold=True, color="cyan")
_MARGIN = 2
_LONGEST = 80
"""Conditions of an entry that are longer are cut: the table, and the JSON, have them in full."""
_SHIPPED = Path(__file__).parent.parent
_SIGNS = {"cue": "━", "role": "─"}


def written(page: Sequence[Text], *, colour: bool, width: int) -> str:
    """Lines as a terminal, or a file, takes them."""
    buffer = io.StringIO()
    console = Console(
        file=buffer, width=width, force_terminal=colour, color_system="256" if colour else None, no_color=not colour,
        legacy_windows=False, markup=False, emoji=False, highlight=False,
    )  # fmt: skip
    console.print(Text("\n").join(page), soft_wrap=True)
    return buffer.getvalue()


def explanation(why: Explanation, width: int) -> Iterator[Text]:
    """A picture and the reasons for each mention.

    Args:
        why: What :func:`ressenti.rules.explain.explain` answers.
        width: Cells in a line.
    """
    if not why.mentions:
        yield Text("no emotion found; --why-not WORD says what stands against a word", _FAINT)
        return
    for n, mention in enumerate(why.mentions):
        if n:
            yield Text()
        yield from _picture(why.text, mention, width)
        yield Text()
        yield from _reasons(mention, width)


def _picture(text: str, mention: MentionWhy, width: int) -> Iterator[Text]:
    """The lines of the account that hold the mention and its roles, with what each stretch is below them."""
    text = harmless(text)
    cue = _colour(mention.primary)
    marks: list[tuple[Span, str, str, Style]] = [(role.span, "role", role.role, _STRONG) for role in mention.roles]
    label = f"{superscript(mention.id)} {mention.emotion}"
    marks += [(piece, "cue", label if n == 0 else "", cue) for n, piece in enumerate(mention.cue)]
    for start, end in _rows(text, width - 2 * _MARGIN):
        here = [mark for mark in marks if mark[0][0] < end and start < mark[0][1]]
        if not here:
            continue
        line = Text(" " * _MARGIN + text[start:end])
        signs, styles = [" "] * (cell_len(text[start:end]) + 1), {}
        rows: list[list[tuple[int, str, Style]]] = []
        for (a, b), kind, name, style in sorted(here, key=lambda mark: (mark[1] == "cue", mark[0])):
            line_style = _STRONG if style.bgcolor is None else Style(color=style.bgcolor, bold=True)
            left, right = cell_len(text[start : max(a, start)]), cell_len(text[start : min(b, end)])
            for place in range(left, right):
                signs[place], styles[place] = _SIGNS[kind], line_style
            if kind == "cue":
                line.stylize(style, _MARGIN + max(a, start) - start, _MARGIN + min(b, end) - start)
            if name and a >= start:
                _put(rows, left, name, style)
        yield line
        under = Text(" " * _MARGIN)
        for place, sign in enumerate(signs):
            under.append(sign, styles.get(place, _FAINT))
        under.rstrip()
        yield under
        for row in rows:
            below = Text(" " * _MARGIN)
            for at, name, style in sorted(row, key=lambda item: item[0]):
                below.append(" " * (at + _MARGIN - cell_len(below.plain))).append(name, style)
            yield below


def _put(rows: list[list[tuple[int, str, Style]]], at: int, name: str, style: Style) -> None:
    """In the first row where a label has room."""
    for row in rows:
        if all(at >= left + cell_len(other) + 1 or at + cell_len(name) + 1 <= left for left, other, _ in row):
            row.append((at, name, style))
            return
    rows.append([(at, name, style)])


def _rows(text: str, width: int) -> Iterator[Span]:
    """Start and end of each line of the text when it is broken at blanks."""
    at = 0
    for paragraph in text.split("\n"):
        start, end, last = at, at + len(paragraph), None
        for place in range(at, end):
            if text[place] == " ":
                last = place
            if cell_len(text[start : place + 1]) > width:
                cut = last if last is not None and last > start else place
                yield start, cut
                start, last = cut + (text[cut] == " "), None
        yield start, end
        at = end + 1


def _reasons(mention: MentionWhy, width: int) -> Iterator[Text]:
    head = Text.assemble((f"{superscript(mention.id)} ", _FAINT), (_quoted(mention.text), _colour(mention.primary)), "  ")
    head.append(mention.emotion, _STRONG)
    if mention.primary != mention.emotion:
        head.append(f" ({mention.primary})")
    head.append(f" · {mention.mode} · {mention.status} · {mention.intensity} · {mention.confidence:.2f}", _FAINT)
    yield head
    yield from _item("rule", _rule(mention.rule), width)
    if mention.entry is not None:
        yield from _item("entry", _entry(mention.entry), width)
    elif mention.trigger:
        yield from _item("trigger", _words(mention.trigger), width)
    for path in mention.paths:
        yield from _item("when", _path(path), width)
    for decision in mention.decisions:
        by = Text.assemble((decision.value, _STRONG), (f" — {decision.why}", ""))
        if decision.words:
            by.append(": ", _FAINT).append_text(_words(decision.words))
        yield from _item(decision.what, by, width)
    if not any(decision.what == "status" for decision in mention.decisions):
        yield from _item(
            "status", Text.assemble((mention.status, _STRONG), (" — nothing denies it or makes it only thought of", "")), width
        )
    for why, factor in mention.doubts.items():
        yield from _item("doubt", Text(f"× {factor:.2f}  {why}"), width)
    for role in mention.roles:
        yield from _role(role, mention.rule, width)


def _role(role: RoleWhy, made_by: RuleNamed, width: int) -> Iterator[Text]:
    said = Text.assemble((_quoted(role.text), _STRONG))
    if role.entity:
        said.append(f" = {role.entity}", _FAINT)
    if role.confidence is not None:
        said.append(f" · {role.confidence:.2f}", _FAINT)
    yield from _item(role.role, said, width)
    if role.rule != made_by:
        yield from _item("", Text().append("by ", _FAINT).append_text(_rule(role.rule)), width)
    if role.path is not None:
        yield from _item("", Text().append("path ", _FAINT).append_text(_path(role.path)), width)


def answer(found: WhyNot, width: int) -> Iterator[Text]:
    """Why a rule did not fire, or why a word gave no mention.

    Args:
        found: What :func:`ressenti.rules.explain.why_not` answers.
        width: Cells in a line.
    """
    head = Text().append("why not ", _FAINT)
    head.append_text(_rule(found.rule) if found.rule is not None else Text(_quoted(found.asked), _STRONG))
    yield head
    for outcome in found.outcomes:
        yield from _outcome(outcome, width)
    if found.near:
        yield from _item("near", Text(", ".join(found.near), _STRONG), width)


def _outcome(outcome: Outcome, width: int) -> Iterator[Text]:
    first = Text()
    if outcome.sentence is not None:
        first.append(f"sentence {outcome.sentence} ", _FAINT)
    if outcome.words:
        first.append_text(_words(outcome.words)).append("  ")
    first.append(outcome.why, Style(color="green" if outcome.reason == "fired" else "yellow"))
    yield from _item(outcome.reason, first, width)
    if outcome.condition:
        failed = Text(outcome.condition, _STRONG)
        if outcome.at is not None:
            failed.append(" on ", _FAINT).append_text(_words([outcome.at]))
        yield from _item("", failed, width)
    if outcome.path is not None:
        yield from _item("", Text().append("path ", _FAINT).append_text(_path(outcome.path)), width)
        if (broken := outcome.path.broken) is not None:
            where = (
                Text().append("breaks at ", _FAINT).append(broken.step, _STRONG).append(" from ", _FAINT).append_text(_words(broken.start))
            )
            for word, condition in broken.refused:
                where.append(", not ", _FAINT).append_text(_words([word])).append(f" for [{condition.strip('[]')}]", _FAINT)
            yield from _item("", where, width)
    if outcome.rule is not None:
        yield from _item("", Text().append("rule ", _FAINT).append_text(_rule(outcome.rule)), width)
    if outcome.entry is not None:
        yield from _item("", Text().append("entry ", _FAINT).append_text(_entry(outcome.entry)), width)


def place(where: str) -> str:
    """File and line: the name alone of a file that is shipped with Ressenti, a user's as it is."""
    path, _, line = where.rpartition(":")
    return f"{Path(path).name}:{line}" if Path(path).is_relative_to(_SHIPPED) else one_line(where)


def _rule(rule: RuleNamed) -> Text:
    said = Text().append(rule.id, _RULE)
    if rule.about:
        said.append(f"  {one_line(rule.about)}")
    return said.append(f"  {place(rule.where)}", _FAINT) if rule.where else said


def _entry(entry: EntryNamed) -> Text:
    said = Text.assemble((one_line(entry.term), _STRONG), f" → {entry.emotion} · {entry.pos} · {entry.construction}")
    conditions = one_line("; ".join(entry.conditions))
    said.append(f" · if {conditions if len(conditions) <= _LONGEST else conditions[: _LONGEST - 1] + '…'}" if conditions else "")
    return said.append(f"  {place(entry.where)}", _FAINT)


def _path(path: PathTaken) -> Text:
    said = Text(path.path)
    return said.append(" → ", _FAINT).append_text(_words(path.found[:1])) if path.found else said.append(" → nothing", _FAINT)


def _words(words: Sequence[Word]) -> Text:
    return Text(_quoted(text_of(words)), _STRONG)


def _quoted(text: str) -> str:
    return f"«\N{NO-BREAK SPACE}{one_line(text)}\N{NO-BREAK SPACE}»"


def _item(name: str, said: Text, width: int) -> Iterator[Text]:
    """A reason with its name before it, and what has no room below it."""
    indent, label = 16, f"    {name:<11} "
    parts = wrap(said, max(width - max(indent, len(label)), 20))
    yield Text().append(label, _FAINT).append_text(parts[0])
    for part in parts[1:]:
        yield Text(" " * (indent + 2)).append_text(part)


def _colour(primary: str) -> Style:
    return Style(color="#000000", bgcolor=COLOURS[primary], bold=True) if primary in COLOURS else Style(reverse=True)

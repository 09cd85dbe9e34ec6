"""What a change of the vocabulary does, as tables for a terminal and as JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from ressenti.corpora.harmless import one_line
from ressenti.ontology.vocabulary import Entry
from ressenti.rules.text import sentences
from ressenti.vocab_builder.promotion.diff import KINDS, Change, Difference, Effect

HEADS = ("gained", "lost", "primary", "emotion", "roles", "rest")
Scores = Mapping[str, tuple[float | None, float | None]]
"""Name of a figure to its value before and after."""

_COLUMNS = ("term", "pos", "before", "after")
_LEAST = {"term": 14, "from → to": 18}  # columns, so that a narrow terminal cuts no word in two
_AROUND = 120


def _change_line(change: Change) -> tuple[str, str, str, str]:
    """Term, part of speech, and what the entry says before and after; ``–`` where there is none."""
    return change.entry.term, change.entry.pos, _entry(change.old, change), _entry(change.new, change)


def _entry(entry: Entry | None, change: Change) -> str:
    if entry is None:
        return "–"
    said = [entry.emotion]
    for name in ("mode", "intensity", "register", "region"):
        if change.old and change.new and getattr(change.old, name) != getattr(change.new, name):
            said.append(getattr(entry, name) or "everywhere")
    conditions = f" ({'; '.join(map(str, entry.conditions))})" if entry.conditions else ""
    return f"{', '.join(said)}: {entry.construction}{conditions}"


def render(effect: Effect, scores: Scores, *, width: int = 120, colour: bool = False, unseen: int = 10) -> str:
    """The tables, line ends included.

    Args:
        effect: What is shown.
        scores: Figures on gold narratives, those shown that there are.
        width: Columns.
        colour: Whether it goes to a terminal that shows colours.
        unseen: How many of the changed entries to list whose terms made no difference.
    """
    page = io.StringIO()
    console = Console(
        file=page, width=width, force_terminal=colour, no_color=not colour, legacy_windows=False, markup=False, emoji=False, highlight=False
    )
    kinds = [sum(c.old is None for c in effect.changes), sum(c.new is None for c in effect.changes)]
    console.print(f"Entries: {kinds[0]} added, {kinds[1]} removed, {len(effect.changes) - sum(kinds)} changed.", soft_wrap=True)
    if effect.accounts:
        console.print(
            f"Accounts: {effect.accounts}; a changed term may stand in {effect.touched}, which have {effect.before} mentions before and "
            f"{effect.after} after.",
            soft_wrap=True,
        )
        _differences(console, effect)
    quiet = [change for change in effect.changes if change.entry.term not in effect.counts]
    if quiet:
        table = _table(*_COLUMNS)
        for change in quiet[:unseen]:
            table.add_row(*_change_line(change))
        console.print("\nChanged entries that make no difference here:" if effect.accounts else "\nChanged entries:")
        console.print(table)
        if len(quiet) > unseen:
            console.print(f"… and {len(quiet) - unseen} more; --format json has them all.", soft_wrap=True)
    if scores:
        table = _table("figure", "before", "after", "difference")
        for name, (old, new) in scores.items():
            more = "–" if old is None or new is None else f"{new - old:+z.3f}"
            table.add_row(name, *("–" if value is None else f"{value:.3f}" for value in (old, new)), more)
        console.print("\nOn the gold:")
        console.print(table)
    for difference in (d for term in sorted(effect.examples) for d in effect.examples[term]):
        console.print(f"{difference.term} [{difference.kind}]: {excerpt(difference)}", soft_wrap=True)
    return page.getvalue()


def _differences(console: Console, effect: Effect) -> None:
    if not effect.counts:
        console.print("No mention differs.")
        return
    shown = [kind for kind in KINDS if any(counts[kind] for counts in effect.counts.values())]
    table = _table("term", "from → to", *(HEADS[KINDS.index(kind)] for kind in shown))
    for term in sorted(effect.counts, key=lambda t: (-sum(effect.counts[t].values()), t)):
        moves = ", ".join(f"{a or '–'} → {b or '–'} {n}" for (a, b), n in effect.moves.get(term, {}).items())
        mark = "" if term in effect.terms else " *"
        table.add_row(term + mark, moves, *(str(effect.counts[term][kind] or "") for kind in shown))
    table.add_section()
    table.add_row("all", "", *(str(sum(counts[kind] for counts in effect.counts.values())) for kind in shown))
    console.print("\nMentions that differ, by term: gained, lost, or with another primary, emotion, roles, or the rest:")
    console.print(table)
    if not effect.counts.keys() <= effect.terms:
        console.print("* not changed itself: a changed term stands in its place, or beside it.")


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for column in columns:
        number = column in (*HEADS, "difference")
        least = len(column) if number else _LEAST.get(column)
        table.add_column(column, justify="right" if number else "left", overflow="fold", no_wrap=number, min_width=least)
    return table


def excerpt(difference: Difference) -> str:
    """The sentence of a mention on one line, its cue between ‹ and ›, cut where it is long."""
    text, (start, end) = difference.narrative.text, (difference.cue[0][0], difference.cue[-1][1])
    first, last = next(((s, e) for s, e in sentences(text) if s <= start < e), (start, end))
    first, last = max(first, start - _AROUND), min(max(last, end), end + _AROUND)
    return one_line(f"{text[first:start]}‹{text[start:end]}›{text[end:last]}".strip())


def as_json(effect: Effect, scores: Scores) -> str:
    """Everything as one JSON object; sentences only where examples were asked for."""
    record: dict[str, Any] = {
        "entries": [{"term": c.entry.term, "pos": c.entry.pos, "old": _fields(c.old), "new": _fields(c.new)} for c in effect.changes],
        "accounts": effect.accounts, "touched": effect.touched, "mentions": {"before": effect.before, "after": effect.after},
        "terms": [
            {
                "term": term, "changed": term in effect.terms, **{kind: counts[kind] for kind in KINDS},
                "moves": [{"from": a or None, "to": b or None, "count": n} for (a, b), n in effect.moves.get(term, {}).items()],
            } for term, counts in sorted(effect.counts.items())
        ],
    }  # fmt: skip
    if scores:
        record["scores"] = {
            name: {side: None if value is None else round(value, 4) for side, value in zip(("before", "after"), values, strict=True)}
            for name, values in scores.items()
        }
    if any(effect.examples.values()):
        record["examples"] = list(_examples(d for term in sorted(effect.examples) for d in effect.examples[term]))
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def _fields(entry: Entry | None) -> dict[str, str] | None:
    if entry is None:
        return None
    names = ("emotion", "construction", "mode", "intensity", "register", "region")
    return {**{name: getattr(entry, name) for name in names}, "condition": "; ".join(map(str, entry.conditions))}


def _examples(differences: Iterable[Difference]) -> Iterator[dict[str, str]]:
    for d in differences:
        yield {"term": d.term, "kind": d.kind, "id": d.narrative.id, "sentence": excerpt(d)}

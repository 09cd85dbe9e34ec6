"""Rules for people to read: lists, one rule in full, and what rules do over a corpus."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.style import Style
from rich.text import Text

from ressenti.cells import guard
from ressenti.corpora.explanation import place
from ressenti.corpora.harmless import one_line
from ressenti.corpora.terminal import wrap
from ressenti.ontology.vocabulary import Entry
from ressenti.rules.coverage import CONFLICTS, Coverage
from ressenti.rules.examples import read_marks
from ressenti.rules.paths import MENTION_FUNCTIONS, Step
from ressenti.rules.paths import Path as RulePath
from ressenti.rules.rule import Rule
from ressenti.rules.syntax import FUNCTIONS
from ressenti.rules.words import FRENCH

_FAINT, _STRONG, _RULE = Style(dim=True), Style(bold=True), Style(bold=True, color="cyan")
_CUE, _ROLE = Style(bold=True, reverse=True), Style(underline=True)
_INDENT, _SOME = 14, 8


def rule_record(rule: Rule) -> dict[str, Any]:
    """A rule for tools."""
    return {
        "id": rule.id, "group": rule.group, "priority": rule.priority, "about": rule.about, "where": rule.where,
        "trigger": {key: list(values) for key, values in rule.trigger.written.items()}, "when": [p.text for p in rule.when],
        "unless": [p.text for p in rule.unless], "without": sorted(rule.without),
        "roles": {role: [p.text for p in paths] for role, paths in rule.roles.items()},
        "set": {key: value.text if isinstance(value, RulePath) else value for key, value in rule.set.items()},
        "examples": list(map(str, rule.examples)), "counterexamples": list(map(str, rule.counterexamples)),
    }  # fmt: skip


def rule_list(rules: Sequence[Rule], width: int) -> Iterator[Text]:
    """A rule a line: id, group, priority, place; what it is about after it."""
    column = max((len(rule.id) for rule in rules), default=0)
    for rule in rules:
        line = Text.assemble((f"{rule.id:<{column}}", _RULE), (f"  {rule.group:<12} {rule.priority:>3}  ", _FAINT))
        room = width - column - 19
        parts = wrap(Text(one_line(rule.about)).append(f"  {place(rule.where)}", _FAINT), max(room, 30))
        yield line.append_text(parts[0])
        for part in parts[1:]:
            yield Text(" " * (column + 19)).append_text(part)


def rule_page(rule: Rule, entries: Sequence[Entry], width: int) -> Iterator[Text]:
    """One rule: as written, what its trigger finds, its paths in words, its examples.

    Args:
        rule: The rule.
        entries: Vocabulary entries that its trigger fits.
        width: Cells in a line.
    """
    yield Text.assemble((rule.id, _RULE), f"  {one_line(rule.about)}")
    yield Text(f"{one_line(rule.path)}:{rule.line} · {rule.group} · priority {rule.priority}", _FAINT)
    yield Text()
    yield from (Text("  " + line, _FAINT) for line in as_written(rule))
    yield Text()
    if rule.trigger.is_word:
        words, what = sorted(rule.trigger.forms), "forms of words"
    else:
        words, what = list(dict.fromkeys(entry.term for entry in entries)), "entries of the vocabulary"
    number = len(words) if rule.trigger.is_word else len(entries)
    yield from _item("trigger", f"{number} {what}: {', '.join(words[:_SOME])}{' …' if len(words) > _SOME else ''}", width)
    for name, paths in (("when", rule.when), ("unless", rule.unless), *((role, paths) for role, paths in rule.roles.items())):
        for path in paths:
            yield from _item(name, path.text, width, _STRONG)
            yield from _item("", in_words(path), width)
    if rule.without:
        yield from _item("without", f"left out where the mention has its {' or '.join(sorted(rule.without))} already", width)
    for key, value in rule.set.items():
        yield from _item("sets", f"{key}: {value.text if isinstance(value, RulePath) else value}", width)
    for example in rule.examples:
        yield from _example("example", example, width)
    for example in rule.counterexamples:
        yield from _example("not in", example, width)


def as_written(rule: Rule) -> list[str]:
    """The lines of the file that hold the rule; none where they cannot be read any more."""
    try:
        lines = Path(rule.path).read_text(encoding="utf-8").splitlines()[rule.line - 1 :]
    except (OSError, UnicodeError):
        return []
    if not lines:
        return []
    dash = len(lines[0]) - len(lines[0].lstrip())
    end = next((n for n, line in enumerate(lines[1:], 1) if line.strip() and len(line) - len(line.lstrip()) <= dash), len(lines))
    return [one.rstrip()[dash:] for one in lines[:end] if one.strip()]


def in_words(path: RulePath) -> str:
    """What a path asks, by what its functions say of themselves."""
    return _chain(path.steps)


def _chain(steps: Sequence[Step]) -> str:
    return ", then ".join(_step(step) for step in steps)


def _step(step: Step) -> str:
    if step.choices:
        said = " — or ".join(_chain(chain) for chain in step.choices)
    elif step.name in MENTION_FUNCTIONS:
        said = f"the {step.name.replace('-', ' ')}"
    else:
        about = " ".join((FUNCTIONS[step.name].__doc__ or step.name).split("\n\n")[0].split())
        about = about.replace(" at ``i``", "").replace("``", "")
        said = re.split(r"(?<=[^.])\.(?: |$)", about)[0]
        said = said[0].lower() + said[1:] if said[:2].istitle() or said[1:2] == " " else said
        if step.forms:
            some = sorted(step.forms)
            said += f" (one of: {', '.join(some[:6])}{' …' if len(some) > 6 else ''})"
    if step.tests:
        said += f", if {' and '.join(test.text for test in step.tests)}"
    return f"{said} (may be left out)" if step.optional else said


def marked(source: str) -> Text:
    """A sentence with its inline marks rendered: the cue in reverse, roles underlined and named."""
    try:
        found = read_marks(source)
    except ValueError:
        return Text(one_line(source))
    text = Text(found.text)
    for _, _, (start, end) in found.roles:
        text.stylize(_ROLE, start, end)
    for pieces in found.cues.values():
        for start, end in pieces:
            text.stylize(_CUE, start, end)
    if found.cues:
        cues = ", ".join(" … ".join(found.text[a:b] for a, b in pieces) for pieces in found.cues.values())
        text.append(f"  [{cues}]" + "".join(f" {role}: {found.text[a:b]}" for _, role, (a, b) in found.roles), _FAINT)
    return text


def _example(name: str, source: str, width: int) -> Iterator[Text]:
    parts = wrap(marked(source), max(width - _INDENT, 20))
    yield Text().append(f"  {name:<{_INDENT - 2}}", _FAINT).append_text(parts[0])
    for part in parts[1:]:
        yield Text(" " * (_INDENT + 2)).append_text(part)


def _item(name: str, said: str, width: int, style: Style | None = None) -> Iterator[Text]:
    parts = wrap(Text(one_line(said), style or ""), max(width - _INDENT, 20))
    yield Text().append(f"  {name:<{_INDENT - 2}}", _FAINT).append_text(parts[0])
    for part in parts[1:]:
        yield Text(" " * (_INDENT + 2)).append_text(part)


# --- coverage


def coverage_table(rows: Sequence[Mapping[str, Any]], judged: bool) -> Iterator[Text]:
    """A row a rule that fired or lost: how often, how many roles it gave, how many of both are right, and how often it met another."""
    rows = [row for row in rows if row["fired"] or row["lost"]]
    column = max((len(row["rule"]) for row in rows), default=4)
    gold = f"{'right':>6}{'of':>6}{'%':>5}" if judged else ""
    yield Text(f"{'rule':<{column}}{'fired':>6}{'roles':>6}{gold}{'agree':>6}{'won':>5}{'lost':>5}{'clash':>6}", _STRONG)
    for row in rows:
        share = f"{row['right'] / row['judged']:.0%}" if row["judged"] else "–"
        line = Text().append(f"{row['rule']:<{column}}", _RULE).append(f"{row['fired']:>6}{row['roles']:>6}")
        if judged:
            line.append(f"{row['right']:>6}{row['judged']:>6}{share:>5}")
        yield line.append(f"{row['agreements']:>6}{row['won']:>5}{row['lost']:>5}{row['conflicts']:>6}", _FAINT)


def coverage_pairs(found: Coverage, width: int) -> Iterator[Text]:
    """The pairs of rules that met, the most frequent first, with their examples where some were kept."""
    titles = {"overlap": "Two rules on one trigger: which won", "primaries": "Conflict: mentions on the same words, other primaries",
              "spans": "Conflict: different spans for one role", "agreement": "Two rules that gave the same role"}  # fmt: skip
    for kind, title in titles.items():
        pairs = [(pair, n) for pair, n in found.pairs.most_common() if pair.kind == kind]
        if not pairs:
            continue
        yield Text()
        yield Text(title, _STRONG)
        for pair, n in pairs:
            joined = " > " if kind == "overlap" else " × "
            yield Text.assemble((f"{n:>5}  ", ""), (pair.first, _RULE), (joined, _FAINT), (pair.second, _RULE))
            for id_, text in found.examples.get(pair, ()):
                for part in wrap(Text(f"{one_line(id_)}: {one_line(text)}", _FAINT), width - 7):
                    yield Text(" " * 7).append_text(part)
    yield Text()
    yield Text(f"{len(found.never)} of {len(found.annotator.engine.rules)} rules never fired", _STRONG)
    own = {rule.id for rule in found.annotator.engine.rules if not Path(rule.path).is_relative_to(FRENCH)}
    if yours := sorted(own.intersection(found.never)):
        yield from wrap(Text.assemble(("yours: ", _STRONG), ", ".join(yours)), width)
    yield from wrap(Text(", ".join(sorted({*found.never} - own)), _FAINT), width)


def coverage_record(found: Coverage, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """All counts for tools."""
    pairs = [
        {"kind": pair.kind, "first": pair.first, "second": pair.second, "times": n, "conflict": pair.kind in CONFLICTS}
        | ({"examples": [{"id": id_, "text": text} for id_, text in found.examples[pair]]} if found.keep else {})
        for pair, n in found.pairs.most_common()
    ]
    return {"accounts": found.accounts, "mentions": found.mentions, "rules": list(rows), "pairs": pairs, "never": found.never}


def coverage_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """A row a rule; no cell is taken for a formula."""
    buffer = io.StringIO()
    writer: Any = None
    for row in rows:
        if writer is None:
            writer = csv.writer(buffer, lineterminator="\n")
            writer.writerow(row)
        writer.writerow([guard(value) + value if isinstance(value, str) else value for value in row.values()])
    return buffer.getvalue()

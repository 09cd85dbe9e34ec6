"""The evaluation as one page to read: figures with their intervals, rules, errors by kind, and both markings side by side.

The page needs neither network nor script; it filters by kind of error with style sheets alone. It holds the accounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ressenti._version import __version__
from ressenti.corpora.harmless import harmless, one_line
from ressenti.evaluation.agreement import FLOORS, Measure
from ressenti.evaluation.errors import KINDS, NO_RULE, Error, counts, differences, errors, precisions
from ressenti.evaluation.evaluate import Evaluation
from ressenti.evaluation.intervals import share
from ressenti.evaluation.matching import Comparison
from ressenti.evaluation.scores import Figure
from ressenti.evaluation.tables import file_names
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.pages import colours
from ressenti.schema import ROLES, Mention, Narrative, Role
from ressenti.templates import environment, policy_hash

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = Path(__file__).parent / "templates"
CONTEXT = 55
"""Code points of the account shown before and after an error."""

_GROUPS = (("Mentions", "mention"), ("Found, by mode", "recall"), ("Said of them", "accuracy"), ("Status", "status"),
           ("The model’s", "model"), ("Roles of matched mentions", "matched"), ("Roles, end to end", "role"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text under the same marks.

    Attributes:
        text: The words.
        classes: Of the style sheet, for the marks that cover it.
        title: What the marks are, for the pointer.
        before: Numbers of the mentions whose cue begins here.
        after: Number and role of each role that ends here.
    """

    text: str
    classes: str
    title: str
    before: tuple[str, ...]
    after: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """An error with its words in context, fit to be shown.

    Attributes:
        error: The error.
        slug: Its kind, as the style sheet knows it.
        place: Number of the narrative, from 1.
        before: What stands before the words.
        words: Those of the gold, or of the system where there is nothing in the gold.
        after: What stands after them.
        instead: The words of the system.
    """

    error: Error
    slug: str
    place: int
    before: str
    words: str
    after: str
    instead: str


@dataclass(frozen=True, slots=True)
class Row:
    """A narrative with both its markings and its errors."""

    place: int
    id: str
    gold: Sequence[Part]
    system: Sequence[Part]
    errors: Sequence[Shown]

    @property
    def classes(self) -> str:
        return " ".join(sorted({f"has-{shown.slug}" for shown in self.errors}))


def report(evaluation: Evaluation, measures: Sequence[Measure] = (), *, gold: str, system: str, lacking: int = 0) -> str:
    """Make the page.

    Args:
        evaluation: What was found out.
        measures: Agreement of two annotators, where SYSTEM is one.
        gold: Name of the gold file, as the user knows it.
        system: Name of the system's.
        lacking: How many narratives the system lacks.
    """
    from markupsafe import Markup

    found = errors(evaluation.comparisons)
    rows = [_row(place, c, found) for place, c in enumerate(evaluation.comparisons, 1)]
    shown = {kind: [s for row in rows for s in row.errors if s.error.kind == kind] for kind in KINDS}
    for kind in KINDS:
        shown[kind].sort(key=lambda s: (s.error.rule, s.place))
    numbers = counts(found)
    style = "\n" + colours.css() + (TEMPLATES / "report.css").read_text(encoding="utf-8") + _filters()
    names = file_names((gold, system))
    page = _environment().get_template("report.html").render(
        gold=names[0], system=names[1], lacking=lacking, version=__version__,
        groups=[(title, group) for title, prefix in _GROUPS if (group := _group(evaluation, prefix))],
        bootstrap=evaluation.bootstrap, measures=measures, floors=FLOORS,
        rules=[(p, share(p.right, p.judged)) for p in precisions(evaluation.comparisons)],
        kinds=differences(*names) if measures else {kind: (kind, what) for kind, what in KINDS.items()},
        sides=names if measures else ("gold", "system"), errors="differences" if measures else "errors",
        numbers=numbers, most=max([1, *numbers.values()]), slug=_slug, shown=shown, rows=rows, no_rule=NO_RULE,
        primaries=list(enumerate(_primaries())), roles=ROLES,
        mentions=(sum(len(c.gold.mentions) for c in evaluation.comparisons), sum(len(c.system.mentions) for c in evaluation.comparisons)),
        style=Markup(style),  # noqa: S704 - our own style sheet
        style_hash=policy_hash(style),
    )  # fmt: skip
    return re.sub(r"\n\s*\n+", "\n", page)


def _environment() -> Environment:
    found = environment(TEMPLATES)
    found.filters |= {"n": lambda value: f"{value:.1f}", "figure": lambda value: "–" if value is None else f"{value:.2f}"}
    return found


def _primaries() -> list[str]:
    return [key for key, emotion in load_emotions().items() if emotion.tier == "primary"]


def _slug(kind: str) -> str:
    return kind.replace(" ", "-")


def _filters() -> str:
    """What each choice of a kind hides: narratives and errors of other kinds."""
    rules = []
    for slug in map(_slug, KINDS):
        chosen = f"body:has(#only-{slug}:checked)"
        rules.append(
            f"{chosen} .row:not(.has-{slug}),{chosen} .row .error:not(.is-{slug}),{chosen} .kind:not(#kind-{slug}){{display:none}}"
        )
        rules.append(f"{chosen} .wrong:not(.is-{slug}){{outline-color:transparent}}")
        rules.append(f"{chosen} #kind-{slug}::details-content{{content-visibility:visible;height:auto}}")
        rules.append(f"{chosen} .choice[for=only-{slug}]{{background:var(--ink);color:var(--paper)}}")
    return "\n".join(rules) + "\n"


def _group(evaluation: Evaluation, prefix: str) -> list[Figure]:
    return [figure for name, figure in evaluation.figures.items() if re.split(r"[:+]", name)[0] == prefix]


def _row(place: int, c: Comparison, found: Iterable[Error]) -> Row:
    own = [error for error in found if error.narrative == c.gold.id]
    shown = [_shown(place, c.gold.text, error) for error in own]
    return Row(place, one_line(c.gold.id), parts(c.gold, own, "gold"), parts(c.system, own, "system"), shown)


def _shown(place: int, text: str, error: Error) -> Shown:
    spans = error.gold_spans or error.system_spans
    first, last = spans[0][0], spans[-1][1]
    before, after = max(0, first - CONTEXT), min(len(text), last + CONTEXT)
    start, end = "…" if before else "", "…" if after < len(text) else ""
    around = start + harmless(text[before:first]).replace("\n", " "), harmless(text[last:after]).replace("\n", " ") + end
    return Shown(
        error,
        _slug(error.kind),
        place,
        around[0],
        one_line(text[first:last]),
        around[1],
        " … ".join(one_line(text[a:b]) for a, b in error.system_spans),
    )


def parts(narrative: Narrative, found: Sequence[Error], side: str) -> list[Part]:
    """The text cut where a mark begins or ends.

    Args:
        narrative: As one of the two marked it.
        found: The errors of the narrative.
        side: ``gold`` or ``system``: which of the two spans of an error are meant.
    """
    text = harmless(narrative.text)
    primaries = {key: k for k, key in enumerate(_primaries())}
    cues = [(piece, m) for m in narrative.mentions for piece in m.cue]
    marks: list[tuple[int, int, str, str]] = [(*piece, f"cue c{primaries[m.primary]} {m.status}", _about(m)) for piece, m in cues]
    marks += [(*r.span, f"role {r.role}", _about_role(r)) for r in narrative.roles]
    spans = [
        (error.gold_spans if side == "gold" else error.system_spans, error) for error in found if error.kind != "missed" or side == "gold"
    ]
    marks += [(*span, f"wrong is-{_slug(error.kind)}", "") for of, error in spans for span in of]
    edges = sorted({0, len(text), *(edge for start, end, *_ in marks for edge in (start, end))})
    cut = []
    for start, end in pairwise(edges):
        over = [mark for mark in marks if mark[0] <= start and end <= mark[1]]
        classes = " ".join(dict.fromkeys(name for mark in over for name in mark[2].split()))
        title = "\n".join(dict.fromkeys(mark[3] for mark in over if mark[3]))
        before = tuple(str(m.id) for piece, m in cues if piece[0] == start and piece == m.cue[0])
        after = tuple((str(r.mention), r.role) for r in narrative.roles if r.span[1] == end)
        cut.append(Part(text[start:end], classes, title, before, after))
    return cut


def _about(m: Mention) -> str:
    return " · ".join(part for part in (f"{m.id}: {m.emotion} ({m.primary})", m.mode, m.status, m.intensity, m.source, _sure(m)) if part)


def _about_role(role: Role) -> str:
    return " · ".join(part for part in (f"{role.role} of {role.mention}", role.entity or "", role.source, _sure(role)) if part)


def _sure(item: Mention | Role) -> str:
    """How sure the system is; a gold has no source and no doubt."""
    return f"confidence {item.confidence:.2f}" if item.source and item.confidence is not None else ""

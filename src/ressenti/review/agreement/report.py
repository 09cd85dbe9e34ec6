"""The agreement of two reviewers as one page to read or print; figures and labels only, no word of an account, no script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ressenti.corpora.harmless import one_line
from ressenti.evaluation.agreement import FLOORS, Measure
from ressenti.graph.labels import Language
from ressenti.ontology.emotions import load_emotions
from ressenti.review import shell
from ressenti.review.agreement.pairs import Reviewed
from ressenti.review.page.wording import Texts
from ressenti.schema import ROLES

HERE = Path(__file__).parent
BAR = 90
"""Length of a bar from 0 to 1, in pixels."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        name: What it is of.
        measures: In its columns, by name; empty where there is none.
        colour: The class that has its colours, where it has any.
    """

    name: str
    measures: Sequence[Measure | None]
    colour: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and what stands over it; ``title`` may be empty."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Row]


def report(measures: Sequence[Measure], found: Reviewed, reviewers: tuple[str, str], differing: int, language: Language = "fr") -> str:
    """Make the page.

    Args:
        measures: What was measured.
        found: Of which narratives.
        reviewers: Their names.
        differing: How many differences there are to settle.
        language: ``fr`` or ``en``.

    Raises:
        DataError: A table of the page's words cannot be read.
    """
    texts, style = Texts(language, HERE / "wording.tsv"), shell.style(HERE / "report.css")
    one, other = map(one_line, reviewers)

    def t(key: str, **values: object) -> str:
        return texts(f"report_{key}", **values)

    several = any(measure.interval for measure in measures)
    return shell.render(
        "agreement/report.html", language, texts, title=t("title"), style=style, policy=shell.policy(style), bar=BAR, sure=_sure,
        figure=lambda value: _number(value, language), tables=[table for table in _tables(measures, texts) if table.rows],
        who=t("who", one=one, other=other), facts=[t("narratives", n=len(found.both)), t("differences", n=differing), t("no_words")],
        notes=[t("same"), t("reading"), t("intervals") if several else t("few")],
    )  # fmt: skip


def _tables(measures: Sequence[Measure], texts: Texts) -> Iterable[Table]:
    by_name = {measure.name: measure for measure in measures}

    def table(title: str, columns: str, *rows: tuple[str, ...]) -> Table:
        heads = [texts(f"report_{column}") for column in columns.split()]
        return Table(title and texts(f"report_{title}"), heads, [Row(name, [by_name.get(measure) for measure in of]) for name, *of in rows])

    def t(key: str) -> str:
        return texts(f"report_{key}")

    yield table(
        "where", "shared edges unitizing", (t("cues"), "F1 mention", "IoU cue", "u-alpha cue"),
        (t("cues_emotion"), "F1 mention+primary", "", "u-alpha cue by emotion"),
        (t("components"), "F1 component", "", "u-alpha component"),
    )  # fmt: skip
    said = [(t(name), name) for name in ("primary", "emotion")] + [(texts(name), name) for name in ("mode", "status", "intensity")]
    said.append((t("component"), "component"))
    yield table("said", "alpha kappa", *((label, f"alpha {name}", f"kappa {name}") for label, name in said))
    yield table("roles", "shared unitizing", *((texts(f"role_{role}"), f"F1 matched:{role}", f"u-alpha {role}") for role in ROLES))
    kind, character = (t("kind"), "alpha kind of role", "kappa kind of role", ""), (t("character"), "", "", "same character")
    yield table("", "alpha kappa share", kind, character)
    kinds = ("F1", "alpha", "kappa", "u-alpha")
    emotions = load_emotions()
    primaries = [key for key, emotion in emotions.items() if emotion.tier == "primary"]
    labels = [
        Row(texts.emotion(key), [by_name.get(f"{kind} {key}") for kind in kinds], f"c{primaries.index(emotions.primary(key))}")
        for key in emotions if f"F1 {key}" in by_name
    ]  # fmt: skip
    yield Table(t("labels"), [t("shared"), t("alpha"), t("kappa"), t("unitizing")], labels)
    yield table("verdict", "alpha kappa", (t("judged"), "alpha verdict", "kappa verdict"))


def _sure(measure: Measure) -> str:
    """What may be concluded from an alpha: where the lower end of its interval lies among Krippendorff's floors."""
    if measure.interval is None or "alpha" not in measure.name.split()[0]:
        return ""
    low = measure.interval[0]
    return "high" if low >= FLOORS[1] else "middle" if low >= FLOORS[0] else "low"


def _number(value: float, language: Language) -> str:
    text = f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if language == "fr" else text

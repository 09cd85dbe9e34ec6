"""The agreement of two reviewers as one page to read or print; figures and labels only, no word of an account, no script."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from hashlib import sha256
from html import escape
from pathlib import Path

from ressenti.corpora.harmless import one_line
from ressenti.evaluation.agreement import FLOORS, Measure
from ressenti.graph.labels import Language
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.pages import colours
from ressenti.ontology.pages.language import load_texts
from ressenti.review.agreement.pairs import Reviewed
from ressenti.review.page.wording import WORDING
from ressenti.schema import ROLES

HERE = Path(__file__).parent
BAR = 90
"""Length of a bar from 0 to 1, in pixels."""

Row = tuple[str, str, Sequence[str]]
"""What a row is called, the class of its colours, and the measures in its columns."""


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
    by_name = {measure.name: measure for measure in measures}
    own, shared = load_texts(language, HERE / "wording.tsv"), load_texts(language, WORDING)

    def t(key: str, **values: object) -> str:
        return escape(own[f"report_{key}"].format(**values))

    number = len(found.both)
    several = any(measure.interval for measure in measures)
    tables = [
        _table(t("where"), [t("shared"), t("edges"), t("unitizing")], [
            (t("cues"), "", ("F1 mention", "IoU cue", "u-alpha cue")),
            (t("cues_emotion"), "", ("F1 mention+primary", "", "u-alpha cue by emotion")),
        ], by_name, own, language),
        _table(t("said"), [t("alpha"), t("kappa")], [
            *((t(name), "", (f"alpha {name}", f"kappa {name}")) for name in ("primary", "emotion")),
            *((escape(shared[name]), "", (f"alpha {name}", f"kappa {name}")) for name in ("mode", "status", "intensity")),
        ], by_name, own, language),
        _table(t("roles"), [t("shared"), t("unitizing")], [
            (escape(shared[f"role_{role}"]), "", (f"F1 matched:{role}", f"u-alpha {role}")) for role in ROLES
        ], by_name, own, language),
        _table("", [t("alpha"), t("kappa"), t("share")], [
            (t("kind"), "", ("alpha kind of role", "kappa kind of role", "")), (t("character"), "", ("", "", "same character")),
        ], by_name, own, language),
        _table(t("labels"), [t("shared"), t("alpha"), t("kappa"), t("unitizing")], _labels(by_name, language), by_name, own, language),
        _table(t("verdict"), [t("alpha"), t("kappa")], [(t("judged"), "", ("alpha verdict", "kappa verdict"))], by_name, own, language),
    ]  # fmt: skip
    style = _style()
    hashed = base64.b64encode(sha256(style.encode()).digest()).decode()
    one, other = map(one_line, reviewers)
    facts = [t("narratives", n=number), t("differences", n=differing), t("no_words")]
    notes = [t("same"), t("reading"), t("intervals") if several else t("few")]
    return (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{hashed}'\">\n"
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{t('title')}</title>\n<style>{style}</style>\n</head>\n"
        f'<body>\n<main>\n<h1>{t("title")}</h1>\n<p class="who">{t("who", one=one, other=other)}</p>\n'
        f'<p class="hint">{"<br>".join(facts)}</p>\n' + "".join(tables) + "".join(f'<p class="hint">{note}</p>\n' for note in notes)
    ) + "</main>\n</body>\n</html>\n"


def _labels(by_name: Mapping[str, Measure], language: Language) -> list[Row]:
    emotions = load_emotions()
    primaries = [key for key, emotion in emotions.items() if emotion.tier == "primary"]
    rows: list[Row] = []
    for key, emotion in emotions.items():
        if f"F1 {key}" in by_name:
            label = emotion.labels[language]
            colour = f"c{primaries.index(emotions.primary(key))}"
            names = tuple(f"{kind} {key}" for kind in ("F1", "alpha", "kappa", "u-alpha"))
            rows.append((escape(label[:1].upper() + label[1:]), colour, names))
    return rows


def _table(
    title: str, columns: Sequence[str], rows: Sequence[Row], by_name: Mapping[str, Measure], words: Mapping[str, str], language: Language
) -> str:
    head = "".join(f'<th scope="col">{column}</th>' for column in columns)
    body = []
    for name, colour, of in rows:
        cells = "".join(_cell(by_name.get(measure), words, language) for measure in of)
        body.append(f'<tr><th scope="row">{f"<i class={colour!r}></i>" if colour else ""}{name}</th>{cells}</tr>\n')
    heading = f"<h2>{title}</h2>\n" if title else ""
    table = f"<table>\n<thead><tr><td></td>{head}</tr></thead>\n<tbody>\n{''.join(body)}</tbody>\n</table>"
    return f'{heading}<div class="wide" role="region" tabindex="0" aria-label="{title or rows[0][0]}">{table}</div>\n'


def _cell(measure: Measure | None, words: Mapping[str, str], language: Language) -> str:
    if measure is None:
        return "<td></td>"
    units = f"<small>{measure.units} {escape(words['report_units'])}</small>"
    if measure.value is None:
        return f"<td>– {units}</td>"
    inside = (
        ""
        if measure.interval is None
        else f" <small>({_number(measure.interval[0], language)} – {_number(measure.interval[1], language)})</small>"
    )
    length = max(0.0, min(1.0, measure.value)) * BAR
    bars = f'<rect class="track" width="{BAR}" height="7"/><rect width="{length:.1f}" height="7"/>'
    drawn = f'<svg width="{BAR}" height="7" aria-hidden="true">{bars}</svg>'
    return f"<td><b>{_number(measure.value, language)}</b>{inside} {drawn}{_sure(measure, words)}{units}</td>"


def _sure(measure: Measure, words: Mapping[str, str]) -> str:
    """What may be concluded from an alpha: where the lower end of its interval lies among Krippendorff's floors."""
    if measure.interval is None or "alpha" not in measure.name.split()[0]:
        return ""
    low = measure.interval[0]
    key = "high" if low >= FLOORS[1] else "middle" if low >= FLOORS[0] else "low"
    return f'<small class="{key}">{escape(words[f"report_{key}"])}</small>'


def _number(value: float, language: Language) -> str:
    text = f"{value:.2f}".replace("-", "\N{MINUS SIGN}")
    return text.replace(".", ",") if language == "fr" else text


def _style() -> str:
    palette = "".join(f".c{n}{{background:{c.fill};border-color:{c.ink}}}\n" for n, c in enumerate(colours.PALETTE))
    return f":root{{--paper:{colours.PAPER};--ink:{colours.INK}}}\n{palette}" + (HERE / "report.css").read_text(encoding="utf-8")

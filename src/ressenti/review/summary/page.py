"""Summaries as one HTML file to print: a sheet an account, nothing asked of the network, no script but the one behind the button."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from pathlib import Path

from ressenti._version import __version__
from ressenti.graph.labels import Language
from ressenti.review import shell
from ressenti.review.summary.content import Content, Summary
from ressenti.review.summary.curve import curve
from ressenti.review.summary.emotions import Row
from ressenti.review.summary.fit import fitted, legend
from ressenti.review.summary.parts import Item
from ressenti.review.summary.quoting import Quote
from ressenti.review.summary.wording import SummaryTexts
from ressenti.schema import Narrative

HERE = Path(__file__).parent
_LINES, _APART = 40, 27
"""Lines to write on, and pixels from one to the next; as many show as there is room for."""


def style() -> str:
    """The style sheet."""
    return shell.style(HERE / "style.css")


@cache
def script() -> str:
    """The script: it prints."""
    return (HERE / "print.js").read_text(encoding="utf-8")


def policy() -> str:
    """The Content-Security-Policy: its own style and script, by their hashes, and nothing else."""
    return shell.policy(style(), script())


def page(narratives: Iterable[Narrative], language: Language = "fr") -> Iterator[str]:
    """Make the file, piece by piece.

    Args:
        narratives: Annotated, reviewed or not; those that nobody reviewed are marked so.
        language: ``fr`` or ``en``.
    """
    texts = SummaryTexts(language)
    yield shell.render("summary/summary.html", language, texts, title=texts("page_title"), style=style(), policy=policy())
    for narrative in narratives:
        yield "".join(sheet(fitted(Content(narrative, texts), texts), texts))
    yield f"</main>\n<script>{script()}</script>\n</body>\n</html>\n"


def sheet(summary: Summary, texts: SummaryTexts) -> Iterator[str]:
    """One summary as HTML."""
    state = "state" if summary.reviewed else "state unreviewed"
    yield f'<article class="sheet {summary.level.name}">\n<div class="top"><div><p class="kicker">{escape(texts("title"))}</p>'
    yield f'<h1>{escape(summary.title)}</h1></div><p class="blanks">'
    yield f"<span>{escape(texts('blank_with'))}</span><span>{escape(texts('blank_on'))}</span></p></div>\n"
    yield f'<p class="{state}">{escape(summary.review)}</p>\n'
    yield _heading(texts("scene"), texts("scene_note") if summary.scene else "")
    scene = _quoted(summary.scene, texts) if summary.scene else escape(texts("no_text"))
    kind = "quote" if summary.scene else "soft"
    yield f'<p class="scene {kind}">{scene}</p>\n'
    yield from _emotions(summary, texts)
    yield '<div class="lists"><div>'
    yield from (_list(summary, key, texts) for key in ("body", "territory"))
    yield "</div><div>"
    yield from (_list(summary, key, texts) for key in ("thoughts", "ambivalences"))
    yield "</div></div>\n"
    yield from _questions(summary, texts)
    yield f'<section class="notes">{_heading(texts("notes"))}<svg aria-hidden="true">'
    yield "".join(f'<line x1="0" y1="{y}" x2="100%" y2="{y}"/>' for y in range(_APART, _LINES * _APART, _APART))
    yield f'</svg></section>\n<p class="foot">{escape(texts("foot"))}'
    yield f" {escape(texts('made', version=__version__))}</p>\n</article>\n"


def _emotions(summary: Summary, texts: SummaryTexts) -> Iterator[str]:
    yield _heading(texts("emotions"), texts("curve") if summary.curve else "")
    if not summary.rows:
        yield f'<p class="soft">{escape(texts("no_emotions"))}</p>\n'
        return
    if summary.curve:
        yield curve(summary.curve, summary.rows, texts) + "\n"
    heads = (("emotion", "column_emotion"), ("words", "column_quote"), ("links", "column_links"))
    cells = "".join(f'<th class="{name}" scope="col">{escape(texts(key))}</th>' for name, key in heads)
    yield f'<table><thead><tr><td class="n"></td>{cells}</tr></thead><tbody>\n'
    yield from (_row(row, texts) for row in summary.rows)
    yield "</tbody></table>\n"
    if signs := legend(summary, texts):
        yield f'<p class="small soft">{escape(signs)}</p>\n'
    if summary.also:
        yield f'<p class="also small">{escape(summary.also)}</p>\n'


def _row(row: Row, texts: SummaryTexts) -> str:
    colon = "\u00a0: " if texts.language == "fr" else ": "
    details = f'<span class="details">{escape(" · ".join(row.details))}</span>' if row.details else ""
    links = "".join(
        f'<p><span class="kind">{escape(kind)}{colon}</span><span class="said">{escape(words)}</span></p>' for kind, words in row.links
    )
    return (
        f'<tr class="{row.status} c{row.colour}"><td class="n"><span class="number {row.status}">{row.number}</span></td>'
        f'<td class="emotion"><strong>{escape(row.emotion)}</strong>{details}</td>'
        f'<td class="words quote">{_quoted(row.quote, texts)}</td><td class="links">{links}</td></tr>\n'
    )


def _list(summary: Summary, key: str, texts: SummaryTexts) -> str:
    found = summary.lists[key]
    items = "".join(f"<li>{_item(item, texts)}</li>" for item in found.items)
    more = f'<p class="small soft">{escape(texts("more", n=found.more))}</p>' if found.more else ""
    inside = f"<ul>{items}</ul>" if items else _soft(texts("nothing"))
    return f"<section>{_heading(texts(key))}{inside}{more}</section>\n"


def _item(item: Item, texts: SummaryTexts) -> str:
    if not item.quote:
        return escape(item.note)
    note = f' <span class="small soft">{escape(item.note)}</span>' if item.note else ""
    return f'<span class="quote">{_quoted(item.quote, texts)}</span>{note}'


def _questions(summary: Summary, texts: SummaryTexts) -> Iterator[str]:
    shown, all_ = len(summary.questions), summary.questions_in_all
    title = texts("questions_of", n=shown, all=all_) if shown < all_ else texts("questions")
    items = "".join(f"<li>{escape(question)}</li>" for question in summary.questions)
    inside = f"<ul>{items}</ul>" if items else _soft(texts("no_questions"))
    yield f'<section class="questions">{_heading(title)}{inside}</section>\n'


def _heading(text: str, note: str = "") -> str:
    beside = f'<span class="small">{escape(note)}</span>' if note else ""
    return f"<h2>{escape(text)}{beside}</h2>"


def _soft(text: str) -> str:
    return f'<p class="soft">{escape(text)}</p>'


def _quoted(quote: Quote, texts: SummaryTexts) -> str:
    """Words of the account in quotation marks, those that say an emotion in bold."""
    words = "".join(f"<b>{escape(piece.text)}</b>" if piece.cue else escape(piece.text) for piece in quote)
    return f"«\u00a0{words}\u00a0»" if texts.language == "fr" else f"“{words}”"

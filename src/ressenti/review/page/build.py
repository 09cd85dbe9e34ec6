"""The page as one file: the template, the style and the scripts of this folder, and the narratives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from ressenti._version import __version__
from ressenti.graph.labels import Language
from ressenti.review import shell
from ressenti.review.decisions.model import text_sha256
from ressenti.review.page.data import emotion_data, escaped, left_out_data, narrative_data, term_data
from ressenti.review.page.pictures import picture_data
from ressenti.review.page.reasons import rule_data
from ressenti.review.page.wording import Texts
from ressenti.schema import Narrative

HERE = Path(__file__).parent
SCRIPTS = (
    "text", "data", "state", "view", "marks", "choice", "detail", "list", "tree", "select", "people", "below", "svg", "scene", "graph",
    "course", "pictures", "save", "frame", "keyboard", "keys", "main",
)  # fmt: skip
"""The modules in the order in which they are joined: each may use those before it when it is read, and all of them when it is called."""


def files(names: Iterable[str]) -> list[Path]:
    """Modules of the page's script by their names."""
    return [HERE / "script" / f"{name}.js" for name in names]


def script() -> str:
    """The script of the page."""
    return shell.script(*files(SCRIPTS))


def style() -> str:
    """The style sheet of the page."""
    return shell.style(HERE / "style.css")


def policy() -> str:
    """The Content-Security-Policy of the page: its own script and style, by their hashes; nothing from anywhere else, nothing sent."""
    return _policy(style(), script())


def _policy(style: str, script: str) -> str:
    return shell.policy(style, script, "img-src data:", "connect-src 'none'")


def page(
    narratives: Iterable[Narrative], language: Language = "fr", *, reviewer: str = "", pictures: bool = True, extra: Any = None
) -> Iterator[str]:
    """Make the page, piece by piece: the first narrative can be seen before the last is read.

    Args:
        narratives: Annotated narratives.
        language: ``fr`` or ``en``.
        reviewer: Who reviews, where that is known.
        pictures: Whether graphs and trajectories are drawn.
        extra: What else the scripts shall know, as JSON; they find it as ``settings.extra``.

    Yields:
        Pieces of the HTML, which follow each other.

    Raises:
        DataError: A table of the page's words, of emotions or of rules cannot be read.
    """
    texts = Texts(language)
    every = list(narratives)
    settings = {
        "reviewer": reviewer, "narratives": [{"id": narrative.id, "mentions": len(narrative.mentions)} for narrative in every],
        "rules": rule_data(_sources(every), texts), "extra": extra, "key": key(every),
        "pictures": picture_data(language) if pictures else None,
    }  # fmt: skip
    records = (narrative_data(narrative, texts, f"t{number}", pictures=pictures) for number, narrative in enumerate(every))
    yield from document("page/page.html", texts, texts("app"), style(), script(), settings, records)


def document(
    template: str, texts: Texts, title: str, style: str, script: str, settings: dict[str, Any], records: Iterable[dict[str, Any]]
) -> Iterator[str]:
    """A page of which scripts draw the most, piece by piece.

    Args:
        template: Its beginning.
        texts: Its words.
        title: The same.
        style: The same.
        script: Runs as soon as the first record is there: it shows while the others are still being read.
        settings: What the script must know of the page: ``reviewer``, ``narratives`` (each with ``id`` and ``mentions``, a number),
            ``rules``, ``extra``, and ``key``, under which a browser keeps the decisions.
        records: What it must know of each narrative.
    """
    language = texts.language
    yield shell.render(template, language, texts, title=title, style=style, policy=_policy(style, script))
    whole = {"language": language, "ressenti": __version__, "texts": texts.all, "emotions": emotion_data(language), **settings}
    yield _json("settings", whole)
    run = f"<script>{script}</script>\n"
    for number, record in enumerate(records):
        yield _json(f"narrative-{number}", record) + run
        run = ""
    yield run + _json("terms", {"emotions": term_data(), "left_out": left_out_data(language)})
    yield "</body>\n</html>\n"


def key(narratives: Sequence[Narrative], page: str = "") -> str:
    """By what a page on these narratives is known again, though it is made anew.

    Args:
        narratives: By their ids and texts.
        page: Tells the pages on the same narratives apart.
    """
    return text_sha256(page + "\n".join(f"{narrative.id}\t{text_sha256(narrative.text)}" for narrative in narratives))[:16]


def _json(name: str, value: Any) -> str:
    return f'<script type="application/json" id="{name}">{escaped(value)}</script>\n'


def _sources(narratives: Iterable[Narrative]) -> Iterator[str]:
    for narrative in narratives:
        yield from (mention.source for mention in narrative.mentions)
        yield from (role.source for role in narrative.roles)
        yield from (component.source for component in narrative.components)

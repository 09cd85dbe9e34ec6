"""The page as one file: the template, the style and the scripts of this folder, and the narratives."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from ressenti._version import __version__
from ressenti.graph.labels import Language
from ressenti.ontology.pages import colours
from ressenti.review.page.data import digest, emotion_data, escaped, narrative_data, rule_data, term_data
from ressenti.review.page.wording import Texts
from ressenti.schema import Narrative

HERE = Path(__file__).parent
SCRIPTS = (
    "text", "data", "state", "view", "marks", "choice", "detail", "list", "tree", "select", "people", "below", "pictures", "save", "keys",
    "main",
)  # fmt: skip
"""The modules in the order in which they are joined: each may use those before it when it is read, and all of them when it is called."""


@cache
def script() -> str:
    """The script of the page: its modules joined, in a scope of their own."""
    parts = (f"// {name}.js\n" + (HERE / "script" / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    return '(function () {\n"use strict";\n' + "\n".join(parts) + "})();\n"


@cache
def style() -> str:
    """The style sheet of the page, with the colours of the emotions."""
    palette = "".join(f".c{n}{{--fill:{c.fill};--on:{c.on};--hue:{c.ink}}}\n" for n, c in enumerate(colours.PALETTE))
    root = f":root{{--paper:{colours.PAPER};--ink:{colours.INK}}}\n"
    return root + palette + (HERE / "style.css").read_text(encoding="utf-8")


def policy() -> str:
    """The Content-Security-Policy of the page: its own script and style, by their hashes; nothing from anywhere else, nothing sent."""
    script_hash, style_hash = _hash(script()), _hash(style())
    return (
        f"default-src 'none'; script-src 'sha256-{script_hash}'; style-src 'sha256-{style_hash}'; img-src data:; "
        "base-uri 'none'; form-action 'none'; connect-src 'none'"
    )


def _hash(text: str) -> str:
    return base64.b64encode(sha256(text.encode()).digest()).decode()


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
    yield _head(texts)
    settings = {
        "language": language, "ressenti": __version__, "reviewer": reviewer, "texts": texts.all, "emotions": emotion_data(language),
        "narratives": _index(every), "rules": rule_data(_sources(every), language), "extra": extra,
        "key": digest("\n".join(f"{narrative.id}\t{digest(narrative.text)}" for narrative in every))[:16],
    }  # fmt: skip
    yield _json("settings", settings)
    for number, narrative in enumerate(every):
        yield _json(f"narrative-{number}", narrative_data(narrative, texts, f"t{number}", pictures=pictures))
        if number == 0:  # the first narrative shows while the others are still being read
            yield f"<script>{script()}</script>\n"
    if not every:
        yield f"<script>{script()}</script>\n"
    yield _json("terms", term_data())
    yield "</body>\n</html>\n"


def _head(texts: Texts) -> str:
    template = (HERE / "page.html").read_text(encoding="utf-8")
    values = {f"text:{key}": escape(text) for key, text in texts.all.items()}
    values |= {"language": texts.language, "policy": policy(), "style": style(), "version": __version__}
    for key, value in values.items():
        template = template.replace("{{" + key + "}}", value)
    return template


def _json(name: str, value: Any) -> str:
    return f'<script type="application/json" id="{name}">{escaped(value)}</script>\n'


def _index(narratives: Sequence[Narrative]) -> list[dict[str, Any]]:
    """What the list of narratives shows before a narrative is opened."""
    return [{"id": narrative.id, "mentions": len(narrative.mentions)} for narrative in narratives]


def _sources(narratives: Iterable[Narrative]) -> Iterator[str]:
    for narrative in narratives:
        yield from (mention.source for mention in narrative.mentions)
        yield from (role.source for role in narrative.roles)
        yield from (component.source for component in narrative.components)

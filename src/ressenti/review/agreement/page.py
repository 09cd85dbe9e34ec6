"""The page on which a third settles what two reviewers decided otherwise: one file, made of parts of the reviewer's page."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from ressenti._version import __version__
from ressenti.graph.labels import Language
from ressenti.ontology.pages.language import load_texts
from ressenti.review.agreement.differences import Difference, differences
from ressenti.review.agreement.pairs import Both
from ressenti.review.page import build
from ressenti.review.page.data import digest, emotion_data, escaped, narrative_data, term_data
from ressenti.review.page.wording import Texts

HERE = Path(__file__).parent
SHARED = ("text", "data", "state", "view", "tree", "save")
"""Modules of the reviewer's page, before those of this folder."""
OWN = ("differences", "main")


@cache
def script() -> str:
    """The script of the page: the modules joined, in a scope of their own."""
    files = [*(build.HERE / "script" / f"{name}.js" for name in SHARED), *(HERE / "script" / f"{name}.js" for name in OWN)]
    return '(function () {\n"use strict";\n' + "\n".join(file.read_text(encoding="utf-8") for file in files) + "})();\n"


@cache
def style() -> str:
    """The style sheet of the reviewer's page, and what this page has of its own."""
    return build.style() + (HERE / "style.css").read_text(encoding="utf-8")


def page(
    both: Sequence[Both], reviewers: tuple[str, str], language: Language = "fr", *, reviewer: str = "", after: datetime | None = None
) -> Iterator[str]:
    """Make the page, piece by piece; narratives on which the two agree in everything are not in it.

    Args:
        both: What the two reviewed.
        reviewers: Their names.
        language: ``fr`` or ``en``.
        reviewer: Who settles, where that is known.
        after: The last decision of the two: those of the third come later, even where a clock is wrong.

    Yields:
        Pieces of the HTML, which follow each other.

    Raises:
        DataError: A table of the page's words cannot be read.
    """
    texts = Texts(language)
    words = {**texts.all, **load_texts(language, HERE / "wording.tsv")}
    every = [(item, found) for item in both if (found := differences(item))]
    yield _head(words, language)
    key = "\n".join(f"{item.found.id}\t{digest(item.found.text)}" for item, _ in every)
    later = None if after is None else (after + timedelta(seconds=1)).isoformat(timespec="seconds")
    settings = {
        "language": language, "ressenti": __version__, "reviewer": reviewer, "texts": words, "emotions": emotion_data(language),
        "narratives": [{"id": item.found.id, "mentions": len(found)} for item, found in every], "rules": {},
        "extra": {"reviewers": list(_told(reviewers)), "after": later}, "key": digest(f"agree\n{key}")[:16],
    }  # fmt: skip
    yield _json("settings", settings)
    for number, (item, found) in enumerate(every):
        yield _json(f"narrative-{number}", _data(item, found, texts, number))
        if number == 0:
            yield f"<script>{script()}</script>\n"
    yield _json("terms", term_data())
    yield "</body>\n</html>\n"


def _told(reviewers: tuple[str, str]) -> tuple[str, str]:
    """Names that tell the two apart."""
    one, other = reviewers
    return (f"{one} (1)", f"{other} (2)") if one == other else reviewers


def _data(item: Both, found: Sequence[Difference], texts: Texts, number: int) -> dict[str, Any]:
    data = narrative_data(item.found, texts, f"t{number}", pictures=False)
    return {**data, "questions": [], "differences": [difference.to_dict() for difference in found]}


def _json(name: str, value: Any) -> str:
    return f'<script type="application/json" id="{name}">{escaped(value)}</script>\n'


def _head(words: dict[str, str], language: Language) -> str:
    hashes = [base64.b64encode(sha256(text.encode()).digest()).decode() for text in (script(), style())]
    policy = (
        f"default-src 'none'; script-src 'sha256-{hashes[0]}'; style-src 'sha256-{hashes[1]}'; img-src data:; base-uri 'none'; "
        "form-action 'none'; connect-src 'none'"
    )
    whole = (build.HERE / "page.html").read_text(encoding="utf-8")
    parts = {f"part:{name}": _part(whole, name) for name in ("keeping", "doing", "tree-dialog", "reviewer-dialog")}
    values = (
        parts | {f"text:{key}": escape(text) for key, text in words.items()} | {"language": language, "policy": policy, "style": style()}
    )
    template = (HERE / "page.html").read_text(encoding="utf-8")
    for key, value in values.items():
        template = template.replace("{{" + key + "}}", value)
    return template


def _part(template: str, name: str) -> str:
    """An element of the reviewer's page, by its class or id."""
    found = re.search(rf'^ *<(div|p|dialog) (?:class|id)="{name}".*?</\1>', template, re.DOTALL | re.MULTILINE)
    assert found is not None, name
    return found[0]

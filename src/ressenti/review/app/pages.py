"""The two pages of the application itself: the gate, which exchanges the token, and the desk, which holds the coach's pages in frames."""

from __future__ import annotations

import base64
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from ressenti.corpora.reading import FORMATS, SUFFIXES
from ressenti.graph.labels import Language
from ressenti.ontology.pages import colours
from ressenti.ontology.pages.language import load_texts
from ressenti.review.page.data import escaped

HERE = Path(__file__).parent
LARGEST_FILE = 32 << 20
"""Bytes of a file."""
_KINDS = ("docx", "odt", "pdf", "txt", "csv", "jsonl")


def wording(language: Language) -> dict[str, str]:
    """The texts of the application in a language."""
    return load_texts(language, HERE / "wording.tsv")


def gate(language: Language) -> str:
    """What is answered to who has no session yet: nothing of anybody's is in it."""
    return _filled("gate", language)


def desk(language: Language) -> str:
    """The page around the coach's pages."""
    return _filled("desk", language)


def policy(name: str) -> str:
    """The Content-Security-Policy of ``gate`` or ``desk``: its own script and style, by their hashes; it asks only this server."""
    return (
        f"default-src 'none'; script-src '{_hash(_file(f'{name}.js'))}'; style-src '{_hash(_style())}'; img-src data:; "
        "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@cache
def _filled(name: str, language: Language) -> str:
    texts = wording(language)
    kinds = texts["open_hint"].format(kinds=", ".join(texts[f"kind_{kind}"] for kind in _KINDS if kind in FORMATS))
    values = {f"text:{key}": escape(text) for key, text in texts.items()}
    values |= {"language": language, "style": _style(), "script": _file(f"{name}.js"), "kinds": escape(kinds[:1].upper() + kinds[1:])}
    values |= {"accept": ",".join(sorted(SUFFIXES)), "texts": escaped({**texts, "largest": str(LARGEST_FILE)})}
    page = _file(f"{name}.html")
    for key, value in values.items():
        page = page.replace("{{" + key + "}}", value)
    return page


@cache
def _file(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


@cache
def _style() -> str:
    return f":root{{--paper:{colours.PAPER};--ink:{colours.INK}}}\n{_file('desk.css')}"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(sha256(text.encode()).digest()).decode()}"

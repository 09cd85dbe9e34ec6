"""The two pages of the application itself: the gate, which exchanges the token, and the desk, which holds the coach's pages in frames."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ressenti.corpora.reading import FORMATS, SUFFIXES
from ressenti.graph.labels import Language
from ressenti.ontology.pages.language import load_texts
from ressenti.review import shell
from ressenti.review.page.data import escaped

HERE = Path(__file__).parent
LARGEST_FILE = 32 << 20
"""Bytes of a file."""
_KINDS = ("docx", "odt", "pdf", "srt", "txt", "csv", "jsonl")


def wording(language: Language) -> dict[str, str]:
    """The texts of the application in a language."""
    return load_texts(language, HERE / "wording.tsv")


def reworded(said: str, language: Language) -> str:
    """What a reader says, as a coach understands it; empty where the table has no words for it.

    Args:
        said: A notice or the reason of an error, in English, as the command line shows it.
        language: Of the page.
    """
    for pattern, text in load_texts(language, HERE / "readers.tsv").items():
        if found := re.fullmatch(pattern, said, re.DOTALL):
            return text.format(found[0], *found.groups())
    return ""


def gate(language: Language) -> str:
    """What is answered to who has no session yet: nothing of anybody's is in it."""
    return _filled("gate", language)


def desk(language: Language) -> str:
    """The page around the coach's pages."""
    return _filled("desk", language)


def policy(name: str) -> str:
    """The Content-Security-Policy of ``gate`` or ``desk``: its own script and style, by their hashes; it asks only this server."""
    return shell.policy(_style(), _script(name), "img-src data:", "connect-src 'self'", "frame-src 'self'", "frame-ancestors 'none'")


@cache
def _filled(name: str, language: Language) -> str:
    texts = wording(language)
    kinds = texts["open_hint"].format(kinds=", ".join(texts[f"kind_{kind}"] for kind in _KINDS if kind in FORMATS))
    return shell.render(
        f"app/{name}.html", language, texts.__getitem__, title=texts["title"], style=_style(), script=_script(name), policy="",
        kinds=kinds[:1].upper() + kinds[1:], accept=",".join(sorted(SUFFIXES)), texts=escaped({**texts, "largest": str(LARGEST_FILE)}),
    )  # fmt: skip


@cache
def _script(name: str) -> str:
    return (HERE / f"{name}.js").read_text(encoding="utf-8")


def _style() -> str:
    return shell.style(HERE / "desk.css")

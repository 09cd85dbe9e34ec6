"""What the pages of a review have in common: the shell of a page, the colours, and a policy that lets in what a page holds and no more."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ressenti.corpora.harmless import harmless
from ressenti.ontology.pages import colours
from ressenti.templates import environment, policy_hash

if TYPE_CHECKING:
    from jinja2 import Environment

HERE = Path(__file__).parent
_ODD = re.compile("[\u061c\u200e\u200f\ud800-\udfff]")


def shown(text: str) -> str:
    """Words of an account as a page may show them, as many code points: no control characters, no marks of direction, no halves."""
    return _ODD.sub("\ufffd", harmless(text))


@cache
def style(*files: Path) -> str:
    """A style sheet: the colours of the paper and of the emotions, then files."""
    palette = "".join(f".c{n}{{--fill:{c.fill};--on:{c.on};--hue:{c.ink}}}\n" for n, c in enumerate(colours.PALETTE))
    root = f":root{{--paper:{colours.PAPER};--ink:{colours.INK}}}\n"
    return root + palette + "".join(file.read_text(encoding="utf-8") for file in files)


@cache
def script(*files: Path) -> str:
    """A script: modules joined in a scope of their own."""
    parts = (f"// {file.name}\n{file.read_text(encoding='utf-8')}" for file in files)
    return '(function () {\n"use strict";\n' + "\n".join(parts) + "})();\n"


def policy(style: str, script: str = "", *more: str) -> str:
    """The Content-Security-Policy of a page: its own style and script, by their hashes; nothing from anywhere else, nothing sent.

    Args:
        style: Of the page.
        script: The same.
        more: What else it says, such as ``img-src data:``.
    """
    own = [f"style-src 'sha256-{policy_hash(style)}'", *([f"script-src 'sha256-{policy_hash(script)}'"] if script else [])]
    return "; ".join(("default-src 'none'", *own, *more, "base-uri 'none'", "form-action 'none'"))


def render(template: str, language: str, texts: Callable[[str], str], /, **values: object) -> str:
    """A page, or its beginning.

    Args:
        template: Its name, from this folder.
        language: ``fr`` or ``en``.
        texts: Gives the text of a key; the template calls it ``t``.
        values: What else the template names: at least ``title``, ``style``, and ``policy``, empty where a header says it.
    """
    return _templates().get_template(template).render(language=language, t=texts, **values)


@cache
def _templates() -> Environment:
    return environment(HERE)

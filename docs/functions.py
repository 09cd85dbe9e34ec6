"""Writes functions.md: the grammatical functions that paths may name, as their own descriptions say, and the shipped word classes."""

from __future__ import annotations

import re
from pathlib import Path

from ressenti.rules.paths import MENTION_FUNCTIONS
from ressenti.rules.syntax import FUNCTIONS

HEAD = """# Grammatical functions

What [paths](rules.md#paths) may name, by the file of `src/ressenti/rules/syntax/` that holds them. Each leads from a word
(« the token ») to the words that it finds, best first; « these forms » are those that narrow it in parentheses.
`python docs/functions.py` writes this page.
"""
MENTIONS = {
    "previous-mention": "The mentions before the token, nearest first; narrowed by modes or emotions.",
    "next-mention": "The mentions after the token, nearest first; narrowed by modes or emotions.",
}


def typeset(text: str) -> str:
    """French between « » with non-breaking spaces and ’, as it is printed."""
    return re.sub(r"«[^»]*»", lambda quoted: re.sub(r" ([?!:;»])", "\u00a0\\1", quoted[0].replace("« ", "«\u00a0").replace("'", "’")), text)


def page() -> str:
    """The page as Markdown."""
    files: dict[str, list[str]] = {}
    for name, function in FUNCTIONS.items():
        about = " ".join((function.__doc__ or "").split("\n\n")[0].split())
        files.setdefault(function.__module__.rsplit(".", 1)[1], []).append(f"| `{name}` | {about.replace('|', chr(92) + '|')} |")
    files["mentions"] = [f"| `{name}` | {MENTIONS[name]} |" for name in MENTION_FUNCTIONS]
    parts = [HEAD]
    for file, rows in sorted(files.items()):
        parts.append("\n".join([f"\n## {file.capitalize()}\n", "| function | leads to |", "| --- | --- |", *sorted(rows), ""]))
    return typeset("".join(parts))


if __name__ == "__main__":
    Path(__file__).with_name("functions.md").write_text(page(), encoding="utf-8")

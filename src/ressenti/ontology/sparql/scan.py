"""The words of a query: enough of SPARQL's lexical grammar to point at a place in it; parsing is pyoxigraph's.

Source: SPARQL 1.1 Query Language (W3C, 2013), section 19.8, terminals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

IRI = r'<(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>'
LONG = r'"""(?:"{0,2}(?:[^"\\]|\\.))*"""' + r"|'''(?:'{0,2}(?:[^'\\]|\\.))*'''"
SHORT = r'"(?:[^"\\\n\r]|\\.)*"' + r"|'(?:[^'\\\n\r]|\\.)*'"
COMMENT = r"#[^\n\r]*+"
SPACE = rf"(?:[ \t\r\n]|{COMMENT})*+"
_LOCAL = r"(?:\\.|%[0-9A-Fa-f]{2}|[\w:.\-·‿⁀])*(?<![.])"
_TOKEN = re.compile(
    rf"(?P<space>[ \t\r\n]+|{COMMENT})|(?P<iri>{IRI})|(?P<string>{LONG}|{SHORT})|(?P<variable>[?$]\w+)"
    rf"|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)|(?P<blank>_:\w[\w.\-·]*)|(?P<name>(?:[^\W\d_][\w.\-·]*)?:{_LOCAL})"
    r"|(?P<number>\d[\d.]*(?:[eE][+-]?\d+)?)|(?P<word>[^\W\d]\w*)|(?P<quote>[\"'])|(?P<mark>.)",
    re.DOTALL,
)


class Token(NamedTuple):
    """One token: its kind (a group of the pattern above), its text and where it starts, in code points."""

    kind: str
    text: str
    start: int


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query in their usual reading, blanks and comments left out. Nothing is refused: a stray character is a ``mark``."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup and match.lastgroup != "space":
            yield Token(match.lastgroup, match[0], match.start())


def place(text: str, index: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def form(query: str) -> Token | None:
    """The first word after the prologue, such as SELECT or INSERT; None where there is none."""
    found = tokens(query)
    for token in found:
        word = token.text.upper() if token.kind == "word" else ""
        if word == "PREFIX":
            next(found, None)
            next(found, None)
        elif word in ("BASE", "VERSION"):
            next(found, None)
        else:
            return token if word else None
    return None


def declared(query: str) -> dict[str, str]:
    """The prefixes that a query declares, with their IRIs."""
    found: dict[str, str] = {}
    held = list(tokens(query))
    for word, name, iri in zip(held, held[1:], held[2:], strict=False):
        if word.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri":
            found[name.text[:-1]] = iri.text[1:-1]
    return found

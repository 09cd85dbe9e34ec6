"""The words of a query: enough of SPARQL's lexical grammar to point at a place in it; parsing is pyoxigraph's.

Source: SPARQL 1.1 Query Language (W3C, 2013), section 19.8, terminals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

IRI = r'<(?:[^\x00-\x20<>"{}|^`\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>'
COMMENT = r"#[^\n\r]*+"
SPACE = rf"(?:[ \t\r\n]|{COMMENT})*+"
_LOCAL = r"(?:\\.|%[0-9A-Fa-f]{2}|[\w:.\-·‿⁀])*(?<![.])"
_NAME = rf"|(?P<name>(?:[^\W\d_][\w.\-·]*)?:{_LOCAL})"
_TOKEN, _NAMELESS = (
    re.compile(
        rf"(?P<space>[ \t\r\n]+|{COMMENT})|(?P<iri>{IRI})|(?P<variable>[?$]\w+)"
        rf"|(?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)|(?P<blank>_:\w[\w.\-·]*){name}"
        r"|(?P<number>\d[\d.]*(?:[eE][+-]?\d+)?)|(?P<word>[^\W\d]\w*)|(?P<quote>[\"'])|(?P<mark>.)",
        re.DOTALL,
    )
    for name in (_NAME, "")
)
_RUN = re.compile(r"[\w.\-·]+")
"""What may stand before the colon of a name."""
_WITHIN = {
    mark * times: re.compile(rf"(?:{mark}{{0,2}}(?:[^{mark}\\]|\\.))*+" if times == 3 else rf"(?:[^{mark}\\\n\r]|\\.)*+")
    for mark in ('"', "'")
    for times in (3, 1)
}
"""What stands within a string, by what it begins and ends with."""


class Token(NamedTuple):
    """One token: its kind (a group of the pattern above), its text and where it starts, in code points."""

    kind: str
    text: str
    start: int


class Strings:
    """Where the strings of a query end; what no string closes is looked through once, not from each of its quotation marks."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._open = dict.fromkeys(_WITHIN, 0)

    def end(self, start: int) -> int | None:
        """Where the string ends that the quotation mark at the offset opens; None where nothing closes it."""
        for mark in (self._query[start] * 3, self._query[start]):
            if start < self._open[mark] or not self._query.startswith(mark, start):
                continue
            end = _WITHIN[mark].match(self._query, start + len(mark)).end()  # type: ignore[union-attr] # it matches nothing, too
            if self._query.startswith(mark, end):
                return end + len(mark)
            self._open[mark] = end  # the marks up to there are escaped: what they would open ends there, too
        return None


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query in their usual reading, blanks and comments left out. Nothing is refused: a stray character is a ``mark``.

    Takes time in proportion to the length, whatever the query.
    """
    strings, start, nameless = Strings(query), 0, 0
    while start < len(query):
        match = (_NAMELESS if start < nameless else _TOKEN).match(query, start)
        kind, end = str(match.lastgroup), match.end()  # type: ignore[union-attr] # any character is a mark
        if kind == "quote" and (closed := strings.end(start)):
            kind, end = "string", closed
        elif kind == "word" and start >= nameless:
            run = _RUN.match(query, start).end()  # type: ignore[union-attr] # a word begins one
            nameless = run if query[run : run + 1] != ":" else nameless
        if kind != "space":
            yield Token(kind, query[start:end], start)
        start = end


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

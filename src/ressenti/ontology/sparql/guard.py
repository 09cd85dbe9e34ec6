"""What a query may not do unasked: reach the network, change data, nest without end.

pyoxigraph has no switch that forbids SERVICE and LOAD, so they are looked for in the query's text. As the text is not parsed here, every
reading in which one of the two could be a keyword counts: rather one odd query too many refused than one that reaches out.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator

from ressenti.ontology.sparql.errors import QueryError
from ressenti.ontology.sparql.scan import IRI, SPACE, Strings, Token, form, tokens

ASKING = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
CHANGING = ("INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH")
DEEPEST = 2000
"""Brackets open at once. pyoxigraph's parser is recursive, and overflowing its stack ends the process without a word."""
LONGEST = 1_000_000
"""Characters of a query."""

_IRI = re.compile(IRI)
_WORD = re.compile("service|load", re.IGNORECASE)
_SILENT = re.compile("silent", re.IGNORECASE)
_INTO = re.compile("into", re.IGNORECASE)
_NO_NAME = frozenset("{}()<>\"'#;\\")
_LETTERS_BEFORE = re.compile(r"(?:[?$]\w*|@[A-Za-z0-9\-]+)\Z")
_OF_A_FILE = re.compile(rf"{SPACE}(?:silent{SPACE})?<(?!https?://)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def check(query: str, source: str, *, network: bool = False, update: bool = False) -> None:
    """Refuse what was not asked for.

    Args:
        query: The text.
        source: What to call it in a message.
        network: SERVICE and LOAD may reach the web.
        update: The text is to change data, not to ask.

    Raises:
        QueryError: With line and column.
    """
    if not any(tokens(query)):
        raise QueryError(source, query, None, "is empty; write a query such as SELECT * WHERE { ?emotion a tone:PrimaryEmotion }")
    _check_size(query, source)
    if not update and (first := changing(query)):
        raise QueryError(source, query, first.start, f"{first.text.upper()} changes data; give --update if that is meant")
    if update and (first := form(query)) and first.text.upper() in ASKING:
        raise QueryError(source, query, first.start, f"{first.text.upper()} changes nothing; leave out --update")
    for index, word in outward(query):
        if word == "LOAD" and not update:
            continue
        if word == "LOAD" and _OF_A_FILE.match(query, index + len(word)):
            raise QueryError(source, query, index, "LOAD reads http and https only; give a file of yours with --data")
        if not network:
            raise QueryError(source, query, index, f"{word} reaches the network; give --allow-network if that is meant")


def changing(query: str) -> Token | None:
    """The word by which a text changes data; None where it does not."""
    first = form(query)
    return first if first and first.text.upper() in CHANGING else None


def outward(query: str) -> Iterator[tuple[int, str]]:
    """Where SERVICE or LOAD may stand as a keyword: offset and word.

    A word in a string, an IRI, a comment, a variable or a shortened IRI is none.
    """
    yield from _keywords(query)
    if _ESCAPE.search(query):
        # SPARQL resolves escapes before anything else; pyoxigraph 0.5 does so in strings and IRIs only. Both count.
        decoded, origin = _decode(query)
        yield from ((origin[index], word) for index, word in _keywords(decoded))


def _keywords(query: str) -> Iterator[tuple[int, str]]:
    """Follow every reading at once: « < » opens an IRI or compares."""
    if not _WORD.search(query):
        return
    ahead, strings = _Ahead(query), Strings(query)
    reached = bytearray(len(query) + 1)
    reached[0] = 1
    for index, character in enumerate(query):
        if not reached[index]:
            continue
        if character in "sSlLſ" and (found := _WORD.match(query, index)):
            word = "LOAD" if character in "lL" else "SERVICE"
            if ahead.is_asked(word, found.end()) and not _LETTERS_BEFORE.search(query, max(0, index - 1000), index):
                yield index, word
        if character in "\"'":
            end = strings.end(index)
            ends = [end] if end else []
        elif character == "<":
            iri = _IRI.match(query, index)
            ends = [index + 1, iri.end()] if iri else []
        elif character == "#":
            ends = [ahead.blank[index]]
        elif character == "\\":
            ends = [min(index + 2, len(query))]
        else:
            ends = []
        for end in ends or [index + 1]:
            reached[end] = 1


class _Ahead:
    """What follows each place of a query, found once for all of them.

    No blank need stand around a keyword: ``1SERVICEex:a{}`` has one. Even ``p:SERVICEex:a{}`` has, where the prefix makes no valid IRI of
    ``p:SERVICEex`` but does of ``p:``. Only variables and language tags surely end where their letters do. So any letters may be the word,
    and looking from each of them for what follows would take a time that grows with the square of the length.

    Attributes:
        blank: Where the blanks and comments that begin at an offset end.
    """

    def __init__(self, query: str) -> None:
        self._query, length = query, len(query)
        self.blank, self._name = array("l", range(length + 2)), array("l", range(length + 2))
        self._iri: dict[int, int] = {}
        line, closed = length, 0
        for index in range(length - 1, -1, -1):
            character = query[index]
            if character in " \t\r\n":
                self.blank[index] = self.blank[index + 1]
                line = index if character in "\r\n" else line
            elif character == "#":
                self.blank[index] = self.blank[line]
            elif character == "\\":
                self._name[index] = self._name[index + 2] if query[index + 1 : index + 2] not in ("", "\n") else index
            elif character == "<" and closed:
                self._iri[index] = closed
            elif character == ">":
                closed = index + 1
            if character not in _NO_NAME and not character.isspace():
                self._name[index] = self._name[index + 1]

    def is_asked(self, word: str, start: int) -> bool:
        """Whether what follows the word, from an offset on, is what follows it as a keyword: whom to ask, or what to load."""
        places = [self.blank[start]]
        if silent := _SILENT.match(self._query, places[0]):
            places.append(self.blank[silent.end()])
        ends = [end for place in places for end in (self._name[place], self._iri.get(place, place)) if end > place]
        return any(self._ends(word, self.blank[end]) for end in ends)

    def _ends(self, word: str, place: int) -> bool:
        after = self._query[place : place + 1]
        if word == "SERVICE":
            return after == "{"
        return after in ("", ";") or _INTO.match(self._query, place) is not None


def _decode(query: str) -> tuple[str, list[int]]:
    """The text with its escapes resolved, and where each of its characters comes from."""
    out: list[str] = []
    origin: list[int] = []
    last = 0
    for match in _ESCAPE.finditer(query):
        code = int(match[1] or match[2], 16)
        out += query[last : match.start()], chr(code) if code < 0x110000 else "\ufffd"
        origin += range(last, match.start() + 1)
        last = match.end()
    out.append(query[last:])
    origin += range(last, len(query) + 1)
    return "".join(out), origin


def _check_size(query: str, source: str) -> None:
    if len(query) > LONGEST:
        raise QueryError(source, query, None, f"has more than {LONGEST} characters; put data in a file for --data")
    depth = 0
    for token in tokens(query):
        depth += (token.text in ("(", "{", "[")) - (token.text in (")", "}", "]"))
        if depth > DEEPEST:
            raise QueryError(source, query, token.start, f"more than {DEEPEST} brackets are open here; write the query flatter")

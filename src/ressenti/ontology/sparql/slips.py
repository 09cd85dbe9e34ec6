"""Slips that people often make in SPARQL, told from the words of a query that does not parse.

Only a query that pyoxigraph has refused comes here: what is told is where to look, never whether a query may be asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ressenti.ontology.sparql.scan import Token

Slip = tuple[Token, str]

_NODES = ("variable", "iri", "name", "blank", "string", "number")
_GROUPED = ("OPTIONAL", "MINUS", "UNION")
_ORDER = {"GROUP": 1, "HAVING": 2, "ORDER": 3, "LIMIT": 4, "OFFSET": 4}
_LISTING = ("SELECT", "BY", "DESCRIBE", "DISTINCT", "REDUCED", "GROUP", "ORDER", "HAVING", "IN")
"""After these come lists of things that are no triple."""


def slips(found: Sequence[Token]) -> Iterator[Slip]:
    """The slips in a query, those of a kind together.

    Yields:
        The token to point at, and what to say of it.
    """
    for look in (_pairs, _selection, _modifiers, _triples):
        yield from look(found)


def _pairs(found: Sequence[Token]) -> Iterator[Slip]:
    """What two neighbours show."""
    for before, token in pairwise(found):
        word, joined = before.text.upper(), before.start + len(before.text) == token.start
        if before.text == "=" == token.text and joined:
            yield before, "two things are compared with one ="
        elif before.kind == "language" and token.kind == "word" and joined:
            yield before, "a language is written with the letters a to z, as in @fr"
        elif word == "FILTER" and token.kind in _NODES and token.kind not in ("iri", "name"):
            yield token, "FILTER wants brackets: FILTER (…)"
        elif word in _GROUPED and before.kind == "word" and token.text != "{":
            yield token, f"{word} wants braces: {word} {{ … }}"
        elif word in ("LIMIT", "OFFSET") and before.kind == "word" and not token.text.isdigit():
            yield token, f"{word} wants a whole number, 0 or more"


def _selection(found: Sequence[Token]) -> Iterator[Slip]:
    """Between SELECT and the first brace: variables, and expressions with a name."""
    start = next((number for number, token in enumerate(found) if token.text.upper() == "SELECT"), len(found))
    opened: list[tuple[Token, bool]] = []
    for token, after in pairwise(found[start + 1 :]):
        if token.text == "{" or token.text.upper() in ("WHERE", "FROM"):
            return
        if token.text == "(":
            opened.append((token, False))
        elif token.text == ")" and opened:
            bracket, named = opened.pop()
            if not opened and not named:
                yield bracket, "an expression of SELECT has a name: (… AS ?n)"
        elif token.text.upper() == "AS" and opened:
            opened[-1] = opened[-1][0], True
        elif token.text == "," and not opened:
            yield token, "the variables of SELECT stand without commas"
        elif token.kind == "word" and after.text == "(" and not opened:
            yield token, f"an expression of SELECT stands in brackets and has a name: ({token.text}(…) AS ?n)"


def _modifiers(found: Sequence[Token]) -> Iterator[Slip]:
    """What stands after the braces has an order."""
    before: Token | None = None
    for token in found:
        if token.text in "{}":
            before = None
        elif token.kind == "word" and token.text.upper() in _ORDER:
            if before is not None and _ORDER[token.text.upper()] < _ORDER[before.text.upper()]:
                yield token, f"{_named(token)} goes before {_named(before)}"
            before = token


def _named(token: Token) -> str:
    return f"{token.text.upper()} BY" if token.text.upper() in ("GROUP", "ORDER") else token.text.upper()


def _triples(found: Sequence[Token]) -> Iterator[Slip]:
    """Four things in a row, or three after a semicolon, where a triple has three and its continuation two."""
    run: list[Token] = []
    most, listing, data = 3, True, False
    for token in found:
        word = token.text.upper() if token.kind == "word" else ""
        if token.text == "{":
            run, most, listing = [], 3, data
        elif token.text == "}":
            run, most, listing, data = [], 3, False, False
        elif word in _LISTING or token.text == "(":
            listing = True
        elif word == "VALUES":
            listing = data = True
        elif token.text == ")":
            run, most, listing = [], 3, data
        elif token.kind == "language":
            continue
        elif token.kind in _NODES or word in ("A", "TRUE", "FALSE"):
            run.append(token)
            if not listing and len(run) > most:
                if most == 3:
                    yield token, "a dot is missing before this"
                elif most == 2:
                    yield run[0], "after ; comes a property; before a new subject a dot is due"
                return
        else:
            run, most = [], 2 if token.text == ";" else 1 if token.text == "," else 3

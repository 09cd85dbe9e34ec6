"""What is wrong with a query that pyoxigraph refuses, and where.

pyoxigraph says how far its parser came, after the longest keyword that it tried, and all that it would have taken there. Most mistakes can
be told more plainly from the words of the query; what is left is told in pyoxigraph's way, shortened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from itertools import chain

from ressenti.ontology.sparql.errors import QueryError, is_quotable
from ressenti.ontology.sparql.scan import Token, declared, tokens
from ressenti.ontology.sparql.slips import slips

KEYWORDS = frozenset(
    """a add all as asc ask base bind by clear construct copy create data default delete desc describe distinct drop exists filter from
    graph group having in insert into lateral limit load minus move named not offset optional order prefix reduced select separator
    service silent to undef union using values version where with true false abs adjust avg bnode bound ceil coalesce concat contains
    count datatype day encode_for_uri floor group_concat haslang haslangdir hours if iri isblank isiri isliteral isnumeric istriple
    isuri lang langdir langmatches lcase max md5 min minutes month now object predicate rand regex replace round sample sameterm sha1
    sha256 sha384 sha512 seconds str strafter strbefore strdt strends strlang strlangdir strlen strstarts struuid subject substr sum
    timezone triple tz ucase uri uuid year""".split()
)
_MARKS = frozenset("{}()[].,;*/|^+-!=<>&?")
_PAIRS = {"{": "}", "(": ")", "[": "]"}
_REPORT = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<list>.*)", re.DOTALL)
_ITEM = re.compile(r"\[[^\[\]]*(?:'[\[\]]'[^\[\]]*)*\]|\"(?:[^\"\\]|\\.)*\"|<unreported>|[A-Z_]{2,}(?=,|\Z)|[^,]+")
_WHOLE = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:")
_SAID = {
    "The SELECT contains a variable that is unbound": "SELECT names a variable that is not grouped; add it to GROUP BY, or count it …",
    "Prefix not found": "a prefix is not declared",
    "IRI parsing failed": "an IRI here is not valid",
}

_UNQUOTED = "is not understood as SPARQL from here on; put the query in a file that ends in .rq to see the line and the reason"


def explain(error: SyntaxError, query: str, source: str, known: Iterable[str]) -> QueryError:
    """The error to show for one of pyoxigraph's.

    Args:
        error: What pyoxigraph raised.
        query: The text that it was given.
        source: What to call it.
        known: The prefixes that are given for free.
    """
    found = _found(error, query, source, known)
    if is_quotable(source) or found.line is None or found.column is None:
        return found
    return QueryError(source, query, _offset(query, found.line, found.column), _UNQUOTED)


def _found(error: SyntaxError, query: str, source: str, known: Iterable[str]) -> QueryError:
    found = list(tokens(query))
    prefixes = {*known, *declared(query)}
    for token, reason in chain(_mistakes(found, prefixes), slips(found), _brackets(found)):
        return QueryError(source, query, token.start, reason)
    report = _REPORT.match(str(error))
    if not report:
        return QueryError(source, query, None, str(error))
    items = [item.strip() for item in _ITEM.findall(report["list"])]
    if "IRI parsing failed" in items:
        for token in found:
            if token.kind == "iri" and not _WHOLE.match(token.text):
                return QueryError(source, query, token.start, f"{token.text} is no whole IRI; write <http://…>, or a prefix and a name")
    words = [item for item in items if item.isupper()]
    index = _offset(query, int(report["line"]), int(report["column"]))
    if words and not any(item.startswith('"') for item in items):
        index = max(0, index - min(map(len, words)))
    at = next((token for token in found if token.start + len(token.text) > index), None)
    for said in items:
        if " " in said and said[0].isalpha():
            select = next((token.start for token in found if token.text.upper() == "SELECT"), index)
            return QueryError(source, query, select if "SELECT" in said else min(index, len(query.rstrip())), _SAID.get(said, said))
    wanted = [item.replace('\\"', '"') if item.startswith('"') else item for item in items if item.isupper() or item.startswith('"')]
    hint = f"; {' or '.join(wanted[:6])}{' …' if len(wanted) > 6 else ''} could stand here" if wanted else ""
    if at is None:
        return QueryError(source, query, len(query.rstrip()), f"the query ends too early{hint}")
    return QueryError(source, query, at.start, f"cannot be understood from about {at.text[:40]!r} on{hint}")


def _mistakes(found: list[Token], prefixes: set[str]) -> Iterator[tuple[Token, str]]:
    """Words and signs that SPARQL does not have, in order."""
    before: Token | None = None
    for token in found:
        if token.kind == "quote":
            yield token, f"this string does not end; close it with {token.text}"
        elif token.kind == "word" and token.text in prefixes:
            yield token, f"a prefix is followed by a colon: {token.text}:…"
        elif token.kind == "word" and token.text.lower() not in KEYWORDS and not _is_tag(before, token):
            near = get_close_matches(token.text.lower(), KEYWORDS, n=1, cutoff=0.75) if len(token.text) > 2 else []
            word = token.text[:40]
            hint = f"did you mean {near[0].upper()}?" if near else f'a variable is written ?{word}, a name tone:{word}, a text "{word}"'
            yield token, f"{word!r} is no word of SPARQL; {hint}"
        elif token.kind == "name" and token.text.partition(":")[0] not in prefixes and not (before and before.text.upper() == "PREFIX"):
            prefix = token.text.partition(":")[0]
            near = get_close_matches(prefix, prefixes, n=2, cutoff=0.75) if len(prefix) > 2 else []
            hint = f"did you mean {': or '.join(near)}:?" if near else f"add PREFIX {prefix}: <…> at the top"
            yield token, f"the prefix {prefix}: is not declared; {hint}"
        elif token.kind == "mark" and token.text not in _MARKS:
            yield token, f"{token.text!r} does not belong here"
        elif token.text == "?" and (before is None or before.start + len(before.text) < token.start):  # else of a path, as in rdfs:label?
            yield token, "a variable has a name, as in ?emotion"
        before = token


def _is_tag(before: Token | None, token: Token) -> bool:
    """Whether the word is the rest of a language tag with a letter that none has: « @français »."""
    return before is not None and before.kind == "language" and before.start + len(before.text) == token.start


def _brackets(found: list[Token]) -> Iterator[tuple[Token, str]]:
    """Brackets without their partner; looked at last, as other mistakes upset them."""
    opened: list[Token] = []
    for token in found:
        if token.text in _PAIRS:
            opened.append(token)
        elif token.text in _PAIRS.values():
            if not opened:
                yield token, f"this {token.text} closes nothing"
                return
            if _PAIRS[opened[-1].text] != token.text:
                yield token, f"{token.text} stands where {_PAIRS[opened[-1].text]} is due"
                return
            opened.pop()
    if opened:
        yield opened[-1], f"this {opened[-1].text} is never closed"


def _offset(query: str, line: int, column: int) -> int:
    starts = [0, *(match.end() for match in re.finditer("\n", query))]
    return min(len(query), starts[min(line, len(starts)) - 1] + column - 1)

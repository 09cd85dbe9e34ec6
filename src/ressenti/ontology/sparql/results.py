"""Answers written down, row by row: a table to read, or one of the standard formats, as pyoxigraph writes them."""

from __future__ import annotations

import codecs
import textwrap
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import IO, Any, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)  # fmt: skip

from ressenti.ontology.rdf.names import split
from ressenti.ontology.sparql.errors import visible
from ressenti.ontology.sparql.prefixes import shorten

Write = Callable[[str], object]
ROWS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV}
GRAPHS = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML}
FORMATS = ("table", *ROWS, *GRAPHS)
SUITED = {"SELECT": ("table", *ROWS), "ASK": ("table", *ROWS), "CONSTRUCT": tuple(GRAPHS), "DESCRIBE": tuple(GRAPHS)}
"""Form of a query to the formats that it can be answered in, the default one first."""

BLANK = 32
"""Characters of the name of a blank node in a table; pyoxigraph makes names of 32."""
FIRST = 500
"""Rows or triples that are looked at before the first is written: for the widths of a table, for the prefixes of a graph."""
_GAP = "  "
_LOOKED_AT = 65536
_PIECE = 16384
_PATIENCE = 0.2
_XSD = "http://www.w3.org/2001/XMLSchema#"
_UNWRITTEN = {f"{_XSD}{name}" for name in ("string", "integer", "decimal", "double", "boolean")} | {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
}
"""Datatypes that Turtle leaves out."""


def write_rows(rows: QuerySolutions | QueryBoolean, form: str, write: Write, by_namespace: Mapping[str, str], width: int | None) -> bool:
    """Write the answer of a SELECT or ASK, and say whether there is one: a row, or true.

    Args:
        rows: The answer; it is used up.
        form: ``table`` or a key of `ROWS`.
        write: Takes text.
        by_namespace: Namespace to prefix, for tables.
        width: Columns of the terminal, for tables; None for lines of any length.
    """
    if form != "table":
        sink = _Sink(write)
        rows.serialize(cast("IO[bytes]", sink), ROWS[form])
        if isinstance(rows, QueryBoolean):
            sink.end("\n")
            return bool(rows)
        sink.end("" if form in ("csv", "tsv") else "\n")
        return not _is_empty(sink.start, form)
    if isinstance(rows, QueryBoolean):
        write("true\n" if rows else "false\n")
        return bool(rows)
    names = [variable.value for variable in rows.variables]
    cells = ([_cell(value, by_namespace) for value in row] for row in rows)
    return _write_table(names, cells, write, width)


def write_triples(triples: QueryTriples, form: str, write: Write, prefixes: Mapping[str, str]) -> bool:
    """Write the answer of a CONSTRUCT or DESCRIBE, and say whether it has a triple.

    Args:
        triples: The answer; it is used up.
        form: A key of `GRAPHS`.
        write: Takes text.
        prefixes: Those to shorten IRIs by, where the format can and the first triples need them.
    """
    first = list(islice(triples, FIRST))
    write_graph(chain(first, triples), form, write, _used(first, prefixes))
    return bool(first)


def write_graph(triples: Iterable[Triple], form: str, write: Write, prefixes: Mapping[str, str]) -> None:
    """Write triples as they come, with the prefixes where the format can."""
    sink = _Sink(write)
    serialize(triples, cast("IO[bytes]", sink), GRAPHS[form], prefixes=dict(prefixes) if form in ("ttl", "rdfxml") else None)
    sink.end("" if form in ("ttl", "nt") else "\n")


class _Sink:
    """Takes the bytes that pyoxigraph writes, in pieces of any size, and hands them on in larger ones; keeps the first to be looked at."""

    def __init__(self, write: Write) -> None:
        self._write = write
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._held: list[str] = []
        self._length = 0
        self._since = time.monotonic()
        self.start = ""

    def write(self, data: bytes) -> int:
        text = self._decoder.decode(data)
        if len(self.start) < _LOOKED_AT:
            self.start += text
        self._held.append(text)
        self._length += len(text)
        # A slow query's first rows are wanted as they come, a quick one's not one by one.
        if self._length > _PIECE or time.monotonic() - self._since > _PATIENCE:
            self.end("")
        return len(data)

    def flush(self) -> None:
        """Pyoxigraph asks for it after each piece; that would be too often."""

    def end(self, text: str) -> None:
        self._write("".join([*self._held, text]))
        self._held.clear()
        self._length = 0
        self._since = time.monotonic()


def _is_empty(start: str, form: str) -> bool:
    """Whether an answer has no row; pyoxigraph does not tell how many it wrote."""
    if len(start) >= _LOOKED_AT:
        return False
    return {"json": '"bindings":[]' in start, "xml": "<result>" not in start}.get(form, start.count("\n") <= 1)


def _used(triples: Iterable[Triple], prefixes: Mapping[str, str]) -> dict[str, str]:
    spaces = set()
    for triple in triples:
        value = triple.object
        for term in (triple.subject, triple.predicate, value.datatype if isinstance(value, Literal) else value):
            if isinstance(term, NamedNode) and term.value not in _UNWRITTEN:
                spaces.add(split(term.value)[0])
    return {prefix: iri for prefix, iri in prefixes.items() if iri in spaces}


def _cell(value: Any, by_namespace: Mapping[str, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, NamedNode):
        return visible(shorten(value.value, by_namespace))
    if isinstance(value, Literal):
        return visible(value.value)
    if isinstance(value, BlankNode):
        return f"_:{value.value[:BLANK]}"
    return visible(str(value))


def _write_table(names: Sequence[str], rows: Iterator[list[str]], write: Write, width: int | None) -> bool:
    first = list(islice(rows, FIRST))
    columns = list(zip(names, *first, strict=True))
    widths = [max(map(_length, column)) for column in columns]
    numbers = [all(_is_number(cell) for cell in column[1:]) and len(column) > 1 for column in columns]
    if width is not None:
        widths = _fitted(widths, width)
    write(_lines([list(names)], widths, numbers, wrap=width is not None))
    write(_GAP.join("─" * each for each in widths) + "\n")
    rest = chain(first, rows)
    while some := list(islice(rest, FIRST)):
        write(_lines(some, widths, numbers, wrap=width is not None))
    return bool(first)


def _fitted(widths: list[int], width: int) -> list[int]:
    """Narrow the widest columns until all of them fit."""
    room = max(width - len(_GAP) * (len(widths) - 1), 8 * len(widths))
    while sum(widths) > room:
        widest = max(widths)
        second = max((each for each in widths if each < widest), default=8)
        many = widths.count(widest)
        cap = max(second, widest - -(-(sum(widths) - room) // many))
        widths = [min(each, cap) for each in widths]
    return widths


def _lines(rows: Iterable[Sequence[str]], widths: Sequence[int], numbers: Sequence[bool], *, wrap: bool) -> str:
    lines: list[str] = []
    for row in rows:
        pieces = [textwrap.wrap(cell, width) if wrap and _length(cell) > width else [cell] for cell, width in zip(row, widths, strict=True)]
        for index in range(max(map(len, pieces), default=0)):
            texts = [piece[index] if index < len(piece) else "" for piece in pieces]
            padded = map(_padded, texts, widths, numbers)
            lines.append(_GAP.join(padded).rstrip() + "\n")
    return "".join(lines)


def _padded(text: str, width: int, right: bool) -> str:
    blanks = " " * (width - _length(text))
    return blanks + text if right else text + blanks


def _length(text: str) -> int:
    """Columns on a terminal: some letters take none, some two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def _is_number(text: str) -> bool:
    try:
        float(text or "0")
    except ValueError:
        return False
    return True

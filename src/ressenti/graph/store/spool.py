"""What is to be loaded, from whatever it comes, as files of N-Quads in which each narrative has a graph of its own.

pyoxigraph loads such a file about twice as fast as it takes statements from Python, but holds all of it in memory meanwhile; so there are
several, of a size. They hold the accounts' words and are for their owner alone.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from ressenti.errors import DataError
from ressenti.graph.rdf.names import BASE, NARRATIVE, TYPE, is_start
from ressenti.graph.rdf.shipped import shown
from ressenti.graph.rdf.write import NQuads
from ressenti.graph.store.names import MARK, OTHER, SHIPPED, SOURCES, STORE, is_shared
from ressenti.ontology.rdf.build import parts
from ressenti.ontology.sparql.files import form_of, open_file, told
from ressenti.schema import Narrative

_BLOCK = 4 << 20
_PART = 32 << 20
_BLANK = re.compile(rb"(?:\A|\s)_:")  # maybe in a text, too; then more stands together than need be
_VALUE = rb'(?:<[^>\n]*>|"(?:[^"\\\n]|\\.)*+"(?:\^\^<[^>\n]*>|@[A-Za-z0-9-]+)?)'
_SHARED_LINE = re.compile(
    rb"(\n<https://w3id\.org/ressenti/(?:rule|model|software)/[^>\n]*> <[^>\n]*> " + _VALUE + rb" <)[^>\n]*(> \.)"
)  # fmt: skip
_REVIEWER_LINE = re.compile(rb"(\n<([^>#\n]*/reviewer/[^>\n]*)> <[^>\n]*> " + _VALUE + rb" <)([^>\n]*)(> \.)")
_STARTS = re.compile(rb"> <" + re.escape(NARRATIVE.encode()) + rb"> <([^>\n]*)> \.")
_TYPE = f"> <{TYPE}".encode()


class Spool:
    """The files of N-Quads, while they are written.

    Args:
        folder: Where to.

    Attributes:
        narratives: IRIs of those in them.
        parts: The files, and how many lines are in those before each. Blank nodes are known by their label within a file: all of an
            input stand in one, and none of another input beside them.
        size: Bytes in them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.narratives: set[str] = set()
        self.parts: list[tuple[Path, int]] = []
        self.size = 0
        self._lines = 0
        self._end = _PART
        self._blank = False
        self._stream = self._next()
        self._starts: list[int] = []
        self._files: list[Path | None] = []

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stream.close()

    def add_narratives(self, narratives: Iterable[Narrative], base: str = BASE) -> None:
        """Write annotated narratives.

        Raises:
            RessentiError: Two of them have the same id, or one is in a file that came before.
        """
        writer = NQuads(base)
        self._begin(None)
        for narrative in narratives:
            text = writer.narrative(narrative)
            self._meet({writer.iris.narrative(narrative.id)}, narrative.id)
            self._write(settled(text.encode()))

    def add_file(self, path: Path) -> None:
        """Write what a file of RDF says.

        Raises:
            DataError: The file cannot be read; or a narrative is in an earlier one, too: they would become one.
        """
        form = form_of(path)
        self._begin(path)
        if form == RdfFormat.N_QUADS and self._copied(path):
            return
        self._add_quads(path, form)

    def add_ontology(self, lines: Sequence[str], version: str) -> None:
        """Write the ontology, and which one it is."""
        self._begin(None)
        self._write("".join([*lines, f'<{STORE}> <{MARK}> "{version}" <{STORE}> .\n']).encode())

    def add_graphs(self, store: Store, but: Collection[str]) -> None:
        """Write what a store says, but for some of its graphs."""
        self._begin(None)
        for graph in (DefaultGraph(), *store.named_graphs()):
            if isinstance(graph, DefaultGraph):
                end = b" .\n"
            elif isinstance(graph, NamedNode) and graph.value in but:
                continue
            else:
                end = f" {graph} .\n".encode()
            self._write((store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b"").replace(b" .\n", end))

    def place(self, line: int) -> tuple[Path | None, int]:
        """The input and the line in it, from a line of the spool, both from 1; the input is None for one that we wrote ourselves."""
        at = bisect_right(self._starts, line - 1) - 1
        return self._files[at], line - self._starts[at]

    def _copied(self, path: Path) -> bool:
        """Take over N-Quads as they are, line by line, if narratives are to be seen in them: much faster than reading them."""
        found: set[str] = set()
        for block in _blocks(path):
            found |= set(_narratives(block))
        if not found:
            return False
        self._meet(found, path)
        for block in _blocks(path):
            self._write(settled(block))
        return True

    def _add_quads(self, path: Path, form: RdfFormat) -> None:
        """Read statements and say of each in which graph it is to stand."""
        pending: defaultdict[str, list[str]] = defaultdict(list)
        lines: list[str] = []
        here: set[str] = set()
        if form == RdfFormat.JSON_LD and _streams(path):
            form = RdfFormat.STREAMING_JSON_LD
        with told(path), open_file(path) as stream:
            for quad in parse(stream, form, base_iri=path.resolve().as_uri()):
                stem = quad.subject.value.partition("#")[0] if isinstance(quad.subject, NamedNode) else ""
                if is_start(quad):
                    here.add(stem)
                graph = None if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
                if stem not in here and is_shared(stem):
                    lines.append(_line(quad, SOURCES))
                elif stem in here or (graph is not None and graph in here):
                    lines.append(_line(quad, stem if stem in here else graph or ""))
                elif graph is not None:
                    lines.append(f"{quad} .\n")
                else:
                    pending[stem].append(f"{quad.subject} {quad.predicate} {quad.object} <")
                if len(lines) > 1 << 14:
                    self._write("".join(lines).encode())
                    lines.clear()
        for stem, starts in pending.items():
            end = f"{stem if stem in here else OTHER}> .\n"
            lines += [start + end for start in starts]
        self._meet(here, path)
        self._write("".join(lines).encode())

    def _meet(self, found: set[str], where: Path | str) -> None:
        if both := found & self.narratives:
            raise DataError(
                where, None, f"narrative <{min(both)}> is in an earlier input, too; load one of the two, or give the other a --base"
            )
        self.narratives |= found

    def _next(self) -> IO[bytes]:
        path = self.folder / f"spool-{len(self.parts)}.nq"
        path.touch(mode=0o600)
        self.parts.append((path, self._lines))
        return path.open("wb")

    def _cut(self) -> None:
        self._stream.close()
        self._stream = self._next()
        self._end = self.size + _PART

    def _begin(self, path: Path | None) -> None:
        if self._blank:
            self._cut()
            self._blank = False
        self._starts.append(self._lines)
        self._files.append(path)

    def _write(self, block: bytes) -> None:
        # Looked for as it is first, which takes a tenth of the time
        self._blank = self._blank or (b"_:" in block and _BLANK.search(block) is not None)
        if self.size > self._end and not self._blank:
            self._cut()
        self._stream.write(block)
        self._lines += block.count(b"\n")
        self.size += len(block)


def settled(block: bytes) -> bytes:
    """Lines of N-Quads with those on what narratives share put into the graph for it."""
    block = _SHARED_LINE.sub(rb"\1" + SOURCES.encode() + rb"\2", b"\n" + block)
    if b"/reviewer/" in block:  # else the expression would look for it in every line
        block = _REVIEWER_LINE.sub(_reviewer, block)
    return block[1:]


def ontology_version(lines: Iterable[str]) -> str:
    """A name for what the lines say."""
    return sha256("".join(lines).encode()).hexdigest()


def ontology_lines() -> list[str]:
    """The ontology, what follows from it, and the terms for narratives, as lines of N-Quads in an order that is always the same."""
    terms = [quad.triple for quad in parse(shown("vocabulary").encode(), RdfFormat.TURTLE)]
    ontology = [triples for _, triples in islice(parts(), 2)]
    graph_of: dict[Triple, str] = {}
    names: dict[str, BlankNode] = {}

    def steady(term: Any) -> Any:
        """Blank nodes get other names with each parsing, and would make another version of the same."""
        return names.setdefault(term.value, BlankNode(f"term{len(names)}")) if isinstance(term, BlankNode) else term

    for graph, triples in zip(SHIPPED, [*ontology, terms], strict=True):
        for triple in triples:
            triple = Triple(steady(triple.subject), triple.predicate, steady(triple.object))
            graph_of.setdefault(triple, graph)  # each once, though the terms declare some that are the ontology's
    return [f"{triple} <{graph}> .\n" for triple, graph in graph_of.items()]


def _reviewer(found: re.Match[bytes]) -> bytes:
    start, subject, graph, end = found.groups()
    own = subject.partition(b"#")[0] == graph  # a narrative, whatever its base is called
    return found[0] if own else start + SOURCES.encode() + end


def _narratives(block: bytes) -> Iterable[str]:
    """The graphs in which lines say of something that it is a narrative."""
    for found in _STARTS.finditer(block):
        begin = block.rfind(b"\n", 0, found.start()) + 1
        line = block[begin : found.start()]
        if line.endswith(_TYPE) and b'"' not in line:
            yield found[1].decode(errors="replace")  # what is no UTF-8 is told when it is loaded


def _blocks(path: Path) -> Iterable[bytes]:
    """Whole lines of a file, some megabytes at a time."""
    with told(path), open_file(path) as stream:
        while block := stream.read(_BLOCK):
            block += stream.readline()
            yield block if block.endswith(b"\n") else block + b"\n"


def _streams(path: Path) -> bool:
    """Whether JSON-LD is in the order in which it need not be held as a whole, as ours is."""
    try:
        with open_file(path) as stream:
            deque(parse(stream, RdfFormat.STREAMING_JSON_LD, base_iri=path.resolve().as_uri()), 0)
    except (SyntaxError, OSError, EOFError, zlib.error):  # told in the second reading
        return False
    return True


def _line(quad: Quad, graph: str) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} <{graph}> .\n"

"""RDF files of a user's own, loaded into a store."""

from __future__ import annotations

import contextlib
import gzip
import re
import zlib
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from pyoxigraph import Quad, RdfFormat, Store, parse

from ressenti.errors import DataError
from ressenti.regular import open_regular

FORMATS = {
    ".ttl": RdfFormat.TURTLE, ".nt": RdfFormat.N_TRIPLES, ".nq": RdfFormat.N_QUADS, ".trig": RdfFormat.TRIG,
    ".n3": RdfFormat.N3, ".rdf": RdfFormat.RDF_XML, ".owl": RdfFormat.RDF_XML, ".xml": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD, ".json": RdfFormat.JSON_LD,
}  # fmt: skip
"""Ending of a file's name to its format; ``.gz`` may follow."""
_CONTEXT = "its @context is an address, and nothing is fetched from the network; write the context itself into the file"
_POSITION = re.compile(r"\A(?:Parser|XML) error (?:at|between) line \d+.*?: ", re.DOTALL)
_QUOTING = (
    (re.compile(r"\A.*(?= is not a valid )"), "what stands there"),
    (re.compile(r"\AThe prefix .*(?= has not )"), "its prefix"),
    (re.compile(r"(?<=\w), found .*"), ""),
    (re.compile(r"(?<=event|g IRI):? ?'.*'"), ""),
)
"""Where pyoxigraph quotes the file, and what is said instead: where a quotation mark is missing, it is words of a narrative."""


class _Reader:
    """A file that pyoxigraph reads from; a Python one, so that Ctrl-C is noticed while a large file is loaded.

    The byte order mark that editors on Windows write is passed over.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._begun = stream.read(len(BOM_UTF8)).removeprefix(BOM_UTF8)

    def read(self, size: int = -1) -> bytes:
        begun, self._begun = self._begun, b""
        return begun + self._stream.read(size if size < 0 else max(0, size - len(begun)))

    def readline(self) -> bytes:
        head, end, self._begun = self._begun.partition(b"\n")
        return head + (end or self._stream.readline())


def load(store: Store, path: Path) -> None:
    """Load a file into the default graph; of a format with graphs, also into those that it names. All of it or nothing.

    Args:
        store: Where to.
        path: A file whose name ends as `FORMATS` says.

    Raises:
        DataError: File, line, column and reason.
    """
    form = form_of(path)
    with told(path), open_file(path) as stream:
        base = path.resolve().as_uri()
        if form.supports_datasets:
            store.bulk_extend(twice(parse(stream, form, base_iri=base)))
        else:
            store.bulk_load(stream, form, base_iri=base)


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """What goes wrong with a file, as file, line, column and reason.

    Raises:
        DataError: In the place of what pyoxigraph or the reading of the file raised.
    """
    try:
        yield
    except SyntaxError as error:
        column = f"column {error.offset}: " if error.lineno else ""
        raise DataError(path, error.lineno, f"{column}{reason(error)}") from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise DataError(path, None, "is no whole gzip file; pack it again") from None
    except OSError as error:
        raise DataError(path, None, f"cannot be read ({error.strerror or error})") from None


def reason(error: SyntaxError) -> str:
    """What pyoxigraph says of a mistake, without the place and without words of the file."""
    said = _POSITION.sub("", str(error.msg))
    for pattern, instead in _QUOTING:
        said = pattern.sub(instead, said.replace("\n", " "))
    return _CONTEXT if "LoadDocumentCallback" in said else said


def form_of(path: Path) -> RdfFormat:
    """The format of a file, by the ending of its name.

    Raises:
        DataError: It is a folder, or ends in none of `FORMATS`.
    """
    name = path.name.lower().removesuffix(".gz")
    if path.is_dir():
        raise DataError(path, None, "is a folder; name the files in it")
    if (form := FORMATS.get(Path(name).suffix)) is None:
        raise DataError(path, None, f"its name ends in none of {', '.join(FORMATS)} (or one of them and .gz)")
    return form


@contextlib.contextmanager
def open_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to read from, unpacked."""
    with open_regular(path) as file, gzip.open(file) if path.name.lower().endswith(".gz") else file as stream:
        yield cast("IO[bytes]", _Reader(cast("IO[bytes]", stream)))


def twice(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Each quad in its own graph and in the default graph, which is what is asked where no graph is named."""
    for quad in quads:
        yield quad
        yield Quad(quad.subject, quad.predicate, quad.object)

"""A query put to the data: checked, run within its limit, answered in a format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph, Literal, NamedNode, QueryTriples, Store, Variable

from ressenti.errors import DataError, RessentiError
from ressenti.ontology.rdf.names import LEXICON, TONE, split
from ressenti.ontology.sparql.errors import ENDINGS, TYPED, QueryError
from ressenti.ontology.sparql.explain import explain
from ressenti.ontology.sparql.guard import ASKING, check
from ressenti.ontology.sparql.prefixes import PREFIXES
from ressenti.ontology.sparql.results import FORMATS, SUITED, Write, write_graph, write_rows, write_triples
from ressenti.ontology.sparql.run import Limit
from ressenti.ontology.sparql.scan import declared, form, tokens
from ressenti.ontology.sparql.store import Data


@dataclass(frozen=True, slots=True)
class Query:
    """A query or an update.

    Attributes:
        text: SPARQL.
        source: What messages call it: ``query``, or the file it is in.
    """

    text: str
    source: str = TYPED

    @property
    def form(self) -> str | None:
        """SELECT, ASK, CONSTRUCT, DESCRIBE, or None for something else."""
        first = form(self.text)
        word = first.text.upper() if first else None
        return word if word in ASKING else None


def read_query(argument: str) -> Query:
    """The query that an argument gives: its text, or the file that it names.

    Raises:
        DataError: The file cannot be read.
    """
    path = Path(argument)
    try:
        is_file = path.is_file()
        if argument and path.is_dir():
            raise DataError(argument, None, "is a folder; name a file with a query")
    except (OSError, ValueError):  # too long for a name, or with a NUL: a text
        is_file = False
    if not is_file:
        if argument.lower().endswith(ENDINGS) and not re.search(r"\s", argument):
            raise DataError(argument, None, "no such file")
        return decoded(argument.encode("utf-8", "surrogateescape"), TYPED)
    try:
        return decoded(path.read_bytes(), argument)
    except OSError as error:
        raise DataError(path, None, f"cannot be read ({error.strerror})") from None


def competency_question(name: str, folder: Path | None = None) -> Query:
    """The query of a shipped competency question, of those in a folder or, by default, of those on the ontology.

    Raises:
        RessentiError: There is none of this name.
    """
    from ressenti.ontology.questions import FOLDER, load_questions

    folder = folder or FOLDER
    names = load_questions(folder)
    if name not in names:
        near = get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]}?" if near else "--questions lists them"
        raise RessentiError(f"there is no question {name!r}; {hint}")
    return read_query(str(folder / f"{name}.rq"))


def decoded(raw: bytes, source: str) -> Query:
    """The query in bytes from outside.

    Raises:
        DataError: They are not UTF-8.
    """
    try:
        return Query(raw.decode("utf-8-sig"), source)
    except UnicodeDecodeError as error:
        raise DataError(source, raw[: error.start].count(b"\n") + 1, "is not UTF-8; save the query as UTF-8") from None


def suited(query: Query, wanted: str | None) -> str:
    """The format to answer in.

    Args:
        query: The query.
        wanted: A format, or None for the query's default one.

    Raises:
        RessentiError: The format does not suit the form of the query.
    """
    formats = SUITED.get(query.form or "", FORMATS)
    if wanted is None:
        return formats[0]
    if wanted not in formats:
        raise RessentiError(f"{query.source}: {query.form} cannot be answered as {wanted}; choose one of {', '.join(formats)}")
    return wanted


def check_syntax(query: Query, limit: Limit) -> None:
    """Find mistakes before any data is opened: parse the query, but do not run it.

    Raises:
        QueryError: Line, column and reason.
        TimeLimitError: The parser did not come to an end.
    """

    def work() -> None:
        # No query has this variable, which pyoxigraph finds after parsing and before running.
        with _explained(query), suppress(RuntimeError):
            Store().query(query.text, prefixes=dict(PREFIXES), substitutions={Variable("ressenti_in_no_query"): Literal(0)})

    limit.run(work)


def answer(query: Query, data: Data, wanted: str, write: Write, limit: Limit, *, network: bool = False, width: int | None = None) -> bool:
    """Ask and write the answer down.

    Args:
        query: A SELECT, ASK, CONSTRUCT or DESCRIBE.
        data: What is asked.
        wanted: A format that suits it, see :func:`suited`.
        write: Takes the text of the answer, piece by piece.
        limit: The time it may take.
        network: SERVICE may reach the web.
        width: Columns of the terminal that a table is for; None for lines of any length.

    Returns:
        Whether there is a row or a triple, or the answer is true.

    Raises:
        QueryError: The query has a mistake or may not do what it asks for: line, column and reason.
        TimeLimitError: It took too long; what was written is not the whole answer.
    """
    timed = limit.writing(write)

    def work() -> bool:
        check(query.text, query.source, network=network)
        prefixes = {**PREFIXES, **declared(query.text)}
        with _explained(query):
            found = data.store.query(query.text, prefixes=dict(PREFIXES), **_dataset(query, data))
            if isinstance(found, QueryTriples):
                return write_triples(found, wanted, timed, prefixes)
            return write_rows(found, wanted, timed, {iri: prefix for prefix, iri in prefixes.items()}, width)

    return limit.run(work)


def _dataset(query: Query, data: Data) -> dict[str, Any]:
    """Which graphs are asked: those that whoever asks names beside the query, those of its FROM, or what the data says."""
    if data.graphs is not None:
        return {"default_graph": [NamedNode(iri) for iri in data.graphs[0]], "named_graphs": [NamedNode(iri) for iri in data.graphs[1]]}
    # For pyoxigraph, asking all graphs as one goes before FROM
    return {"use_default_graph_as_union": data.union and not any(t.kind == "word" and t.text.upper() == "FROM" for t in tokens(query.text))}


def update(query: Query, data: Data, limit: Limit, *, network: bool = False) -> None:
    """Change the data: all of it or, where something goes wrong, nothing.

    Raises:
        QueryError: The update has a mistake or may not do what it asks for: line, column and reason.
        TimeLimitError: It took too long; nothing was changed.
    """

    def work() -> None:
        check(query.text, query.source, network=network, update=True)
        with _explained(query):
            data.store.update(query.text, prefixes=dict(PREFIXES))

    limit.run(work)


def dump(data: Data, form: str, write: Write) -> None:
    """Write all triples of the default graph.

    Args:
        data: What to write.
        form: A key of `GRAPHS`.
        write: Takes text.
    """
    quads = data.store.quads_for_pattern(None, None, None, DefaultGraph())
    write_graph((quad.triple for quad in quads), form, write, PREFIXES)


def unknown_names(query: Query, store: Store) -> Iterator[str]:
    """Names of the query in our namespaces of which nothing is said, each with the nearest one of which something is."""
    prefixes = {**PREFIXES, **declared(query.text)}
    met = set()
    for token in tokens(query.text):
        prefix, _, local = token.text.partition(":")
        iri = token.text[1:-1] if token.kind == "iri" else prefixes.get(prefix, "") + local if token.kind == "name" else ""
        space, name = split(iri)
        if space in (f"{TONE}#", f"{LEXICON}#", PREFIXES["nar"]) and name and iri not in met and not _is_known(iri, store):
            met.add(iri)
            about = {quad.subject for quad in store.quads_for_pattern(None, None, None, NamedNode(space[:-1]))}
            names = {split(node.value)[1] for node in about if isinstance(node, NamedNode)}
            near = get_close_matches(name, names, n=1, cutoff=0.7)
            hint = f"; did you mean {token.text.replace(name, near[0])}?" if near else ""
            yield f"nothing is said of {token.text}{hint}"


def _is_known(iri: str, store: Store) -> bool:
    node = NamedNode(iri)
    found = (
        store.quads_for_pattern(node, None, None), store.quads_for_pattern(None, node, None), store.quads_for_pattern(None, None, node),
    )  # fmt: skip
    return any(next(quads, None) is not None for quads in found)


@contextmanager
def _explained(query: Query) -> Iterator[None]:
    """Errors of pyoxigraph as ours."""
    try:
        yield
    except SyntaxError as error:
        raise explain(error, query.text, query.source, PREFIXES) from None
    except RuntimeError as error:
        raise _refused(str(error), query) from None
    except OSError as error:
        if type(error) is not OSError or error.errno is not None:  # from where the answer is written to
            raise
        raise _refused(str(error), query) from None


def _refused(said: str, query: Query) -> QueryError:
    """What fails at run time: a function that pyoxigraph does not have, an endpoint that does not answer as SPARQL wants."""
    function = re.search(r"custom function <([^>]*)> is not supported", said)
    for token in tokens(query.text):
        if function and token.kind in ("iri", "name") and split(function[1])[1] in token.text:
            return QueryError(query.source, query.text, token.start, f"the function {token.text} is not known")
    return QueryError(query.source, query.text, None, f"cannot be answered ({said.splitlines()[0] if said else 'no reason given'})")

"""``ressenti sparql``: ask the ontology, the vocabulary and annotated graphs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ressenti._console import Exit, guarded, say

if TYPE_CHECKING:
    from ressenti.corpora.writing import Output
    from ressenti.ontology.questions import Question
    from ressenti.ontology.sparql.ask import Query
    from ressenti.ontology.sparql.run import Limit
    from ressenti.ontology.sparql.store import Data

GRAPHS = ("ttl", "nt", "jsonld", "rdfxml")
FORMATS = ("table", "json", "xml", "csv", "tsv", *GRAPHS)
EPILOG = """\b
Exit status:
  0    the query was answered (also where the answer is empty, or false)
  1    the query was stopped at its time limit: what was written is not
       the whole answer
  2    the command was called wrongly
  3    the query has a mistake or does what was not asked for, or the
       data cannot be used
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted
  141  the reader of the output left (as in: ressenti sparql … | head)

\b
Prefixes such as tone:, lex:, ontolex:, skos:, rdfs: need no declaration.
Standard output carries the answer, standard error the messages.
Environment: RESSENTI_CACHE (where a store of what is shipped is kept
from one run to the next; empty for nowhere)."""

Command = TypeVar("Command", bound=Callable[..., Any])

_ANSWER = (
    click.option("--format", "form", type=click.Choice(FORMATS),
                 help="By default as the ending of -o says, else a table for SELECT and ASK, Turtle for CONSTRUCT and DESCRIBE."),
    click.option("-o", "--output", metavar="FILE",
                 help="Write here instead of standard output; readable by you only, replaced as a whole."),
    click.option("--timeout", type=click.FloatRange(min=0), default=60, show_default=True, metavar="SECONDS",
                 help="Stop the query after so long; 0 for no limit."),
)  # fmt: skip


def answer_options(command: Command) -> Command:
    """Give a command the options that say how a query is answered: ``form``, ``output``, ``timeout``."""
    for option in reversed(_ANSWER):
        command = option(command)
    return command


@click.command(epilog=EPILOG)
@click.argument("query", metavar="[QUERY|FILE.rq|-]", required=False)
@click.option("--question", metavar="NAME", help="Ask one of the shipped questions instead.")
@click.option("--questions", is_flag=True, help="List the shipped questions and exit.")
@click.option("--data", multiple=True, metavar="FILE", type=click.Path(path_type=Path),
              help="RDF to ask as well (.ttl, .nt, .nq, .trig, .rdf, .owl, .jsonld; also .gz); may be repeated.")  # fmt: skip
@click.option("--store", metavar="DIR", type=click.Path(path_type=Path),
              help="Ask a store on disk, made where there is none; --data goes into it for good.")  # fmt: skip
@click.option("--tables", metavar="FOLDER", type=click.Path(path_type=Path),
              help="Ask what your own tables make, in the place of what is shipped.")  # fmt: skip
@answer_options
@click.option("--allow-network", is_flag=True, help="Let SERVICE and LOAD reach the web.")
@click.option("--update", "change", is_flag=True, help="QUERY changes data (INSERT, DELETE …); --store or -o keeps the outcome.")
def sparql(
    query: str | None, question: str | None, questions: bool, data: tuple[Path, ...], store: Path | None,
    tables: Path | None, form: str | None, output: str | None, timeout: float, allow_network: bool, change: bool,
) -> None:  # fmt: skip
    """Ask the ontology, the French vocabulary and your graphs in SPARQL.

    QUERY is a text such as 'SELECT ?e { ?e tone:isOppositeOf tone:Joy }', a file with one, or - for standard input.
    """
    if questions:
        with guarded():
            from ressenti.ontology.questions import load_questions

            list_questions(load_questions())
        return
    if (query is None) == (question is None):
        raise click.UsageError("give a query, a file with one, - for standard input, or --question NAME; one of them")
    if change and store is None and output is None:
        raise click.UsageError("--update needs a place for the outcome: --store DIR or -o FILE")
    if tables is not None and store is not None:
        raise click.UsageError("--tables and --store: what is asked is the one or the other")
    form = form or by_ending(output)
    if change and form is not None and form not in GRAPHS:
        raise click.UsageError(f"what --update keeps is a graph; choose one of {', '.join(GRAPHS)}")
    from ressenti.ontology.sparql.run import ending

    with ending(), guarded():
        _sparql(query, question, data, store, tables, form, None if output == "-" else output, timeout, allow_network, change)


def _sparql(
    argument: str | None, question: str | None, files: tuple[Path, ...], folder: Path | None, tables: Path | None, form: str | None,
    output: str | None, timeout: float, network: bool, change: bool,
) -> None:  # fmt: skip
    from ressenti.corpora.writing import Output
    from ressenti.ontology.sparql import ask
    from ressenti.ontology.sparql.guard import check
    from ressenti.ontology.sparql.run import Limit
    from ressenti.ontology.sparql.shipped import preparation
    from ressenti.ontology.sparql.store import opened

    query = ask.competency_question(str(question)) if argument is None else read_query(argument, output)
    limit = Limit(timeout)
    own = None
    if tables is not None:
        from ressenti.ontology.rdf.build import Tables

        own = Tables(tables)
    with told():
        # Before anything is opened or made: most mistakes are in the query.
        check(query.text, query.source, network=network, update=change)
        if not change:
            fitting = ask.suited(query, form)
            ask.check_syntax(query, limit)
        if folder is None and tables is None and (message := preparation()):
            say(message)
        if change:
            with opened(folder, files, writable=True, tables=own) as data, nullcontext() if output is None else Output(output) as kept:
                ask.update(query, data, limit, network=network)
                if kept is not None:
                    ask.dump(data, form or "ttl", kept.write)
                    kept.keep()
            return
        with opened(folder, files, tables=own) as data, Output(output) as out:
            if data.note:
                say(data.note)
            write_answer(query, data, fitting, out, limit, network=network, width=width_of(output))


@contextmanager
def told() -> Iterator[None]:
    """Mistakes of a query and its time limit as messages and exit statuses."""
    from ressenti.ontology.sparql.errors import QueryError, TimeLimitError

    try:
        yield
    except QueryError as error:
        say(str(error))
        if error.excerpt:
            click.echo(error.excerpt, err=True)
        sys.exit(Exit.NOTHING)
    except TimeLimitError as error:
        say(str(error))
        sys.exit(Exit.SOME_FAILED)


def by_ending(output: str | None) -> str | None:
    """The format that the name of the output asks for; None where it leaves it to the query.

    Raises:
        click.UsageError: It asks for one that nothing is written as.
    """
    ending = Path(output or "").suffix
    name = ending.lower().lstrip(".")
    if not ending or name == "txt":
        return None
    form = {"rdf": "rdfxml", "owl": "rdfxml", "srx": "xml", "srj": "json"}.get(name, name)
    if form not in FORMATS or form == "table":
        known = ", ".join(f".{each}" for each in ("csv", "tsv", "json", "xml", "txt", "ttl", "nt", "jsonld", "rdf"))
        raise click.UsageError(f"-o {output}: nothing is written as {ending}; let it end in {known}, or say --format")
    return form


def list_questions(questions: Mapping[str, Question]) -> None:
    """Print the questions, in both languages."""
    width = max(map(len, questions))
    for name, question in questions.items():
        click.echo(f"{name:{width}}  {question.wording['en']}\n{'':{width}}  {question.wording['fr']}")


def read_query(argument: str, output: str | None) -> Query:
    """The query that an argument gives, is a file with, or that ``-`` reads from standard input.

    Raises:
        click.UsageError: There is no standard input, or the output is the file with the query.
    """
    from ressenti.corpora.writing import is_same
    from ressenti.ontology.sparql import ask

    if output is not None and is_same(Path(output), Path(argument)):
        raise click.BadParameter("it is the query; write to another place", param_hint="'-o' / '--output'")
    if argument != "-":
        return ask.read_query(argument)
    if sys.stdin is None:
        raise click.UsageError("standard input is closed")
    return ask.decoded(sys.stdin.buffer.read(), "<stdin>")


def write_answer(query: Query, data: Data, form: str, out: Output, limit: Limit, *, network: bool, width: int | None) -> None:
    """Ask, write the answer, and say what it may be that an empty one comes of."""
    from ressenti.ontology.sparql import ask

    written = ask.answer(query, data, form, out.write, limit, network=network, width=width)
    out.keep()
    if not written:
        if form == "table" and query.form == "SELECT":
            say("the answer is empty")
        for hint in ask.unknown_names(query, data.store):
            say(hint)


def width_of(output: str | None) -> int | None:
    """Columns of the terminal, where an answer goes to one."""
    if output is not None or sys.stdout is None or not sys.stdout.isatty():
        return None
    from ressenti.corpora.terminal import width

    return width()

"""``ressenti store``: narratives in a store on disk, loaded, asked in SPARQL, and served."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ressenti._console import Exit, guarded, progress, say
from ressenti.cli.inputs import account_options, check_run, checked_base, open_run, status
from ressenti.cli.sparql import answer_options, by_ending, list_questions, read_query, told, width_of, write_answer

if TYPE_CHECKING:
    from ressenti.schema import Narrative

_NUMBERED = re.compile(r"#\d+$")
LEAST_MEMORY = 1000
"""Megabytes of address space; much of it is set aside and never used."""
STATUSES = """\b
Exit status:
  0    done
  1    {one}
  2    the command was called wrongly
  3    {three}
  4    {four}
  70   an internal error, a fault of Ressenti
  130  interrupted"""
REMOVING = STATUSES.format(
    one="(not used)",
    three="one of them is not in the store, or it cannot be used: it is as it was",
    four="the store cannot be written: it is as it was",
)
LOADING = STATUSES.format(
    one="with --skip-failed: some inputs failed, the others were loaded",
    three="an input or the store cannot be used: the store is as it was",
    four="the store cannot be written: it is as it was",
)
ASKING = STATUSES.format(
    one="the query was stopped at its time limit: what was written is\n       not the whole answer",
    three="the query has a mistake, or the store cannot be used",
    four="the output cannot be written",
)
SERVING = """\b
Exit status:
  0    it was ended, by Ctrl-C or SIGTERM, which is how it ends
  2    the command was called wrongly
  3    the store or the address cannot be used
  70   an internal error, a fault of Ressenti"""


@click.group()
def store() -> None:
    """Keep narratives in a store on disk, to be asked in SPARQL."""


@store.command(epilog=LOADING)
@click.argument("folder", metavar="STORE", type=click.Path(path_type=Path))
@account_options
@click.option(
    "--base",
    metavar="IRI",
    help="What the IRIs of narratives begin with, of JSON and text.  [default: https://w3id.org/ressenti/narrative/]",
)
@click.option("--skip-failed", is_flag=True, help="Where some inputs fail, load the others.")
def load(folder: Path, files: tuple[str, ...], base: str | None, skip_failed: bool, **reading: Any) -> None:
    """Load narratives: RDF (.ttl .nt .nq .trig .n3 .rdf .owl .jsonld, also .gz), annotated JSON Lines, or accounts, annotated on the way.

    A narrative that is in STORE already, by its id, is replaced, and its words leave the disk. All is loaded or nothing.
    """
    from ressenti.ontology.sparql.run import ending

    with ending(), guarded():
        _load(folder, files, base, skip_failed, **reading)


def _load(folder: Path, files: tuple[str, ...], base: str | None, skip_failed: bool, **reading: Any) -> None:
    from ressenti.graph.store.load import is_rdf
    from ressenti.graph.store.load import load as load_store

    begin = checked_base(base)
    rdf = [Path(name) for name in files if is_rdf(name)]
    others = tuple(name for name in files if not is_rdf(name))
    run = open_run(others, None, keep=True, once=True, **reading) if others or not rdf else None
    numbered = 0

    def check() -> None:
        if run is None:
            return
        check_run(run)
        if run.failed and not skip_failed:
            say("nothing was loaded; correct the inputs, or give --skip-failed to load the others")
            sys.exit(Exit.NOTHING)

    with progress(True) as advance:

        def narratives() -> Iterator[Narrative]:
            nonlocal numbered
            for narrative in run or ():
                numbered += _NUMBERED.search(narrative.id) is not None
                yield narrative
                advance()

        loaded = load_store(folder, rdf, narratives(), base=begin, check=check)
    replaced = f", {loaded.replaced} in the place of earlier ones" if loaded.replaced else ""
    count = loaded.new + loaded.replaced
    say(f"{folder}: {count} narrative{'s' if count != 1 else ''} loaded{replaced}")
    if numbered:
        say(
            f"note: ids that repeat are numbered by their order (x#2; here {numbered}): once one is taken out of the input, later ones get "
            "other numbers, and the store may hold one twice; give each an id of its own (--id-column), or take out the old ones first "
            "(ressenti store remove)"
        )
    sys.exit(Exit.DONE if run is None else status(run))


@store.command(epilog=REMOVING)
@click.argument("folder", metavar="STORE", type=click.Path(path_type=Path))
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--base", metavar="IRI", help="What the IRIs of the narratives begin with.  [default: https://w3id.org/ressenti/narrative/]")
def remove(folder: Path, ids: tuple[str, ...], base: str | None) -> None:
    """Remove narratives by their ids, or their IRIs; their words leave the disk. All are removed or none."""
    from ressenti.ontology.sparql.run import ending

    with ending(), guarded():
        _remove(folder, ids, base)


def _remove(folder: Path, ids: tuple[str, ...], base: str | None) -> None:
    from ressenti.graph.store.load import remove as remove_from

    stay = remove_from(folder, ids, base=checked_base(base))
    count = len(set(ids))
    say(f"{folder}: {count} narrative{'s' if count != 1 else ''} removed")
    if stay:
        say(f"note: {', '.join(stay)} stay{'s' if len(stay) == 1 else ''}; name what is to go as well")


@store.command(epilog=ASKING)
@click.argument("folder", metavar="[STORE]", type=click.Path(path_type=Path), required=False)
@click.argument("query", metavar="[QUERY|FILE.rq|NAME|-]", required=False)
@click.option("--questions", is_flag=True, help="List the shipped questions and exit.")
@answer_options
@click.option("--allow-network", is_flag=True, help="Let SERVICE reach the web.")
def query(folder: Path | None, query: str | None, questions: bool, **options: Any) -> None:
    """Ask STORE in SPARQL.

    QUERY is a text such as 'SELECT ?e { ?m tone:hasEmotion ?e }', a file with one, the name of a shipped question, or - for standard input.
    Prefixes such as nar:, tone:, nif:, rdfs: need no declaration.
    """
    if questions:
        with guarded():
            from ressenti.graph.questions import narrative_questions

            list_questions(narrative_questions())
        return
    if folder is None or query is None:
        raise click.UsageError("name a store, and give a query, a file with one, or the name of a question (--questions lists them)")
    from ressenti.ontology.sparql.run import ending

    with ending(), guarded():
        _query(folder, query, **options)


def _query(folder: Path, argument: str, *, form: str | None, output: str | None, timeout: float, allow_network: bool) -> None:
    from ressenti.corpora.writing import Output
    from ressenti.graph.questions import FOLDER
    from ressenti.graph.store.place import check_asking, opened
    from ressenti.ontology.sparql import ask
    from ressenti.ontology.sparql.guard import check
    from ressenti.ontology.sparql.run import Limit

    form, output = form or by_ending(output), None if output == "-" else output
    if re.fullmatch(r"[a-z]+(-[a-z]+)*", argument) and not Path(argument).exists():
        asked = ask.competency_question(argument, FOLDER)
    else:
        asked = read_query(argument, output)
    limit = Limit(timeout)
    with told():
        check_asking(asked)
        check(asked.text, asked.source, network=allow_network)
        fitting = ask.suited(asked, form)
        ask.check_syntax(asked, limit)
        with opened(folder) as data, Output(output) as out:
            write_answer(asked, data, fitting, out, limit, network=allow_network, width=width_of(output))


@store.command(epilog=SERVING)
@click.argument("folder", metavar="STORE", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=7880, show_default=True, help="0 for any that is free.")
@click.option(
    "--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Listen here; beyond loopback with --allow-network."
)
@click.option("--allow-network", is_flag=True, help="Let other machines ask: whoever reaches the port reads the narratives.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name under which this machine may be asked; may be repeated.")
@click.option("--cors", "origins", multiple=True, metavar="ORIGIN",
              help="Let pages of this origin (https://…) read answers, * for all; may be repeated.")  # fmt: skip
@click.option("--timeout", type=click.FloatRange(min=0), default=30, show_default=True, metavar="SECONDS",
              help="Stop a query after so long; 0 for no limit.")  # fmt: skip
@click.option("--max-size", type=click.FloatRange(min=0), default=100, show_default=True, metavar="MB",
              help="Cut an answer off here; 0 for no limit.")  # fmt: skip
@click.option("--max-memory", type=click.FloatRange(min=0), default=4096, show_default=True, metavar="MB",
              help="Of the process that answers a query; 0 for no limit.")  # fmt: skip
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="Queries answered at the same time.")
@click.option("--log", is_flag=True, help="A line a request on standard error, without the query.")
def serve(folder: Path, **options: Any) -> None:
    """Serve STORE as a SPARQL 1.1 endpoint, read-only, to this machine."""
    with guarded():
        _serve(folder, **options)


def _serve(
    folder: Path, *, port: int, host: str, allow_network: bool, names: tuple[str, ...], origins: tuple[str, ...], timeout: float,
    max_size: float, max_memory: float, processes: int, log: bool,
) -> None:  # fmt: skip
    from ressenti.errors import DataError
    from ressenti.graph.store.pool import Limits, Pool
    from ressenti.graph.store.server import Access, Server, is_loopback

    if not is_loopback(host) and not allow_network:
        raise click.UsageError(f"--host {host} is reached from other machines; give --allow-network if that is meant")
    if 0 < max_memory < LEAST_MEMORY:
        raise click.UsageError(f"--max-memory: opening a store takes {LEAST_MEMORY} MB already; give more, or 0 for no limit")
    pool = Pool(folder, processes, Limits(timeout, int(max_size * 1e6), int(max_memory) << 20))
    try:
        server = Server((host, port), pool, Access(names, origins), say if log else None)
    except OSError as error:
        pool.close()
        raise DataError(
            f"{host}:{port}", None, f"cannot be listened at ({error.strerror or error}); give another --port or --host"
        ) from None
    try:
        say(f"serving {folder} at {server.address} (read-only; Ctrl-C ends it)")
        server.run()
    except (KeyboardInterrupt, SystemExit):  # how it is meant to end
        say("stopped")

"""``ressenti export``: annotated narratives in the formats of other tools."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ressenti._console import guarded, progress, say
from ressenti.cli.identifying import identifying_option, looked_through
from ressenti.cli.inputs import account_options, check_run, checked_base, open_run, status

if TYPE_CHECKING:
    from ressenti.corpora.run import Run
    from ressenti.graph.privacy.table import Table
    from ressenti.schema import Narrative

RDF = ("ttl", "nq", "jsonld", "rdfxml")
TOOLS = ("brat", "xmi", "cas-json", "webanno", "conllu", "spacy", "csv")
FORMATS = (*RDF, "jsonl", *TOOLS)
_ENDINGS = {".ttl": "ttl", ".nq": "nq", ".jsonld": "jsonld", ".rdf": "rdfxml", ".jsonl": "jsonl"}
SHOWN = ("vocabulary", "shapes")
EPILOG = """\b
Exit status:
  0    every account was exported
  1    some inputs failed, the others were exported
  2    the command was called wrongly
  3    nothing could be exported: all inputs failed, or a vocabulary,
       a rule, the parser or a table of pseudonyms cannot be used
  4    the output cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted
  141  the reader of the output left (as in: ressenti export … | head)

\b
What each format holds, and what the choices of privacy leave, is in
docs/linked-data.md; the formats of other tools are in docs/exchange.md."""


@click.command(epilog=EPILOG)
@click.option("--format", "form", type=click.Choice(FORMATS),
              help="RDF as Turtle, N-Quads (a graph a narrative), JSON-LD or RDF/XML; or another tool's (docs/exchange.md).  "
                   "[default: by the ending of -o (.ttl .nq .jsonld .rdf .jsonl), or ttl]")  # fmt: skip
@click.option(
    "-o",
    "--output",
    metavar="FILE|FOLDER",
    help="Write here instead of standard output; readable by you only. A file is replaced as a whole, a folder must be new.",
)
@click.option(
    "--base", metavar="IRI", help="What the IRIs of narratives begin with; ends with /.  [default: https://w3id.org/ressenti/narrative/]"
)
@click.option("--no-text", is_flag=True, help="Leave the narratives' words out: text, quotations, labels, metadata, comments.")
@click.option("--pseudonymise", metavar="TABLE",
              help="Give persons and places other names, and take out e-mail addresses, telephone numbers and the like; the table of both, "
                   "made or continued, is for you alone.")  # fmt: skip
@click.option("--unpseudonymise", metavar="TABLE", help="Give back the names that stand in such a table.")
@identifying_option("they are counted")
@click.option("--show", type=click.Choice(SHOWN), help="Print the vocabulary of the RDF, or its SHACL shapes, and end.")
@account_options
def export(files: tuple[str, ...], show: str | None, **options: Any) -> None:
    """Write annotated narratives as linked data, or for other tools.

    Takes what ``ressenti annotate`` writes as it is; accounts that are not annotated yet are annotated on the way.
    """
    with guarded():
        if show:
            from ressenti.graph.rdf.shipped import shown

            click.echo(shown(show), nl=False)
            return
        _export(files, **options)


def _export(
    files: tuple[str, ...], *, form: str | None, output: str | None, base: str | None, no_text: bool, pseudonymise: str | None,
    unpseudonymise: str | None, identifying: str | None, **reading: Any,
) -> None:  # fmt: skip
    from ressenti.corpora.writing import Output
    from ressenti.errors import OutputError, RessentiError
    from ressenti.graph.lines import Lines
    from ressenti.graph.rdf.write import FORMATS as WRITERS

    if sum(map(bool, (no_text, pseudonymise, unpseudonymise))) > 1:
        raise click.UsageError("--no-text, --pseudonymise and --unpseudonymise exclude each other; choose one")
    ending = Path(output or "").suffix.lower()
    if ending == ".gz":
        raise click.UsageError(f"-o {output}: it is not packed; leave -o out and pack it yourself: ressenti export … | gzip > FILE.gz")
    form = form or _ENDINGS.get(ending, "ttl")
    if base is not None and form == "jsonl":
        raise click.UsageError("--base is for RDF: jsonl has no IRI")
    begin = checked_base(base)
    output = None if output == "-" else output
    if form in TOOLS:
        _check_tool(form, output, base, no_text)
    run = open_run(files, output, keep=True, **reading)
    step, table = _privacy(no_text, pseudonymise, unpseudonymise, files, output)
    once = table is not None and step is not None and not _learnt(step, files, reading)
    known = table.names if table else None
    looked = looked_through(identifying, files, output, pseudonymise, unpseudonymise, known=known, counted=not unpseudonymise)
    if form in TOOLS:
        _write_for_tool(form, output, run, step, table, looked, once)
    writer = WRITERS[form](begin, words=not no_text) if form in RDF else Lines()
    # Whatever happens, no pseudonym is out whose name is nowhere
    with contextlib.closing(table) if table else contextlib.nullcontext(), looked as look, Output(output) as out:
        out.write(writer.head())
        with progress(output is not None or not sys.stdout.isatty()) as advance:
            for narrative in _each(run, step):
                try:
                    out.write(writer.narrative(look(narrative)))
                except OutputError:  # the next would fare no better
                    raise
                except RessentiError as error:
                    _failed(run, str(error))
                advance()
        check_run(run)
        out.write(writer.foot())
        out.keep()
    _tell_of_names(step, table, once)
    sys.exit(status(run))


def _check_tool(form: str, output: str | None, base: str | None, no_text: bool) -> None:
    from ressenti.corpora.exchange import FORMATS as TOOL_FORMATS

    if output is None and TOOL_FORMATS[form].folder:
        raise click.UsageError(f"{form} is a folder of files; name a new one with -o")
    if base is not None or no_text:
        raise click.UsageError(f"{'--base' if base is not None else '--no-text'} is for RDF: {form} holds the narrative's text")
    if TOOL_FORMATS[form].loses:
        say(f"note: {form} has no place for {TOOL_FORMATS[form].loses}")


def _write_for_tool(
    form: str,
    output: str | None,
    run: Run,
    step: Callable[[Narrative], Narrative] | None,
    table: Table | None,
    looked: AbstractContextManager[Callable[[Narrative], Narrative]],
    once: bool,
) -> NoReturn:
    from ressenti.corpora.exchange import FORMATS as TOOL_FORMATS

    with contextlib.closing(table) if table else contextlib.nullcontext(), looked as look, TOOL_FORMATS[form].open(output) as writer:
        with progress(output is not None or not sys.stdout.isatty()) as advance:
            for narrative in _each(run, step):
                writer.write(look(narrative))
                advance()
        check_run(run)
        writer.keep()
    _tell_of_names(step, table, once)
    sys.exit(status(run))


def _learnt(step: Callable[[Narrative], Narrative], files: tuple[str, ...], reading: dict[str, Any]) -> bool:
    """Read all once for the names alone, so that those met late are replaced in earlier narratives too; False where that cannot be."""
    from ressenti.corpora.run import Run

    if not files or not all(Path(file).is_file() or Path(file).is_dir() for file in files):  # standard input, or a pipe of the shell
        return False
    with progress(True) as advance:
        for narrative in Run(files, say=lambda _: None, french=True, keep=True, **reading):
            step(narrative)
            advance()
    return True


def _tell_of_names(step: Callable[[Narrative], Narrative] | None, table: Table | None, once: bool) -> None:
    if step is None or table is None:
        return
    from ressenti.graph.privacy.pseudonyms import Pseudonymiser

    if isinstance(step, Pseudonymiser) and step.repeats:
        say(f"note: {table.path}: the names found are its pseudonyms, so the input seems to be pseudonymised already; "
            "what was written has pseudonyms of pseudonyms, and --unpseudonymise must be done twice")  # fmt: skip
    if once and table.pseudonyms:
        say("note: what is piped in is read once, so a name that is met late may stand in earlier narratives; give a file, or run it again "
            "with this table")  # fmt: skip


def _each(run: Run, step: Callable[[Narrative], Narrative] | None) -> Iterator[Narrative]:
    return iter(run) if step is None else map(step, run)


def _failed(run: Run, reason: str) -> None:
    run.failed += 1
    run.done -= 1
    say(reason)


def _privacy(
    no_text: bool, pseudonymise: str | None, unpseudonymise: str | None, files: tuple[str, ...], output: str | None
) -> tuple[Callable[[Narrative], Narrative] | None, Table | None]:
    """What is done to each narrative, and the table that is to be kept."""
    if no_text:
        from ressenti.graph.privacy.words import without_words

        return without_words, None
    if not (path := pseudonymise or unpseudonymise):
        return None, None
    from functools import partial
    from pathlib import Path

    from ressenti.corpora.writing import is_input
    from ressenti.graph.privacy import pseudonyms
    from ressenti.graph.privacy.table import Table

    option = "'--pseudonymise'" if pseudonymise else "'--unpseudonymise'"
    if is_input(path, files) or (output is not None and Path(path).resolve() == Path(output).resolve()):
        raise click.BadParameter("it is also an input or the output; name another file", param_hint=option)
    if unpseudonymise:
        if not Path(path).is_file():
            raise click.BadParameter("there is no such file; name the table that --pseudonymise wrote", param_hint=option)
        return partial(pseudonyms.unpseudonymise, table=Table(Path(path))), None
    table = Table(Path(path))
    return pseudonyms.Pseudonymiser(table), table

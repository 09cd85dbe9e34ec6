"""``ressenti identifying``, and the option of the same name: which strings are left that tell who somebody is."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ressenti._console import guarded, progress, say
from ressenti.cli.inputs import check_run, counted, open_run, reading_options, status

if TYPE_CHECKING:
    from ressenti.schema import Narrative

Command = TypeVar("Command", bound=Callable[..., Any])
EPILOG = """\b
Exit status:
  0    every account was looked through
  1    some inputs failed, the others were looked through
  2    the command was called wrongly
  3    nothing could be read
  4    the list cannot be written
  70   an internal error, a fault of Ressenti
  130  interrupted

\b
The list (tab-separated, on standard output or in -o) holds the strings
themselves; standard error has how many there are of each kind. What is
looked for, and what is missed, is in docs/privacy.md."""


@click.command(epilog=EPILOG)
@click.option("-o", "--output", metavar="FILE", help="Write the list here instead of standard output; readable by you only.")
@reading_options
def identifying(files: tuple[str, ...], output: str | None, **reading: Any) -> None:
    """List what tells who somebody is in accounts: names, places, e-mail addresses, telephone numbers, dates of birth …

    Reads what ``ressenti annotate`` reads, and what it wrote: its labels, comments and metadata are looked through too.
    """
    with guarded():
        output = None if output == "-" else output
        run = open_run(files, output, keep=True, bare=True, **reading)
        with _list(output or "-") as look:
            with progress(output is not None) as advance:
                for narrative in counted(run, advance):
                    look(narrative)
            check_run(run)
        raise SystemExit(status(run))


def identifying_option(default: str) -> Callable[[Command], Command]:
    """Give a command ``--identifying``; it gets it as ``identifying`` and hands it to :func:`looked_through`.

    Args:
        default: What is done where the option is left out, for its help.
    """
    told = f"List there, for you alone, what tells who somebody is in the output; none: do not look.  [default: {default}]"
    return click.option("--identifying", metavar="FILE|none", help=told)


@contextlib.contextmanager
def looked_through(
    wanted: str | None, files: tuple[str, ...], *others: str | None, known: Mapping[str, str] | None = None, counted: bool = False
) -> Iterator[Callable[[Narrative], Narrative]]:
    """What hands narratives on and looks through each; at the end it is said how many strings of each kind there are.

    Args:
        wanted: The value of the option.
        files: The inputs, none of which may be the list.
        others: What else is written, which may not be it either.
        known: Pseudonyms, which identify nobody.
        counted: Whether to count where the option was left out.

    Raises:
        click.BadParameter: The list would replace an input or the output.
    """
    if wanted == "none" or (wanted is None and not counted):
        yield lambda narrative: narrative
        return
    if wanted is not None:
        from ressenti.corpora.writing import is_input

        written = (Path(other).resolve() for other in others if other is not None)
        if wanted == "-" or Path(wanted).resolve() in written or is_input(wanted, files):
            raise click.BadParameter("the list needs a file of its own", param_hint="'--identifying'")
    with _list(wanted, known) as look:
        yield look


@contextlib.contextmanager
def _list(path: str | None, known: Mapping[str, str] | None = None) -> Iterator[Callable[[Narrative], Narrative]]:
    """Look through narratives; the list goes to ``path``, ``-`` for standard output, or nowhere."""
    from ressenti.corpora.writing import Output
    from ressenti.graph.privacy.identifying import Search, head, rows

    with Output(None if path == "-" else path) if path is not None else contextlib.nullcontext() as out:
        search: Search | None = None
        if out is not None:
            out.write(head())

        def look(narrative: Narrative) -> Narrative:
            nonlocal search
            search = search or Search(known)
            found = search(narrative)
            if out is not None:
                out.write(rows(narrative, found))
            return narrative

        yield look
        if out is not None:
            out.keep()
    if search is not None:
        _tell(search.told(), listed=path is not None)


def _tell(found: str, listed: bool) -> None:
    hint = "" if listed else "; --identifying FILE lists them"
    nothing = "no identifying string was found; not looked for: other dates, ages, jobs, most names without a capital; read it"
    say(f"note: {f'identifying strings: {found}{hint}' if found else nothing}")

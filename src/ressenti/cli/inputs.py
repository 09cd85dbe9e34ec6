"""What the commands that read accounts have in common: the same options, the same messages, the same exit statuses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ressenti._console import Exit, say

if TYPE_CHECKING:
    from ressenti.corpora.exchange.reading import Imports
    from ressenti.corpora.run import Run
    from ressenti.schema import Narrative

STDIN_FORMATS = ("txt", "md", "jsonl", "json", "csv", "tsv", "docx", "odt", "pdf", "srt", "vtt", "xml")
Command = TypeVar("Command", bound=Callable[..., Any])


def _once(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> str | None:
    """The value of an option that counts once: of two, the first would be passed over in silence."""
    if len(values) > 1:
        raise click.BadParameter("it was given more than once; name one, and run again for the others")
    return values[0] if values else None


_OPTIONS = (
    click.argument("files", nargs=-1, metavar="[FILE|FOLDER|-]..."),
    click.option("--text-column", multiple=True, callback=_once, metavar="NAME",
                 help="Column of a table (name, its first words, or number), or key of JSON, that holds the account."),
    click.option("--id-column", multiple=True, callback=_once, metavar="NAME",
                 help="Column of a table (the same), or key of JSON, that names the account."),
    click.option("--encoding", metavar="NAME", help="Encoding of text and tables; found out by default."),
    click.option("--stdin-format", type=click.Choice(STDIN_FORMATS),
                 help="Format of standard input; txt or jsonl by default, as it begins."),
    click.option("--speaker", multiple=True, callback=_once, metavar="NAME",
                 help="Of transcripts (« ANNE : … »), read this person's turns alone."),
    click.option("--vocabulary", multiple=True, metavar="FILE", help="A table of further words (docs/vocabulary.md); may be repeated."),
    click.option("--rules", multiple=True, metavar="PATH", help="A file or folder of further rules, tried first; may be repeated."),
)  # fmt: skip


def account_options(command: Command) -> Command:
    """Give a command the arguments and options with which accounts are read; it gets them as ``files`` and ``**reading``."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def reading_options(command: Command) -> Command:
    """As :func:`account_options`, for a command that annotates nothing."""
    for option in reversed(_OPTIONS[:-2]):
        command = option(command)
    return command


def open_run(
    files: tuple[str, ...],
    output: str | None,
    *,
    make: Callable[..., Run] | None = None,
    keep: bool,
    bare: bool = False,
    french: bool = True,
    **reading: Any,
) -> Run:
    """A run over what the user named, or over what is piped in.

    Args:
        files: As typed.
        output: Where the result goes, None for standard output; it may not be an input.
        make: Makes it, :class:`~ressenti.corpora.run.Run` by default.
        keep: Whether accounts that come annotated are taken as they are.
        bare: Whether those that are not annotated are left so.
        french: Whether the accounts are known to be French.
        reading: The values of `account_options`.

    Raises:
        click.UsageError: The command was called wrongly.
    """
    from ressenti.corpora.run import Run
    from ressenti.errors import InputError

    files = named_files(files)
    check_output(output, files)
    try:
        return (make or Run)(files, say=say, keep=keep, bare=bare, french=french, **reading)
    except InputError as error:
        raise click.BadParameter(error.reason, param_hint="'--encoding'") from None


def named_files(files: tuple[str, ...]) -> tuple[str, ...]:
    """What is to be read: what was typed, or what is piped in.

    Raises:
        click.UsageError: Nothing is.
    """
    files = files or _piped()
    if "-" in files and sys.stdin is None:
        raise click.UsageError("standard input is closed")
    return files


def check_encoding(encoding: str | None) -> None:
    """Refuse an encoding that is not known.

    Raises:
        click.BadParameter: It is not.
    """
    from ressenti.corpora.reading import read
    from ressenti.errors import InputError

    try:
        read((), encoding=encoding)
    except InputError as error:
        raise click.BadParameter(error.reason, param_hint="'--encoding'") from None


def check_output(output: str | None, files: tuple[str, ...]) -> None:
    """Refuse an output that is also an input, or no path.

    Raises:
        click.BadParameter: It is.
    """
    from ressenti.corpora.writing import is_input

    if output == "":
        raise click.BadParameter("it is empty; is a variable unset?", param_hint="'-o' / '--output'")
    if output is not None and is_input(output, files):
        raise click.BadParameter("it is also an input; write to another place", param_hint="'-o' / '--output'")


def checked_base(base: str | None) -> str:
    """What the IRIs of narratives begin with: what ``--base`` says, or the default.

    Raises:
        click.BadParameter: It cannot be one.
    """
    from ressenti.errors import RessentiError
    from ressenti.graph.rdf.names import BASE, Iris

    try:
        return Iris(BASE if base is None else base).base
    except RessentiError as error:
        raise click.BadParameter(str(error), param_hint="'--base'") from None


def counted(run: Run, advance: Callable[[], None]) -> Iterator[Narrative]:
    """The narratives of a run; the progress bar moves on when the next one is asked for."""
    for narrative in run:
        yield narrative
        advance()


def check_run(run: Run | Imports) -> None:
    """Say how many inputs failed; end, before anything is kept, where all did."""
    if run.failed and run.failed + run.done > 1:
        say(f"{run.failed} of {run.failed + run.done} inputs failed")
    if run.failed and not run.done:
        sys.exit(Exit.NOTHING)


def status(run: Run | Imports) -> Exit:
    """The exit status of a run whose result was kept."""
    return Exit.SOME_FAILED if run.failed else Exit.DONE


def _piped() -> tuple[str, ...]:
    """Standard input, unless somebody sits at it and would wait for an answer that never comes."""
    if sys.stdin is None or sys.stdin.isatty():
        command = click.get_current_context().command_path
        raise click.UsageError(f"nothing to read: name a file or a folder, or pipe an account in (see: {command} --help)")
    return ("-",)

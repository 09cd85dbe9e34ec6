"""What the command line says besides its data: messages, a progress bar, exit statuses. Nothing here reads an account."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from enum import IntEnum
from pathlib import Path


class Exit(IntEnum):
    """Exit statuses of the command; ``--help`` and docs/cli.md say what they mean."""

    DONE = 0
    SOME_FAILED = 1
    USAGE = 2
    NOTHING = 3
    OUTPUT = 4
    INTERNAL = 70
    INTERRUPTED = 130
    CLOSED = 141


DEBUG = "RESSENTI_DEBUG"
"""Environment variable: ``1`` shows the traceback of an internal error, which may hold words of the account."""

_printers: list[Callable[[str], None]] = []


def say(message: str) -> None:
    """A line on standard error, above the progress bar where there is one."""
    from ressenti.corpora.harmless import one_line

    line = f"ressenti: {one_line(message)}"
    with contextlib.suppress(OSError, ValueError):  # nobody listens any more, but the data can still go out
        if _printers:
            _printers[-1](line)
        elif sys.stderr is not None:
            print(line.encode(sys.stderr.encoding or "utf-8", "backslashreplace").decode(sys.stderr.encoding or "utf-8"), file=sys.stderr)


@contextlib.contextmanager
def progress(wanted: bool) -> Iterator[Callable[[], None]]:
    """A progress bar on standard error; call what it gives for each account.

    Args:
        wanted: False where the data goes to the same terminal, which the bar would garble.
    """
    if not wanted or sys.stderr is None or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, markup=False, emoji=False, highlight=False)
    text = TextColumn("{task.description}", markup=False)
    with Progress(SpinnerColumn(), text, TimeElapsedColumn(), console=console, transient=True) as bar:
        task = bar.add_task("loading the parser and the rules")
        done = 0

        def advance() -> None:
            nonlocal done
            done += 1
            bar.update(task, description=f"{done} account{'s' if done > 1 else ''} annotated")

        _printers.append(lambda line: console.print(line, soft_wrap=True))
        try:
            yield advance
        finally:
            _printers.pop()


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Whatever goes wrong inside ends as one line and an exit status, never as a traceback."""
    from ressenti.errors import CallError, OutputError, RessentiError

    try:
        yield
    except BrokenPipeError:
        _hush()
        sys.exit(Exit.CLOSED)
    except KeyboardInterrupt:
        say("interrupted")
        sys.exit(Exit.INTERRUPTED)
    except OutputError as error:
        _hush()
        say(str(error))
        sys.exit(Exit.USAGE if isinstance(error, CallError) else Exit.OUTPUT)
    except RessentiError as error:
        say(str(error))
        sys.exit(Exit.NOTHING)
    except Exception as error:
        if "click" in sys.modules and isinstance(error, sys.modules["click"].ClickException):
            raise
        _report(error)
        sys.exit(Exit.INTERNAL)


def _report(error: Exception) -> None:
    """The type and place of an internal error; its message and its traceback's locals may hold an account's words."""
    if os.environ.get(DEBUG) == "1":
        traceback.print_exception(error)
    frames = traceback.extract_tb(error.__traceback__)
    ours = Path(__file__).parent
    own = [frame for frame in frames if ours in Path(frame.filename).parents]
    # The innermost place of ours says more than the library below it.
    frame = (own or frames)[-1]
    file = Path(frame.filename)
    place = file.relative_to(ours.parent).as_posix() if ours in file.parents else file.name
    hint = "" if os.environ.get(DEBUG) == "1" else f"; with {DEBUG}=1 the traceback is shown, which may quote the account"
    say(f"internal error: {type(error).__name__} at {place}:{frame.lineno}{hint}")


def _hush() -> None:
    """Standard output goes nowhere from now on, so that flushing it at exit does not fail again."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)

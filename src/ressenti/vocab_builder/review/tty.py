"""The reviewer's terminal: pages out, keys and words in. Nothing but plain lines and the two codes that clear the screen."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence

import click
from rich.text import Text

from ressenti.corpora.terminal import colours_wanted, painted


class Closed(Exception):
    """Nobody can type any more: the terminal was closed, or Ctrl-D was pressed."""


class Terminal:
    """Standard input and output, where somebody sits at both."""

    def __init__(self) -> None:
        self.colour = colours_wanted("auto", sys.stdout)
        self._page: Callable[[], Sequence[Text]] = list
        self._drawing = self._stale = self._asking = False
        self._clears = os.environ.get("TERM") != "dumb" and os.name != "nt"
        if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal that is not in UTF-8 shows what it can
            sys.stdout.reconfigure(errors="replace")

    @staticmethod
    def there() -> bool:
        """Whether somebody sits at standard input and output."""
        return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines that can be written to; the last line is left for what is typed."""
        columns, lines = shutil.get_terminal_size()
        return columns, lines - 1

    def show(self, page: Callable[[], Sequence[Text]]) -> None:
        """Clear the screen and write a page.

        Args:
            page: Makes it; called again when the window has another size, until the next page or question.
        """
        self._page = page
        self._draw()

    def _draw(self) -> None:
        self._stale = True
        while self._stale:  # the size may change while the page is written
            self._stale, self._drawing = False, True
            try:
                text = painted(self._page(), colour=self.colour, width=self.size[0])
                if self._clears:
                    # While a key is waited for, a line feed alone does not go back to the first column.
                    sys.stdout.write("\x1b[H\x1b[2J" + text.replace("\n", "\r\n"))
                    sys.stdout.flush()
                else:
                    if os.name == "nt":
                        click.clear()
                    click.echo(text, nl=False)
            finally:
                self._drawing = False

    def _resized(self, *_: object) -> None:
        if self._drawing:
            self._stale = True
        elif not self._asking:
            self._draw()

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """While this lasts, pages follow the size of the window, where the system tells of it."""
        number = getattr(signal, "SIGWINCH", None)
        if number is None or threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(number, self._resized)
        try:
            yield
        finally:
            signal.signal(number, before)

    def key(self) -> str:
        """Wait for a key; what was typed before is forgotten, for it was not meant for this page.

        Returns:
            The character; ``""`` for arrows and the like.

        Raises:
            Closed: Nobody can type any more.
            KeyboardInterrupt: Ctrl-C.
        """
        try:
            typed = click.getchar()
        except (EOFError, OSError):
            raise Closed from None
        if not typed:
            raise Closed
        return "" if typed[0] in "\x1b\x00\xe0" and len(typed) > 1 else typed[0]

    def ask(self, question: str, words: Sequence[str] = ()) -> str:
        """Ask for a line, at the bottom of the page.

        Args:
            question: What is written before it.
            words: What Tab completes to, where the system has readline.

        Raises:
            Closed: Nobody can type any more.
            KeyboardInterrupt: Ctrl-C.
        """
        self._asking = True
        try:
            with _completing(words):
                return input(question).strip()
        except EOFError:
            raise Closed from None
        finally:
            self._asking = False


@contextlib.contextmanager
def _completing(words: Sequence[str]) -> Iterator[None]:
    try:
        import readline
    except ImportError:  # Windows
        yield
        return

    def complete(text: str, state: int) -> str | None:
        found = [word for word in words if word.casefold().startswith(text.casefold())]
        return found[state] if state < len(found) else None

    before, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(complete)
    readline.set_completer_delims("")
    readline.set_auto_history(False)
    readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)

"""``ressenti app``: the coach's page for an account that is pasted or opened, in the browser, on this machine alone."""

from __future__ import annotations

import sys
import threading
from typing import Any

import click

from ressenti._console import guarded, say

EPILOG = """\b
Exit status:
  0    done
  2    the command was called wrongly
  3    the port cannot be used
  70   an internal error, a fault of Ressenti

\b
Only this machine can reach it, and only the browser that opens its address,
which can be used once (docs/installer.md)."""


@click.command(epilog=EPILOG, short_help="Open the coach's page in the browser: paste an account, see it at once.")
@click.option("--lang", "language", type=click.Choice(["fr", "en"]), default="fr", show_default=True, help="Language of the pages.")
@click.option("--reviewer", default="", metavar="NAME", help="Who will review; can be said in the page, too.")
@click.option("--no-browser", is_flag=True, help="Open no browser, but write the address on standard output.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port on this machine; by default any that is free.")
@click.option("--vocabulary", multiple=True, metavar="FILE", help="A table of further words (docs/vocabulary.md); may be repeated.")
@click.option("--rules", multiple=True, metavar="PATH", help="A file or folder of further rules, tried first; may be repeated.")
def app(**options: Any) -> None:
    """Open the coach's page in the browser, for accounts that are pasted or opened there.

    Nothing leaves this machine, and nothing is kept unless it is saved in the page. It ends by its button, or by Ctrl-C here.
    """
    with guarded():
        _app(**options)


def _app(*, language: Any, reviewer: str, no_browser: bool, port: int, vocabulary: tuple[str, ...], rules: tuple[str, ...]) -> None:
    import ressenti
    from ressenti.errors import RessentiError
    from ressenti.review.app.desk import Desk
    from ressenti.review.app.pages import wording
    from ressenti.review.app.server import App

    texts = wording(language)
    work = Desk(lambda: ressenti.load(vocabulary, rules))
    try:
        server = App(work, port, language, reviewer)
    except OSError:
        raise RessentiError(texts["port_used"].format(port=port)) from None
    try:
        work.start()
        if no_browser:
            say(texts["started_link"])
            click.echo(server.link)
            sys.stdout.flush()
        else:
            say(texts["started"])
            say(texts["no_browser"])
            threading.Thread(target=_browse, args=(server.link,), daemon=True).start()
        server.run(grace=2)
    except (KeyboardInterrupt, SystemExit):  # one of the ways in which it is meant to end
        pass
    say(texts["stopped"])


def _browse(link: str) -> None:
    """Open the user's browser; some browsers are waited for until they are closed."""
    import webbrowser

    webbrowser.open(link)

"""``ressenti fallback card``: what a model is."""

from __future__ import annotations

from pathlib import Path

import click

from ressenti._console import guarded
from ressenti.cli.fallback.taught import MODEL, open_fallback

EPILOG = """\b
Exit status:
  0    the card was shown
  2    the command was called wrongly
  3    the model cannot be used
  70   an internal error, a fault of Ressenti
  130  interrupted"""


@click.command(epilog=EPILOG, short_help="Show the card of a model.")
@click.argument("model", type=MODEL, default="auto")
def card(model: Path) -> None:
    """Show what MODEL was trained on, what it says and how often that was right, and what it cannot do (Markdown).

    Without MODEL, or with `auto`: of the one that comes with Ressenti.
    """
    with guarded():
        click.echo(open_fallback(model).model.card.rstrip())

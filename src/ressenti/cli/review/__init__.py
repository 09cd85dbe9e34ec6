"""``ressenti review``: what coaches decide on what was found. A module a command."""

from __future__ import annotations

import click

from ressenti.cli.review.page import page


@click.group(short_help="Let coaches read, correct and decide; take their decisions up.")
def review() -> None:
    """Let coaches read, correct and decide, and take their decisions up."""


for command in (page,):
    review.add_command(command)

"""``ressenti review``: what coaches decide on what was found. A module a command."""

from __future__ import annotations

import click

from ressenti.cli.review.agree import agree
from ressenti.cli.review.apply import apply
from ressenti.cli.review.learn import learn
from ressenti.cli.review.page import page
from ressenti.cli.review.summary import summary


@click.group(short_help="Let coaches read, correct and decide; take their decisions up.")
def review() -> None:
    """Let coaches read, correct and decide, and take their decisions up."""


for command in (agree, apply, learn, page, summary):
    review.add_command(command)

"""``ressenti fallback``: what speaks where the rules are silent. A module a command."""

from __future__ import annotations

import click

from ressenti.cli.fallback.card import card
from ressenti.cli.fallback.evaluate import evaluate
from ressenti.cli.fallback.lfs import lfs
from ressenti.cli.fallback.predict import predict
from ressenti.cli.fallback.queue import queue
from ressenti.cli.fallback.train import train


@click.group(short_help="Weak labels, and what is learnt from them for where the rules are silent.")
def fallback() -> None:
    """Weak labels from rules and reviews, and what is learnt from them for where the rules are silent."""


for command in (lfs, train, card, evaluate, predict, queue):
    fallback.add_command(command)

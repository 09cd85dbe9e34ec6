"""``ressenti vocab``: grow the vocabulary by evidence, with a person deciding. A module a command."""

from __future__ import annotations

import click

from ressenti.cli.vocab.audit import audit
from ressenti.cli.vocab.candidates import candidates
from ressenti.cli.vocab.diff import diff
from ressenti.cli.vocab.probe import probe
from ressenti.cli.vocab.promote import promote
from ressenti.cli.vocab.propose import propose
from ressenti.cli.vocab.review import review


@click.group(short_help="Grow the vocabulary: candidates, proposals, review, promotion.")
def vocab() -> None:
    """Grow the vocabulary by evidence, with a person deciding: candidates, then propose, review, promote; diff shows what a change does."""


for command in (candidates, propose, review, promote, diff, audit, probe):
    vocab.add_command(command)

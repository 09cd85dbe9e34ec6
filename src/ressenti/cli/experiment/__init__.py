"""``ressenti experiment``: what the papers behind Ressenti tried, on one's own data. A module a command."""

from __future__ import annotations

import click

from ressenti.cli.experiment.components import components
from ressenti.cli.experiment.cpm import cpm
from ressenti.cli.experiment.detection import detection
from ressenti.cli.experiment.emotexttokids import emotexttokids


@click.group(short_help="Repeat the experiments of the papers behind Ressenti.")
def experiment() -> None:
    """Repeat what the papers behind Ressenti tried, on your own data (docs/experiments.md). Needs pip install 'ressenti[experiments]'."""


for command in (cpm, components, detection, emotexttokids):
    experiment.add_command(command)

"""The command line: arguments in, calls, output out. A module a command; no logic lives here."""

from __future__ import annotations

import atexit
import contextlib
import gc
import signal
import sys
from types import FrameType

import click

from ressenti import __version__
from ressenti._console import guarded
from ressenti._garbage import garbage_put_off
from ressenti.cli.annotate import annotate
from ressenti.cli.app import app
from ressenti.cli.evaluate import evaluate
from ressenti.cli.experiment import experiment
from ressenti.cli.explain import explain
from ressenti.cli.export import export
from ressenti.cli.fallback import fallback
from ressenti.cli.graph import graph
from ressenti.cli.identifying import identifying
from ressenti.cli.import_ import import_
from ressenti.cli.ontology import ontology
from ressenti.cli.patterns import patterns
from ressenti.cli.review import review
from ressenti.cli.rules import rules
from ressenti.cli.sparql import sparql
from ressenti.cli.store import store
from ressenti.cli.trajectory import trajectory
from ressenti.cli.vocab import vocab

# What takes time to import (spaCy, rich, the readers, the triple store) is imported where it is used: `ressenti --help` answers at once.


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s", prog_name="ressenti")
def cli() -> None:
    """Read French accounts of emotional events: who feels what, why and towards whom."""


for command in (
    annotate,
    app,
    evaluate,
    experiment,
    explain,
    export,
    fallback,
    graph,
    identifying,
    import_,
    ontology,
    patterns,
    review,
    rules,
    sparql,
    store,
    trajectory,
    vocab,
):
    cli.add_command(command)


def _stop(number: int, _: FrameType | None) -> None:
    """On being told to end, end as an exception does: the temporary output, which holds accounts, is removed."""
    sys.exit(128 + number)


def main() -> None:
    """The command line, once it is imported (``ressenti.__main__``)."""
    with contextlib.suppress(ValueError):  # not in the main thread
        for name in ("SIGTERM", "SIGHUP"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), _stop)
    atexit.register(gc.freeze)  # all memory goes back to the system at once: looking for garbage in it before takes a moment
    with garbage_put_off(), guarded():
        cli(prog_name="ressenti")

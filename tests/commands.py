"""Commands as tests call them within the process."""

from __future__ import annotations

from click.testing import CliRunner

from ressenti.cli import cli


def run(*arguments, status=0):
    """What a command says; it must end with ``status``."""
    done = CliRunner().invoke(cli, [*map(str, arguments)])
    assert done.exit_code == status, done.output
    return done

"""Write docs/commands.md: the help of every command.

python docs/commands.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click
from click.testing import CliRunner

from ressenti.cli import cli

PAGE = Path(__file__).with_suffix(".md")


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of each command, groups before what is in them."""
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


def page() -> str:
    """The page: a chapter a command."""
    parts = ["# All commands\n\nWhat `--help` says of each; `python docs/commands.py` writes this page."]
    for words in commands(cli):
        shown = CliRunner().invoke(cli, [*words, "--help"], terminal_width=80, prog_name="ressenti").output
        parts.append(f"{'##' if len(words) < 2 else '###'} {' '.join(('ressenti', *words))}\n\n```\n{shown.strip()}\n```")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

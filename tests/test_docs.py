"""What the docs show runs, and the command's page says what the command says."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from ressenti.cli import cli

ROOT = Path(__file__).parent.parent


def test_python_blocks_of_the_readme_run(capsys):
    for block in re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.S):
        exec(compile(block, "README.md", "exec"), {})
    assert "fear affirmed ['peur']" in capsys.readouterr().out


def test_cli_page_holds_the_help_of_the_command():
    shown = CliRunner().invoke(cli, ["annotate", "--help"], terminal_width=80, prog_name="ressenti").output
    assert shown.strip() in (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")

"""Each `ressenti …` that a page shows is one that can be typed: the command is there, and so are its options and their choices."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from ressenti.cli import cli

ROOT = Path(__file__).parent.parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted(path for path in (ROOT / "docs").rglob("*.md") if path.name != "commands.md"),
]
ENDS = {"|", "||", "&&", ";", ">", ">>", "<", "#", "&"}


def shown(page: Path) -> list[str]:
    """The lines that begin with the command, in blocks of shell and in indented ones, and what stands alone between backticks."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:sh|console|)\n(.*?)```", text, re.S) + re.findall(r"^ {4}(\S.*)$", text, re.M)
    lines = [line for block in blocks for line in re.sub(r"\\\n\s*", " ", block).splitlines()]
    inline = [found.replace("\\|", "|") for found in re.findall(r"(?<!`)`([^`\n]+)`(?!`)", re.sub(r"```.*?```", "", text, flags=re.S))]
    calls = (re.match(r"(?:\$ )?(?:.*?(?:&&|\|) )?(?:\.venv/bin/)?ressenti (?=[a-z])(.*)", line) for line in lines + inline)
    return [call[1] for call in calls if call]


def refused(line: str) -> str | None:
    """Why a line is none that can be typed; None where it is one."""
    if re.search(r"…|\[|<|\b[A-Z]+…", line.split("#")[0]) or "COMMAND" in line:
        return None  # it says itself that something is left out
    try:
        lexer = shlex.shlex(line.replace("’", "_"), posix=True, punctuation_chars="|&;<>")
        lexer.whitespace_split = True
        words = list(lexer)
    except ValueError:
        return "its quotes do not close"
    for place, word in enumerate(words):
        if word in ENDS or word.startswith("#"):
            words = words[:place]
            break
    command: click.Command = cli
    context = click.Context(cli)
    try:
        while isinstance(command, click.Group):
            if not words or words[0].startswith("-"):
                return None
            name, found, words = command.resolve_command(context, words)
            if found is None:
                return f"there is no command {name!r}"
            command, context = found, click.Context(found, parent=context)
        values, _, _ = command.make_parser(context).parse_args(words)
    except click.UsageError as error:
        # « `review apply --votes` »: an option that is only named
        return None if error.message.endswith("requires an argument.") else error.format_message()
    for parameter in command.params:
        value = values.get(parameter.name)
        if isinstance(parameter.type, click.Choice) and isinstance(value, str) and "|" not in value and value not in parameter.type.choices:
            return f"{value!r} is no choice of {parameter.opts[0]}"
    return None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_commands_of_a_page_can_be_typed(page):
    assert {line: why for line in shown(page) if (why := refused(line))} == {}


def test_there_are_many():
    assert sum(len(shown(page)) for page in PAGES) > 250
    assert refused("annotate --colour never x") is None and "No such option" in refused("annotate --nothing x")
    assert "No such command" in refused("annotated x") and "no choice" in refused("annotate --format xml x")

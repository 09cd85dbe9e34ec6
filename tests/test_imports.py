"""Imports run one way: a room uses those below it, whether at the head of a module or late."""

import ast
from pathlib import Path

import pytest

import ressenti

ROOMS = (
    "schema", "ontology", "rules", "corpora", "fallback", "graph", "evaluation", "vocab_builder", "review", "evaluation.experiments",
    "scale", "cli",
)  # fmt: skip
"""From the lowest to the highest; the experiments, which try all parts, stand above what is measured with."""
ROOT = Path(ressenti.__file__).parent


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def room_of(name):
    """The room that a module is of: the longest that its name begins with."""
    return max((room for room in ROOMS if f"{name}.".startswith(f"ressenti.{room}.")), key=len, default=None)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_none_above_it(room):
    above = ROOMS[ROOMS.index(room) + 1 :]
    place = ROOT.joinpath(*room.split("."))
    files = [*place.rglob("*.py")] or [place.with_suffix(".py")]
    files = [file for file in files if room_of(".".join(("ressenti", *file.relative_to(ROOT).with_suffix("").parts))) == room]
    found = [f"{file.relative_to(ROOT)}: {name}" for file in files for name in imported(file) if room_of(name) in above]
    assert files[0].exists() and not found

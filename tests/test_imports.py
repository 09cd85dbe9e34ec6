"""Imports run one way: a room uses those below it, whether at the head of a module or late."""

import ast
from pathlib import Path

import pytest

import ressenti

ROOMS = ("schema", "ontology", "rules", "corpora", "fallback", "graph", "evaluation", "vocab_builder", "review", "cli")
"""From the lowest to the highest."""
ROOT = Path(ressenti.__file__).parent


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_uses_none_above_it(room):
    above = {f"ressenti.{other}" for other in ROOMS[ROOMS.index(room) + 1 :]}
    files = [*(ROOT / room).rglob("*.py")] or [ROOT / f"{room}.py"]
    found = [f"{file.relative_to(ROOT)}: {name}" for file in files for name in imported(file) if ".".join(name.split(".")[:2]) in above]
    assert files[0].exists() and not found

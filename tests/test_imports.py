"""Imports run one way: a room uses those below it, whether at the head of a module or late."""

import ast
import re
from pathlib import Path

import pytest

import ressenti

ROOT = Path(ressenti.__file__).parent
SAID = (Path(__file__).parent.parent / "CONTRIBUTING.md").read_text(encoding="utf-8")
ROOMS = tuple(re.findall(r"`([\w.]+)`", SAID.partition("\nImports run one way:")[2].partition(".\n")[0]))[::-1]
"""From the lowest to the highest; the experiments, which try all parts, stand above what is measured with."""
BESIDE = frozenset(re.findall(r"`(\w+)`", SAID.partition("import none, but for ")[2].partition(".")[0]))
"""Modules beside the rooms that may use them."""


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


def test_every_room_has_its_place():
    assert {path.name for path in ROOT.iterdir() if any(path.glob("*.py"))} < {*ROOMS}
    assert {"__init__", "__main__", "_console"} == BESIDE


@pytest.mark.parametrize("name", sorted({file.stem for file in ROOT.glob("*.py")} - {*ROOMS, *BESIDE}))
def test_a_module_beside_the_rooms_uses_none(name):
    assert not [found for found in imported(ROOT / f"{name}.py") if room_of(found)]

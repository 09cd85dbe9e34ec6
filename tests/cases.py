"""Test cases that stand in files: broken graphs, and what is found in each."""

from __future__ import annotations

from pathlib import Path


def broken(name: str) -> dict[str, tuple[str, set[str]]]:
    """The sections of ``ontology/broken/NAME.txt``: title to triples and to what is found (the lines with an arrow)."""
    path = Path(__file__).parent / "ontology" / "broken" / f"{name}.txt"
    found = {}
    for section in path.read_text(encoding="utf-8").split("\n== ")[1:]:
        title, *lines = section.splitlines()
        turtle = "\n".join(line for line in lines if not line.startswith("→"))
        found[title] = turtle, {line.removeprefix("→ ") for line in lines if line.startswith("→")}
    return found

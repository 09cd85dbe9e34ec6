"""Words a second and memory of each tool, all at work in turn in one run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SERVE = Path(__file__).parent / "workers" / "serve.py"
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "BLIS", "VECLIB_MAXIMUM")}


@dataclass(frozen=True, slots=True)
class Tool:
    """What is compared.

    Attributes:
        name: For the table.
        module: In ``workers``.
        arguments: Of its ``load``.
        python: The interpreter of its environment.
    """

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    python: Path | str = sys.executable


@dataclass(slots=True)
class Measured:
    """Processor seconds and seconds of each pass, in order, of a tool; its most memory in MB before and after; what it found."""

    loading: dict[str, float]
    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    peak: float = 0.0
    found: int = 0


class Worker:
    """A process with a tool loaded, which goes over the accounts when told; a context manager.

    Raises:
        SystemExit: It ended before it answered; its last words are passed on.
    """

    def __init__(self, tool: Tool, accounts: Path) -> None:
        self._tool = tool
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed on leaving the worker)
        self._process = subprocess.Popen(
            [tool.python, SERVE, tool.module, accounts, *tool.arguments],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True, env=os.environ | ONE_THREAD,
        )  # fmt: skip

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
        self._errors.close()

    def tell(self, part: int) -> None:
        """Have it read a part of the accounts."""
        assert self._process.stdin
        self._process.stdin.write(f"{part}\n")
        self._process.stdin.flush()

    def answer(self) -> dict[str, Any]:
        """What it answers, waited for."""
        assert self._process.stdout
        if line := self._process.stdout.readline():
            return json.loads(line)  # type: ignore[no-any-return]
        self._errors.seek(0)
        raise SystemExit(f"{self._tool.name} ended:\n{self._errors.read().decode(errors='replace')[-2000:]}")


def in_turn(tools: Sequence[Tool], accounts: Path, rounds: int) -> Mapping[str, Measured]:
    """All tools over each part of the accounts but the first, one tool at a time: A B C, B C A, C A B …

    The first part is not counted: what is looked up once and kept is looked up in it. No part is read twice: some remember what they read.
    """
    with ExitStack() as stack:
        workers = {}
        measured = {}
        for tool in tools:
            print(f"loading {tool.name}", file=sys.stderr)
            workers[tool.name] = stack.enter_context(Worker(tool, accounts))
            measured[tool.name] = Measured(workers[tool.name].answer())
            workers[tool.name].tell(0)
            workers[tool.name].answer()
        for k in range(1, rounds + 1):
            print(f"round {k} of {rounds}", file=sys.stderr)
            for name in _rotated([*workers], k):
                workers[name].tell(k)
                answer = workers[name].answer()
                measured[name].cpu.append(answer["cpu"])
                measured[name].wall.append(answer["wall"])
                measured[name].peak = answer["peak"] or 0.0
                measured[name].found += answer["found"]
    return measured


def _rotated(names: list[str], k: int) -> Iterator[str]:
    start = k % len(names)
    yield from names[start:] + names[:start]

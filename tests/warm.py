"""Commands in processes of their own, forked from one that has loaded what each would load anew for seconds.

What is tested is what goes in and comes out, and the exit status; that a command also works from a cold start is tested where a test
starts one (:mod:`privacy.world` and others).
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any


def run(
    *arguments: object,
    stdin: bytes = b"",
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    text: bool = False,
    most: int | None = None,
) -> subprocess.CompletedProcess[Any]:
    """Run ``ressenti``.

    Args:
        arguments: The words after it.
        stdin: What it reads.
        cwd: Where.
        env: Its environment; by default that of the tests.
        text: Whether its output and messages are given as text, else as bytes.
        most: Bytes that a file may have, as if the disk were full.
    """
    server = _server()
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder) / name) for name in ("stdin", "stdout", "stderr")]
        Path(files[0]).write_bytes(stdin)
        asked = {
            "arguments": [*map(str, arguments)],
            "files": files,
            "cwd": str(cwd or Path.cwd()),
            "env": dict(env or os.environ),
            "most": most,
        }
        server.stdin.write(json.dumps(asked) + "\n")  # type: ignore[union-attr]
        server.stdin.flush()  # type: ignore[union-attr]
        status = int(server.stdout.readline())  # type: ignore[union-attr]
        out, said = (Path(name).read_bytes() for name in files[1:])
    if text:
        return subprocess.CompletedProcess(asked["arguments"], status, out.decode(), said.decode())
    return subprocess.CompletedProcess(asked["arguments"], status, out, said)


@cache
def _server() -> subprocess.Popen[str]:
    """One for each process of tests; it ends when its standard input does."""
    return subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def load_once() -> None:
    """What every other command would load anew is loaded once; further words and rules are loaded each time."""
    import ressenti

    load, loaded = ressenti.load, {}

    def kept(vocabulary=(), rules=(), *, entities=True, components=True):
        if vocabulary or rules:
            return load(vocabulary, rules, entities=entities, components=components)
        if (entities, components) not in loaded:
            loaded[entities, components] = load(entities=entities, components=components)
        return loaded[entities, components]

    ressenti.load = kept


def ready() -> None:
    """Load what commands load when they need it, and what the rules make at their first sentence: each command would do so anew."""
    import ressenti
    from ressenti.corpora.exchange import reading  # noqa: F401
    from ressenti.graph.privacy.names import load_recogniser
    from ressenti.graph.rdf import write  # noqa: F401

    ressenti.load()("Ma sœur avait peur de moi. J’étais triste, puis j’ai eu honte.")
    load_recogniser()


def serve() -> None:
    """Fork for each line of standard input; answer with the exit status."""

    load_once()
    ready()
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if not child:
            os._exit(ran(**asked))
        answers.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        answers.flush()


def ran(arguments: list[str], files: list[str], cwd: str, env: dict[str, str], most: int | None = None) -> int:
    """A command in this process: its exit status."""
    from ressenti.cli import main

    for number, name in enumerate(files):
        os.dup2(os.open(name, os.O_RDWR | os.O_CREAT, 0o600), number)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.argv = ["ressenti", *arguments]
    if most is not None:
        sys.dont_write_bytecode = True  # Python would keep half of a module
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    status: object = 0
    try:
        main()
    except SystemExit as ended:
        status = ended.code
    sys.stdout.flush()
    sys.stderr.flush()
    return status if isinstance(status, int) else int(status is not None)


if __name__ == "__main__":
    serve()

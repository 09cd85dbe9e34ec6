"""Runs commands one after the other in one process; what each gave goes to a file as JSON Lines.

Reads from standard input a JSON list of command lines.
"""

from __future__ import annotations

import json
import shlex
import sys
import time
from pathlib import Path

from click.testing import CliRunner

from ressenti.cli import cli
from warm import load_once


def main(results: Path) -> None:
    load_once()
    with results.open("w", encoding="utf-8") as out:
        for words in json.load(sys.stdin):
            before = time.process_time()
            done = CliRunner().invoke(cli, shlex.split(words))
            kind = type(done.exception).__name__ if done.exception else ""
            given = {"words": words, "status": done.exit_code, "stderr": done.stderr, "exception": kind}
            out.write(json.dumps(given | {"seconds": round(time.process_time() - before, 2)}) + "\n")
            out.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

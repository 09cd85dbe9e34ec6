"""The command, with a fault in one of its parts: it fails with the account in its message.

Reads from standard input a JSON list of cases: the part, environment variables and the command line. Each runs in a process of its own,
forked from one that has the parser; its exit status and messages go to a file as JSON Lines.
"""

from __future__ import annotations

import json
import os
import shlex
import sys
import tempfile
from pathlib import Path

import ressenti
import ressenti.corpora.plain
import ressenti.corpora.writing
import ressenti.rules.annotator
from warm import load_once, ran


def fails(*arguments, **_):
    raise ValueError(" ".join(str(getattr(item, "text", item)) for item in arguments) + " Zorglubert")


PLACES = {
    "annotator": (ressenti.rules.annotator.Annotator, "pipe"),
    "reader": (ressenti.corpora.plain, "decode"),
    "writer": (ressenti.corpora.writing, "json_line"),
}


def main(results: Path) -> None:
    load_once()
    ressenti.load()
    with results.open("w", encoding="utf-8") as out:
        for place, more, words in json.load(sys.stdin):
            with tempfile.TemporaryDirectory(dir=results.parent) as folder:
                files = [str(Path(folder) / name) for name in ("stdin", "stdout", "stderr")]
                child = os.fork()
                if not child:
                    owner, name = PLACES[place]
                    assert hasattr(owner, name)
                    setattr(owner, name, fails)
                    os._exit(ran(shlex.split(words), files, str(Path.cwd()), {**os.environ, **more}))
                status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                said = Path(files[2]).read_text(encoding="utf-8")
            out.write(json.dumps({"status": status, "stderr": said}) + "\n")
            out.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))

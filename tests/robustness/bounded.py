"""Reading a file in a process of its own, whose memory and time are bounded by the system: a bomb hurts nobody else."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

MEMORY = 1 << 30
"""Bytes of address space for the interpreter, its libraries and what is read."""
SECONDS = 20
"""Of processor time, the start of the interpreter included."""

_CODE = """
import json, resource, sys, time
path, reader, memory, seconds = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from pathlib import Path
from ressenti.errors import InputError, RessentiError
found = []
try:
    if reader == "accounts":
        from ressenti.corpora.reading import read
        found += [["error", i.reason] if isinstance(i, InputError) else ["account", i.text[:100]] for i in read([path])]
    elif reader == "import":
        from ressenti.corpora.exchange.reading import Imports
        found += [["account", n.text[:100]] for n in Imports([path], say=lambda said: found.append(["error", said]))]
    elif reader == "annotated":
        from ressenti.corpora.annotated import read_annotations
        found += [["error", i.reason] if isinstance(i, InputError) else ["account", i.text[:100]] for i in read_annotations([path])]
    elif reader == "decisions":
        from ressenti.review.decisions.read import read
        found += [["account", r.id] for r in read(path)]
    elif reader == "model":
        from ressenti.fallback.model.file import load
        found += [["account", load(path).name]]
except RessentiError as error:
    found.append(["error", str(error)])
status = Path("/proc/self/status")  # ru_maxrss counts in the process that started this one
peak = int(status.read_text().split("VmHWM:")[1].split()[0]) >> 10 if status.exists() else 0
print(json.dumps({"found": found[:50], "peak": peak, "seconds": time.process_time()}))
"""


@dataclass(frozen=True)
class Outcome:
    """What came of a file: errors by their reasons, texts of accounts (their beginnings), megabytes and seconds."""

    errors: list[str]
    texts: list[str]
    peak: int
    seconds: float


def bounded(path: Path | str, reader: str = "accounts", memory: int = MEMORY, seconds: int = SECONDS) -> Outcome:
    """Read a file under the limits; an exception that is not for people, or a limit that is hit, fails the test."""
    run = subprocess.run(
        [sys.executable, "-c", _CODE, str(path), reader, str(memory), str(seconds)],
        capture_output=True, timeout=6 * seconds, check=False, env={**os.environ, "OMP_NUM_THREADS": "1"}, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert run.returncode == 0, f"status {run.returncode}: {run.stderr.decode()[-3000:]}"
    said = json.loads(run.stdout)
    by_kind: dict[str, list[str]] = {"error": [], "account": []}
    for kind, what in said["found"]:
        by_kind[kind].append(what)
    return Outcome(by_kind["error"], by_kind["account"], said["peak"], said["seconds"])

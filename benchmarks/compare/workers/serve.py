"""Runs one tool over the same accounts as often as it is told, in an environment of its own: only the standard library is needed here.

serve.py MODULE ACCOUNTS.json [ARGUMENT ...]

MODULE, beside this file, has ``load(*arguments)``, which gives a function from accounts to how many things it found. A number on a line of
standard input has it read that part of the accounts; each, and the loading before, is answered by a line of JSON on standard output.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import sys
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

try:
    import resource
except ImportError:  # on Windows
    resource = None  # type: ignore[assignment]


def peak() -> float | None:
    """The most memory that this process held so far, in MB."""
    status = Path("/proc/self/status")
    if status.exists():  # on Linux the usage of resources begins with that of the parent
        return int(status.read_text("ascii").partition("VmHWM:")[2].split()[0]) * 1024 / 1e6
    if resource is None:
        return None
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6)  # macOS counts bytes


def main() -> None:
    module, accounts, *arguments = sys.argv[1:]
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a tool prints is no answer

    def answer(**values: Any) -> None:
        print(json.dumps(values), file=answers, flush=True)

    parts = json.loads(Path(accounts).read_text("utf-8"))
    wall, cpu = perf_counter(), process_time()
    run = importlib.import_module(module).load(*arguments)
    gc.collect()
    gc.freeze()  # as `ressenti annotate` does; all tools have the good of it
    answer(wall=perf_counter() - wall, cpu=process_time() - cpu, peak=peak())
    for line in sys.stdin:
        texts = parts[int(line)]
        wall, cpu = perf_counter(), process_time()
        found = run(texts)
        answer(wall=perf_counter() - wall, cpu=process_time() - cpu, peak=peak(), found=found)


if __name__ == "__main__":
    main()

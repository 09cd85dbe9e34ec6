"""Fuzz every reader, guided by which lines an input reaches (atheris, which is libFuzzer for Python).

    python benchmarks/fuzz --minutes 30                # all readers, the time shared among them
    python benchmarks/fuzz --minutes 5 pdf docx        # some of them
    python benchmarks/fuzz --again FILE --target pdf   # one input, as it was found, without atheris

Inputs that break a reader are kept below ``--place`` (``TARGET/found``), and what reaches new lines (``TARGET/corpus``) is where the next
run goes on. atheris is installed into an environment of its own there; it sees the packages of the environment that this runs in. A
crash is whatever is no error made for people, an input that takes over 30 s, or over 2 GB. The table on standard output is the one of
docs/robustness.md. Exit status 1 where something was found.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import venv
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ATHERIS = "atheris==3.0.0"
COVERED = re.compile(r"cov: (\d+) ft: (\d+)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*", help="readers; by default all")
    parser.add_argument("--minutes", type=float, default=30, help="of processor time, for all together")
    parser.add_argument("--jobs", type=int, default=1, help="how many at a time")
    parser.add_argument("--place", type=Path, default=Path(tempfile.gettempdir()) / "ressenti-fuzz", help="where everything is kept")
    parser.add_argument("--again", type=Path, metavar="FILE", help="run one input")
    parser.add_argument("--target", help="with --again")
    options = parser.parse_args()
    if options.again:
        again(options.again, options.target)
        return
    python = environment(options.place / "venv")
    names = options.targets or known(python)
    seconds = max(int(60 * options.minutes / len(names)), 5)
    with ThreadPoolExecutor(options.jobs) as pool:
        rows = list(pool.map(lambda name: fuzz(python, name, options.place / name, seconds), names))
    print(table(rows))
    sys.exit(any(row["crashes"] or row["hangs"] for row in rows))


def environment(place: Path) -> str:
    """An environment with atheris, made where there is none; its interpreter."""
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
    if subprocess.run([python, "-c", "import atheris"], capture_output=True).returncode:
        subprocess.run([python, "-m", "pip", "install", "-q", ATHERIS], check=True)
    return str(python)


def setting() -> dict[str, str]:
    """The environment variables of a worker: it sees our packages and the source."""
    path = os.pathsep.join([str(HERE.parent.parent / "src"), str(HERE), sysconfig.get_path("purelib")])
    return {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}


def known(python: str) -> list[str]:
    """All targets."""
    found = subprocess.run([python, "-c", "from seeds import seeds; print(*seeds())"], env=setting(), check=True, capture_output=True)
    return found.stdout.decode().split()


def fuzz(python: str, name: str, place: Path, seconds: int) -> dict[str, Any]:
    """Fuzz one reader; what came out of it."""
    corpus, found = place / "corpus", place / "found"
    command = [python, str(HERE / "worker.py"), name, str(corpus), str(found), str(seconds)]
    place.mkdir(parents=True, exist_ok=True)
    with (place / "log.txt").open("w") as log:
        subprocess.run(command, env=setting(), stdout=log, stderr=log, check=False)
    said = (place / "log.txt").read_text(errors="replace")
    covered = COVERED.findall(said)
    if not (found / "counts.json").exists():
        sys.exit(f"{name}: the fuzzer did not start; {place / 'log.txt'} says why")
    counts = json.loads((found / "counts.json").read_text())
    first = next((line for line in covered if int(line[0]) > 2), ("0", "0"))
    kept = sorted(found.glob("*"))
    print(f"{name}: {counts}", file=sys.stderr)
    return {
        "target": name, "seconds": counts["seconds"], "runs": counts["runs"],
        "sound": counts["read"] / max(counts["runs"], 1), "seeds": int(first[0]), "covered": int(covered[-1][0]) if covered else 0,
        "corpus": len(list(corpus.glob("*"))), "memory": counts["memory"],
        "crashes": sum(item.name.startswith("crash-") and item.suffix != ".txt" for item in kept),
        "hangs": sum(item.name.startswith(("timeout-", "oom-", "slow-")) for item in kept),
    }  # fmt: skip


def table(rows: list[dict[str, Any]]) -> str:
    """The results as Markdown."""
    heads = ("reader", "s", "inputs run", "read as sound", "edges: seeds", "edges: end", "inputs kept", "peak MB", "crashes", "hangs")
    lines = [f"| {' | '.join(heads)} |", "| --- " + "| ---: " * (len(heads) - 1) + "|"]
    for r in rows:
        lines.append(
            f"| {r['target']} | {r['seconds']} | {r['runs']:,} | {r['sound']:.0%} | {r['seeds']:,} | {r['covered']:,} | {r['corpus']:,} |"
            f" {r['memory']:,} | {r['crashes']} | {r['hangs']} |"
        )
    total = {key: sum(r[key] for r in rows) for key in ("seconds", "runs", "seeds", "covered", "corpus", "crashes", "hangs")}
    lines.append(
        f"| all | {total['seconds']} | {total['runs']:,} | | {total['seeds']:,} | {total['covered']:,} | {total['corpus']:,} | |"
        f" {total['crashes']} | {total['hangs']} |"
    )
    return "\n".join(lines)


def again(file: Path, target: str) -> None:
    """Run one input in this process, with its traceback."""
    sys.path.insert(0, str(HERE))
    from seeds import seeds
    from targets import PACKED, targets

    begun = seeds()
    with tempfile.TemporaryDirectory() as folder:
        targets({name: begun[name][0] for name in PACKED})[target](file.read_bytes(), Path(folder))
    print("no crash")


if __name__ == "__main__":
    main()

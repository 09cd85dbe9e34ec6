"""Fuzz one reader, in the environment that has atheris: ``worker.py TARGET CORPUS FOUND SECONDS``, the seconds being of processor time.

Whatever is no error made for people is kept in FOUND, once for each place in the code, and the fuzzing goes on; an input that takes longer
than the limits ends it, and libFuzzer keeps that input.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

import atheris

SLOW = 5.0
"""Seconds of processor time from which an input is kept as slow."""
HANGS = 30
MEMORY = 2048
"""Megabytes of the whole process, coverage tables and the libraries' own included."""
LONGEST = 20_000


def main() -> None:
    target, corpus, found, seconds = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    include = ["ressenti.corpora", "ressenti.fallback.model.file", "ressenti.review.decisions", "ressenti.graph.rdf.read"]
    include += {"pdf": ["pypdf"], "xmi": ["cassis"], "cas-json": ["cassis"]}.get(target, [])
    with atheris.instrument_imports(include=include):
        import cassis  # noqa: F401 -- else imported late, and not watched
        import docx  # noqa: F401
        import pypdf  # noqa: F401
        from seeds import seeds
        from targets import ALLOWED, targets
    begun = seeds()
    corpus.mkdir(parents=True, exist_ok=True)
    found.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(begun[target]):
        (corpus / f"seed-{number}").write_bytes(seed)
    run = targets({name: begun[name][0] for name in ("docx", "odt", "model")})[target]
    # In memory where the system has such a place: one file is written again and again
    shared = Path("/dev/shm")  # noqa: S108
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        place, counts = Path(folder), {"runs": 0, "read": 0, "crashes": 0, "slow": 0, "seconds": 0, "memory": 0}
        started = time.process_time()

        def one(data: bytes) -> None:
            before = time.process_time()
            counts["runs"] += 1
            try:
                counts["read"] += run(data, place)
            except ALLOWED:
                pass
            except Exception as error:  # noqa: BLE001 -- what is looked for
                counts["crashes"] += _keep(found, data, error)
            if time.process_time() - before > SLOW:
                counts["slow"] += 1
                (found / f"slow-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)
            spent = time.process_time() - started
            if counts["runs"] % 200 == 1 or spent > seconds:
                counts.update(seconds=round(spent), memory=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)
                (found / "counts.json").write_text(json.dumps(counts))
            if spent > seconds:  # of processor time, which libFuzzer does not count
                sys.stderr.flush()
                shutil.rmtree(folder, ignore_errors=True)
                os._exit(0)

        options = [f"-timeout={HANGS}", f"-rss_limit_mb={MEMORY}", f"-max_len={LONGEST}", f"-artifact_prefix={found}/"]
        warnings.simplefilter("ignore")
        atheris.Setup([sys.argv[0], *options, str(corpus)], one, internal_libfuzzer=True)
        atheris.Fuzz()


def _keep(found: Path, data: bytes, error: Exception) -> int:
    """Keep an input that breaks a reader, unless another one broke it at the same place; says how many are new."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/fuzz/" not in frame.filename]
    last = frames[-1] if frames else None
    ours = next((frame for frame in reversed(frames) if "/ressenti/" in frame.filename), last)
    where = f"{type(error).__name__} {ours.filename}:{ours.lineno}" if ours else type(error).__name__
    name = found / f"crash-{hashlib.sha256(where.encode()).hexdigest()[:12]}"
    if name.exists():
        return 0
    name.write_bytes(data)
    name.with_suffix(".txt").write_text(where + "\n" + "".join(traceback.format_exception(error)))
    return 1


if __name__ == "__main__":
    main()

"""An environment for each tool that is compared, made once and kept."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path
from shutil import rmtree


def environment(folder: Path, packages: Sequence[str]) -> Path:
    """The interpreter of an environment with these packages; it is made where it is not there, which needs the network.

    Args:
        folder: Where environments are kept.
        packages: As pip takes them, with their versions.

    Raises:
        SystemExit: They cannot be installed; what pip said is passed on.
    """
    key = hashlib.sha256("\n".join((*packages, sys.version)).encode()).hexdigest()[:12]
    home = folder / f"{packages[0].split('=')[0]}-{key}"
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = home / "complete"
    if not done.exists():
        if home.exists():
            rmtree(home)
        print(f"installing {', '.join(packages)} in {home}", file=sys.stderr)
        venv.create(home, with_pip=True)
        answer = subprocess.run([python, "-m", "pip", "install", "--quiet", *packages], capture_output=True, text=True, check=False)
        if answer.returncode:
            raise SystemExit(
                f"{', '.join(packages)} cannot be installed; run again with the network, or leave out with --without\n{answer.stderr}"
            )
        done.touch()
    return python


def versions(python: Path | str, names: Sequence[str]) -> dict[str, str]:
    """The versions of packages that an interpreter sees."""
    code = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]), sep='\\n')"
    answer = subprocess.run([python, "-c", code, *names], capture_output=True, text=True, check=True)
    return dict(zip(names, answer.stdout.split(), strict=True))

"""Accounts with words that stand nowhere else, and a place in which commands run that may only leave them where they were told to."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from functools import cache
from pathlib import Path

OFFLINE = Path(__file__).parent / "offline"
TESTS = Path(__file__).parent.parent
WORDS = ("Zorglubert", "Kanarivaux", "zyxomarteau", "quibblefrousse")
"""Canaries: whatever quotes an account holds one of them."""
SENTENCES = (
    "Zorglubert Kanarivaux m’a menacée avec un zyxomarteau, j’ai eu très peur de la quibblefrousse.",
    "Quand Zorglubert a pris le zyxomarteau, j’étais furieuse contre lui. La quibblefrousse me rendait triste, Kanarivaux pleurait.",
    "J’étais fière du zyxomarteau de Kanarivaux. Zorglubert, lui, avait honte de la quibblefrousse. Il tremblait de quibblefrousse.",
)
"""Accounts in which each sentence holds one."""


def holds_words(data: bytes | str) -> bool:
    """Whether something quotes an account, in UTF-8, in UTF-16, or escaped."""
    if isinstance(data, str):
        data = data.encode()
    low = data.lower()
    return any(form in low for word in WORDS for form in (word.lower().encode(), word.lower().encode("utf-16-le")))


class World:
    """A folder with a home, a cache and temporary files of its own, and a network that ends at loopback.

    Args:
        folder: Empty.
    """

    PRIVATE = ("home", "tmp", "cache", "xdg-cache", "xdg-state", "xdg-data", "xdg-config")

    def __init__(self, folder: Path) -> None:
        self.folder, self.work, self.log = folder, folder / "work", folder / "offline.log"
        for name in (*self.PRIVATE, "work"):
            (folder / name).mkdir()
        self.log.touch()
        for made in Path(os.environ.get("RESSENTI_CACHE", folder)).glob("shipped-*"):  # by another test: it takes a while
            shutil.copytree(made, folder / "cache" / made.name)
        self._given: set[str] = set()
        self._given = {*self.left()}

    @property
    def environment(self) -> dict[str, str]:
        named = {name: str(self.folder / name.lower().replace("_home", "").replace("_", "-"))
                 for name in ("HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}  # fmt: skip
        path = os.pathsep.join((str(OFFLINE), str(TESTS)))
        own = {"TMPDIR": str(self.folder / "tmp"), "RESSENTI_CACHE": str(self.folder / "cache"), "PYTHONPATH": path,
               "OFFLINE_LOG": str(self.log), "OMP_NUM_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
        left = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "PYTHON", "RESSENTI_"))}
        return left | named | own

    def command(self, *arguments: object, python: tuple[str, ...] = ("-m", "ressenti")) -> list[str]:
        """A command line, without the network of the machine where that can be had."""
        return [*without_network(), sys.executable, *python, *map(str, arguments)]

    def run(self, *arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
        """Run ``ressenti`` in a process of its own."""
        given = {"cwd": self.work, "env": self.environment, "capture_output": True, "stdin": subprocess.DEVNULL, "timeout": 240}
        return subprocess.run(self.command(*arguments), **(given | options), check=False)  # type: ignore[call-overload]

    def left(self) -> list[str]:
        """Files outside ``work`` that were not there at the beginning, the log aside."""
        places = (self.folder / name for name in self.PRIVATE)
        there = {path.relative_to(self.folder).as_posix() for place in places for path in place.rglob("*") if not path.is_dir()}
        return sorted(there - self._given)

    def open_files(self) -> list[str]:
        """Files below ``work`` that hold words of the accounts and that others than their owner may reach."""
        found = []
        for path in sorted(self.work.rglob("*")):
            if path.is_file() and not path.is_symlink() and path.relative_to(self.work).parts[0] != "in":
                folders = [path, *path.parents][: len(path.relative_to(self.work).parts)]
                if not any(stat.S_IMODE(place.stat().st_mode) & 0o077 == 0 for place in folders) and holds_words(path.read_bytes()):
                    found.append(path.relative_to(self.work).as_posix())
        return found


@cache
def without_network() -> tuple[str, ...]:
    """What starts a command in a network of its own, of which nobody has brought up a device; empty where the system does not let us.

    Programs that are not Python, such as Java and what is linked into Python, are held back by that alone.
    """
    tool = shutil.which("unshare")
    if tool is None or subprocess.run([tool, "-rn", "true"], capture_output=True, check=False).returncode:
        return ()
    return (tool, "-rn", sys.executable, str(Path(__file__).parent / "loopback.py"))

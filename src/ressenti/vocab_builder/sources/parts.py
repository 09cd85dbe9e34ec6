"""What a slow source found, kept beside the output until all is done: who was interrupted goes on from there."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from ressenti.corpora.writing import Output


class Parts:
    """Results by what they were made from.

    Args:
        output: The file that the whole goes to; None keeps nothing.
    """

    def __init__(self, output: Path | None) -> None:
        self._output = output
        self._used: list[Path] = []

    def keep(self, key: str, make: Callable[[], Any]) -> Any:
        """The result for a key: read where it is kept, else made and kept, readable by its owner only.

        Args:
            key: Of `digest`.
            make: Makes what JSON can hold.

        Raises:
            OutputError: The place cannot be written to.
        """
        if self._output is None:
            return make()
        path = self._output.with_name(f".{self._output.name}.{key[:16]}.part")
        self._used.append(path)
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            kept = json.loads(path.read_text(encoding="utf-8"))
            if kept["key"] == key:
                return kept["result"]
        result = make()
        with Output(str(path)) as out:
            out.write(json.dumps({"key": key, "result": result}, ensure_ascii=False))
            out.keep()
        return result

    def drop(self) -> None:
        """Take away what was kept: the output is written."""
        for path in self._used:
            with contextlib.suppress(OSError):
                path.unlink()


def digest(files: Iterable[Path], *further: str) -> str:
    """A key for what is made from files and from further settings; it changes with any of them."""
    made = hashlib.sha256("\0".join(further).encode())
    for path in files:
        made.update(b"\0" + str(path.name).encode("utf-8", "surrogateescape") + b"\0")
        with contextlib.suppress(OSError), path.open("rb") as stream:
            made.update(hashlib.file_digest(stream, "sha256").digest())
    return made.hexdigest()

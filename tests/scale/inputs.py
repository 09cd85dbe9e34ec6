"""What the tests of this folder read, and an annotator that they share with the processes that they start."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ressenti.corpora.writing import json_line
from ressenti.rules.annotator import Annotator
from ressenti.scale.work import Task, Worker
from ressenti.schema import Narrative

READING = {"text_column": None, "id_column": None, "encoding": None, "stdin_format": None, "speaker": None}


@dataclass(frozen=True)
class Shared(Task):
    """A task whose annotator is there already."""

    annotator: Any = None

    def load(self) -> Worker:
        assert isinstance(self.annotator, Annotator)
        return Worker(self.annotator, None, _deadly)


def _deadly(narrative: Narrative) -> str:
    """An account that the system kills its reader for, one that our own code fails on, and all others."""
    if narrative.id == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    if narrative.id == "faulty":
        raise ValueError(narrative.text)
    return json_line(narrative)


def rows(folder: Path, count: int = 40, *ids: str) -> Path:
    """A file of accounts called a0, a1 …; those of other names stand among them, and one line is broken."""
    lines = [json.dumps({"id": f"a{n}", "text": f"J’ai eu peur {n} fois. Il pleuvait."}, ensure_ascii=False) for n in range(count)]
    lines[7:7] = [json.dumps({"id": name, "text": "Secret."}) for name in ids]
    lines.insert(12, "{")
    path = folder / "rows.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

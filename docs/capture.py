"""Make docs/annotate.svg and docs/explain.svg: what two commands show on a terminal.

python docs/capture.py [annotate|explain] [OUTPUT]
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.text import Text

import ressenti
from ressenti.corpora.explanation import explanation
from ressenti.corpora.terminal import lines
from ressenti.rules.explain import explain

WIDTH = 92
ROOT = Path(__file__).parent.parent
STEM = "orage"
SENTENCE = "Je n'étais plus en colère, mais son silence me rendait très triste."


def svg(which: str = "annotate") -> str:
    """The capture; the same annotation gives the same bytes."""
    if which == "annotate":
        text = (ROOT / "examples" / f"{STEM}.txt").read_text(encoding="utf-8")
        page = lines(ressenti.annotate(text, STEM), colour=True, width=WIDTH)
        return _drawn(f"ressenti annotate --format text examples/{STEM}.txt", page)
    return _drawn(f'ressenti explain "{SENTENCE}"', (Text(), *explanation(explain(ressenti.load(), SENTENCE), WIDTH)))


def _drawn(command: str, page: Iterable[Text]) -> str:
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(Text("\n").join([Text.assemble(("$ ", "bold green"), command), *page]), soft_wrap=True)
    drawn = console.export_svg(title="ressenti", unique_id="ressenti")
    # No font is fetched from elsewhere: the reader's own monospaced font serves.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


if __name__ == "__main__":
    chosen = sys.argv[1:2] or ["annotate", "explain"]
    for name in chosen:
        target = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / f"{name}.svg"
        target.write_text(svg(name), encoding="utf-8")

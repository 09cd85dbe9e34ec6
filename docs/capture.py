"""Make docs/annotate.svg: what `ressenti annotate --format text examples/orage.txt` shows on a terminal.

python docs/capture.py [OUTPUT]
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

from rich.console import Console
from rich.text import Text

import ressenti
from ressenti.corpora.terminal import lines

WIDTH = 92
ROOT = Path(__file__).parent.parent
STEM = "orage"


def svg() -> str:
    """The capture; the same annotation gives the same bytes."""
    text = (ROOT / "examples" / f"{STEM}.txt").read_text(encoding="utf-8")
    narrative = ressenti.annotate(text, STEM)
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    prompt = Text.assemble(("$ ", "bold green"), f"ressenti annotate --format text examples/{STEM}.txt")
    console.print(Text("\n").join([prompt, *lines(narrative, colour=True, width=WIDTH)]), soft_wrap=True)
    drawn = console.export_svg(title="ressenti", unique_id="ressenti")
    # No font is fetched from elsewhere: the reader's own monospaced font serves.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "annotate.svg"
    target.write_text(svg(), encoding="utf-8")

"""The words of the summary, from ``wording.tsv``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from ressenti.graph.labels import Language
from ressenti.review.page.wording import Texts

WORDING = Path(__file__).parent / "wording.tsv"
_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split(),
    "January February March April May June July August September October November December".split(),
)


class SummaryTexts(Texts):
    """Says things in the language of the summary; what has no text here is said as on the page.

    Args:
        language: ``fr`` or ``en``.
    """

    def __init__(self, language: Language) -> None:
        super().__init__(language, WORDING)

    def day(self, when: dt.datetime) -> str:
        """« 1er juin 2026 », “1 June 2026”."""
        french = self.language == "fr"
        month = _MONTHS[not french][when.month - 1]
        return f"{when.day}{'er' if french and when.day == 1 else ''}\u00a0{month}\u00a0{when.year}"

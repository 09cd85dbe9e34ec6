"""The page on which a third settles what two reviewers decided otherwise: one file, made of parts of the reviewer's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from ressenti.graph.labels import Language
from ressenti.review import shell
from ressenti.review.agreement.differences import differences
from ressenti.review.agreement.pairs import Both
from ressenti.review.page import build
from ressenti.review.page.data import text_data
from ressenti.review.page.wording import Texts

HERE = Path(__file__).parent
SHARED = ("text", "data", "state", "view", "tree", "save", "frame", "keyboard")
"""Modules of the reviewer's page, before those of this folder."""
OWN = ("differences", "main")


def script() -> str:
    """The script of the page."""
    return shell.script(*build.files(SHARED), *(HERE / "script" / f"{name}.js" for name in OWN))


def style() -> str:
    """The style sheet of the reviewer's page, and what this page has of its own."""
    return shell.style(build.HERE / "style.css", HERE / "style.css")


def page(
    both: Sequence[Both], reviewers: tuple[str, str], language: Language = "fr", *, reviewer: str = "", after: datetime | None = None
) -> Iterator[str]:
    """Make the page, piece by piece; narratives on which the two agree in everything are not in it.

    Args:
        both: What the two reviewed.
        reviewers: Their names.
        language: ``fr`` or ``en``.
        reviewer: Who settles, where that is known.
        after: The last decision of the two: those of the third come later, even where a clock is wrong.

    Yields:
        Pieces of the HTML, which follow each other.

    Raises:
        DataError: A table of the page's words cannot be read.
    """
    texts = Texts(language, HERE / "wording.tsv")
    every = [(item, found) for item in both if (found := differences(item)).all]
    later = None if after is None else (after + timedelta(seconds=1)).isoformat(timespec="seconds")
    settings = {
        "reviewer": reviewer, "narratives": [{"id": item.found.id, "mentions": len(found.all)} for item, found in every], "rules": {},
        "extra": {"reviewers": list(_told(reviewers)), "after": later}, "key": build.key([item.found for item, _ in every], "agree\n"),
    }  # fmt: skip
    records = (
        {**text_data(replace(item.found, entities=found.entities)), "differences": [difference.to_dict() for difference in found.all]}
        for item, found in every
    )
    yield from build.document("agreement/page.html", texts, texts("agree_app"), style(), script(), settings, records)


def _told(reviewers: tuple[str, str]) -> tuple[str, str]:
    """Names that tell the two apart."""
    one, other = reviewers
    return (f"{one} (1)", f"{other} (2)") if one == other else reviewers

"""The words of the pages themselves, from ``words.tsv``, and how each language writes numbers, spaces and lists."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ressenti.errors import DataError
from ressenti.ontology.emotions import LANGUAGES
from ressenti.ontology.morphology import without_accents
from ressenti.ontology.tables import read_table

if TYPE_CHECKING:
    from markupsafe import Markup

WORDS = Path(__file__).parent / "words.tsv"
VOCABULARIES = Path(__file__).parent / "vocabularies.tsv"
_NO_BREAK = "\u00a0"


@cache
def load_texts(language: str, path: Path) -> dict[str, str]:
    """The texts of a table with a column for each language, by key, typeset.

    Args:
        language: ``fr`` or ``en``.
        path: A tab-separated table with the columns ``key``, ``fr`` and ``en``.

    Raises:
        DataError: A key given twice, or a text that lacks; with file and line.
    """
    found: dict[str, str] = {}
    for line, row in read_table(path, ("key", *LANGUAGES)):
        if row["key"] in found or not row[language]:
            raise DataError(path, line, f"the key {row['key']!r} is there twice, or has no text in {language!r}")
        found[row["key"]] = typeset(row[language], language)
    return found


@cache
def words(language: str) -> dict[str, str]:
    """The page's own words in a language, by key.

    Raises:
        DataError: File, line and reason: a key given twice, a text that lacks.
    """
    before = _NO_BREAK if language == "fr" else ""
    return load_texts(language, WORDS) | {"colon": f"{before}: ", "semicolon": f"{before}; "}


@cache
def vocabularies() -> dict[str, dict[str, str]]:
    """Names of the vocabularies that TONE is aligned to: the start of an IRI to language to name.

    Raises:
        DataError: The table cannot be read.
    """
    return {row["start"]: {tag: row[tag] for tag in LANGUAGES} for _, row in read_table(VOCABULARIES, ("start", *LANGUAGES))}


def typeset(text: str, language: str) -> str:
    """Typeset a text of a table: a true minus sign; spaces that do not break inside guillemets and, in French, before « : ; ! ? »."""
    text = re.sub(r"(?<![\w-])-(?=\d)", "−", text)
    text = re.sub(r"« ", f"«{_NO_BREAK}", text)
    text = re.sub(r" »", f"{_NO_BREAK}»", text)
    return re.sub(r" (?=[:;!?])", _NO_BREAK, text) if language == "fr" else text


def prose(text: str, language: str) -> Markup:
    """Typeset a definition as markup: with a full stop, and saying that what an English one has in guillemets is French."""
    from markupsafe import Markup, escape

    written = str(escape(typeset(text if text.endswith((".", "…", "?", "!")) else f"{text}.", language)))
    return Markup(written if language == "fr" else re.sub(r"«[^«»]*»", r'<span lang="fr">\g<0></span>', written))  # noqa: S704


def number(value: float, language: str) -> str:
    """A number as one reads it: a true minus sign, and a comma in French."""
    shown = f"{value:g}".replace("-", "−")
    return shown.replace(".", ",") if language == "fr" else shown


def day(iso: str, language: str) -> str:
    """A date as one reads it: ``25 novembre 2026``, ``25 November 2026``."""
    date = dt.date.fromisoformat(iso)
    shown = "1er" if date.day == 1 and language == "fr" else str(date.day)
    return f"{shown}{_NO_BREAK}{words(language)['months'].split()[date.month - 1]}{_NO_BREAK}{date.year}"


def alphabetical(text: str) -> tuple[str, str]:
    """A sort key: accents and case count only between words that are otherwise the same."""
    return plain(text), text


def plain(text: str) -> str:
    """Without accents, ligatures and case."""
    return without_accents(text.casefold().replace("œ", "oe").replace("æ", "ae"))


def capital(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]

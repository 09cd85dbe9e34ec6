"""The French words that patterns go by: ``french.tsv``, a class a line."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ressenti.errors import DataError
from ressenti.ontology.tables import read_table

FRENCH = Path(__file__).parent / "french.tsv"
COLUMNS = ("class", "words", "note")
CLASSES = ("subjects", "also_objects", "within", "that", "contents", "then", "anaphors", "indefinite", "nobody", "called")


@cache
def load_french(path: Path = FRENCH) -> dict[str, frozenset[str]]:
    """Each class with its words, in lower case with plain apostrophes; ``|`` stands between those of several words.

    Raises:
        DataError: A class that does not exist, is given twice, is empty or lacks; with file and line.
    """
    found: dict[str, frozenset[str]] = {}
    for line, row in read_table(path, COLUMNS):
        name, words = row["class"], row["words"]
        if name not in CLASSES or name in found:
            raise DataError(path, line, f"has the class {name!r}; give each of {', '.join(CLASSES)} once")
        found[name] = frozenset(words.split("|") if "|" in words else words.split())
        if not all(found[name]) or not found[name]:
            raise DataError(path, line, f"the class {name!r} has an empty word")
    if missing := [name for name in CLASSES if name not in found]:
        raise DataError(path, None, f"lacks the class {missing[0]!r}")
    return found


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Finds the words of a class, the longest first."""
    words = sorted(load_french()[name], key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)

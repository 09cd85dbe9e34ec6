"""Where each emotion lies between unpleasant and pleasant, and between calm and excited.

Sources: Z. Wen et al., arXiv 2106.15846, for the anchors that ``emotions.tsv`` holds; J. A. Russell, "A circumplex model of affect" (1980),
for the plane in which the finer values of ``data/values.tsv`` were placed by hand around those anchors.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ressenti.errors import DataError
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.tables import read_table

DATA = Path(__file__).parent / "data" / "values.tsv"
COLUMNS = ("key", "valence", "arousal", "source")


class Affect(NamedTuple):
    """A place in the plane of feeling.

    Attributes:
        valence: From -1 (unpleasant) to 1 (pleasant).
        arousal: From -1 (drowsy) through 0 (awake, nothing stirs) to 1 (beside oneself).
    """

    valence: float
    arousal: float


def load_values(path: Path | None = None) -> Mapping[str, Affect]:
    """The values of the emotions, by key.

    An emotion without a row of its own has the values of the nearest one above it that has one, in the table or, of a primary, in
    ``emotions.tsv``; an emotion for which there are none is left out.

    Args:
        path: A table with the columns of `COLUMNS`; without it the one shipped.

    Raises:
        DataError: The table cannot be read, or a row of it does not fit.
    """
    return _shipped() if path is None else _complete(_read(path))


@cache
def anchors() -> Mapping[str, Affect]:
    """The values of ``emotions.tsv`` alone, own or inherited."""
    return {key: Affect(*emotion.vad[:2]) for key, emotion in load_emotions().items() if emotion.vad is not None}


@cache
def _shipped() -> Mapping[str, Affect]:
    return _complete(_read(DATA))


def _complete(own: Mapping[str, Affect]) -> dict[str, Affect]:
    emotions = load_emotions()
    given = {key: value for key, value in anchors().items() if not emotions[key].vad_inherited} | dict(own)
    found = {key: next((given[above] for above in reversed(emotions.lineage(key)) if above in given), None) for key in emotions}
    return {key: value for key, value in found.items() if value is not None}


def _read(path: Path) -> dict[str, Affect]:
    emotions, found = load_emotions(), dict[str, Affect]()
    for line, row in read_table(path, COLUMNS):
        key = row["key"]
        if key not in emotions:
            raise DataError(path, line, f"has {key!r}, which is no emotion of the ontology (ressenti ontology tree shows them)")
        if key in found:
            raise DataError(path, line, f"repeats {key!r}; give each emotion once")
        try:
            value = Affect(float(row["valence"]), float(row["arousal"]))
        except ValueError:
            raise DataError(path, line, f"{key!r} needs two numbers such as -0.51 as valence and arousal") from None
        if not all(-1 <= number <= 1 for number in value):
            raise DataError(path, line, f"{key!r} has a number beyond -1 and 1, between which valence and arousal go")
        if not row["source"]:
            raise DataError(path, line, f"{key!r} has no source; say whence its numbers come")
        found[key] = value
    return found

"""Plutchik's emotions as a small concept scheme: basic emotions, their degrees, and the dyads that mix two of them.

Source: R. Plutchik, *The Nature of Emotions*, American Scientist 89 (2001); for dyads off the printed wheel, lists made after his
*Emotion: A Psychoevolutionary Synthesis* (1980). Nobody publishes IRIs for them, so Ressenti gives them some: `IRI` and a local name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ressenti.errors import DataError
from ressenti.ontology.emotions import DATA
from ressenti.ontology.tables import read_table

IRI = "https://w3id.org/ressenti/plutchik#"
COLUMNS = ("key", "label_fr", "label_en", "kind", "parts", "source")
DEGREES = ("mild", "intense")
DYADS = ("dyad-primary", "dyad-secondary", "dyad-tertiary")
"""Kinds of dyads: its two parts stand one, two or three places apart on the circle. Four apart are opposites, which do not mix."""
KINDS = ("basic", *DEGREES, *DYADS)


@dataclass(frozen=True, slots=True)
class PlutchikEmotion:
    """One emotion of Plutchik's.

    Attributes:
        key: Lower-case English word, unique in the table.
        labels: Language tag (``fr``, ``en``) to label.
        kind: One of `KINDS`.
        parts: Keys of basic emotions: none for a basic one, one for a degree of it, two for a dyad.
        source: Where the name and the parts are printed; the table's head says what each source is.
    """

    key: str
    labels: Mapping[str, str]
    kind: str
    parts: tuple[str, ...]
    source: str

    @property
    def name(self) -> str:
        """Local name of its IRI: ``Joy`` for `IRI` + ``Joy``."""
        return "".join(word.capitalize() for word in self.key.split("-"))


def load_plutchik(path: Path | None = None) -> Mapping[str, PlutchikEmotion]:
    """Read and check a table of Plutchik's emotions; without ``path`` the one shipped with Ressenti.

    Args:
        path: A table with the columns of `COLUMNS`, the basic emotions first, in the order of the circle.

    Returns:
        Emotions by key, in the order of the table.

    Raises:
        DataError: The table cannot be read, or a line of it does not fit the circle.
    """
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Mapping[str, PlutchikEmotion]:
    return _read(DATA / "plutchik.tsv")


def _read(path: Path) -> Mapping[str, PlutchikEmotion]:
    emotions: dict[str, PlutchikEmotion] = {}
    lines: dict[str, int] = {}
    for line, row in read_table(path, COLUMNS):
        labels = {language: row[f"label_{language}"] for language in ("fr", "en")}
        emotion = PlutchikEmotion(row["key"], labels, row["kind"], tuple(row["parts"].split()), row["source"])
        if emotion.key in lines:
            raise DataError(path, line, f"repeats the key {emotion.key!r} of line {lines[emotion.key]}; give each once")
        if empty := [column for column in ("key", "label_fr", "label_en", "source") if not row[column]]:
            raise DataError(path, line, f"has no {empty[0]}")
        if emotion.kind not in KINDS:
            raise DataError(path, line, f"has the kind {emotion.kind!r}; write one of {', '.join(KINDS)}")
        lines[emotion.key] = line
        emotions[emotion.key] = emotion
    circle = [key for key, emotion in emotions.items() if emotion.kind == "basic"]
    for key, emotion in emotions.items():
        try:
            _check_parts(emotion, circle)
        except ValueError as error:
            raise DataError(path, lines[key], str(error)) from None
    return emotions


def _check_parts(emotion: PlutchikEmotion, circle: list[str]) -> None:
    """A kind of dyad says how far apart its parts stand, so a wrong part mostly shows as a wrong distance."""
    key, kind, parts = emotion.key, emotion.kind, emotion.parts
    if unknown := [part for part in parts if part not in circle]:
        raise ValueError(f"{key!r} has the part {unknown[0]!r}, which is no basic emotion of the table")
    wanted = 0 if kind == "basic" else 1 if kind in DEGREES else 2
    if len(parts) != wanted:
        raise ValueError(f"{key!r} is {kind} and names {len(parts)} in parts, where {wanted} belong")
    if kind in DYADS:
        steps = abs(circle.index(parts[0]) - circle.index(parts[1]))
        distance = min(steps, len(circle) - steps)
        if distance != DYADS.index(kind) + 1:
            raise ValueError(f"{key!r} is {kind}, but {' and '.join(parts)} stand {distance} apart on the circle")

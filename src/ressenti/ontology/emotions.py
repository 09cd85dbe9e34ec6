"""The emotions: Parrott's three tiers as a table, and how to walk them.

Source: W. G. Parrott, *Emotions in Social Psychology* (2001), as taken up by TONE (arXiv 2401.06810).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ressenti.errors import DataError, unknown
from ressenti.ontology.tables import read_table

DATA = Path(__file__).parent / "data"
COLUMNS = (
    "key", "tier", "parent", "label_fr", "label_en", "definition_fr", "definition_en",
    "valence", "arousal", "dominance", "vad_source", "also_under", "source",
)  # fmt: skip
TIERS = ("primary", "secondary", "tertiary")
LANGUAGES = ("fr", "en")
NAMED_AS_PRIMARY = frozenset({"sadness", "surprise"})
"""Parrott's groups that bear their primary's name: one word, one concept, so their words hang on the primary."""
_KEY = re.compile(r"[a-z]+(-[a-z]+)*")
_LANGUAGE_COLUMN = re.compile(r"(?:label|definition)_(.+)")


@dataclass(frozen=True, slots=True)
class Emotion:
    """One emotion of the tree.

    Attributes:
        key: Lower-case English word, unique.
        tier: ``primary``, ``secondary`` or ``tertiary``.
        parent: Key of the emotion one tier above, None for a primary.
        labels: Language tag (``fr``, ``en``) to label.
        definitions: Language tag to definition.
        vad: Valence, arousal and dominance, each from -1 to 1, or None when no anchor is known.
        vad_inherited: True when ``vad`` is that of an emotion above.
        also_under: Groups under which Parrott repeats the word on a lower tier.
        source: Where the emotion and its place are taken from.
    """

    key: str
    tier: str
    parent: str | None
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    vad: tuple[float, float, float] | None
    vad_inherited: bool
    also_under: tuple[str, ...]
    source: str = ""


class Emotions(Mapping[str, Emotion]):
    """All emotions by key, in the order of the table."""

    def __init__(self, emotions: Mapping[str, Emotion]) -> None:
        self._by_key = dict(emotions)
        self._lineages: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, key: str) -> Emotion:
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def lineage(self, key: str) -> tuple[str, ...]:
        """Keys from the primary down to ``key``, both included."""
        if key not in self._lineages:
            path = [key]
            while (parent := self._by_key[path[-1]].parent) is not None:
                path.append(parent)
            self._lineages[key] = tuple(reversed(path))
        return self._lineages[key]

    def primary(self, key: str) -> str:
        """Key of the primary above ``key``, or ``key`` itself."""
        return self.lineage(key)[0]

    def secondary(self, key: str) -> str | None:
        """Key of the group at or above ``key``; None for a primary.

        For a word of a group named as its primary (``grief``) that is the primary's key: the two are one concept.
        """
        emotion = self._by_key[key]
        if emotion.tier == "tertiary":
            return emotion.parent
        return key if emotion.tier == "secondary" else None


def unknown_label(what: str, value: str, known: Collection[str]) -> str:
    """Like :func:`~ressenti.errors.unknown`; of an emotion that is called by its French name, its key.

    Args:
        what: ``emotion``, ``mode`` or the like.
        value: What was given.
        known: What there is; of emotions a table, or keys of the shipped one.
    """
    if what == "emotion":
        emotions = known if isinstance(known, Emotions) else load_emotions()
        for key, emotion in emotions.items():
            if value.casefold() == emotion.labels["fr"].casefold():
                return f"unknown emotion {str(value)!r}; its key is {key!r}"
    return unknown(what, value, known)


def load_emotions(path: Path | None = None) -> Emotions:
    """Read and check a table of emotions; without ``path`` the one shipped with Ressenti.

    Args:
        path: A table with the columns of `COLUMNS`, its rows in any order.

    Raises:
        DataError: The table cannot be read, or a line of it does not fit the tree.
    """
    return _shipped() if path is None else _read(path)


@cache
def _shipped() -> Emotions:
    """Every part of Ressenti walks the shipped tree, which never changes: read it once."""
    return _read(DATA / "emotions.tsv")


def _read(path: Path) -> Emotions:
    """Read row by row, then check places and inherit: a parent may stand below its children in the table."""
    lines: dict[str, int] = {}
    emotions: dict[str, Emotion] = {}
    for line, row in read_table(path, COLUMNS):
        check_languages(path, row)
        try:
            emotion = _emotion(row)
        except ValueError as error:
            raise DataError(path, line, str(error)) from None
        if emotion.key in lines:
            raise DataError(path, line, f"repeats the key {emotion.key!r} of line {lines[emotion.key]}; give each once")
        lines[emotion.key] = line
        emotions[emotion.key] = emotion
    for key, emotion in emotions.items():
        try:
            _check_cycle(key, emotions)
            _check_place(emotion, emotions)
        except ValueError as error:
            raise DataError(path, lines[key], str(error)) from None
    return Emotions({key: _with_vad(emotion, emotions) for key, emotion in emotions.items()})


def _emotion(row: Mapping[str, str]) -> Emotion:
    """Make the emotion of one row, checking what can be told from the row alone."""
    key, tier = row["key"], row["tier"]
    if not _KEY.fullmatch(key):
        raise ValueError(f"has the key {key!r}; a key is a lower-case English word (a to z, hyphens)")
    if tier not in TIERS:
        raise ValueError(f"{key!r} has the tier {tier!r}; write one of {', '.join(TIERS)}")
    for column in (f"{kind}_{language}" for kind in ("label", "definition") for language in LANGUAGES):
        if not row[column]:
            raise ValueError(f"{key!r} has no {column}; labels and definitions are needed in French and in English")
    return Emotion(
        key=key,
        tier=tier,
        parent=row["parent"] or None,
        labels={language: row[f"label_{language}"] for language in LANGUAGES},
        definitions={language: row[f"definition_{language}"] for language in LANGUAGES},
        vad=_vad(row),
        vad_inherited=False,
        also_under=tuple(row["also_under"].replace(",", " ").split()),
        source=row["source"],
    )


def _vad(row: Mapping[str, str]) -> tuple[float, float, float] | None:
    """Read the row's own anchor; a number without its source could not be defended, so both go together."""
    cells = row["valence"], row["arousal"], row["dominance"]
    if not any(cells):
        if row["vad_source"]:
            raise ValueError(f"{row['key']!r} has a vad_source but no valence, arousal and dominance")
        return None
    if not all(cells):
        raise ValueError(f"{row['key']!r} has part of valence, arousal and dominance; give all three or none")
    try:
        valence, arousal, dominance = map(float, cells)
    except ValueError:
        raise ValueError(f"{row['key']!r} has {', '.join(cells)} where three numbers such as -0.51 belong") from None
    if not all(-1 <= value <= 1 for value in (valence, arousal, dominance)):
        raise ValueError(f"{row['key']!r} has {', '.join(cells)}; valence, arousal and dominance go from -1 to 1")
    if not row["vad_source"]:
        raise ValueError(f"{row['key']!r} has valence, arousal and dominance but no vad_source; say whence they come")
    return valence, arousal, dominance


def check_languages(path: Path, columns: Iterable[str]) -> None:
    """Check that labels and definitions are in languages that the ontology has.

    Raises:
        DataError: A column such as ``label_xx``; said of the table's first line.
    """
    for column in columns:
        found = _LANGUAGE_COLUMN.fullmatch(column)
        if found and found[1] not in LANGUAGES:
            raise DataError(path, 1, f"has the column {column!r} with an unknown language tag {found[1]!r}; write {' or '.join(LANGUAGES)}")


def _check_cycle(key: str, emotions: Mapping[str, Emotion]) -> None:
    """Check that the chain of parents ends. The tiers forbid a cycle too, but « is a tertiary » would not tell what is wrong."""
    path = [key]
    while (above := emotions[path[-1]].parent) in emotions:
        path.append(str(above))
        if above == key:
            raise ValueError(f"{key!r} is its own ancestor ({' → '.join(path)}); a cycle of parents has no place in the tree")
        if len(path) > len(TIERS):
            return  # it runs into a cycle of others, which they report


def _check_place(emotion: Emotion, emotions: Mapping[str, Emotion]) -> None:
    """Check that the emotion hangs on a higher tier and that no lower tier holds others."""
    key, tier, parent = emotion.key, emotion.tier, emotion.parent
    if tier == "primary":
        if parent is not None:
            raise ValueError(f"the primary {key!r} has the parent {parent!r}; leave it empty")
    elif parent is None:
        raise ValueError(f"the {tier} {key!r} has no parent; only a primary has none")
    elif parent not in emotions:
        raise ValueError(f"{key!r} has the parent {parent!r}, which is not in the table")
    elif tier == "secondary" and emotions[parent].tier != "primary":
        raise ValueError(f"the secondary {key!r} has the parent {parent!r}, a {emotions[parent].tier}; name a primary")
    elif tier == "tertiary" and not _is_group(emotions[parent]):
        raise ValueError(f"the tertiary {key!r} has the parent {parent!r}, a {emotions[parent].tier}; name a secondary")
    for group in emotion.also_under:
        if group not in emotions or not _is_group(emotions[group]):
            raise ValueError(f"{key!r} has {group!r} in also_under, which is no group of the table; name a secondary")


def _is_group(emotion: Emotion) -> bool:
    """Whether words of the tertiary tier may hang on the emotion."""
    return emotion.tier == "secondary" or (emotion.tier == "primary" and emotion.key in NAMED_AS_PRIMARY)


def _with_vad(emotion: Emotion, emotions: Mapping[str, Emotion]) -> Emotion:
    """Give an emotion without an anchor that of the nearest one above, marked as such."""
    above: Emotion | None = emotion
    while above is not None and above.vad is None:
        above = None if above.parent is None else emotions[above.parent]
    return emotion if above is None or above is emotion else replace(emotion, vad=above.vad, vad_inherited=True)

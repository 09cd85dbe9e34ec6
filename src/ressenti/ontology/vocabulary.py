"""The French vocabulary as a table: which words and phrases say which emotion, and in which construction.

``docs/vocabulary.md`` explains the columns, how a term is written, and the conditions.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ressenti.errors import DataError, unknown
from ressenti.ontology.emotions import DATA, Emotions, load_emotions, unknown_label
from ressenti.ontology.morphology import inflect
from ressenti.ontology.tables import read_table
from ressenti.schema import INTENSITIES, MODES

VOCABULARY = DATA / "vocabulary_fr.tsv"
"""The shipped table."""
COLUMNS = ("term", "pos", "emotion", "construction", "mode", "intensity", "register", "region", "condition")
POS = ("NOUN", "VERB", "ADJ", "ADV", "INTJ", "PHRASE")
REGISTERS = ("standard", "familiar", "vulgar", "literary")
REGIONS = ("", "QC", "BE", "CH", "AF")

TAGS = frozenset("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
"""The parts of speech of Universal Dependencies, which the parser gives."""

_LISTED = ("followed by", "preceded by", "with verb", "beside")
_FLAGS = ("negated", "reflexive", "no object", "first person", "exclaimed", "alone", "conditional", "active")
_ONE_OF = {"object": ("person", "thing", "close"), "subject": ("person", "thing")}
"""Conditions that take one of a few values."""
_CONDITION = re.compile(rf"(?P<not>not )?(?P<kind>{'|'.join((*_LISTED, 'pos', 'object', 'subject', *_FLAGS))})(?:: *(?P<values>.+))?")


@dataclass(frozen=True, slots=True)
class Construction:
    """A valency pattern: who feels, and what the complement is (see ``constructions.tsv``)."""

    key: str
    pos: str
    experiencer: str
    complement: str
    example: str
    definition: str
    definition_fr: str


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition under which a term is emotional.

    Attributes:
        kind: ``followed by``, ``with verb``, ``object``, ``negated`` … as in docs/vocabulary.md.
        values: Its alternatives, lower case; empty for a condition without values.
        wanted: False when the condition is written with ``not``.
    """

    kind: str
    values: tuple[str, ...]
    wanted: bool = True

    def __str__(self) -> str:
        written = f"{self.kind}: {'|'.join(self.values)}" if self.values else self.kind
        return written if self.wanted else f"not {written}"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the vocabulary: a term in one sense and one construction.

    ``origin``, ``reviewer`` and ``date`` say where the line comes from; a user's own table may leave them out.
    """

    term: str
    pos: str
    emotion: str
    construction: str
    mode: str
    intensity: str
    register: str
    region: str
    conditions: tuple[Condition, ...]
    path: str
    line: int
    origin: str = ""
    reviewer: str = ""
    date: str = ""

    @property
    def is_shipped(self) -> bool:
        """Whether the shipped table has it; what a table of the user's says comes first."""
        return self.path == str(VOCABULARY)

    @property
    def only_negated(self) -> bool:
        """Whether the term says the emotion only under negation: « serein » says uneasiness in « pas serein »."""
        return any(condition.kind == "negated" and condition.wanted for condition in self.conditions)

    @property
    def reflexive(self) -> bool | None:
        """Whether the verb must have a reflexive pronoun, must have none, or may have one (None)."""
        if self.construction.startswith("pron-"):
            return True
        return next((condition.wanted for condition in self.conditions if condition.kind == "reflexive"), None)


def in_words(term: str, pos: str, *, reflexive: bool, negated: bool) -> str:
    """A term with the pronoun and the negation that it needs, as a dictionary has it: « se repentir », « ne pas blairer », « pas serein ».

    Args:
        term: Without the marks of the table.
        pos: Its part of speech.
        reflexive: It must have a reflexive pronoun.
        negated: It must be negated.
    """
    if reflexive:
        term = f"s’{term}" if term[:1].lower() in "aeiouyàâéèêëîïôùû" else f"se {term}"  # haïr and hérisser do not elide
    if negated:
        return f"ne pas {term}" if pos == "VERB" else f"pas {term}"
    return term


def parse_conditions(text: str, named: Mapping[str, str] | None = None) -> tuple[Condition, ...]:
    """Read the ``condition`` column.

    Args:
        text: As in the table; ``@facing-beast`` stands for the conditions of that name.
        named: Conditions by name; None for the shipped ones.

    Raises:
        ValueError: A condition that is not known, lacks its values, or has others than there are.
    """
    found: list[Condition] = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        if part.startswith("@"):
            named = load_named() if named is None else named
            if part[1:] not in named:
                raise ValueError(f"unknown condition {part!r}; conditions.tsv lists those that have a name")
            found += parse_conditions(named[part[1:]], {})
            continue
        match = _CONDITION.fullmatch(part)
        if not match:
            raise ValueError(f"unknown condition {part!r}; docs/vocabulary.md lists them")
        kind, values = match["kind"], tuple(v.strip().lower() for v in (match["values"] or "").split("|") if v.strip())
        if bool(values) == (kind in _FLAGS):
            raise ValueError(f"condition {part!r} {'takes no values' if kind in _FLAGS else 'lacks its values'}")
        if kind == "pos" and (wrong := [value for value in values if value.upper() not in TAGS]):
            raise ValueError(unknown("part of speech", wrong[0].upper(), TAGS))
        if kind in _ONE_OF and (len(values) > 1 or values[0] not in _ONE_OF[kind]):
            raise ValueError(f"condition {part!r} takes one of {', '.join(_ONE_OF[kind])}")
        found.append(Condition(kind, values, match["not"] is None))
    return tuple(found)


def _check_verbs(conditions: Sequence[Condition]) -> None:
    """Of a table of the user's; that every verb which the shipped one names can be conjugated, a test looks."""
    for verb in (verb for condition in conditions if condition.kind == "with verb" for verb in condition.values):
        if "," in verb:
            raise ValueError(f"condition 'with verb': {verb!r} is no verb; alternatives are separated by |")
        try:
            inflect(verb.split()[-1], "VERB")
        except ValueError as error:
            raise ValueError(f"condition 'with verb': {error}") from None


@cache
def load_named(path: Path = DATA / "conditions.tsv") -> Mapping[str, str]:
    """Conditions that many entries share, by name.

    Raises:
        DataError: The table cannot be read, or a line holds no conditions.
    """
    found: dict[str, str] = {}
    for number, row in read_table(path, ("name", "condition")):
        try:
            if not parse_conditions(row["condition"], {}):
                raise ValueError("holds no condition")
        except ValueError as error:
            raise DataError(path, number, str(error)) from None
        if row["name"] in found:
            raise DataError(path, number, f"{row['name']!r} is there twice")
        found[row["name"]] = row["condition"]
    return found


@cache
def load_constructions(path: Path = DATA / "constructions.tsv") -> Mapping[str, Construction]:
    """The constructions by key.

    Raises:
        DataError: The table cannot be read.
    """
    columns = ("key", "pos", "experiencer", "complement", "example", "definition", "definition_fr")
    return {row["key"]: Construction(**{c: row[c] for c in columns}) for _, row in read_table(path, columns)}


def load_vocabulary(path: Path | None = None, emotions: Emotions | None = None) -> Sequence[Entry]:
    """Read a vocabulary table.

    Args:
        path: The table; None for the shipped one. Only the first nine columns of docs/vocabulary.md are required.
        emotions: The emotions that it may name; None for the shipped ones.

    Raises:
        DataError: File, line and reason of the first line that cannot be used.
    """
    return _shipped() if path is None else _read(path, load_emotions() if emotions is None else emotions)


@cache
def _shipped() -> tuple[Entry, ...]:
    return _read(VOCABULARY, load_emotions())


def _read(path: Path, emotions: Emotions) -> tuple[Entry, ...]:
    allowed = {
        "pos": POS, "emotion": emotions, "construction": load_constructions(), "mode": MODES,
        "intensity": INTENSITIES, "register": REGISTERS, "region": REGIONS,
    }  # fmt: skip
    entries: dict[tuple[str, ...], Entry] = {}
    for number, row in read_table(path, COLUMNS):
        if row.get("decision", "accepted") not in ("accepted", ""):
            continue
        for column, values in allowed.items():
            if row[column] not in values:
                raise DataError(path, number, _not_known(column, row[column], values))
        if not row["term"]:
            raise DataError(path, number, "the term is empty")
        try:
            conditions = parse_conditions(row["condition"])
            if path != VOCABULARY:
                _check_verbs(conditions)
        except ValueError as error:
            raise DataError(path, number, str(error)) from None
        key = (row["term"], row["pos"], row["construction"], row["condition"])
        if key in entries:
            raise DataError(path, number, f"{row['term']!r} is already on line {entries[key].line}")
        fields = {c: row[c] for c in COLUMNS if c != "condition"} | {c: row.get(c, "") for c in ("origin", "reviewer", "date")}
        entries[key] = Entry(**fields, conditions=conditions, path=str(path), line=number)
    return tuple(entries.values())


def _not_known(column: str, value: str, known: Collection[str]) -> str:
    if not value:
        return f"the {column} is empty"
    return unknown_label(column, value, known)

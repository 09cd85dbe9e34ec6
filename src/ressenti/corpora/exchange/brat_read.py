"""Reading what people left in brat: new spans, other labels and attributes, whole collections made without Ressenti."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ressenti.corpora.exchange.assemble import emotion_key
from ressenti.corpora.exchange.brat import ARGUMENT, CONCEPT, ENTITY, RECORD
from ressenti.corpora.exchange.marks import (
    VALUES,
    MarkedComponent,
    MarkedEntity,
    MarkedMention,
    MarkedNarrative,
    MarkedRole,
    loaded,
)
from ressenti.corpora.exchange.utf8 import content, lines
from ressenti.corpora.folder import shown
from ressenti.errors import InputError
from ressenti.schema import COMPONENTS, FLAGS, Span

_TEXT_BOUND = re.compile(r"(T\d+)\t(\S+) (\d{1,12} \d{1,12}(?:;\d{1,12} \d{1,12})*)(?:\t(.*))?", re.S)
_RELATION = re.compile(r"(R\d+)\t(\S+) \S+?:([TE]\d+) \S+?:([TE]\d+)\s*")
_EVENT = re.compile(r"(E\d+)\t(\S+?):(T\d+)((?: \S+?:[TE]\d+)*)\s*")
_ATTRIBUTE = re.compile(r"([AM]\d+)\t(\S+) ([TER]\d+)(?: (\S+))?\s*")
_NORMALISATION = re.compile(r"(N\d+)\t\S+ ([TER]\d+) ([^\s:]+):(\S+)(?:\t(.*))?", re.S)
_NOTE = re.compile(r"(#\d+)\t(\S+) (\S+)(?:\t(.*))?", re.S)
_WANTS = "brat needs"
STATUS_MARKS = {"negated": "negated", "negation": "negated", "hypothetical": "hypothetical"}
"""Attributes that have no value in other people's collections, and the status that they are."""


@dataclass(slots=True)
class _Place:
    """A text-bound annotation, and what other lines say of it."""

    key: str
    kind: str
    pieces: list[Span]
    line: int
    attributes: dict[str, str | bool] = field(default_factory=dict)
    refers: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)


def read_brat(path: Path, name: str) -> tuple[MarkedNarrative, list[InputError]]:
    """One document.

    Args:
        path: Its ``.ann`` file; the ``.txt`` of the same name stands beside it, and our ``.json`` where it is ours.
        name: Id of the narrative where no record says another.

    Returns:
        What it holds, and each line that could not be read.

    Raises:
        InputError: The text or the annotations cannot be read at all, or do not belong together.
    """
    beside, words = path.with_suffix(".json"), path.with_suffix(".txt")
    for file in (words, path):
        if not file.exists():
            raise InputError(
                shown(file), None, "no such file; brat's annotations (.ann) and their text (.txt) stand beside each other"
            )  # fmt: skip
    record = loaded(content(beside, _WANTS) if beside.exists() else None)
    text = content(words, _WANTS)
    shift = 0
    if not record and text.startswith("\ufeff"):  # brat counts the byte order mark as a character
        text, shift = text[1:], 1
    marked = MarkedNarrative(shown(path), name, text, record=record)
    reader = _Reader(marked, shift)
    reader.read(lines(path, _WANTS))
    return marked, reader.problems


class _Reader:
    def __init__(self, marked: MarkedNarrative, shift: int) -> None:
        self.marked, self.shift = marked, shift
        self.problems: list[InputError] = []
        self.places: dict[str, _Place] = {}
        self.triggers: dict[str, str] = {}
        self.relations: list[tuple[str, str, str, str, int]] = []
        self.notes: dict[str, dict[str, str]] = {}
        self.later: list[tuple[int, str]] = []

    def read(self, lines: list[str]) -> None:
        readers = {"T": self._text_bound, "R": self._relation, "E": self._event, "A": self._later, "M": self._later, "N": self._later,
                   "#": self._later}  # fmt: skip
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("*"):  # groups of equals: not of emotions
                continue
            if (reader := readers.get(line[0])) is None or not reader(number, line):
                self._tell(number, "not a line of brat's format that says something of emotions; left out")
        for number, line in sorted(self.later, key=lambda item: _is_status_mark(item[1])):  # a status by name goes first
            if not self._beside(number, line):
                self._tell(number, "not a line of brat's format, or of an annotation that is not there; left out")
        self._sort()

    def _tell(self, line: int, why: str) -> None:
        self.problems.append(InputError(self.marked.path, line, why))

    def _text_bound(self, number: int, line: str) -> bool:
        match = _TEXT_BOUND.fullmatch(line)
        if match is None or match[1] in self.places:
            return False
        pieces = [tuple(int(n) - self.shift for n in piece.split()) for piece in match[3].split(";")]
        self._compare(match[1], pieces, match[4] or "", number)
        self.places[match[1]] = _Place(match[1], match[2], [(p[0], p[1]) for p in pieces], number)
        return True

    def _compare(self, key: str, pieces: Sequence[Sequence[int]], words: str, number: int) -> None:
        """Compare the words that brat wrote beside a mark with the text; blanks aside, which brat changes.

        Raises:
            InputError: They are others: the text was changed since, and no mark after that is where it was.
        """
        text = self.marked.text
        if not words.strip() or any(not 0 <= piece[0] < piece[1] <= len(text) for piece in pieces):  # the latter is told with the others
            return
        if "".join(words.split()) != "".join("".join(text[slice(*piece)].split()) for piece in pieces):
            beside = Path(self.marked.path).with_suffix(".txt").name
            raise InputError(
                self.marked.path, number, f"{key}: other words stand there in {beside}: was it changed after it was marked? Put back the "
                "text that was marked, or move the marks in brat"
            )  # fmt: skip

    def _relation(self, number: int, line: str) -> bool:
        match = _RELATION.fullmatch(line)
        if match is not None:
            self.relations.append((match[1], match[2], match[3], match[4], number))
        return match is not None

    def _event(self, number: int, line: str) -> bool:
        match = _EVENT.fullmatch(line)
        if match is None:
            return False
        self.triggers[match[1]] = match[3]
        for argument in match[4].split():
            role, _, place = argument.partition(":")
            self.relations.append(("", re.sub(r"\d+$", "", role), match[1], place, number))
        return True

    def _later(self, number: int, line: str) -> bool:
        self.later.append((number, line))
        return True

    def _place(self, key: str) -> _Place | None:
        return self.places.get(self.triggers.get(key, key))

    def _beside(self, number: int, line: str) -> bool:
        if line[0] == "#":
            match = _NOTE.fullmatch(line)
            if match is None:
                return False
            self.notes.setdefault(self.triggers.get(match[3], match[3]), {})[match[2]] = match[4] or ""
            return True
        match = (_NORMALISATION if line[0] == "N" else _ATTRIBUTE).fullmatch(line)
        place = self._place(match[2] if line[0] == "N" else match[3]) if match else None
        if match is None or place is None:
            return False
        if line[0] == "N":
            place.refers[match[3]] = (unquote(match[4]), (match[5] or "").strip() or None)  # brat adds tabs
            if match[3] not in (ENTITY, CONCEPT):
                self._tell(number, f"{match[1]}: a link to {match[3][:40]!r}, which is none of ours; left out")
        else:
            self._attribute(number, match[1], place, match[2], match[4])
        return True

    def _attribute(self, number: int, key: str, place: _Place, name: str, value: str | None) -> None:
        """One attribute, into what is known of its place; what cannot be is told."""
        known, called = name.casefold(), f"{key}: the attribute {name[:40]!r}"
        if emotion_key(place.kind) is None:
            self._tell(number, f"{called} of {place.key}, which is not an emotion; left out")
        elif known in VALUES or (known in FLAGS and value is None):
            place.attributes[known] = value or True
        elif known in STATUS_MARKS and value is None:
            marks = place.attributes
            if marks.setdefault("status", STATUS_MARKS[known]) != STATUS_MARKS[known]:
                self._tell(number, f"{called} contradicts the status {str(marks['status'])[:40]!r} of {place.key}; left out")
        else:
            of = f" with the value {value[:40]!r}" if value is not None else ""
            self._tell(number, f"{called}{of} is none of ours ({', '.join((*VALUES, *FLAGS, *STATUS_MARKS))}); left out")

    def _sort(self) -> None:
        """Each place as what it is, by its type."""
        targets = {self.triggers.get(target, target) for _, _, _, target, _ in self.relations}
        for place in self.places.values():
            record, note = self._record(place.key)
            if emotion_key(place.kind) is not None:
                self.marked.mentions.append(
                    MarkedMention(place.pieces, record, place.line, place.key, place.key, place.kind, _values(place), note)
                )
            elif place.kind == ENTITY:
                id_, label = place.refers.get(ENTITY, (None, None))
                self.marked.entities.append(MarkedEntity(place.pieces, {}, place.line, place.key, id_, label))
            elif place.kind.casefold() in COMPONENTS:
                self.marked.components.append(MarkedComponent(place.pieces, record, place.line, place.key, place.kind))
            elif place.kind != ARGUMENT and place.key not in targets:
                self._tell(
                    place.line, f"{place.key}: {place.kind[:40]!r} is not an emotion of TONE, {ARGUMENT}, {ENTITY} or a component; left out"
                )
            elif place.kind == ARGUMENT and place.key not in targets and not record:  # of ours, somebody took the role away
                self._tell(place.line, f"{place.key}: no emotion has this as a role; left out")
        for key, role, one, other, number in self.relations:
            self._role(key, role, one, other, number)

    def _role(self, key: str, role: str, one: str, other: str, number: int) -> None:
        mention, target = self._place(one), self._place(other)
        if mention is None or target is None:
            self._tell(number, f"{key}: one of its two ends is not there; left out")
            return
        if emotion_key(mention.kind) is None and emotion_key(target.kind) is not None:  # drawn the other way round
            mention, target = target, mention
        entity = target.refers.get(ENTITY, (None, None))[0]
        record = self._record(target.key)[0] if target.kind == ARGUMENT else {}
        self.marked.roles.append(MarkedRole(target.pieces, record, number, key, mention.key, role, entity))

    def _record(self, key: str) -> tuple[Mapping[str, Any], str | None]:
        notes = self.notes.get(key, {})
        written = [text for kind, text in notes.items() if kind != RECORD and text.strip()]
        return loaded(notes.get(RECORD)), " ".join(written) or None


def _is_status_mark(line: str) -> bool:
    match = _ATTRIBUTE.fullmatch(line)
    return match is not None and match[2].casefold() in STATUS_MARKS


def _values(place: _Place) -> dict[str, Any]:
    """The qualities of an emotion; what brat shows of a question is that it is one."""
    names = {name: place.attributes.get(name) for name in VALUES}
    return names | {name: bool(place.attributes.get(name)) or None for name in FLAGS}

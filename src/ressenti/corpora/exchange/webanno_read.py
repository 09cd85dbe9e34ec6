"""Reading WebAnno TSV 3, as WebAnno and INCEpTION export it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ressenti.corpora.exchange.layers import ARGUMENT, COMPONENT, ENTITY, MENTION, PIECE, layers, left_out
from ressenti.corpora.exchange.marks import (
    OPTIONAL,
    QUALITIES,
    MarkedComponent,
    MarkedEntity,
    MarkedMention,
    MarkedNarrative,
    MarkedRole,
    loaded,
)
from ressenti.corpora.exchange.utf8 import lines
from ressenti.corpora.exchange.utf16 import Units
from ressenti.corpora.folder import shown
from ressenti.errors import InputError
from ressenti.schema import FLAGS, Span

_LAYER = re.compile(r"#T_(SP|RL|CH)=([^|]+)(?:\|(.*))?")
_ROLE = re.compile(r"ROLE_[^:]+:([^_]+)_(.+)")
_UNIT = re.compile(r"(\d+-\d+(?:\.\d+)?)\t(\d{1,12})-(\d{1,12})\t")
_NUMBERED = re.compile(r"((?:\\.|[^\\])*?)\[(\d+)\]", re.S)
_GAP = 1 << 16
"""Characters between two sentences, which the file does not hold: more than blank lines are they never."""
_TEXT = {"t": "\t", "n": "\n", "f": "\f", "r": "\r", "b": "\b"}


@dataclass(slots=True)
class _Column:
    layer: str
    name: str = ""
    target: str = ""


@dataclass(slots=True, eq=False)
class _Found:
    layer: str
    line: int
    start: int
    end: int
    values: dict[str, str] = field(default_factory=dict)
    targets: dict[str, list[str]] = field(default_factory=dict)


def read_webanno(path: Path, name: str) -> tuple[MarkedNarrative, list[InputError]]:
    """One document.

    Args:
        path: A ``.tsv`` file.
        name: Id of the narrative; the format holds none.

    Returns:
        What it holds, and what could not be used.

    Raises:
        InputError: The file cannot be read.
    """
    return _Reader(shown(path), name).read(lines(path, "WebAnno TSV is in"))


class _Reader:
    def __init__(self, path: str, name: str) -> None:
        self.path, self.name = path, name
        self.columns: list[_Column] = []
        self.problems: list[InputError] = []
        self.found: list[_Found] = []
        self.by_number: dict[tuple[str, str], _Found] = {}
        self.by_unit: dict[tuple[str, str], list[_Found]] = {}
        self.units: Units

    def read(self, lines: Sequence[str]) -> tuple[MarkedNarrative, list[InputError]]:
        if not lines[0].startswith("#FORMAT=WebAnno TSV 3."):
            raise InputError(self.path, 1, "not WebAnno TSV 3: it begins with #FORMAT=WebAnno TSV 3.3")
        body = 1
        while body < len(lines) and (match := _LAYER.fullmatch(lines[body])):
            self._layer(match)
            body += 1
        text = self._text(lines, body)
        self.units = Units(text)
        for number, line in enumerate(lines[body:], body + 1):
            if match := _UNIT.match(line):
                self._row(number, line, match)
        marked = MarkedNarrative(self.path, self.name, text)
        self._sort(marked)
        return marked, self.problems

    def _layer(self, match: re.Match[str]) -> None:
        kind, name, rest = match[1], match[2], match[3]
        names = [part for part in (rest or "").split("|") if part]
        if name not in {layer.name for layer in layers()}:
            self.columns += [_Column("")] * (max(len(names), 1) if kind != "CH" else 2)
            self.problems.append(InputError(self.path, None, f"the layer {name} left out: it is none of ours"))
            return
        if not names:
            self.columns.append(_Column(name))
        slot = ""
        for part in names:
            if slot:
                self.columns.append(_Column(name, slot, part))
                slot = ""
            elif role := _ROLE.fullmatch(part):
                slot = role[1]
                self.columns.append(_Column(name, slot))
            else:
                self.columns.append(_Column(name, part))

    def _text(self, lines: Sequence[str], body: int) -> str:
        """The text, put together from the sentences and the offsets of their first tokens, as WebAnno does."""
        text, length = "", 0
        sentence: list[str] = []
        for number, line in enumerate(lines[body:], body + 1):
            if line.startswith("#Text="):
                sentence.append(re.sub(r"\\(.)", lambda found: _TEXT.get(found[1], found[1]), line[6:], flags=re.S))
            elif sentence and (match := _UNIT.match(line)):
                gap = int(match[2]) - length
                if gap < 0:
                    raise InputError(self.path, number, "the token begins before the sentence before it ends")
                if gap > _GAP:
                    raise InputError(self.path, number, f"the token begins {gap} characters after the sentence before it; were lines lost?")
                piece = ("\n" if gap and text else " " * bool(gap)) + " " * (gap - 1) + "\n".join(sentence)
                text += piece
                length += len(piece) + sum(char > "\uffff" for char in piece)
                sentence = []
        return text

    def _row(self, line: int, row: str, match: re.Match[str]) -> None:
        cells = row[match.end() :].split("\t")[1:]
        if len(cells) < len(self.columns):
            self.problems.append(InputError(self.path, line, f"has {len(cells)} columns of the {len(self.columns)}; left out"))
            return
        start, end = self.units.points(int(match[2])), self.units.points(int(match[3]))
        here: dict[tuple[str, int], dict[tuple[str, bool], str]] = {}
        for column, cell in zip(self.columns, cells, strict=False):
            if column.layer and cell != "_":
                for place, value in enumerate(_split(cell, "|")):
                    here.setdefault((column.layer, place), {})[column.name, bool(column.target)] = value
        for (layer, _), values in here.items():
            self._annotation(layer, match[1], line, (start, end), values)

    def _annotation(self, layer: str, unit: str, line: int, span: Span, values: Mapping[tuple[str, bool], str]) -> None:
        number, plain = None, {}
        for (name, is_target), value in values.items():
            if not is_target and (numbered := _NUMBERED.fullmatch(value)):
                value, number = numbered[1], numbered[2]
            plain[name, is_target] = value
        found = self.by_number.get((layer, number)) if number else None
        if found is None:
            found = _Found(layer, line, *span)
            self.found.append(found)
            if number:
                self.by_number[layer, number] = found
        found.end = max(found.end, span[1])
        self.by_unit.setdefault((layer, unit), []).append(found)
        for (name, is_target), value in plain.items():
            if is_target:
                found.targets[name] = [part for part in _split(value, ";") if part not in ("*", "_")]
            elif value not in ("*", "_"):
                found.values[name] = value

    def _sort(self, marked: MarkedNarrative) -> None:
        linked: set[int] = set()
        ours = {layer.name: {feature.name for feature in layer.features} for layer in layers()}
        unknown = Counter((item.layer, name) for item in self.found for name in item.values if name and name not in ours[item.layer])
        for (layer, name), count in unknown.items():
            self.problems.append(left_out(self.path, layer, name, count))
        for place, found in enumerate(item for item in self.found if item.layer == MENTION):
            values = {name: _plain(found, name) for name in (*QUALITIES, *OPTIONAL)}
            pieces = [(found.start, found.end), *((piece.start, piece.end) for _, piece in self._links(found, "pieces", PIECE))]
            marked.mentions.append(
                MarkedMention(
                    pieces, _record(found), found.line, "", str(place), _plain(found, "emotion") or "", values, _plain(found, "note")
                )
            )
            for role, target in self._links(found, "roles", ARGUMENT):
                linked.add(id(target))
                span = (target.start, target.end)
                entity = _plain(target, "entity")
                marked.roles.append(MarkedRole([span], _record(target), target.line, "", str(place), role, entity))
        for found in self.found:
            span = (found.start, found.end)
            if found.layer == ENTITY:
                marked.entities.append(MarkedEntity([span], {}, found.line, "", _plain(found, "entity"), _plain(found, "label")))
            elif found.layer == COMPONENT:
                marked.components.append(MarkedComponent([span], _record(found), found.line, "", _plain(found, "component") or ""))
            elif found.layer == ARGUMENT and id(found) not in linked and not _record(found):  # as in CAS
                self.problems.append(InputError(self.path, found.line, "no emotion has this as a role; left out"))

    def _links(self, found: _Found, name: str, layer: str) -> Iterator[tuple[str, _Found]]:
        roles = [_unescaped(part) for part in _split(found.values.get(name, ""), ";")]
        for role, target in zip(roles, found.targets.get(name, ()), strict=False):
            numbered = _NUMBERED.fullmatch(target)
            there = self.by_number.get((layer, numbered[2])) if numbered else next(iter(self.by_unit.get((layer, target), ())), None)
            if there is None:
                self.problems.append(InputError(self.path, found.line, f"what the {name[:-1]} points to is not there; left out"))
            else:
                yield role, there


def _split(cell: str, separator: str) -> list[str]:
    parts, start, at = [], 0, 0
    while at < len(cell):
        if cell[at] == "\\":
            at += 2
        elif cell[at] == separator:
            parts.append(cell[start:at])
            start = at = at + 1
        else:
            at += 1
    return [*parts, cell[start:]]


def _unescaped(value: str) -> str:
    return re.sub(r"\\(->|.)", lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), value, flags=re.S)


def _plain(found: _Found, name: str) -> Any:
    value = found.values.get(name)
    if value is None:
        return None
    if name in FLAGS:
        return value.casefold() == "true" or None
    return _unescaped(value)


def _record(found: _Found) -> Mapping[str, Any]:
    return loaded(_plain(found, "record"))

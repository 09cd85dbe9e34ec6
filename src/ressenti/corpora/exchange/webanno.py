"""WebAnno TSV 3.3, which WebAnno and INCEpTION import and export: a row a token, a column a feature.

Offsets are UTF-16 units. The format knows nothing between tokens: an annotation begins and ends at one, and white space before the first
word comes back as blanks. It has no place for what belongs to the whole narrative (id, provenance, metadata, entities that no word names).
Source of the format: the INCEpTION user guide, « WebAnno TSV 3.3 File format ».
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from ressenti.corpora.exchange.layers import ARGUMENT, COMPONENT, ENTITY, LAYER_FILE, MENTION, PIECE, Layer, layer_file, layers
from ressenti.corpora.exchange.marks import by_place, records, shown_values
from ressenti.corpora.exchange.places import Folder, Names, Placed
from ressenti.corpora.exchange.utf16 import Units
from ressenti.rules.text import read, sentences
from ressenti.schema import Narrative, Span

HEADER = "#FORMAT=WebAnno TSV 3.3"
_TOKEN = re.compile(r"\w+|[^\w\s]")
_TEXT_ESCAPES = {code: f"\\{chr(code)}" for code in (*range(8), *range(14, 32))}
_TEXT_ESCAPES |= {ord(char): f"\\{name}" for char, name in zip("\t\n\f\r\b\\", "tnfrb\\", strict=True)}
_VALUE = re.compile(r"->|[\\\[\]|_;\t\n*]")
_NAMES = {"\t": "t", "\n": "n"}


class WebannoFolder(Placed[Folder]):
    """A folder with a file a narrative, and the layers for INCEpTION.

    Args:
        path: The folder to make.

    Raises:
        OutputError: It cannot be made, or holds something.
    """

    def __init__(self, path: str) -> None:
        super().__init__(Folder(path))
        self._names = Names(LAYER_FILE)

    def write(self, narrative: Narrative) -> None:
        """Add a narrative."""
        self._place.write(f"{self._names.of(narrative.id)}.tsv", tsv(narrative).encode())

    def keep(self) -> None:
        """Add the layers and put the folder in its place."""
        self._place.write(f"{LAYER_FILE}.json", layer_file().encode())
        super().keep()


@dataclass(slots=True, eq=False)
class _Annotation:
    layer: str
    span: Span
    values: Mapping[str, Any]
    links: dict[str, list[tuple[str, _Annotation]]] = field(default_factory=dict)
    units: list[_Unit] = field(default_factory=list)
    number: int | None = None


@dataclass(slots=True, eq=False)
class _Unit:
    name: str
    span: Span
    held: dict[str, list[_Annotation]] = field(default_factory=lambda: defaultdict(list))


def tsv(narrative: Narrative) -> str:
    """A narrative as WebAnno TSV 3.3."""
    # Mentions first: simple readers show the first column only
    shown = sorted((layer for layer in layers() if layer.spans), key=lambda layer: layer.name != MENTION)
    annotations = _annotations(narrative)
    rows = _rows(narrative.text, annotations)
    _number(annotations)
    units = Units(narrative.text)
    lines = [HEADER, *(_layer_line(layer) for layer in shown), ""]
    for sentence, tokens in rows:
        lines.append("")
        lines += [f"#Text={line.translate(_TEXT_ESCAPES)}" for line in sentence.split("\n")]
        for unit in tokens:
            start, end = unit.span
            cells = [cell for layer in shown for cell in _cells(layer, unit)]
            words = narrative.text[start:end]
            lines.append("\t".join([unit.name, f"{units.units(start)}-{units.units(end)}", words, *cells, ""]))
    return "\n".join(lines) + "\n"


def _annotations(narrative: Narrative) -> list[_Annotation]:
    made: list[_Annotation] = []
    arguments: dict[int, list[tuple[str, _Annotation]]] = defaultdict(list)
    for role, record in records(narrative.roles):
        argument = _Annotation(ARGUMENT, role.span, {"entity": role.entity, "record": record})
        arguments[role.mention].append((role.role, argument))
        made.append(argument)
    for mention, record in records(narrative.mentions):
        first, *others = sorted(mention.cue, key=lambda piece: not narrative.text[slice(*piece)].strip())  # on words, if on any
        pieces = [("piece", _Annotation(PIECE, piece, {})) for piece in others]
        values = {"emotion": mention.emotion, "record": record, **shown_values(mention)}
        made += [piece for _, piece in pieces]
        made.append(_Annotation(MENTION, first, values, {"roles": arguments[mention.id], "pieces": pieces}))
    made += [_Annotation(ENTITY, span, {"entity": entity.id, "label": entity.label}) for entity, span in by_place(narrative.entities)]
    made += [
        _Annotation(COMPONENT, item.span, {"component": item.component, "record": kept}) for item, kept in records(narrative.components)
    ]
    return made


def cut(text: str) -> list[Span]:
    """Sentences that leave out nothing but a line end between two of them, so that the text can be put together again."""
    reading = read(text)
    starts = {reading.original(start, end)[0] for start, end in sentences(reading.text)}
    starts = {at for at in starts if at < len(text) and not text[at].isspace()}
    if first := re.search(r"\S", text):
        starts.add(first.start())
    edges = [*sorted(starts), len(text)]
    spans = []
    for number, (start, end) in enumerate(pairwise(edges), 1):
        last = number == len(edges) - 1
        spans.append((start, end - 1 if not last and text[end - 1] == "\n" else end))
    return spans


def _rows(text: str, annotations: Sequence[_Annotation]) -> list[tuple[str, list[_Unit]]]:
    """Each sentence with its tokens and parts of tokens, and the annotations hung on them."""
    rows: list[tuple[str, list[_Unit]]] = []
    tokens: list[_Unit] = []
    first: list[int] = []
    for number, (start, end) in enumerate(cut(text), 1):
        first.append(len(tokens))
        tokens += [_Unit(f"{number}-{n}", match.span()) for n, match in enumerate(_TOKEN.finditer(text, start, end), 1)]
        rows.append((text[start:end], []))
    ends = [token.span[1] for token in tokens]
    covered = [[*_covered(annotation.span, tokens, ends)] for annotation in annotations]
    parts: dict[int, set[Span]] = defaultdict(set)
    for pieces in covered:
        for at, part in pieces:
            if part != tokens[at].span:
                parts[at].add(part)
    units: dict[tuple[int, Span], _Unit] = {}
    for (_, row), begin, end in zip(rows, first, [*first, len(tokens)][1:], strict=True):
        for at in range(begin, end):
            token = tokens[at]
            units[at, token.span] = token
            row.append(token)
            for n, part in enumerate(sorted(parts.get(at, ())), 1):
                units[at, part] = _Unit(f"{token.name}.{n}", part)
                row.append(units[at, part])
    for annotation, pieces in zip(annotations, covered, strict=True):
        annotation.units = [units[piece] for piece in pieces]
        for unit in annotation.units:
            unit.held[annotation.layer].append(annotation)
    return rows


def _covered(span: Span, tokens: Sequence[_Unit], ends: Sequence[int]) -> Iterator[tuple[int, Span]]:
    """The tokens that a span overlaps, by their place, each with the part of it that it covers."""
    at = bisect_right(ends, span[0])
    while at < len(tokens) and tokens[at].span[0] < span[1]:
        yield at, (max(span[0], tokens[at].span[0]), min(span[1], tokens[at].span[1]))
        at += 1


def _number(annotations: Sequence[_Annotation]) -> None:
    """Numbers for those that are on several units, or on one with others of their layer."""
    number = 0
    for annotation in annotations:
        if len(annotation.units) > 1 or any(len(unit.held[annotation.layer]) > 1 for unit in annotation.units):
            number += 1
            annotation.number = number


def _layer_line(layer: Layer) -> str:
    columns = []
    for feature in layer.features:
        if feature.link:
            columns += [f"ROLE_{layer.name}:{feature.name}_{feature.link}", feature.range]
        else:
            columns.append(feature.name)
    return f"#T_SP={layer.name}|{'|'.join(columns)}"


def _cells(layer: Layer, unit: _Unit) -> Iterator[str]:
    held = unit.held[layer.name]
    if not held:
        yield from ["_"] * (len(layer.features) + sum(bool(feature.link) for feature in layer.features) or 1)
        return
    if not layer.features:
        yield "|".join(f"*{_suffix(annotation)}" for annotation in held)
    for feature in layer.features:
        if not feature.link:
            yield "|".join(f"{_value(a.values.get(feature.name))}{_suffix(a)}" for a in held)
            continue
        links = [[(name, target) for name, target in a.links.get(feature.name, ()) if target.units] for a in held]
        names = (";".join(_value(name) for name, _ in some) or "_" for some in links)
        yield "|".join(f"{name}{_suffix(a)}" for name, a in zip(names, held, strict=True))
        yield "|".join(";".join(f"{target.units[0].name}{_suffix(target)}" for _, target in some) or "*" for some in links)


def _suffix(annotation: _Annotation) -> str:
    return "" if annotation.number is None else f"[{annotation.number}]"


def _value(value: Any) -> str:
    if value is None or value == "":
        return "*"
    text = str(value).lower() if isinstance(value, bool) else str(value).replace("\r\n", "\n").replace("\r", "\n")
    return _VALUE.sub(lambda found: f"\\{_NAMES.get(found[0], found[0])}", text)

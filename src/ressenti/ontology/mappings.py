"""Alignments of TONE to other vocabularies, read from an SSSOM table.

Source of the format: SSSOM, a Simple Standard for Sharing Ontological Mappings (https://w3id.org/sssom): metadata as YAML in comment lines,
then a table of mappings. ``docs/alignments.md`` says what is aligned to what, and what ``target_status`` means.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from ressenti.errors import DataError
from ressenti.ontology.emotions import DATA
from ressenti.ontology.tables import read_text

COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "object_id", "object_label", "mapping_justification", "author_label",
    "object_source", "object_source_version", "mapping_date", "confidence", "comment", "target_status",
)  # fmt: skip
SHIPPED = DATA / "mappings.sssom.tsv"
TONE = "https://w3id.org/ressenti/tone#"
PREDICATES = ("skos:exactMatch", "skos:closeMatch", "skos:broadMatch", "skos:narrowMatch", "skos:relatedMatch")
STATUSES = ("verified", "unverified")
BUILT_IN = {"skos": "http://www.w3.org/2004/02/skos/core#", "semapv": "https://w3id.org/semapv/vocab/"}
"""Prefixes that SSSOM lets a file use without declaring them, as far as they are used here."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """One alignment; what SSSOM writes as a CURIE is a full IRI here.

    Attributes:
        subject: IRI of the emotion or term of TONE.
        subject_label: Its English label.
        predicate: IRI of the SKOS mapping property.
        object: IRI of the thing it is aligned to.
        object_label: Its label there.
        justification: IRI of how the alignment was found (SEMAPV).
        author: Who made it.
        object_source: IRI of the vocabulary that the object is of.
        object_source_version: Version of that vocabulary and the copy that was read; empty where none was.
        date: Day on which it was made, ``2026-11-25``.
        confidence: From 0 to 1, how sure the author is.
        comment: Why this predicate, where labels alone would say otherwise.
        target_status: ``verified`` if the object was seen in a copy of its vocabulary, else ``unverified``.
        line: Line of the table, from 1.
    """

    subject: str
    subject_label: str
    predicate: str
    object: str
    object_label: str
    justification: str
    author: str
    object_source: str
    object_source_version: str
    date: str
    confidence: float
    comment: str
    target_status: str
    line: int


def load_mappings(path: Path | None = None, subjects: Collection[str] | None = None) -> tuple[Mapping, ...]:
    """Read and check a table of alignments; without ``path`` the one shipped with Ressenti.

    Args:
        path: An SSSOM table with its metadata in the same file.
        subjects: Local names that may be aligned (``Fear``, ``valence``); None to take any.

    Returns:
        The alignments, in the order of the table.

    Raises:
        DataError: File, line and reason of the first line that cannot be used.
    """
    mappings = _shipped() if path is None else _read(path)
    if subjects is not None:
        for mapping in mappings:
            if (name := mapping.subject.removeprefix(TONE)) not in subjects:
                raise DataError(path or SHIPPED, mapping.line, f"aligns {name!r}, which is no emotion or term of the ontology")
    return mappings


def load_prefixes(path: Path | None = None) -> dict[str, str]:
    """The prefixes of a table of alignments and the IRIs they stand for; without ``path`` of the one shipped with Ressenti.

    Raises:
        DataError: The metadata cannot be used.
    """
    path = path or SHIPPED
    return _prefixes(path, _split(path)[0])


@cache
def _shipped() -> tuple[Mapping, ...]:
    return _read(SHIPPED)


def _read(path: Path) -> tuple[Mapping, ...]:
    head, rows = _split(path)
    prefixes = _prefixes(path, head)
    mappings: dict[tuple[str, str], Mapping] = {}
    for line, row in _records(path, rows, len(head)):
        try:
            mapping = _mapping(row, prefixes, line)
        except ValueError as error:
            raise DataError(path, line, str(error)) from None
        pair = (mapping.subject, mapping.object)
        if pair in mappings:
            # Two predicates for one pair would contradict each other: SKOS keeps exactMatch apart from the others.
            raise DataError(path, line, f"aligns {row['subject_id']} to {row['object_id']} as line {mappings[pair].line} does; keep one")
        mappings[pair] = mapping
    return tuple(mappings.values())


def _split(path: Path) -> tuple[list[str], list[str]]:
    """The lines of the metadata, which begin with ``#``, and those of the table."""
    lines = read_text(path).splitlines()
    end = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return lines[:end], lines[end:]


def _prefixes(path: Path, head: list[str]) -> dict[str, str]:
    try:
        metadata = yaml.safe_load("\n".join(line[1:] for line in head))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "a character that YAML does not allow"
        raise DataError(path, mark.line + 1 if mark else 1, f"has metadata that is no YAML ({reason})") from None
    declared = metadata.get("curie_map") if isinstance(metadata, dict) else None
    if not isinstance(declared, dict) or not all(isinstance(iri, str) for iri in declared.values()):
        raise DataError(path, 1, "has no curie_map in its metadata; begin the file with it, each line after a #")
    return BUILT_IN | declared


def _records(path: Path, rows: list[str], before: int) -> Iterator[tuple[int, dict[str, str]]]:
    """Read the table as SSSOM says: tabs between cells, double quotes around a cell that needs them."""
    reader = csv.reader(rows, delimiter="\t")
    header = next(reader, [])
    if missing := [column for column in COLUMNS if column not in header]:
        raise DataError(path, before + 1, f"lacks the column {missing[0]!r}; name {', '.join(COLUMNS)}")
    for row in reader:
        line = before + reader.line_num
        if len(row) != len(header):
            raise DataError(path, line, f"has {len(row)} fields where the header has {len(header)}")
        yield line, dict(zip(header, (value.strip() for value in row), strict=True))


def _mapping(row: dict[str, str], prefixes: dict[str, str], line: int) -> Mapping:
    if row["predicate_id"] not in PREDICATES:
        raise ValueError(f"has the predicate {row['predicate_id']!r}; write one of {', '.join(PREDICATES)}")
    if row["target_status"] not in STATUSES:
        raise ValueError(f"has the target_status {row['target_status']!r}; write one of {', '.join(STATUSES)}")
    try:
        confidence = float(row["confidence"])
    except ValueError:
        raise ValueError(f"has the confidence {row['confidence']!r}; write a number from 0 to 1") from None
    if not 0 <= confidence <= 1:
        raise ValueError(f"has the confidence {row['confidence']}; it goes from 0 to 1")
    return Mapping(
        subject=_expand(row["subject_id"], prefixes),
        subject_label=row["subject_label"],
        predicate=_expand(row["predicate_id"], prefixes),
        object=_expand(row["object_id"], prefixes),
        object_label=row["object_label"],
        justification=_expand(row["mapping_justification"], prefixes),
        author=row["author_label"],
        object_source=_expand(row["object_source"], prefixes),
        object_source_version=row["object_source_version"],
        date=row["mapping_date"],
        confidence=confidence,
        comment=row["comment"],
        target_status=row["target_status"],
        line=line,
    )


def _expand(curie: str, prefixes: dict[str, str]) -> str:
    prefix, colon, local = curie.partition(":")
    if not colon or not local:
        raise ValueError(f"has {curie!r} where a shortened IRI such as tone:Fear belongs")
    if prefix not in prefixes:
        raise ValueError(f"has {curie!r}, whose prefix the curie_map does not declare")
    return prefixes[prefix] + local

"""A candidate: a term that a source proposes for the vocabulary, with everything that speaks for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ressenti.corpora.harmless import json_escaped
from ressenti.errors import DataError
from ressenti.ontology.tables import read_text
from ressenti.ontology.vocabulary import POS

SOURCES = ("thesaurus", "gloss", "corpus", "neighbour", "wordnet", "review", "manual")
"""What may propose a term; the ``origin`` column of the vocabulary names them, joined by ``+``."""

Key = tuple[str, str]
"""Term and part of speech: the same word as noun and as verb is two candidates."""


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """One reason to look at a term.

    Attributes:
        source: One of `SOURCES`.
        detail: What in the source says so, in a few words: « synonym of peur (Nom, sense 1) », « fou de X, 3 times ». Of an account only
            the term itself.
        emotion: Key of the emotion that this speaks for; empty where the source names none.
    """

    source: str
    detail: str
    emotion: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term and all who proposed it.

    Attributes:
        term: The citation form, as in the vocabulary: infinitive without *se*, masculine singular; may have several words.
        pos: One of the vocabulary's parts of speech.
        evidence: Everything that speaks for it, sorted, without repetition.
        gloss: What a dictionary says of it, empty where none was given. Stays in the user's own files.
    """

    term: str
    pos: str
    evidence: tuple[Evidence, ...]
    gloss: str = ""

    @property
    def key(self) -> Key:
        """What tells it from others."""
        return self.term, self.pos

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of those who proposed it, in the order of `SOURCES`."""
        return tuple(s for s in SOURCES if any(e.source == s for e in self.evidence))


@dataclass(slots=True)
class _Growing:
    evidence: set[Evidence] = field(default_factory=set)
    gloss: str = ""


def merge(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Unite candidates of the same term and part of speech; nothing that a source said is lost.

    Returns:
        Sorted by term and part of speech, so that the same input in any order gives the same list. Of several glosses the first in
        the order of the input is kept.
    """
    found: dict[Key, _Growing] = {}
    for candidate in candidates:
        growing = found.setdefault(candidate.key, _Growing())
        growing.evidence.update(candidate.evidence)
        growing.gloss = growing.gloss or candidate.gloss
    return [Candidate(term, pos, tuple(sorted(g.evidence)), g.gloss) for (term, pos), g in sorted(found.items())]


def to_record(candidate: Candidate) -> dict[str, object]:
    """A candidate as an object of JSON."""
    record: dict[str, object] = {
        "term": candidate.term,
        "pos": candidate.pos,
        "evidence": [[e.source, e.detail, e.emotion] for e in candidate.evidence],
    }
    return record | ({"gloss": candidate.gloss} if candidate.gloss else {})


def from_record(record: Any) -> Candidate:
    """A candidate from what `to_record` made of it.

    Raises:
        ValueError: What is wrong, and what would be right.
    """
    try:
        evidence = tuple(Evidence(*map(str, item)) for item in record["evidence"])
        candidate = Candidate(str(record["term"]), str(record["pos"]), evidence, str(record.get("gloss", "")))
    except (KeyError, TypeError, AttributeError):
        raise ValueError("is no candidate; each line is an object with term, pos and evidence") from None
    if not candidate.term or candidate.pos not in POS:
        raise ValueError(f"has the part of speech {candidate.pos!r}; write one of {', '.join(POS)}")
    if unknown := [e.source for e in evidence if e.source not in SOURCES]:
        raise ValueError(f"names the source {unknown[0]!r}; known are {', '.join(SOURCES)}")
    return candidate


def json_line(record: object) -> str:
    """An object as one line, whatever characters it holds: some readers take U+2028 and its like for the end of a line."""
    return json_escaped(json.dumps(record, ensure_ascii=False)) + "\n"


def json_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """The objects of a file of JSON Lines, with their line numbers from 1; empty lines are left out.

    Raises:
        DataError: File and line of the first that is no JSON.
    """
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError):
            raise DataError(path, number, "is no JSON; the file may have been cut off: make it again") from None


def write_candidates(candidates: Iterable[Candidate]) -> str:
    """Candidates as JSON Lines, one a line."""
    return "".join(json_line(to_record(candidate)) for candidate in candidates)


def read_candidates(path: Path) -> list[Candidate]:
    """Read what `write_candidates` wrote.

    Raises:
        DataError: File, line and reason of the first line that is no candidate.
    """
    found = []
    for number, record in json_lines(path):
        try:
            found.append(from_record(record))
        except ValueError as error:
            raise DataError(path, number, str(error)) from None
    return found

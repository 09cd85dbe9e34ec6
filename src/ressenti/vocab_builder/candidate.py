"""A candidate: a term that a source proposes for the vocabulary, with everything that speaks for it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from ressenti.errors import DataError
from ressenti.ontology.tables import read_text
from ressenti.ontology.vocabulary import POS

SOURCES = ("thesaurus", "gloss", "corpus", "neighbour", "wordnet", "manual")
"""What may propose a term; the ``origin`` column of the vocabulary names them, joined by ``+``."""


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
    def key(self) -> tuple[str, str]:
        """Term and part of speech: the same word as noun and as verb is two candidates."""
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
    found: dict[tuple[str, str], _Growing] = {}
    for candidate in candidates:
        growing = found.setdefault(candidate.key, _Growing())
        growing.evidence.update(candidate.evidence)
        growing.gloss = growing.gloss or candidate.gloss
    return [Candidate(term, pos, tuple(sorted(g.evidence)), g.gloss) for (term, pos), g in sorted(found.items())]


def write_candidates(candidates: Iterable[Candidate]) -> str:
    """Candidates as JSON Lines, one a line."""
    lines = []
    for c in candidates:
        record: dict[str, object] = {"term": c.term, "pos": c.pos, "evidence": [[e.source, e.detail, e.emotion] for e in c.evidence]}
        if c.gloss:
            record["gloss"] = c.gloss
        lines.append(json.dumps(record, ensure_ascii=False) + "\n")
    return "".join(lines)


def read_candidates(path: Path) -> list[Candidate]:
    """Read what `write_candidates` wrote.

    Raises:
        DataError: File, line and reason of the first line that is no candidate.
    """
    found = []
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            evidence = tuple(Evidence(*map(str, item)) for item in record["evidence"])
            candidate = Candidate(str(record["term"]), str(record["pos"]), evidence, str(record.get("gloss", "")))
        except (ValueError, KeyError, TypeError):
            raise DataError(path, number, "is no candidate; each line is an object with term, pos and evidence") from None
        if not candidate.term or candidate.pos not in POS:
            raise DataError(path, number, f"has the part of speech {candidate.pos!r}; write one of {', '.join(POS)}")
        if unknown := [e.source for e in evidence if e.source not in SOURCES]:
            raise DataError(path, number, f"names the source {unknown[0]!r}; known are {', '.join(SOURCES)}")
        found.append(candidate)
    return found

"""Competency questions: what the ontology and the vocabulary can be asked, each a query with its wording in French and English.

A file a question: comment lines ``# en:``, ``# fr:`` and, if there is more to say, ``# note:``, then the query.
Source of the notion: M. Grüninger and M. S. Fox, *Methodology for the Design and Evaluation of Ontologies* (1995).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ressenti.errors import DataError
from ressenti.ontology.emotions import LANGUAGES
from ressenti.ontology.tables import read_text

FOLDER = Path(__file__).parent
_HEAD = re.compile(r"# *(\w+): *(.+)")


@dataclass(frozen=True, slots=True)
class Question:
    """A competency question.

    Attributes:
        name: Of its file, without the ending.
        wording: Language tag (``fr``, ``en``) to the question.
        note: How the answer is to be read, in English; empty where the question says it all.
        query: SPARQL, with the prefixes that ``ressenti sparql`` gives for free.
    """

    name: str
    wording: Mapping[str, str]
    note: str
    query: str


def load_questions(folder: Path = FOLDER) -> Mapping[str, Question]:
    """Read the questions of a folder, by name.

    Raises:
        DataError: A file that lacks its wording in a language, or cannot be read.
    """
    return {path.stem: _read(path) for path in sorted(folder.glob("*.rq"))}


def _read(path: Path) -> Question:
    head, _, query = read_text(path).partition("\n\n")
    said: dict[str, str] = {}
    for number, line in enumerate(head.splitlines(), start=1):
        found = _HEAD.fullmatch(line)
        if not found or found[1] not in (*LANGUAGES, "note"):
            raise DataError(path, number, "is no line of the head; write '# en: …', '# fr: …' or '# note: …', then an empty line")
        said[found[1]] = found[2]
    if missing := [language for language in LANGUAGES if language not in said]:
        raise DataError(path, 1, f"lacks the question in {missing[0]!r}; write '# {missing[0]}: …'")
    return Question(path.stem, {language: said[language] for language in LANGUAGES}, said.get("note", ""), query)

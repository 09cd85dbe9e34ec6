"""Competency questions over narratives, written like those on the ontology; docs/narrative-questions.md has their answers on examples."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ressenti.ontology.questions import Question, load_questions

FOLDER = Path(__file__).parent


def narrative_questions() -> Mapping[str, Question]:
    """The questions, by name.

    Raises:
        DataError: A file lacks its wording in a language, or cannot be read.
    """
    return load_questions(FOLDER)

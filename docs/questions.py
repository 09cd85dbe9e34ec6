"""Write the pages of docs/questions: each competency question with its query and its answer.

    python docs/questions.py

Run it when the tables or the questions change; a test holds the pages against what the ontology answers.
"""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from ressenti.ontology.questions import Question, load_questions
from ressenti.ontology.rdf.names import PREFIXES, short
from ressenti.ontology.sparql.shipped import shipped_store

FOLDER = Path(__file__).parent / "questions"
SHOWN = 25
"""Rows of an answer that a page shows."""


def answer(question: Question, store: Store) -> tuple[list[str], list[list[str]]]:
    """The names of the columns and the rows, as a reader sees them."""
    solutions = store.query(question.query, prefixes=dict(PREFIXES))
    columns = [variable.value for variable in solutions.variables]
    return columns, [[_shown(solution[column]) for column in columns] for solution in solutions]


def _shown(term: object) -> str:
    if isinstance(term, NamedNode):
        return short(term.value)
    return term.value if isinstance(term, Literal) else ""


def page(question: Question, store: Store) -> str:
    """The page of a question."""
    columns, rows = answer(question, store)
    table = [f"| {' | '.join(cells)} |" for cells in (columns, ["---"] * len(columns), *(map(_cell, row) for row in rows[:SHOWN]))]
    count = f"{len(rows)} row{'s' if len(rows) != 1 else ''}{f', the first {SHOWN}:' if len(rows) > SHOWN else ':'}"
    parts = [
        f"# {question.wording['en']}",
        f"*{question.wording['fr']}*",
        *([question.note] if question.note else []),
        f"```sh\nressenti sparql --question {question.name}\n```",
        f"```sparql\n{question.query.strip()}\n```",
        count,
        "\n".join(table),
    ]
    return "\n\n".join(parts) + "\n"


def _cell(value: str) -> str:
    return value.replace("|", "\\|")


def pages() -> dict[str, str]:
    """Name of each page to its text: the questions, and their list."""
    questions, store = load_questions(), shipped_store()
    found = {f"{name}.md": page(question, store) for name, question in questions.items()}
    lines = [f"| [{name}]({name}.md) | {question.wording['en']} | {question.wording['fr']} |" for name, question in questions.items()]
    found["README.md"] = (
        "# Questions that the ontology answers\n\n"
        "Each is a file of `src/ressenti/ontology/questions/`, with its answer on a page here and a test on it. "
        "`ressenti sparql --questions` lists them, `ressenti sparql --question NAME` asks one.\n\n"
        "| name | question | en français |\n| --- | --- | --- |\n" + "\n".join(lines) + "\n"
    )
    return found


if __name__ == "__main__":
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")

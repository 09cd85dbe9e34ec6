"""Write docs/narrative-questions.md: each question over narratives with its query and its answer on examples/narratives.jsonl.

    python docs/narrative_questions.py

Run it when the questions or the examples change; a test holds the page against what the examples answer.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Store

from ressenti.corpora.annotated import read_annotations
from ressenti.graph.questions import narrative_questions
from ressenti.graph.store.load import load
from ressenti.graph.store.place import opened
from ressenti.ontology.questions import Question
from ressenti.ontology.rdf.names import short
from ressenti.ontology.sparql.prefixes import PREFIXES
from ressenti.schema import Narrative

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "narratives.jsonl"
PAGE = ROOT / "docs" / "narrative-questions.md"
HEAD = """# Questions that narratives answer

Each is a file of `src/ressenti/graph/questions/`, asked of a store by its name; `ressenti store query --questions` lists them.
The answers below are those of the nine invented accounts in `examples/narratives.jsonl`, annotated by the rules and looked through by hand:

```sh
ressenti store load corpus examples/narratives.jsonl
ressenti store query corpus anger-at-whom
```

They are starting points: copy one, change it, and give the file in the place of the name. Of narratives exported with `--no-text` there are
no words and no names, and questions for them answer nothing.
"""


def narratives() -> list[Narrative]:
    """The examples."""
    return [item for item in read_annotations([str(EXAMPLES)]) if isinstance(item, Narrative)]


def answer(question: Question, store: Store) -> tuple[list[str], list[tuple[str, ...]]]:
    """The names of the columns and the rows, as a reader sees them."""
    solutions = store.query(question.query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    columns = [variable.value for variable in solutions.variables]
    return columns, [tuple(_shown(solution[column]) for column in columns) for solution in solutions]


def page() -> str:
    """The page."""
    questions = narrative_questions()
    with tempfile.TemporaryDirectory() as folder:
        load(Path(folder, "store"), narratives=narratives())
        with opened(Path(folder, "store")) as data:
            parts = [_section(question, data.store) for question in questions.values()]
    contents = [f"| [{name}](#{name}) | {q.wording['en']} | {q.wording['fr']} |" for name, q in questions.items()]
    return "\n".join([HEAD, "| name | question | en français |\n| --- | --- | --- |", *contents, "", "\n".join(parts)])


def _section(question: Question, store: Store) -> str:
    columns, rows = answer(question, store)
    table = [f"| {' | '.join(cells)} |" for cells in (columns, ["---"] * len(columns), *rows)]
    note = f"\n{question.note}\n" if question.note else ""
    return (
        f"## {question.name}\n\n{question.wording['en']} *{question.wording['fr']}*\n{note}\n"
        f"```\n{question.query.strip()}\n```\n\n" + "\n".join(table) + "\n"
    )


def _shown(term: object) -> str:
    if isinstance(term, NamedNode):
        return short(term.value)
    return term.value.replace("|", "\\|") if isinstance(term, Literal) else ""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""What the docs show runs, and the page of commands says what the commands say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from ressenti.ontology.rdf.names import PREFIXES
from ressenti.ontology.sparql.shipped import shipped_store

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(language: str) -> list[tuple[str, str]]:
    found = []
    for page in PAGES:
        name = page.relative_to(ROOT).as_posix()
        found += [(name, block) for block in re.findall(rf"```{language}\n(.*?)```", page.read_text(encoding="utf-8"), re.S)]
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the blocks run: with the files that ``ressenti ontology build`` makes."""
    place = tmp_path_factory.mktemp("docs")
    subprocess.run([sys.executable, "-m", "ressenti", "ontology", "build", "--format", "owl"], cwd=place, check=True, capture_output=True)
    return place


@pytest.mark.parametrize(("page", "block"), blocks("python"))
def test_python_blocks_run(page, block, folder, monkeypatch):
    monkeypatch.chdir(folder)
    exec(compile(block, page, "exec"), {})


# What the answer to each query of a page must hold, in words of its rows, and how many rows it has at least, its limit left aside
ANSWERS = {
    "docs/alignments.md": (3, {"tone#Fear", "tone#Anxiety", "tone#Terror"}),
    "docs/ontology.md": (200, {"plaire", "répugner", "casser les pieds", "agacement"}),
    "docs/research.md": (155, {"énerver", "agacer", "anger", "annoyance", "exasperation", "wrath"}),
}
ONE_LINE = {"README.md": "honteux", "docs/ontology.md": "honteux", "docs/sparql.md": "tone#Sadness"}
"""The same of what a page asks on the command line."""


def answer(query: str) -> list[str]:
    """The rows of an answer, each as one string."""
    return [" ".join(str(value) for value in row) for row in shipped_store().query(query, prefixes=dict(PREFIXES))]


def test_each_page_with_a_query_has_its_answer():
    assert {page for page, _ in blocks("sparql") if not page.startswith("docs/questions/")} == ANSWERS.keys()


@pytest.mark.parametrize(("page", "query"), [item for item in blocks("sparql") if not item[0].startswith("docs/questions/")])
def test_queries_of_the_pages_answer_what_they_are_for(page, query):
    least, words = ANSWERS[page]
    rows = answer(re.sub(r" LIMIT \d+", "", query))
    assert len(rows) >= least
    assert {word for word in words if not any(word in row for row in rows)} == set()
    assert answer(query)


def test_the_first_question_of_the_research_page_is_the_shipped_one():
    (query,) = (query for page, query in blocks("sparql") if page == "docs/research.md")
    shipped = (ROOT / "src/ressenti/ontology/questions/anger-verbs-object.rq").read_text(encoding="utf-8")
    assert len(answer(query.replace(" LIMIT 10", ""))) == len(answer(shipped)) == 155


@pytest.mark.parametrize("page", ONE_LINE)
def test_queries_on_the_command_line_answer_what_they_are_for(page):
    query = re.findall(r'^(?:\.venv/bin/)?ressenti sparql "(SELECT[^"]*)"', (ROOT / page).read_text(encoding="utf-8"), re.M)[0]
    assert any(ONE_LINE[page] in row for row in answer(query))


def test_the_readmes_first_block_says_what_it_finds(capsys):
    block = next(block for page, block in blocks("python") if page == "README.md")
    exec(compile(block, "README.md", "exec"), {})
    assert "fear affirmed ['peur']" in capsys.readouterr().out


def test_page_of_commands_is_current():
    # In a process of its own: click keeps the help option that a command had when another test asked it alone
    code = "import runpy, sys; sys.stdout.buffer.write(runpy.run_path('docs/commands.py')['page']().encode())"
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True).stdout.decode()
    assert (ROOT / "docs" / "commands.md").read_text(encoding="utf-8") == shown, "run: python docs/commands.py"


def test_links_between_pages_resolve():
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"

"""The rules that the pages show load, their examples come out as marked, and the answers that the tutorial quotes are given."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from beside import beside
from ressenti.rules.examples import failures
from ressenti.rules.explain import why_not
from ressenti.rules.language import load_rules

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"```(yaml|sh)\n(.*?)```(?:\n\n> ([^\n]*))?", re.S)
ASKED = re.compile(r'ressenti explain "(?P<text>[^"]+)"(?P<own> --rules \S+)? --why-not (?P<what>\S+)')


def blocks(page: str) -> list[re.Match[str]]:
    return list(BLOCK.finditer((DOCS / page).read_text(encoding="utf-8")))


def shown() -> list[tuple[str, str]]:
    return [(page, block[2]) for page in ("rules.md", "rules-tutorial.md") for block in blocks(page) if block[1] == "yaml"]


def answers() -> list[tuple[str, re.Match[str], str]]:
    """The rules as they stand at that place of the page, the question, the answer quoted."""
    found, rules = [], ""
    for block in blocks("rules-tutorial.md"):
        rules = block[2] if block[1] == "yaml" else rules
        if block[1] == "sh" and (asked := ASKED.search(block[2])):
            found.append((rules, asked, block[3].splitlines()[0]))
    return found


@pytest.mark.parametrize(("page", "content"), shown(), ids=[f"{page}-{n}" for n, (page, _) in enumerate(shown())])
def test_shown_rules(page, content, tmp_path, annotator):
    path = tmp_path / "mes-regles.yaml"
    path.write_text(content, encoding="utf-8")
    with_it = beside(annotator, [path])
    own = [rule for rule in load_rules(path) if rule.path == str(path)]
    assert own
    assert [problem for rule in own for problem in failures(rule, with_it)] == []


@pytest.mark.parametrize(("rules", "asked", "quoted"), answers(), ids=[asked["text"] for _, asked, _ in answers()])
def test_quoted_answers(rules, asked, quoted, tmp_path, annotator):
    if asked["own"]:
        path = tmp_path / "mes-regles.yaml"
        path.write_text(rules, encoding="utf-8")
        annotator = beside(annotator, [path])
    assert quoted in [outcome.why for outcome in why_not(annotator, asked["text"], asked["what"]).outcomes]


def test_the_tutorial_asks_and_answers():
    assert len(answers()) == 4


def test_the_page_of_functions_is_current():
    page = runpy.run_path(str(DOCS / "functions.py"))["page"]()
    assert (DOCS / "functions.md").read_text(encoding="utf-8") == page, "run: python docs/functions.py"

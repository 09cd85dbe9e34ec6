"""What pages say of Ressenti in words, in French for coaches above all, is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import ressenti
from ressenti.graph.patterns.felt import Telling
from ressenti.ontology.emotions import load_emotions
from ressenti.review.page.questions import questions
from ressenti.review.page.wording import Texts

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
STATUS = {"affirmed": "", "negated": " (émotion niée)", "hypothetical": " (émotion possible)"}


def part(page: str, heading: str) -> str:
    text = (DOCS / page).read_text(encoding="utf-8").replace("\u00a0", " ").replace("\u202f", " ")
    return text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of a table, without its head."""
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")][2:]


def label(emotion: str) -> str:
    return load_emotions()[emotion].labels["fr"]


@pytest.mark.parametrize("row", rows(part("ce-que-l-outil-ne-voit-pas.md", "Des exemples")), ids=lambda row: row[0][:20])
def test_what_is_read_into_the_examples(row):
    read = ressenti.annotate(row[0])
    assert row[1] == (" ; ".join(label(one.emotion) + STATUS[one.status] for one in read.mentions) or "rien")


def test_what_is_marked_in_the_first_account():
    page = (DOCS / "premier-recit.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```text\n(.*?)\n```", page, re.S)
    read = ressenti.annotate(text)
    found = []
    for mention in read.mentions:
        said = {role.role: text[slice(*role.span)] for role in read.roles if role.mention == mention.id}
        about = f"envers {said['target']}" if "target" in said else f"à cause de {said['cause']}"
        status = ", **niée**" if mention.status == "negated" else ""
        found.append([" ".join(text[a:b] for a, b in mention.cue), label(mention.emotion) + status, said["experiencer"], about])
    assert rows(part("premier-recit.md", "2. Regarder")) == found
    (asked,) = [one.text for one in questions(Telling(read), Texts("fr")) if one.text.startswith("Colère") and one.lacks == "cause"]
    assert asked.replace("\u00a0", " ") in part("premier-recit.md", "2. Regarder")


def scores() -> dict[str, float]:
    """The figures on free-check."""
    table = (DOCS / "scores.md").read_text(encoding="utf-8").split("<!-- table -->")[1].split("<!-- end -->")[0]
    return {row[0]: float(row[-1].split()[0]) for row in rows(table)}


# What each row says in words; the figure that it speaks of; ten times that figure lies from here to there
SAID = [
    ("en voit plus de neuf", "recall:labelled right primary", 9, 10),
    ("en voit quatre ou cinq", "recall:behavioural right primary", 4, 5),
    ("en voit deux", "recall:suggested right primary", 1.5, 2.5),
    ("reconnaît la négation neuf fois", "status:negated", 8.5, 9.5),
    ("le dit bien neuf fois", "matched:experiencer", 8.5, 9.5),
    ("le dit bien huit fois", "matched:cause", 7.5, 8.5),
]


def test_figures_in_plain_words_are_those_of_the_scores():
    assert [words for _, words in rows(part("ce-que-l-outil-ne-voit-pas.md", "Les chiffres en mots simples"))] == [said[0] for said in SAID]
    for words, figure, low, high in SAID:
        assert low <= 10 * scores()[figure] <= high, words


def test_the_figures_page_has_the_figures_of_the_scores():
    names = [said[1] for said in SAID if not said[1].startswith("status")] + ["mention+primary", "mention+emotion"]
    assert [float(row[1]) for row in rows(part("figures.md", "In short"))] == [scores()[name] for name in names]


def test_the_citation_names_what_is_there():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    table = (ROOT / "src/ressenti/ontology/data/ontology.tsv").read_text(encoding="utf-8")
    (tone,) = re.findall(r"^tone\towl:versionInfo\t(\S+)", table, re.M)
    assert (citation["version"], citation["references"][0]["version"]) == (ressenti.__version__, tone)
    provenance = ressenti.annotate("J’ai peur de l’orage.").provenance
    assert (provenance["ressenti"], provenance["ontology"]) == (ressenti.__version__, tone)
    page = (DOCS / "citing.md").read_text(encoding="utf-8")
    assert f"Version {ressenti.__version__}. MIT" in page and page.count(f"Version {tone}. https") == 2

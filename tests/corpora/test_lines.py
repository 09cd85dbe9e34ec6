"""Lines of a page to paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressenti.corpora.lines import join, without_titles

WIDE = "x" * 40 + "."
"""A paragraph by itself, so that the lines that are tried are short or full beside it."""


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["Il y avait tant de souf-", "france en moi"], "Il y avait tant de souffrance en moi"),
        (["Il y avait tant de souf\u00ad", "france en moi"], "Il y avait tant de souffrance en moi"),
        (["Et je me suis dit que peut-", "être il venait"], "Et je me suis dit que peut-être il venait"),
        (["Que fais-tu ici, lui dit-", "elle alors"], "Que fais-tu ici, lui dit-elle alors"),
        (["J’en ai parlé hier à Jean-", "Paul et à sa mère"], "J’en ai parlé hier à Jean-Paul et à sa mère"),
        (["Mon porte-bonheur, ce cher porte-", "bonheur"], "Mon porte-bonheur, ce cher porte-bonheur"),
        (["J’étais encore à Paris en 2010-", "2012 et ici"], "J’étais encore à Paris en 2010- 2012 et ici"),
        (["J’ai vu hier au soir mon cousin", "Paul et sa mère"], "J’ai vu hier au soir mon cousin Paul et sa mère"),
        (["court", "mais il continue"], "court mais il continue"),
        (["Fini.", "Puis un autre"], "Fini.\nPuis un autre"),
        (["Il n’a pas voulu m’écouter du tout,", "– Non, dit-il."], "Il n’a pas voulu m’écouter du tout,\n– Non, dit-il."),
        (["Il n’a pas voulu m’écouter du tout,", "ANNE : Non."], "Il n’a pas voulu m’écouter du tout,\nANNE : Non."),
        (["Il n’a pas voulu m’écouter du tout", "", "et voilà"], "Il n’a pas voulu m’écouter du tout\net voilà"),
    ],
)
def test_a_line_end_is_layout_or_not(lines: list[str], text: str) -> None:
    joined, spans, _ = join([[WIDE, "", *lines]])
    assert joined == f"{WIDE}\n{text}"
    assert [joined[a:b] for a, b, _ in spans] == joined.split("\n")


def test_words_that_were_joined_are_counted() -> None:
    assert join([["Tant de souf-", "france et de peut-", "être"]])[2] == 1


LINES = st.lists(st.lists(st.text("ab-. \u00adÉ:–1", max_size=12), max_size=5), max_size=4)


@given(pages=LINES)
def test_paragraphs_are_the_lines_of_the_text(pages: list[list[str]]) -> None:
    kept, out = without_titles(pages)
    assert sum(map(len, kept)) + out <= sum(map(len, pages))
    text, spans, _ = join(kept)
    assert [text[a:b] for a, b, _ in spans] == (text.split("\n") if text else [])
    assert not text or all(a < b for a, b, _ in spans)

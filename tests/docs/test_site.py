"""The site: what is built of the pages, without a browser."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from markdown_it import MarkdownIt

DOCS = Path(__file__).parent.parent.parent / "docs"
FRENCH = {
    "coachs", "installer", "premier-recit", "les-marques", "page-du-coach", "resume-entretien", "ce-que-l-outil-ne-voit-pas",
    "protection-des-donnees",
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(site):
    return {path.relative_to(site).as_posix(): html.parse(path).getroot() for path in site.rglob("*.html")}


def links(page):
    """What a page refers to: kind of element, and address."""
    return [(node.tag, value) for node, name, value, _ in page.iterlinks() if name in ("href", "src", "srcset", "data", "poster")]


def test_every_link_leads_somewhere(site, pages):
    anchors = {name: {*page.xpath("//@id"), *page.xpath("//a/@name")} for name, page in pages.items()}
    lost = []
    for name, page in pages.items():
        if name == "404.html":  # its links are from the root of a server
            continue
        for _, address in links(page):
            parts = urlsplit(address)
            if parts.scheme in ("http", "https"):
                if not re.fullmatch(r"[\w-]+(\.[\w-]+)+", parts.netloc):
                    lost.append((name, address))
                continue
            target = (site / name).parent / unquote(parts.path) if parts.path else site / name
            to = target.resolve()
            if parts.scheme or not to.is_file():
                lost.append((name, address))
            elif parts.fragment and to.suffix == ".html":
                known = anchors[to.relative_to(site.resolve()).as_posix()]
                if unquote(parts.fragment) not in known | {"__search", "__drawer"}:
                    lost.append((name, address))
    assert lost == []


def test_nothing_comes_from_another_host(site, pages):
    fetched = {(name, tag, address) for name, page in pages.items() for tag, address in links(page) if tag not in ("a", "form")}
    assert fetched
    assert [one for one in fetched if urlsplit(one[2]).scheme or one[2].startswith("//")] == []
    for style in site.rglob("*.css"):
        assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", style.read_text(encoding="utf-8")), style


def test_the_coaches_pages_are_in_french(pages):
    spoken = {name: page.get("lang") for name, page in pages.items()}
    assert {name.removesuffix(".html") for name, language in spoken.items() if language == "fr"} == FRENCH
    assert set(spoken.values()) == {"fr", "en"}
    assert "Rechercher" in html.tostring(pages["coachs.html"], encoding="unicode")


def test_each_picture_says_what_it_shows(pages):
    assert [(name, image.get("src")) for name, page in pages.items() for image in page.iter("img") if image.get("alt") is None] == []
    shown = [image.get("src") for image in pages["gallery.html"].xpath("//article//img")]
    assert sorted(shown) == sorted(path.name for kind in ("*.png", "*.svg") for path in DOCS.glob(kind))


COUNTED = ("h1", "h2", "h3", "h4", "ul", "ol", "li", "table", "tr", "td", "pre", "code", "img", "strong", "em", "blockquote")


def counts(node) -> Counter[str]:
    return Counter(one.tag for one in node.iter() if one.tag in COUNTED)


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.relative_to(DOCS).as_posix())
def test_a_page_is_on_the_site_as_its_source_means_it(page, site, pages):
    """MkDocs reads Markdown in its own way: a list without a line before it, four blanks or two. Elsewhere pages are read as CommonMark."""
    source = re.sub(r"\A---\n.*?\n---\n", "", page.read_text(encoding="utf-8"), flags=re.S)
    source = re.sub(r"</?div.*?>|\{ lang=fr \}", "", source)
    meant = html.fromstring(f"<div>{MarkdownIt('commonmark').enable('table').render(source)}</div>")
    name = page.relative_to(DOCS).with_suffix(".html").as_posix().replace("README.html", "index.html")
    (shown,) = pages[name].xpath("//article")
    assert counts(shown) == counts(meant)

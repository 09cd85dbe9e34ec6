"""The pages say all of the ontology in either language, need nothing from elsewhere, and their drawing can be read."""

from __future__ import annotations

import base64
import re
from collections import Counter
from functools import cache
from hashlib import sha256
from html.parser import HTMLParser
from itertools import combinations, pairwise
from math import atan2, cos, hypot, pi, sin
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree, html
from pyoxigraph import Store

from ressenti.cli.pages import docs
from ressenti.errors import DataError, OutputError
from ressenti.ontology.dependencies import RELATIONS, load_dependencies
from ressenti.ontology.emotions import DATA, LANGUAGES, load_emotions
from ressenti.ontology.mappings import PREDICATES, STATUSES, load_mappings
from ressenti.ontology.pages import colours, drawing, language, pages, write_pages
from ressenti.ontology.pages.build import DOWNLOADS, HERE
from ressenti.ontology.pages.tree import Node, tree
from ressenti.ontology.pages.wheel import Cell, Point, lay_out
from ressenti.ontology.pages.wording import written
from ressenti.ontology.rdf.build import FILES, Tables, quads
from ressenti.ontology.rdf.names import local_name
from ressenti.ontology.rdf.terms import FLAGS, load_terms
from ressenti.ontology.vocabulary import REGIONS, REGISTERS, load_vocabulary
from ressenti.schema import MODES

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(pages())


@pytest.fixture(scope="module", params=LANGUAGES)
def tag(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(files: dict[str, bytes], tag: str) -> html.HtmlElement:
    return html.document_fromstring(files[f"index.{tag}.html"].decode())


@cache
def by_id(page: html.HtmlElement) -> dict[str, html.HtmlElement]:
    return {element.get("id"): element for element in page.xpath("//*[@id]")}


def section(page: html.HtmlElement, name: str) -> html.HtmlElement:
    assert by_id(page)[name].tag == "section"
    return by_id(page)[name]


def said(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_emotion_has_a_section_with_its_labels_and_definition(page: html.HtmlElement, tag: str) -> None:
    other = next(other for other in LANGUAGES if other != tag)
    for key, emotion in load_emotions().items():
        text = section(page, local_name(key)).text_content().replace("\u00a0", " ")
        assert language.capital(emotion.labels[tag]) in text
        assert emotion.labels[other] in text
        assert emotion.definitions[tag] in text
    assert section(page, "SadnessGroup").text_content()


def test_sections_stand_in_the_order_of_the_tree(page: html.HtmlElement) -> None:
    names = [element.get("id") for element in page.xpath("//section[contains(@class, 'emotion ')]")]
    assert names == [node.name for root in tree(load_emotions(), load_terms()) for node in root.walk()]
    assert names.index("Sadness") < names.index("SadnessGroup") < names.index("Depression") < names.index("Disappointment")


def test_every_term_is_there(page: html.HtmlElement, tag: str) -> None:
    for term in load_terms():
        assert language.typeset(term.labels[tag], tag).casefold() in by_id(page)[term.name].text_content().casefold()


def test_links_resolve(page: html.HtmlElement, files: dict[str, bytes]) -> None:
    ids = page.xpath("//@id")
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    made = set(files) | {f"{name}.{ending}" for name in FILES.values() for ending in DOWNLOADS}
    for target in page.xpath("//@href"):
        assert target.removeprefix("#") in ids if target.startswith("#") else target in made or re.match("https?://", target), target
    for target in page.xpath("//@aria-labelledby"):
        assert set(target.split()) <= set(ids)


def test_nothing_comes_from_elsewhere(page: html.HtmlElement, files: dict[str, bytes], tag: str) -> None:
    assert page.xpath("//script | //link | //img | //iframe | //object | //form | //@src | //@style | //@srcset") == []
    assert all(element.tag == "a" for element in page.xpath("//*[starts-with(@href, 'http')]"))
    style = page.xpath("string(//style)")
    assert not re.search(r"url\(|@import|expression", style)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert b"http" not in files[f"tone-tree.{tag}.svg"].replace(b'xmlns="http://www.w3.org/2000/svg"', b"")


class Balance(HTMLParser):
    """Fails where a tag closes what it did not open."""

    VOID = ("meta", "br", "link", "img", "hr", "input")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), self.getpos()
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert "svg" in self.open

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, self.getpos()


def test_well_formed(files: dict[str, bytes], tag: str) -> None:
    parser = Balance()
    parser.feed(files[f"index.{tag}.html"].decode())
    assert parser.open == []
    assert etree.fromstring(files[f"tone-tree.{tag}.svg"]).tag == "{http://www.w3.org/2000/svg}svg"


def test_headings_go_down_step_by_step(page: html.HtmlElement) -> None:
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_language_is_said(page: html.HtmlElement, tag: str) -> None:
    other = next(other for other in LANGUAGES if other != tag)
    assert page.get("lang") == tag
    assert page.xpath("//a[@hreflang]/@href") == [f"index.{other}.html"]
    assert all(element.get("lang") == other for element in page.xpath("//*[@class='elsewhere']"))
    if tag == "fr":
        # French typography: no line begins with one of these
        assert not re.search(r"[^\s:] [;!?»]|« ", page.xpath("string(//main)").replace(page.xpath("string(//pre)"), ""))


def test_same_bytes_twice(files: dict[str, bytes]) -> None:
    assert dict(pages()) == files


def test_dependencies_are_told_from_both_ends(page: html.HtmlElement, tag: str) -> None:
    t = language.words(tag)
    emotions = load_emotions()
    for dependency in load_dependencies():
        first, second = dependency.emotions[:2]
        for one, other in ((first, second), (second, first)):
            row = section(page, local_name(one)).xpath(".//li[a[@href=$href]]", href=f"#{local_name(other)}")
            assert any(t[dependency.status] in item.text_content() for item in row), (one, other)
            assert emotions[other].labels[tag] in row[0].text_content()
        for evidence in dependency.evidence:
            items = section(page, local_name(first)).xpath(".//li/span[@class='evidence']/span[@class='count']/text()")
            assert str(evidence.support) in items


def test_values_and_whence_they_come(page: html.HtmlElement, tag: str) -> None:
    own, inherited = said(section(page, "Joy")), said(section(page, "Relief"))
    assert ("0,81" if tag == "fr" else "0.81") in own
    assert language.words(tag)["inherited"] not in own
    assert f"{language.words(tag)['inherited']} {load_emotions()['joy'].labels[tag]}" in inherited
    assert "−0" in said(section(page, "Sadness"))
    assert section(page, "Love").xpath(".//*[@class='vad']") == []


def test_note_on_words_that_parrott_repeats(page: html.HtmlElement, tag: str) -> None:
    assert language.words(tag)["repeated"] in said(section(page, "Fear"))
    assert section(page, "Sadness").xpath(".//dd[contains(., $text)]/a/@href", text=language.words(tag)["repeated"]) == ["#SadnessGroup"]


def test_alignments(page: html.HtmlElement, tag: str) -> None:
    for mapping in load_mappings():
        owner = by_id(page)[mapping.subject.rpartition("#")[2]]
        assert mapping.object in owner.xpath(".//a/@href")
        assert language.words(tag)[mapping.target_status] in owner.text_content()


def test_french_words_by_mode_and_register(page: html.HtmlElement, tag: str) -> None:
    fear = section(page, "Fear")
    first, second = fear.xpath(".//p[*[@class='mode-name']]")[:2]
    t = language.words(tag)
    assert first.xpath("string(*[@class='mode-name'])") == t["labelled"]
    assert second.xpath("string(*[@class='mode-name'])") == t["behavioural"]
    assert re.search(r", peur,", first.text_content())
    distress = section(page, "Distress").xpath(".//p[*[@class='mode-name']]")[0]
    assert distress.xpath("*[@class='register']/text()")[:2] == [t["standard"], t["familiar"]]
    total = {written(entry) for entry in load_vocabulary() if entry.emotion == "fear" and entry.mode == "labelled"}
    assert len(first.xpath("string()").split(",")) <= 30
    folded = first.getnext()
    assert (folded.tag, folded.xpath("string(summary)")) == ("details", t["more_words"].format(total=len(total)))
    assert len(folded.xpath("string(p)").split(",")) > len(total) - 40


def test_words_that_say_an_emotion_only_negated_are_shown_so() -> None:
    shown = {written(entry) for entry in load_vocabulary() if entry.emotion in ("apprehension", "exasperation", "dislike")}
    assert {"pas rassuré", "ne pas supporter", "ne pas apprécier"} <= shown
    assert not {"rassuré", "supporter", "apprécier"} & shown


def test_terms_as_one_reads_them() -> None:
    terms = {
        entry.term: written(entry) for entry in load_vocabulary() if entry.construction.startswith("pron") or set(entry.term) & set("[/+|")
    }
    assert terms["affoler"] == "s’affoler"
    assert terms["haïr"] == "se haïr"
    assert terms["avoir le [flip]"] == "avoir le flip"
    assert terms["mort de trouille|frousse"] == "mort de trouille/frousse"
    assert not any(set(text) & set("[]|+'") for text in terms.values())


# The drawing


def apart(one: tuple[Point, ...], other: tuple[Point, ...]) -> bool:
    """Whether two rectangles do not overlap: some side of one has all of the other beyond it."""
    for (ax, ay), (bx, by) in (pair for box in (one, other) for pair in pairwise((*box, box[0]))):
        axis = by - ay, ax - bx
        spans = [[x * axis[0] + y * axis[1] for x, y in box] for box in (one, other)]
        if max(spans[0]) <= min(spans[1]) + 1e-9 or max(spans[1]) <= min(spans[0]) + 1e-9:
            return True
    return False


def inside(cell: Cell) -> bool:
    """Whether a label stays in its field (a corner may touch its edge)."""
    for x, y in cell.label.corners():
        angle = (atan2(x, -y) - cell.middle + pi) % (2 * pi) - pi
        beyond = (abs(angle) - (cell.end - cell.start) / 2) * hypot(x, y)
        if beyond > 1.0 or not cell.inner - 1 <= hypot(x, y) <= cell.outer + 1:
            return False
    return True


def many(count: int) -> list[Node]:
    """A tree with long names and as many words under each group."""

    def node(name: str, tier: str, colour: int, parent: Node | None = None) -> Node:
        made = Node(name, tier, colour, {"fr": name}, {"fr": ""}, "", {"fr": name}, None, parent)
        if parent:
            parent.children.append(made)
        return made

    roots = [node(f"Emotion {n}", "primary", n) for n in range(6)]
    for root in roots:
        for n in range(5):
            group = node(f"very long group {n}", "secondary", root.colour, root)
            for m in range(count if n else 0):
                node(f"extraordinarily long word {m}", "tertiary", root.colour, group)
    return roots


@pytest.mark.parametrize("roots", [tree(load_emotions(), load_terms()), many(1), many(12)], ids=["shipped", "few", "many"])
def test_no_label_overlaps_another_or_leaves_its_field(roots: list[Node], tag: str) -> None:
    wheel = lay_out(roots, tag if "en" in roots[0].labels else "fr")
    assert len(wheel.cells) == sum(1 for root in roots for _ in root.walk())
    corners = {index: cell.label.corners() for index, cell in enumerate(wheel.cells)}
    for one, other in combinations(corners, 2):
        assert apart(corners[one], corners[other]), (wheel.cells[one].label, wheel.cells[other].label)
    assert [cell.label.text for cell in wheel.cells if not inside(cell)] == []
    assert all(abs(coordinate) <= wheel.extent for box in corners.values() for point in box for coordinate in point)


def test_no_label_stands_on_its_head(tag: str) -> None:
    for cell in lay_out(tree(load_emotions(), load_terms()), tag).cells:
        assert cos(cell.label.rotation * pi / 180) >= -0.01, cell.label


def test_fields_lie_side_by_side(tag: str) -> None:
    cells = lay_out(tree(load_emotions(), load_terms()), tag).cells
    by_name = {cell.node.name: cell for cell in cells}
    for cell in cells:
        if cell.node.parent:
            above = by_name[cell.node.parent.name]
            assert above.start - 1e-9 <= cell.start < cell.end <= above.end + 1e-9
    for tier in ("primary", "secondary", "tertiary"):
        ring = [cell for cell in cells if cell.node.tier == tier]
        assert all(one.end <= other.start + 1e-9 for one, other in pairwise(ring))
    narrow = by_name["Surprise"].middle
    assert (sin(narrow), cos(narrow)) == pytest.approx((1, 0))


def test_drawing_links_to_the_sections_and_is_described(page: html.HtmlElement, tag: str) -> None:
    (svg,) = page.xpath("//figure/*[local-name()='svg']")
    assert {a.get("href") for a in svg.iter("{*}a", "a")} == {
        f"#{n.name}" for root in tree(load_emotions(), load_terms()) for n in root.walk()
    }
    assert svg.xpath("string(*[local-name()='title'])") == language.words(tag)["drawing_title"]
    assert load_emotions()["horror"].labels[tag] in svg.xpath("string(*[local-name()='desc'])")


def test_drawing_in_the_docs_is_current() -> None:
    fresh = drawing("en")
    assert (ROOT / "docs/tone-tree.svg").read_bytes() == fresh, (
        "run `ressenti ontology docs -o X` and copy X/tone-tree.en.svg to docs/tone-tree.svg"
    )


@pytest.mark.parametrize("colour", colours.PALETTE)
def test_contrast(colour: colours.Colour) -> None:
    assert colours.contrast(colour.fill, colour.on) >= 4.5
    assert colours.contrast(colour.ink, colours.PAPER) >= 4.5
    assert colours.contrast(colour.dark_ink, colours.DARK_PAPER) >= 4.5


def test_contrast_of_the_style_sheet() -> None:
    style = (HERE / "templates/style.css").read_text()
    light, dark = (dict(re.findall(r"--(quiet|panel|link):(#\w+)", block)) for block in re.findall(r":root\{([^}]*)\}", style)[:2])
    for found, paper, ink in ((light, colours.PAPER, colours.INK), (dark, colours.DARK_PAPER, colours.DARK_INK)):
        for ground in (paper, found["panel"]):
            assert all(colours.contrast(ground, front) >= 4.5 for front in (found["quiet"], found["link"], ink))


# Tables of one's own


def changed(folder: Path, name: str, old: str, new: str) -> Tables:
    text = (DATA / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return Tables(folder)


HOSTILE = '<script>alert("1")</script><img src=x onerror=alert(1)>" onmouseover="alert(1)'


@pytest.mark.parametrize(
    ("name", "old"),
    [
        ("emotions.tsv", "hantise"),
        ("emotions.tsv", "Attachement profond"),
        ("terms.tsv", "émotion agréable"),
        ("ontology.tsv", "TONE\u00a0: une ontologie"),
        ("mappings.sssom.tsv", "companionate love"),
        ("vocabulary_fr.tsv", "pétoche"),
    ],
)
def test_hostile_text_stays_text(tmp_path: Path, name: str, old: str) -> None:
    hostile = HOSTILE.replace('"', "") if name.endswith("sssom.tsv") else HOSTILE
    made = dict(pages(["fr"], changed(tmp_path, name, old, hostile)))
    page = html.document_fromstring(made["index.fr.html"].decode())
    assert page.xpath("//script | //img | //@onerror | //@onmouseover") == []
    assert "alert" in page.text_content()
    assert etree.fromstring(made["tone-tree.fr.svg"]).xpath("//*[local-name()='script' or local-name()='img']") == []


def test_only_web_addresses_become_links(tmp_path: Path) -> None:
    tables = changed(tmp_path, "mappings.sssom.tsv", "dbr: http://dbpedia.org/resource/", "dbr: 'javascript:alert(1)//'")
    page = html.document_fromstring(dict(pages(["en"], tables))["index.en.html"].decode())
    assert page.xpath("//@href[starts-with(., 'javascript')]") == []


def test_own_tables_show(tmp_path: Path) -> None:
    made = dict(pages(["en"], changed(tmp_path, "emotions.tsv", "\tdread\t", "\tforeboding\t")))
    assert "Foreboding" in made["index.en.html"].decode()
    assert b">foreboding</text>" in made["tone-tree.en.svg"]


def test_bad_table(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"emotions\.tsv:3: .*parent 'nobody'"):
        list(
            write_pages(
                tmp_path / "out", tables=changed(tmp_path, "emotions.tsv", "affection\tsecondary\tlove", "affection\tsecondary\tnobody")
            )
        )
    assert not (tmp_path / "out").exists()


def test_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError):
        list(write_pages(tmp_path / "file"))


def test_command(tmp_path: Path) -> None:
    result = CliRunner().invoke(docs, ["-o", str(tmp_path), "--lang", "fr"])
    assert result.exit_code == 0
    assert result.output.split() == [str(tmp_path / "index.fr.html"), str(tmp_path / "tone-tree.fr.svg")]
    alone = html.document_fromstring((tmp_path / "index.fr.html").read_text(encoding="utf-8"))
    assert alone.xpath("//@hreflang") == []  # there is no other page to lead to
    assert CliRunner().invoke(docs, ["--tables", str(tmp_path / "none")]).exit_code == 3


def test_the_query_on_the_page_has_an_answer(files: dict[str, bytes]) -> None:
    query = html.document_fromstring(files["index.fr.html"].decode()).xpath("string(//pre)")
    store = Store()
    store.bulk_extend(quads())
    found = [row["word"].value for row in store.query(query, use_default_graph_as_union=True)]  # type: ignore[union-attr]
    assert "peur bleue" in found
    assert "terreur" in found


def test_page_words_are_all_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (*HERE.glob("templates/*"), *HERE.glob("*.py")))
    values = {*MODES, *REGISTERS, *REGIONS, *FLAGS, *STATUSES, *(predicate.removeprefix("skos:") for predicate in PREDICATES)}
    values |= {f"relation_{name}" for name in RELATIONS} | {f"file_{name}" for name in FILES.values()}
    values |= {"children_primary", "children_secondary"}
    for key in language.words("fr").keys() - values:
        assert re.search(rf"\bt\.{key}\b|[\"']{key}[\"']", source), key
    assert values - {""} <= language.words("fr").keys()

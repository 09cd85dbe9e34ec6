"""Pictures: everything is there, nothing covers anything, and it can be read without its colours."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import sys
from itertools import combinations, pairwise

import networkx as nx
import pytest
from lxml import etree

from graph.accounts import EMPTY, annotated, everything, odd
from ressenti.errors import RessentiError
from ressenti.graph.drawing.corpus import EMOTIONS, corpus_svg
from ressenti.graph.drawing.geometry import Rect, route
from ressenti.graph.drawing.layout import lay_out
from ressenti.graph.drawing.legend import DASHES
from ressenti.graph.drawing.narrative import _labels, _routes, narrative_svg
from ressenti.graph.drawing.png import png
from ressenti.graph.drawing.scene import ABOUT, scene
from ressenti.graph.drawing.words import width, wrap
from ressenti.graph.merge import corpus_graph
from ressenti.graph.model import narrative_graph
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import Entity, Mention, Narrative, Role

SVG = "{http://www.w3.org/2000/svg}"
SIZES = (1, 2, 3, 5, 9, 14, 25)


def made(number: int) -> Narrative:
    """A narrative with so many emotions, each with a cause in words, every third felt by somebody else."""
    emotions, words = load_emotions(), "le jour où tout le monde est parti sans prévenir personne et sans se retourner"
    text, mentions, roles = "je elle ", [], []
    keys = [key for key, emotion in emotions.items() if emotion.tier != "primary"][::3][:number]
    for n, key in enumerate(keys, 1):
        at, cue = len(text), "émotion"
        text += f"{cue} {words} {n}. "
        status, intensity = ("affirmed", "negated", "affirmed", "hypothetical")[n % 4], ("low", "medium", "high")[n % 3]
        mentions.append(
            Mention(n, ((at, at + len(cue)),), key, emotions.secondary(key), emotions.primary(key), "labelled", status, intensity, 0.9, "r")
        )
        who, span = ("E1", (3, 7)) if n % 3 == 0 else ("NARRATOR", (0, 2))
        roles += [Role(n, "experiencer", span, who, "r"), Role(n, "cause", (at + 8, at + 8 + len(words)), None, "r")]
    return Narrative(
        f"n{number}", text, (), mentions, roles, [Entity("NARRATOR", "narratrice", ((0, 2),)), Entity("E1", "elle", ((3, 7),))]
    )


NARRATIVES = {n.id: n for n in [*everything(), *map(made, SIZES)]}


@pytest.fixture(scope="module")
def graphs():
    return {id_: narrative_graph(narrative) for id_, narrative in NARRATIVES.items()}


@pytest.mark.parametrize("id_", NARRATIVES)
def test_nothing_covers_anything(graphs, id_):
    drawn = scene(graphs[id_], "fr")
    lay_out(drawn)
    boxes = [box.rect for box in drawn.boxes.values()]
    labels = _labels(drawn, _routes(drawn))
    assert not any(one.overlaps(other) for one, other in combinations([*boxes, *labels.values()], 2))
    about = [n for n, link in enumerate(drawn.links) if link.kind in ABOUT]
    assert len(set(about) & set(labels)) >= 0.8 * len(about)


def test_a_line_goes_round_what_stands_between_its_ends():
    start, end, far = (Rect(x, y, w, 40) for x, y, w in ((0, 0, 100), (340, 0, 100), (170, 300, 60)))
    for between in (Rect(170, 0, 120, 44), Rect(170, 10, 150, 90), Rect(150, -5, 60, 160), Rect(170, 0, 100, 220)):
        curve = route(start, end, [between, far], [])
        assert not any(between.holds((float(x), float(y))) for x, y in curve.points)


@pytest.mark.parametrize("id_", ["orage", "n9", "n25"])
def test_the_narrators_emotions_stand_around_her_clockwise_as_they_are_told(graphs, id_):
    drawn = scene(graphs[id_], "fr")
    lay_out(drawn)
    middle = next(box for box in drawn.boxes.values() if box.kind == "narrator").rect
    assert (middle.x, middle.y) == (0, 0)
    hers = [drawn.boxes[link.end] for link in drawn.links if link.kind == "feels" and drawn.boxes[link.start].kind == "narrator"]
    turns = [math.atan2(box.rect.x, -box.rect.y) % (2 * math.pi) for box in sorted(hers, key=lambda box: box.first)]
    turns = [(turn - turns[0] + 0.3) % (2 * math.pi) for turn in turns]
    assert all(one < other for one, other in pairwise(turns))
    far = max(math.hypot(box.rect.x, box.rect.y) for box in hers)
    others = [box for box in drawn.boxes.values() if box.kind == "event"]
    assert all(math.hypot(box.rect.x, box.rect.y) > 0.6 * far for box in others)


SAID = [
    ("je l’ai appelée « docteur »", "« je l’ai appelée “docteur” »"),
    ("« va-t’en »", "« va-t’en »"),
    ("il a crié « va-t’en", "« il a crié “va-t’en »"),
    ("« oui » puis « non »", "« “oui” puis “non” »"),
]


@pytest.mark.parametrize(("words", "drawn"), SAID)
def test_quotation_marks_within_others_are_inner_ones(words, drawn):
    text = f"J’ai peur : {words}."
    mention = Mention(1, ((5, 9),), "fear", None, "fear", "labelled", "affirmed", "medium", 0.9, "r")
    found = Narrative("a", text, (), [mention], [Role(1, "cause", (12, 12 + len(words)), None, "r")])
    (box,) = [box for box in scene(narrative_graph(found), "fr").boxes.values() if box.kind == "event"]
    assert " ".join(box.lines).replace("\u00a0", " ") == drawn


@pytest.mark.parametrize("id_", NARRATIVES)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_of_a_graph_is_marked_and_said_in_words(graphs, id_, language):
    graph = graphs[id_]
    root = etree.fromstring(narrative_svg(graph, language).encode())
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids)) and root.get("lang") == language
    shown = {group.get("data-node"): group for group in root.iter(f"{SVG}g") if group.get("data-node")}
    assert len(shown) == sum(1 for _, data in graph.nodes(data=True) if data["kind"] != "component")
    for node, data in graph.nodes(data=True):
        if data["kind"] == "emotion":
            said = " ".join(t.text for t in shown[node].iter(f"{SVG}tspan"))
            emotion, primary = (load_emotions()[key].labels[language] for key in (data["emotion"], data["primary"]))
            assert emotion in said and primary in said and shown[node].get("data-mention")
    edges = {id_ for group in root.iter(f"{SVG}g") for id_ in (group.get("data-edge") or "").split()}
    drawn = [
        1
        for *_, data in graph.edges(data=True)
        if data["kind"] != "part of" and not (data["kind"] == "opposes" and data["source"] == "ontology")
    ]
    assert len(edges) == len(drawn)
    assert root.find(f"{SVG}title").text and root.find(f"{SVG}desc").text
    assert not {"script", "image", "style", "foreignObject"} & {etree.QName(element).localname for element in root.iter()}


def test_an_emotion_of_nobody_with_nothing_about_it_says_its_mentions():
    cues = [((0, 4),), ((9, 13),)]
    mentions = [
        Mention(n, cue, "fear", None, "fear", "labelled", "affirmed", "medium", 0.9, "r") for n, cue in zip((3, 7), cues, strict=True)
    ]
    graph = narrative_graph(Narrative("n", "Peur, et peur.", (), mentions))
    picture = etree.fromstring(narrative_svg(graph).encode())
    assert [node.get("data-mention") for node in picture.iter(f"{SVG}g") if node.get("data-node")] == ["3 7"]


def test_what_is_denied_is_told_by_line_and_word(graphs):
    root = etree.fromstring(narrative_svg(graphs["depart"]).encode())
    denied = next(group for group in root.iter(f"{SVG}g") if "jealousy" in group.get("data-node", ""))
    assert denied.find(f"{SVG}rect").get("stroke-dasharray") and "négation" in denied.get("aria-label")
    line = next(group for group in root.iter(f"{SVG}g") if group.get("class") == "edge feels" and group.get("data-status") == "negated")
    assert line.find(f"{SVG}path").get("stroke-dasharray")
    assert "ressent (négation)" in etree.tostring(root, encoding="unicode")


def test_how_an_emotion_of_nobody_is_told_is_drawn():
    told = [("negated", "high"), ("hypothetical", "low"), ("affirmed", "medium")]
    keys = ("fear", "anger", "joy")
    mentions = [
        Mention(n, ((3 * n, 3 * n + 2),), key, None, key, "labelled", *said, 0.9, "r")
        for n, (key, said) in enumerate(zip(keys, told, strict=True), 1)
    ]
    root = etree.fromstring(narrative_svg(narrative_graph(Narrative("n", "mots " * 5, (), mentions))).encode())
    boxes = {group.get("data-node"): group for group in root.iter(f"{SVG}g") if group.get("data-node")}
    dashes = [boxes[f"emotion:{key}:"].find(f"{SVG}rect").get("stroke-dasharray") for key in keys]
    assert dashes == [DASHES["negated"], DASHES["hypothetical"], None]
    said = [boxes[f"emotion:{key}:"].get("aria-label") for key in keys]
    assert said == ["peur (négation · forte)", "colère (hypothèse · faible)", "joie"]
    legend_ = [text.text for text in root.iter(f"{SVG}tspan")]
    assert {"négation", "hypothèse"} <= set(legend_)
    assert root.find(f"{SVG}desc").text == "peur (négation). colère (hypothèse). joie."


def test_words_are_escaped_and_cut():
    svg = narrative_svg(narrative_graph(odd()))
    assert "<b>" not in svg and "Élodie &amp; Cie" in svg and "\x07" not in svg
    long = narrative_svg(narrative_graph(made(2)))
    assert "…\u00a0»</tspan>" in long


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", [""]), ("mon père", ["mon père"]), ("un deux trois quatre cinq six sept", ["un deux trois", "quatre cinq …"]), ("a" * 60, None)],
)
def test_wrapping(text, lines):
    found = wrap(text, 10, 90, 2)
    assert all(width(line, 10) <= 90 for line in found) and len(found) <= 2
    assert lines is None or list(found) == lines


def test_the_same_graph_gives_the_same_bytes(graphs):
    code = (
        "import json, sys; from ressenti.schema import Narrative; from ressenti.graph.model import narrative_graph\n"
        "from ressenti.graph.drawing.narrative import narrative_svg; narrative = Narrative.from_dict(json.load(sys.stdin))\n"
        "sys.stdout.buffer.write(narrative_svg(narrative_graph(narrative)).encode())"
    )
    given = made(9).to_json().encode()
    other = subprocess.run([sys.executable, "-c", code], input=given, capture_output=True, check=True, env={"PYTHONHASHSEED": "7"}).stdout
    assert other.decode() == narrative_svg(graphs["n9"])


def test_png_is_what_the_svg_says(graphs):
    for graph in (graphs["orage"], graphs[odd().id], graphs[EMPTY.id]):
        svg = narrative_svg(graph)
        data = png(svg, 2.0)
        wide, high = (int(found) for found in re.search(r' width="(\d+)" height="(\d+)"', svg).groups())
        size = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
        assert data.startswith(b"\x89PNG") and abs(size[0] - 2 * wide) <= 1 and abs(size[1] - 2 * high) <= 1
    assert int.from_bytes(png(svg, 1000.0)[16:20], "big") <= 8_000
    broken = '<svg xmlns="http://www.w3.org/2000/svg" width="400.5" height="10"><rect width="1" height="1"/></svg>'
    assert int.from_bytes(png(broken, 1000.0)[16:20], "big") <= 8_000


def test_png_without_a_renderer_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(RessentiError, match=r"ressenti\[graph\]"):
        png('<svg width="1" height="1"/>')


CHECK = """
<script>
const bad = [];
for (const node of document.querySelectorAll('g.node')) {
  const box = node.querySelector('rect, polygon, circle').getBBox();
  for (const text of node.querySelectorAll('tspan')) {
    const wide = text.getComputedTextLength();
    if (wide > box.width && !node.querySelector('circle')) bad.push(node.id + ' ' + wide + ' > ' + box.width);
  }
}
document.title = document.querySelectorAll('g.node').length + ' nodes, too broad: ' + bad.join(';');
</script>"""


@pytest.mark.skipif(not shutil.which("chromium"), reason="no chromium")
def test_a_browsers_fonts_fit_their_boxes(graphs, tmp_path):
    page = tmp_path / "page.html"
    svg = "".join(narrative_svg(graphs[id_]) for id_ in ("orage", "chien", "n25"))
    page.write_text(f"<!doctype html><meta charset=utf-8><body>{svg}{CHECK}", encoding="utf-8")
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, timeout=120, check=True,
    )  # fmt: skip
    title = re.findall(r"<title>(.*?)</title>", done.stdout)
    number = sum(1 for id_ in ("orage", "chien", "n25") for _, data in graphs[id_].nodes(data=True) if data["kind"] != "component")
    assert f"{number} nodes, too broad: " in title


def test_a_corpus_shows_its_most_frequent_emotions():
    graph = corpus_graph([*NARRATIVES.values()])
    root = etree.fromstring(corpus_svg(graph, "en", least=1).encode())
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    shown = {group.get("data-node"): int(group.get("data-count")) for group in root.iter(f"{SVG}g") if group.get("data-node")}
    counts = {node: data["count"] for node, data in graph.nodes(data=True) if data["kind"] == "emotion" and data["count"]}
    assert len(shown) == min(EMOTIONS, len(counts)) and all(counts[node] == count for node, count in shown.items())
    assert min(shown.values()) >= max((count for node, count in counts.items() if node not in shown), default=0)
    radii = {group.get("data-node"): float(group.find(f"{SVG}circle").get("r")) for group in root.iter(f"{SVG}g") if group.get("data-node")}
    assert max(radii, key=radii.get) in [node for node, count in shown.items() if count == max(shown.values())]
    circles = [(float(c.get("cx")), float(c.get("cy")), float(c.get("r"))) for c in root.iter(f"{SVG}circle")]
    assert all(math.hypot(a - x, b - y) >= r + s - 1 for (a, b, r), (x, y, s) in combinations(circles, 2))
    assert "other emotions" in etree.tostring(root, encoding="unicode") or len(counts) <= EMOTIONS


def test_a_corpus_tells_how_often_an_emotion_is_not_felt():
    root = etree.fromstring(corpus_svg(corpus_graph([*map(narrative, ("depart", "depart2"))])).encode())
    discs = {group.get("data-node"): group for group in root.iter(f"{SVG}g") if group.get("data-node")}
    jealousy, sadness = (discs[f"emotion:{key}"] for key in ("jealousy", "sadness"))
    assert jealousy.get("aria-label") == "jalousie: 2 (négation × 2)" and "(" not in sadness.get("aria-label")
    dashes = [disc.find(f"{SVG}circle").get("stroke-dasharray") for disc in (jealousy, sadness)]
    assert dashes == [DASHES["negated"], None]


def narrative(id_):
    """An annotated narrative, under a name of its own."""
    one = NARRATIVES[id_.rstrip("2")]
    return Narrative(id_, one.text, one.components, one.mentions, one.roles, one.entities)


def test_a_corpus_draws_what_is_told_often_enough():
    graph = corpus_graph([*annotated(), *annotated()][:3])
    all_, some = (len(etree.fromstring(corpus_svg(graph, least=n).encode()).xpath("//*[starts-with(@class, 'edge')]")) for n in (1, 2))
    assert all_ > some
    assert nx.number_of_nodes(corpus_graph([EMPTY], ontology=False)) == 1 and "Aucune" in corpus_svg(corpus_graph([EMPTY]))

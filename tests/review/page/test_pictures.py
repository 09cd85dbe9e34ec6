"""Pictures that follow the decisions: what the page draws is what Python draws of the narrative with the decisions in it."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree
from selenium.webdriver.common.keys import Keys

from ressenti.graph.drawing.narrative import narrative_svg
from ressenti.graph.model import narrative_graph
from ressenti.graph.trajectory.chart import trajectories_svg
from ressenti.graph.trajectory.series import series
from ressenti.ontology.emotions import load_emotions
from ressenti.review.decisions.apply import apply
from ressenti.review.decisions.model import text_sha256
from ressenti.review.decisions.read import read
from ressenti.review.page.pictures import METHOD
from ressenti.schema import Entity, Mention, Narrative, Role
from review.browser import faults
from review.page.coach import Coach, examples
from review.page.test_page import many

SVG = {"s": "http://www.w3.org/2000/svg"}
GRAPH = """
  const shown = (part) => !part.classList.contains('gone') && !part.classList.contains('over');
  const parts = (selector) => [...document.querySelectorAll(selector)].filter(shown);
  return [parts('#graph g.node').map((part) => [part.dataset.node, part.getAttribute('aria-label'), part.dataset.status || null]).sort(),
          parts('#graph g.edge').map((part) => [part.dataset.kind, part.getAttribute('aria-label'), part.dataset.status]).sort(),
          document.querySelector('#graph desc').textContent]"""
COURSE = """
  const paths = [...document.querySelectorAll('#trajectory .told > path.valence, #trajectory .told > path.arousal')];
  const dots = [...document.querySelectorAll('#trajectory .told > g circle')].map((dot) =>
    ['cx', 'cy', 'r'].map((key) => dot.getAttribute(key)).join(' '));
  return [paths.map((path) => path.getAttribute('d')), dots, document.querySelector('#trajectory desc').textContent]"""


def decided(narrative):
    """Decisions of each kind that can be made on a narrative, as a file holds them."""
    first, second, *more = narrative.mentions
    named = {role.mention for role in narrative.roles}
    made = []

    def of(mention):
        return {"mention": mention.id, "cue": [list(piece) for piece in mention.cue], "emotion": mention.emotion}

    def decide(about, action, was=None, value=None):
        time = (datetime(2026, 11, 26, 10, tzinfo=UTC) + timedelta(seconds=len(made))).isoformat()
        made.append(
            {key: item for key, item in {"time": time, "about": about, "action": action, "was": was, "value": value}.items() if item}
        )

    decide("mention", "reject", of(first))
    decide("mention", "change", of(second), {"emotion": "panic", "intensity": "high", "status": "hypothetical"})
    for mention in more[:1]:
        decide("mention", "change", of(mention), {"emotion": "joy"})
    role = next((role for role in narrative.roles if role.mention > 3), None)
    if role is not None:
        was = of(narrative.mentions[role.mention - 1]) | {"role": role.role, "span": list(role.span), "entity": role.entity}
        decide("role", "reject", was)
    number = max(mention.id for mention in narrative.mentions) + 1
    words = re.search(r"\w+(?=\W*$)", narrative.text)
    added = {"mention": number, "cue": [list(words.span())], "emotion": "surprise"}  # another family than what may stand there
    decide("mention", "add", None, {**added, "mode": "labelled", "status": "affirmed", "intensity": "low"})
    decide("role", "add", None, {**added, "role": "experiencer", "span": [0, 2], "entity": "NARRATOR" if named else None})
    decide("role", "add", None, {**added, "role": "cause", "span": [0, 9], "entity": None})
    people = [entity for entity in narrative.entities if entity.id != "NARRATOR"]
    if people:
        was = {"entity": people[0].id, "mentions": [list(span) for span in people[0].mentions]}
        decide("entity", "change", was, {"label": "Dominique de Saint-Germain"})
    if len(people) > 1:
        value = {
            "entity": "NARRATOR",
            "mentions": [list(span) for entity in narrative.entities if entity.id == "NARRATOR" for span in entity.mentions],
        }
        decide("entity", "join", {"entity": people[1].id, "mentions": [list(span) for span in people[1].mentions]}, value)
    return {
        "id": narrative.id, "text_sha256": text_sha256(narrative.text), "length": len(narrative.text), "decisions": made,
        "entities": {entity.id: [list(span) for span in entity.mentions] for entity in narrative.entities},
    }  # fmt: skip


def drawn(narrative):
    """What Python draws of a narrative: boxes and lines; the line of the course, its points, and what is said of it."""
    graph = etree.fromstring(narrative_svg(narrative_graph(narrative)).encode())
    said = re.compile("[()]")
    nodes = [
        [node.get("data-node"), said.sub("", node.get("aria-label")), node.get("data-status")]
        for node in graph.xpath("//s:g[contains(@class, 'node')]", namespaces=SVG)
    ]
    lines = [
        [line.get("data-kind"), said.sub("", line.get("aria-label")), line.get("data-status")]
        for line in graph.xpath("//s:g[starts-with(@class, 'edge')]", namespaces=SVG)
    ]
    course = etree.fromstring(trajectories_svg([series(narrative, "NARRATOR", METHOD)], "fr", "x").encode())
    paths = [course.xpath(f"string(//s:path[@id='x-1-{name}']/@d)", namespaces=SVG) for name in ("valence", "arousal")]
    dots = [" ".join(dot.get(key) for key in ("cx", "cy", "r")) for dot in course.xpath("//s:g[@data-mention]//s:circle", namespaces=SVG)]
    told = graph.xpath("string(//s:desc)", namespaces=SVG)
    return [
        [sorted(nodes), sorted(lines), told],
        [[path for path in paths if path], dots, course.xpath("string(//s:desc)", namespaces=SVG)],
    ]


def nobodys():
    """Emotions that nobody is said to feel, told in every way, some by several mentions; one is about something."""
    text = "Peur ? Peur. Colère, colère ! Honte, honte. Joie. Surprise. Tristesse de « tout » et « rien »."
    told = [
        ("fear", "hypothetical", "high"), ("fear", "affirmed", "low"), ("anger", "negated", "high"), ("anger", "hypothetical", "medium"),
        ("shame", "negated", "low"), ("shame", "negated", "high"), ("joy", "negated", "medium"), ("surprise", "affirmed", "high"),
        ("sadness", "negated", "medium"),
    ]  # fmt: skip
    cues = [found.span() for found in re.finditer(r"\w+", text)]
    mentions = [
        Mention(n, (cue,), emotion, None, load_emotions().primary(emotion), "labelled", status, intensity, 0.9, "rule:act")
        for n, (cue, (emotion, status, intensity)) in enumerate(zip(cues, told, strict=False), 1)
    ]
    about = Role(9, "cause", (text.index("«"), len(text) - 1), None, "rule:act")
    return Narrative("nobodys", text, (), mentions, [about], [Entity("NARRATOR", "narrateur", ((0, 4),))])


def numbers(texts):
    return [float(number) for text in texts for number in re.findall(r"-?[\d.]+", text)]


@pytest.mark.parametrize("narrative", [*examples(), nobodys()], ids=lambda narrative: narrative.id)
def test_the_page_draws_what_python_draws_of_the_decided_narrative(driver, tmp_path, narrative):
    file = tmp_path / "decisions.json"
    content = {"format": "ressenti-decisions", "version": 1, "reviewer": "Anne", "narratives": [decided(narrative)]}
    file.write_text(json.dumps(content), encoding="utf-8")
    after = apply(narrative, read(file))
    assert {outcome.outcome for outcome in after.outcomes} == {"done"}
    coach = Coach.at(driver, tmp_path, [narrative])
    before = driver.execute_script(GRAPH)
    assert before == drawn(narrative)[0]
    coach.one("#file").send_keys(str(file))
    coach.wait("return document.getElementById('status').textContent.startsWith('Décisions reprises')")
    graph, course = drawn(after.narrative)
    for mine, other in zip(driver.execute_script(GRAPH), graph, strict=True):
        assert mine == other
    line, dots, said = driver.execute_script(COURSE)
    assert said == course[2]
    for mine, other in ((line, course[0]), (dots, course[1])):
        assert numbers(mine) == pytest.approx(numbers(other), abs=0.11)  # tenths, which the two round otherwise
    while coach.status != "Rien à annuler":
        driver.execute_script("document.getElementById('undo').click()")
    assert driver.execute_script(GRAPH) == before


def parts(coach, selector):
    return [part for part in coach.all(selector) if part.is_displayed() and "gone" not in part.get_attribute("class")]


@pytest.mark.parametrize("by", ["mouse", "keys"])
def test_pictures_follow_each_decision(driver, tmp_path, by):
    coach = Coach.at(driver, tmp_path, examples("train"))
    undo = (lambda: coach.click("#undo")) if by == "mouse" else (lambda: coach.hold(Keys.CONTROL, "z"))
    shame, sorrow = (f'#graph .node[data-node="emotion:{key}:E1"]' for key in ("shame", "sorrow"))
    place = coach.one(sorrow).rect
    if by == "mouse":
        coach.choose(4)
        coach.click('#detail [data-key="reject"]')
    else:
        coach.press("n", "n", "n", "n", "r")
    assert not parts(coach, sorrow) and parts(coach, shame)
    assert not coach.all('#trajectory [data-mention="4"]')
    undo()
    assert parts(coach, sorrow) and coach.all('#trajectory [data-mention="4"]')
    if by == "mouse":
        coach.click('#detail [data-key="emotion"]')
    else:
        coach.press("e")
    coach.search("terreur")
    terror = '#graph .node[data-node="emotion:terror:E1"]'
    assert not coach.one(sorrow).is_displayed() and "terreur" in coach.one(terror).text
    moved = coach.one(terror).rect
    assert abs(moved["x"] + moved["width"] / 2 - place["x"] - place["width"] / 2) < 12  # it has the place of what it was
    coach.one("body").send_keys(Keys.ESCAPE)
    if by == "mouse":
        coach.click(terror)
    else:
        coach.one(terror).send_keys(Keys.ENTER)
    assert coach.one("#text .chosen").text == "pleurait" and "lit" in coach.one(terror).get_attribute("class")
    undo()
    assert not coach.all(terror) and parts(coach, sorrow)


def test_the_first_emotion_of_an_account_is_drawn(driver, tmp_path, axe):
    coach = Coach.at(driver, tmp_path, [Narrative("un", "J’ai vu le loup. Il est parti.")])
    assert "Aucune émotion" in coach.one("#graph svg").text
    coach.select("vu le loup")
    coach.click('#menu [data-what="mention"]')
    coach.search("peur")
    assert "Aucune émotion" not in coach.one("#graph svg").text
    coach.click('#graph .node.emotion[data-mention="1"]')
    coach.select("le loup")
    coach.click('#menu [data-what="cause"]')
    assert [part.get_attribute("aria-label") for part in coach.all("#graph .edge")] == ["«\u00a0le loup\u00a0» — cause — peur"]
    assert len(coach.all("#trajectory .told > g")) == 1
    assert faults(driver, axe) == []
    while coach.status != "Rien à annuler":
        coach.click("#undo")
    assert "Aucune émotion" in coach.one("#graph svg").text


def test_a_long_account_has_a_picture_that_takes_emotions_together(driver, tmp_path, axe):
    coach = Coach.at(driver, tmp_path, [*many(1, 130), *examples("train")])
    assert "regroupe" in coach.one("#picture-note").text and coach.one("#graph .node.emotion").text.startswith("peur × 130")
    coach.press("n")
    assert coach.all("#graph .node.emotion.lit")
    coach.press("r")  # nothing is drawn into it
    assert not coach.all("#graph .gone") and len(coach.decisions()) == 1
    assert faults(driver, axe) == []
    coach.click("#next")
    assert "suivent" in coach.one("#picture-note").text and coach.all("#graph .edge")


def test_a_new_box_covers_nothing_and_no_line_passes_under_it(driver, tmp_path):
    coach = Coach.at(driver, tmp_path, examples("carnet"))
    for words in ("porte", "mot", "carnet", "table"):
        if words not in coach.one("#text").text:
            continue
        coach.select(words)
        coach.click('#menu [data-what="mention"]')
        coach.search("surprise" if words == "porte" else "dégoût" if words == "mot" else "jalousie")
    boxes = driver.execute_script("""
      return [...document.querySelectorAll('#graph .node')].filter((node) => !node.matches('.over')).map((node) => {
        const {left, right, top, bottom} = node.querySelector('rect, polygon').getBoundingClientRect();
        return [left, right, top, bottom] })""")
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]

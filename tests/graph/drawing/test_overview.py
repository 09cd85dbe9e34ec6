"""The picture of a long narrative: everything is counted, nothing covers anything, and it says that it takes together."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from lxml import etree

from graph.drawing.test_picture import made
from ressenti.graph.drawing.columns import EMOTIONS, PEOPLE, columns
from ressenti.graph.drawing.geometry import Rect
from ressenti.graph.drawing.overview import MANY, grouped_svg
from ressenti.graph.formats.writers import svg
from ressenti.graph.model import narrative_graph
from ressenti.ontology.emotions import load_emotions
from ressenti.schema import STATUSES, Entity, Mention, Narrative, Role

SVG = "{http://www.w3.org/2000/svg}"
KEYS = [*load_emotions()]


def long(mentions: int, people: int) -> Narrative:
    """Some emotions often, others once; every fifth of nobody, every third because of somebody, every fourth about an event."""
    emotions, text = load_emotions(), "mot " * 4 * (mentions + people)
    found, roles = [], []
    for n in range(1, mentions + 1):
        at = 16 * n - 16
        key = KEYS[(n * n) % 71 if n % 2 else n % 4]
        status, intensity = STATUSES[(n % 7) % 3 if n % 7 < 3 else 0], ("low", "medium", "high")[n % 3]
        found.append(Mention(n, ((at, at + 3),), key, None, emotions.primary(key), "labelled", status, intensity, 0.9, "r"))
        if n % 5:
            roles.append(Role(n, "experiencer", (at + 4, at + 7), f"E{n % people}" if n % 3 else "NARRATOR", "r"))
        if n % 3 == 0:
            roles.append(Role(n, ("cause", "target")[n % 2], (at + 8, at + 11), f"E{n % people}", "r"))
        if n % 4 == 0:
            roles.append(Role(n, "cause", (at + 12, at + 15), None, "r"))
    named = [Entity("NARRATOR", "narratrice", ()), *(Entity(f"E{n}", f"Personne {n} <b>", ()) for n in range(people))]
    return Narrative("long", text, (), found, roles, named)


LONG = {(mentions, people): long(mentions, people) for mentions, people in ((40, 3), (130, 12), (400, 13), (400, 40))}


@pytest.mark.parametrize("size", LONG)
def test_every_mention_is_counted_once(size):
    narrative = LONG[size]
    found = columns(narrative_graph(narrative), "fr")
    assert sum(len(item.mentions) for item in found.what.values()) == size[0]
    told = sum((item.told for item in found.what.values()), Counter())
    assert told == Counter(mention.status for mention in narrative.mentions)
    assert set().union(*(item.mentions for item in found.who.values())) == {mention.id for mention in narrative.mentions}
    assert all(
        sum(len(band.mentions) for band in found.felt if band.emotion == key) == len(item.mentions) for key, item in found.what.items()
    )
    assert len(found.who) <= PEOPLE + 2 and len(found.whom) <= PEOPLE + 1 and len(found.what) <= EMOTIONS + 6
    events = sum((item.events for item in found.what.values()), Counter())
    assert events == Counter({"causes": sum(role.entity is None for role in narrative.roles)})


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("size", LONG)
def test_nothing_covers_anything_and_all_is_said(size, language):
    root = etree.fromstring(grouped_svg(narrative_graph(LONG[size]), language).encode())
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    boxes = [node for node in root.iter(f"{SVG}g") if (node.get("class") or "").startswith("node")]
    assert not any(one.overlaps(other) for one, other in combinations(map(rect, boxes), 2))
    assert {id_ for box in boxes for id_ in box.get("data-mention").split()} == {str(n) for n in range(1, size[0] + 1)}
    count, caption = ("émotions", "regroupées par leur nom") if language == "fr" else ("mentions", "taken together by emotion")
    assert f"{size[0]} {count}, {caption}" in root.find(f"{SVG}desc").text and caption in etree.tostring(root, encoding="unicode")
    assert all(line.get("aria-label") for line in root.iter(f"{SVG}g") if (line.get("class") or "").startswith("edge"))


def rect(node):
    """Around a drawn box."""
    if (box := node.find(f"{SVG}rect")) is not None:
        x, y, w, h = (float(box.get(name)) for name in ("x", "y", "width", "height"))
        return Rect(x + w / 2, y + h / 2, w, h)
    corners = [[float(number) for number in pair.split(",")] for pair in node.find(f"{SVG}polygon").get("points").split()]
    (left, right), (top, bottom) = ((min(side), max(side)) for side in zip(*corners, strict=True))
    return Rect((left + right) / 2, (top + bottom) / 2, right - left, bottom - top)


def test_only_a_long_narrative_is_taken_together():
    few, many = narrative_graph(made(25)), narrative_graph(LONG[400, 40])
    assert len(few) < MANY < len(many)
    assert "regroupées" not in svg(few) and "regroupées" in svg(many)
    assert svg(many) == svg(narrative_graph(long(400, 40)))

"""The pictures: well-formed, whole, with every emotion in them, and rendered by a real renderer."""

from __future__ import annotations

import re
import time
from itertools import combinations, cycle

import pytest
from lxml import etree

from graph.accounts import annotated, everything
from graph.trajectory.made import narrative
from ressenti.graph.drawing.png import png
from ressenti.graph.trajectory.chart import trajectories_svg
from ressenti.graph.trajectory.matrix import transitions_svg
from ressenti.graph.trajectory.series import Method, series
from ressenti.graph.trajectory.transitions import Transitions
from ressenti.ontology.pages.colours import PALETTE, PAPER, contrast
from ressenti.schema import Entity

SVG = {"s": "http://www.w3.org/2000/svg"}


def parsed(svg):
    root = etree.fromstring(svg.encode())
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert root.xpath("s:title/text()", namespaces=SVG) and root.xpath("s:desc/text()", namespaces=SVG)
    assert not root.xpath("//@href | //s:image | //s:script | //s:style", namespaces=SVG)
    return root


def written(root):
    return list(root.xpath("//s:text/text()", namespaces=SVG))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("made", everything(), ids=lambda made: made.id)
def test_every_account_is_drawn(made, language):
    for of in ("NARRATOR", "all"):
        found = series(made, of)
        root = parsed(trajectories_svg([found], language))
        shown = {int(mention) for mention in root.xpath("//@data-mention")}
        assert shown == {felt.mention.id for point in found.points for felt in point.felt}


def test_words_are_in_the_language():
    made = narrative(2, (1, "fear", "N"), (2, "joy", "N", {"status": "negated"}))
    french, english = (written(parsed(trajectories_svg([series(made)], language))) for language in ("fr", "en"))
    assert {"peur", "joie (négation)", "agrément", "agitation", "agréable", "narrateur"} <= set(french)
    assert {"fear", "joy (negated)", "valence", "arousal", "pleasant", "narrator"} <= set(english)


def test_the_narrator_is_named_as_the_narrative_has_it_and_nobody_else_is():
    made = narrative(1, (1, "fear", "N"))
    made.entities[0] = Entity("NARRATOR", "narratrice", ())
    drawn = {of: set(written(parsed(trajectories_svg([series(made, of)], "fr")))) for of in ("NARRATOR", "E1")}
    assert "narratrice" in drawn["NARRATOR"] and "narrateur" not in drawn["NARRATOR"]
    assert "E1" in drawn["E1"] and "Paul" not in drawn["E1"]
    assert "narrator" in written(parsed(trajectories_svg([series(made)], "en")))
    assert "narrateur ou narratrice" in written(parsed(transitions_svg(Transitions("primary"), "NARRATOR", "fr")))[0]


def test_it_is_read_without_colours():
    made = narrative(
        4, (1, "fear", "N"), (2, "joy", "N", {"status": "negated"}), (3, "joy", "N", {"status": "hypothetical"}), (4, "joy", "E1")
    )
    root = parsed(trajectories_svg([series(made)]))
    lines = {path.get("id"): path.get("stroke-dasharray") for path in root.xpath("//s:path[@id]", namespaces=SVG)}
    assert lines == {"trajectory-1-valence": None, "trajectory-1-arousal": "7 4"}
    shapes = [tuple(child.tag.split("}")[1] + ("o" if child.get("fill") == PAPER else "") for child in mark[1:-1]) for mark in marks(root)]
    assert len(set(shapes)) == 4
    assert all(contrast(colour.ink, PAPER) >= 4.5 for colour in PALETTE)


def marks(root):
    return root.xpath("//s:g[@data-mention]", namespaces=SVG)


def boxes(root):
    """Where labels of emotions stand: middle, width as guessed from the characters, height."""
    for text in root.xpath("//s:text[@paint-order]", namespaces=SVG):
        wide = len(text.text) * 5.5
        yield float(text.get("x")) - wide / 2, float(text.get("y")), wide


def test_labels_do_not_cover_each_other():
    crowd = [(n, emotion, "N") for n in range(1, 9) for emotion in ("fear", "panic", "worry")]
    for made in (*annotated(), narrative(8, *crowd)):
        found = list(boxes(parsed(trajectories_svg([series(made)]))))
        assert found
        for (x, y, w), (x2, y2, w2) in combinations(found, 2):
            assert abs(y - y2) >= 12 or x + w <= x2 or x2 + w2 <= x


def test_the_same_emotion_twice_in_a_sentence_is_named_once():
    root = parsed(trajectories_svg([series(narrative(1, (1, "shame", "N"), (1, "shame", "N")))]))
    assert [text for text in written(root) if "honte" in text] == ["honte ×2"]


def test_several_narratives_stand_below_each_other_and_keep_their_ids():
    root = parsed(trajectories_svg([series(narrative(2, (1, "joy", "N"), id=f"<{n}>")) for n in "ab"], name="p7"))
    assert {"p7", "p7-1", "p7-2", "p7-1-m1", "p7-2-m1", "p7-2-valence"} <= set(root.xpath("//@id"))
    assert {"<a>", "<b>"} <= set(written(root))


def test_an_id_that_xml_cannot_hold_is_written_so_that_it_can():
    made = narrative(1, (1, "joy", "N"), id="a\ufffe\ud800\x0bb")
    assert any("�" in text for text in written(parsed(trajectories_svg([series(made)]))))


def test_a_line_is_broken_where_nothing_is_known():
    made = narrative(5, (1, "joy", "N"), (2, "joy", "N"), (5, "fear", "N"))
    root = parsed(trajectories_svg([series(made, method=Method(window=0))]))
    assert re.findall("[ML]", root.xpath("//*[@id='trajectory-1-valence']/@d")[0]) == ["M", "L", "M"]
    assert root.xpath("//*[@id='trajectory-1-valence']/@d")[0].endswith("h0")


def test_a_long_text_has_few_numbers_and_a_narrow_picture():
    crowd = ((n, emotion, "N") for n, emotion in zip(range(1, 3000, 3), cycle(("joy", "fear", "rage", "shame")), strict=False))
    found = series(narrative(3000, *crowd))
    start = time.perf_counter()
    root = parsed(trajectories_svg([found]))
    assert time.perf_counter() - start < 15
    assert float(root.get("width")) < 1400
    assert len([text for text in written(root) if text.isdigit()]) < 50


@pytest.mark.parametrize("tier", ["primary", "secondary", "tertiary"])
def test_the_matrix_has_a_cell_for_each_step(tier):
    found = Transitions(tier)
    for made in everything():
        found.add(made, "all")
    root = parsed(transitions_svg(found, "all"))
    cells = root.xpath("//s:g[@id]/@id", namespaces=SVG)
    assert cells == [f"transitions-{before}-{after}" for before, after, *_ in found.rows()] and cells


def test_a_matrix_of_many_emotions_and_one_of_none():
    found = Transitions("tertiary")
    emotions = ["joy", "fear", "anger", "shame", "guilt", "pride", "relief", "worry", "panic", "rage", "hope", "grief", "pity", "envy"]
    found.add(narrative(1, *((1, emotion, "N") for emotion in emotions)))
    root = parsed(transitions_svg(found, "NARRATOR", "en"))
    assert "%" not in "".join(written(root)) and len(root.xpath("//s:g[@id]", namespaces=SVG)) == 13
    fills = [(cell[1].get("fill"), cell[2].get("fill")) for cell in root.xpath("//s:g[@id]", namespaces=SVG)]
    assert all(contrast(*pair) >= 4.5 for pair in fills)
    assert "aucun passage trouvé" in written(parsed(transitions_svg(Transitions(), "NARRATOR")))


def test_a_renderer_draws_them():
    found = Transitions()
    for made in annotated():
        found.add(made)
    for svg in (trajectories_svg([series(annotated()[0])]), transitions_svg(found, "NARRATOR")):
        picture = png(svg)
        assert picture.startswith(b"\x89PNG") and len(picture) > 10_000

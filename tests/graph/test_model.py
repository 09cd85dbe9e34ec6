"""A narrative as a graph, and many as one."""

from __future__ import annotations

from collections import Counter
from itertools import permutations

import networkx as nx
import pytest

from graph.accounts import EMPTY, annotated, everything, odd
from ressenti.graph.labels import EDGES as EDGE_LABELS
from ressenti.graph.labels import NODES as NODE_LABELS
from ressenti.graph.merge import corpus_graph
from ressenti.graph.model import EDGES, NODES, narrative_graph, opposed, together
from ressenti.schema import INTENSITIES, STATUSES, Mention, Narrative, Role

NARRATIVES = {n.id: n for n in everything()}


def edges(graph, kind):
    return {(start, end) for start, end, data in graph.edges(data=True) if data["kind"] == kind}


@pytest.fixture(scope="module")
def graphs():
    return {id_: narrative_graph(narrative) for id_, narrative in NARRATIVES.items()}


def test_who_feels_what_towards_whom_and_why(graphs):
    graph = graphs["orage"]
    assert ("character:E1", "emotion:fury:E1") in edges(graph, "feels")
    assert ("emotion:fury:E1", "character:NARRATOR") in edges(graph, "directed at")
    event = next(node for node, data in graph.nodes(data=True) if data["label"] == "j’avais menti")
    assert (event, "emotion:fury:E1") in edges(graph, "causes")
    assert ("emotion:anger:E1", "emotion:fear:NARRATOR") in edges(graph, "causes")  # « quand mon père a crié »
    assert graph.nodes["character:NARRATOR"]["narrator"] and not graph.nodes["character:E1"]["narrator"]


def test_the_order_of_what_is_felt_is_each_persons_own(graphs):
    assert edges(graphs["orage"], "before") == {
        ("emotion:fear:NARRATOR", "emotion:shame:NARRATOR"),
        ("emotion:shame:NARRATOR", "emotion:relief:NARRATOR"),
        ("emotion:anger:E1", "emotion:fury:E1"),
    }
    assert not any("jealousy" in node for pair in edges(graphs["depart"], "before") for node in pair)  # denied: no step


def test_what_is_felt_together_is_opposed_once(graphs):
    found = [data for *_, data in graphs["depart"].edges(data=True) if data["kind"] == "opposes" and data["source"] == "ambivalence"]
    assert [(data["mention"], data["other"]) for data in found] == [(2, 3)]
    pair = {"emotion:sadness:NARRATOR", "emotion:happiness:NARRATOR"}
    both_ways = [set(pair_) for pair_ in edges(graphs["depart"], "opposes") if set(pair_) == pair]
    assert both_ways == [pair]


def test_opposites_hold_for_what_lies_below_them():
    assert opposed("joy", "sadness") and opposed("happiness", "sorrow") and opposed("sorrow", "happiness")
    assert not opposed("sadness", "sorrow") and not opposed("joy", "joy") and not opposed("fear", "horror")


def test_a_cause_that_is_somebody_is_that_character(graphs):
    assert ("character:NARRATOR", "emotion:fear:E1") in edges(graphs["chien"], "causes")  # « Paul avait peur de moi »


def test_everything_odd(graphs):
    graph = graphs[odd().id]
    assert graph.nodes["character:E1"]["label"] == "Élodie & Cie"
    assert ("character:E1", "emotion:joy:NARRATOR") in edges(graph, "causes")
    nobodys = graph.nodes["emotion:surprise:"]
    assert nobodys["experiencer"] is None and not graph.in_edges("emotion:surprise:")
    assert graph.get_edge_data("character:NARRATOR", "emotion:anger:NARRATOR")["feels:4"]["status"] == "negated"
    assert len(graph.get_edge_data("character:NARRATOR", "emotion:joy:NARRATOR")) == 2
    assert not graphs[EMPTY.id]


def nobodys(*told):
    """Fear that nobody is said to feel, once for each status and intensity."""
    mentions = [
        Mention(n, ((5 * n - 5, 5 * n - 1),), "fear", None, "fear", "labelled", status, intensity, 0.9, "rule:act")
        for n, (status, intensity) in enumerate(told, 1)
    ]
    return Narrative("nobodys", "Peur " * len(told), (), mentions)


@pytest.mark.parametrize(
    ("told", "together_"),
    [
        ([("negated", "high")], ("negated", "high")),
        ([("negated", "high"), ("hypothetical", "medium")], ("hypothetical", "medium")),
        ([("affirmed", "low"), ("negated", "high"), ("affirmed", "medium"), ("hypothetical", "high")], ("affirmed", "medium")),
    ],
)
def test_an_emotion_says_itself_how_it_is_told(told, together_):
    for several in permutations(told):
        assert together(several) == together_
        (node,) = (data for _, data in narrative_graph(nobodys(*several)).nodes(data=True))
        assert (node["status"], node["intensity"]) == together_
        assert [*zip(node["statuses"], node["intensities"], strict=True)] == [*several]
    (node,) = (data for _, data in corpus_graph([nobodys(*told), nobodys()], ontology=False).nodes(data=True) if data["kind"] == "emotion")
    counts = Counter(status for status, _ in told)
    assert {status: node[status] for status in STATUSES} == {status: counts[status] for status in STATUSES}
    assert not {"status", "intensity"} & set(node)  # of many narratives there are counts


def test_who_feels_it_may_be_said_twice():
    narrative = Narrative("twice", "Peur", (), nobodys(("affirmed", "low")).mentions)
    narrative.roles = [Role(1, "experiencer", (0, 4), "NARRATOR", "rule:act"), Role(1, "experiencer", (0, 2), "NARRATOR", "rule:act")]
    data = narrative_graph(narrative).nodes["emotion:fear:NARRATOR"]
    assert (data["mentions"], data["spans"]) == ((1,), ((0, 4),))


def test_every_part_has_a_known_kind_its_spans_and_a_label(graphs):
    assert set(NODES) <= set(NODE_LABELS) and set(EDGES) <= set(EDGE_LABELS)
    for id_, graph in graphs.items():
        length = len(NARRATIVES[id_].text)
        for _, data in graph.nodes(data=True):
            assert data["kind"] != "emotion" or (data["status"] in STATUSES and data["intensity"] in INTENSITIES)
            assert data["kind"] in NODES and data["label"] and all(0 <= a < b <= length for a, b in data["spans"])
        for *_, data in graph.edges(data=True):
            assert data["kind"] in EDGES and data["spans"] and data["source"] and data["mention"]


def test_the_same_narrative_gives_the_same_graph(graphs):
    again = narrative_graph(NARRATIVES["chien"])
    assert list(again.nodes(data=True)) == list(graphs["chien"].nodes(data=True))
    assert list(again.edges(keys=True, data=True)) == list(graphs["chien"].edges(keys=True, data=True))


def test_a_corpus_shares_its_emotions_and_keeps_its_people_apart():
    graph = corpus_graph(NARRATIVES.values())
    mentions = sum(len(n.mentions) for n in NARRATIVES.values())
    counted = {node: data for node, data in graph.nodes(data=True) if data["kind"] == "emotion"}
    assert sum(data["count"] for data in counted.values()) == mentions
    assert counted["emotion:anger"]["narratives"] == 4 and counted["emotion:envy"]["count"] == 0  # jealousy is a kind of it
    assert {"character:orage/NARRATOR", "character:chien/NARRATOR"} <= set(graph)
    assert nx.has_path(graph.edge_subgraph(e for e in graph.edges if e[2] == "kind of"), "emotion:fury", "emotion:anger")
    assert graph.edges["emotion:sadness", "emotion:happiness", "opposes"]["count"] == 1
    bare = corpus_graph(annotated(), events=False, ontology=False)
    assert {data["kind"] for _, data in bare.nodes(data=True)} == {"narrative", "character", "emotion", "component"}
    assert not any(data.get("source") == "ontology" for *_, data in bare.edges(data=True))


def test_statuses_and_confidence_are_counted():
    graph = corpus_graph([odd()], ontology=False)
    edge = graph.edges[f"character:{odd().id}/NARRATOR", "emotion:joy", "feels"]
    assert (edge["count"], edge["narratives"], edge["affirmed"], edge["negated"]) == (2, 1, 2, 0)
    assert edge["confidence"] == pytest.approx(0.8)

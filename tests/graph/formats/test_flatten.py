"""Attributes as plain values."""

from __future__ import annotations

from datetime import date, datetime

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.accounts import odd
from ressenti.graph.formats.flatten import flatten, from_name_token, name_token, scalar
from ressenti.graph.model import narrative_graph


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (None, None),
        (float("nan"), None),
        (float("-inf"), None),
        (0.5, 0.5),
        (True, True),
        (3, 3),
        (2**80, str(2**80)),
        ("a\x07b\x00\ud800\r\u2028", "a␇b␀\ufffd␍\u2028"),
        (((5, 9), (12, 14)), "5-9;12-14"),
        ([[5, 9]], "5-9"),
        ([], ""),
        (["a", 1, None], '["a", 1, null]'),
        (["a", 1, 0.5], "a;1;0.5"),
        ({"b", "a"}, "a;b"),
        (date(2026, 5, 1), "2026-05-01"),
        (datetime(2026, 5, 1, 12, 30), "2026-05-01T12:30:00"),
        ({"b": (1.5, None), "d": date(2026, 5, 1)}, '{"b": [1.5, null], "d": "2026-05-01"}'),
    ],
)
def test_values(value, plain):
    assert scalar(value) == plain and type(scalar(value)) is type(plain)


def test_one_type_for_each_attribute():
    graph = nx.MultiDiGraph()
    for name, value, other in (("a", 1, 2), ("b", 0.5, "x"), ("c", True, 7)):
        graph.add_node(name, kind="event", label=name, mixed=value, number=other)
    flat = flatten(graph)
    assert flat.node_types["mixed"] is str and [node.data["mixed"] for node in flat.nodes] == ["1", "0.5", "True"]
    assert flat.node_types["number"] is str
    graph.nodes["b"]["number"] = 2.5
    assert flatten(graph).node_types["number"] is float


def test_an_edges_source_is_called_found_by_and_its_id_is_unique():
    flat = flatten(narrative_graph(odd()))
    assert len({edge.id for edge in flat.edges}) == len(flat.edges)
    assert {edge.data["found_by"] for edge in flat.edges} >= {"rule:act", "model:small", "review:Zoé"}
    assert not any("source" in edge.data for edge in flat.edges)
    twins = nx.MultiDiGraph()
    twins.add_edges_from([("a", "b", "x y"), ("a", "b", "x-y")], kind="feels")
    nx.set_node_attributes(twins, {"a": "event", "b": "event"}, "kind")
    nx.set_node_attributes(twins, "", "label")
    assert [edge.id for edge in flatten(twins).edges] == ["a--x-y--b", "a--x-y--b--2"]


def test_labels_in_both_languages():
    graph = narrative_graph(odd())
    labels = {language: {node.id: node.data["label"] for node in flatten(graph, language).nodes} for language in ("fr", "en")}
    assert labels["fr"]["emotion:joy:NARRATOR"] == "joie" and labels["en"]["emotion:joy:NARRATOR"] == "joy"
    assert labels["en"]["component:feeling"] == "feeling" and labels["fr"]["component:thinking"] == "pensées"
    assert labels["en"]["character:E1"] == labels["fr"]["character:E1"] == "Élodie & Cie"
    assert {edge.data["label"] for edge in flatten(graph, "en").edges} >= {"feels", "causes", "directed at"}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_name_tokens_go_back(text):
    token = name_token(text)
    assert from_name_token(token) == text and all(char.isascii() and (char.isalnum() or char in "_.-:") for char in token)


def test_usual_ids_stay():
    assert name_token("emotion:fear:NARRATOR--feels:1") == "emotion:fear:NARRATOR--feels:1"
    assert name_token("a/b") == "a_x2F_b" and name_token("_x2F_") == "_x5F_x2F_"

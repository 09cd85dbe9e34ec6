"""What the programs read for which the files are made: networkx, igraph, Graphviz, spreadsheets; and schemas."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import shutil
import subprocess
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from graph.accounts import everything
from ressenti.cells import unguarded
from ressenti.graph.formats.dot import dot
from ressenti.graph.formats.flatten import FOUND_BY, flatten, from_name_token
from ressenti.graph.formats.gexf import gexf
from ressenti.graph.formats.graphml import graphml, written
from ressenti.graph.formats.json_graph import cytoscape, node_link
from ressenti.graph.formats.tables import EDGES, NODES, tables
from ressenti.graph.merge import corpus_graph
from ressenti.graph.model import narrative_graph

SCHEMAS = Path(__file__).parent.parent / "schemas"


def strange():
    """A graph whose attributes no narrative has."""
    graph = nx.MultiDiGraph(id="=1+1\x00", provenance={"model": None, "when": ["a", None]})
    graph.add_node("event:1-2", kind="event", label='\\"<b>&amp;\x0b]]>\n\\', spans=((1, 2), (5, 9)), odd=float("nan"), more={"a": [1]})
    graph.add_node("character: é/\t", kind="character", label="", spans=(), narrator=False, odd=float("inf"), more=-7)
    for key in ("causes:1", "causes 1", "causes:2"):
        graph.add_edge(
            "event:1-2", "character: é/\t", key, kind="causes", source="=x", mention=1, spans=((0, 1),), confidence=None, status="negated"
        )
    return graph


@pytest.fixture(scope="module")
def graphs():
    narratives = everything()
    return {n.id: narrative_graph(n) for n in narratives} | {"all": corpus_graph(narratives), "strange": strange()}


def nodes_of(flat):
    return {node.id: node.data for node in flat.nodes}


def edges_of(flat):
    return {edge.id: (edge.start, edge.end, edge.data) for edge in flat.edges}


def test_how_an_emotion_of_nobody_is_told_is_in_every_format(graphs):
    """In the odd narrative nobody is said to be surprised: it is imagined, and little."""
    (odd_,) = (graph for graph in graphs.values() if "emotion:surprise:" in graph and "status" in graph.nodes["emotion:surprise:"])
    flat = flatten(odd_)
    there = [
        next(data for node, data in nx.parse_graphml(graphml(flat)).nodes(data=True) if from_name_token(node) == "emotion:surprise:"),
        nx.read_gexf(io.BytesIO(gexf(flat).encode()), version="1.3").nodes["emotion:surprise:"],
        nx.node_link_graph(json.loads(node_link(odd_)), edges="edges").nodes["emotion:surprise:"],
        next(n["data"] for n in json.loads(cytoscape(flat))["elements"]["nodes"] if n["data"]["id"] == "emotion:surprise:"),
        next(row for row in csv.DictReader(io.StringIO(tables(flat)[NODES])) if row["Id"] == "emotion:surprise:"),
    ]
    assert [(data["status"], data["intensity"]) for data in there] == [("hypothetical", "low")] * 5
    (line,) = (line for line in dot(flat).splitlines() if line.startswith('  "emotion:surprise:" ['))
    assert 'r_status="hypothetical"' in line and 'r_intensity="low"' in line and 'style="filled,dotted"' in line


def test_graphml_in_networkx(graphs):
    for graph in graphs.values():
        flat = flatten(graph)
        read = nx.parse_graphml(graphml(flat), force_multigraph=True, edge_key_type=str)
        assert {from_name_token(node): data for node, data in read.nodes(data=True)} == nodes_of(flat)
        back = from_name_token
        assert {back(k): (back(a), back(b), data) for a, b, k, data in read.edges(keys=True, data=True)} == edges_of(flat)
        assert read.is_directed()
        assert read.graph == {"node_default": {}, "edge_default": {}} | flat.data


def test_graphml_in_igraph(graphs, tmp_path):
    for graph in graphs.values():
        flat = flatten(graph)
        path = tmp_path / "x.graphml"
        path.write_text(graphml(flat), encoding="utf-8")
        read = igraph.Graph.Read_GraphML(str(path))
        assert read.is_directed() or not len(graph)
        assert [from_name_token(v["id"]) for v in read.vs] == [node.id for node in flat.nodes]
        assert [v["label"] for v in read.vs] == [node.data["label"] for node in flat.nodes]
        ends = [(from_name_token(read.vs[e.source]["id"]), from_name_token(read.vs[e.target]["id"]), e["label"]) for e in read.es]
        assert ends == [(edge.start, edge.end, edge.data["label"]) for edge in flat.edges]
        for name, kind in flat.edge_types.items():
            there = [kind(value) for value in read.es[name] if value is not None and value == value and value != ""]
            assert there == [e.data[name] for e in flat.edges if e.data.get(name, "") != ""] or kind is bool, name


def test_gexf_in_networkx(graphs):
    for graph in graphs.values():
        flat = flatten(graph)
        read = nx.read_gexf(io.BytesIO(gexf(flat).encode()), version="1.3")
        nodes = {node: {k: v for k, v in data.items() if k != "viz"} for node, data in read.nodes(data=True)}
        assert nodes == nodes_of(flat)
        if not flat.edges:
            continue
        for a, b, key, data in read.edges(keys=True, data=True):
            assert data.pop("weight") == data.get("count", 1) and data.pop("id") == key
            data.pop("viz", None)
            assert (a, b, data) == edges_of(flat)[key]


@pytest.mark.parametrize("name", ["graphml", "gexf"])
def test_schemas(graphs, name):
    if name == "gexf":
        schema, write = etree.RelaxNG(etree.parse(SCHEMAS / "gexf.rng")), gexf
    else:
        schema, write = etree.XMLSchema(etree.parse(SCHEMAS / "graphml.xsd")), graphml
    for graph in graphs.values():
        schema.assertValid(etree.fromstring(write(flatten(graph)).encode()))


def test_schemas_refuse():
    """They would tell an id with a blank, and a colour that is none."""
    good = graphml(flatten(strange()))
    schema = etree.XMLSchema(etree.parse(SCHEMAS / "graphml.xsd"))
    assert not schema.validate(etree.fromstring(good.replace('id="event:1-2"', 'id="event 1-2"', 1).encode()))
    other = etree.RelaxNG(etree.parse(SCHEMAS / "gexf.rng"))
    assert not other.validate(etree.fromstring(gexf(flatten(strange())).replace(' r="', ' r="9').encode()))


def test_elements_stand_in_the_default_namespace(graphs):
    """Readers that look for « node » find it: no element declares a prefix of its own."""
    flat = flatten(graphs["all"])
    assert graphml(flat).count(" xmlns") == 2 and gexf(flat).count(" xmlns") == 2


def test_node_link_in_networkx(graphs):
    for graph in graphs.values():
        data = json.loads(node_link(graph, "fr"))
        read = nx.node_link_graph(data, edges="edges")
        assert list(read.nodes) == list(graph.nodes) and list(read.edges(keys=True)) == list(graph.edges(keys=True))
        if graph is graphs["strange"]:
            continue
        lists = json.loads(json.dumps(dict(graph.nodes(data=True))))
        assert {node: data | {"label": lists[node]["label"]} for node, data in read.nodes(data=True)} == lists
        for start, end, key, data in graph.edges(keys=True, data=True):
            there = read.edges[start, end, key]
            assert there[FOUND_BY] == data["source"] if "source" in data else FOUND_BY not in there
            same = {name: value for name, value in there.items() if name not in (FOUND_BY, "id", "label")}
            assert same == json.loads(json.dumps({name: value for name, value in data.items() if name != "source"}))


def test_cytoscape(graphs):
    for graph in graphs.values():
        flat = flatten(graph)
        elements = json.loads(cytoscape(flat))["elements"]
        assert {item["data"]["id"]: {k: v for k, v in item["data"].items() if k != "id"} for item in elements["nodes"]} == nodes_of(flat)
        ids = {item["data"]["id"] for item in elements["nodes"]}
        assert all({item["data"]["source"], item["data"]["target"]} <= ids for item in elements["edges"])
        assert len(elements["edges"]) == len(flat.edges)


@pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is not installed")
def test_dot_in_graphviz(graphs):
    for graph in graphs.values():
        flat = flatten(graph)
        done = subprocess.run(["dot", "-Tjson0"], input=dot(flat).encode(), capture_output=True, check=True)
        assert not done.stderr
        read = json.loads(done.stdout)
        told = [re.sub(r"\\n|\s", "", html.unescape(node["label"])).replace("\\\\", "\\") for node in read.get("objects", [])]
        assert told == [re.sub(r"\s", "", node.data["label"]) for node in flat.nodes]
        names = [node["name"] for node in read.get("objects", [])]
        ends = sorted((names[edge["tail"]], names[edge["head"]], edge["label"]) for edge in read.get("edges", []))
        doubled = lambda id_: id_.replace("\\", "\\\\")  # noqa: E731 - as Graphviz keeps it
        assert ends == sorted((doubled(edge.start), doubled(edge.end), edge.data["label"]) for edge in flat.edges)


def test_tables(graphs):
    for graph in graphs.values():
        flat = flatten(graph)
        files = {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in tables(flat).items()}
        assert [{k: unguarded(v) for k, v in row.items() if v and k not in ("Id", "Label")} for row in files[NODES]] == [
            {k: written(v) for k, v in node.data.items() if v != "" and k != "label"} for node in flat.nodes
        ]
        assert [unguarded(row["Id"]) for row in files[NODES]] == [node.id for node in flat.nodes]
        assert [(unguarded(row["Source"]), unguarded(row["Target"])) for row in files[EDGES]] == [(e.start, e.end) for e in flat.edges]
        cells = [cell for rows in files.values() for row in rows for cell in row.values()]
        assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in cells)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(["label", "entity", "more"]), st.text() | st.none() | st.lists(st.floats() | st.text()), min_size=1))
def test_no_words_crash_a_writer(data):
    graph = nx.MultiDiGraph(id="x")
    graph.add_node(
        "character:E1", **{"kind": "character", "label": "", "narrator": False} | {k: v for k, v in data.items() if k != "label"}
    )
    graph.nodes["character:E1"]["label"] = str(data.get("label", ""))
    flat = flatten(graph)
    assert next(iter(nx.parse_graphml(graphml(flat)).nodes(data=True)))[1] == flat.nodes[0].data
    assert len(nx.read_gexf(io.BytesIO(gexf(flat).encode()), version="1.3")) == 1
    json.loads(node_link(graph)), json.loads(cytoscape(flat)), tables(flat), dot(flat)

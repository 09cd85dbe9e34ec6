"""The endpoint over real HTTP, in a process of its own: asked by urllib, sockets and rdflib's client."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest
from pyoxigraph import RdfFormat, parse

from graph.accounts import everything
from ressenti.graph.rdf.names import VOCABULARY
from ressenti.graph.store.load import load
from ressenti.graph.store.server import is_loopback
from ressenti.ontology.rdf.names import TONE

EACH_WITH_EACH = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
HEAVY = f"SELECT (COUNT(*) AS ?n) {EACH_WITH_EACH}"
WHO = "SELECT ?n ?who { ?m tone:hasExperiencer/rdfs:label ?who ; dcterms:isPartOf/dcterms:identifier ?n }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 3000000"


class Served:
    """A server in a process of its own; with it, nothing is left of it, whatever goes wrong."""

    def __init__(self, folder, *options):
        command = [sys.executable, "-m", "ressenti", "store", "serve", str(folder), "--port", "0", *options]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ)
        line = self.process.stderr.readline()
        found = re.search(r"http://\S+", line)
        assert found, line + self.process.stderr.read()
        self.address = urlsplit(found[0])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stderr.close()

    def ask(self, method="GET", query=None, *, path="/sparql", body=None, **headers):
        connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=60)
        target = path + (f"?{urlencode({'query': query})}" if query else "")
        connection.request(method, target, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        try:
            data = answer.read()
        except http.client.IncompleteRead as error:
            data = error
        connection.close()
        return answer, data

    def stop(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait(20), self.process.stderr.read()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("served") / "store"
    load(place, narratives=everything())
    return place


@pytest.fixture(scope="module")
def served(folder):
    with Served(folder, "--timeout", "5", "--max-size", "2", "--log") as server:
        yield server
        server.stop()


def test_select_by_get_and_both_kinds_of_post(served):
    query = "SELECT ?id { ?n a nar:Narrative ; dcterms:identifier ?id } ORDER BY ?id"
    ways = [
        served.ask("GET", query),
        served.ask("POST", body=urlencode({"query": query}), Content_Type="application/x-www-form-urlencoded"),
        served.ask("POST", body=query.encode(), Content_Type="application/sparql-query"),
    ]
    for answer, data in ways:
        assert (answer.status, answer.getheader("Content-Type")) == (200, "application/sparql-results+json")
        ids = [row["id"]["value"] for row in json.loads(data)["results"]["bindings"]]
        assert ids == sorted(n.id for n in everything())


@pytest.mark.parametrize(
    ("query", "accept", "media", "start"),
    [
        ("ASK { ?n a nar:Narrative }", "application/sparql-results+xml", "application/sparql-results+xml", b"<?xml"),
        ("SELECT (1 AS ?x) {}", "text/csv", "text/csv; charset=utf-8", b"x\r\n1\r\n"),
        ("SELECT (1 AS ?x) {}", "text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b"?x\n1\n"),
        ("CONSTRUCT { ?n a nar:Narrative } { ?n a nar:Narrative }", "text/turtle", "text/turtle; charset=utf-8", b"@prefix"),
        ("DESCRIBE <https://w3id.org/ressenti/narrative/orage>", "application/n-triples", "application/n-triples", b"<https:"),
    ],
)
def test_formats(served, query, accept, media, start):
    answer, data = served.ask("GET", query, Accept=accept)
    assert (answer.status, answer.getheader("Content-Type")) == (200, media)
    assert data.startswith(start)


def test_rdflibs_client_asks_it(served):
    rdflib = pytest.importorskip("rdflib")
    from rdflib.plugins.stores.sparqlstore import SPARQLStore

    for method in ("GET", "POST", "POST_FORM"):
        graph = rdflib.Graph(SPARQLStore(served.address.geturl(), method=method))
        rows = list(graph.query(WHO, initNs={"nar": f"{VOCABULARY}#", "tone": f"{TONE}#"}))
        assert ("orage", "narrateur") in {(str(narrative), str(who)) for narrative, who in rows}


def test_graphs_can_be_chosen(served):
    count = "SELECT (COUNT(DISTINCT ?n) AS ?c) {{ {} }}"
    base = "https://w3id.org/ressenti/narrative/"

    def counted(query, *graphs):
        answer, data = served.ask(path=f"/sparql?{urlencode([('query', query), *graphs])}")
        assert answer.status == 200, data
        return json.loads(data)["results"]["bindings"][0]["c"]["value"]

    pattern, named = "?n a nar:Narrative", "GRAPH ?g { ?n a nar:Narrative }"
    assert counted(count.format(pattern)) == "5"
    assert counted(count.format(pattern), ("default-graph-uri", f"{base}orage")) == "1"
    assert counted(count.format(pattern), ("named-graph-uri", f"{base}orage")) == "0"
    assert counted(count.format(named), ("named-graph-uri", f"{base}orage"), ("named-graph-uri", f"{base}chien")) == "2"
    assert counted(count.format(pattern).replace("{", f"FROM <{base}chien> {{", 1)) == "1"


def test_description_of_the_service(served):
    for accept, form in ((None, RdfFormat.TURTLE), ("application/rdf+xml", RdfFormat.RDF_XML)):
        answer, data = served.ask(**({"Accept": accept} if accept else {}))
        triples = list(parse(data, form))
        assert answer.status == 200
        assert any(t.predicate.value.endswith("#endpoint") and t.object.value == served.address.geturl() for t in triples)
        assert any(t.object.value.endswith("#UnionDefaultGraph") for t in triples)
    answer, data = served.ask(path="/")
    assert (answer.status, served.address.geturl() in data.decode()) == (200, True)


@pytest.mark.parametrize(
    ("method", "options", "status", "said"),
    [
        ("GET", {"query": "SELECT * {"}, 400, "query:1:10: this { is never closed"),
        ("GET", {"query": "INSERT DATA { <a:b> <a:c> 1 }"}, 403, "read-only"),
        ("POST", {"body": "update=CLEAR+ALL", "Content_Type": "application/x-www-form-urlencoded"}, 403, "read-only"),
        ("POST", {"body": "CLEAR ALL", "Content_Type": "application/sparql-update"}, 403, "read-only"),
        ("GET", {"query": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"}, 400, "SERVICE reaches the network"),
        ("GET", {"query": "ASK {}", "Accept": "image/png"}, 406, "Accept"),
        ("GET", {"path": "/sparql?query=ASK+%7B%7D&default-graph-uri=no+iri"}, 400, ""),
        ("GET", {"path": "/other"}, 404, "/sparql"),
        ("POST", {"path": "/sparql", "body": "ASK {}", "Content_Type": "text/plain"}, 415, "application/sparql-query"),
        ("PUT", {"body": "x"}, 405, "read-only"),
        ("DELETE", {}, 405, "read-only"),
        ("GET", {"query": "ASK {}", "Host": "evil.example"}, 421, "--name"),
        ("GET", {"query": "ASK {}", "Origin": "https://evil.example"}, 403, "--cors"),
        ("OPTIONS", {"Origin": "https://evil.example"}, 403, "--cors"),
        ("POST", {"Content_Length": str(5 << 20), "Content_Type": "application/sparql-query"}, 413, "at most"),
    ],
)  # fmt: skip
def test_refusals(served, method, options, status, said):
    answer, data = served.ask(method, **options)
    assert (answer.status, said in data.decode()) == (status, True), data
    assert answer.getheader("Access-Control-Allow-Origin") is None


def raw(served, text):
    with socket.create_connection((served.address.hostname, served.address.port), timeout=10) as connection:
        connection.sendall(text.encode())
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def test_odd_requests(served):
    host = served.address.netloc
    assert b" 400 " in raw(served, "GET /sparql HTTP/1.1\r\n\r\n").splitlines()[0]
    assert b" 400 " in raw(served, f"GET /sparql HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n").splitlines()[0]
    assert b" 421 " in raw(served, "GET /sparql HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n\r\n").splitlines()[0]
    assert b" 421 " in raw(served, "GET /sparql HTTP/1.1\r\nHost: [\r\n\r\n").splitlines()[0]
    assert b" 400 " in raw(served, f"GET http://[ HTTP/1.1\r\nHost: {host}\r\n\r\n").splitlines()[0]
    chunked = f"POST /sparql HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"
    answers = raw(served, chunked + f"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")
    assert b" 411 " in answers.splitlines()[0]
    assert answers.count(b"HTTP/1.1 ") == 1  # what follows an unread body is never taken for a request
    assert b" 200 " in raw(served, "GET / HTTP/1.0\r\n\r\n").splitlines()[0]
    head = raw(served, f"HEAD / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
    assert head.endswith(b"\r\n\r\n")


def test_time_limit_stops_the_query_and_the_next_is_answered(served):
    start = time.monotonic()
    answer, data = served.ask("GET", HEAVY)
    assert (answer.status, b"stopped after 5 s" in data) == (503, True)
    assert time.monotonic() - start < 15
    assert served.ask("GET", "ASK {}")[0].status == 200


@pytest.mark.parametrize("query", [HEAVY, f"SELECT * {EACH_WITH_EACH} ORDER BY ?c", f"SELECT (GROUP_CONCAT(?c) AS ?s) {EACH_WITH_EACH}"])
def test_who_asks_may_set_a_shorter_time_limit_and_whatever_the_query_takes_it_holds(served, query):
    start = time.monotonic()
    answer, data = served.ask(path=f"/sparql?{urlencode({'query': query, 'timeout': '1'})}")
    assert (answer.status, b"stopped after 1 s" in data) == (503, True), data
    assert time.monotonic() - start < 4
    answer, data = served.ask(path=f"/sparql?{urlencode({'query': 'ASK {}', 'timeout': '60'})}")
    assert answer.status == 200


def test_waiting_for_others_counts(folder):
    with Served(folder, "--processes", "1", "--timeout", "5") as server:
        first = threading.Thread(target=server.ask, args=("GET", HEAVY))
        first.start()
        time.sleep(1)
        start = time.monotonic()
        answer, data = server.ask(path=f"/sparql?{urlencode({'query': HEAVY, 'timeout': '60'})}")
        assert time.monotonic() - start < 8
        first.join()
        assert (answer.status, b"stopped after 5 s" in data) == (503, True)
        server.stop()


def test_answer_over_the_size_limit_is_cut_off_so_that_it_shows(served):
    answer, data = served.ask("GET", LONG, Accept="text/csv")
    assert answer.status == 200
    assert isinstance(data, http.client.IncompleteRead)
    assert 1_900_000 < len(data.partial) <= 2_000_000
    assert served.ask("GET", "ASK {}")[0].status == 200


def test_large_answer_below_the_limit_comes_whole(served):
    answer, data = served.ask("GET", "SELECT * { ?a ?b ?c } LIMIT 4000", Accept="text/csv")
    assert answer.getheader("Transfer-Encoding") == "chunked"
    assert data.count(b"\r\n") == 4001


def test_many_ask_at_once(served):
    found = []

    def ask():
        found.append(served.ask("GET", "SELECT (COUNT(*) AS ?n) { ?m a tone:Mention }")[1])

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20 and len(set(found)) == 1


def test_who_leaves_stops_the_query(served):
    with socket.create_connection((served.address.hostname, served.address.port)) as connection:
        connection.sendall(f"GET /sparql?{urlencode({'query': LONG})} HTTP/1.1\r\nHost: {served.address.netloc}\r\n\r\n".encode())
        connection.recv(100)
    assert served.ask("GET", "ASK {}")[0].status == 200


def test_stops_gracefully_and_logs_no_query(folder):
    with Served(folder, "--log", "--cors", "https://app.example", "--name", "recits.example") as server:
        children = subprocess.run(["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True).stdout.split()
        answer, _ = server.ask("GET", "ASK { ?secret ?p 'amour' }", Origin="https://app.example", Host="recits.example")
        assert (answer.status, answer.getheader("Access-Control-Allow-Origin")) == (200, "https://app.example")
        answer, _ = server.ask("OPTIONS", Origin="https://app.example")
        assert (answer.status, answer.getheader("Access-Control-Allow-Methods")) == (204, "GET, HEAD, POST, OPTIONS")
        held: list[int] = []
        asking = threading.Thread(
            target=lambda: held.append(server.ask("GET", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?a ?e ?f . ?c ?h ?i }")[0].status)
        )
        asking.start()
        time.sleep(0.3)
        status, said = server.stop()
        asking.join()
    assert (status, held) == (0, [200])  # what was being answered was answered
    assert "stopped" in said and "GET 200" in said and "amour" not in said
    assert [child for child in children if child]
    time.sleep(0.2)
    assert not any(is_worker(child) for child in children)


def test_a_server_that_is_killed_leaves_no_query_at_work(folder):
    with Served(folder, "--timeout", "0") as server:
        children = subprocess.run(["pgrep", "-P", str(server.process.pid)], capture_output=True, text=True).stdout.split()
        with socket.create_connection((server.address.hostname, server.address.port)) as connection:
            connection.sendall(f"GET /sparql?{urlencode({'query': HEAVY})} HTTP/1.1\r\nHost: {server.address.netloc}\r\n\r\n".encode())
            time.sleep(0.5)
            assert any(is_worker(child) for child in children)
            server.process.kill()
    assert any(time.sleep(0.1) or not any(is_worker(child) for child in children) for _ in range(100))


def is_worker(number):
    """Whether a process is one that answers queries."""
    line = Path(f"/proc/{number}/cmdline")
    return line.exists() and b"store.worker" in line.read_bytes()


def test_memory_limit_ends_the_query_and_the_next_is_answered(folder):
    with Served(folder, "--max-memory", "1200", "--processes", "1", "--timeout", "120") as server:
        answer, data = server.ask("GET", "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY DESC(?f) LIMIT 1")
        assert (answer.status, b"memory" in data) == (503, True), data
        assert server.ask("GET", "ASK {}")[0].status == 200
        server.stop()


def test_ctrl_c_ends_it(folder):
    with Served(folder) as server:
        status, said = server.stop(signal.SIGINT)
    assert (status, "stopped" in said) == (0, True)


@pytest.mark.parametrize(
    ("options", "status", "said"),
    [
        (("{folder}", "--host", "0.0.0.0"), 2, "--allow-network"),
        (("{folder}/nowhere",), 3, "there is no store here"),
        (("{folder}", "--host", "192.0.2.1", "--allow-network"), 3, "cannot be listened at"),
    ],
)
def test_what_cannot_be_served(folder, options, status, said):
    command = [sys.executable, "-m", "ressenti", "store", "serve", *(option.format(folder=folder) for option in options)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, said in done.stderr) == (status, True), done.stderr


def test_loopback():
    assert [is_loopback(host) for host in ("localhost", "127.0.0.1", "127.1.2.3", "::1", "0.0.0.0", "example.org", "::")] == [True] * 4 + [
        False
    ] * 3

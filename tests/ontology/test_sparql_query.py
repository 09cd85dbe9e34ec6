"""Queries as texts: what they may not do, and what is said of their mistakes."""

from __future__ import annotations

import contextlib
import gzip
import http.server
import random
import threading
import time

import pyoxigraph as ox
import pytest

from ressenti.ontology.sparql.ask import Query, answer, check_syntax, decoded, read_query, suited, unknown_names, update
from ressenti.ontology.sparql.errors import QueryError, TimeLimitError
from ressenti.ontology.sparql.files import load
from ressenti.ontology.sparql.guard import DEEPEST, check, outward
from ressenti.ontology.sparql.run import Limit
from ressenti.ontology.sparql.scan import declared, form
from ressenti.ontology.sparql.store import Data

NO_LIMIT = Limit(0)


class Endpoint:
    """A SPARQL endpoint on the loopback that counts what reaches it."""

    def __init__(self) -> None:
        endpoint = self
        self.requests = 0

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                endpoint.requests += 1
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                body = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"reached"}}]}}'
                self._send("application/sparql-results+json", body)

            def do_GET(self):
                endpoint.requests += 1
                self._send("text/turtle", b"<urn:a> <urn:b> <urn:reached> .")

            def _send(self, kind, body):
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def endpoint():
    made = Endpoint()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def data():
    store = ox.Store()
    said = "tone:Joy tone:isOppositeOf tone:Sadness ; tone:valence 0.81"
    store.update(f"PREFIX tone: <https://w3id.org/ressenti/tone#> INSERT DATA {{ {said} }}")
    store.update("ADD DEFAULT TO <https://w3id.org/ressenti/tone>")
    return Data(store)


def ask(text, data, form="csv", **options):
    out = []
    answer(Query(text), data, form, out.append, options.pop("limit", NO_LIMIT), **options)
    return "".join(out)


# What a query may not do


REACHING = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "select * { service<URL>{ ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "SELECT * { SERVICE#a comment\n<URL>#{\n{ ?s ?p ?o } }",
    "SELECT * { SERVICE e:a#not { this\n{ ?s ?p ?o } }",
    "SELECT * { SERVICEe:a{ ?s ?p ?o } }",
    "SELECT * { SERVICESILENTe:a{ ?s ?p ?o } }",
    "SELECT * { service:a{ ?s ?p ?o } }",
    "SELECT * { ?a ?b 1SERVICEe:a{ ?s ?p ?o } }",
    "SELECT * { ?a ?b trueSERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b ?c.SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b 'x'@fr.SERVICE<URL>{ ?s ?p ?o } }",
    "SELECT * { ?a ?b e:\\'.\nSERVICE <URL> { ?s ?p ?o } #'\n }",
    "SELECT * { ?a ?b w:SERVICE <URL> { ?s ?p ?o } }",  # w:SERVICE is no valid IRI (a port with letters), w: is
    "SELECT * { FILTER(1<?b#>'''\n) SERVICE <URL> { ?s ?p ?o } #'''\n}",
    'SELECT * { VALUES ?x {"""a" } SERVICE <URL> { ?s ?p ?o } }',
    "SELECT * { { SELECT * { ?a ?b ?c } } UNION { OPTIONAL { SERVICE <URL> { ?s ?p ?o } } } }",
    "ASK { SERVICE <URL> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
]


@pytest.mark.parametrize("text", REACHING)
def test_a_query_that_would_reach_the_network_is_refused(text, endpoint):
    prologue = f"PREFIX e: <{endpoint.url}> PREFIX : <{endpoint.url}> PREFIX w: <{endpoint.url.rstrip('/')}> "
    text = prologue + text.replace("URL", endpoint.url)
    store = ox.Store()
    for value in ("1", "true", "'x'@fr", f"<{endpoint.url.rstrip('/')}>", f"<{endpoint.url}'>"):
        store.update(f"INSERT DATA {{ <urn:a> <urn:b> {value} }}")
    before = endpoint.requests
    with pytest.raises(QueryError, match=r"query:\d+:\d+: SERVICE reaches the network; give --allow-network"):
        ask(text, Data(store), suited(Query(text), None))
    assert endpoint.requests == before
    ask(text, Data(store), suited(Query(text), None), network=True)
    assert endpoint.requests > before, "the example does not reach the network: it shows nothing"


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service a ?x }",
        "SELECT $SERVICE { $SERVICE ?p { } }",
        "PREFIX service: <urn:x> SELECT * { ?s service:x ?o . ?o service:service service:y }",
        "PREFIX ex: <urn:x> SELECT * { ?s ex:service ?o ; ex:Service 'SERVICE <http://x/> {' }",
        "SELECT * { ?s ?p <http://x/SERVICE> } # SERVICE <http://x/> {",
        "SELECT * { ?s ?p '''SERVICE\n<http://x/> {''' }",
        "PREFIX load: <urn:x> SELECT * { ?load load:it 'LOAD <http://x/>' }",
    ],
)
def test_the_word_alone_is_no_reason_to_refuse(text):
    assert not list(outward(text))


def test_escapes_are_resolved_before_looking():
    assert list(outward("SELECT * { 'é\\u00e9' \\u0053ERV\\U00000049CE <http://x/> { ?s ?p ?o } }")) == [(21, "SERVICE")]


def test_no_text_made_at_random_reaches_the_network_unseen(endpoint):
    """pyoxigraph itself is the judge: whatever makes it send a request must have been refused."""
    chance = random.Random(11)
    url = endpoint.url
    store = ox.Store()
    for value in ("1", "true", "1.5", "'x'@fr", f"<{url}>", f"<{url}a>", f"<{url.rstrip('/')}>", "''"):
        store.update(f"INSERT DATA {{ <{url}a> <{url}x> {value} }}")
    pieces = [
        "SERVICE", "service ", "SILENT ", " ", "\n", f"<{url}>", "<", ">", "?a", "?service", "e:a", "e:", "service:x", ":x", "w:", "{", "}",
        "{}", "{ ?a ?b ?c }", ".", "#", "'", '"', "'''", '"""', "\\", "1", "1.", "true", "?a ?b ", "@fr", "FILTER(", ")", "VALUES ?x {",
        "=", "<?b#>", "_:b", "\\'", ";", ",",
    ]  # fmt: skip
    before = endpoint.requests
    start = time.monotonic()
    while time.monotonic() - start < 3:
        core = chance.choice(["SERVICE", "service", "SERVICE SILENT "]) + chance.choice(["", " ", "#c\n"])
        core += chance.choice([f"<{url}>", "e:a", ":x", "e:\\'", f"<{url}#'>"]) + chance.choice(["", " ", "#'\n"]) + "{?s ?p ?o}"
        lead = chance.choice(["", "?a ?b ", "?a ?b ?c . ", "FILTER(1", "VALUES ?x {"])
        body = "".join(chance.choices(pieces, k=chance.randint(0, 6)))
        text = f"SELECT * {{ {lead}{body}{core}{''.join(chance.choices(pieces, k=chance.randint(0, 3)))} }}"
        held = endpoint.requests
        with contextlib.suppress(SyntaxError, RuntimeError, OSError):
            list(store.query(text, prefixes={"e": url, "": url, "service": url, "w": url.rstrip("/")}))
        assert endpoint.requests == held or list(outward(text)), text
    assert endpoint.requests > before


@pytest.mark.parametrize("piece", ["#", "# ", "SERVICE<", "SERVICE #", "'", '"""', "\\\\", "service:", "SERVICE ex:a ", "<", "{", "a."])
def test_looking_takes_no_time(piece):
    start = time.monotonic()
    with contextlib.suppress(QueryError):
        check("SELECT * { SERVICE " + piece * 2000, "query")
    assert time.monotonic() - start < 2


@pytest.mark.parametrize(
    "piece",
    ["load", '\\"', '"""\n\\', "<#>", "<load#>", "load<", "load\n#x\n", "a.", "a-", '"load', "load silent", "\\u0053ERVICE "],
)
@pytest.mark.parametrize("before", ["SELECT * { load ", "load '", 'load """'])
def test_the_time_grows_with_the_length_alone(before, piece):
    for length in (30_000, 60_000):
        start = time.process_time()
        with contextlib.suppress(QueryError):
            check(before + piece * (length // len(piece)), "query", update=True, network=True)
        assert time.process_time() - start < length / 10_000


def test_letters_that_are_only_like_others_are_told_too():
    assert list(outward("SELECT * { servİce <http://x/> {} }")) == [(11, "SERVICE")]


def test_checking_is_within_the_limit(monkeypatch):
    monkeypatch.setattr("ressenti.ontology.sparql.ask.check", lambda *_, **__: time.sleep(5))
    for run in (lambda limit: answer(Query("ASK {}"), Data(ox.Store()), "text", print, limit),
                lambda limit: update(Query("CLEAR ALL"), Data(ox.Store()), limit)):  # fmt: skip
        with pytest.raises(TimeLimitError):
            run(Limit(0.05))


def test_load_is_refused_and_local_files_always(endpoint, tmp_path):
    secret = tmp_path / "secret.ttl"
    secret.write_text("<urn:a> <urn:b> <urn:c> .")
    data = Data(ox.Store())
    before = endpoint.requests
    loads = [
        f"LOAD <{endpoint.url}>",
        f"PREFIX e: <{endpoint.url}> LOADe:a;DROP GRAPH e:a",
        f"INSERT DATA {{}} ;\nLOAD SILENT <{endpoint.url}> INTO GRAPH <urn:g>",
    ]
    for text in loads:
        with pytest.raises(QueryError, match="LOAD reaches the network"):
            update(Query(text), data, NO_LIMIT)
    with pytest.raises(QueryError, match="SERVICE reaches the network"):
        update(Query(f"INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{endpoint.url}> {{ ?s ?p ?o }} }}"), data, NO_LIMIT)
    with pytest.raises(QueryError, match="LOAD reads http and https only"):
        update(Query(f"LOAD <{secret.as_uri()}>"), data, NO_LIMIT, network=True)
    assert (endpoint.requests, len(data.store)) == (before, 0)
    update(Query(f"LOAD <{endpoint.url}>"), data, NO_LIMIT, network=True)
    assert (endpoint.requests, len(data.store)) == (before + 1, 1)


def test_from_reads_no_address(endpoint, data):
    before = endpoint.requests
    assert ask(f"SELECT * FROM <{endpoint.url}> {{ ?s ?p ?o }}", data).count("\n") == 1
    assert endpoint.requests == before


@pytest.mark.parametrize("text", ["INSERT DATA {}", "# x\nPREFIX a: <urn:a>\nDELETE WHERE {}", "drop all", "WITH <urn:g> DELETE {}"])
def test_an_update_is_no_query(text):
    with pytest.raises(QueryError, match="changes data; give --update"):
        check(text, "query")
    check(text, "query", update=True)


def test_a_query_is_no_update():
    with pytest.raises(QueryError, match="SELECT changes nothing"):
        check("SELECT * {}", "query", update=True)


def test_a_query_too_deep_for_the_parser_is_refused(data):
    check_syntax(Query("SELECT * " + "{" * DEEPEST + "}" * DEEPEST), NO_LIMIT)
    deep = DEEPEST + 1
    with pytest.raises(QueryError, match="brackets are open"):
        ask("SELECT * " + "{" * deep + "}" * deep, data)


# What is said of mistakes


@pytest.mark.parametrize(
    ("text", "where", "reason"),
    [
        ("SELEC * { ?s ?p ?o }", (1, 1), "did you mean SELECT?"),
        ("SELECT ?s\nWHERE { ?s foo:bar ?o }", (2, 12), "the prefix foo: is not declared; add PREFIX foo: <…>"),
        ("SELECT ?s { ?s rdsf:label ?o }", (1, 16), "did you mean rdf: or rdfs:?"),
        ("# « é »\nSELECT * { ?s ?p 'é }", (2, 18), "this string does not end"),
        ("SELECT * { ?s ?p ?o ", (1, 10), "this { is never closed"),
        ("SELECT * { ?s ?p ?o ) }", (1, 21), ") stands where } is due"),
        ("SELECT * { ?s ?p ?o } }", (1, 23), "closes nothing"),
        ("SELECT * { ?s ?? ?o }", (1, 15), "a variable has a name"),
        ("SELECT * { ?s ?p “peur” }", (1, 18), "does not belong here"),
        ("SELECT * { ?s a Fear }", (1, 17), "'Fear' is no word of SPARQL"),
        ("SELECT * { ?s ?p ?o } ORDER ?s", (1, 29), "BY could stand here"),
        ("SELECT * { ?e rdfs:label ?l\n?e a tone:Joy }", (2, 1), "a dot is missing before this"),
        ('SELECT * { ?e rdfs:label "a"@fr, "b"@fr ; ?e a tone:Joy }', (1, 43), "before a new subject a dot is due"),
        ("SELECT ?x, ?y { ?x a ?y }", (1, 10), "without commas"),
        ("SELECT COUNT(?x) { ?x a ?y }", (1, 8), "(COUNT(…) AS ?n)"),
        ("SELECT ?y (COUNT(?x)) { ?x a ?y }", (1, 11), "has a name"),
        ("SELECT * { ?x a ?y FILTER ?x = ?y }", (1, 27), "FILTER (…)"),
        ("SELECT * { ?x a ?y FILTER(?x == ?y) }", (1, 30), "with one ="),
        ("SELECT * { ?x a ?y } LIMIT -1", (1, 28), "a whole number"),
        ("SELECT ?x { ?x a ?y } LIMIT 3 GROUP BY ?x", (1, 31), "GROUP BY goes before LIMIT"),
        ("SELECT * { ?x a ?y . OPTIONAL ?x a ?z } }", (1, 31), "OPTIONAL { … }"),
        ('SELECT * { ?x rdfs:label "joie"@français }', (1, 32), "as in @fr"),
        ("SELECT * { ?x a tone.Joy }", (1, 17), "tone:…"),
        ("SELECT * { ?x rdfs:label fr }", (1, 26), 'a text "fr"'),
        ("SELECT * { VALUES ?x { tone:A tone:B tone:C tone:D tone:E } ?x a ?y ", (1, 10), "never closed"),
        ("SELECT * { ?s a <Fear> }", (1, 17), "<Fear> is no whole IRI"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }", (1, 1), "add it to GROUP BY"),
    ],
)
def test_a_mistake_has_line_column_and_reason(text, where, reason):
    with pytest.raises(QueryError) as raised:
        check_syntax(Query(text, "q.rq"), NO_LIMIT)
    error = raised.value
    assert (error.line, error.column) == where, str(error)
    assert str(error).startswith(f"q.rq:{where[0]}:{where[1]}: ")
    assert reason in str(error)
    line, caret = error.excerpt.split("\n")
    assert line[2:] == text.split("\n")[where[0] - 1]
    assert caret.index("^") == where[1] + 1


@pytest.mark.parametrize(
    "text",
    [
        "SELECT", "SELECT * {", "{", "?", "<", "SELECT * { ?s ?p ?o . . }", "SELECT * WHERE { BIND(1 AS ?x) BIND(2 AS ?x) }", "a" * 5000,
        "SELECT * { ?s ?p 'x'@ }", "\ufffe", "SELECT * { ?s ?p ?o FILTER }", "PREFIX",
    ],
)  # fmt: skip
def test_whatever_is_wrong_is_told_on_few_lines(text):
    with pytest.raises(QueryError) as raised:
        check_syntax(Query(text), NO_LIMIT)
    assert len(str(raised.value)) < 300 + min(len(text), 100)
    assert raised.value.excerpt.count("\n") <= 1


def test_an_excerpt_of_a_long_line_shows_the_place_and_commands_no_terminal():
    with pytest.raises(QueryError) as raised:
        check_syntax(Query("SELECT * { ?s ?p '" + "\x1b[2J" * 200 + "' . ?s foo:x ?o }"), NO_LIMIT)
    line, caret = raised.value.excerpt.split("\n")
    assert "\x1b" not in line
    assert line[caret.index("^") :].startswith("foo:x")


def test_an_empty_query_is_told():
    for text in ("", " \n", "# only a comment"):
        with pytest.raises(QueryError, match="is empty"):
            check(text, "query")


def test_checking_the_syntax_runs_nothing(endpoint):
    before = endpoint.requests
    check_syntax(Query(f"ASK {{ SERVICE <{endpoint.url}> {{ ?s ?p ?o }} }}"), NO_LIMIT)
    check_syntax(Query("SELECT (COUNT(*) AS ?n) { " + "".join(f"VALUES ?v{i} {{ {'1 ' * 500} }} " for i in range(5)) + "}"), Limit(2))
    assert endpoint.requests == before


def test_a_function_that_does_not_exist(data):
    with pytest.raises(QueryError, match=r"query:1:48: the function ex:loud is not known"):
        ask("PREFIX ex: <urn:x#> SELECT * { ?s ?p ?o FILTER(ex:loud(?o)) }", data)


def test_names_of_which_nothing_is_said(data):
    text = "SELECT * { tone:Joy tone:isOpositeOf <https://w3id.org/ressenti/tone#Zzz> }"
    assert list(unknown_names(Query(text), data.store)) == [
        "nothing is said of tone:isOpositeOf",  # isOppositeOf is no subject here
        "nothing is said of <https://w3id.org/ressenti/tone#Zzz>",
    ]
    hints = list(unknown_names(Query("SELECT * { tone:Joye ?p 'tone:Joye' }"), data.store))
    assert hints == ["nothing is said of tone:Joye; did you mean tone:Joy?"]
    assert not list(unknown_names(Query("SELECT * { tone:Sadness tone:isOppositeOf tone:Joy . ?x a foaf:Person }"), data.store))


# Reading, forms, limits


def test_the_form_and_the_prefixes_are_read_past_the_prologue():
    text = "# SELECT\nBASE <urn:b> PREFIX : <urn:x>\nprefix ask: <urn:ask#>\nConstruct { } WHERE { }"
    assert form(text).text == "Construct"
    assert declared(text) == {"": "urn:x", "ask": "urn:ask#"}
    assert Query(text).form == "CONSTRUCT"


def test_a_query_is_a_text_or_a_file(tmp_path):
    file = tmp_path / "q.rq"
    file.write_bytes("\ufeffASK { }".encode())
    assert read_query(str(file)) == Query("ASK { }", str(file))
    assert read_query("ASK { ?s ?p 'x.rq' }").source == "query"
    assert read_query("ASK {}" + " " * 5000).source == "query"
    with pytest.raises(Exception, match=r"nowhere\.rq: no such file"):
        read_query("nowhere.rq")
    with pytest.raises(Exception, match="f:2: is not UTF-8"):
        decoded(b"ASK\n\xe9", "f")


def test_a_query_that_runs_away_is_stopped(data):
    # Some seconds of work and no more: what is turned away from goes on in its thread, beside the tests after it
    data.store.update("INSERT { ?s <urn:n> ?n } WHERE { VALUES ?n { " + " ".join(map(str, range(200))) + " } BIND(<urn:s> AS ?s) }")
    product = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c + ?f + ?i < 0)"
    start = time.monotonic()
    for text in (f"SELECT * {{ {product} }}", f"ASK {{ {product} }}", f"SELECT (COUNT(*) AS ?n) {{ {product} }}"):
        with pytest.raises(TimeLimitError, match=r"stopped at its time limit of 0\.2 s"):
            ask(text, data, limit=Limit(0.2))
    assert time.monotonic() - start < 5


def test_a_slow_reader_does_not_count(data):
    out = []

    def slowly(text):
        time.sleep(0.5)
        out.append(text)

    answer(Query("SELECT * { VALUES ?n { " + "1000000 " * 12000 + "} }"), data, "csv", slowly, Limit(1.3))
    assert len(out) > 3  # with the look at the query, which counts, three times the limit


def test_a_table_fits_its_terminal(data):
    text = "SELECT ?a ?b { VALUES (?a ?b) { ('une peur bleue qui ne passe pas' tone:Fear) ('日本' tone:Joy) } }"
    assert ask(text, data, "table", width=30).splitlines() == [
        "a                    b",
        "───────────────────  ─────────",
        "une peur bleue qui   tone:Fear",
        "ne passe pas",
        "日本                 tone:Joy",
    ]
    assert ask(text, data, "table").splitlines()[2] == "une peur bleue qui ne passe pas  tone:Fear"
    assert ask("SELECT * {}", data, "table") == "\n"


@pytest.mark.parametrize("name", ["bom.ttl", "bom.nq", "bom.jsonld", "bom.rdf", "bom.ttl.gz", "short.nt"])
def test_a_byte_order_mark_is_passed_over(tmp_path, name):
    content = {
        "ttl": b"<urn:a> a <urn:b> .", "nq": b"<urn:a> <urn:p> <urn:b> <urn:g> .", "jsonld": b'{"@id": "urn:a", "@type": "urn:b"}',
        "rdf": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:a">'
        b'<rdf:type rdf:resource="urn:b"/></rdf:Description></rdf:RDF>', "nt": b"",
    }[name.split(".")[1]]  # fmt: skip
    raw = b"\xef\xbb\xbf" + content
    (tmp_path / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    store = ox.Store()
    load(store, tmp_path / name)
    assert {quad.subject.value for quad in store} == ({"urn:a"} if content else set())

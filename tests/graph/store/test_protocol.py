"""What a request asks and how it is answered, without the network; cases after the W3C's protocol tests (data-sparql11/protocol)."""

from __future__ import annotations

from urllib.parse import quote_plus, urlencode

import pytest

from ressenti.graph.store.protocol import FORM, QUERY, UPDATE, Asked, asked, check_form, negotiated
from ressenti.ontology.sparql.ask import Query
from ressenti.serving import RequestError

ASK = "ASK {}"
GRAPHS = [("query", ASK), ("default-graph-uri", "http://a/1"), ("default-graph-uri", "http://a/2"), ("named-graph-uri", "http://a/3")]
ALL = Asked(ASK, ("http://a/1", "http://a/2"), ("http://a/3",))


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (("GET", ""), None),
        (("GET", urlencode({"query": ASK})), Asked(ASK)),
        (("GET", urlencode(GRAPHS)), ALL),
        (("POST", "", FORM, urlencode({"query": "ASK { ?é ?p ?o }"}).encode()), Asked("ASK { ?é ?p ?o }")),
        (("POST", "", f"{FORM}; charset=UTF-8", urlencode(GRAPHS).encode()), ALL),
        (("POST", urlencode(GRAPHS[1:]), FORM, urlencode({"query": ASK}).encode()), ALL),
        (("POST", "", QUERY, "ASK { ?s ?p 'été' }".encode()), Asked("ASK { ?s ?p 'été' }")),
        (("POST", urlencode(GRAPHS[1:]), QUERY, ASK.encode()), ALL),
        (("GET", urlencode({"query": ASK, "timeout": "1.5"})), Asked(ASK, seconds=1.5)),
        (("POST", "timeout=9", FORM, urlencode({"query": ASK, "timeout": "2"}).encode()), Asked(ASK, seconds=2)),
    ],
)
def test_queries(request_, expected):
    assert asked(*request_) == expected


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (("GET", "other=1"), 400),
        (("GET", urlencode([("query", ASK), ("query", "SELECT * {}")])), 400),
        (("GET", "query=%E9"), 400),
        *((("GET", urlencode({"query": ASK, "timeout": wrong})), 400) for wrong in ("", "0", "-1", "nan", "inf", "soon")),
        (("GET", "update=" + quote_plus("CLEAR ALL")), 403),
        (("POST", "", FORM, b""), 400),
        (("POST", "", FORM, b"update=CLEAR+ALL"), 403),
        (("POST", "", FORM, urlencode([("query", ASK), ("query", ASK)]).encode()), 400),
        (("POST", "", UPDATE, b"CLEAR ALL"), 403),
        (("POST", "", "", b"ASK {}"), 415),
        (("POST", "", "text/plain", b"ASK {}"), 415),
        (("POST", "", f"{QUERY}; charset=UTF-16", "ASK {}".encode("utf-16")), 415),
        (("POST", "", QUERY, b"ASK { \xff }"), 400),
        (("POST", "query=ASK+%7B%7D", QUERY, b"ASK {}"), 400),
        (("GET", "&".join(f"a{n}=1" for n in range(1500))), 400),
    ],
)
def test_what_is_no_query(request_, status):
    with pytest.raises(RequestError) as told:
        asked(*request_)
    assert told.value.status == status


@pytest.mark.parametrize(
    "text", ["CLEAR ALL", "PREFIX a: <b> INSERT DATA { a:b a:c 1 }", "# x\nWITH <http://g> DELETE { ?s ?p ?o } WHERE { }"]
)
def test_updates_as_queries_are_refused(text):
    with pytest.raises(RequestError) as told:
        check_form(Query(text))
    assert told.value.status == 403


@pytest.mark.parametrize(
    ("accept", "form", "expected"),
    [
        (None, "SELECT", "json"),
        ("*/*", "ASK", "json"),
        ("*/*", "CONSTRUCT", "ttl"),
        ("application/sparql-results+xml", "SELECT", "xml"),
        ("text/csv", "SELECT", "csv"),
        ("text/tab-separated-values, */*;q=0.1", "SELECT", "tsv"),
        ("application/sparql-results+json;q=0.5, text/csv;q=0.6", "SELECT", "csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "SELECT", "xml"),
        ("text/*", "SELECT", "csv"),
        ("text/csv;q=0, */*", "SELECT", "json"),
        ("application/json", "CONSTRUCT", "jsonld"),
        ("application/rdf+xml", "DESCRIBE", "rdfxml"),
        ("text/turtle, application/n-triples;q=0.5", "CONSTRUCT", "ttl"),
        ("TEXT/CSV", "SELECT", "csv"),
        ("text/turtle", "SELECT", None),
        ("text/csv", "CONSTRUCT", None),
        ("image/png;q=x", "SELECT", None),
    ],
)
def test_negotiation(accept, form, expected):
    if expected is None:
        with pytest.raises(RequestError) as told:
            negotiated(accept, form)
        assert told.value.status == 406
    else:
        assert negotiated(accept, form) == expected

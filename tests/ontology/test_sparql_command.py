"""``ressenti sparql`` as its user meets it: stores and files in, answers and messages out."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pyoxigraph as ox
import pytest

from ressenti.ontology.emotions import DATA
from ressenti.ontology.sparql.shipped import cached, fingerprint

PRODUCT = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
PART = """
from itertools import islice
from ressenti.cli import main
from ressenti.ontology.sparql import shipped, store

def part(quads=shipped.shipped_quads):
    return islice(quads(), 10_000)

shipped.shipped_quads = store.shipped_quads = part
main()
"""
"""The command where the ontology and the first words are all that is shipped: making a store of the whole takes twenty seconds."""


@pytest.fixture(scope="session")
def cache():
    """The cache that all tests have, with the shipped triples."""
    return cached().parent


@pytest.fixture
def run(cache, tmp_path):
    """Run the command in a process and a folder of its own: exit status, output, messages."""

    def start(*arguments, stdin=b"", cache=cache, program=("-m", "ressenti")):
        command = [sys.executable, *program, "sparql", *map(str, arguments)]
        done = subprocess.run(command, input=stdin, capture_output=True, env=environment(cache), cwd=tmp_path, check=False)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return start


@pytest.fixture
def run_part(run, tmp_path_factory):
    """Run the command with but a part of what is shipped, and a cache of its own."""
    return partial(run, cache=tmp_path_factory.mktemp("cache"), program=("-c", PART))


def environment(cache):
    return os.environ | {"RESSENTI_CACHE": str(cache)}


@pytest.fixture
def store(tmp_path):
    """A store made elsewhere, without the shipped triples."""
    folder = tmp_path / "store"
    made = ox.Store(folder)
    made.update("INSERT { ?s <urn:n> ?n } WHERE { VALUES ?n { " + " ".join(map(str, range(1000))) + " } BIND(<urn:s> AS ?s) }")
    made.update("PREFIX tone: <https://w3id.org/ressenti/tone#> INSERT DATA { tone:Fear tone:says 'peur\\nbleue'@fr, '=1+1' }")
    made.flush()
    return folder


# What is asked


def test_the_shipped_triples_are_asked_without_a_word_of_ceremony(run):
    status, out, _ = run("SELECT ?e { ?e tone:isOppositeOf tone:Joy }", "--format", "csv")
    assert status == 0
    assert "https://w3id.org/ressenti/tone#Sadness" in out.split()
    in_graph = "GRAPH <https://w3id.org/ressenti/tone> { tone:Joy rdfs:label 'joie'@fr }"
    assert run(f"ASK {{ {in_graph} ?entry ontolex:sense ?sense }}") == (0, "true\n", "")
    _, out, _ = run(f"SELECT (COUNT(*) AS ?n) {{ {in_graph} tone:Joy rdfs:label 'joie'@fr }}", "--format", "csv")
    assert out.split() == ["n", "1"], "a triple is met once"
    _, out, _ = run("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--format", "csv")
    assert int(out.split()[1]) > 400_000


def test_files_are_asked_beside(run, tmp_path):
    (tmp_path / "a.ttl").write_text("@prefix tone: <https://w3id.org/ressenti/tone#> . <m> <urn:says> tone:Fear .")
    (tmp_path / "b.NQ.gz").write_bytes(gzip.compress(b"<urn:m> <urn:says> <https://w3id.org/ressenti/tone#Joy> <urn:g> .\n"))
    (tmp_path / "c.jsonld").write_text('{"@id": "urn:j", "urn:says": {"@id": "https://w3id.org/ressenti/tone#Anger"}}')
    status, out, _ = run("SELECT ?l { ?m <urn:says> ?e . ?e rdfs:label ?l FILTER(lang(?l) = 'fr') } ORDER BY ?l", "--format", "csv",
                         "--data", "a.ttl", "--data", "b.NQ.gz", "--data", "c.jsonld")  # fmt: skip
    assert (status, out.split()) == (0, ["l", "colère", "joie", "peur"])
    assert run("ASK { GRAPH <urn:g> { ?m <urn:says> tone:Joy } }", "--data", "b.NQ.gz")[1] == "true\n"
    assert run("ASK { ?m <urn:says> ?e }")[1] == "false\n", "what was loaded once is not there for good"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", "<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> .", "a.ttl:2: column 17: "),
        ("a.nt", "<urn:a> <urn:b> <urn:c> .\noops\n", "a.nt:2: column 1: "),
        ("a.jsonld", '{"@id":', "a.jsonld:1: column "),
        ("a.jsonld", '{"@context": "http://127.0.0.1:1/c", "@id": "urn:a"}', "a.jsonld: its @context is an address"),
        ("a.rdf", "<rdf:RDF>", "a.rdf: Unknown prefix rdf:"),
        ("a.txt", "", "a.txt: its name ends in none of .ttl, "),
        ("a.ttl.gz", "no gzip", "a.ttl.gz: is no whole gzip file"),
    ],
)
def test_a_file_that_cannot_be_loaded_has_file_line_and_reason(run, store, tmp_path, name, content, message):
    (tmp_path / name).write_text(content)
    status, out, err = run("ASK {}", "--store", store, "--data", name)
    assert (status, out) == (3, "")
    assert f"ressenti: {message}" in err
    assert len(ox.Store.read_only(str(store))) == 1002, "nothing half-loaded"


def test_a_missing_file_and_a_folder(run, store):
    assert "nowhere.ttl: cannot be read" in run("ASK {}", "--store", store, "--data", "nowhere.ttl")[2]
    assert "is a folder" in run("ASK {}", "--store", store, "--data", ".")[2]


# Stores


def test_a_store_is_made_kept_and_refreshed(run_part, tmp_path):
    (tmp_path / "a.ttl").write_text("<urn:m> <urn:says> <https://w3id.org/ressenti/tone#Fear> .")
    question = "ASK { ?m <urn:says> ?e . ?e rdfs:label 'peur'@fr }"
    assert run_part(question, "--store", "new/store", "--data", "a.ttl") == (0, "true\n", "")
    assert run_part(question, "--store", "new/store") == (0, "true\n", "")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["store"]
    # As if another version of Ressenti had made it, with a triple that is gone since.
    made = ox.Store(tmp_path / "new" / "store")
    made.update("""PREFIX s: <https://w3id.org/ressenti/store#> PREFIX t: <https://w3id.org/ressenti/tone>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        DELETE { GRAPH ?g { ?x s:shipped ?y } } INSERT { GRAPH ?g { ?x s:shipped "old" } } WHERE { GRAPH ?g { ?x s:shipped ?y } } ;
        INSERT DATA { <urn:gone> <urn:is> <urn:gone> . GRAPH t: { <urn:gone> <urn:is> <urn:gone> } } ;
        DELETE DATA { t:\\#Joy rdfs:label "joie"@fr . GRAPH t: { t:\\#Joy rdfs:label "joie"@fr } }""")
    made.flush()
    del made
    assert run_part(question, "--store", "new/store") == (0, "true\n", "")
    assert run_part("ASK { <urn:gone> ?p ?o }", "--store", "new/store")[1] == "false\n"
    back = "ASK { GRAPH ?g { tone:Joy rdfs:label 'joie'@fr } tone:Joy rdfs:label 'joie'@fr }"
    assert run_part(back, "--store", "new/store")[1] == "true\n"


def test_without_a_cache_the_triples_are_made_in_memory(tmp_path):
    (tmp_path / "file").write_text("")
    question = "ASK { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } FILTER(?n > 400000) tone:Joy a tone:PrimaryEmotion }"
    command = [sys.executable, "-m", "ressenti", "sparql", question]
    done = subprocess.run(command, capture_output=True, env=environment(tmp_path / "file"), check=False)
    assert (done.returncode, done.stdout) == (0, b"true\n")


def test_a_damaged_cache_is_made_anew(run_part, tmp_path):
    damaged = tmp_path / f"shipped-{fingerprint()[:16]}"
    damaged.mkdir()
    (damaged / "CURRENT").write_text("nonsense")
    for there in ([], [damaged]):  # what is damaged is cleared away, and made the next time
        status, out, _ = run_part("ASK { tone:Joy a tone:PrimaryEmotion }", cache=tmp_path)
        assert (status, out, [*tmp_path.iterdir()]) == (0, "true\n", there)


def test_a_mistake_makes_no_store(run, tmp_path):
    assert run("SELECT * { ?s ?p }", "--store", "new")[0] == 3
    (tmp_path / "bad.ttl").write_text("oops")
    assert run("ASK {}", "--store", "new", "--data", "bad.ttl")[0] == 3
    assert [path.name for path in tmp_path.iterdir()] == ["bad.ttl"]


def test_what_is_no_store_is_not_touched(run, tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "file").write_text("mine")
    status, _, err = run("ASK {}", "--store", "folder")
    assert status == 3
    assert "folder: is no store of pyoxigraph, and not empty; name a store, or a new folder to make one in" in err
    assert "is a file" in run("ASK {}", "--store", "folder/file")[2]
    assert [path.name for path in (tmp_path / "folder").iterdir()] == ["file"]


def test_a_damaged_store_is_told(run, store):
    (store / "CURRENT").write_text("nonsense")
    for option in ([], ["--update"]):
        status, out, err = run("INSERT DATA {}" if option else "ASK {}", "--store", store, *option)
        assert (status, out) == (3, "")
        assert "cannot be used as a store (" in err


def test_a_store_made_elsewhere_is_asked_as_it_is(run, store, tmp_path):
    assert run("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--store", store, "--format", "tsv")[1].split() == ["?n", "1002"]
    named = ox.Store(tmp_path / "named")
    named.add(ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.NamedNode("urn:c"), ox.NamedNode("urn:g")))
    named.flush()
    del named
    assert run("ASK { <urn:a> ?p ?o }", "--store", "named")[1] == "true\n", "with an empty default graph all graphs are asked"


def test_several_read_and_one_writes(run, store):
    held = ox.Store(store)
    status, out, err = run("ASK {}", "--store", store)
    assert (status, out) == (3, "")
    assert "is being used by another process" in err
    assert "is being used by another process" in run("INSERT DATA {}", "--update", "--store", store)[2]
    del held
    reader = "from ressenti.ontology.sparql.store import opened\nfrom pathlib import Path\nimport sys\n"
    reader += "with opened(Path(sys.argv[1])) as data:\n    print('open', flush=True)\n    sys.stdin.read()\n"
    with subprocess.Popen([sys.executable, "-c", reader, store], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"open\n"
        assert run("ASK {}", "--store", store) == (0, "true\n", "")
        if sys.platform != "win32":
            assert "is being used by another process" in run("INSERT DATA {}", "--update", "--store", store)[2]


# Updates


def test_an_update_is_kept_where_it_is_told_to(run, store, tmp_path):
    change = "DELETE WHERE { ?s <urn:n> ?o } ; INSERT DATA { <urn:a> <urn:b> tone:Joy }"
    assert "give --update" in run(change, "--store", store)[2]
    assert run(change, "--update")[0] == 2
    assert run(change, "--update", "-o", "x", "--format", "csv")[0] == 2
    assert run(change, "--update", "--store", store, "-o", "out.nt", "--format", "nt") == (0, "", "")
    assert "<urn:a> <urn:b> <https://w3id.org/ressenti/tone#Joy> ." in (tmp_path / "out.nt").read_text().splitlines()
    assert len(ox.Store.read_only(str(store))) == 3
    status, _, err = run("INSERT DATA { <urn:x> <urn:y> <urn:z> } ; INSERT DTA {}", "--update", "--store", store)
    assert status == 3
    assert "query:1:50: 'DTA' is no word of SPARQL; did you mean DATA?" in err
    assert len(ox.Store.read_only(str(store))) == 3


def test_an_update_that_is_stopped_changes_nothing(run, store):
    change = f"DELETE {{ ?a ?b ?c }} WHERE {PRODUCT}"
    assert run(change, "--update", "--store", store, "--timeout", "0.5")[0] == 1
    assert run("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "--store", store, "--format", "csv")[1].split() == ["n", "1002"]


# Formats


def test_each_form_has_its_formats(run, store):
    ask, select, construct = "ASK {}", "SELECT ?o { tone:Fear ?p ?o } ORDER BY ?o", "CONSTRUCT WHERE { tone:Fear ?p ?o }"
    asked = lambda query, form: run(query, "--store", store, "--format", form)[1]  # noqa: E731
    assert json.loads(asked(ask, "json"))["boolean"] is True
    assert "<boolean>true</boolean>" in asked(ask, "xml")
    assert [each["o"]["value"] for each in json.loads(asked(select, "json"))["results"]["bindings"]] == ["=1+1", "peur\nbleue"]
    assert list(csv.reader(io.StringIO(asked(select, "csv"), newline=""))) == [["o"], ["=1+1"], ["peur\nbleue"]]
    assert asked(select, "tsv").splitlines() == ["?o", '"=1+1"', '"peur\\nbleue"@fr']
    assert asked(construct, "ttl").startswith("@prefix tone: <https://w3id.org/ressenti/tone#> .\ntone:Fear tone:says ")
    for form, parser in {"ttl": "TURTLE", "nt": "N_TRIPLES", "jsonld": "JSON_LD", "rdfxml": "RDF_XML"}.items():
        assert len(list(ox.parse(asked(construct, form).encode(), getattr(ox.RdfFormat, parser)))) == 2
    for query, form, suited in ((select, "ttl", "table, json, xml, csv, tsv"), (construct, "csv", "ttl, nt, jsonld, rdfxml")):
        status, out, err = run(query, "--store", store, "--format", form)
        assert (status, out) == (3, "")
        assert f"cannot be answered as {form}; choose one of {suited}" in err


def test_a_table_is_for_reading(run, store):
    query = "SELECT ?o ?s ?n { VALUES (?s ?n ?o) { (tone:Fear 10 'peur\\nbleue\\u001b[2J') (<urn:x> 7 UNDEF) } }"
    _, out, err = run(query, "--store", store)
    assert out.splitlines() == [
        "o                     s           n",
        "────────────────────  ─────────  ──",
        "peur\\nbleue\\u001B[2J  tone:Fear  10",
        "                      <urn:x>     7",
    ]
    assert err == ""
    status, out, err = run("SELECT ?x { ?x tone:sayz 'rien' }", "--store", store)
    assert (status, out.splitlines()[0]) == (0, "x")
    assert "the answer is empty" in err
    assert "nothing is said of tone:sayz" in err


def test_a_query_comes_from_a_file_or_a_pipe(run, store, tmp_path):
    (tmp_path / "q.rq").write_text("# comment\nASK { ?s ?p ? }", encoding="utf-8")
    assert "ressenti: q.rq:2:13: " in run("q.rq", "--store", store)[2]
    assert run("-", "--store", store, stdin=b"ASK { ?s ?p 'peur\\nbleue'@fr }") == (0, "true\n", "")
    assert "<stdin>:1: is not UTF-8" in run("-", "--store", store, stdin=b"\xff")[2]
    assert run("q.rq", "-o", "q.rq")[0] == 2
    assert "# comment" in (tmp_path / "q.rq").read_text()


def test_a_file_that_is_not_called_a_query_is_not_quoted(run, tmp_path):
    for text in ("Le chat\ndort. J’ai honte de Gontran", "SELECT * { ?honte", "J’ai « honte » 'x", "INSERT honte"):
        for name, stdin in (("récit.txt", b""), ("-", text.encode())):
            (tmp_path / "récit.txt").write_text(text, encoding="utf-8")
            status, _, err = run(name, stdin=stdin)
            assert status == 3
            assert err.count("\n") == 1
            assert not {"chat", "Chat", "honte", "dort"} & {*err.replace("'", " ").split()}
        (tmp_path / "récit.rq").write_text(text, encoding="utf-8")
        assert text.split("\n")[0] in run("récit.rq")[2]


def test_the_shipped_questions_are_listed_and_asked(run):
    status, out, _ = run("--questions")
    names = [line.split()[0] for line in out.splitlines()[::2]]
    assert status == 0
    assert "fear-milder-than-terror" in names
    assert "Quels mots nomment une peur" in out
    assert run("--question", "fear-milder-than-terror")[1].splitlines()[0].split() == ["word", "emotion", "intensity"]
    assert "did you mean fear-milder-than-terror?" in run("--question", "fear-milder-than-teror")[2]
    assert run()[0] == run("ASK {}", "--question", "tiers")[0] == 2


# Ends


def test_at_the_time_limit_nothing_passes_for_whole(run, store, tmp_path):
    start = time.monotonic()
    status, out, err = run(f"SELECT * {PRODUCT}", "--store", store, "--format", "json", "--timeout", "0.5")
    assert status == 1
    assert "stopped at its time limit of 0.5 s; what was written is not the whole answer" in err
    with pytest.raises(ValueError, match=r"."):
        json.loads(out)
    (tmp_path / "out.csv").write_text("before")
    assert run(f"SELECT * {PRODUCT}", "--store", store, "--format", "csv", "--timeout", "0.5", "-o", "out.csv")[0] == 1
    assert run(f"SELECT (COUNT(*) AS ?n) {PRODUCT}", "--store", store, "--timeout", "0.5")[1] == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", "store"]
    assert (tmp_path / "out.csv").read_text() == "before"
    assert time.monotonic() - start < 10


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_a_query_at_work(store, cache, tmp_path, number, status):
    command = [sys.executable, "-m", "ressenti", "sparql", f"SELECT * {PRODUCT}", "--store", store, "--format", "csv", "-o", "out.csv"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment(cache), cwd=tmp_path) as process:
        deadline = time.monotonic() + 20
        while not any(path.stat().st_size for path in tmp_path.glob(".ressenti-*")) and time.monotonic() < deadline:
            time.sleep(0.05)
        process.send_signal(number)
        assert process.wait(10) == status
        assert b"Traceback" not in process.stderr.read()
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_a_reader_who_leaves_is_no_error(store, cache):
    command = [sys.executable, "-m", "ressenti", "sparql", f"SELECT * {PRODUCT}", "--store", store, "--format", "csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(cache)) as process:
        process.stdout.read(100)
        process.stdout.close()
        assert process.wait(10) == 141
        assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc")
@pytest.mark.parametrize("form", ["csv", "json", "table"])
def test_a_large_answer_streams(store, cache, form):
    def peak(limit):
        query = f"SELECT ?c ?f {{ ?a <urn:n> ?c . ?d <urn:n> ?f }} LIMIT {limit}"
        measure = "import resource, subprocess, sys\nsubprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
        measure += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        command = [sys.executable, "-c", measure, sys.executable, "-m", "ressenti", "sparql", query, "--store", store, "--format", form]
        return int(subprocess.run(command, check=True, capture_output=True, env=environment(cache)).stdout)

    assert peak(300_000) - peak(1000) < 10_000, "kilobytes; the answer is some 3 MB as text and 100 MB as objects"


def test_other_commands_do_not_load_the_store():
    code = "import sys; from ressenti.cli import cli; cli(['sparql', '-h'], standalone_mode=False); sys.exit('pyoxigraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_own_tables_are_asked_in_the_place_of_what_is_shipped(run, tmp_path):
    shipped = (DATA / "dependency_decisions.tsv").read_text(encoding="utf-8")
    refused = shipped.replace("opposite\tjoy\tsadness\t\taccepted\t", "opposite\tjoy\tsadness\t\trefused\t")
    assert refused != shipped
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "dependency_decisions.tsv").write_text(refused, encoding="utf-8")
    words = (DATA / "vocabulary_fr.tsv").read_text(encoding="utf-8").splitlines()[:100]  # the rest would take seconds
    (tmp_path / "mine" / "vocabulary_fr.tsv").write_text("\n".join(words) + "\n", encoding="utf-8")
    question = "ASK { tone:Joy tone:isOppositeOf tone:Sadness }"
    assert run(question)[1] == "true\n"
    assert run(question, "--tables", "mine")[1] == "false\n"
    assert run(question, "--tables", "mine", "--store", "new")[0] == 2


def test_the_ending_of_the_output_says_the_format(run, tmp_path):
    assert run("SELECT ?e { ?e a tone:PrimaryEmotion }", "-o", "answer.csv")[0] == 0
    assert (tmp_path / "answer.csv").read_bytes().startswith(b"e\r\nhttps://w3id.org/ressenti/tone#")
    assert run("SELECT ?e { ?e a tone:PrimaryEmotion }", "-o", "answer.ttl")[0] == 3
    assert not (tmp_path / "answer.ttl").exists()


def test_a_folder_is_no_query(run):
    status, _, told = run(".")
    assert status == 3
    assert "is a folder" in told

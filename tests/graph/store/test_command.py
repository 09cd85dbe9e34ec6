"""``ressenti store`` at the command line, and the same data in Oxigraph's own server."""

from __future__ import annotations

import json
import shutil
import socket
import stat
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from graph.accounts import annotated, everything
from ressenti.cli import cli
from ressenti.graph.rdf.write import write
from ressenti.graph.store.load import load

ROOT = Path(__file__).parent.parent.parent.parent
EXAMPLES = ROOT / "examples" / "narratives.jsonl"


def run(*arguments, input=None):
    return CliRunner().invoke(cli, ["store", *map(str, arguments)], input=input)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("command") / "store"
    load(folder, narratives=everything())
    return folder


def test_load_then_ask_by_name_text_file_and_pipe(tmp_path):
    loaded = run("load", tmp_path / "store", EXAMPLES)
    assert (loaded.exit_code, "9 narratives loaded" in loaded.stderr) == (0, True)
    again = run("load", tmp_path / "store", EXAMPLES)
    assert "9 narratives loaded, 9 in the place of earlier ones" in again.stderr
    assert "train      narratrice" in run("query", tmp_path / "store", "anger-at-whom").stdout
    text = "SELECT (COUNT(*) AS ?n) { ?n a nar:Narrative }"
    (tmp_path / "count.rq").write_text(text)
    answers = [run("query", tmp_path / "store", argument, "--format", "csv", input=text) for argument in (text, tmp_path / "count.rq", "-")]
    assert {answer.stdout for answer in answers} == {"n\n9\n"}


def test_accounts_are_annotated_on_the_way(tmp_path):
    (tmp_path / "recit.txt").write_text("J’ai eu peur de l’orage.", encoding="utf-8")
    assert run("load", tmp_path / "store", tmp_path / "recit.txt", "--base", "https://example.org/r/").exit_code == 0
    query = "SELECT ?m { ?m tone:hasEmotion tone:Fear }"
    assert "<https://example.org/r/recit#mention-1>" in run("query", tmp_path / "store", query).stdout


def test_nothing_is_loaded_where_an_input_fails_unless_told_so(tmp_path):
    good = json.dumps(annotated()[0].to_dict())
    (tmp_path / "mixed.jsonl").write_text(f'{good}\n{{"id": "x", "text": "a", "mentions": [{{}}]}}\n')
    refused = run("load", tmp_path / "store", tmp_path / "mixed.jsonl")
    assert (refused.exit_code, "mixed.jsonl:2" in refused.stderr, (tmp_path / "store").exists()) == (3, True, False)
    kept = run("load", tmp_path / "store", tmp_path / "mixed.jsonl", "--skip-failed")
    assert (kept.exit_code, "1 narrative loaded" in kept.stderr) == (1, True)


def test_answers_that_share_an_id_are_told_and_can_be_taken_out(tmp_path):
    table = tmp_path / "answers.csv"
    rows = ["id,text", "P1,J’ai honte.", "P1,Je suis furieux.", "P1,Je suis soulagée."]
    table.write_text("\n".join(rows), encoding="utf-8")
    loaded = run("load", tmp_path / "store", table)
    assert (loaded.exit_code, "ids that repeat are numbered by their order (x#2; here 2)" in loaded.stderr) == (0, True)
    gone = run("remove", tmp_path / "store", "P1", "P1#3")
    assert (gone.exit_code, "2 narratives removed" in gone.stderr, "P1#2 stays" in gone.stderr) == (0, True, True)
    assert run("query", tmp_path / "store", "SELECT ?n { ?n a nar:Narrative }", "--format", "csv").stdout.split() == [
        "n",
        "https://w3id.org/ressenti/narrative/P1%232",
    ]


def test_the_same_narrative_in_two_files_is_refused_and_within_one_numbered(tmp_path):
    for name, texts in (("a", ("Rien.", "Rien.")), ("b", ("Rien.", "J’ai peur.")), ("c", ("J’ai honte.",))):
        lines = [json.dumps({"id": "P1", "text": text}) for text in texts]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines))
    twice = run("load", tmp_path / "store", tmp_path / "a.jsonl", tmp_path / "b.jsonl")
    said = "b.jsonl:1: the account 'P1' is in an earlier input, too"
    assert (twice.exit_code, said in twice.stderr, (tmp_path / "store").exists()) == (3, True, False)
    assert "b.jsonl:2: the account" not in twice.stderr
    assert run("load", tmp_path / "store", tmp_path / "a.jsonl", tmp_path / "c.jsonl").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (("query", "{store}", "anger-at-who"), 3, "did you mean anger-at-whom?"),
        (("query", "{store}", "SELECT * {"), 3, "query:1:10"),
        (("query", "{store}", ""), 3, "query: is empty; write a query"),
        (("query", "{store}", "CLEAR ALL"), 3, "CLEAR changes data; this only asks"),
        (("query", "{store}", "SELECT * { ?m nar:cues ?c }"), 0, "did you mean nar:cue?"),
        (("query", "{store}", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "--timeout", "0.2"), 1, "time limit"),
        (("query", "{store}", "denied", "-o", "answer.xlsx"), 2, "nothing is written as .xlsx"),
        (("remove", "{store}", "nobody"), 3, "no narrative 'nobody' in it"),
        (("remove", "{store}"), 2, "Missing argument"),
        (("query", "{store}"), 2, "name a store, and give a query"),
        (("query", "{store}/none", "ASK {}"), 3, "there is no store here; make one with"),
        (("load", "{store}", "missing.nq"), 3, "missing.nq: cannot be read"),
        (("load", "{store}", str(EXAMPLES), "--base", "nothing"), 2, "--base"),
    ],
)
def test_mistakes(store, arguments, status, said, monkeypatch):
    monkeypatch.setattr("os._exit", lambda code: (_ for _ in ()).throw(SystemExit(code)))  # of a query that is still at work
    done = run(*(argument.format(store=store) if argument.startswith("{store}") else argument for argument in arguments))
    assert (done.exit_code, said in done.stderr) == (status, True), done.output


def test_answer_in_a_file_is_for_its_owner(store, tmp_path):
    assert run("query", store, "denied", "-o", tmp_path / "answer.csv").exit_code == 0
    assert (tmp_path / "answer.csv").read_text().startswith("narrative,who")
    assert stat.S_IMODE((tmp_path / "answer.csv").stat().st_mode) == 0o600


def test_questions_are_listed():
    listed = run("query", "--questions").stdout
    assert "Whose anger is directed at whom?" in listed and "De qui la colère" in listed


@pytest.fixture
def oxigraph():
    """Starts Oxigraph's own server, from PyPI, with the arguments given; ends it after the test."""
    program = shutil.which("oxigraph")
    if program is None:
        pytest.skip("oxigraph is not installed")
    started = []

    def start(*arguments):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command = [program, *map(str, arguments), "--bind", f"127.0.0.1:{port}"]
        started.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        for _ in range(200):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/query?query=ASK%7B%7D", timeout=5).close()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        return f"http://127.0.0.1:{port}"

    yield start
    for process in started:
        process.terminate()
        process.wait(20)


COUNT = """PREFIX nar: <https://w3id.org/ressenti/narrative#> PREFIX tone: <https://w3id.org/ressenti/tone#>
SELECT (COUNT(DISTINCT ?m) AS ?n) WHERE { ?m a tone:Mention ; nar:primary tone:Anger }"""


def counted(address):
    request = urllib.request.Request(f"{address}?{urlencode({'query': COUNT})}", headers={"Accept": "text/csv"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return int(answer.read().split()[1])


def test_oxigraphs_server_serves_a_store_of_ours(store, oxigraph):
    expected = sum(mention.primary == "anger" for n in everything() for mention in n.mentions)
    assert expected > 2
    assert counted(oxigraph("serve-read-only", "--location", store, "--union-default-graph") + "/query") == expected


def test_oxigraphs_server_takes_our_export(tmp_path, oxigraph):
    address = oxigraph("serve", "--location", tmp_path / "own", "--union-default-graph")
    data = "".join(write(everything(), "nq")).encode()
    request = urllib.request.Request(f"{address}/store", data, {"Content-Type": "application/n-quads"})
    urllib.request.urlopen(request, timeout=20).close()
    assert counted(f"{address}/query") == sum(mention.primary == "anger" for n in everything() for mention in n.mentions)

"""The application's server, asked over HTTP: who may ask, what it takes, what it gives, and how it ends."""

from __future__ import annotations

import http.client
import io
import json
import socket
import threading
import time
import zipfile
from contextlib import contextmanager
from pathlib import Path

import docx
import pytest

from ressenti.errors import DataError
from ressenti.review.app import desk as desk_module
from ressenti.review.app.desk import Desk
from ressenti.review.app.pages import LARGEST_FILE, wording
from ressenti.review.app.server import LARGEST_TEXT, App

JSON, BYTES = "application/json", "application/octet-stream"
ROOT = Path(__file__).parents[3]


class Client:
    """A browser's requests, without a browser."""

    def __init__(self, server: App) -> None:
        self.server = server
        self.cookie = ""

    def ask(self, method, path="/", body=None, *, cookie=True, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.server_port, timeout=20)
        usual = {"Host": self.server.name, "Cookie": self.cookie if cookie else ""}
        if method == "POST":
            usual |= {"Origin": f"http://{self.server.name}", "Content-Type": JSON}
        sent = usual | {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, {name: value for name, value in sent.items() if value})
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer, data

    def post(self, path, value, **headers):
        answer, data = self.ask("POST", path, json.dumps(value), **headers)
        return answer.status, json.loads(data) if answer.status == 200 else data.decode()

    def enter(self):
        token = self.server.link.partition("#")[2]
        answer, _ = self.ask("POST", "/session", json.dumps({"token": token}))
        self.cookie = (answer.getheader("Set-Cookie") or "").partition(";")[0]
        return answer

    def document(self, number, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = next(one for one in json.loads(self.ask("GET", "/state")[1])["documents"] if one["number"] == number)
            if found["state"] in ("ready", "failed"):
                return found
            time.sleep(0.02)
        raise AssertionError(f"not within {seconds} s")

    def paste(self, text, name="récit"):
        return self.document(self.post("/accounts", {"name": name, "text": text})[1]["number"])

    def open(self, name, data):
        answer, said = self.ask("POST", f"/files?name={name}", data, Content_Type=BYTES)
        assert answer.status == 200, said
        return self.document(json.loads(said)["number"])

    def narratives(self, number):
        lines = self.ask("GET", f"/documents/{number}/narratives.jsonl")[1].decode().splitlines()
        return [json.loads(line) for line in lines]


@contextmanager
def serving(load, **options):
    work = Desk(load)
    work.start()
    server = App(work, **options)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield Client(server)
    finally:
        server.shutdown()
        thread.join(10)


@pytest.fixture(scope="module")
def client(annotator):
    with serving(lambda: annotator) as found:
        found.enter()
        yield found


def test_the_token_opens_once(annotator):
    with serving(lambda: annotator) as client:
        answer, data = client.ask("GET")
        gate = data.decode()
        assert answer.status == 200 and wording("fr")["opening"] in gate and "<textarea" not in gate
        assert client.post("/session", {"token": "é" * 43})[0] == 403
        assert client.post("/session", {"token": 1})[0] == 403
        answer = client.enter()
        given = answer.getheader("Set-Cookie")
        assert answer.status == 204 and given.endswith("; Path=/; HttpOnly; SameSite=Strict")
        assert "<textarea" in client.ask("GET")[1].decode()
        first = client.cookie
        assert client.enter().status == 403, "a token that was stolen afterwards is worth nothing"
        client.cookie = first
        assert client.ask("GET", "/state")[0].status == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/state"), ("GET", "/documents/1/page"), ("POST", "/accounts"), ("POST", "/files"), ("POST", "/quit"), ("GET", "/nothing")],
)
@pytest.mark.parametrize("cookie", [None, "{name}=wrong", "other={value}", "{name}="])
def test_without_the_cookie_nothing_is_given(client, method, path, cookie):
    name, _, value = client.cookie.partition("=")
    sent = cookie.format(name=name, value=value) if cookie else ""
    assert client.ask(method, path, "{}" if method == "POST" else None, Cookie=sent)[0].status == 403
    assert "<textarea" not in client.ask("GET", "/", Cookie=sent)[1].decode()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "attaquant.example"}, 421),  # a name of another's that leads here
        ({"Host": "localhost"}, 421),
        ({"Host": ""}, 421),
        ({"Origin": "https://attaquant.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),  # another port of this machine
    ],
)
def test_other_pages_may_not_ask(client, headers, status):
    if headers.get("Host") == "":
        headers = {"Host": "127.0.0.1"}
    assert client.ask("GET", "/state", **headers)[0].status == status
    answer, _ = client.ask("POST", "/accounts", json.dumps({"name": "a", "text": "b"}), **headers)
    assert answer.status == status and answer.getheader("Access-Control-Allow-Origin") is None


@pytest.mark.parametrize(
    ("path", "body", "headers", "status"),
    [
        ("/accounts", '{"name": "a", "text": "b"}', {"Origin": ""}, 403),  # no page of ours posts without one
        ("/accounts", '{"name": "a", "text": "b"}', {"Content_Type": "text/plain"}, 415),
        ("/accounts", '{"name": "a", "text": "b"}', {"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ("/files?name=a.txt", "b", {"Content_Type": "multipart/form-data; boundary=x"}, 415),
        ("/accounts", "{", {}, 400),
        ("/accounts", "[" * 100_000, {}, 400),
        ("/accounts", "[]", {}, 400),
        ("/accounts", '{"name": "a"}', {}, 400),
        ("/accounts", '{"name": "a", "text": "  "}', {}, 400),
        ("/accounts", '{"name": 1, "text": "b"}', {}, 400),
        ("/accounts", r'{"name": "a", "text": "\ud800"}', {}, 400),
        ("/close", '{"number": "1"}', {}, 400),
        ("/decisions", '{"number": 999, "decisions": {}}', {}, 400),
        ("/nothing", "{}", {}, 404),
        ("/files?name=a.txt", None, {"Content_Type": BYTES, "Content_Length": str(LARGEST_FILE + 1)}, 413),
        ("/accounts", None, {"Content_Length": "99999999999999"}, 413),
        ("/accounts", None, {"Content_Length": "-1"}, 411),
        ("/accounts", None, {"Transfer_Encoding": "chunked"}, 411),
        ("/accounts", json.dumps({"name": "a", "text": "a" * (LARGEST_TEXT + 1)}), {}, 413),
    ],
)
def test_what_is_not_taken(client, path, body, headers, status):
    before = client.ask("GET", "/state")[1]
    answer, said = client.ask("POST", path, body, **headers)
    assert answer.status == status and b"Traceback" not in said
    assert client.ask("GET", "/state")[1] == before


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods(client, method):
    assert client.ask(method, "/state")[0].status == 405


@pytest.mark.parametrize("number", ["0", "999", "x", "9" * 5000, "1/.."])
def test_nothing_is_here(client, number):
    assert client.ask("GET", f"/documents/{number}/page")[0].status == 404
    assert client.ask("GET", f"/documents/{number}/etc/passwd")[0].status == 404


def test_an_account_that_is_pasted(client):
    text = "J’ai peur de l’orage. <script>alert(1)</script>\u202e\u0000"
    found = client.paste(text, "séance/../3\n")
    assert found["state"] == "ready" and found["name"] == "3" and found["notes"] == []
    (narrative,) = client.narratives(found["number"])
    assert narrative["text"] == text and [one["emotion"] for one in narrative["mentions"]] == ["fear"]
    for page in ("page", "page.html", "summary"):
        answer, data = client.ask("GET", f"/documents/{found['number']}/{page}")
        rules = answer.getheader("Content-Security-Policy")
        assert answer.status == 200 and rules.startswith("default-src 'none'") and "unsafe" not in rules
        assert b"<script>alert(1)" not in data and "orage" in data.decode()
        assert answer.getheader("Cache-Control") == "no-store" and answer.getheader("Referrer-Policy") == "no-referrer"
    assert client.ask("HEAD", f"/documents/{found['number']}/page")[1] == b""
    client.post("/close", {"number": found["number"]})
    assert client.ask("GET", f"/documents/{found['number']}/page")[0].status == 404


@pytest.mark.parametrize("around", ["{}", "\n{}", "\r\n \u00a0\n{}\n\n\t\n", "{}\n"])
def test_blank_lines_around_a_pasted_account_are_none_of_it(client, around):
    text = "  J’ai peur.\n\nJ’ai honte. "
    assert client.narratives(client.paste(around.format(text))["number"])[0]["text"] == text


def word(text):
    made, out = docx.Document(), io.BytesIO()
    made.add_paragraph(text)
    made.save(out)
    return out.getvalue()


def test_files(client):
    assert client.narratives(client.open("rencontre.docx", word("J’ai honte de moi."))["number"])[0]["id"] == "rencontre"
    two = client.open("deux.csv", "text\nJ’ai peur.\nJe suis triste.\n".encode())
    assert [one["id"] for one in client.narratives(two["number"])] == ["deux#1", "deux#2"] and two["done"] == two["all"] == 2
    given = (ROOT / "examples/narratives.jsonl").read_bytes()
    kept = client.open("narratives.jsonl", given)
    assert client.narratives(kept["number"]) == [json.loads(line) for line in given.decode().splitlines()]
    assert client.open("lettre.txt", b"I was so afraid of the storm that I could not sleep at all.")["notes"] == ["note_language"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.docx", b"no archive", "failed_word"),
        ("a.doc", bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "failed_word"),
        ("a.odt", b"PK", "failed_word"),
        ("a.pdf", b"%PDF-1.4 no more", "failed_pdf"),
        ("a.bin", b"\0\1\2\3", "failed_file"),
        ("a.txt", b" \n", "failed_empty"),
        ("a.jsonl", b'{"id": "a", "text": "peur", "mentions": 3}\n', "failed_marks"),
    ],
)
def test_files_that_cannot_be_read(client, name, data, reason):
    found = client.open(name, data)
    assert (found["state"], found["reason"]) == ("failed", reason)
    assert reason in wording("fr") and client.ask("GET", f"/documents/{found['number']}/page")[0].status == 404
    assert client.paste("J’ai peur.")["state"] == "ready", "the next one is read"


def test_one_speaker_of_a_transcript(client):
    turns = "ANNE : J’ai peur de l’orage.\nCOACH : Et vous êtes triste ?\nANNE : Oui, un peu.\nCOACH : Je suis content.\nANNE : Merci.\n"
    whole = client.paste(turns, "séance")
    assert whole["speakers"] == ["ANNE", "COACH"]
    number = client.post("/speaker", {"number": whole["number"], "speaker": "ANNE"})[1]["number"]
    assert client.document(number)["name"] == "séance (ANNE)"
    (narrative,) = client.narratives(number)
    assert "peur" in narrative["text"] and "content" not in narrative["text"] and narrative["id"] == "séance (ANNE)"
    assert client.post("/speaker", {"number": whole["number"], "speaker": "X"})[0] == 404
    assert client.post("/speaker", {"number": number, "speaker": "ANNE"})[0] == 404


def test_a_file_that_swells_is_refused(client):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", " " * (1 << 28))
    assert client.open("bombe.docx", out.getvalue())["state"] == "failed"


def test_many_at_once(client):
    numbers, errors = [], []

    def one(k):
        try:
            numbers.append(client.post("/accounts", {"name": f"r{k}", "text": f"J’ai peur. {k}"})[1]["number"])
            assert client.ask("GET", "/state")[0].status == 200
        except Exception as error:  # noqa: BLE001 -- told to the thread that waits
            errors.append(error)

    threads = [threading.Thread(target=one, args=(k,)) for k in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not errors and len(set(numbers)) == 12
    found = [client.document(number) for number in numbers]
    assert all(client.narratives(one["number"])[0]["text"].endswith(f" {one['name'][1:]}") for one in found)


def test_only_so_many_are_open(annotator, monkeypatch):
    monkeypatch.setattr(desk_module, "DOCUMENTS", 2)
    with serving(lambda: annotator) as client:
        client.enter()
        client.paste("a"), client.paste("b")
        assert client.post("/accounts", {"name": "c", "text": "c"})[0] == 409


def test_what_is_told_while_it_loads_and_where_it_cannot():
    gate = threading.Event()

    def load():
        gate.wait(10)
        raise DataError("words.tsv", 3, "has no term")

    with serving(load) as client:
        client.enter()
        client.post("/accounts", {"name": "a", "text": "J’ai peur."})
        state = json.loads(client.ask("GET", "/state")[1])
        assert state["loading"] and state["documents"][0]["state"] == "waiting"
        gate.set()
        time.sleep(0.2)
        state = json.loads(client.ask("GET", "/state")[1])
        assert not state["loading"] and state["fault"] == "words.tsv:3: has no term"


def test_only_this_machine_and_until_it_ends(annotator):
    with serving(lambda: annotator, language="en") as client:
        assert client.server.server_address[0] == "127.0.0.1" and '<html lang="en">' in client.ask("GET")[1].decode()
        client.enter()
        assert client.post("/quit", {}) == (200, {})
        end = time.monotonic() + 5
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", client.server.server_port)):
                    return
            time.sleep(0.05)
        raise AssertionError("it still listens")

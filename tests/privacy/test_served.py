"""The application and the endpoint: on loopback alone, with nothing of an account in what they say or leave behind."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from privacy.inputs import TEXT
from privacy.world import SENTENCES, World, holds_words, without_network

SHARED = without_network() == ()
"""Whether the network is the machine's own: else the server's port is in another one."""


@pytest.fixture
def world(tmp_path, monkeypatch):
    monkeypatch.setattr("privacy.world.without_network", lambda: ())  # who asks must be in the same network
    return World(tmp_path)


@contextlib.contextmanager
def started(world, *words):
    """A server; where a test fails it is ended, for nobody else would."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "stdin": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(world.command(*words), cwd=world.work, env=world.environment, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def ask(host, method, path, body=None, **headers):
    connection = http.client.HTTPConnection(host, timeout=60)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    data = answer.read().decode()
    connection.close()
    return answer, data


def listening(process_id):
    """The addresses at which a process listens, as the system has them."""
    inodes = set()
    for link in Path(f"/proc/{process_id}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # closed meanwhile
            found = re.fullmatch(r"socket:\[(\d+)\]", str(link.readlink()))
            inodes |= {found[1]} if found else set()
    addresses = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{process_id}/net/{table}").read_text().splitlines()[1:]:
            cells = line.split()
            if cells[3] == "0A" and cells[9] in inodes:
                addresses.append(cells[1].partition(":")[0])
    return addresses


def test_the_application(world):
    with started(world, "app", "--no-browser") as process:
        host, token = re.fullmatch(r"http://([^/]+)/#(\S+)", process.stdout.readline().strip()).groups()
        assert set(listening(process.pid)) == {"0100007F"}
        json_type = {"Origin": f"http://{host}", "Content_Type": "application/json"}
        answer, _ = ask(host, "POST", "/session", json.dumps({"token": token}), **json_type)
        cookie = answer.getheader("Set-Cookie").partition(";")[0]
        answer, data = ask(host, "POST", "/accounts", json.dumps({"name": "a", "text": TEXT}), Cookie=cookie, **json_type)
        assert answer.status == 200
        number, end = json.loads(data)["number"], time.monotonic() + 100
        while json.loads(ask(host, "GET", "/state", Cookie=cookie)[1])["documents"][0]["state"] not in ("ready", "failed"):
            assert time.monotonic() < end
            time.sleep(0.2)
        page = ask(host, "GET", f"/documents/{number}/page", Cookie=cookie)
        assert page[0].status == 200 and holds_words(page[1]) and page[0].getheader("Cache-Control") == "no-store"
        policy = page[0].getheader("Content-Security-Policy")
        assert "default-src 'none'" in policy and "http" not in policy.replace("'self'", "")
        broken = "{" + TEXT
        for path in ("/accounts", "/files?name=" + quote(SENTENCES[0])):
            answer, said = ask(host, "POST", path, broken.encode(), Cookie=cookie, **json_type)
            assert answer.status >= 400 and not holds_words(said)
        process.send_signal(signal.SIGTERM)
        out, said = process.communicate(timeout=60)
    assert process.returncode == 0 and not holds_words(out + said)
    assert world.left() == [] and [*world.work.iterdir()] == [] and world.log.read_text() == ""


def test_the_endpoint(world):
    (world.work / "a.txt").write_text(TEXT, encoding="utf-8")
    assert world.run("store", "load", "kept", "a.txt").returncode == 0
    with started(world, "store", "serve", "kept", "--port", "0", "--log", "--timeout", "5") as process:
        said = process.stderr.readline()
        host = re.search(r"http://([^/]+)/", said)[1]
        assert set(listening(process.pid)) == {"0100007F"}
        words = "SELECT ?w { ?s nif:anchorOf ?w FILTER(CONTAINS(?w, 'zyxomarteau')) }"
        answer, data = ask(host, "GET", "/sparql?query=" + quote(words))
        assert answer.status == 200 and holds_words(data) and answer.getheader("Access-Control-Allow-Origin") is None
        refused = {
            "SELECT * { SERVICE <http://example.org/zyxomarteau> { ?a ?b ?c } }": "SERVICE",
            "LOAD <file:///etc/passwd>": "",
            "INSERT DATA { <urn:a> <urn:b> 'zyxomarteau' }": "",
            "SELECT * { ?a ?b 'Zorglubert": "",
        }
        for query, reason in refused.items():
            answer, said = ask(host, "GET", "/sparql?query=" + quote(query))
            assert answer.status in (400, 403) and reason in said
        assert ask(host, "GET", "/sparql?query=ASK{}", Host="attacker.example")[0].status == 421
        process.send_signal(signal.SIGTERM)
        log = process.communicate(timeout=60)[1]
    assert process.returncode == 0 and log.count("\n") >= 5 and not holds_words(log)
    assert not [name for name in world.left() if name.startswith("tmp/")] and world.log.read_text() == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_nobody_else_is_served_unless_told_so(world, host):
    done = world.run("store", "serve", "kept", "--host", host)
    assert done.returncode == 2 and b"--allow-network" in done.stderr


def test_the_trap_works(world):
    """What reaches for the network is stopped, and written down."""
    code = "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=2)"
    done = subprocess.run(world.command(code, python=("-c",)), cwd=world.work, env=world.environment, capture_output=True, check=False)
    assert done.returncode != 0 and "192.0.2.1" in world.log.read_text()
    code = "import urllib.request\nurllib.request.urlopen('http://example.org')"
    subprocess.run(world.command(code, python=("-c",)), cwd=world.work, env=world.environment, capture_output=True, check=False)
    assert "example.org" in world.log.read_text()


@pytest.mark.skipif(SHARED, reason="this system gives no network of one's own")
def test_the_network_of_ones_own_has_loopback_and_nothing_else(tmp_path):
    code = (
        "import socket\nserver = socket.create_server(('127.0.0.1', 0))\nsocket.create_connection(server.getsockname(), timeout=2)\n"
        "try: socket.create_connection(('192.0.2.1', 80), timeout=2)\nexcept OSError as error: print(error.errno)"
    )
    world = World(tmp_path)
    environment = world.environment | {"OFFLINE_LOG": ""}
    done = subprocess.run(world.command(code, python=("-c",)), env=environment, capture_output=True, check=True, text=True)
    assert int(done.stdout) == 101  # ENETUNREACH: not even a way

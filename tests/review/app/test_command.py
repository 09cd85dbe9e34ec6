"""``ressenti app``: how it starts, what it says, how it ends."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest


@contextmanager
def started(*arguments, **environment):
    command = [sys.executable, "-m", "ressenti", "app", *arguments]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes, env={**os.environ, **environment}) as process:
        try:
            yield process
        finally:
            process.kill()


def enter(link):
    """Exchange the token of the address; how to ask from then on."""
    host, token = re.fullmatch(r"http://(127\.0\.0\.1:\d+)/#([\w-]{43})", link.strip()).groups()
    cookie = ""

    def post(path, value):
        nonlocal cookie
        connection = http.client.HTTPConnection(host, timeout=10)
        headers = {"Origin": f"http://{host}", "Content-Type": "application/json", "Cookie": cookie}
        connection.request("POST", path, json.dumps(value), headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        cookie = (answer.getheader("Set-Cookie") or cookie).partition(";")[0]
        return answer.status

    assert post("/session", {"token": token}) == 204
    return post


def test_the_page_ends_it(tmp_path):
    with started("--no-browser", HOME=str(tmp_path)) as process:
        post = enter(process.stdout.readline())
        assert post("/accounts", {"name": "a", "text": "J’ai peur de l’orage."}) == 200
        assert post("/quit", {}) == 200
        assert process.wait(30) == 0
        said = process.stderr.read()
        assert "Ouvrez cette adresse" in said and "arrêté" in said and "127.0.0.1" not in said and "orage" not in said
    assert [*tmp_path.rglob("*")] == [], "nothing is on disk"


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it(sign):
    with started("--no-browser", "--lang", "en") as process:
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.send_signal(sign)
        assert process.wait(30) == 0
        said = process.stderr.read()
        assert "has stopped" in said and "Traceback" not in said


def test_a_browser_is_opened_with_the_address(tmp_path):
    place, script = tmp_path / "address", tmp_path / "browser"
    script.write_text(f'#!/bin/sh\nprintf %s "$1" > {place}.part && mv {place}.part {place}\n')
    script.chmod(0o700)
    with started(BROWSER=f"{script} %s") as process:
        for _ in range(2):
            assert "#" not in process.stderr.readline(), "the token is not shown"
        while not place.exists():
            assert process.poll() is None
        assert enter(place.read_text())("/quit", {}) == 200
        assert process.wait(30) == 0 and process.stdout.read() == ""


def test_a_port_that_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with started("--no-browser", "--port", str(taken.getsockname()[1])) as process:
            assert process.wait(30) == 3
            assert "est déjà pris" in process.stderr.read()

"""The store in the cache: made once, opened by many, and never in the way."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ressenti.ontology.sparql.shipped import VARIABLE, cached, fingerprint, preparation, shipped_store

COUNT = "from ressenti.ontology.sparql.shipped import shipped_store; print(len(shipped_store()))"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_it_is_made_once_and_replaces_that_of_another_version(place):
    (place / "shipped-0123456789abcdef").mkdir(parents=True)
    assert "this is done once" in preparation()
    first = len(shipped_store())
    made = place / f"shipped-{fingerprint()[:16]}"
    assert not preparation()
    assert [path.name for path in place.iterdir()] == [made.name]
    changed = made.stat().st_mtime_ns
    assert len(shipped_store()) == first > 400_000
    assert made.stat().st_mtime_ns == changed


def test_two_processes_at_once(place):
    running = [subprocess.Popen([sys.executable, "-c", COUNT], stdout=subprocess.PIPE) for _ in range(2)]
    counts = {process.communicate()[0] for process in running}
    assert len(counts) == 1
    assert [process.returncode for process in running] == [0, 0]
    assert len(list(place.iterdir())) == 1


def test_without_a_place_it_is_in_memory(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    for nowhere in ("", str(tmp_path / "file" / "below")):
        monkeypatch.setenv(VARIABLE, nowhere)
        assert cached() is None
        assert preparation()
        assert "once" not in preparation()
    assert len(shipped_store()) > 400_000


def test_a_damaged_one_is_passed_over(place):
    damaged = place / f"shipped-{fingerprint()[:16]}"
    damaged.mkdir(parents=True)
    (damaged / "CURRENT").write_text("nothing", encoding="utf-8")
    assert cached() is None
    assert cached() == damaged

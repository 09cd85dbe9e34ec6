"""The store on disk: made once, opened by many, and never in the way."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ressenti.ontology.rdf.cache import VARIABLE, fingerprint, shipped

COUNT = "from ressenti.ontology.rdf.cache import shipped; print(len(shipped()))"


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_it_is_made_once_and_replaces_that_of_another_version(place):
    old = place / "tone-0123456789abcdef"
    old.mkdir(parents=True)
    first = len(shipped())
    made = place / f"tone-{fingerprint()}"
    assert [path.name for path in place.iterdir()] == [made.name]
    changed = made.stat().st_mtime_ns
    assert len(shipped()) == first > 200_000
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
        assert len(shipped()) > 200_000


def test_a_broken_one_is_passed_over(place):
    broken = place / f"tone-{fingerprint()}"
    broken.mkdir(parents=True)
    (broken / "CURRENT").write_text("nothing", encoding="utf-8")
    assert len(shipped()) > 200_000

"""The store in the cache: made once, opened by many, and never in the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import islice

import pytest
from pyoxigraph import Store

from ressenti.ontology.sparql import shipped
from ressenti.ontology.sparql.shipped import VARIABLE, cached, fingerprint, preparation, shipped_store

SLOWLY = """
import time
from itertools import islice
from ressenti.ontology.sparql import shipped

def some(quads=shipped.shipped_quads):
    yield from islice(quads(), 3000)
    time.sleep(1)  # the other one is at it as well

shipped.shipped_quads = some
print(len(shipped.shipped_store()))
"""
"""Makes a store of a small part of what is shipped, which takes seconds as a whole."""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def few(monkeypatch):
    """A small part of what is shipped, in place of the whole."""
    quads = shipped.shipped_quads
    monkeypatch.setattr(shipped, "shipped_quads", lambda: islice(quads(), 3000))


@pytest.mark.usefixtures("few")
def test_it_is_made_once(place):
    assert "this is done once" in preparation()
    first = len(shipped_store())
    made = place / f"shipped-{fingerprint()[:16]}"
    assert not preparation()
    assert [path.name for path in place.iterdir()] == [made.name]
    changed = (made / "CURRENT").stat().st_mtime_ns
    assert len(shipped_store()) == first == 6001  # each in its own graph and in the default one, and the mark
    assert (made / "CURRENT").stat().st_mtime_ns == changed


@pytest.mark.usefixtures("few")
def test_versions_side_by_side_keep_their_own_and_those_long_unused_go(place, monkeypatch):
    def use(version):
        monkeypatch.setattr(shipped, "fingerprint", lambda: version)
        assert len(shipped_store()) == 6001
        for age, path in enumerate(sorted(place.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True), 1):
            os.utime(path, (1e9 - age, 1e9 - age))  # what is used next is the newest, whatever the clock's steps
        return sorted(path.name for path in place.iterdir())

    assert use("a") == ["shipped-a"]
    assert use("b") == ["shipped-a", "shipped-b"]
    assert use("c") == ["shipped-a", "shipped-b", "shipped-c"]
    assert use("a") == ["shipped-a", "shipped-b", "shipped-c"]
    assert use("d") == ["shipped-a", "shipped-c", "shipped-d"]


@pytest.mark.usefixtures("few")
def test_who_copies_from_one_that_goes_away_starts_anew(place, tmp_path, monkeypatch):
    copytree, made, copies = shutil.copytree, cached(), []

    def disturbed(source, target):
        if not copies:
            source.rename(place / "away")  # as another version does
        copies.append(target)
        return copytree(source, target)

    monkeypatch.setattr(shipped.shutil, "copytree", disturbed)
    assert shipped.copied(tmp_path / "copy")
    assert len(copies) == 2 and made.exists()
    assert len(Store.read_only(str(tmp_path / "copy"))) == 6001


def test_two_processes_at_once(place):
    running = [subprocess.Popen([sys.executable, "-c", SLOWLY], stdout=subprocess.PIPE) for _ in range(2)]
    counts = {process.communicate()[0] for process in running}
    assert len(counts) == 1
    assert [process.returncode for process in running] == [0, 0]
    assert len(list(place.iterdir())) == 1


@pytest.mark.usefixtures("few")
def test_without_a_place_it_is_in_memory(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    for nowhere in ("", str(tmp_path / "file" / "below")):
        monkeypatch.setenv(VARIABLE, nowhere)
        assert cached() is None
        assert preparation()
        assert "once" not in preparation()
    assert len(shipped_store()) == 6000


@pytest.mark.usefixtures("few")
def test_a_damaged_one_is_passed_over(place):
    damaged = place / f"shipped-{fingerprint()[:16]}"
    damaged.mkdir(parents=True)
    (damaged / "CURRENT").write_text("nothing", encoding="utf-8")
    assert cached() is None
    assert cached() == damaged

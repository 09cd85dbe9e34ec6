"""Loading a store: from whatever form, whole or not at all, a narrative in its own graph, what is shared once."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import stat
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode

from graph.accounts import annotated, everything, odd
from ressenti.errors import DataError, RessentiError
from ressenti.graph.rdf.names import BASE, PREFIXES, Iris
from ressenti.graph.rdf.write import write
from ressenti.graph.store import load as loading
from ressenti.graph.store import spool
from ressenti.graph.store.load import Loaded, is_rdf, load, remove
from ressenti.graph.store.names import OTHER, SHIPPED, SOURCES
from ressenti.graph.store.place import opened

ENDINGS = {"ttl": ".ttl", "nq": ".nq", "jsonld": ".jsonld", "rdfxml": ".rdf"}


def exported(folder, form, narratives, name="export", base=BASE):
    path = folder / f"{name}{ENDINGS[form]}"
    path.write_text("".join(write(narratives, form, base)), encoding="utf-8")
    return path


def statements(folder):
    """What is said in each narrative's graph and in the shared one."""
    with opened(folder) as data:
        shipped = {NamedNode(graph) for graph in SHIPPED}
        return {str(quad) for quad in data.store if quad.graph_name not in shipped}


def graphs(folder):
    with opened(folder) as data:
        return {graph.value for graph in data.store.named_graphs()}


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    folder = tmp_path_factory.mktemp("expected") / "store"
    load(folder, narratives=everything())
    return statements(folder)


@pytest.mark.parametrize("form", ["ttl", "nq", "jsonld"])
def test_each_format_gives_the_same_store_as_narratives_do(form, tmp_path, expected):
    assert load(tmp_path / "store", [exported(tmp_path, form, everything())]) == Loaded(5, 0)
    assert statements(tmp_path / "store") == expected


def test_rdfxml_and_gzip(tmp_path):
    load(tmp_path / "one", narratives=annotated())
    load(tmp_path / "two", [exported(tmp_path, "rdfxml", annotated())])
    packed = tmp_path / "packed.nq.gz"
    packed.write_bytes(gzip.compress(exported(tmp_path, "nq", annotated()).read_bytes()))
    load(tmp_path / "three", [packed])
    assert statements(tmp_path / "one") == statements(tmp_path / "two") == statements(tmp_path / "three")


def test_quads_in_another_order_and_spacing(tmp_path, expected):
    path = exported(tmp_path, "nq", everything())
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("".join(line.replace("> <", ">\t<") + "\n" for line in reversed(lines)), encoding="utf-8")
    load(tmp_path / "store", [path])
    assert statements(tmp_path / "store") == expected


def test_what_is_shared_stands_once_and_nothing_in_the_default_graph(tmp_path):
    load(tmp_path / "store", narratives=everything())
    with opened(tmp_path / "store") as data:
        triples = Counter(quad.triple for quad in data.store)
        assert max(triples.values()) == 1
        assert not list(data.store.quads_for_pattern(None, None, None, DefaultGraph()))
        shared = {quad.subject.value for quad in data.store.quads_for_pattern(None, None, None, NamedNode(SOURCES))}
    assert any(iri.endswith("/rule/act") for iri in shared)
    assert any("/reviewer/" in iri for iri in shared)
    assert not any("/narrative/orage" in iri for iri in shared)


def test_a_narrative_loaded_again_replaces_the_old(tmp_path):
    first, *others = annotated()
    load(tmp_path / "store", narratives=annotated())
    changed = replace(first, text="Rien.", mentions=[], roles=[], entities=[])
    for files, narratives in (([], [changed]), ([exported(tmp_path, "nq", [changed])], []), ([exported(tmp_path, "ttl", [changed])], [])):
        assert load(tmp_path / "store", files, narratives) == Loaded(0, 1)
        load(tmp_path / "fresh", narratives=[changed, *others])
        assert {s for s in statements(tmp_path / "store") if SOURCES not in s} == {
            s for s in statements(tmp_path / "fresh") if SOURCES not in s
        }


def on_disk(folder, words):
    return [path.name for path in folder.parent.rglob("*") if path.is_file() and words.encode() in path.read_bytes()]


SECRET = "J’ai peur de Zorglubine Kestrovitch."


@pytest.mark.parametrize("how", ["replaced", "removed"])
def test_words_of_what_went_are_no_longer_on_the_disk(how, tmp_path):
    store = tmp_path / "store"
    first = replace(annotated()[0], text=SECRET, mentions=[], roles=[], entities=[])
    others = [*annotated()[1:], odd()]
    load(store, narratives=[first, *others])
    assert on_disk(store, "Zorglubine")
    if how == "removed":
        assert remove(store, [first.id]) == []
    else:
        changed = replace(first, text="J’ai peur.")
        assert load(store, narratives=[changed]) == Loaded(0, 1)
        others.append(changed)
    assert not on_disk(store, "Zorglubine")
    load(tmp_path / "fresh", narratives=others)
    assert {line for line in statements(store) if SOURCES not in line} == {
        line for line in statements(tmp_path / "fresh") if SOURCES not in line
    }
    assert [path.name for path in tmp_path.iterdir()] in (["store", "fresh"], ["fresh", "store"])


def test_what_stays_keeps_its_blank_nodes_and_what_belongs_to_no_narrative(tmp_path):
    path = exported(tmp_path, "nq", annotated())
    said = '_:same <http://a/b> "c" <http://a/g> .\n_:same <http://a/d> "e" <http://a/h> .\n<http://a/x> <http://a/y> "z" .\n'
    path.write_text(path.read_text(encoding="utf-8") + said, encoding="utf-8")
    load(tmp_path / "store", [path])
    remove(tmp_path / "store", [annotated()[0].id])
    with opened(tmp_path / "store") as data:
        (one,) = data.store.quads_for_pattern(None, NamedNode("http://a/b"), None)
        (two,) = data.store.quads_for_pattern(None, NamedNode("http://a/d"), None)
        assert one.subject == two.subject and two.graph_name == NamedNode("http://a/h")
        assert data.store.query("ASK { ?a <http://a/y> 'z' }", use_default_graph_as_union=True)


def test_removing_takes_all_or_nothing_and_says_what_is_called_alike(tmp_path):
    one = annotated()[0]
    load(tmp_path / "store", narratives=[replace(one, id=id) for id in ("P1", "P1#2", "P10")])
    before = statements(tmp_path / "store")
    with pytest.raises(DataError, match="no narrative 'P9' in it; nothing was removed"):
        remove(tmp_path / "store", ["P1", "P9"])
    assert statements(tmp_path / "store") == before
    assert remove(tmp_path / "store", ["P1"]) == ["P1#2"]
    assert remove(tmp_path / "store", [Iris().narrative("P1#2")]) == []
    assert {graph for graph in graphs(tmp_path / "store") if graph.startswith(BASE)} == {Iris().narrative("P10")}
    with pytest.raises(DataError, match="there is no store here"):
        remove(tmp_path / "none", ["P1"])


def test_corpora_with_bases_of_their_own_stand_beside_each_other(tmp_path):
    other = "https://example.org/autres/"
    load(tmp_path / "store", narratives=annotated())
    assert load(tmp_path / "store", narratives=annotated(), base=other) == Loaded(3, 0)
    assert {Iris(base).narrative("orage") for base in (BASE, other)} <= graphs(tmp_path / "store")


BROKEN = {
    "bad.nq": ('<http://a/b> <http://a/c> "d" <http://a/g> .\n' * 3 + "<a <b> .\n", 4),
    "bad.ttl": ("<http://a/b> <http://a/c> <http://a/d> .\n\n<http://a/b> nar:x .\n", 3),
    "bad.jsonld": ('{"@id": \n', None),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_told_and_nothing_is_loaded(name, tmp_path):
    content, line = BROKEN[name]
    load(tmp_path / "store", narratives=[odd()])
    before = statements(tmp_path / "store")
    good, bad = exported(tmp_path, "nq", annotated()), tmp_path / name
    bad.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as told:
        load(tmp_path / "store", [good, bad])
    assert str(told.value).startswith(f"{bad}:{line}:" if line else str(bad))
    assert statements(tmp_path / "store") == before
    with pytest.raises(DataError):
        load(tmp_path / "new", [good, bad])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "export.nq", "store"])


def test_broken_line_late_in_an_export_of_ours_has_its_own_number(tmp_path):
    path = exported(tmp_path, "nq", annotated())
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[70] = lines[70].replace(" .\n", "\n")
    path.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(DataError, match=r"export\.nq:7[12]: "):
        load(tmp_path / "store", [exported(tmp_path, "nq", [odd()], "first"), path])


@pytest.mark.parametrize("size", [1, 20_000])
def test_in_parts_of_a_size_nothing_is_lost_and_lines_keep_their_numbers(size, tmp_path, expected, monkeypatch):
    monkeypatch.setattr(spool, "_PART", size)
    assert load(tmp_path / "store", [exported(tmp_path, "nq", everything())]) == Loaded(5, 0)
    assert statements(tmp_path / "store") == expected
    bad = tmp_path / "bad.nq"
    bad.write_text('<http://a/b> <http://a/c> "d" <http://a/g> .\n' * 3 + "<a <b> .\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.nq:4: "):
        load(tmp_path / "other", [exported(tmp_path, "nq", annotated()), bad])


@pytest.mark.parametrize("size", [1, 1 << 20])
def test_blank_nodes_of_a_file_stay_together_and_apart_from_those_of_another(size, tmp_path, monkeypatch):
    monkeypatch.setattr(spool, "_PART", size)
    files = []
    for name, narratives in (("one", annotated()), ("two", [odd()])):
        path = exported(tmp_path, "nq", narratives, name)
        said = "".join(f'_:same <http://a/{part}> "{name}" <http://a/g> .\n' for part in ("b", "c"))
        path.write_text(said + path.read_text(encoding="utf-8") + said.replace("/b>", "/d>").replace("/c>", "/e>"), encoding="utf-8")
        files.append(path)
    load(tmp_path / "store", files)
    with opened(tmp_path / "store") as data:
        found = data.store.quads_for_pattern(None, None, None, NamedNode("http://a/g"))
        assert sorted(Counter(quad.subject for quad in found).values()) == [4, 4]


def test_json_ld_in_an_order_that_does_not_stream_is_loaded_too(tmp_path, expected):
    path = exported(tmp_path, "jsonld", everything())
    document = json.loads(path.read_text(encoding="utf-8"))
    document["@graph"] = [dict(reversed(thing.items())) for thing in document["@graph"]]
    path.write_text(json.dumps(document), encoding="utf-8")
    load(tmp_path / "store", [path])
    assert statements(tmp_path / "store") == expected


def test_full_disk_is_told_and_the_store_is_as_before(tmp_path):
    load(tmp_path / "store", narratives=[odd()])
    before = statements(tmp_path / "store")
    path = exported(tmp_path, "nq", annotated())
    done = subprocess.run(
        ["sh", "-c", f'ulimit -f 8; exec "{sys.executable}" -m ressenti store load "$0" "$1"', tmp_path / "store", path],
        capture_output=True, text=True, env=os.environ,
    )  # fmt: skip
    assert (done.returncode, "cannot be written" in done.stderr) == (4, True), done.stderr
    assert statements(tmp_path / "store") == before


def test_the_same_narrative_in_two_inputs_is_refused(tmp_path):
    one, two = exported(tmp_path, "nq", annotated()), exported(tmp_path, "ttl", annotated()[:1], "again")
    with pytest.raises(DataError, match=r"again\.ttl: narrative <.*/orage> is in an earlier input"):
        load(tmp_path / "store", [one, two])
    with pytest.raises(RessentiError, match="orage"):
        load(tmp_path / "store", [one], annotated())


@pytest.mark.parametrize("moment", ["snapshot", "_prepare", "_fill", "swap"])
def test_whatever_goes_wrong_at_whatever_moment_the_store_is_as_before(moment, tmp_path, monkeypatch):
    load(tmp_path / "store", narratives=annotated())
    before = statements(tmp_path / "store")
    real = getattr(loading, moment)

    def cut_short(*args):
        if moment != "swap":
            real(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(loading, moment, cut_short)
    with pytest.raises(KeyboardInterrupt):
        load(tmp_path / "store", narratives=[replace(n, text="Rien.", mentions=[], roles=[], entities=[]) for n in annotated()])
    assert statements(tmp_path / "store") == before
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_store_cut_off_between_the_two_steps_of_its_replacing_is_put_back(tmp_path):
    load(tmp_path / "store", narratives=annotated())
    before = statements(tmp_path / "store")
    (tmp_path / "store").rename(tmp_path / ".store.before")
    assert statements(tmp_path / "store") == before


def test_what_a_killed_process_left_is_cleared_away(tmp_path):
    left = tmp_path / ".store.loading-abc"
    left.mkdir()
    (left / "lock").touch()
    (left / "spool.nq").write_text("words")
    os.utime(left, (0, 0))
    shutil.copytree(load_one(tmp_path), tmp_path / ".store.before")
    load(tmp_path / "store", narratives=annotated())
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def load_one(folder):
    load(folder / "store", narratives=annotated()[:1])
    return folder / "store"


@contextlib.contextmanager
def held(folder, by):
    """A process of its own that is inside a function of `place` meanwhile."""
    code = (
        f"import sys; from pathlib import Path; from ressenti.graph.store.place import {by}\n"
        f"with {by}(Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen([sys.executable, "-c", code, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"open\n"
        yield
        process.stdin.close()


@pytest.mark.parametrize("name", ["store", "[été] *"])
def test_two_processes_do_not_load_at_the_same_time(name, tmp_path):
    store = load_one(tmp_path).rename(tmp_path / name)
    with held(store, "workplace"), pytest.raises(DataError, match="another process is loading"):
        load(store, narratives=[odd()])
    assert load(store, narratives=[odd()]) == Loaded(1, 0)


def test_whatever_leads_to_a_store_names_it(tmp_path, monkeypatch):
    store = load_one(tmp_path)
    link = tmp_path / "link"
    link.symlink_to(store)
    assert load(link, narratives=annotated()) == Loaded(2, 1)
    monkeypatch.chdir(store)
    assert statements(Path()) == statements(link) == statements(store)
    assert load(Path(), narratives=[odd()]) == Loaded(1, 0)
    monkeypatch.chdir(tmp_path)
    assert Iris().narrative(odd().id) in graphs(store)
    assert link.is_symlink() and sorted(path.name for path in tmp_path.iterdir()) == ["link", "store"]


def test_store_of_another_ontology_gets_the_present_one(tmp_path, monkeypatch):
    lines = loading.ontology_lines()
    monkeypatch.setattr(loading, "ontology_lines", lambda: [f"<http://a/old> <http://a/b> <http://a/c> <{SHIPPED[0]}> .\n", *lines[:10]])
    load(tmp_path / "store", narratives=annotated())
    monkeypatch.undo()
    load(tmp_path / "store", narratives=[odd()])
    with opened(tmp_path / "store") as data:
        assert not list(data.store.quads_for_pattern(NamedNode("http://a/old"), None, None))
        assert sum(1 for graph in SHIPPED for _ in data.store.quads_for_pattern(None, None, None, NamedNode(graph))) == len(lines)
        assert data.store.contains_named_graph(NamedNode(Iris().narrative("orage")))


def test_store_is_for_its_owner_alone(tmp_path):
    load(tmp_path / "store", narratives=annotated())
    assert stat.S_IMODE((tmp_path / "store").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "store").iterdir()} == {0o600}


def test_store_in_use_is_left_alone(tmp_path):
    load(tmp_path / "store", narratives=annotated())
    with held(tmp_path / "store", "opened"), pytest.raises(DataError, match="being used by another process"):
        load(tmp_path / "store", narratives=[odd()])
    assert load(tmp_path / "store", narratives=[odd()]) == Loaded(1, 0)


def test_folders_that_are_no_store(tmp_path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_text("x")
    for name, reason in (("file", "is a file"), ("other", "is no store, and not empty")):
        with pytest.raises(DataError, match=reason):
            load(tmp_path / name, narratives=annotated())
    for name, reason in (("other", "is no store"), ("nowhere", "there is no store here")):
        with pytest.raises(DataError, match=reason), opened(tmp_path / name):
            pass
    (tmp_path / "empty").mkdir()
    assert load(tmp_path / "empty", narratives=annotated()[:1]) == Loaded(1, 0)


def test_which_files_are_rdf():
    assert [name for name in ("a.ttl", "b.NQ.gz", "c.json", "d.xml", "e.jsonl", "f.rdf", "g.txt") if is_rdf(name)] == [
        "a.ttl",
        "b.NQ.gz",
        "f.rdf",
    ]


def test_words_that_look_like_statements_change_nothing(tmp_path):
    """A text may quote N-Quads; what is read line by line must not take it for them."""
    victim = Iris().narrative("orage")
    text = f"> <https://w3id.org/ressenti/narrative#Narrative> <{victim}> . /reviewer/ <https://w3id.org/ressenti/rule/x> <a> <b> <c> ."
    trap = replace(annotated()[1], id="trap", text=text, mentions=[], roles=[], entities=[])
    load(tmp_path / "store", narratives=annotated())
    assert load(tmp_path / "store", [exported(tmp_path, "nq", [trap])]) == Loaded(1, 0)
    with opened(tmp_path / "store") as data:
        assert data.store.contains_named_graph(NamedNode(victim))
        own = data.store.quads_for_pattern(None, NamedNode(f"{PREFIXES['nif']}isString"), None, NamedNode(Iris().narrative("trap")))
        assert [quad.object.value for quad in own] == [text]


@pytest.mark.parametrize("form", ["nq", "ttl"])
def test_a_base_that_speaks_of_reviewers_is_one_like_others(form, tmp_path):
    base = "https://example.org/reviewer/"
    load(tmp_path / "store", [exported(tmp_path, form, annotated(), base=base)])
    assert {Iris(base).narrative(n.id) for n in annotated()} <= graphs(tmp_path / "store")
    with opened(tmp_path / "store") as data:
        shared = {quad.subject.value for quad in data.store.quads_for_pattern(None, None, None, NamedNode(SOURCES))}
    assert shared and not any("#mention" in iri for iri in shared)


def test_what_is_shared_is_known_in_the_first_line_too():
    line = b'<https://w3id.org/ressenti/rule/x> <http://a/b> "c" <http://a/g> .\n'
    assert spool.settled(line) == line.replace(b"http://a/g", SOURCES.encode())


def test_a_narrative_without_an_iri_is_none(tmp_path):
    path = tmp_path / "other.ttl"
    path.write_text(f'[] a <{PREFIXES["nar"]}Narrative> ; <http://a/b> "c" .', encoding="utf-8")
    assert load(tmp_path / "store", [path]) == Loaded(0, 0)
    with opened(tmp_path / "store") as data:
        assert len(list(data.store.quads_for_pattern(None, None, None, NamedNode(OTHER)))) == 2


def test_json_lines_of_the_command_can_be_loaded(tmp_path):
    path = tmp_path / "annotated.jsonl"
    path.write_text("".join(json.dumps(n.to_dict()) + "\n" for n in annotated()))
    done = subprocess.run(
        [sys.executable, "-m", "ressenti", "store", "load", tmp_path / "store", path], capture_output=True, text=True, env=os.environ
    )
    assert (done.returncode, "3 narratives loaded" in done.stderr) == (0, True)

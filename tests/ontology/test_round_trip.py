"""What is built is the same whoever reads it and writes it back: pyoxigraph, rdflib, owlready2; and the same bytes from the same tables."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, Triple, parse, serialize

from ressenti.ontology.emotions import DATA
from ressenti.ontology.rdf.build import Tables, lexicon, tone
from ressenti.ontology.rdf.serialise import to_bytes
from ressenti.ontology.tables import read_table

FORMATS = {"ttl": RdfFormat.TURTLE, "owl": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES}
RDFLIB = {"ttl": "turtle", "owl": "xml", "jsonld": "json-ld", "nt": "nt"}
OWLREADY = {"owl": "rdfxml", "nt": "ntriples"}
"""The endings that owlready2 reads, and what it calls the formats."""
KINDS = ("pos", "construction", "mode", "intensity", "register", "region")


@pytest.fixture(scope="module")
def some_words(tmp_path_factory) -> Path:
    """A folder with a vocabulary that has each kind of line of the shipped one: the whole makes a quarter of a million triples."""
    path = DATA / "vocabulary_fr.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = {
        (*(row[kind] for kind in KINDS), bool(row["condition"]), "|" in row["term"]): number for number, row in read_table(path, KINDS)
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("tables")
    (folder / path.name).write_text("\n".join([lines[0], *(lines[number - 1] for number in sorted(kept.values())[::9])]) + "\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def built(some_words) -> dict[str, list[Triple]]:
    return {"tone": list(tone()), "lexicon": list(lexicon(Tables(some_words)))}


def canonical(triples) -> set[Quad]:
    """The triples with blank nodes named by what is said of them: graphs are isomorphic where these sets are equal (W3C RDFC-1.0)."""
    dataset = Dataset(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def read(content: bytes, form: str) -> list[Quad]:
    return list(parse(content, format=FORMATS[form]))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("part", ["tone", "lexicon"])
def test_pyoxigraph_reads_what_was_built_and_writes_it_back(built, part, form):
    triples = built[part]
    content = to_bytes(triples, form)
    once = read(content, form)
    assert len(set(once)) == len(set(triples)) > 1000
    assert canonical(once) == canonical(triples)
    for other in FORMATS:
        again = serialize([quad.triple for quad in once], format=FORMATS[other])
        assert canonical(read(again, other)) == canonical(triples)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib 7.6 in its own reader of JSON-LD
@pytest.mark.parametrize("form", RDFLIB)
@pytest.mark.parametrize("part", ["tone", "lexicon"])
def test_rdflib_reads_what_was_built_and_writes_it_back(built, part, form):
    rdflib = pytest.importorskip("rdflib")
    graph = rdflib.Graph().parse(data=to_bytes(built[part], form), format=RDFLIB[form])
    assert len(graph) == len(set(built[part]))
    again = graph.serialize(format="nt", encoding="utf-8")
    assert canonical(read(again, "nt")) == canonical(built[part])
    written = graph.serialize(format=RDFLIB[form], encoding="utf-8")
    assert canonical(read(written, form)) == canonical(built[part])


@pytest.mark.parametrize("form", OWLREADY)
@pytest.mark.parametrize("part", ["tone", "lexicon"])
def test_owlready2_reads_what_was_built_and_writes_it_back(built, part, form, tmp_path):
    owlready2 = pytest.importorskip("owlready2")
    source, copy = tmp_path / f"x.{form}", tmp_path / f"copy.{form}"
    source.write_bytes(to_bytes(built[part], form))
    world = owlready2.World()
    try:
        world.get_ontology(source.as_uri()).load().save(str(copy), format=OWLREADY[form])
    finally:
        world.close()
    assert canonical(read(copy.read_bytes(), form)) == canonical(built[part])


def test_rdflib_too_calls_the_graphs_isomorphic(built):
    """By rdflib's own comparison, on the part that has blank nodes: what the other tests take from pyoxigraph."""
    compare = pytest.importorskip("rdflib.compare")
    from rdflib import BNode, Graph

    one, other = (Graph().parse(data=to_bytes(built["tone"], form), format=RDFLIB[form]) for form in ("ttl", "owl"))
    assert sum(isinstance(subject, BNode) for subject in set(one.subjects())) > 4
    assert compare.isomorphic(one, other)
    other.remove(next(iter(other.triples((BNode, None, None))), next(iter(other))))
    assert not compare.isomorphic(one, other)


def test_a_lost_or_changed_triple_is_noticed(built):
    """The comparison these tests stand on can fail, on the blank nodes too."""
    triples = built["tone"]
    assert canonical(triples[:-1]) != canonical(triples)
    limit = next(triple for triple in triples if triple.predicate.value.endswith("minExclusive"))
    assert canonical([triple for triple in triples if triple != limit]) != canonical(triples)


def test_the_same_tables_give_the_same_bytes(some_words, tmp_path):
    """In two processes, in which sets and dictionaries of texts have different orders."""
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        formats = [option for form in FORMATS for option in ("--format", form)]
        command = [sys.executable, "-m", "ressenti", "ontology", "build", "-o", folder, "--tables", some_words, *formats]
        subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed})
        made.append({path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})
    assert len(made[0]) == 3 * len(FORMATS)
    assert made[0] == made[1]

"""Each shape finds what does not fit it; the shipped ontology conforms, and so does a slice of the vocabulary.

The command takes the whole, in some ten seconds."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple

from cases import broken
from ressenti.cli.check import validate as command
from ressenti.errors import DataError, RessentiError
from ressenti.ontology.checks.data import Data, from_files
from ressenti.ontology.rdf.build import lexicon, tone
from ressenti.ontology.rdf.names import LEXICON, PREFIXES, TONE, node, short
from ressenti.ontology.shapes.validate import SHAPES, Outcome, validate, write

pytest.importorskip("pyshacl")
SH = "http://www.w3.org/ns/shacl#"
HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
BROKEN = broken("shapes")


def slice_of_lexicon(step: int) -> list[Triple]:
    """The vocabulary with only every so many-th entry, and its forms and senses."""
    triples = list(lexicon())
    links = {node("ontolex:canonicalForm"), node("ontolex:otherForm"), node("ontolex:sense")}
    owned = defaultdict(set)
    for triple in triples:
        if triple.predicate in links:
            owned[triple.subject].add(triple.object)
    left_out = {entry for number, entry in enumerate(owned) if number % step}
    left_out |= {part for entry in left_out for part in owned[entry]}
    return [triple for triple in triples if triple.subject not in left_out and triple.object not in left_out]


def store_of(*parts: tuple[str, list[Triple]]) -> Store:
    store = Store()
    for graph, triples in parts:
        store.extend(Quad(t.subject, t.predicate, t.object, NamedNode(graph)) for t in triples)
    return store


@pytest.fixture(scope="module")
def ontology() -> list[Triple]:
    return list(tone())


@pytest.fixture(scope="module")
def broken(ontology: list[Triple]) -> Outcome:
    """All the broken cases in one go: each is about things of its own."""
    store = store_of((TONE, ontology), (LEXICON, slice_of_lexicon(1000)))
    for turtle, _ in BROKEN.values():
        store.load((HEAD + turtle).encode(), format=RdfFormat.TURTLE)
    return validate(Data(store))


@pytest.mark.parametrize("name", BROKEN)
def test_shape_finds_what_does_not_fit(broken: Outcome, name: str) -> None:
    _, expected = BROKEN[name]
    about = {word.partition(" ")[0] for word in expected}
    found = {f"{short(v.focus)} {short(v.path)}".rstrip() for v in broken.violations if short(v.focus) in about}
    assert found == expected


def test_what_has_no_iri_is_refused(broken: Outcome) -> None:
    shapes = {violation.shape.rpartition("#")[2] for violation in broken.violations if violation.focus == "[blank]"}
    assert shapes == {"EmotionShape", "AlignmentShape", "EntryShape", "SenseShape"}


def test_every_shape_has_a_case(broken: Outcome) -> None:
    named = {match for path in SHAPES for match in re.findall(r"^:(\w+) (?:a|sh:path)\b", path.read_text(encoding="utf-8"), re.M)}
    used = {violation.shape.rpartition("#")[2] for violation in broken.violations}
    parts = {"AllValuesShape", "NoValuesShape"}  # of a choice; the shape that holds it is named
    # Their properties are what fails
    holders = {
        "OntologyShape", "TermShape", "KeyShape", "PrimaryShape", "SecondaryShape", "TertiaryShape", "OppositionShape", "TransitionShape",
        "CompositionShape", "CombinationShape", "LexiconShape", "AlignmentShape", "MentionShape",
    }  # fmt: skip
    assert named - used - parts - holders == set()


def test_messages_are_in_both_languages(broken: Outcome) -> None:
    assert {tuple(violation.messages) for violation in broken.violations} == {("en", "fr")}


def test_shipped_ontology_and_a_slice_of_the_vocabulary_conform(ontology: list[Triple]) -> None:
    assert validate(Data(store_of((TONE, ontology), (LEXICON, slice_of_lexicon(25))))).violations == ()


def test_formats(broken: Outcome) -> None:
    told = json.loads(write(broken, "json"))
    assert told["conforms"] is False
    first = next(v for v in told["violations"] if v["focus"] == f"{PREFIXES['tone']}E6")
    assert (first["path"], first["value"], first["severity"]) == (f"{PREFIXES['tone']}key", "Joy!", "Violation")
    assert first["messages"]["fr"] == "Une clé est un seul mot anglais en minuscules (a à z, traits d’union)."
    table = write(broken, "table")
    assert "tone:E6  tone:key  Joy!\n    A key is one lower-case English word (a to z, hyphens).\n" in table
    assert table.endswith(f"does not conform: {len(broken.violations)} results\n")
    assert "and 1 more" in write(broken, "table", limit=len(broken.violations) - 1)
    report = Store()
    report.load(write(broken, "ttl").encode(), format=RdfFormat.TURTLE)
    assert len(list(report.quads_for_pattern(None, NamedNode(f"{SH}result"), None))) == len(broken.violations)


def test_conforming_data_of_ones_own(tmp_path: Path) -> None:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(
        f"@prefix sh: <{SH}> . {HEAD} <urn:s> a sh:NodeShape; sh:targetClass tone:Mention;"
        " sh:property [ sh:path tone:hasEmotion; sh:minCount 1 ] .",
        encoding="utf-8",
    )
    data.write_text(f"{HEAD} <urn:m> a tone:Mention; tone:hasEmotion tone:Joy .", encoding="utf-8")
    runner = CliRunner()
    good = runner.invoke(command, [str(data), "--shapes", str(shapes)])
    assert (good.exit_code, good.output) == (0, "conforms: 1 thing checked\n")
    data.write_text(f"{HEAD} <urn:m> a tone:Narrative .", encoding="utf-8")
    none = runner.invoke(command, [str(data), "--shapes", str(shapes)])
    assert (none.exit_code, none.output) == (0, "nothing was checked: the shapes speak of no thing in the data\n")
    data.write_text(f"{HEAD} <urn:m> a tone:Mention .", encoding="utf-8")
    bad = runner.invoke(command, [str(data), "--shapes", str(shapes)])
    assert bad.exit_code == 1
    assert bad.output.startswith("urn:m  tone:hasEmotion\n")


def test_a_vocabulary_alone_is_held_against_the_shipped_emotions(tmp_path: Path) -> None:
    path = tmp_path / "words.ttl"
    sense = "a ontolex:LexicalSense; tone:hasMode tone:Labelled; tone:hasConstruction lex:c; tone:hasIntensity tone:Low"
    path.write_text(f'{HEAD} lex:s {sense}; tone:register "standard"; ontolex:reference tone:Joie .', encoding="utf-8")
    found = validate(from_files([path])).violations
    assert {(short(v.focus), short(v.path)) for v in found} == {("lex:s", "ontolex:reference"), ("lex:s", "tone:hasConstruction")}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("@prefix sh: <x> .\n:s a", 2, "is not Turtle ("),
        (f"@prefix sh: <{SH}> . <urn:s> a sh:NodeShape; sh:targetClass <urn:c>; sh:property [ sh:minCount 1 ] .", None,
         "cannot be used as SHACL ("),
        (f"@prefix sh: <{SH}> . <urn:s> a <urn:t> .", None, "holds no shape"),
        (f'@prefix sh: <{SH}> . <urn:s> sh:sparql [ sh:select "SELECT $this {{ SERVICE <http://x.org> {{ $this ?p ?o }} }}" ] .', None,
         "has a query that cannot be used (SERVICE reaches the network"),
    ],
)  # fmt: skip
def test_bad_shapes(tmp_path: Path, text: str, line: int | None, reason: str) -> None:
    path = tmp_path / "shapes.ttl"
    path.write_text(text, encoding="utf-8")
    store = Store()
    store.load(b"<urn:a> a <urn:c> .", format=RdfFormat.TURTLE)
    with pytest.raises(DataError) as error:
        validate(Data(store), [path])
    assert (error.value.path, error.value.line) == (str(path), line)
    assert error.value.reason.startswith(reason)
    assert "\n" not in error.value.reason


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(RessentiError, match=r"pip install 'ressenti\[ontology\]'"):
        validate(Data(Store()))

"""HermiT's verdict on TONE and on what contradicts it, and what a user is told where it cannot run."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from ressenti.cli.reason import reason as command
from ressenti.errors import DataError
from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.rdf.build import FILES, parts, tone
from ressenti.ontology.rdf.names import emotion_node, node
from ressenti.ontology.reasoner import Reasoned, ReasonerError, reason, reason_over_files, reason_over_tables

pytest.importorskip("owlready2")
needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT runs on Java, which is not installed")
PREFIXES = """
@prefix : <http://example.org/#> .
@prefix tone: <https://w3id.org/ressenti/tone#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def turtle(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(PREFIXES + text, format=RdfFormat.TURTLE)]


KEPT = "Emotion EmotionCategory PrimaryEmotion Joy Cheerfulness Bliss Sadness SadnessGroup Grief isOppositeOf valence".split()


def with_tone(text: str) -> Reasoned:
    """Reason over a text beside the part of TONE that it speaks of; the whole takes HermiT four times as long."""
    kept = {node(f"tone:{name}") for name in KEPT}
    return reason([*(triple for triple in tone() if triple.subject in kept), *turtle(text)])


@pytest.fixture(scope="module")
def shipped() -> Reasoned:
    return reason_over_tables()


@needs_java
def test_the_shipped_ontology_is_consistent_and_every_class_can_have_instances(shipped):
    assert shipped.consistent
    assert shipped.unsatisfiable == ()
    assert shipped.clashes == ()
    assert shipped.sound


@needs_java
def test_a_class_and_an_individual_of_one_name_keep_apart(shipped):
    """An emotion is a class below Emotion and an individual of its tier; neither becomes the other (owlready2 mixes the two)."""
    joy = emotion_node("joy")
    said = {(triple.predicate, triple.object) for triple in (*tone(), *shipped.inferred) if triple.subject == joy}
    assert (node("rdf:type"), node("tone:PrimaryEmotion")) in said
    assert (node("rdf:type"), node("tone:PleasantEmotion")) in said
    assert (node("rdfs:subClassOf"), node("tone:Emotion")) in said
    assert (node("rdfs:subClassOf"), node("tone:PrimaryEmotion")) not in said
    assert (node("rdf:type"), node("tone:Emotion")) not in said


@needs_java
def test_pleasant_and_unpleasant_are_inferred_from_the_valence(shipped):
    stated = set(tone())
    for key, emotion in load_emotions().items():
        for sign, name in ((1, "tone:PleasantEmotion"), (-1, "tone:UnpleasantEmotion")):
            triple = Triple(emotion_node(key), node("rdf:type"), node(name))
            assert (triple in shipped.inferred) == (emotion.vad is not None and emotion.vad[0] * sign > 0), triple
            assert triple not in stated


@needs_java
def test_all_that_hermit_infers_is_in_the_inferred_part_that_is_shipped(shipped):
    """Two reasoners that share no code: HermiT and the SPARQL rules of rdf/rules."""
    assert len(shipped.inferred) > 100
    assert set(shipped.inferred) - set(dict(_parts())[FILES["inferred"]]) == set()


def _parts():
    for name, triples in parts():
        yield name, triples
        if name == FILES["inferred"]:
            return  # the vocabulary takes seconds


@needs_java
def test_a_felt_emotion_under_two_primaries_is_inconsistent():
    result = with_tone(":bittersweet a tone:Bliss, tone:Grief .")
    assert not result.consistent
    assert not result.sound
    assert result.inferred == ()
    assert result.clashes == ("<http://example.org/#bittersweet> is in tone:Joy and in tone:Sadness, which are disjoint",)


@needs_java
def test_an_opposite_of_itself_is_inconsistent():
    result = with_tone("tone:Joy tone:isOppositeOf tone:Joy .")
    assert not result.consistent
    assert result.clashes == ("tone:Joy tone:isOppositeOf itself, and tone:isOppositeOf is irreflexive",)


@needs_java
def test_two_values_of_a_functional_property_are_inconsistent():
    result = with_tone('tone:Joy tone:valence "-0.9"^^xsd:decimal .')
    assert not result.consistent
    assert result.clashes == ("tone:Joy has two values of tone:valence, which is functional: -0.9 and 0.81",)


@needs_java
def test_a_class_under_two_primaries_is_reported_by_name():
    result = with_tone(
        ":Bittersweet a owl:Class ; rdfs:subClassOf tone:Joy, tone:Sadness . :Sweeter a owl:Class ; rdfs:subClassOf :Bittersweet ."
    )
    assert result.consistent
    assert not result.sound
    assert result.unsatisfiable == ("http://example.org/#Bittersweet", "http://example.org/#Sweeter")
    assert len(result.clashes) == 2


@needs_java
def test_what_is_stated_is_not_inferred_and_what_follows_is():
    result = reason(
        turtle("""
        :A a owl:Class . :B a owl:Class ; rdfs:subClassOf :A . :C a owl:Class ; owl:equivalentClass :B .
        :p a owl:ObjectProperty ; rdfs:domain :A ; owl:inverseOf :q . :q a owl:ObjectProperty .
        :r a owl:ObjectProperty ; rdfs:subPropertyOf :p .
        :x a owl:NamedIndividual, :B ; :r :énervé . :énervé a owl:NamedIndividual .""")
    )
    shown = {tuple(part.value.rpartition("#")[2] for part in (t.subject, t.predicate, t.object)) for t in result.inferred}
    assert shown >= {("x", "type", "C"), ("énervé", "q", "x")}
    stated = {("B", "subClassOf", "A"), ("x", "type", "B"), ("x", "r", "énervé"), ("r", "subPropertyOf", "p")}
    assert not shown & (stated | {("B", "equivalentClass", "C"), ("C", "equivalentClass", "B")})


@needs_java
def test_imports_are_not_fetched():
    result = reason(turtle("<http://example.org/> a owl:Ontology ; owl:imports <http://127.0.0.1:9/nothing> . :A a owl:Class ."))
    assert result.consistent


@needs_java
def test_files_that_hold_no_emotion_are_reasoned_over_beside_tone(tmp_path):
    accounts = tmp_path / "récits 1.ttl"
    accounts.write_text(PREFIXES + ":mention a owl:NamedIndividual ; tone:hasEmotion tone:Joy .", encoding="utf-8")
    result = reason_over_files([accounts])
    assert result.sound
    assert result.inferred == (Triple(NamedNode("http://example.org/#mention"), node("rdf:type"), node("tone:Mention")),)
    accounts.write_text(PREFIXES + ":felt a tone:Joy, tone:Fear .", encoding="utf-8")
    assert not reason_over_files([accounts]).consistent


@needs_java
def test_what_hermit_cannot_use_is_said():
    with pytest.raises(ReasonerError, match=r"date' is not part of the OWL 2 datatype map"):
        reason(turtle(':p a owl:DatatypeProperty . :x a owl:NamedIndividual ; :p "2026-11-25"^^xsd:date .'))
    with pytest.raises(ReasonerError, match="Non-simple property"):
        reason(turtle(":p a owl:ObjectProperty, owl:TransitiveProperty, owl:IrreflexiveProperty . :x :p :y ."))
    with pytest.raises(ReasonerError, match=r"time limit of 0\.05 s"):
        reason(tone(), 0.05)


@needs_java
def test_a_temporary_folder_with_accents_under_any_locale(tmp_path):
    """HermiT that cannot read its file says so with status 0: it must not pass for a consistent ontology."""
    source, folder = tmp_path / "x.ttl", tmp_path / "été à Paris"
    # An emotion of its own, so that TONE is not read beside it
    source.write_text(PREFIXES + "tone:Joy a owl:Class, tone:PrimaryEmotion . :A owl:disjointWith :B . :x a :A, :B .", encoding="utf-8")
    folder.mkdir()
    status, out, _ = run(source, TMPDIR=str(folder), LC_ALL="C")
    assert (status, out.splitlines()[0]) == (1, "consistent: no")
    assert list(folder.iterdir()) == []


def run(*arguments: object, **environment: str) -> tuple[int, str, str]:
    """The command in a process of its own."""
    call = [sys.executable, "-c", "from ressenti.cli.reason import reason; reason()", *map(str, arguments)]
    done = subprocess.run(call, capture_output=True, env=os.environ | environment, check=False, encoding="utf-8")
    return done.returncode, done.stdout, done.stderr


@needs_java
def test_the_command_answers_for_reading_and_as_json(tmp_path):
    source = tmp_path / "x.ttl"
    source.write_text(PREFIXES + ":Odd a owl:Class ; rdfs:subClassOf tone:Joy, tone:Fear .", encoding="utf-8")
    shown = CliRunner().invoke(command, [str(source)])
    assert shown.exit_code == 1
    assert shown.output.splitlines()[:3] == ["consistent: yes", "unsatisfiable classes: 1: <http://example.org/#Odd>", "inferred: 0"]
    source.write_text(PREFIXES + "tone:Joy a owl:Class, tone:PrimaryEmotion . :p a owl:ObjectProperty, owl:SymmetricProperty . :a :p :b .")
    told = CliRunner().invoke(command, [str(source), "--format", "json"])
    assert told.exit_code == 0
    found = json.loads(told.output)
    assert (found["consistent"], found["unsatisfiable"], found["clashes"]) == (True, [], [])
    b, p, a = (f"http://example.org/#{name}" for name in "bpa")
    assert {"subject": b, "predicate": p, "object": a} in found["inferred"]


def test_the_command_says_what_is_wrong_with_its_input(tmp_path):
    status, out, said = run(tmp_path / "none.ttl")
    assert (status, out) == (3, "")
    assert "none.ttl: cannot be read" in said
    broken = tmp_path / "broken.ttl"
    broken.write_text("@prefix : <http://x/> .\n:a :b\n.\n", encoding="utf-8")
    status, _, said = run(broken)
    assert status == 3
    assert "broken.ttl:3: " in said
    assert run(broken, "--tables", tmp_path)[0] == 2
    with pytest.raises(DataError, match="is no folder"):
        reason_over_tables(tmp_path / "none")


def test_without_java_it_says_what_to_install(tmp_path):
    status, out, said = run(PATH=str(tmp_path), JAVA_HOME="")
    assert (status, out) == (3, "")
    assert "needs Java" in said
    assert "default-jre-headless" in said
    assert "Traceback" not in said


def test_without_owlready2_it_names_the_extra():
    """An interpreter that sees everything installed but owlready2."""
    hide = (
        "import importlib.util as util; find = util.find_spec\n"
        "util.find_spec = lambda name, *rest: None if name == 'owlready2' else find(name, *rest)\n"
    )
    call = "from ressenti.cli.reason import reason; reason()"
    done = subprocess.run([sys.executable, "-c", hide + call], capture_output=True, check=False, encoding="utf-8")
    assert done.returncode == 3
    assert "pip install 'ressenti[ontology]'" in done.stderr

"""Every export passes its shapes, and the shapes find what is wrong; the terms are declared and explained."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from graph.accounts import everything
from ontology.test_owl_dl import breakage
from ressenti.graph.privacy.words import without_words
from ressenti.graph.rdf.names import PREFIXES
from ressenti.graph.rdf.read import FORMATS as READERS
from ressenti.graph.rdf.shipped import SHIPPED, shown
from ressenti.graph.rdf.write import FORMATS, write
from ressenti.ontology.checks.data import Data, from_files
from ressenti.ontology.rdf.build import tone
from ressenti.ontology.shapes.validate import validate

pytest.importorskip("pyshacl")
SHAPES = (SHIPPED["shapes"],)


def iri(short):
    prefix, _, local = short.partition(":")
    return NamedNode(PREFIXES.get(prefix, f"http://www.w3.org/ns/{prefix}#") + local)


def store(narratives=None, form="ttl", **options):
    """What an export holds, in one graph."""
    text = "".join(write(everything() if narratives is None else narratives, form, **options))
    found = Store()
    found.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in parse(text, format=READERS[form]))
    return found


@pytest.mark.parametrize("form", FORMATS)
def test_every_export_conforms(form):
    outcome = validate(Data(store(form=form)), SHAPES)
    assert outcome.conforms, outcome.graph
    assert outcome.checked > 90


def test_an_export_without_words_conforms():
    outcome = validate(Data(store([without_words(narrative) for narrative in everything()], words=False)), SHAPES)
    assert outcome.conforms, outcome.graph


def needed():
    """(class, property) for all that a thing must have."""
    shapes = Store()
    shapes.extend(parse(path=str(SHIPPED["shapes"]), format=RdfFormat.TURTLE))
    query = """SELECT ?class ?path WHERE { ?shape sh:targetClass ?class ; sh:property ?p . ?p sh:path ?path ; sh:minCount 1 }"""
    return sorted((row["class"].value, row["path"].value) for row in shapes.query(query, prefixes={"sh": "http://www.w3.org/ns/shacl#"}))


@pytest.mark.parametrize(("kind", "path"), needed())
def test_what_must_be_there_is_missed(kind, path):
    data = store()
    thing = min(quad.subject.value for quad in data.quads_for_pattern(None, iri("rdf:type"), NamedNode(kind)))
    for quad in list(data.quads_for_pattern(NamedNode(thing), NamedNode(path), None)):
        data.remove(quad)
    found = {(violation.focus, violation.path) for violation in validate(Data(data), SHAPES).violations}
    assert (thing, path) in found


WRONG = [
    ("tone:Mention", "tone:hasStatus", iri("tone:High")), ("tone:Mention", "tone:hasMode", iri("tone:Low")),
    ("tone:Mention", "nar:primary", iri("tone:Rage")), ("tone:Mention", "nar:time", iri("nar:Given")),
    ("tone:Mention", "tone:confidence", Literal("1.5", datatype=iri("xsd:decimal"))),
    ("tone:Mention", "onyx:hasEmotionCategory", iri("tone:Hope")), ("tone:Mention", "nar:wish", Literal("perhaps")),
    ("tone:Mention", "nar:secondary", iri("nif:String")), ("nar:Role", "nar:role", iri("tone:Mention")),
    ("nar:Role", "nar:mention", iri("nif:String")), ("nar:Passage", "tone:hasComponent", iri("tone:Cause")),
    ("nif:RFC5147String", "nif:endIndex", Literal("0", datatype=iri("xsd:integer"))), ("nar:Review", "prov:endedAtTime", Literal("soon")),
    ("nar:Narrative", "nar:metadata", Literal("{}")), ("nar:Narrative", "nif:beginIndex", Literal("1", datatype=iri("xsd:integer"))),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "path", "value"), WRONG)
def test_what_may_not_be_there_is_found(kind, path, value):
    data = store()
    thing = max(quad.subject.value for quad in data.quads_for_pattern(None, iri("rdf:type"), iri(kind)))
    for quad in list(data.quads_for_pattern(NamedNode(thing), iri(path), None)):
        data.remove(quad)
    data.add(Quad(NamedNode(thing), iri(path), value))
    assert thing in {violation.focus for violation in validate(Data(data), SHAPES).violations}


def test_terms_in_use_are_declared():
    own, ours = PREFIXES["nar"], {PREFIXES["nar"], PREFIXES["tone"]}
    declared = {triple.subject.value for triple in (*parse(path=str(SHIPPED["vocabulary"]), format=RdfFormat.TURTLE), *tone())
                if isinstance(triple.subject, NamedNode)}  # fmt: skip
    used = {term.value for quad in store() for term in (quad.predicate, quad.object, getattr(quad.object, "datatype", None))
            if isinstance(term, NamedNode)}  # fmt: skip
    used = {term for term in used if term.rpartition("#")[0] + "#" in ours}
    assert len([term for term in used if term.startswith(own)]) > 25
    assert used <= declared


def test_terms_have_labels_and_definitions_in_both_languages():
    outcome = validate(from_files([SHIPPED["vocabulary"]]))
    assert outcome.conforms, outcome.graph
    assert outcome.checked > 40


def test_the_vocabulary_is_owl_dl():
    assert breakage(parse(shown("vocabulary").encode(), RdfFormat.TURTLE)) == set()

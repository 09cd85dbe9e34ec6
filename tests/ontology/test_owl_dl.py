"""What most often throws an ontology out of OWL 2 DL, looked for in TONE and in the vocabulary, each as the file that somebody opens alone.

The whole profile is checked by the OWL API (benchmarks/ontology.py), which few people have installed. Source of the rules: OWL 2 Structural
Specification, sections 3 (restrictions), 4 (datatype map) and 5.8.2 (typing constraints).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

from ressenti.ontology.emotions import DATA
from ressenti.ontology.rdf.build import Tables, lexicon, tone
from ressenti.ontology.rdf.names import PREFIXES
from ressenti.ontology.tables import read_table

RESERVED = tuple(PREFIXES[name] for name in ("owl", "rdf", "rdfs", "xsd"))
KINDS = {f"{PREFIXES['owl']}{name}": name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}
KINDS[f"{PREFIXES['rdfs']}Datatype"] = "Datatype"
PROPERTIES = {"ObjectProperty", "DatatypeProperty", "AnnotationProperty"}
DATATYPES = {
    f"{PREFIXES['xsd']}{name}"
    for name in "decimal integer nonNegativeInteger positiveInteger double float boolean string language dateTime anyURI".split()
} | {f"{PREFIXES['rdf']}langString"}
"""Of the OWL 2 datatype map those in use here; xsd:date is none of it."""
NOT_SIMPLE = {f"{PREFIXES['owl']}TransitiveProperty"}
WANT_SIMPLE = {f"{PREFIXES['owl']}{name}Property" for name in ("Functional", "InverseFunctional", "Irreflexive", "Asymmetric")}
TYPE, SUBCLASS = f"{PREFIXES['rdf']}type", f"{PREFIXES['rdfs']}subClassOf"


def breakage(triples: Iterable[Triple]) -> set[str]:
    """What is amiss, in words."""
    triples = list(triples)
    kinds: dict[str, set[str]] = defaultdict(set)
    for t in triples:
        if t.predicate.value == TYPE and t.object.value in KINDS:
            kinds[t.subject.value].add(KINDS[t.object.value])
    wrong = set()
    for iri, found in kinds.items():
        if len(found & PROPERTIES) > 1:
            wrong.add(f"{iri} is two kinds of property")
        if found >= {"Class", "Datatype"}:
            wrong.add(f"{iri} is a class and a datatype")
    characters: dict[str, set[str]] = defaultdict(set)
    for t in triples:
        if isinstance(t.subject, NamedNode) and t.subject.value.startswith(RESERVED):
            wrong.add(f"{t.subject.value} is OWL’s own and is spoken of")
        predicate = t.predicate.value
        if predicate == TYPE:
            characters[t.subject.value].add(t.object.value)
            if not t.object.value.startswith(RESERVED) and "Class" not in kinds[t.object.value]:
                wrong.add(f"{t.object.value} has instances and is not declared as a class")
        elif predicate == SUBCLASS:
            wrong |= {
                f"{end.value} is in a tree of classes and is not declared as one"
                for end in (t.subject, t.object)
                if isinstance(end, NamedNode) and "Class" not in kinds[end.value]
            }
        elif not predicate.startswith(RESERVED):
            wrong |= _misused(t, kinds[predicate] & PROPERTIES)
    for iri, found in characters.items():
        if found & NOT_SIMPLE and found & WANT_SIMPLE:
            wrong.add(f"{iri} is transitive and must be simple")
    return wrong


def _misused(t: Triple, kind: set[str]) -> set[str]:
    name, literal = t.predicate.value, isinstance(t.object, Literal)
    if not kind:
        return {f"{name} is used and not declared"}
    if kind == {"ObjectProperty"} and literal:
        return {f"{name} is an object property and has a literal"}
    if kind == {"DatatypeProperty"} and not literal:
        return {f"{name} is a data property and has no literal"}
    if kind == {"DatatypeProperty"} and t.object.datatype.value not in DATATYPES:
        return {f"{name} has a value of the datatype {t.object.datatype.value}"}
    return set()


@pytest.fixture(scope="module")
def words(tmp_path_factory) -> list[Triple]:
    """The vocabulary with a line of each kind: the whole takes seconds."""
    path = DATA / "vocabulary_fr.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    kept: dict[tuple, int] = {}
    for number, row in read_table(path, ("pos", "region", "register", "condition")):
        kept[row["pos"], row["region"], row["register"], bool(row["condition"]), "|" in row["term"]] = number
    folder = tmp_path_factory.mktemp("tables")
    (folder / path.name).write_text("\n".join([lines[0], *(lines[number - 1] for number in kept.values())]) + "\n", encoding="utf-8")
    return list(lexicon(Tables(folder)))


def test_tone_alone_keeps_to_owl_2_dl():
    assert breakage(tone()) == set()


def test_the_vocabulary_alone_keeps_to_owl_2_dl(words):
    assert len(words) > 1000
    assert breakage(words) == set()


def test_the_two_together_keep_to_owl_2_dl(words):
    """What one file declares as one kind of property the other must not declare as another."""
    assert breakage([*tone(), *words]) == set()


HEAD = "".join(f"@prefix {name}: <{PREFIXES[name]}> .\n" for name in ("owl", "rdf", "rdfs", "xsd")) + "@prefix : <http://example.org/#> .\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (":a :p :b .", "p is used and not declared"),
        (":p a owl:ObjectProperty, owl:DatatypeProperty .", "two kinds of property"),
        (":p a owl:ObjectProperty, owl:AnnotationProperty .", "two kinds of property"),
        (":C a owl:Class, rdfs:Datatype .", "a class and a datatype"),
        (":a a :C .", "C has instances and is not declared"),
        (":C a owl:Class ; rdfs:subClassOf :D .", "D is in a tree of classes"),
        (':p a owl:ObjectProperty . :a :p "x" .', "has a literal"),
        (":p a owl:DatatypeProperty . :a :p :b .", "has no literal"),
        (':p a owl:DatatypeProperty . :a :p "2026-11-25"^^xsd:date .', "datatype http://www.w3.org/2001/XMLSchema#date"),
        (":p a owl:ObjectProperty, owl:TransitiveProperty, owl:IrreflexiveProperty .", "must be simple"),
        ('owl:Thing rdfs:label "x" .', "OWL’s own"),
    ],
)
def test_breakage_is_found(text, said):
    found = breakage(quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE))
    assert len(found) == 1
    assert said in found.pop()


def test_what_is_allowed_passes():
    text = ":C a owl:Class, owl:NamedIndividual, :D . :D a owl:Class . :p a owl:AnnotationProperty . :C :p :C, 'x' ; rdfs:label 'c'@en ."
    assert breakage(quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)) == set()

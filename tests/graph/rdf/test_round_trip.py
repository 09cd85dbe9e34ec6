"""What goes out as RDF comes back, in each format, from any tool's order of statements."""

import gzip
import json
import random
from codecs import BOM_UTF8
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse, serialize

from graph.accounts import everything, odd
from ressenti.errors import InputError, RessentiError
from ressenti.graph.privacy.words import FILLER, without_words
from ressenti.graph.rdf.names import BASE, SHARED
from ressenti.graph.rdf.read import FORMATS as READERS
from ressenti.graph.rdf.read import SUFFIXES, read
from ressenti.graph.rdf.write import FORMATS, write
from ressenti.schema import Component, Entity, Mention, Narrative, Role


def written(tmp_path, narratives, form, **options):
    file = tmp_path / f"narratives.{form}"
    file.write_text("".join(write(narratives, form, **options)), encoding="utf-8", newline="\n")
    return file


def plain(narratives):
    return [narrative.to_dict() for narrative in narratives]


def statements(file, form):
    return [(quad.subject, quad.predicate, quad.object) for quad in parse(path=str(file), format=READERS[form])]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("base", [BASE, "https://example.org/récits/été/"])
def test_narratives_come_back(form, base, tmp_path):
    narratives = everything()
    assert plain(read(written(tmp_path, narratives, form, base=base), form)) == plain(narratives)


@pytest.mark.parametrize("form", FORMATS)
def test_order_of_statements_does_not_matter(form, tmp_path):
    narratives = everything()
    file = written(tmp_path, narratives, form)
    quads = list(parse(path=str(file), format=READERS[form]))
    random.Random(6).shuffle(quads)
    file.write_bytes(serialize(quads, format=RdfFormat.N_QUADS))
    assert sorted(plain(read(file, "nq")), key=lambda one: one["id"]) == sorted(plain(narratives), key=lambda one: one["id"])


@pytest.mark.parametrize("form", FORMATS)
def test_names_that_a_syntax_finds_hard_come_back(form, tmp_path):
    names = ["", ".", "..", "...", "a.", "a~", "//x", "a:b", "#", "%41", "é", "a b", "\u202e", "-", "reviewer/Zoé", "'", '"', "<&>", "\n"]
    mentions = [replace(odd().mentions[0], id=number, source=f"rule:{name}.~", extra={}) for number, name in enumerate(names, 1)]
    entities = [Entity(name, name, ()) for name in names]
    roles = [Role(1, "target", (0, 1), name, f"review:{name}.") for name in names]
    narratives = [replace(odd(), id=name, mentions=mentions, entities=entities, roles=roles) for name in names]
    assert plain(read(written(tmp_path, narratives, form), form)) == plain(narratives)


@pytest.mark.parametrize("form", FORMATS)
def test_packed_files_are_read_too(form, tmp_path):
    path = written(tmp_path, everything(), form)
    packed = tmp_path / f"x{next(ending for ending, known in SUFFIXES.items() if known == form)}.gz"
    packed.write_bytes(gzip.compress(BOM_UTF8 + path.read_bytes()))
    assert plain(read(packed)) == plain(everything())
    packed.write_bytes(packed.read_bytes()[:-30])
    with pytest.raises(InputError, match="no whole gzip file"):
        list(read(packed))


@pytest.mark.parametrize("form", FORMATS)
def test_byte_order_mark_and_windows_line_ends_are_passed_over(form, tmp_path):
    path = written(tmp_path, everything(), form)
    path.write_bytes(BOM_UTF8 + path.read_bytes().replace(b"\n", b"\r\n"))
    assert plain(read(path, form)) == plain(everything())


def test_json_ld_in_another_order_is_read_too(tmp_path):
    file = written(tmp_path, everything(), "jsonld")
    data = json.loads(file.read_text(encoding="utf-8"))
    nodes = [dict(reversed(node.items())) for node in data["@graph"]]
    file.write_text(json.dumps({"@graph": nodes, "@context": data["@context"]}), encoding="utf-8")
    with pytest.raises(SyntaxError):  # else nothing is tested here
        list(parse(path=str(file), format=RdfFormat.STREAMING_JSON_LD))
    assert plain(read(file)) == plain(everything())


def test_json_ld_streams(tmp_path):
    file = written(tmp_path, everything(), "jsonld")
    assert len(list(parse(path=str(file), format=RdfFormat.STREAMING_JSON_LD))) == len(statements(file, "jsonld"))


def test_formats_say_the_same(tmp_path):
    narratives = [narrative for narrative in everything() if narrative.id != odd().id]  # XML cannot hold its control characters
    said = {form: set(statements(written(tmp_path, narratives, form), form)) for form in FORMATS}
    assert said["nq"] and all(one == said["nq"] for one in said.values())


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib.*")
@pytest.mark.parametrize(("form", "theirs"), [("ttl", "turtle"), ("nq", "nquads"), ("jsonld", "json-ld"), ("rdfxml", "xml")])
def test_rdflib_reads_as_many_statements(form, theirs, tmp_path):
    rdflib = pytest.importorskip("rdflib")
    file = written(tmp_path, everything(), form)
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=file.read_text(encoding="utf-8"), format=theirs)
    assert len(set(graph.triples((None, None, None)))) == len(set(statements(file, form)))


def test_no_blank_nodes_and_a_graph_a_narrative(tmp_path):
    narratives = everything()
    quads = list(parse(path=str(written(tmp_path, narratives, "nq")), format=RdfFormat.N_QUADS))
    assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object))
    names = {quad.graph_name.value for quad in quads if quad.subject.value.partition("#")[0] == quad.graph_name.value}
    assert len(names) == len(narratives)
    assert {quad.graph_name.value for quad in quads} - names == {SHARED}  # what several say, once
    assert NamedNode(BASE + "odd%2F1%20%22%3C%C3%A9%3E%23%3F") in {quad.graph_name for quad in quads}


@pytest.mark.parametrize("form", FORMATS)
def test_a_narrative_gives_the_same_bytes_whatever_stands_beside_it(form):
    first, second = everything()[:2]
    beside = [*write([first, second], form)]
    alone = [*write([second], form)]
    assert beside[2].lstrip(",") == alone[1].lstrip(",")


@pytest.mark.parametrize("form", FORMATS)
def test_without_words_no_word_goes_out(form, tmp_path):
    narratives = [without_words(narrative) for narrative in everything()]
    file = written(tmp_path, narratives, form, words=False)
    text = file.read_text(encoding="utf-8")
    assert not any(word in text for word in ("peur", "Paul", "Élodie", "SUM", "2026-05-01", "isString", "anchorOf", FILLER, "orage\t"))
    assert plain(read(file, form)) == plain(narratives)


def test_the_same_id_twice_is_refused():
    with pytest.raises(RessentiError, match="same id"):
        list(write([odd(), odd()], "nq"))
    twice = replace(odd(), mentions=[odd().mentions[0], odd().mentions[0]])
    with pytest.raises(RessentiError, match="two mentions have the same id"):
        list(write([twice], "ttl"))


@pytest.mark.parametrize("base", ["narratives/", "https://example.org/x", "https://example.org/#", "https://example.org/ /", ""])
def test_a_base_that_cannot_be_one_is_refused(base):
    with pytest.raises(RessentiError, match="absolute IRI"):
        list(write([], "nq", base=base))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<a> <b", "syntax"),
        ("<http://x/a> a <https://w3id.org/ressenti/narrative#Narrative> .", "lacks dcterms:identifier"),
    ],
)
def test_what_is_no_export_is_told(content, reason, tmp_path):
    file = tmp_path / "x.ttl"
    file.write_text(content)
    with pytest.raises(InputError, match=reason):
        list(read(file))


def test_other_files_hold_no_narrative(tmp_path):
    file = tmp_path / "x.ttl"
    file.write_text("<http://x/a> <http://x/b> <http://x/c> .")
    assert list(read(file)) == []
    with pytest.raises(InputError, match="ending"):
        list(read(tmp_path / "x.txt"))


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
SPAN = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))
SOURCE = st.one_of(st.just("given"), TEXT.map("rule:x{}".format), TEXT.map("model:x{}".format), TEXT.map("review:x{}".format))
NUMBER = st.floats(0, 1, allow_nan=False)
LEAF = st.none() | st.booleans() | st.integers(-9, 9) | TEXT
VALUE = st.recursive(LEAF, lambda one: st.lists(one, max_size=2) | st.dictionaries(TEXT, one, max_size=2), max_leaves=4)
EXTRA = st.fixed_dictionaries({}, optional={
    "reported": st.none() | TEXT, "time": st.sampled_from(["past", "habitual", "once"]), "question": VALUE, "wish": st.booleans(),
    "ambivalent_with": st.lists(st.integers(1, 9), max_size=3), "review": st.dictionaries(TEXT, VALUE, max_size=3) | VALUE, "else": VALUE,
})  # fmt: skip
EMOTION = st.sampled_from([("fear", None, "fear"), ("sadness", None, "sadness"), ("fury", "rage", "anger")])
COMPONENT = st.builds(Component, st.sampled_from(["behavior", "territory"]), SPAN, SOURCE)
ROLE = st.builds(Role, st.integers(1, 5), st.sampled_from(["cause", "target"]), SPAN, st.none() | TEXT, SOURCE, st.none() | NUMBER)
ENTITY = st.builds(Entity, TEXT, TEXT, st.lists(SPAN, max_size=3).map(tuple))


@st.composite
def narratives(draw):
    mentions = [
        Mention(number, tuple(draw(st.lists(SPAN, min_size=1, max_size=3))), *draw(EMOTION), "labelled", "negated", "low", draw(NUMBER),
                draw(SOURCE), draw(EXTRA))
        for number in draw(st.lists(st.integers(1, 99), unique=True, max_size=3))
    ]  # fmt: skip
    return Narrative(
        draw(TEXT), draw(TEXT), draw(st.lists(COMPONENT, max_size=2)), mentions, draw(st.lists(ROLE, max_size=3)),
        draw(st.lists(ENTITY, max_size=3, unique_by=lambda entity: entity.id)),
        draw(st.dictionaries(TEXT, VALUE, max_size=2)), draw(st.dictionaries(TEXT, VALUE, max_size=2)),
    )  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=60, deadline=None)
@given(narrative=narratives())
def test_whatever_a_narrative_holds_comes_back(form, narrative, tmp_path_factory):
    assert plain(read(written(tmp_path_factory.mktemp("any"), [narrative], form), form)) == plain([narrative])

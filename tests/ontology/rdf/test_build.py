"""The ontology and the vocabulary as RDF: what the tables say is what comes out, and a table that is wrong is told."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from ressenti.errors import DataError, OutputError
from ressenti.ontology.emotions import DATA, load_emotions
from ressenti.ontology.entry_names import entry_name, slug, spelled
from ressenti.ontology.rdf.build import Tables, build, lexicon, quads, tone
from ressenti.ontology.rdf.lexicon import lexicon_triples
from ressenti.ontology.rdf.names import INFERRED, LEXICON, PREFIXES, TONE, emotion_node, node
from ressenti.ontology.vocabulary import load_constructions, load_vocabulary

EMOTIONS = load_emotions()


@pytest.fixture(scope="module")
def store() -> Store:
    made = Store()
    made.bulk_extend(quads())
    return made


def ask(store: Store, query: str):
    return store.query(query, prefixes=dict(PREFIXES), use_default_graph_as_union=True)


def column(store: Store, query: str) -> list[str]:
    return [solution[0].value.rpartition("#")[2] for solution in ask(store, query)]


def test_all_135_words_are_placed_once(store):
    keys = column(store, "SELECT ?key WHERE { ?e a tone:EmotionCategory ; tone:key ?key }")
    assert sorted(keys) == sorted(EMOTIONS)
    assert len(keys) == 135
    every = "?e a ?tier ; rdfs:subClassOf tone:Emotion . ?tier rdfs:subClassOf tone:EmotionCategory"
    tiers = Counter(column(store, f"SELECT ?tier WHERE {{ {every} }}"))
    assert (tiers["PrimaryEmotion"], tiers["SecondaryEmotion"], tiers["TertiaryEmotion"]) == (6, 25, 106)


def test_no_class_is_under_itself_and_each_has_one_parent(store):
    asserted = f"GRAPH <{TONE}> {{ ?e rdfs:subClassOf ?parent }} ?e a tone:EmotionCategory"
    parents = Counter(column(store, f"SELECT ?e WHERE {{ {asserted} }}"))
    assert len(parents) == 137
    assert set(parents.values()) == {1}
    assert not ask(store, "ASK { ?e rdfs:subClassOf+ ?e FILTER (isIRI(?e)) }")


@pytest.mark.parametrize(
    ("child", "parent"),
    [("Grief", "SadnessGroup"), ("SadnessGroup", "Sadness"), ("Amazement", "SurpriseGroup"), ("Fear", "Emotion")],
)
def test_place_of_an_emotion(store, child, parent):
    assert ask(store, f"ASK {{ GRAPH <{TONE}> {{ tone:{child} rdfs:subClassOf tone:{parent} }} }}")


def test_labels_and_definitions_in_both_languages(store):
    for kind in ("rdfs:label", "skos:definition"):
        here = f"?x {kind} ?v FILTER (lang(?v) = ?l)"
        missing = f'SELECT ?x WHERE {{ ?x rdfs:isDefinedBy <{TONE}> VALUES ?l {{ "fr" "en" }} FILTER NOT EXISTS {{ {here} }} }}'
        assert column(store, missing) == []


def test_what_follows_is_in_the_store(store):
    assert ask(store, "ASK { tone:Bliss rdfs:subClassOf tone:Emotion }")
    assert ask(store, "ASK { tone:Joy a tone:PleasantEmotion }")
    assert ask(store, "ASK { tone:Fear a tone:UnpleasantEmotion }")
    assert not ask(store, "ASK { tone:Love a tone:PleasantEmotion }")  # no source gives its valence
    for one, other in (("Joy", "Sadness"), ("Sadness", "Joy")):
        assert ask(store, f"ASK {{ tone:{one} tone:isOppositeOf tone:{other} }}")
    assert ask(store, "ASK { tone:Disgust tone:composes tone:Contempt }")


def test_inference_agrees_with_owlrl():
    owlrl = pytest.importorskip("owlrl")
    rdflib = pytest.importorskip("rdflib")
    ours = Store()
    # A small ontology of every construct that the rules know; owlrl takes too long on the whole
    text = """
      :A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :x a :A ; :p :y ; :q :z . :s a owl:SymmetricProperty . :x :s :y .
      :q rdfs:subPropertyOf :p . :p rdfs:domain :D ; rdfs:range :E ; owl:inverseOf :r . :p a owl:ObjectProperty . :u :r :v .
      lex:one owl:differentFrom lex:two . :A owl:disjointWith :F ."""
    head = "".join(f"@prefix {p}: <{iri}> .\n" for p, iri in PREFIXES.items()) + "@prefix : <http://example.org/> .\n"
    ours.extend(Quad(q.subject, q.predicate, q.object, NamedNode(TONE)) for q in parse(head + text, format=RdfFormat.TURTLE))
    from ressenti.ontology.rdf.inference import infer

    infer(ours)
    theirs = rdflib.Graph().parse(data=head + text, format="turtle")
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(theirs)
    example = "http://example.org/"
    predicates = {PREFIXES["rdfs"] + "subClassOf", PREFIXES["rdf"] + "type"}

    def about_ours(triples):
        found = {t for t in triples if t[1] in predicates or t[1].startswith(example)}
        return {t for t in found if t[0].startswith(example) and t[2].startswith(example) and t[0] != t[2]}

    got = about_ours((q.subject.value, q.predicate.value, q.object.value) for q in ours if isinstance(q.subject, NamedNode))
    assert got == about_ours(tuple(map(str, t)) for t in theirs)
    # OWL 2 RL leaves out that these hold both ways, which they do
    assert Quad(node("lex:two"), node("owl:differentFrom"), node("lex:one"), NamedNode(INFERRED)) in ours


@pytest.mark.parametrize(
    ("term", "phrases"),
    [
        ("avoir les [boules]", ["avoir les boules"]),
        ("rouge|blanc de colère", ["rouge de colère", "blanc de colère"]),
        ("cœur/N + battre/V", ["cœur … battre"]),
        ("jeter … par terre", ["jeter … par terre"]),
        ("retrouver coincé|bloqué/A", ["retrouver coincé", "retrouver bloqué"]),
        ("perdre son père|mère", ["perdre son père"]),  # the determiner would have to agree
        ("sur mon|son nuage", ["sur mon nuage"]),
    ],
)
def test_phrases_of_a_term(term, phrases):
    assert list(spelled(term)) == phrases


def test_names_of_phrases_differ():
    assert slug("peur") == "peur"
    assert slug("coup de foudre") == "coup_de_foudre"
    assert slug("crise d'hystérie") != slug("crise d hystérie")
    assert slug("🤬") == "sign-U1F92C"


def test_a_word_and_a_phrase_are_lexical_entries(store):
    """OntoLex has both under LexicalEntry, which nobody infers here: who asks for it finds all of them."""
    entries = column(store, "SELECT ?e { ?e a ontolex:LexicalEntry }")
    assert sorted(entries) == sorted(column(store, "SELECT ?e { { ?e a ontolex:Word } UNION { ?e a ontolex:MultiwordExpression } }"))
    assert len(entries) > 10_000 and "joie-noun" in entries


def test_a_sense_is_found_from_a_form(store):
    entry = '?form ontolex:writtenRep "énervait"@fr . ?entry ontolex:otherForm ?form'
    found = column(store, f"SELECT ?e WHERE {{ {entry} . ?entry ontolex:sense/ontolex:reference ?e }}")
    assert set(found) == {"Irritation"}


@pytest.mark.parametrize(
    ("entry", "label"),
    [
        ("repentir-verb", "se repentir"),  # pronominal in all its senses
        ("énerver-verb", "énerver"),
        ("avoir_les_boules-verb", "avoir les boules"),  # the table has the part of speech of « boules »
        ("blairer-verb", "ne pas blairer"),
    ],
)
def test_labels_are_as_a_dictionary_has_them(store, entry, label):
    assert ask(store, f'ASK {{ lex:{entry} rdfs:label "{label}"@fr ; ontolex:canonicalForm/ontolex:writtenRep "{label}"@fr }}')


def test_what_is_said_only_under_negation_is_told(store):
    assert ask(store, "ASK { lex:rassuré-adj ontolex:sense ?s . ?s ontolex:reference tone:Apprehension ; tone:onlyNegated true }")
    assert not ask(store, "ASK { lex:rassuré-adj ontolex:sense ?s . ?s ontolex:reference tone:Relief ; tone:onlyNegated true }")


def test_each_line_of_the_vocabulary_is_a_sense():
    from ressenti.ontology.vocabulary import load_vocabulary

    triples = list(lexicon())
    senses = {t.subject for t in triples if t.object == node("ontolex:LexicalSense")}
    assert len(senses) >= len(load_vocabulary())
    referred = {t.object for t in triples if t.predicate == node("ontolex:reference")}
    assert referred <= {emotion_node(key) for key in EMOTIONS}
    entry = next(t for t in triples if t.subject == node("lex:construction-obj") and t.predicate == node("tone:experiencerPlace"))
    assert entry.object == node("tone:ObjectPlace")


def test_files_are_written_whole(tmp_path):
    paths = list(build(tmp_path / "new" / "folder", ["ttl"]))
    assert [path.name for path in paths] == ["tone.ttl", "tone-inferred.ttl", "lexicon-fr.ttl"]
    read = list(parse(path=paths[0], format=RdfFormat.TURTLE))
    assert len(read) == len(set(tone()))
    assert not [path for path in (tmp_path / "new" / "folder").iterdir() if path.name.startswith(".")]


def test_nothing_is_written_where_one_file_cannot_be(tmp_path):
    (tmp_path / "lexicon-fr.ttl").mkdir()
    with pytest.raises(OutputError, match=r"lexicon-fr\.ttl: is a folder"):
        list(build(tmp_path, ["ttl"]))
    assert [path.name for path in tmp_path.iterdir()] == ["lexicon-fr.ttl"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="file: is a file; name a folder"):
        list(build(tmp_path / "file", ["ttl"]))


def table(folder: Path, name: str, change) -> Tables:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    (folder / name).write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
    return Tables(folder)


def with_line(text: str):
    return lambda lines: [*lines, text]


def with_column(name: str):
    return lambda lines: [f"{line}\t{name}" for line in lines]


def with_first(old: str, new: str):
    return lambda lines: [line.replace(old, new) if number == 0 else line for number, line in enumerate(lines)]


def swapped(start: str, old: str, new: str):
    return lambda lines: [line.replace(old, new, 1) if line.startswith(start) else line for line in lines]


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("emotions.tsv", swapped("bliss\t", "\tcheerfulness\t", "\tbliss\t"), r"emotions\.tsv:\d+: 'bliss' is its own ancestor"),
        ("emotions.tsv", swapped("bliss\t", "\tcheerfulness\t", "\tnowhere\t"), r"emotions\.tsv:\d+: .*'nowhere', which is not in"),
        ("emotions.tsv", lambda lines: [*lines, lines[1]], r"emotions\.tsv:137: repeats the key 'love' of line 2"),
        ("emotions.tsv", with_first("label_en", "label_en\tlabel_fr"), r"emotions\.tsv:2: has 13 fields where the header has 14"),
        ("emotions.tsv", with_column("label_xx"), r"emotions\.tsv:1: .*unknown language tag 'xx'"),
        ("ontology.tsv", with_line("tone\tdcterms:title\tTitel\tde"), r"ontology\.tsv:\d+: unknown language tag or form 'de'"),
        ("ontology.tsv", with_line("tone\tnope:title\tTitre\tfr"), r"ontology\.tsv:\d+: 'nope:title' has no known prefix"),
        ("ontology.tsv", with_line("notone\tdcterms:title\tTitre\tfr"), r"ontology\.tsv:\d+: unknown ontology 'notone'"),
        ("terms.tsv", swapped("Labelled\t", "individual", "thing"), r"terms\.tsv:\d+: 'Labelled' has the kind 'thing'"),
        ("terms.tsv", swapped("Labelled\t", "désignée", ""), r"terms\.tsv:\d+: 'Labelled' has no label_fr"),
        ("terms.tsv", swapped("isOppositeOf\t", "symmetric", "symetric"), r"terms\.tsv:\d+: .* has the unknown trait 'symetric'"),
        ("terms.tsv", lambda lines: [*lines, lines[1]], r"terms\.tsv:\d+: repeats the name 'Emotion' of line 2"),
        ("external_terms.tsv", with_line("skos:broader\tthing\ttone"), r"external_terms\.tsv:\d+: unknown kind 'thing'"),
        ("dependencies.tsv", with_line("opposite\tjoy\tgrudge\t\tantonym-wordnet\t1\t\t\t\t\tx\ty"), r"dependencies\.tsv:\d+: .*'grudge'"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_told(tmp_path, name, change, message):
    with pytest.raises(DataError, match=message):
        list(tone(table(tmp_path, name, change)))


def test_a_wrong_vocabulary_is_told(tmp_path):
    line = "grr\tINTJ\tgrudge\tinterjection\tdisplayed\tlow\tstandard\t\t\tmanual\t\t\t\t"
    with pytest.raises(DataError, match=r"vocabulary_fr\.tsv:\d+: unknown emotion 'grudge'"):
        list(lexicon(table(tmp_path, "vocabulary_fr.tsv", with_line(line))))


def test_a_folder_of_tables_with_a_stranger_is_told(tmp_path):
    (tmp_path / "emotion.tsv").write_text("key\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"emotion\.tsv: is no table of the ontology; known are .*emotions\.tsv"):
        Tables(tmp_path)
    with pytest.raises(DataError, match="is no folder"):
        Tables(tmp_path / "nowhere")


def test_own_tables_reach_the_vocabulary_too(tmp_path):
    row = "grudge\ttertiary\trage\trogne\tgrudge\tColère rentrée\tAnger kept in" + "\t" * 5 + "\tme"
    tables = table(tmp_path, "emotions.tsv", with_line(row))
    line = "rogne\tNOUN\tgrudge\tnoun-cause\tlabelled\tmedium\tstandard\t\tpreceded by: en\tmanual\t\t\t\t"
    tables = table(tmp_path, "vocabulary_fr.tsv", with_line(line))
    assert any(t.object == node("tone:Grudge") for t in lexicon(tables))
    assert any(t.subject == NamedNode(LEXICON) for t in lexicon(tables))


def test_each_line_is_named_by_one_of_its_senses() -> None:
    entries = load_vocabulary()
    senses = {
        triple.subject.value for triple in lexicon_triples(entries, load_constructions()) if triple.object == node("ontolex:LexicalSense")
    }
    names = [node(f"lex:{entry_name(entry)}").value for entry in entries]
    assert not set(names) - senses
    assert len(set(names)) > 0.99 * len(names)  # « rester muet » and « rester muet|interdit » share a sense

"""Who works with owlready2 loads tone.owl and calls classes and individuals by name; its own reasoner leaves the ontology consistent."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ressenti.ontology.emotions import DATA, load_emotions
from ressenti.ontology.rdf.build import Tables, lexicon, tone
from ressenti.ontology.rdf.names import local_name
from ressenti.ontology.rdf.serialise import to_bytes

owlready2 = pytest.importorskip("owlready2")
DEPENDENCIES = """relation	first	second	third	method	support	expected	score	p_value	q_value	corpus	detail
opposite	joy	sadness		antonym-wordnet	1					WordNet 3.0	joy/sorrow
composition	contempt	anger	disgust	plutchik-dyad	1					Plutchik 2001	contempt
transition	fear	relief		occ-prospect	1					OCC	relief
"""
DECISIONS = """relation	first	second	third	decision	reason	reviewer	date
opposite	joy	sadness		accepted	a test	test	2026-11-25
composition	contempt	anger	disgust	accepted	a test	test	2026-11-25
transition	fear	relief		accepted	a test	test	2026-11-25
"""


def load(path: Path):
    world = owlready2.World()
    return world.get_ontology(path.as_uri()).load()


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """TONE as shipped but for its dependencies, which are three that no later decision changes; and a vocabulary of one verb."""
    tables = tmp_path_factory.mktemp("tables")
    (tables / "dependencies.tsv").write_text(DEPENDENCIES, encoding="utf-8")
    (tables / "dependency_decisions.tsv").write_text(DECISIONS, encoding="utf-8")
    rows = (DATA / "vocabulary_fr.tsv").read_text(encoding="utf-8").splitlines()
    (tables / "vocabulary_fr.tsv").write_text("\n".join([rows[0], *(row for row in rows if row.startswith("énerver\t"))]) + "\n", "utf-8")
    made = tmp_path_factory.mktemp("made")
    (made / "tone.owl").write_bytes(to_bytes(tone(Tables(tables)), "owl"))
    (made / "lexicon-fr.owl").write_bytes(to_bytes(lexicon(Tables(tables)), "owl"))
    return made


@pytest.fixture(scope="module")
def onto(folder):
    found = load(folder / "tone.owl")
    yield found
    found.world.close()


def test_emotions_are_classes_by_name_and_hang_as_in_the_table(onto):
    emotions = load_emotions()
    for key in emotions:
        child = onto[local_name(key)]
        assert isinstance(child, owlready2.ThingClass), key
        for above in emotions.lineage(key):
            assert issubclass(child, onto[local_name(above)]), (key, above)
        assert issubclass(child, onto.Emotion)
    assert onto.Bliss in onto.Cheerfulness.subclasses()
    assert onto.Bliss in onto.Joy.descendants()
    assert onto.Bliss not in onto.Sadness.descendants()


def test_labels_are_there_in_both_languages(onto):
    assert onto.Joy.label.fr == ["joie"]
    assert onto.Joy.label.en == ["joy"]
    assert onto.Fear.definition.fr
    assert onto.Labelled.label.fr == ["désignée"]


def test_individuals_by_name(onto):
    assert onto.Labelled in onto.ModeOfExpression.instances()
    assert {one.name for one in onto.ModeOfExpression.instances()} == {"Labelled", "Behavioural", "Displayed", "Suggested"}
    assert onto.High.rank == 3
    assert set(onto.PrimaryEmotion.instances()) == {onto.Love, onto.Joy, onto.Surprise, onto.Anger, onto.Sadness, onto.Fear}


def test_dependencies_are_attributes_of_the_emotions(onto):
    """The classes are individuals too; ``class_property_type "relation"`` tells owlready2 to answer for them as such."""
    assert onto.Joy.isOppositeOf == [onto.Sadness]
    assert onto.Sadness.isOppositeOf == [onto.Joy]
    assert set(onto.Contempt.isComposedOf) == {onto.Anger, onto.Disgust}
    assert onto.Anger.composes == [onto.Contempt]
    assert onto.Fear.leadsTo == [onto.Relief]
    assert onto.Relief.resultsFrom == [onto.Fear]
    (opposition,) = onto.Opposition.instances()
    assert opposition.dependencySubject == [onto.Joy]
    assert opposition.reviewStatus == ["confirmed"]
    assert opposition.hasEvidence[0].support == [1]


def test_values_of_an_emotion(onto):
    """Asked of the property: to ``onto.Joy.valence`` owlready2 0.51 answers None, whatever functional data property of a class it is."""
    assert [float(value) for value in onto.valence[onto.Joy]] == [0.81]
    assert onto.key[onto.Joy] == ["joy"]


def test_a_felt_joy_can_be_made_and_is_an_emotion(onto):
    with onto:
        felt = onto.Bliss("felt-one")
    assert isinstance(felt, onto.Joy)
    assert isinstance(felt, onto.Emotion)
    owlready2.destroy_entity(felt)


def test_nothing_is_imported_so_nothing_is_fetched(onto):
    assert list(onto.imported_ontologies) == []


def test_the_vocabulary_by_name(folder):
    world = owlready2.World()
    # First tone.owl: otherwise an emotion is no more than its IRI to owlready2
    onto, lex = (world.get_ontology((folder / name).as_uri()).load() for name in ("tone.owl", "lexicon-fr.owl"))
    verb = lex["énerver-verb"]
    assert verb.label.fr == ["énerver"]
    assert "énerve" in {f"{form.writtenRep[0]}" for form in verb.otherForm}
    assert {sense.reference[0] for sense in verb.sense} == {onto.Irritation}
    world.close()


@pytest.mark.skipif(shutil.which("java") is None, reason="owlready2's reasoner runs on Java, which is not installed")
def test_owlready2_reasons_twice_and_it_stays_consistent(folder):
    """It mixes what HermiT says of the class and of the individual; no two tiers are declared disjoint, so that this does no harm."""
    onto = load(folder / "tone.owl")
    for _ in range(2):
        owlready2.sync_reasoner(onto.world, debug=0)
        assert list(onto.world.inconsistent_classes()) == []
    assert onto.Joy in onto.PleasantEmotion.instances()
    onto.world.close()

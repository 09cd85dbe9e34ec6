"""What sources start from, and what the vocabulary knows."""

from __future__ import annotations

import pytest

from ressenti.ontology.emotions import load_emotions
from ressenti.ontology.vocabulary import load_vocabulary
from ressenti.vocab_builder.seeds import Known, Seed, participle, seeds, written
from ressenti.vocab_builder.sources.citation import citation, is_infinitive, is_phrase, possible_pos, without_pronoun

HEADER = "term\tpos\temotion\tconstruction\tmode\tintensity\tregister\tregion\tcondition\n"
ROWS = """\
effrayer\tVERB\tfright\tobj\tlabelled\tmedium\tstandard\t\t
plaire\tVERB\tliking\tpron-cause\tlabelled\tmedium\tstandard\t\t
inutile\tADJ\tinsecurity\tadj-cause\tlabelled\tmedium\tstandard\t\twith verb: sentir
serein\tADJ\tuneasiness\tadj-cause\tlabelled\tmedium\tstandard\t\tnegated
briser\tVERB\tgrief\tobj\tlabelled\tmedium\tstandard\t\tobject: close
joyeux\tADJ\tjoy\tadj-cause\tlabelled\tmedium\tstandard\t\tnot followed by: Noël
rouge|blanc de colère\tADJ\tanger\tadj-cause\tlabelled\thigh\tstandard\t\t
sangloter\tVERB\tsadness\tact\tbehavioural\tmedium\tstandard\t\t
à bout\tPHRASE\texasperation\tadj-cause\tlabelled\tmedium\tstandard\t\t
"""


@pytest.fixture
def entries(tmp_path):
    path = tmp_path / "vocabulary.tsv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return load_vocabulary(path)


def test_seeds_are_labels_labelled_terms_and_participles(entries):
    found = {(seed.term, seed.pos, seed.emotion) for seed in seeds(entries, load_emotions())}
    assert {
        ("peur", "NOUN", "fear"), ("effrayer", "VERB", "fright"), ("effrayé", "ADJ", "fright"), ("joyeux", "ADJ", "joy"),
        ("rouge de colère", "ADJ", "anger"), ("blanc de colère", "ADJ", "anger"), ("plaire", "VERB", "liking"),
    } <= found  # fmt: skip
    terms = {term for term, _, _ in found}
    assert terms.isdisjoint({"plu", "inutile", "serein", "briser", "brisé", "sangloter"})


@pytest.mark.parametrize(
    ("term", "plain"),
    [
        ("avoir les [boules]", ["avoir les boules"]),
        ("avoir le cœur/N serré/A", ["avoir le cœur serré"]),
        ("jeter … par terre", []),
        ("cœur/N + battre/V", []),
        ("mourir de peur|trouille", ["mourir de peur", "mourir de trouille"]),
    ],
)
def test_terms_in_plain_words(term, plain):
    assert list(written(term)) == plain


@pytest.mark.parametrize(
    ("term", "pos", "there"),
    [
        ("effrayer", "VERB", True), ("effrayé", "ADJ", True), ("être effrayé", "VERB", True), ("blanc de colère", "ADJ", True),
        ("serein", "ADJ", True), ("sangloter", "VERB", True), ("à bout", "ADJ", True), ("effrayer", "NOUN", False),
        ("effroi", "NOUN", False), ("être effroi", "VERB", False),
        ("foutre un joyeux", "VERB", True), ("rendre joyeux", "VERB", True), ("manger joyeux", "VERB", False),
    ],
)  # fmt: skip
def test_what_the_vocabulary_has(entries, term, pos, there):
    assert ((term, pos) in Known(entries)) is there


@pytest.mark.parametrize(
    ("form", "pos", "known", "lemma"),
    [
        ("peureuses", "ADJ", (), "peureux"), ("craintive", "ADJ", (), "craintif"), ("épouvantée", "ADJ", (), "épouvanté"),
        ("triste", "ADJ", {"triste"}, "triste"), ("folles", "ADJ", {"fou"}, "fou"), ("soucis", "NOUN", {"souci"}, "souci"),
        ("affres", "NOUN", {"souci"}, "affres"), ("chevaux", "NOUN", {"cheval"}, "cheval"), ("effraie", "VERB", {"effrayer"}, "effrayer"),
        ("haïr", "VERB", (), "haïr"), ("Honteuse", "ADJ", (), "honteux"), ("zut", "INTJ", (), "zut"),
        ("heureux", "ADJ", (), "heureux"), ("libre", "ADJ", (), "libre"), ("sombres", "ADJ", (), "sombre"), ("émues", "ADJ", (), "ému"),
        ("seule", "ADJ", {"seul"}, "seul"), ("confus", "ADJ", (), "confus"), ("violentes", "ADJ", (), "violent"),
    ],
)  # fmt: skip
def test_citation_forms(form, pos, known, lemma):
    assert citation(form, pos, known) == lemma


@pytest.mark.parametrize(
    ("term", "named", "pos"),
    [
        ("effrayé", {"VERB"}, {"ADJ"}), ("effrayer", {"VERB"}, {"VERB"}), ("effraie", {"VERB"}, set()), ("peur", {"NOUN"}, {"NOUN"}),
        ("à cran", {"NOUN"}, {"PHRASE"}), ("mal de vivre", {"NOUN"}, {"NOUN"}), ("être déçu", (), {"VERB"}),
        ("tristement", (), {"ADV", "NOUN"}),
        ("s'assombrir", (), {"VERB"}), ("hors de soi", (), {"PHRASE"}),
    ],
)  # fmt: skip
def test_possible_parts_of_speech(term, named, pos):
    assert possible_pos(term, named) == pos


def test_infinitives():
    assert all(map(is_infinitive, ["aimer", "haïr", "ravir", "plaire", "craindre", "battre", "vaincre", "connaître", "s'émouvoir"]))
    assert not any(map(is_infinitive, ["désespère", "colère", "sombre", "peur", "aime", "rare"]))


def test_pronouns_phrases_and_participles():
    assert [without_pronoun(t) for t in ("s'affliger", "se réjouir", "s’irriter", "sentir")] == ["affliger", "réjouir", "irriter", "sentir"]
    assert is_phrase("à cran") and is_phrase("sans voix") and not is_phrase("mal à l'aise") and not is_phrase("colère")
    assert (participle("haïr"), participle("plaire"), participle("avoir peur")) == ("haï", "", "")
    assert Seed("a", "ADJ", "joy") < Seed("b", "ADJ", "joy")
